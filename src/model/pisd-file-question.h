/* A file of other people whose arrays somebody should look at: what they are at best, and whatever
 * else they can be.
 *
 * Errors   those of pisd-reading.h and pisd-instance.h
 * Threads  immutable, counted references; every look opens the file for itself */
#pragma once

#include "pisd-instance.h"

G_BEGIN_DECLS

typedef struct _PisdFileQuestion PisdFileQuestion;

PisdFileQuestion *pisd_file_question_new (PisdInput *input,
                                          const PisdEquation *equation,
                                          GError **error);
PisdFileQuestion *pisd_file_question_ref (PisdFileQuestion *self);
void pisd_file_question_unref (PisdFileQuestion *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFileQuestion, pisd_file_question_unref)

const char *pisd_file_question_get_name (const PisdFileQuestion *self); /* of the file */
const PisdEquation *pisd_file_question_get_equation (const PisdFileQuestion *self);
/* PisdReading of the first case, best first; one at least. */
const GPtrArray *pisd_file_question_get_readings (const PisdFileQuestion *self);
/* The best reading that is what was wished for, and its fields as the file has them, fields[1] NULL
 * where it has none. */
gboolean pisd_file_question_look (const PisdFileQuestion *self,
                                  const PisdReadingWish *wish,
                                  PisdCancel *cancel,
                                  PisdReading **reading,
                                  PisdField *fields[2],
                                  GError **error);
PisdInstance *pisd_file_question_answer (const PisdFileQuestion *self,
                                         const PisdReading *reading,
                                         PisdCancel *cancel,
                                         GError **error);

G_END_DECLS
