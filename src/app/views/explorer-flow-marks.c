#include "explorer-flow-marks.h"

#include <math.h>

#include "pisd-draw-text.h"

/* With type of the usual size. */
static const double side = 16.0;  /* beside the line */
static const double above = 14.0; /* from the line to the numbers of sensors */
static const double below = 15.0; /* ... and to the times */
static const double knob_radius = 6.5;
static const double halo = 4.0; /* around the knob */
static const double tick = 4.0; /* half its length */
static const double dot_radius = 3.0;
static const double type_size = 10.5;
static const double type_gap = 4.0; /* between two words beside each other */

/* Of the words at the moment shown, in rooms between two moments: its neighbours may give way. */
static const double most_rooms = 1.4;

double
explorer_moment_get_time (const ExplorerMoment *moment)
{
  return moment->info->times[moment->frame];
}

void
explorer_flow_marks_lay_out (ExplorerFlowMarks *marks, double width, double height, double type)
{
  marks->type = type;
  marks->left = side * type;
  marks->width = fmax (width - 2.0 * side * type, 1.0);
  marks->y = floor (0.5 * height) + 0.5;
  marks->first = G_MAXDOUBLE;
  marks->last = -G_MAXDOUBLE;
  for (guint k = 0; k < marks->n; k++)
    {
      marks->first = fmin (marks->first, explorer_moment_get_time (&marks->moments[k]));
      marks->last = fmax (marks->last, explorer_moment_get_time (&marks->moments[k]));
    }
}

double
explorer_flow_marks_get_x (const ExplorerFlowMarks *marks, const ExplorerMoment *moment)
{
  const double length = marks->last - marks->first;
  const double t = explorer_moment_get_time (moment);

  return marks->left + (length > 0.0 ? (t - marks->first) / length : 0.0) * marks->width;
}

const ExplorerMoment *
explorer_flow_marks_find (const ExplorerFlowMarks *marks, double x, gboolean to_choose)
{
  const ExplorerMoment *nearest = NULL;

  for (guint k = 0; k < marks->n; k++)
    {
      const ExplorerMoment *moment = &marks->moments[k];

      if (to_choose && !moment->can_choose)
        continue;
      if (nearest == NULL
          || fabs (explorer_flow_marks_get_x (marks, moment) - x)
                 < fabs (explorer_flow_marks_get_x (marks, nearest) - x))
        nearest = moment;
    }
  return nearest;
}

/* What lies between two moments for words. */
static double
get_room (const ExplorerFlowMarks *marks)
{
  return marks->width / MAX (marks->n - 1, 1) - type_gap;
}

static void
draw_line (cairo_t *cr, double from, double to, double y, const PisdInk *ink)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 3.0);
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, fmax (to, from + 0.01), y);
  pisd_ink_set (cr, ink);
  cairo_stroke (cr);
}

static void
draw_tick (cairo_t *cr, double x, double y, const PisdInk *ink)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, y - tick);
  cairo_line_to (cr, x, y + tick);
  pisd_ink_set (cr, ink);
  cairo_stroke (cr);
}

/* As sensors are drawn on fields. */
static void
draw_dot (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius + 1.0, 0.0, 2.0 * G_PI);
  cairo_set_source_rgba (cr, 0.05, 0.06, 0.08, 0.92);
  cairo_fill (cr);
  cairo_arc (cr, x, y, radius - 0.5, 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill (cr);
}

static void
draw_knob (const ExplorerFlowMarks *marks, cairo_t *cr, double x)
{
  const PisdInk *ink = &marks->palette->accent;

  cairo_new_path (cr);
  if (marks->has_focus)
    {
      cairo_arc (cr, x, marks->y, knob_radius + halo, 0.0, 2.0 * G_PI);
      pisd_ink_set_faded (cr, ink, 0.35);
      cairo_fill (cr);
    }
  cairo_arc (cr, x, marks->y, knob_radius, 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill_preserve (cr);
  pisd_ink_set (cr, ink);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

/* What there is room for between two moments: a dot with the number of sensors, the number, or the
 * dot. */
static void
draw_sensors (const ExplorerFlowMarks *marks, cairo_t *cr, const ExplorerMoment *moment)
{
  const double room = get_room (marks), radius = dot_radius * marks->type;
  const double x = explorer_flow_marks_get_x (marks, moment);
  const double y = marks->y - above * marks->type;
  const PisdTextStyle style = { .size = type_size * marks->type,
                                .bold = moment == marks->shown,
                                .ink = &marks->palette->text };
  g_autofree char *number = g_strdup_printf ("%u", moment->n_sensors);
  const double width = pisd_text_get_width (&style, number);
  const double whole = width + 2.0 * radius + type_gap;
  const gboolean has_dot = whole <= room || width > room;
  const double left = x - 0.5 * (width > room ? 2.0 * radius : has_dot ? whole : width);

  if (has_dot)
    draw_dot (cr, left + radius, y, radius);
  if (width <= room)
    pisd_draw_text (cr, left + (has_dot ? 2.0 * radius + type_gap : 0.0), y, &style, number);
}

/* Where the times of all moments do not fit, those of the ends and of the one shown do. */
static void
draw_time (const ExplorerFlowMarks *marks, cairo_t *cr, const ExplorerMoment *moment)
{
  const double room = get_room (marks), t = explorer_moment_get_time (moment);
  const gboolean shown = moment == marks->shown;
  const PisdTextStyle style = { .size = type_size * marks->type,
                                .bold = shown,
                                .ink = shown ? &marks->palette->text : &marks->palette->faint,
                                .align = 0.5 };
  g_autofree char *time = pisd_field_info_dup_time (moment->info, moment->frame);
  g_autofree char *words = g_strdup_printf ("t\u2009=\u2009%s", time);
  const gboolean is_end = t == marks->first || t == marks->last;
  const gboolean has_words = shown && pisd_text_get_width (&style, words) <= most_rooms * room;

  if (!shown && !is_end && pisd_text_get_width (&style, time) > room)
    return;
  pisd_draw_text (cr, explorer_flow_marks_get_x (marks, moment), marks->y + below * marks->type,
                  &style, has_words ? words : time);
}

void
explorer_flow_marks_draw (const ExplorerFlowMarks *marks, cairo_t *cr)
{
  draw_line (cr, marks->left, marks->left + marks->width, marks->y, &marks->palette->line);
  if (marks->shown != NULL)
    draw_line (cr, marks->left, explorer_flow_marks_get_x (marks, marks->shown), marks->y,
               &marks->palette->accent);
  for (guint k = 0; k < marks->n; k++)
    {
      const ExplorerMoment *moment = &marks->moments[k];

      draw_tick (cr, explorer_flow_marks_get_x (marks, moment), marks->y,
                 moment->can_choose ? &marks->palette->text : &marks->palette->faint);
      draw_time (marks, cr, moment);
      if (moment->n_sensors > 0)
        draw_sensors (marks, cr, moment);
    }
  if (marks->shown != NULL)
    draw_knob (marks, cr, explorer_flow_marks_get_x (marks, marks->shown));
}
