/* Looking at a file with a wish: what goes to the worker and comes back. */
#pragma once

#include "pisd-file-question.h"

G_BEGIN_DECLS

#define EXPLORER_READING_N_FIELDS 2

typedef struct
{
  PisdFileQuestion *question;
  PisdReadingWish wish;
  PisdCancel *cancel;
  PisdReading *reading; /* out */
  PisdField *fields[EXPLORER_READING_N_FIELDS];
} ExplorerReadingWork;

/* References what it is given, and copies the wish. */
ExplorerReadingWork *explorer_reading_work_new (PisdFileQuestion *question,
                                                const PisdReadingWish *wish,
                                                PisdCancel *cancel);
void explorer_reading_work_free (gpointer work);
gboolean explorer_reading_work_run (gpointer work, GError **error);

G_END_DECLS
