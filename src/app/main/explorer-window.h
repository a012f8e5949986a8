/* The window: header bar, views, timeline, side bar; it joins the session's frames to what is
 * shown.
 *
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-spread.h"
#include "explorer-export.h"
#include "explorer-keeper.h"
#include "explorer-live.h"
#include "explorer-loader.h"
#include "explorer-preferences.h"
#include "explorer-saver.h"
#include "explorer-session.h"
#include "explorer-timeline.h"
#include "explorer-view-grid.h"
#include "explorer-where.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_WINDOW (explorer_window_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerWindow, explorer_window, EXPLORER, WINDOW, AdwApplicationWindow)

GtkWidget *explorer_window_new (AdwApplication *application, ExplorerPreferences *preferences);
/* Before it is shown, when no file is to be opened: a set-up that is worth a look, and once a hint
 * what to do with it. */
void explorer_window_open_first (ExplorerWindow *self);
/* NULL-terminated; they are read while the window answers, and a toast says what cannot be. */
void explorer_window_open (ExplorerWindow *self, const char *const *paths);
/* Those that are on this machine, as above; a toast names others. FALSE: all are others. */
gboolean explorer_window_open_files (ExplorerWindow *self, GFile *const *files, guint n);
/* As things are now; it is written while the window answers, and a toast says what came of it. */
void explorer_window_save (ExplorerWindow *self, ExplorerExport kind, const char *path);
/* Keeps the set-up in that folder from the next edit on, so many milliseconds after it, and offers
 * the one of a session that did not end. */
void explorer_window_keep_session (ExplorerWindow *self, const char *folder, guint delay);
void explorer_window_show_toast (ExplorerWindow *self, const char *message);

/* For tests: what is on screen. */
ExplorerSession *explorer_window_get_session (ExplorerWindow *self);
ExplorerViewGrid *explorer_window_get_grid (ExplorerWindow *self);
ExplorerExact *explorer_window_get_exact (ExplorerWindow *self);
ExplorerSpread *explorer_window_get_spread (ExplorerWindow *self);
ExplorerWhere *explorer_window_get_where (ExplorerWindow *self);
ExplorerLive *explorer_window_get_live (ExplorerWindow *self);
ExplorerKeeper *explorer_window_get_keeper (ExplorerWindow *self); /* NULL: it keeps nothing */
ExplorerLoader *explorer_window_get_loader (ExplorerWindow *self);
ExplorerSaver *explorer_window_get_saver (ExplorerWindow *self);
ExplorerTimeline *explorer_window_get_timeline (ExplorerWindow *self);
ExplorerBrush *explorer_window_get_brush (ExplorerWindow *self);
ExplorerFlow *explorer_window_get_flow (ExplorerWindow *self);
guint explorer_window_get_shown_step (ExplorerWindow *self);
/* NULL: none since the window opened. */
const char *explorer_window_get_last_toast (ExplorerWindow *self);
const char *explorer_window_get_number (ExplorerWindow *self, const char *name);

G_END_DECLS
