/* How long things take: a step of each guidance, and the transforms. */
#include "cli-bench.h"

#include <math.h>

#include "pisd-basis.h"
#include "pisd-draw.h"
#include "pisd-sort.h"

#define STEP_COUNT 200
#define NETWORK_STEP_COUNT 50 /* of a learned prior */
/* One timing of a transform lasts at least this. */
#define LOOP_TIME (20 * G_TIME_SPAN_MILLISECOND)
/* The side of a field's picture, in pixels. */
#define PICTURE_SIDE 330

/* Milliseconds that a step is to take at most, and those of a whole run from sensors to pictures;
 * NaN: nothing is asked. */
typedef struct
{
  PisdPriorId prior;
  gboolean is_linear; /* the equation */
  PisdGuidanceId guidance;
  double step, run;
} SpeedAsked;

static const SpeedAsked asked_table[] = {
  { PISD_PRIOR_GAUSSIAN, TRUE, PISD_GUIDANCE_PISD, 3, NAN },
  { PISD_PRIOR_GAUSSIAN, TRUE, PISD_GUIDANCE_SECOND_ORDER, 1, NAN },
  { PISD_PRIOR_LEARNED, TRUE, PISD_GUIDANCE_PISD, 6, NAN },
  { PISD_PRIOR_LEARNED, TRUE, PISD_GUIDANCE_SECOND_ORDER, 6, 650 },
  { PISD_PRIOR_LEARNED, FALSE, PISD_GUIDANCE_PISD, 15, NAN },
  { PISD_PRIOR_LEARNED, FALSE, PISD_GUIDANCE_SECOND_ORDER, 15, NAN },
};

/* One guidance method of one equation, and its modes. */
typedef struct
{
  PisdProblemId problem;
  PisdGuidanceId guidance;
  PisdModeSet mode_set;
} StepCase;

static SpeedAsked
find_asked (const CliBenchOptions *options, const StepCase *what)
{
  const gboolean is_linear = pisd_operator_get (what->problem)->linear != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (asked_table); i++)
    if (asked_table[i].prior == options->prior && asked_table[i].is_linear == is_linear
        && asked_table[i].guidance == what->guidance)
      return asked_table[i];
  return (SpeedAsked){ .step = NAN, .run = NAN };
}

/* Milliseconds a step, the median of several runs.  A sampler's step may evaluate twice. */
static gboolean
time_steps (const PisdScenario *scenario,
            const CliBenchOptions *options,
            CliProgress *progress,
            double *ms,
            double *n_evaluations,
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
      *n_evaluations = (double) result->n_evaluations / result->n_steps;
      progress->part++;
    }
  *ms = pisd_sort_median (options->n_repeats, times);
  return TRUE;
}

/* The last frame of every field, as large as a window shows it. */
static void
paint (const PisdResult *result)
{
  const PisdBox box = { 0, 0, PICTURE_SIDE, PICTURE_SIDE };

  for (guint f = 0; f < result->n_fields; f++)
    {
      const PisdField last = pisd_field_get_last_frame (result->mean[f]);
      cairo_surface_t *surface =
          cairo_image_surface_create (CAIRO_FORMAT_RGB24, PICTURE_SIDE, PICTURE_SIDE);
      cairo_t *cr = cairo_create (surface);
      double low, high;

      pisd_field_get_range (&last, &low, &high);
      pisd_draw_heatmap (cr, &box, &last, 0, low, high);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* Milliseconds from sensors to pictures with nothing kept from before: weights, set-up, steps and
 * painting, the median of several runs. */
static gboolean
time_runs (const PisdScenario *scenario,
           const CliBenchOptions *options,
           CliProgress *progress,
           double *ms,
           GError **error)
{
  g_autofree double *times = g_new (double, options->n_repeats);

  for (guint i = 0; i < options->n_repeats; i++)
    {
      g_auto (PisdRunCache) cache = { 0 };
      const gint64 start = g_get_monotonic_time ();
      g_autoptr (PisdResult) result = cli_bench_run (scenario, 1, &cache, progress, error);

      if (result == NULL)
        return FALSE;
      paint (result);
      times[i] = 1e3 * (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
    }
  *ms = pisd_sort_median (options->n_repeats, times);
  return TRUE;
}

/* Unless told otherwise. */
static guint
count_steps (const CliBenchOptions *options)
{
  return pisd_method_get_prior (options->prior)->is_gaussian ? STEP_COUNT : NETWORK_STEP_COUNT;
}

/* n_steps: unless told otherwise, 0: the preset's. */
static PisdScenario *
make_scenario (const CliBenchOptions *given, const StepCase *what, guint n_steps, GError **error)
{
  const CliMethod method = { what->guidance, "", FALSE };
  const CliCase bench_case = { what->problem, PISD_TASK_FORWARD, &method };
  CliBenchOptions options = *given;
  PisdScenario *scenario;

  options.n_samples = 1;
  options.n_steps = given->n_steps > 0 ? given->n_steps : n_steps;
  scenario = cli_bench_make_scenario (&options, &bench_case, 0, error);
  if (scenario != NULL)
    scenario->settings.mode_set = what->mode_set;
  return scenario;
}

/* "poisson, pisd, square modes, K = 44"; a prior that is not Gaussian is named too. */
static char *
dup_name (const CliBenchOptions *options, const StepCase *what, const PisdSettings *settings)
{
  GString *name = g_string_new (NULL);

  g_string_append_printf (name, "%s, ", pisd_operator_get (what->problem)->name);
  if (!pisd_method_get_prior (options->prior)->is_gaussian)
    g_string_append_printf (name, "%s prior, ",
                            pisd_method_get_prior (options->prior)->choice.name);
  g_string_append_printf (
      name, "%s, %s modes, K = %u", pisd_method_get (what->guidance)->choice.name,
      pisd_settings_find ("mode-set")->get_choice (what->mode_set).name, settings->modes);
  return g_string_free (name, FALSE);
}

static gboolean
bench_one_step (const CliBenchOptions *options,
                const StepCase *what,
                CliProgress *progress,
                CliTable *table,
                GError **error)
{
  g_autoptr (PisdScenario) scenario = make_scenario (options, what, count_steps (options), error);
  double ms, n_evaluations = NAN;
  CliRow row;

  if (scenario == NULL || !time_steps (scenario, options, progress, &ms, &n_evaluations, error))
    return FALSE;
  row = cli_row (
      dup_name (options, what, &scenario->settings), ms, "ms",
      g_strdup_printf ("median of %u runs, %u steps of %.3g evaluations, %u sensors, one thread",
                       options->n_repeats, scenario->settings.steps, n_evaluations,
                       scenario->sensors->n));
  row.maximum = find_asked (options, what).step;
  cli_table_add (table, row);
  return TRUE;
}

/* A whole run with the preset's own steps, where something is asked of it. */
static gboolean
bench_one_run (const CliBenchOptions *options,
               const StepCase *what,
               CliProgress *progress,
               CliTable *table,
               GError **error)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autofree char *name = NULL;
  double ms;
  CliRow row;

  if (isnan (find_asked (options, what).run))
    return TRUE;
  scenario = make_scenario (options, what, 0, error);
  if (scenario == NULL || !time_runs (scenario, options, progress, &ms, error))
    return FALSE;
  name = dup_name (options, what, &scenario->settings);
  row = cli_row (g_strconcat (name, ", from sensors to pictures", NULL), ms, "ms",
                 g_strdup_printf ("median of %u runs, %u steps, %u sensors, one thread",
                                  options->n_repeats, scenario->settings.steps,
                                  scenario->sensors->n));
  row.maximum = find_asked (options, what).run;
  cli_table_add (table, row);
  return TRUE;
}

/* Whether the method makes steps, of such modes, with the prior. */
static gboolean
is_possible (const CliBenchOptions *options, const StepCase *what)
{
  g_autoptr (PisdScenario) scenario = NULL;

  if ((options->problems >> what->problem & 1) == 0
      || !pisd_method_get (what->guidance)->makes_steps)
    return FALSE;
  scenario = make_scenario (options, what, count_steps (options), NULL);
  return scenario != NULL && pisd_settings_check (&scenario->settings, NULL);
}

/* All that are possible: of StepCase. */
static GArray *
list_cases (const CliBenchOptions *options)
{
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (StepCase));
  StepCase what;

  for (what.problem = 0; what.problem < pisd_operator_get_n (); what.problem++)
    for (what.guidance = 0; what.guidance < PISD_N_GUIDANCES; what.guidance++)
      for (what.mode_set = 0; what.mode_set < PISD_N_MODE_SETS; what.mode_set++)
        if (is_possible (options, &what))
          g_array_append_val (cases, what);
  return cases;
}

gboolean
cli_bench_step (const CliBenchOptions *options, CliTable *table, GError **error)
{
  g_autoptr (GArray) cases = list_cases (options);
  gboolean good = TRUE;
  CliProgress progress;

  cli_progress_begin (&progress, options->signals, "timing steps", cases->len * options->n_repeats);
  for (guint i = 0; good && i < cases->len; i++)
    {
      const StepCase *what = &g_array_index (cases, StepCase, i);

      good = bench_one_step (options, what, &progress, table, error)
             && bench_one_run (options, what, &progress, table, error);
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
  return pisd_sort_median (n_repeats, times);
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

  for (guint basis = 0; basis < PISD_N_BASES; basis++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        if (!cli_bench_may_go_on (options, error))
          return FALSE;
        add_transform (pisd_basis_get_name (basis), basis,
                       MIN (sizes[i], pisd_basis_get_n_modes (basis)), options->n_repeats, table);
      }
  return TRUE;
}
