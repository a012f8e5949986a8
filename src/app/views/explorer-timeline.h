/* The bottom of the window: live logarithmic curves of losses, errors and sigma over the diffusion
 * steps, and a scrubber on the same axis.  It is fed numbers and reports which step is wanted.
 *
 * Signals:
 *   "step-selected" (uint step)   a click or drag on a curve or the scrubber, arrows, Home, End
 * (with focus) A tooltip or read-out shows the values of all curves under the pointer. Curves have
 * a legend whose entries can be clicked to hide or show a curve. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw-curves.h"
#include "pisd-frame.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_TIMELINE (explorer_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerTimeline, explorer_timeline, EXPLORER, TIMELINE, GtkWidget)

GtkWidget *explorer_timeline_new (void);
/* A new run of N steps (frames 0 .. N): forgets everything. */
void explorer_timeline_start (ExplorerTimeline *self, const PisdOperator *equation, guint n_steps);
/* Appends the numbers of a frame (steps may arrive with gaps filled later, in any order; latents
 * are not kept); parameters_changed frames get a vertical mark. */
void explorer_timeline_add_frame (ExplorerTimeline *self, const PisdFrame *frame);
/* The step shown (the scrubber's knob); does not emit. */
void explorer_timeline_set_step (ExplorerTimeline *self, guint step);
guint explorer_timeline_get_step (ExplorerTimeline *self);
guint explorer_timeline_get_n_reached (
    ExplorerTimeline *self); /* frames known so far, counted from step 0 */
void explorer_timeline_set_palette (ExplorerTimeline *self, const PisdPalette *palette);
/* What it draws, for an export. */
const PisdCurves *explorer_timeline_get_curves (ExplorerTimeline *self);

G_END_DECLS
