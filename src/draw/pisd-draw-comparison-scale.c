/* The two scales of a comparison's plot, and what lies where on them. */
#include "pisd-draw-comparison-plot.h"

#include <math.h>

/* Measures at scale 1. */
static const double left_margin = 58.0;
static const double top_margin = 26.0;
static const double bottom_margin = 40.0;

static const double most_labels = 0.4; /* part of the width that labels may take */

/* Errors above this many percent are off the plot: what is lost is lost. */
static const double most_percent = 1000.0;

const PisdInk *
pisd_comparison_get_ink (const PisdPalette *palette, const PisdComparisonColumn *column)
{
  switch (column->ink)
    {
    case PISD_COMPARISON_OWN_INK:
      return &palette->loss[1];
    case PISD_COMPARISON_OTHER_INK:
      return &palette->error[1];
    default:
      return &palette->method[column->ink];
    }
}

gboolean
pisd_comparison_column_has_curve (const PisdComparisonColumn *column)
{
  return column->ink >= 0 && column->errors != NULL && column->n_known > 0;
}

double
pisd_comparison_column_get_error (const PisdComparisonColumn *column, guint step)
{
  return step == column->n_steps && column->end > 0.0 ? column->end : column->errors[step];
}

double
pisd_comparison_get_log (double error)
{
  return isfinite (error) && error > 0.0 ? log10 (100.0 * error) : NAN;
}

/* Evaluations behind the estimate of a step: one for the first, none for the state at the end. */
static guint
count_evaluations (const PisdComparisonColumn *column, guint step)
{
  return MIN (column->stages * step + 1, column->stages * (column->n_steps - 1) + 1);
}

static void
extend (double value, double *min, double *max)
{
  if (isnan (value))
    return;
  *min = MIN (*min, value);
  *max = MAX (*max, value);
}

/* Rounded outwards to 1, 2, 5 times powers of ten, so that a live axis moves rarely. */
static void
choose_error_ends (PisdScale *scale, const PisdComparison *comparison)
{
  double min = G_MAXDOUBLE;
  double max = -G_MAXDOUBLE;

  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];
      gboolean has_curve = pisd_comparison_column_has_curve (column);

      extend (pisd_comparison_get_log (column->level), &min, &max);
      extend (pisd_comparison_get_log (column->end), &min, &max);
      for (guint i = 0; has_curve && i < column->n_known; i++)
        extend (pisd_comparison_get_log (column->errors[i]), &min, &max);
    }
  if (min > max)
    {
      min = 0.0;
      max = 2.0;
    }
  max = MIN (max, log10 (most_percent));
  min = MIN (min, max - 0.01);
  scale->low = log10 (pisd_ticks_round_down (0.93 * pow (10.0, min)));
  scale->high = log10 (pisd_ticks_round_up (1.02 * pow (10.0, max)));
}

static void
choose_run_ends (PisdScale *scale, const PisdComparison *comparison)
{
  scale->low = 0.0;
  scale->high = 1.0;
  if (!scale->logarithmic)
    return;
  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];

      if (pisd_comparison_column_has_curve (column))
        scale->high = MAX (scale->high, log10 (count_evaluations (column, column->n_steps)));
    }
}

void
pisd_comparison_plot_init (PisdComparisonLayout *layout, const PisdComparison *comparison)
{
  double s = layout->scale;
  const PisdBox *area = &layout->area;
  PisdBox *plot = &layout->plot;
  double right = MIN (pisd_comparison_measure_labels (comparison, s), most_labels * area->width);

  plot->x = round (area->x + left_margin * s);
  plot->y = round (area->y + top_margin * s);
  plot->width = MAX (floor (area->width - left_margin * s - right), 1.0);
  plot->height = MAX (floor (area->height - (top_margin + bottom_margin) * s), 1.0);
  layout->errors = (PisdScale){ TRUE, 0.0, 0.0, plot->y + plot->height, plot->y };
  layout->run = (PisdScale){ comparison->axis == PISD_COMPARISON_EVALUATIONS, 0.0, 0.0, plot->x,
                             plot->x + plot->width };
  choose_error_ends (&layout->errors, comparison);
  choose_run_ends (&layout->run, comparison);
}

double
pisd_comparison_layout_get_fraction (const PisdComparisonLayout *layout, double x)
{
  return CLAMP ((x - layout->plot.x) / layout->plot.width, 0.0, 1.0);
}

double
pisd_comparison_layout_get_y (const PisdComparisonLayout *layout, double error)
{
  double value = pisd_comparison_get_log (error);

  return isnan (value) ? NAN : pisd_scale_get_place (&layout->errors, value);
}

double
pisd_comparison_layout_get_x (const PisdComparisonLayout *layout,
                              const PisdComparisonColumn *column,
                              guint step)
{
  if (layout->run.logarithmic)
    return pisd_scale_get_place (&layout->run, log10 (count_evaluations (column, step)));
  return pisd_scale_get_place (&layout->run, (double) step / MAX (column->n_steps, 1));
}

int
pisd_comparison_layout_find_step (const PisdComparisonLayout *layout,
                                  const PisdComparisonColumn *column,
                                  double x)
{
  double value = pisd_scale_get_value (&layout->run, x);
  double step = round (value * column->n_steps);

  if (layout->run.logarithmic)
    {
      double evaluations = pow (10.0, value);

      if (evaluations > 1.02 * count_evaluations (column, column->n_steps))
        return -1;
      step = MIN (floor ((evaluations - 1.0) / column->stages + 1e-9), column->n_steps);
    }
  return step < column->n_known ? (int) step : -1;
}

char *
pisd_comparison_dup_percent (double error)
{
  double percent = 100.0 * error;

  if (!isfinite (percent))
    return g_strdup ("\u2013");
  if (percent >= 1e4)
    return g_strdup_printf ("%.0e\u2009%%", percent);
  return g_strdup_printf ("%.*f\u2009%%", percent < 1.0 ? 2 : percent < 30.0 ? 1 : 0, percent);
}
