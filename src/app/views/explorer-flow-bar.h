/* Physical time below the views of a flow: the track with its frames, and how they are played.
 * Hidden where nothing changes with time.
 *
 * Properties:
 *   "chrome" (boolean)   FALSE: for a lecture, large and without what sets the speed */
#pragma once

#include "explorer-flow-track.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FLOW_BAR (explorer_flow_bar_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFlowBar, explorer_flow_bar, EXPLORER, FLOW_BAR, GtkWidget)

/* Called once. */
void explorer_flow_bar_set_models (ExplorerFlowBar *self,
                                   ExplorerFlow *flow,
                                   ExplorerSession *session,
                                   ExplorerPreferences *preferences);
void explorer_flow_bar_set_palette (ExplorerFlowBar *self, const PisdPalette *palette);
/* For tests. */
ExplorerFlowTrack *explorer_flow_bar_get_track (ExplorerFlowBar *self);

G_END_DECLS
