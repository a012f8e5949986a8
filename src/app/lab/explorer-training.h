/* The training lab: networks that learn a polynomial while one watches loss, norm of the parameters
 * and gradient, and what the theory of gradient flows says of them.
 *
 * Threads: main thread only; the runs have threads of their own. */
#pragma once

#include <adwaita.h>

#include "explorer-lab-lesson.h"
#include "explorer-training-setup.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_TRAINING (explorer_training_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerTraining, explorer_training, EXPLORER, TRAINING, AdwWindow)

GtkWidget *explorer_training_new (GtkApplication *application);

/* Where a lesson of this lab is opened. */
ExplorerLabLesson *explorer_training_get_lesson (ExplorerTraining *self);

/* For tests: what its dialog does, and what it is made of. */

/* The charts as .png, .svg or .pdf, the courses as .csv, by the path's ending. */
void explorer_training_save (ExplorerTraining *self, const char *path);
const char *explorer_training_get_last_toast (ExplorerTraining *self);
const ExplorerTrainingSetup *explorer_training_get_setup (ExplorerTraining *self);
PisdRegressionGroup *explorer_training_get_group (ExplorerTraining *self); /* NULL: none yet */
const char *explorer_training_get_status (ExplorerTraining *self);
const char *explorer_training_get_judgement (ExplorerTraining *self);
/* The log of a run as it is shown; NULL: none yet. */
const PisdRegressionLog *explorer_training_get_log (ExplorerTraining *self, guint run);
/* A widget by its name in the template. */
GtkWidget *explorer_training_get_part (ExplorerTraining *self, const char *name);

G_END_DECLS
