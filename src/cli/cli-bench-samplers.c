/* What second-order guidance makes of the same instances with every sampler and noise schedule:
 * errors beside the floor, and how well the spread fits. */
#include "cli-bench.h"

#include "cli-bench-floors.h"
#include "cli-findings.h"

#define DEFAULT_INSTANCES 4

static const CliColumn columns[] = {
  { "problem", "problem", 0 },
  { "task", "task", 0 },
  { "family", "family", 0 },
  { "sampler", "sampler", 0 },
  { "schedule", "schedule", 0 },
  { "steps", "steps", 6 },
  { "field", "field", 0 },
  { "error_percent", "error, %", 4 }, /* relative L2, mean over the instances */
  { "error_se", NULL, 2 },            /* its standard error */
  { "ratio", "over the floor", 4 },
  { "ratio_se", NULL, 2 },
  { "single_ratio", "one sample's", 4 },
  { "single_ratio_se", NULL, 2 },
  { "calibration", "calibration", 3 },
  { "evaluations", "evaluations", 6 },
  { "samples", "samples", 6 },
  { "instances", "instances", 6 },
  { "seconds", "s a run", 3 },
};

#define MAX_SETS 2

/* A step, and the settings that make it. */
static const struct
{
  const char *title;
  const char *settings[MAX_SETS][2];
} samplers[] = {
  { "euler", { { "sampler", "euler" } } },
  { "euler, churn 20", { { "sampler", "euler" }, { "churn", "20" } } },
  { "heun", { { "sampler", "heun" } } },
  { "heun, churn 20", { { "sampler", "heun" }, { "churn", "20" } } },
  { "ddim", { { "sampler", "ddim" } } },
  { "ddim, eta 0.5", { { "sampler", "ddim" }, { "eta", "0.5" } } },
  { "ddpm", { { "sampler", "ddpm" } } },
  { "exact", { { "sampler", "exact" } } },
};

/* Unless told otherwise. */
static const guint steps[] = { 20, 60 };

/* All samplers on the same instances of one problem and task. */
typedef struct
{
  CliBenchOptions options; /* n_steps changes */
  guint n_instances;
  CliCase what;
  PisdRunCache cache;
  CliFloors floors;
  CliGrid *grid;
  CliProgress *progress;
} Samplers;

static const CliMethod method = { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE };

static PisdScenario *
make_scenario (Samplers *self, guint sampler, guint schedule, guint number, GError **error)
{
  g_autoptr (PisdScenario) scenario =
      cli_bench_make_scenario (&self->options, &self->what, number, error);

  if (scenario == NULL)
    return NULL;
  /* Noise that a preset adds would go with its own step alone. */
  scenario->settings.eta = 0.0;
  scenario->settings.churn.amount = 0.0;
  for (guint i = 0; i < MAX_SETS && samplers[sampler].settings[i][0] != NULL; i++)
    if (!pisd_settings_set (&scenario->settings, samplers[sampler].settings[i][0],
                            samplers[sampler].settings[i][1], error))
      return NULL;
  scenario->settings.schedule = schedule;
  return pisd_settings_check (&scenario->settings, error) ? g_steal_pointer (&scenario) : NULL;
}

static void
add_row (Samplers *self, guint sampler, guint schedule, const CliFindings *findings)
{
  const PisdOperator *problem = pisd_operator_get (self->what.problem);
  const guint f = cli_bench_get_main_field (self->what.task);
  const CliFindings *floors = self->floors.findings;
  g_autofree char *field = cli_bench_dup_field_name (problem, f);

  cli_grid_add_text (self->grid, problem->name);
  cli_grid_add_text (self->grid, pisd_task_get_name (self->what.task));
  cli_grid_add_text (self->grid, pisd_family_get_name (self->options.family));
  cli_grid_add_text (self->grid, samplers[sampler].title);
  cli_grid_add_text (self->grid, pisd_method_get_schedule (schedule)->choice.name);
  cli_grid_add_number (self->grid, findings->n_steps);
  cli_grid_add_text (self->grid, field);
  cli_grid_add_estimate (self->grid, cli_estimate_mean (findings->errors[f]));
  cli_grid_add_estimate (self->grid, cli_estimate_ratio (findings->errors[f], floors->errors[f]));
  cli_grid_add_estimate (self->grid, cli_estimate_ratio (findings->singles[f], floors->errors[f]));
  cli_grid_add_number (self->grid, cli_findings_get_calibration (findings, f));
  cli_grid_add_number (self->grid, findings->n_evaluations);
  cli_grid_add_number (self->grid, findings->n_samples);
  cli_grid_add_number (self->grid, self->n_instances);
  cli_grid_add_number (self->grid, cli_estimate_mean (findings->seconds).mean);
}

static gboolean
run_instance (Samplers *self, const PisdScenario *scenario, CliFindings *findings, GError **error)
{
  g_autoptr (PisdResult) result =
      cli_bench_run (scenario, self->options.n_threads, &self->cache, self->progress, error);

  if (result == NULL)
    return FALSE;
  self->progress->part++;
  cli_findings_add (findings, result, scenario);
  /* The floor is the same for all of them: taken with the first. */
  return self->floors.findings->errors[0]->len >= self->n_instances
         || cli_floors_add (&self->floors, &self->options, scenario, &self->cache, self->progress,
                            error);
}

/* A posterior that is not Gaussian has no exact steps. */
static gboolean
has_sampler (const Samplers *self, guint sampler)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < MAX_SETS && samplers[sampler].settings[i][0] != NULL; i++)
    pisd_settings_set (&settings, samplers[sampler].settings[i][0],
                       samplers[sampler].settings[i][1], NULL);
  return pisd_method_get_prior (self->options.prior)->is_gaussian
         || !pisd_method_get_sampler (settings.sampler)->is_exact_flow;
}

static gboolean
run_row (Samplers *self, guint sampler, guint schedule, GError **error)
{
  g_autoptr (CliFindings) findings = cli_findings_new ();

  for (guint i = 0; i < self->n_instances; i++)
    {
      g_autoptr (PisdScenario) scenario = make_scenario (self, sampler, schedule, i, error);

      if (scenario == NULL || !run_instance (self, scenario, findings, error))
        return FALSE;
    }
  add_row (self, sampler, schedule, findings);
  return TRUE;
}

/* Rows of one number of steps; the cheapest sampler comes first. */
static gboolean
run_steps (Samplers *self, GError **error)
{
  for (guint sampler = 0; sampler < G_N_ELEMENTS (samplers); sampler++)
    for (guint schedule = 0; schedule < PISD_N_SCHEDULES; schedule++)
      if (has_sampler (self, sampler) && !run_row (self, sampler, schedule, error))
        return FALSE;
  return TRUE;
}

static gboolean
run_case (const CliBenchOptions *options,
          const CliCase *what,
          CliGrid *grid,
          CliProgress *progress,
          GError **error)
{
  Samplers self = { .options = *options, .what = *what, .grid = grid, .progress = progress };
  const guint n_rounds = options->n_steps > 0 ? 1 : G_N_ELEMENTS (steps);
  gboolean good = TRUE;

  self.n_instances = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  cli_floors_init (&self.floors);
  for (guint i = 0; good && i < n_rounds; i++)
    {
      self.options.n_steps = options->n_steps > 0 ? options->n_steps : steps[i];
      good = run_steps (&self, error);
    }
  cli_floors_clear (&self.floors);
  pisd_run_cache_clear (&self.cache);
  return good;
}

/* The problems and tasks that the options name. */
static GArray *
list_cases (const CliBenchOptions *options)
{
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (CliCase));

  for (guint problem = 0; problem < pisd_operator_get_n (); problem++)
    for (guint task = 0; task < PISD_N_TASKS; task++)
      {
        const CliCase what = { problem, task, &method };

        if ((options->problems >> problem & 1) && (options->tasks >> task & 1))
          g_array_append_val (cases, what);
      }
  return cases;
}

gboolean
cli_bench_samplers (const CliBenchOptions *options, CliTable *table, GError **error)
{
  g_autoptr (GArray) cases = list_cases (options);
  CliGrid *grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  const guint n_rows = G_N_ELEMENTS (samplers) * PISD_N_SCHEDULES
                       * (options->n_steps > 0 ? 1 : G_N_ELEMENTS (steps));
  gboolean good = TRUE;
  CliProgress progress;

  cli_table_take_grid (table, grid);
  cli_progress_begin (&progress, options->signals, "running instances",
                      n_rows * cases->len
                          * (options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES));
  for (guint c = 0; good && c < cases->len; c++)
    good = run_case (options, &g_array_index (cases, CliCase, c), grid, &progress, error);
  cli_progress_end (&progress);
  return good;
}
