/* The bottom of the window: live logarithmic curves of losses, errors and sigma over the
 * diffusion steps, and a scrubber on the same axis.  The timeline is fed numbers and reports
 * which step is wanted; it shows the values of all curves under the pointer, and a click on an
 * entry of the legend hides or shows a curve.
 *
 * Properties:
 *   "chrome" (boolean, write)     FALSE: slim, for a lecture: the errors' curves and the scrubber
 * Signals:
 *   "step-selected" (uint step)   a click or drag on curves or scrubber, or, with focus, a key:
 *                                 arrows, Page Up and Page Down, Home, End
 *   "step-activated" ()           a double click on them, or a click with Ctrl: the step is to be
 *                                 looked at closely */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw-curves.h"
#include "pisd-frame.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_TIMELINE (explorer_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerTimeline, explorer_timeline, EXPLORER, TIMELINE, GtkWidget)

/* A new run of N steps (frames 0 .. N): forgets everything. */
void explorer_timeline_start (ExplorerTimeline *self, const PisdOperator *equation, guint n_steps);
/* Takes the numbers of a frame, not its latents; steps come in any order.  A step at which
 * parameters changed gets a vertical mark. */
void explorer_timeline_add_frame (ExplorerTimeline *self, const PisdFrame *frame);
/* Moves the knob to the step shown; does not emit. */
void explorer_timeline_set_step (ExplorerTimeline *self, guint step);
/* How many steps are known, counted from step 0 without a gap. */
guint explorer_timeline_get_n_reached (ExplorerTimeline *self);
void explorer_timeline_set_palette (ExplorerTimeline *self, const PisdPalette *palette);
/* What it draws, for an export. */
const PisdCurves *explorer_timeline_get_curves (ExplorerTimeline *self);

/* For tests: where the knob is. */
guint explorer_timeline_get_step (ExplorerTimeline *self);

G_END_DECLS
