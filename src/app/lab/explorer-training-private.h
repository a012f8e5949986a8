/* What the files of the training lab's window share.
 *
 * explorer-training.c            class, actions, life
 * explorer-training-controls.c   the set-up in its rows, and its undo
 * explorer-training-lesson.c     what a lesson does with it, and knows of it
 * explorer-training-parts.c      what it is made of, for others
 * explorer-training-runs.c       runs: started, followed, forgotten
 * explorer-training-saving.c     charts and courses as files
 * explorer-training-shown.c      what is shown of the runs
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-file-saving.h"
#include "explorer-lab-pace.h"
#include "explorer-training.h"
#include "pisd-draw-training-look.h"
#include "pisd-undo.h"

G_BEGIN_DECLS

struct _ExplorerTraining
{
  AdwWindow parent_instance;

  GtkWidget *caption, *toggle;
  GtkWidget *overlay; /* of the toasts */
  GtkWidget *target, *formula_row, *polynomial_row, *polynomial, *network, *activations;
  GtkStringList *target_names;
  GtkWidget *checks[PISD_N_ACTIVATIONS];
  GtkWidget *method, *rate, *batch_row, *batch, *points, *decay, *until_row, *until, *steps, *seeds,
      *seed;
  GtkStringList *method_names;
  GtkWidget *logarithmic, *watched;
  GtkStringList *watched_names;
  GtkWidget *theory;
  GtkWidget *board, *empty; /* over the board: what to do where there is nothing */
  GtkWidget *charts[PISD_TRAINING_N_CHARTS + 1];
  GtkWidget *progress, *status, *judgement;
  GtkWidget *lesson, *controls;

  ExplorerToasts *toasts;
  ExplorerFileSaving *saving;
  ExplorerTrainingSetup *setup; /* as the rows show it */
  PisdUndo *undo;               /* of ExplorerTrainingSetup */
  gboolean updating;            /* the rows change because the set-up did */

  /* Of the runs that are shown; NULL: none yet. */
  ExplorerTrainingSetup *ran;
  PisdRegressionRuns *runs;
  PisdRegressionGroup *group;
  PisdTrainingLook *look;
  GPtrArray *logs; /* of PisdRegressionLog */
  GArray *flags;   /* of double: where the rate was changed, of runs in steps */
  guint tick;      /* 0: all runs are through */
  ExplorerLabPace pace;
  guint64 shown;       /* steps of all runs that it shows */
  gint64 begun, spent; /* when it went on last, and how long it went before */
};

/* Controls. */
void explorer_training_fill_rows (ExplorerTraining *self); /* once */
void explorer_training_show_setup (ExplorerTraining *self);
/* What the rows say is the set-up from now on; a change can be undone, those of one `tag` (NULL:
 * none) in quick succession together. */
void explorer_training_take_rows (ExplorerTraining *self, const char *tag);
/* Likewise, whatever the rows say; takes it. */
void explorer_training_take_setup (ExplorerTraining *self, ExplorerTrainingSetup *setup);
void explorer_training_move (ExplorerTraining *self, PisdUndoWay way);
/* Marks what is wrong and says why. */
void explorer_training_refuse (ExplorerTraining *self, guint wrong, const char *message);

/* Runs. */
gboolean explorer_training_is_going (ExplorerTraining *self);
/* FALSE: it cannot be run, which is said. */
gboolean explorer_training_start (ExplorerTraining *self, gboolean held);
void explorer_training_forget_runs (ExplorerTraining *self);
/* What the actions can do now, and what the first button does. */
void explorer_training_update_actions (ExplorerTraining *self);
/* The clock of the speed goes while the runs do. */
void explorer_training_keep_time (ExplorerTraining *self, gboolean going);

/* Lessons. */
void explorer_training_give_lesson (ExplorerTraining *self); /* once */
/* Of the run that is watched; 0 where it is gone. */
guint explorer_training_get_watched (ExplorerTraining *self);

/* Shown. */
void explorer_training_show_caption (ExplorerTraining *self);
/* Newest rows, status and charts. */
void explorer_training_refresh (ExplorerTraining *self);
void explorer_training_show_palette (ExplorerTraining *self);
void explorer_training_set_look (ExplorerTraining *self, PisdTrainingLook *look);

G_END_DECLS
