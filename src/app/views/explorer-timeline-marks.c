#include "explorer-timeline-marks.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-lines.h"
#include "pisd-draw-text.h"

static const double track_width = 4.0;
static const double halo = 4.0; /* around the knob */
static const double type_size = 12.0;
static const double type_gap = 12.0;

static double
get_track_y (const PisdCurvesLayout *layout)
{
  return layout->plot.y + layout->plot.height + 0.5 * EXPLORER_SCRUBBER_ROOM;
}

static double
get_step_x (const ExplorerTimelineMarks *marks, guint step)
{
  return pisd_curves_layout_get_x (marks->layout, step);
}

static void
draw_track_part (cairo_t *cr, double from, double to, double y, const PisdInk *ink, double alpha)
{
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, MAX (to, from + 0.01), y);
  pisd_ink_set_faded (cr, ink, alpha);
  cairo_stroke (cr);
}

/* The whole run, what is computed of it, and what lies before the step shown. */
static void
draw_track (cairo_t *cr, const ExplorerTimelineMarks *marks)
{
  const PisdPalette *palette = marks->palette;
  const double left = marks->layout->plot.x;
  const double right = left + marks->layout->plot.width;
  const double y = get_track_y (marks->layout);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, track_width);
  draw_track_part (cr, left, right, y, &palette->line, 1.0);
  if (marks->curves->last < 0)
    return;
  draw_track_part (cr, left, get_step_x (marks, (guint) marks->curves->last), y, &palette->faint,
                   0.55);
  draw_track_part (cr, left, get_step_x (marks, marks->step), y, &palette->accent, 1.0);
}

static void
draw_disc (cairo_t *cr, double x, double y, const PisdInk *ink)
{
  cairo_arc (cr, x, y, EXPLORER_KNOB_RADIUS, 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill_preserve (cr);
  pisd_ink_set (cr, ink);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

/* The handle on the track, with a line through the curves; `focus` puts a halo around it. */
static void
draw_knob (cairo_t *cr, const ExplorerTimelineMarks *marks, gboolean focus)
{
  const PisdInk *ink = &marks->palette->accent;
  const double x = get_step_x (marks, marks->step);
  const double y = get_track_y (marks->layout);

  pisd_ink_set (cr, ink);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, marks->layout->plot.y);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
  if (focus)
    {
      cairo_arc (cr, x, y, EXPLORER_KNOB_RADIUS + halo, 0.0, 2.0 * G_PI);
      pisd_ink_set_faded (cr, ink, 0.35);
      cairo_fill (cr);
    }
  draw_disc (cr, x, y, ink);
}

static char *
dup_counts (guint step, guint n_steps)
{
  return g_strdup_printf (_ ("step %u / %u"), step, n_steps);
}

double
explorer_step_get_width (guint n_steps, double scale)
{
  const PisdTextStyle style = { .size = type_size * scale, .bold = TRUE };
  g_autofree char *longest = dup_counts (n_steps, n_steps);

  return pisd_text_get_width (&style, longest) + type_gap + EXPLORER_KNOB_RADIUS;
}

/* "step 120 / 300 – σ 0.34", or as much of it as fits between the legend and the right edge. */
static void
draw_step (cairo_t *cr, const ExplorerTimelineMarks *marks)
{
  const PisdCurvesLayout *layout = marks->layout;
  const PisdTextStyle style = {
    .size = type_size * layout->scale, .bold = TRUE, .ink = &marks->palette->text, .align = 1.0
  };
  const double right = layout->header_end;
  const double room = right - layout->legend_end - type_gap;
  const double sigma = marks->curves->values[PISD_CURVE_SIGMA][marks->step];
  g_autofree char *number = pisd_number_dup_markup (sigma);
  g_autofree char *counts = dup_counts (marks->step, marks->curves->n_steps);
  g_autofree char *full = g_strdup_printf ("%s \u2013 σ\u2009%s", counts, number);

  if (!isnan (sigma) && pisd_text_get_width (&style, full) <= room)
    pisd_draw_markup (cr, right, layout->legend_y, &style, full);
  else if (pisd_text_get_width (&style, counts) <= room)
    pisd_draw_markup (cr, right, layout->legend_y, &style, counts);
}

/* What will be seen here, where no run has been yet. */
static void
draw_invitation (cairo_t *cr, const ExplorerTimelineMarks *marks)
{
  const PisdBox *plot = &marks->layout->plot;
  const PisdTextStyle style = { .size = type_size * marks->layout->scale,
                                .ink = &marks->palette->faint,
                                .align = 0.5,
                                .max_width = plot->width };

  pisd_draw_text (cr, plot->x + 0.5 * plot->width, plot->y + 0.5 * plot->height, &style,
                  _ ("Losses, errors and noise level of a run appear here"));
}

void
explorer_draw_marks (cairo_t *cr, const ExplorerTimelineMarks *marks, gboolean focus)
{
  draw_track (cr, marks);
  if (marks->curves->last < 0)
    {
      draw_invitation (cr, marks);
      return;
    }
  draw_step (cr, marks);
  draw_knob (cr, marks, focus);
}

void
explorer_draw_errors (cairo_t *cr, const ExplorerTimelineMarks *marks)
{
  PisdCurves errors = *marks->curves;

  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    errors.hidden[c] = errors.hidden[c] || pisd_curve_get_axis (c) == PISD_AXIS_LEFT;
  pisd_draw_curve_lines (cr, marks->layout, marks->palette, &errors);
}

static gboolean
box_contains (const PisdBox *box, double x, double y)
{
  return x >= box->x && y >= box->y && x < box->x + box->width && y < box->y + box->height;
}

int
explorer_timeline_find_entry (const PisdCurvesLayout *layout, double x, double y)
{
  for (int c = 0; c < PISD_N_CURVES; c++)
    if (box_contains (&layout->legend[c], x, y))
      return c;
  return -1;
}

gboolean
explorer_timeline_has_plot_at (const PisdCurvesLayout *layout, double x, double y)
{
  const PisdBox *plot = &layout->plot;

  return x >= plot->x - EXPLORER_KNOB_RADIUS && x <= plot->x + plot->width + EXPLORER_KNOB_RADIUS
         && y >= plot->y && y <= plot->y + plot->height + EXPLORER_SCRUBBER_ROOM;
}
