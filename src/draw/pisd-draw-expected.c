#include "pisd-draw-expected.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-draw-graph.h"
#include "pisd-draw-text.h"

/* Measures at scale 1. */
static const double width = 1.8;
static const double dash = 4.0;
static const double dot = 2.2;
static const double here = 3.6;

#define N_CURVES 3

/* A curve's points, from what there is on. */
typedef struct
{
  guint n;
  double *x, *y; /* [n] sensors, percents */
} Points;

static void
points_clear (Points *points)
{
  g_free (points->x);
  g_free (points->y);
}

static void
points_add (Points *points, double n_sensors, double left)
{
  points->x[points->n] = n_sensors;
  points->y[points->n++] = 100.0 * sqrt (left);
}

/* A curve that is not known has none.  Numbers that a placing does not have are left out, so that a
 * line joins the others. */
static void
points_fill (Points *points, const PisdExpected *expected, const double *left)
{
  points->n = 0;
  points->x = g_new (double, expected->n + 1);
  points->y = g_new (double, expected->n + 1);
  if (left == NULL)
    return;
  points_add (points, expected->n_sensors, expected->left);
  for (guint k = 0; k < expected->n; k++)
    if (isfinite (left[k]))
      points_add (points, expected->n_sensors + k + 1.0, left[k]);
}

static char *
dup_sensors (double n)
{
  const guint count = (guint) lround (n);

  return g_strdup_printf (ngettext ("%u sensor", "%u sensors", count), count);
}

static PisdSeries
make_series (const char *title, const Points *points, const PisdInk *ink, double marker, double off)
{
  return (PisdSeries){ .title = title,
                       .n = points->n,
                       .x = points->x,
                       .y = points->y,
                       .line = { *ink, width, dash, off },
                       .marker = marker };
}

static void
draw (cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      const PisdExpected *expected,
      double type,
      double x)
{
  const double *const left[N_CURVES] = { expected->best, expected->random, expected->grid };
  const double last = expected->n_sensors + (double) expected->n;
  double now_x = expected->n_sensors, now_y = 100.0 * sqrt (expected->left);
  const Points now = { 1, &now_x, &now_y };
  Points points[N_CURVES];
  PisdSeries series[N_CURVES + 1];
  PisdGraph graph = {
    .x = { _ ("sensors"), FALSE, expected->n_sensors, last, 0.0, pisd_label_dup_plain,
           dup_sensors },
    .y = { _ ("error"), FALSE, 0.0, 0.0, 0.0, pisd_label_dup_percent, pisd_percent_dup_markup },
    .n_series = N_CURVES + 1,
    .series = series,
    .mark = NAN,
  };

  for (guint c = 0; c < N_CURVES; c++)
    points_fill (&points[c], expected, left[c]);
  series[0] = make_series (_ ("random"), &points[1], &palette->faint, 0.0, dash);
  series[1] = make_series (_ ("grid"), &points[2], &palette->equation, dot, 0.0);
  series[2] = make_series (_ ("best"), &points[0], &palette->accent, 0.0, 0.0);
  series[3] = make_series (NULL, &now, &palette->text, here, 0.0);
  series[3].is_guide = TRUE;
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
  for (guint c = 0; c < N_CURVES; c++)
    points_clear (&points[c]);
}

void
pisd_draw_expected (cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    const PisdExpected *expected,
                    double type)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && expected != NULL);
  draw (cr, box, palette, expected, type, NAN);
}

void
pisd_draw_expected_readout (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdExpected *expected,
                            double type,
                            double x)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && expected != NULL);
  draw (cr, box, palette, expected, type, x);
}
