/* A window that runs the main window's set-up over the values of one setting, or of two: a contact
 * sheet that fills, with the error of each cell, which opens its run in the main window.
 *
 * Signals: "open" (PisdScenario *)    the cell's set-up is to be run in the main window; borrowed
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-session.h"
#include "explorer-sweep-axis.h"
#include "explorer-sweep-sheet.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SWEEP (explorer_sweep_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSweep, explorer_sweep, EXPLORER, SWEEP, AdwWindow)

GtkWidget *explorer_sweep_new (GtkApplication *application, ExplorerSession *session);

/* For tests: what its dialog does, and what it is made of. */

/* The sheet as .png, .svg or .pdf, the table as .csv, by the path's ending. */
void explorer_sweep_save (ExplorerSweep *self, const char *path);
const char *explorer_sweep_get_last_toast (ExplorerSweep *self);
ExplorerSweepAxis *explorer_sweep_get_axis (ExplorerSweep *self, guint axis);
ExplorerSweepSheet *explorer_sweep_get_sheet (ExplorerSweep *self);
PisdSweepQueue *explorer_sweep_get_queue (ExplorerSweep *self); /* NULL: none yet */
guint explorer_sweep_get_n_started (ExplorerSweep *self);       /* queues, this one included */
gboolean explorer_sweep_is_running (ExplorerSweep *self);       /* as it says */
const char *explorer_sweep_get_status (ExplorerSweep *self);

G_END_DECLS
