/* The physical time of a flow as a line with its frames on it: a knob at the frame shown, and how
 * many sensors each frame holds.  A click or drag, or, with focus, a key (arrows, Home, End)
 * chooses a frame; pointing at one tells its time and its sensors.
 *
 * The frames of other fields, such as the first moment, are on the line and cannot be chosen. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-flow.h"
#include "pisd-draw.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FLOW_TRACK (explorer_flow_track_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFlowTrack, explorer_flow_track, EXPLORER, FLOW_TRACK, GtkWidget)

/* Called once. */
void explorer_flow_track_set_flow (ExplorerFlowTrack *self, ExplorerFlow *flow);
/* The frames of an equation's fields, and how many of these sensors each of them holds. */
void explorer_flow_track_show (ExplorerFlowTrack *self,
                               const PisdOperator *problem,
                               const PisdSensors *sensors);
void explorer_flow_track_set_palette (ExplorerFlowTrack *self, const PisdPalette *palette);

/* For tests: where a frame of the field whose frames are the moments lies, and how many sensors are
 * marked there. */
double explorer_flow_track_get_x (ExplorerFlowTrack *self, guint frame);
guint explorer_flow_track_get_n_sensors (ExplorerFlowTrack *self, guint frame);

G_END_DECLS
