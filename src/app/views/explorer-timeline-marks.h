/* What is drawn over the curves of a run and only on screen: scrubber, knob, the step in words.
 *
 * Units: those of the layout. */
#pragma once

#include "pisd-draw-curves.h"

G_BEGIN_DECLS

/* Room that the scrubber needs between the curves and the numbers of the steps. */
#define EXPLORER_SCRUBBER_ROOM 22.0
#define EXPLORER_KNOB_RADIUS 7.0

/* The width that explorer_draw_step() takes at most in a run of that many steps, in type of that
 * scale. */
double explorer_step_get_width (guint n_steps, double scale);

typedef struct
{
  const PisdCurvesLayout *layout;
  const PisdCurves *curves;
  const PisdPalette *palette;
  guint step; /* shown */
} ExplorerTimelineMarks;

/* The whole run, what is computed of it, and what lies before the step shown. */
void explorer_draw_track (cairo_t *cr, const ExplorerTimelineMarks *marks);
/* The handle on the track, with a line through the curves; `focus` puts a halo around it. */
void explorer_draw_knob (cairo_t *cr, const ExplorerTimelineMarks *marks, gboolean focus);
/* "step 120 / 300 – σ 0.34", or as much of it as fits between the legend and the right edge. */
void explorer_draw_step (cairo_t *cr, const ExplorerTimelineMarks *marks);
/* What will be seen here, where no run has been yet. */
void explorer_draw_invitation (cairo_t *cr, const ExplorerTimelineMarks *marks);
/* The curves of the run that this one is a branch of, dimmed, from that step on, and the fork. */
void explorer_draw_origin (cairo_t *cr,
                           const ExplorerTimelineMarks *marks,
                           const PisdCurves *origin,
                           guint step);
/* The errors' curves alone. */
void explorer_draw_errors (cairo_t *cr, const ExplorerTimelineMarks *marks);

/* The curve whose entry in the legend lies there, or -1. */
int explorer_timeline_find_entry (const PisdCurvesLayout *layout, double x, double y);
/* Whether a place belongs to a step: to the curves or the scrubber. */
gboolean explorer_timeline_has_plot_at (const PisdCurvesLayout *layout, double x, double y);

G_END_DECLS
