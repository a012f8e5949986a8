/* Errors over the number of steps or of sensors, method by method: a table, CSV, a plot. */
#include "cli-bench.h"

#include <math.h>
#include <string.h>

#include "cli-findings.h"
#include "cli-floor.h"
#include "cli-plot.h"

#define DEFAULT_INSTANCES 4

/* The columns of the CSV. */
static const CliColumn columns[] = {
  { "problem", "problem", 0 },     { "task", "task", 0 },
  { "over", "over", 0 },         /* what changes: steps or sensors */
  { "value", "value", 6 },       /* and how many there are */
  { "method", "method", 0 },     /* or what cli_floor_get_title() calls the exact mean */
  { "field", "field", 0 },       /* whose error it is */
  { "error_percent", "%", 4 },   /* relative L2, mean over the instances */
  { "error_se", NULL, 2 },       /* its standard error */
  { "steps", "steps", 6 },       /* diffusion steps of a sample */
  { "evaluations", "eval.", 6 }, /* of the denoiser, of a sample */
  { "samples", "samples", 6 },   /* that the estimate is the mean of */
  { "instances", "instances", 6 }, { "sensors", "sensors", 6 }, /* on each measured field */
  { "seconds", "s a run", 3 }, /* all samples of one instance, with its set-up */
};

static const guint step_values[] = { 10, 20, 50, 100, 200, 500, 1000, 2000 };
static const guint sensor_values[] = { 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 };
static const struct
{
  const char *name;
  const guint *values;
  guint n;
} overs[CLI_N_OVERS] = {
  [CLI_OVER_STEPS] = { "steps", step_values, G_N_ELEMENTS (step_values) },
  [CLI_OVER_SENSORS] = { "sensors", sensor_values, G_N_ELEMENTS (sensor_values) },
};

typedef struct
{
  CliBenchOptions options; /* with the sweep's value in it */
  CliCase what;
  guint n_values, n_instances;
  const guint *values;
  double x[CLI_MAX_VALUES];
  double y[CLI_MAX_SERIES][CLI_MAX_VALUES]; /* of the main field; the last series is the floor */
  const CliMethod *methods[CLI_MAX_SERIES];
  guint n_methods;
  gboolean has_exact;
  CliGrid *grid;
  CliProgress progress;
} Sweep;

/* First-order methods only as tuned; the exact one is the floor, drawn as one. */
static void
choose_methods (Sweep *self)
{
  guint n;
  const CliMethod *all = cli_methods_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const PisdMethod *method = pisd_method_get (all[i].guidance);
      gboolean has_better = i + 1 < n && all[i + 1].guidance == all[i].guidance;

      if (has_better || !pisd_method_is_guided (method)
          || !(self->options.guidances & (1u << all[i].guidance)))
        continue;
      if (method->knows_mean)
        self->has_exact = TRUE;
      else
        self->methods[self->n_methods++] = &all[i];
    }
}

/* Index of the only member; -1 where there are more. */
static int
get_only (guint set)
{
  return (set & (set - 1)) == 0 ? g_bit_nth_lsf (set, -1) : -1;
}

static gboolean
sweep_init (Sweep *self, const CliBenchOptions *options, GError **error)
{
  int problem = get_only (options->problems), task = get_only (options->tasks);

  if (problem < 0 || task < 0)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "sweep: got all problems or tasks, expected one");
      return FALSE;
    }
  self->options = *options;
  self->what = (CliCase){ problem, task, NULL };
  self->n_instances = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  self->n_values = options->n_values > 0 ? options->n_values : overs[options->over].n;
  self->values = options->n_values > 0 ? options->values : overs[options->over].values;
  self->grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  choose_methods (self);
  for (guint i = 0; i < self->n_values; i++)
    self->x[i] = self->values[i];
  for (guint s = 0; s < CLI_MAX_SERIES; s++)
    for (guint i = 0; i < CLI_MAX_VALUES; i++)
      self->y[s][i] = NAN;
  return TRUE;
}

static void
set_value (Sweep *self, guint value)
{
  if (self->options.over == CLI_OVER_STEPS)
    self->options.n_steps = value;
  else
    self->options.n_sensors = value;
}

static void
add_row (Sweep *self, guint at, const char *title, const CliFindings *findings, guint f)
{
  const PisdOperator *problem = pisd_operator_get (self->what.problem);
  g_autofree char *field = cli_bench_dup_field_name (problem, f);

  cli_grid_add_text (self->grid, problem->name);
  cli_grid_add_text (self->grid, pisd_task_get_name (self->what.task));
  cli_grid_add_text (self->grid, overs[self->options.over].name);
  cli_grid_add_number (self->grid, self->values[at]);
  cli_grid_add_text (self->grid, title);
  cli_grid_add_text (self->grid, field);
  cli_grid_add_estimate (self->grid, cli_estimate_mean (findings->errors[f]));
  cli_grid_add_number (self->grid, findings->n_steps);
  cli_grid_add_number (self->grid, findings->n_evaluations);
  cli_grid_add_number (self->grid, findings->n_samples);
  cli_grid_add_number (self->grid, findings->seconds->len);
  cli_grid_add_number (self->grid, self->options.n_sensors);
  cli_grid_add_number (self->grid, cli_estimate_mean (findings->seconds).mean);
}

static void
add_findings (Sweep *self, guint at, guint series, const char *title, const CliFindings *findings)
{
  guint main_field = cli_bench_get_main_field (self->what.task);

  for (guint f = 0; f < pisd_operator_get (self->what.problem)->n_fields; f++)
    add_row (self, at, title, findings, f);
  self->y[series][at] = cli_estimate_mean (findings->errors[main_field]).mean;
}

static gboolean
run_method (Sweep *self, guint at, guint method, GError **error)
{
  g_autoptr (CliFindings) findings = cli_findings_new ();
  g_auto (PisdRunCache) cache = { 0 };

  self->what.method = self->methods[method];
  for (guint i = 0; i < self->n_instances; i++, self->progress.part++)
    {
      g_autoptr (PisdScenario) scenario =
          cli_bench_make_scenario (&self->options, &self->what, i, error);
      g_autoptr (PisdResult) result = NULL;

      if (scenario != NULL)
        result = cli_bench_run (scenario, self->options.n_threads, &cache, &self->progress, error);
      if (result == NULL)
        return FALSE;
      cli_findings_add (findings, result, scenario);
    }
  add_findings (self, at, method, self->what.method->title, findings);
  return TRUE;
}

static gboolean
add_floor (CliFindings *findings,
           const PisdScenario *scenario,
           const CliBenchOptions *options,
           GError **error)
{
  const PisdRunCache cache = { 0 };
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (options->signals);
  g_autoptr (PisdExact) exact =
      cli_floor_new (scenario, &cache, FALSE, options->n_threads, cancel, error);

  if (exact == NULL)
    return FALSE;
  cli_findings_add_floor (findings->errors, exact);
  g_array_append_val (findings->seconds, exact->seconds);
  return TRUE;
}

/* The exact posterior mean of the same instances.  Over steps it is one figure, repeated. */
static gboolean
run_exact (Sweep *self, guint at, CliFindings **findings, GError **error)
{
  static const CliMethod exact = { PISD_GUIDANCE_EXACT, "exact", FALSE };
  gboolean is_new = *findings == NULL || self->options.over == CLI_OVER_SENSORS;

  self->what.method = &exact;
  if (is_new)
    {
      g_clear_pointer (findings, cli_findings_free);
      *findings = cli_findings_new ();
    }
  for (guint i = 0; i < self->n_instances; i++, self->progress.part++)
    {
      g_autoptr (PisdScenario) scenario = NULL;

      if (!is_new)
        continue;
      scenario = cli_bench_make_scenario (&self->options, &self->what, i, error);
      if (scenario == NULL
          || (cli_floor_is_known (scenario)
              && !add_floor (*findings, scenario, &self->options, error)))
        return FALSE;
    }
  if ((*findings)->errors[0]->len > 0)
    add_findings (self, at, CLI_MAX_SERIES - 1, cli_floor_get_title (self->options.family),
                  *findings);
  return TRUE;
}

static gboolean
run_all (Sweep *self, GError **error)
{
  g_autoptr (CliFindings) exact = NULL;

  for (guint at = 0; at < self->n_values; at++)
    {
      set_value (self, self->values[at]);
      for (guint m = 0; m < self->n_methods; m++)
        if (!run_method (self, at, m, error))
          return FALSE;
      if (self->has_exact && !run_exact (self, at, &exact, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_plot (const Sweep *self, const char *path, GError **error)
{
  const PisdOperator *problem = pisd_operator_get (self->what.problem);
  g_autofree char *field =
      cli_bench_dup_field_name (problem, cli_bench_get_main_field (self->what.task));
  g_autofree char *y_title = g_strdup_printf ("error of %s, %%", field);
  g_autofree char *title = NULL;
  CliSeries series[CLI_MAX_SERIES];
  guint n = 0;

  if (self->options.over == CLI_OVER_STEPS)
    title = g_strdup_printf ("%s, %s, %u sensors, mean of %u instance%s", problem->title,
                             pisd_task_get_name (self->what.task), self->options.n_sensors,
                             self->n_instances, self->n_instances == 1 ? "" : "s");
  else
    title = g_strdup_printf ("%s, %s, mean of %u instance%s", problem->title,
                             pisd_task_get_name (self->what.task), self->n_instances,
                             self->n_instances == 1 ? "" : "s");
  for (guint m = 0; m < self->n_methods; m++)
    series[n++] =
        (CliSeries){ self->methods[m]->title, self->n_values, self->x, self->y[m], FALSE };
  if (self->has_exact)
    series[n++] = (CliSeries){ cli_floor_get_title (self->options.family), self->n_values, self->x,
                               self->y[CLI_MAX_SERIES - 1], TRUE };
  return cli_plot_save (path, title, overs[self->options.over].name, y_title, series, n, error);
}

static gboolean
save (const Sweep *self, GError **error)
{
  const CliBenchOptions *options = &self->options;
  gboolean good;

  if (cli_grid_get_n_rows (self->grid) == 0)
    return TRUE;
  cli_signals_begin_save (options->signals);
  good = (options->csv == NULL || cli_grid_save_csv (self->grid, options->csv, error))
         && (options->png == NULL || save_plot (self, options->png, error));
  cli_signals_end_save (options->signals);
  return good;
}

gboolean
cli_bench_sweep (const CliBenchOptions *options, CliTable *table, GError **error)
{
  Sweep self = { 0 };
  GError *failure = NULL;

  if (!sweep_init (&self, options, error))
    return FALSE;
  if (options->png != NULL)
    cli_warn_of_fonts (options->png);
  cli_table_take_grid (table, self.grid);
  cli_progress_begin (&self.progress, options->signals, "sweeping",
                      self.n_values * self.n_instances * (self.n_methods + self.has_exact));
  run_all (&self, &failure);
  cli_progress_end (&self.progress);
  if ((failure == NULL || cli_bench_is_stopped (failure)) && !save (&self, error))
    {
      g_clear_error (&failure);
      return FALSE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
