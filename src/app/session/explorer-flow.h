/* The moment of a flow that a window shows, and how it is played: physical time, which has nothing
 * to do with diffusion steps.  It belongs to the window and not to the scenario: to look at another
 * moment is no edit, and there is nothing to undo.
 *
 * The moments are the frames of the field that has most of them; other fields show the frame that
 * is nearest in time.
 *
 * Properties: "n-frames"   (uint, read)   1: nothing changes with time
 *             "frame"      (uint)
 *             "playing"    (boolean)      frames go by
 * Threads:    main thread only. */
#pragma once

#include "explorer-preferences.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FLOW (explorer_flow_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFlow, explorer_flow, EXPLORER, FLOW, GObject)

/* Follows the equation of the session: one of the same times keeps the frame, any other begins at
 * its last one.  The preferences "flow-speed" and "flow-loop" say how it is played. */
ExplorerFlow *explorer_flow_new (ExplorerSession *session, ExplorerPreferences *preferences);
/* The field whose frames are the moments. */
const PisdFieldInfo *explorer_flow_get_info (ExplorerFlow *self);
guint explorer_flow_get_frame (ExplorerFlow *self);
double explorer_flow_get_time (ExplorerFlow *self);
/* Which frame of a field is shown. */
guint explorer_flow_find_frame (ExplorerFlow *self, const PisdFieldInfo *info);

/* A person chooses a frame: what is played stops. */
void explorer_flow_select (ExplorerFlow *self, guint frame);
/* As many frames forward, or back, as there are. */
void explorer_flow_move (ExplorerFlow *self, gint64 move);
gboolean explorer_flow_is_playing (ExplorerFlow *self);
/* From the last frame on it begins anew. */
void explorer_flow_set_playing (ExplorerFlow *self, gboolean playing);
/* While it is played, so many microseconds have gone by. */
void explorer_flow_advance (ExplorerFlow *self, gint64 elapsed);

G_END_DECLS
