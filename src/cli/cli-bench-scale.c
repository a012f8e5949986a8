/* How second-order guidance grows with the number of sensors: set-up, samples, both means after one
 * moved sensor, memory. */
#include "cli-bench.h"

#include <math.h>

#include "pisd-budget.h"
#include "pisd-memory.h"
#include "pisd-representation.h"
#include "pisd-solver.h"

#define DEFAULT_SAMPLES 16
#define MEGA (1024.0 * 1024.0)

static const guint sizes[] = { 500, 2000, 5000, 16384 };

static const CliColumn columns[] = {
  { "field", "sensors on", 0 },
  { "sensors", "sensors", 5 },
  { "modes", "K", 3 },
  { "setup_seconds", "set-up, s", 3 },
  { "samples", "samples", 3 },
  { "samples_seconds", "steps of the samples, s", 3 },
  { "moved_ms", "both means, one sensor moved, ms", 3 },
  { "megabytes", "arrays of the run, MB", 3 },
};

typedef struct
{
  CliBenchOptions options;
  CliGrid *grid; /* the table's */
  CliProgress progress;
} Scale;

/* The mean of other sensors, and from its factors that of the scenario's. */
static gboolean
time_move (const PisdScenario *scenario,
           const PisdRepresentation *representation,
           guint n_threads,
           PisdCancel *cancel,
           double *ms,
           GError **error)
{
  g_autoptr (PisdSensors) others = pisd_sensors_dup (scenario->sensors);
  g_autoptr (PisdConditioning) before = NULL;
  g_autoptr (PisdConditioning) moved = NULL;
  g_autoptr (PisdSolver) solver =
      pisd_solver_new (pisd_representation_get_equation (representation));
  g_autoptr (PisdField) a = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) u = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdField *fields[] = { a, u };
  gint64 start;

  pisd_sensors_edit (others)[0].x = 0.5 * (others->items[0].x + 0.5 / PISD_GRID);
  before = pisd_conditioning_new (NULL, representation, others, PISD_FACTORS_MEAN, n_threads,
                                  cancel, error);
  if (before == NULL)
    return FALSE;
  start = g_get_monotonic_time ();
  moved = pisd_conditioning_new (before, representation, scenario->sensors, PISD_FACTORS_MEAN,
                                 n_threads, cancel, error);
  if (moved == NULL || !pisd_conditioning_get_mean (moved, cancel, a))
    return moved != NULL && pisd_cancel_check (cancel, "mean", error);
  pisd_solver_complete (solver, fields);
  *ms = 1e-3 * (double) (g_get_monotonic_time () - start);
  return TRUE;
}

static void
add_row (Scale *self,
         const PisdScenario *scenario,
         const PisdResult *result,
         double ms,
         gsize bytes)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);

  cli_grid_add_text (self->grid, pisd_problem_find_field (scenario->settings.problem,
                                                          scenario->sensors->items[0].field)
                                         == &row->fields[0]
                                     ? row->fields[0].name
                                     : row->fields[1].name);
  cli_grid_add_number (self->grid, scenario->sensors->n);
  cli_grid_add_number (self->grid, scenario->settings.modes);
  cli_grid_add_number (self->grid, result->setup_seconds);
  cli_grid_add_number (self->grid, result->n_samples);
  cli_grid_add_number (self->grid, result->seconds - result->setup_seconds);
  cli_grid_add_number (self->grid, ms);
  cli_grid_add_number (self->grid, (double) bytes / MEGA);
}

/* The run with nothing prepared; then, where entries are kept for it, the moved sensor. */
static gboolean
run_scenario (Scale *self, const PisdScenario *scenario, GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options.signals);
  g_autoptr (PisdRepresentation) representation =
      pisd_representation_new (&scenario->settings, error);
  g_autoptr (PisdResult) result = NULL;
  gsize before = pisd_memory_begin_peak (), peak;
  double ms = NAN;

  if (representation == NULL)
    return FALSE;
  {
    g_auto (PisdRunCache) cache = { 0 };

    result = cli_bench_run (scenario, self->options.n_threads, &cache, &self->progress, error);
    peak = pisd_memory_get_peak () - before;
  }
  if (result == NULL
      || (pisd_budget_keeps_entries (scenario->sensors->n)
          && !time_move (scenario, representation, self->options.n_threads, cancel, &ms, error)))
    return FALSE;
  add_row (self, scenario, result, ms, peak);
  return TRUE;
}

static gboolean
run_size (Scale *self, PisdTask task, guint n_sensors, GError **error)
{
  static const CliMethod method = { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, task, &method };
  g_autoptr (PisdScenario) scenario = NULL;

  self->options.n_sensors = n_sensors;
  scenario = cli_bench_make_scenario (&self->options, &what, 0, error);
  self->progress.part++;
  return scenario != NULL && run_scenario (self, scenario, error);
}

gboolean
cli_bench_scale (const CliBenchOptions *options, CliTable *table, GError **error)
{
  Scale self = { .options = *options, .grid = cli_grid_new (columns, G_N_ELEMENTS (columns)) };
  const guint *values = options->n_values > 0 ? options->values : sizes;
  guint n = options->n_values > 0 ? options->n_values : G_N_ELEMENTS (sizes);
  gboolean good = TRUE;

  self.options.n_samples = options->n_samples > 0 ? options->n_samples : DEFAULT_SAMPLES;
  cli_table_take_grid (table, self.grid);
  cli_progress_begin (&self.progress, options->signals, "many sensors", 2 * n + 1);
  for (guint i = 0; good && i < n; i++)
    good = run_size (&self, PISD_TASK_FORWARD, values[i], error)
           && run_size (&self, PISD_TASK_INVERSE, values[i], error);
  cli_progress_end (&self.progress);
  return good;
}
