#include "pisd-draw-marginal.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Points of a curve in every interval of the histogram, both ends included. */
#define POINTS 9

/* Numbers below and above these powers of ten are written without the power. */
#define LEAST_POWER (-2)
#define MOST_POWER 3

/* The axis reaches so far beyond the highest bar: lines are named there. */
static const double headroom = 1.3;

/* In a narrower chart the axis alone says what the bars are. */
static const double narrow = 290.0;

/* Measures at scale 1. */
static const double outline = 1.2;
static const double curve = 2.0;
static const double dash = 5.0;
static const double name_size = 10.5;
static const double name_row = 12.0;
static const double name_gap = 5.0;
static const double factor_gap = 7.0;

/* What is drawn: all curves have the same places, in units of `unit`. */
typedef struct
{
  guint n;
  double *x, *counts, *zeros, *expected; /* [n] */
  double most;                           /* the axis of the counts ends there */
  double unit;                           /* a power of ten */
  int power;
  char *samples; /* in the legend */
} Curves;

static void
curves_clear (Curves *curves)
{
  g_free (curves->x);
  g_free (curves->counts);
  g_free (curves->zeros);
  g_free (curves->expected);
  g_free (curves->samples);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Curves, curves_clear)

static void
choose_unit (Curves *curves, const PisdMarginal *marginal)
{
  const double largest = fmax (fabs (marginal->low), fabs (marginal->high));
  const int power = (int) floor (log10 (largest));

  curves->power = power <= LEAST_POWER || power >= MOST_POWER ? power : 0;
  curves->unit = pow (10.0, curves->power);
}

static void
fill_points (Curves *curves, const PisdMarginal *marginal)
{
  const double width = pisd_marginal_get_width (marginal);

  for (guint k = 0; k < curves->n; k++)
    {
      const guint bin = k / POINTS;
      const double x = marginal->low + width * (bin + (double) (k % POINTS) / (POINTS - 1));

      curves->x[k] = x / curves->unit;
      curves->counts[k] = marginal->counts[bin];
      curves->expected[k] = pisd_marginal_get_expected (marginal, x);
      curves->most = fmax (curves->most, curves->counts[k]);
      if (isfinite (curves->expected[k]))
        curves->most = fmax (curves->most, curves->expected[k]);
    }
  curves->most *= headroom;
}

static char *
dup_value (double value)
{
  return g_strdup_printf ("%.3g", value);
}

static void
fill (Curves *curves, const PisdMarginalChart *chart)
{
  const PisdMarginal *marginal = chart->marginal;

  curves->n = marginal->n_bins * POINTS;
  curves->x = g_new (double, curves->n);
  curves->counts = g_new (double, curves->n);
  curves->zeros = g_new0 (double, curves->n);
  curves->expected = g_new (double, curves->n);
  choose_unit (curves, marginal);
  fill_points (curves, marginal);
  curves->samples =
      chart->counted != NULL
          ? g_strdup (chart->counted)
          : g_strdup_printf (ngettext ("%u sample", "%u samples", marginal->n), marginal->n);
}

static guint
choose_series (const Curves *curves,
               const PisdMarginalChart *chart,
               const PisdPalette *palette,
               PisdSeries series[2])
{
  guint n = 0;

  series[n++] = (PisdSeries){ .title = curves->samples,
                              .n = curves->n,
                              .x = curves->x,
                              .y = curves->counts,
                              .low = curves->zeros,
                              .high = curves->counts,
                              .line = { palette->loss[0], outline, 0.0, 0.0 } };
  if (!isnan (curves->expected[0]))
    series[n++] =
        (PisdSeries){ .title = chart->gaussian != NULL ? chart->gaussian : _ ("exact Gaussian"),
                      .n = curves->n,
                      .x = curves->x,
                      .y = curves->expected,
                      .line = { palette->loss[1], curve, 0.0, 0.0 } };
  return n;
}

/* Lines across the plot. */

/* A value with its name beside it, in the row of names that is its own. */
static void
draw_rule (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdMarginal *marginal,
           double value,
           const char *name,
           const PisdLine *line,
           guint row)
{
  const PisdBox *plot = &layout->plot;
  const double scale = layout->scale;
  const double x =
      plot->x + plot->width * (value - marginal->low) / (marginal->high - marginal->low);
  PisdTextStyle style = { .size = name_size * scale, .ink = &line->ink };
  double reach;

  if (!(value >= marginal->low && value <= marginal->high))
    return;
  pisd_draw_segment (cr, line, x, plot->y, x, plot->y + plot->height);
  reach = x + name_gap * scale + pisd_text_get_width (&style, name);
  style.align = reach > plot->x + plot->width ? 1.0 : 0.0;
  pisd_draw_text (cr, x + (style.align > 0.0 ? -name_gap : name_gap) * scale,
                  plot->y + (row + 0.6) * name_row * scale, &style, name);
}

static void
draw_rules (cairo_t *cr,
            const PisdGraphLayout *layout,
            const PisdPalette *palette,
            const PisdMarginal *marginal)
{
  const PisdLine truth = { palette->text, curve * layout->scale, 0.0, 0.0 };
  const PisdLine estimate = { palette->error[0], curve * layout->scale, dash * layout->scale,
                              0.7 * dash * layout->scale };

  cairo_save (cr);
  draw_rule (cr, layout, marginal, marginal->beside.truth, _ ("truth"), &truth, 0);
  draw_rule (cr, layout, marginal, marginal->beside.estimate, _ ("estimate"), &estimate, 1);
  cairo_restore (cr);
}

/* In the line of the legend, where the Gaussian's name would be. */
static void
draw_missing (cairo_t *cr,
              const PisdGraphLayout *layout,
              const PisdPalette *palette,
              const char *missing)
{
  const PisdTextStyle style = { .size = name_size * layout->scale,
                                .ink = &palette->faint,
                                .align = 1.0 };

  if (missing != NULL)
    pisd_draw_text (cr, layout->plot.x + layout->plot.width, layout->legend_y, &style, missing);
}

/* The power of ten of the numbers below the plot, above their end. */
static void
draw_factor (cairo_t *cr,
             const PisdGraphLayout *layout,
             const PisdPalette *palette,
             const Curves *curves)
{
  const PisdTextStyle style = { .size = name_size * layout->scale,
                                .ink = &palette->faint,
                                .align = 1.0 };
  g_autofree char *power =
      g_strdup_printf (curves->power < 0 ? "\u00d710" PISD_SUPERSCRIPT ("\u2212%d")
                                         : "\u00d710" PISD_SUPERSCRIPT ("%d"),
                       ABS (curves->power));

  if (curves->power != 0)
    pisd_draw_markup (cr, layout->plot.x + layout->plot.width - name_gap * layout->scale,
                      layout->plot.y + layout->plot.height - factor_gap * layout->scale, &style,
                      power);
}

/* The chart, or what is over it at x. */
static void
draw (cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      const PisdMarginalChart *chart,
      double type,
      double x)
{
  g_auto (Curves) curves = { 0 };
  PisdSeries series[2];
  PisdGraph graph = {
    .x = { .title = chart->place, .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .y = { .title = _ ("count"), .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .series = series,
    .mark = NAN,
    .note = chart->note,
  };
  PisdGraphLayout layout;

  if (chart->marginal != NULL)
    {
      fill (&curves, chart);
      graph.n_series = choose_series (&curves, chart, palette, series);
      graph.x.low = chart->marginal->low / curves.unit;
      graph.x.high = chart->marginal->high / curves.unit;
      graph.y.high = curves.most;
    }
  if (isnan (x) && graph.n_series > 0 && box->width < narrow * type)
    series[0].title = NULL;
  pisd_graph_layout_init (&layout, &graph, box, type);
  if (layout.is_low && chart->missing != NULL)
    graph.x.title = NULL; /* there is one line for both, and the place has its cross-hair */
  if (!isnan (x))
    {
      pisd_draw_graph_readout (cr, box, &layout, palette, &graph, x);
      return;
    }
  pisd_draw_graph (cr, &layout, palette, &graph);
  if (chart->marginal == NULL)
    return;
  draw_rules (cr, &layout, palette, chart->marginal);
  draw_factor (cr, &layout, palette, &curves);
  draw_missing (cr, &layout, palette, chart->missing);
}

void
pisd_draw_marginal (cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    const PisdMarginalChart *chart,
                    double type)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && chart != NULL);

  draw (cr, box, palette, chart, type, NAN);
}

void
pisd_draw_marginal_readout (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdMarginalChart *chart,
                            double type,
                            double x)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && chart != NULL);

  draw (cr, box, palette, chart, type, x);
}
