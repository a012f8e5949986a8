/* What the arrays of somebody else's file are: the best reading stands there, others can be chosen,
 * with what each leaves of the equation and a picture of both fields.
 *
 * Signals: "answered" (gpointer reading)  a PisdReading that is taken; NULL: the file is not wanted
 * Threads: main thread only; looks at the file on the pool's. */
#pragma once

#include <adwaita.h>

#include "pisd-file-question.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_READING (explorer_reading_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerReading, explorer_reading, EXPLORER, READING, AdwWindow)

GtkWidget *explorer_reading_new (GtkWindow *parent, PisdFileQuestion *question);

/* For tests: the reading that is shown; NULL: none yet. */
const PisdReading *explorer_reading_get_shown (ExplorerReading *self);

G_END_DECLS
