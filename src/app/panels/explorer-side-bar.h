/* The side bar: the panels, from the top down.
 *
 * The window begins with those that its first picture shows.  The others, which most windows are
 * too small to show without scrolling, took two fifths of the start: they are made when the first
 * picture is on the screen, before any event after it is handled.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-brush.h"
#include "explorer-flow.h"
#include "explorer-preferences.h"
#include "explorer-session.h"
#include "explorer-view-grid.h"
#include "explorer-where.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SIDE_BAR (explorer_side_bar_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSideBar, explorer_side_bar, EXPLORER, SIDE_BAR, GtkBox)

/* Called once, with all six; the first panels are made here. */
void explorer_side_bar_set_models (ExplorerSideBar *self,
                                   ExplorerSession *session,
                                   ExplorerFlow *flow,
                                   ExplorerBrush *brush,
                                   ExplorerPreferences *preferences,
                                   ExplorerViewGrid *grid,
                                   ExplorerWhere *where);
/* A picture of the window was painted: after the first one the other panels come. */
void explorer_side_bar_complete_soon (ExplorerSideBar *self);
gboolean explorer_side_bar_is_complete (ExplorerSideBar *self);
/* What a step of a run says of the settings; NULL: none is shown. */
void explorer_side_bar_show_frame (ExplorerSideBar *self, const PisdFrame *frame);

G_END_DECLS
