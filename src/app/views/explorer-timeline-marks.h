/* What is drawn over the curves of a run and only on screen: scrubber, knob, the step in words.
 *
 * Units: those of the layout. */
#pragma once

#include "pisd-draw-curves.h"

G_BEGIN_DECLS

/* Room that the scrubber needs between the curves and the numbers of the steps. */
#define EXPLORER_SCRUBBER_ROOM 22.0
#define EXPLORER_KNOB_RADIUS 7.0

/* The width that the step in words takes at most in a run of that many steps, in type of that
 * scale. */
double explorer_step_get_width (guint n_steps, double scale);

typedef struct
{
  const PisdCurvesLayout *layout;
  const PisdCurves *curves;
  const PisdPalette *palette;
  guint step; /* shown */
} ExplorerTimelineMarks;

/* The scrubber with its handle, around which `focus` puts a halo, and the step in words; where no
 * run has been yet, what will be seen. */
void explorer_draw_marks (cairo_t *cr, const ExplorerTimelineMarks *marks, gboolean focus);
/* The errors' curves alone. */
void explorer_draw_errors (cairo_t *cr, const ExplorerTimelineMarks *marks);

/* The curve whose entry in the legend lies there, or -1. */
int explorer_timeline_find_entry (const PisdCurvesLayout *layout, double x, double y);
/* Whether a place belongs to a step: to the curves or the scrubber. */
gboolean explorer_timeline_has_plot_at (const PisdCurvesLayout *layout, double x, double y);

G_END_DECLS
