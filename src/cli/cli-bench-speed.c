/* How long things take: a step of each guidance, and the transforms. */
#include "cli-bench.h"

#include <math.h>

#include "pisd-basis.h"

#define STEP_COUNT 200
/* One timing of a transform lasts at least this. */
#define LOOP_TIME (20 * G_TIME_SPAN_MILLISECOND)

/* Milliseconds that a step is to take at most; methods that make no steps have none. */
static const double step_targets[PISD_N_GUIDANCES] = {
  [PISD_GUIDANCE_NONE] = NAN,
  [PISD_GUIDANCE_DPS] = NAN,
  [PISD_GUIDANCE_PISD] = 3,
  [PISD_GUIDANCE_SECOND_ORDER] = 1,
};

/* Milliseconds a step, the median of several runs. */
static gboolean
time_steps (const PisdScenario *scenario,
            const CliBenchOptions *options,
            CliProgress *progress,
            double *ms,
            GError **error)
{
  g_autofree double *times = g_new (double, options->n_repeats);
  g_auto (PisdRunCache) cache = { 0 };

  for (guint i = 0; i < options->n_repeats; i++)
    {
      g_autoptr (PisdResult) result = cli_bench_run (scenario, 1, &cache, progress, error);

      if (result == NULL)
        return FALSE;
      times[i] = 1e3 * (result->seconds - result->setup_seconds) / result->n_steps;
      progress->part++;
    }
  *ms = cli_bench_median (times, options->n_repeats);
  return TRUE;
}

static gboolean
bench_one_step (const CliBenchOptions *given,
                PisdGuidanceId guidance,
                PisdModeSet mode_set,
                CliProgress *progress,
                CliTable *table,
                GError **error)
{
  const CliMethod method = { guidance, "", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, &method };
  CliBenchOptions options = *given;
  g_autoptr (PisdScenario) scenario = NULL;
  PisdSettings *settings;
  g_autofree char *guidance_name = NULL;
  g_autofree char *set_name = NULL;
  CliRow row;
  double ms;

  options.n_samples = 1;
  scenario = cli_bench_make_scenario (&options, &what, 0, error);
  if (scenario == NULL)
    return FALSE;
  settings = &scenario->settings;
  settings->mode_set = mode_set;
  settings->steps = options.n_steps > 0 ? options.n_steps : STEP_COUNT;
  if (!time_steps (scenario, &options, progress, &ms, error))
    return FALSE;
  guidance_name = pisd_settings_dup_text (settings, pisd_settings_find ("guidance"));
  set_name = pisd_settings_dup_text (settings, pisd_settings_find ("mode-set"));
  row = cli_row (g_strdup_printf ("%s, %s modes, K = %u", guidance_name, set_name, settings->modes),
                 ms, "ms",
                 g_strdup_printf ("median of %u runs, %u steps, %u sensors, one thread",
                                  options.n_repeats, settings->steps, scenario->sensors->n));
  row.maximum = step_targets[guidance];
  cli_table_add (table, row);
  return TRUE;
}

static guint
count_stepping (void)
{
  guint n = 0;

  for (guint guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    n += pisd_method_get (guidance)->makes_steps;
  return n;
}

gboolean
cli_bench_step (const CliBenchOptions *options, CliTable *table, GError **error)
{
  gboolean good = TRUE;
  CliProgress progress;

  cli_progress_begin (&progress, options->signals, "timing steps",
                      count_stepping () * PISD_N_MODE_SETS * options->n_repeats);
  for (guint guidance = 0; good && guidance < PISD_N_GUIDANCES; guidance++)
    {
      gboolean makes_steps = pisd_method_get (guidance)->makes_steps;

      for (guint set = 0; good && makes_steps && set < PISD_N_MODE_SETS; set++)
        good = bench_one_step (options, guidance, set, &progress, table, error);
    }
  cli_progress_end (&progress);
  return good;
}

/* Microseconds for one synthesis and one analysis. */
static double
time_transform_once (PisdTransform *transform, double *coefficients, double *grid)
{
  gint64 start = g_get_monotonic_time ();
  gint64 elapsed = 0;
  guint n = 0;

  while (elapsed < LOOP_TIME)
    {
      pisd_transform_synthesize (transform, coefficients, grid);
      pisd_transform_analyze (transform, grid, coefficients);
      elapsed = g_get_monotonic_time () - start;
      n++;
    }
  return (double) elapsed / n;
}

static double
time_transform (PisdBasis basis, guint n_modes, PisdTransformMethod method, guint n_repeats)
{
  g_autoptr (PisdTransform) transform = pisd_transform_new (basis, n_modes, method);
  g_autofree double *coefficients = g_new0 (double, n_modes *n_modes);
  g_autofree double *grid = g_new0 (double, PISD_GRID *PISD_GRID);
  g_autofree double *times = g_new (double, n_repeats);

  coefficients[0] = 1;
  for (guint i = 0; i < n_repeats; i++)
    times[i] = time_transform_once (transform, coefficients, grid);
  return cli_bench_median (times, n_repeats);
}

static void
add_transform (const char *name, guint basis, guint n_modes, guint n_repeats, CliTable *table)
{
  double matrix = time_transform (basis, n_modes, PISD_TRANSFORM_MATRIX, n_repeats);
  double fftw = time_transform (basis, n_modes, PISD_TRANSFORM_FFTW, n_repeats);

  cli_table_add (
      table, cli_row (g_strdup_printf ("%s, K = %u, matrix products", name, n_modes), matrix, "µs",
                      g_strdup_printf (
                          "FFTW %.4g µs, %.3g times as long; synthesis and analysis, median of %u",
                          fftw, fftw / matrix, n_repeats)));
}

gboolean
cli_bench_transforms (const CliBenchOptions *options, CliTable *table, GError **error)
{
  static const guint sizes[] = { 16, 24, 32, 44, 64, 96, PISD_GRID };
  static const char *const names[] = { "cosine", "sine", "periodic" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == PISD_N_BASES);
  for (guint basis = 0; basis < PISD_N_BASES; basis++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        if (!cli_bench_may_go_on (options, error))
          return FALSE;
        add_transform (names[basis], basis, MIN (sizes[i], pisd_basis_get_n_modes (basis)),
                       options->n_repeats, table);
      }
  return TRUE;
}
