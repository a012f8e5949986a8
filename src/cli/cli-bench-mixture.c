/* Errors of pisd's preset as sensors on one field join those on the other, beside the floor:
 * neither may jump. */
#include "cli-bench.h"

#include <math.h>

#include "cli-findings.h"
#include "cli-floor.h"
#include "pisd-scatter.h"

#define DEFAULT_INSTANCES 4

static const CliColumn columns[] = {
  { "problem", "problem", 0 },
  { "sensors_a", "sensors on a", 6 },
  { "sensors_u", "sensors on u", 6 },
  { "steps", "steps", 6 },
  { "error_a_percent", "error of a, %", 4 }, /* relative L2, mean over the instances */
  { "error_a_se", NULL, 2 },                 /* its standard error */
  { "ratio_a", "over the row before", 3 },   /* the error's ratio */
  { "floor_a_percent", "floor of a, %", 4 }, /* of the exact posterior mean */
  { "error_u_percent", "error of u, %", 4 },
  { "error_u_se", NULL, 2 },
  { "ratio_u", "over the row before", 3 },
  { "floor_u_percent", "floor of u, %", 4 },
  { "instances", "instances", 6 },
};

static const guint counts[] = { 0, 1, 3, 10, 30, 100 };
/* Unless told otherwise: as the window opens, and the official number. */
static const guint steps[] = { 300, 2000 };

typedef struct
{
  CliBenchOptions options;
  guint n_instances;
  double before[2]; /* errors of the row before; NaN: there is none */
  CliGrid *grid;
  CliProgress progress;
} Mixture;

/* One instance with that many sensors on either field and the preset that they make. */
static PisdScenario *
make_scenario (Mixture *self, PisdProblemId problem, guint number, const guint n[2], GError **error)
{
  static const CliMethod method = { PISD_GUIDANCE_PISD, "pisd", FALSE };
  const CliCase what = { problem, PISD_TASK_FORWARD, &method };
  g_autoptr (PisdScenario) scenario =
      cli_bench_make_scenario (&self->options, &what, number, error);
  PisdMixture mixture;

  if (scenario == NULL)
    return NULL;
  pisd_sensors_clear (scenario->sensors);
  for (guint f = 0; f < 2; f++)
    pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A + f, n[f], 0,
                          scenario->settings.seed);
  pisd_scenario_get_mixture (scenario, &mixture);
  pisd_settings_apply_mixture (&scenario->settings, method.guidance, &mixture, FALSE);
  if (!cli_apply_sets (self->options.sets, &scenario->settings, error))
    return NULL;
  return g_steal_pointer (&scenario);
}

static void
add_row (Mixture *self,
         PisdProblemId problem,
         const guint n[2],
         const CliFindings *findings,
         GArray *const floors[PISD_MAX_FIELDS])
{
  cli_grid_add_text (self->grid, pisd_operator_get (problem)->name);
  for (guint f = 0; f < 2; f++)
    cli_grid_add_number (self->grid, n[f]);
  cli_grid_add_number (self->grid, findings->n_steps);
  for (guint f = 0; f < 2; f++)
    {
      CliEstimate error = cli_estimate_mean (findings->errors[f]);

      cli_grid_add_estimate (self->grid, error);
      cli_grid_add_number (self->grid, error.mean / self->before[f]);
      cli_grid_add_number (self->grid, cli_estimate_mean (floors[f]).mean);
      self->before[f] = error.mean;
    }
  cli_grid_add_number (self->grid, self->n_instances);
}

static gboolean
run_instance (Mixture *self,
              const PisdScenario *scenario,
              PisdRunCache *cache,
              CliFindings *findings,
              GArray *const floors[PISD_MAX_FIELDS],
              GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options.signals);
  g_autoptr (PisdResult) result =
      cli_bench_run (scenario, self->options.n_threads, cache, &self->progress, error);
  g_autoptr (PisdExact) exact = NULL;

  if (result == NULL)
    return FALSE;
  cli_findings_add (findings, result, scenario);
  if (!cli_floor_is_known (scenario))
    return TRUE;
  exact = cli_floor_new (scenario, cache, FALSE, self->options.n_threads, cancel, error);
  if (exact != NULL)
    cli_findings_add_floor (floors, exact);
  return exact != NULL;
}

static gboolean
run_counts (Mixture *self, PisdProblemId problem, const guint n[2], GError **error)
{
  g_autoptr (CliFindings) findings = cli_findings_new ();
  g_auto (PisdRunCache) cache = { 0 };
  GArray *floors[PISD_MAX_FIELDS];
  gboolean good = TRUE;

  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    floors[f] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; good && i < self->n_instances; i++, self->progress.part++)
    {
      g_autoptr (PisdScenario) scenario = make_scenario (self, problem, i, n, error);

      good = scenario != NULL && run_instance (self, scenario, &cache, findings, floors, error);
    }
  if (good)
    add_row (self, problem, n, findings, floors);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    g_array_unref (floors[f]);
  return good;
}

/* From sensors on u alone to as many on a, and on to those on a alone. */
static gboolean
run_problem (Mixture *self, PisdProblemId problem, GError **error)
{
  const guint most = self->options.n_sensors;
  gboolean good = TRUE;

  self->before[0] = self->before[1] = NAN;
  for (guint i = 0; good && i < G_N_ELEMENTS (counts); i++)
    good = counts[i] >= most || run_counts (self, problem, (guint[]){ counts[i], most }, error);
  good = good && run_counts (self, problem, (guint[]){ most, most }, error);
  for (guint i = G_N_ELEMENTS (counts); good && i-- > 0;)
    good = counts[i] >= most || run_counts (self, problem, (guint[]){ most, counts[i] }, error);
  return good;
}

/* All problems, with the number of steps that the options say. */
static gboolean
run_problems (Mixture *self, GError **error)
{
  for (guint p = 0; p < PISD_N_PROBLEMS; p++)
    if ((self->options.problems >> p & 1) && !run_problem (self, p, error))
      return FALSE;
  return TRUE;
}

gboolean
cli_bench_mixture (const CliBenchOptions *options, CliTable *table, GError **error)
{
  Mixture self = { .options = *options };
  guint n_problems = 0, n_rounds = options->n_steps > 0 ? 1 : G_N_ELEMENTS (steps);
  gboolean good = TRUE;

  self.n_instances = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  self.grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  cli_table_take_grid (table, self.grid);
  for (guint p = 0; p < PISD_N_PROBLEMS; p++)
    n_problems += options->problems >> p & 1;
  cli_progress_begin (&self.progress, options->signals, "mixing sensors",
                      n_rounds * n_problems * self.n_instances * (2 * G_N_ELEMENTS (counts) + 1));
  for (guint i = 0; good && i < n_rounds; i++)
    {
      self.options.n_steps = options->n_steps > 0 ? options->n_steps : steps[i];
      good = run_problems (&self, error);
    }
  cli_progress_end (&self.progress);
  return good;
}
