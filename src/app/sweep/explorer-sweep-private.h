/* What the files of the sweep's window share.
 *
 * explorer-sweep.c          class, what is shown, actions
 * explorer-sweep-parts.c    what it is made of, for others
 * explorer-sweep-saving.c   the sheet and the table as files
 * explorer-sweep-words.c    what is said of the runs
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-file-saving.h"
#include "explorer-sweep.h"

G_BEGIN_DECLS

struct _ExplorerSweep
{
  AdwWindow parent_instance;

  GtkWidget *caption;
  GtkWidget *overlay;
  GtkWidget *axes[PISD_SWEEP_MAX_AXES];
  GtkWidget *sheet;
  GtkWidget *empty; /* over the sheet: what to do where there is none */
  GtkWidget *fields;
  GtkWidget *progress;
  GtkWidget *status;

  ExplorerSession *session; /* whose set-up is varied */
  PisdSweepQueue *queue;    /* NULL: nothing has been started */
  guint n_started;
  guint field;
  gboolean running; /* as last shown */
  guint64 shown;    /* what was done then */
  ExplorerToasts *toasts;
  ExplorerFileSaving *saving;
  guint tick;
  gint64 drawn_at;
};

/* What the window says: of the selected cell, else of the best one once all are through, else how
 * many are done; owned. */
char *explorer_sweep_dup_status (ExplorerSweep *self);

G_END_DECLS
