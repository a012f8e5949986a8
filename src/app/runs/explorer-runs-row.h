/* A run in the list: what it is called, its error, how long it took, whether it is pinned and drawn
 * beside others.
 *
 * Signals: "shown-beside" (boolean)   the check was turned
 *          "pinned" (boolean)         the pin was turned
 *          "drop" ()                  it is to go
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_RUNS_ROW (explorer_runs_row_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerRunsRow, explorer_runs_row, EXPLORER, RUNS_ROW, GtkListBoxRow)

GtkWidget *explorer_runs_row_new (void);
void explorer_runs_row_show (ExplorerRunsRow *self,
                             const ExplorerRun *run,
                             gboolean is_shown,
                             gboolean is_running,
                             gboolean is_beside);
guint explorer_runs_row_get_id (ExplorerRunsRow *self);
/* As a click does. */
void explorer_runs_row_toggle_pin (ExplorerRunsRow *self);
void explorer_runs_row_toggle_beside (ExplorerRunsRow *self);
/* For tests: the second line. */
const char *explorer_runs_row_get_detail (ExplorerRunsRow *self);

G_END_DECLS
