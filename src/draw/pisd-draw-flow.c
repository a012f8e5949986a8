#include "pisd-draw-flow.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Decades of energy below the largest one that are shown. */
static const double most_decades = 10.0;

/* The guide line reaches over these wave numbers, and begins so many times above the energy. */
#define GUIDE_FIRST 4
#define GUIDE_LAST 28
#define GUIDE_ABOVE 3.0

/* Free room at both ends of the axis of times, of its length. */
static const double time_margin = 0.03;

/* Measures at scale 1. */
static const double truth_width = 1.3;
static const double estimate_width = 2.1;
static const double dash = 5.0;
static const double dot = 2.8;

static PisdLine
get_solid (const PisdInk *ink, double width)
{
  return (PisdLine){ .ink = *ink, .width = width };
}

static PisdLine
get_dashed (const PisdInk *ink)
{
  return (PisdLine){ *ink, truth_width, dash, 0.7 * dash };
}

static char *
dup_wave_number (double k)
{
  return g_strdup_printf ("k = %.0f", k);
}

static char *
dup_time (double t)
{
  return g_strdup_printf ("t = %.3g", t);
}

/* Energy by wave number. */

/* The largest wave number with energy that is shown, rounded up so that the axis rarely moves. */
static double
choose_last (const PisdSeries *series, guint n, guint n_shells)
{
  double most = 0.0;
  guint last = 1;

  for (guint s = 0; s < n; s++)
    {
      const double *energy = series[s].y != NULL ? series[s].y : series[s].high;

      for (guint k = 0; k < n_shells; k++)
        most = fmax (most, energy[k]);
      for (guint k = last; k < n_shells; k++)
        if (energy[k] > most * pow (10.0, -most_decades))
          last = k + 1;
    }
  return CLAMP (pisd_ticks_round_up (last), 10.0, n_shells);
}

/* E (k) = c k^-3 above the truth, or above the estimate. */
static void
fill_guide (const PisdSpectra *spectra, double x[2], double y[2])
{
  const double *energy = spectra->truth != NULL ? spectra->truth : spectra->estimate;

  x[0] = GUIDE_FIRST;
  x[1] = GUIDE_LAST;
  y[0] = energy != NULL ? GUIDE_ABOVE * energy[GUIDE_FIRST - 1] : NAN;
  y[1] = y[0] * pow (x[1] / x[0], -3.0);
}

/* The series that are known, of all those there may be. */
static guint
choose_spectra (const PisdSpectra *spectra,
                const PisdPalette *palette,
                guint n_shells,
                const double *k,
                PisdSeries *series)
{
  const PisdInk *estimate = &palette->loss[0];
  guint n = 0;

  if (spectra->low != NULL && spectra->high != NULL)
    series[n++] = (PisdSeries){ .title = _ ("samples, 10 to 90 %"),
                                .x = k,
                                .low = spectra->low,
                                .high = spectra->high,
                                .line = get_solid (estimate, 0.0) };
  if (spectra->estimate != NULL)
    series[n++] = (PisdSeries){ .title = _ ("estimate"),
                                .x = k,
                                .y = spectra->estimate,
                                .line = get_solid (estimate, estimate_width) };
  if (spectra->truth != NULL)
    series[n++] = (PisdSeries){ .title = _ ("truth"),
                                .x = k,
                                .y = spectra->truth,
                                .line = get_solid (&palette->text, truth_width) };
  for (guint s = 0; s < n; s++)
    series[s].n = n_shells;
  return n;
}

/* Of a flow. */
static PisdSeries
get_guide (const PisdPalette *palette, const double x[2], const double y[2])
{
  return (PisdSeries){ .title = "k\u207b\u00b3",
                       .n = 2,
                       .x = x,
                       .y = y,
                       .line = get_dashed (&palette->faint),
                       .is_guide = TRUE };
}

static void
draw_spectra (cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              const PisdSpectra *spectra,
              double type,
              double x)
{
  const gboolean is_energy = spectra->n == 0;
  const guint n = is_energy ? PISD_N_SHELLS : spectra->n;
  g_autofree double *k = g_new (double, n);
  double guide_x[2], guide_y[2];
  PisdSeries series[4];
  PisdGraph graph = {
    .x = { is_energy ? _ ("wave number k") : spectra->axis, TRUE, 1.0, 0.0, 0.0,
           pisd_label_dup_plain, dup_wave_number },
    .y = { is_energy ? _ ("energy") : spectra->quantity, TRUE, 0.0, 0.0, most_decades,
           pisd_ticks_dup_power, pisd_number_dup_markup },
    .series = series,
    .mark = NAN,
    .note = is_energy ? _ ("Nothing moves yet") : spectra->note,
  };

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && spectra != NULL);

  for (guint i = 0; i < n; i++)
    k[i] = i + 1.0;
  graph.n_series = choose_spectra (spectra, palette, n, k, series);
  graph.x.high = choose_last (series, graph.n_series, n);
  if (is_energy && graph.n_series > 0)
    {
      fill_guide (spectra, guide_x, guide_y);
      series[graph.n_series++] = get_guide (palette, guide_x, guide_y);
    }
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
pisd_draw_spectra (cairo_t *cr,
                   const PisdBox *box,
                   const PisdPalette *palette,
                   const PisdSpectra *spectra,
                   double type)
{
  draw_spectra (cr, box, palette, spectra, type, NAN);
}

void
pisd_draw_spectra_readout (cairo_t *cr,
                           const PisdBox *box,
                           const PisdPalette *palette,
                           const PisdSpectra *spectra,
                           double type,
                           double x)
{
  draw_spectra (cr, box, palette, spectra, type, x);
}

/* Errors over time. */

static double *
new_percents (const double *errors, guint n)
{
  double *percents = g_new (double, n);

  for (guint k = 0; k < n; k++)
    percents[k] = errors != NULL ? 100.0 * errors[k] : NAN;
  return percents;
}

/* The times of frames with sensors. */
static guint
choose_flags (const PisdTimeErrors *errors, double *flags)
{
  guint n = 0;

  for (guint k = 0; errors->measured != NULL && k < errors->n; k++)
    if (errors->measured[k])
      flags[n++] = errors->times[k];
  return n;
}

static void
draw_time_errors (cairo_t *cr,
                  const PisdBox *box,
                  const PisdPalette *palette,
                  const PisdTimeErrors *errors,
                  double type,
                  double x)
{
  g_autofree double *percents = NULL, *expected = NULL, *flags = NULL;
  double margin;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && errors != NULL);
  g_return_if_fail (errors->n >= 1);

  percents = new_percents (errors->errors, errors->n);
  expected = new_percents (errors->expected, errors->n);
  flags = g_new (double, errors->n);
  margin = time_margin * (errors->times[errors->n - 1] - errors->times[0]);

  const PisdSeries series[] = {
    { .title = errors->expected != NULL ? _ ("best possible") : NULL,
      .n = errors->n,
      .x = errors->times,
      .y = expected,
      .line = get_dashed (&palette->text) },
    { .title = _ ("estimate"),
      .n = errors->n,
      .x = errors->times,
      .y = percents,
      .line = get_solid (&palette->error[0], estimate_width),
      .marker = dot },
  };
  const guint n_flags = choose_flags (errors, flags);
  const PisdGraph graph = {
    .x = { _ ("time t"), FALSE, errors->times[0] - margin, errors->times[errors->n - 1] + margin,
           0.0, pisd_label_dup_plain, dup_time },
    .y = { _ ("error"), TRUE, 0.0, 0.0, 0.0, pisd_label_dup_percent, pisd_percent_dup_markup },
    .n_series = G_N_ELEMENTS (series),
    .series = series,
    .mark = errors->time,
    .n_flags = n_flags,
    .flags = flags,
    .flag_title = n_flags > 0 ? _ ("sensors") : NULL,
    .note = _ ("No error is known"),
  };

  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
pisd_draw_time_errors (cairo_t *cr,
                       const PisdBox *box,
                       const PisdPalette *palette,
                       const PisdTimeErrors *errors,
                       double type)
{
  draw_time_errors (cr, box, palette, errors, type, NAN);
}

void
pisd_draw_time_errors_readout (cairo_t *cr,
                               const PisdBox *box,
                               const PisdPalette *palette,
                               const PisdTimeErrors *errors,
                               double type,
                               double x)
{
  draw_time_errors (cr, box, palette, errors, type, x);
}
