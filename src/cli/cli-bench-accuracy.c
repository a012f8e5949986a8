/* How close to the truth, over many instances, beside what others published. */
#include "cli-bench.h"

#include <math.h>

#include "cli-published.h"

typedef struct
{
  guint n;
  double sum, sum_squares;
} Statistics;

static void
add_value (Statistics *self, double value)
{
  self->n++;
  self->sum += value;
  self->sum_squares += value * value;
}

static double
get_mean (const Statistics *self)
{
  return self->sum / self->n;
}

/* NaN for one value. */
static double
get_standard_error (const Statistics *self)
{
  double mean = get_mean (self);

  if (self->n < 2)
    return NAN;
  return sqrt (fmax (self->sum_squares / self->n - mean * mean, 0) / (self->n - 1));
}

typedef struct
{
  Statistics errors[PISD_MAX_FIELDS]; /* in percent */
  Statistics seconds;
  guint n_steps, n_evaluations, n_samples;
} Findings;

static gboolean
run_instances (const CliBenchOptions *options, Findings *findings, GError **error)
{
  gboolean good = TRUE;
  CliProgress progress;

  cli_progress_begin (&progress, "running instances", options->n_instances);
  for (; good && progress.part < options->n_instances; progress.part++)
    {
      g_autoptr (PisdScenario) scenario = cli_bench_make_scenario (options, progress.part, error);
      g_autoptr (PisdResult) result = NULL;

      if (scenario != NULL)
        result = cli_bench_run (scenario, options->n_threads, &progress, error);
      good = result != NULL;
      if (!good)
        continue;
      for (guint f = 0; f < result->n_fields; f++)
        add_value (&findings->errors[f], 100 * result->errors[f]);
      add_value (&findings->seconds, result->seconds);
      findings->n_steps = result->n_steps;
      findings->n_evaluations = result->n_evaluations;
      findings->n_samples = result->n_samples;
    }
  cli_progress_end (&progress);
  return good;
}

static void
add_published (const CliBenchOptions *options, CliTable *table)
{
  const PisdProblemInfo *problem = pisd_problem_get_info (options->problem);
  guint n;
  const CliPublished *figures = cli_published_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const CliPublished *figure = &figures[i];

      if (figure->problem != options->problem || figure->task != options->task)
        continue;
      cli_table_add (table,
                     (CliRow){
                         .what = g_strdup_printf ("%s: %s %s, error of %s", figure->name,
                                                  problem->name, pisd_task_get_name (figure->task),
                                                  figure->task == PISD_TASK_FORWARD ? "u" : "a"),
                         .value = figure->percent,
                         .error = NAN,
                         .unit = "%",
                         .minimum = NAN,
                         .maximum = NAN,
                         .counted = g_strdup (figure->source),
                     });
    }
}

gboolean
cli_bench_accuracy (const CliBenchOptions *options, CliTable *table, GError **error)
{
  const PisdProblemInfo *problem = pisd_problem_get_info (options->problem);
  Findings findings = { 0 };

  if (!run_instances (options, &findings, error))
    return FALSE;
  for (guint f = 0; f < problem->n_fields; f++)
    {
      cli_table_add (
          table,
          (CliRow){
              .what = g_strdup_printf ("%s %s, error of %s", problem->name,
                                       pisd_task_get_name (options->task), problem->fields[f].name),
              .value = get_mean (&findings.errors[f]),
              .error = get_standard_error (&findings.errors[f]),
              .unit = "%",
              .minimum = NAN,
              .maximum = NAN,
              .counted = g_strdup_printf (
                  "%u instances, %u sensors a field, %u steps, %u evaluations, "
                  "mean of %u sample%s, %.3g s each",
                  options->n_instances, options->n_sensors, findings.n_steps,
                  findings.n_evaluations, findings.n_samples, findings.n_samples == 1 ? "" : "s",
                  get_mean (&findings.seconds)),
          });
    }
  if (options->n_sensors == CLI_PUBLISHED_SENSORS)
    add_published (options, table);
  return TRUE;
}
