/* How close to the truth, over many instances, beside the best possible and what others published.
 * */
#include "cli-bench.h"

#include <math.h>

#include "cli-bench-floors.h"
#include "cli-findings.h"
#include "cli-published-own.h"
#include "cli-published.h"

#define DEFAULT_INSTANCES 10
#define MAX_METHODS 8
#define CALIBRATION_LOW 0.9
#define CALIBRATION_HIGH 1.1

/* What is asked of second-order guidance and a prior at most, as multiples of the floor; NaN: not
 * asked. */
typedef struct
{
  PisdPriorId prior;
  gboolean of_grf;    /* truths are Gaussian; else of the other families */
  guint least, below; /* sensors a field */
  double mean, single;
  double score; /* CRPS and energy score, of those of exact draws */
} Asked;

static const Asked asked_table[] = {
  { PISD_PRIOR_GAUSSIAN, TRUE, 0, G_MAXUINT, 1.06, 1.45, NAN },
  { PISD_PRIOR_LEARNED, TRUE, 0, G_MAXUINT, 1.10, NAN, NAN },
  { PISD_PRIOR_LEARNED, FALSE, 0, 500, NAN, NAN, 1.0 },
  { PISD_PRIOR_LEARNED, FALSE, 500, 2000, 1.0, NAN, 1.0 },
  { PISD_PRIOR_LEARNED, FALSE, 2000, G_MAXUINT, 0.9, NAN, 1.0 },
};

static const CliColumn columns[] = {
  { "problem", "problem", 0 },
  { "task", "task", 0 },
  { "family", "family", 0 },
  { "prior", "prior", 0 },
  { "method", "method", 0 },
  { "field", "field", 0 },
  { "error_percent", "error, %", 4 },
  { "error_se", NULL, 2 },
  { "floor_percent", "floor, %", 4 },
  { "ratio", "ratio", 4 },
  { "ratio_se", NULL, 2 },
  { "single_percent", "one sample, %", 4 },
  { "single_se", NULL, 2 },
  { "single_ratio", "ratio", 4 },
  { "single_ratio_se", NULL, 2 },
  { "calibration", "calibration", 3 },
  { "crps_percent", "CRPS, %", 4 }, /* of the truth's root mean square */
  { "crps_se", NULL, 2 },
  { "crps_ratio", "over exact draws'", 4 },
  { "crps_ratio_se", NULL, 2 },
  { "energy_percent", "energy score, %", 4 }, /* of the truth's norm */
  { "energy_se", NULL, 2 },
  { "energy_ratio", "over exact draws'", 4 },
  { "energy_ratio_se", NULL, 2 },
  { "modes", "K", 6 },
  { "steps", "steps", 6 },
  { "evaluations", "evaluations", 6 },
  { "samples", "samples", 6 },
  { "instances", "instances", 6 },
  { "sensors", "sensors a field", 6 },
  { "seconds", "s a run", 3 },
};

/* All methods on the same instances of one problem and task. */
typedef struct
{
  const CliBenchOptions *options;
  CliCase what; /* `method` changes */
  guint n_methods;
  const CliMethod *methods[MAX_METHODS];
  PisdRunCache caches[MAX_METHODS];
  CliFindings *findings[MAX_METHODS];
  guint modes[MAX_METHODS]; /* as the method's settings have them */
  CliFloors floors;
} Block;

static guint
choose_methods (const CliBenchOptions *options, const CliMethod *chosen[MAX_METHODS])
{
  guint n_all, n = 0;
  const CliMethod *all = cli_methods_get (&n_all);

  g_return_val_if_fail (n_all <= MAX_METHODS, 0);
  for (guint i = 0; i < n_all; i++)
    if (options->guidances & (1u << all[i].guidance))
      chosen[n++] = &all[i];
  return n;
}

static void
block_init (Block *self, const CliBenchOptions *options, PisdProblemId problem, PisdTask task)
{
  *self = (Block){ .options = options, .what = { problem, task, NULL } };
  self->n_methods = choose_methods (options, self->methods);
  for (guint m = 0; m < self->n_methods; m++)
    self->findings[m] = cli_findings_new ();
  cli_floors_init (&self->floors);
}

static void
block_clear (Block *self)
{
  for (guint m = 0; m < self->n_methods; m++)
    {
      pisd_run_cache_clear (&self->caches[m]);
      cli_findings_free (self->findings[m]);
    }
  cli_floors_clear (&self->floors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

static gboolean
run_method (Block *self,
            guint method,
            guint instance,
            gboolean with_floor,
            CliProgress *progress,
            GError **error)
{
  PisdRunCache *cache = &self->caches[method];
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdResult) result = NULL;

  self->what.method = self->methods[method];
  scenario = cli_bench_make_scenario (self->options, &self->what, instance, error);
  if (scenario == NULL)
    return FALSE;
  result = cli_bench_run (scenario, self->options->n_threads, cache, progress, error);
  if (result == NULL)
    return FALSE;
  progress->part++;
  cli_findings_add (self->findings[method], result, scenario);
  self->modes[method] = scenario->settings.modes;
  return !with_floor
         || cli_floors_add (&self->floors, self->options, scenario, cache, progress, error);
}

/* The floor is the same for all methods: taken with the last, which is the likeliest to have worked
 * the posterior out. */
static gboolean
run_block (Block *self, guint n_instances, CliProgress *progress, GError **error)
{
  for (guint instance = 0; instance < n_instances; instance++)
    for (guint m = 0; m < self->n_methods; m++)
      if (!run_method (self, m, instance, m + 1 == self->n_methods, progress, error))
        return FALSE;
  return TRUE;
}

static void
add_grid_row (const Block *self, CliGrid *grid, guint method, guint f)
{
  const PisdOperator *problem = pisd_operator_get (self->what.problem);
  const CliFindings *findings = self->findings[method], *floors = self->floors.findings;
  g_autofree char *field = cli_bench_dup_field_name (problem, f);

  cli_grid_add_text (grid, problem->name);
  cli_grid_add_text (grid, pisd_task_get_name (self->what.task));
  cli_grid_add_text (grid, pisd_family_get_name (self->options->family));
  cli_grid_add_text (grid, pisd_method_get_prior (self->options->prior)->choice.name);
  cli_grid_add_text (grid, self->methods[method]->title);
  cli_grid_add_text (grid, field);
  cli_grid_add_estimate (grid, cli_estimate_mean (findings->errors[f]));
  cli_grid_add_number (grid, cli_estimate_mean (floors->errors[f]).mean);
  cli_grid_add_estimate (grid, cli_estimate_ratio (findings->errors[f], floors->errors[f]));
  cli_grid_add_estimate (grid, cli_estimate_mean (findings->singles[f]));
  cli_grid_add_estimate (grid, cli_estimate_ratio (findings->singles[f], floors->errors[f]));
  cli_grid_add_number (grid, cli_findings_get_calibration (findings, f));
  cli_grid_add_estimate (grid, cli_estimate_mean (findings->crps[f]));
  cli_grid_add_estimate (grid, cli_estimate_ratio (findings->crps[f], floors->crps[f]));
  cli_grid_add_estimate (grid, cli_estimate_mean (findings->energies[f]));
  cli_grid_add_estimate (grid, cli_estimate_ratio (findings->energies[f], floors->energies[f]));
  cli_grid_add_number (grid, self->modes[method]);
  cli_grid_add_number (grid, findings->n_steps);
  cli_grid_add_number (grid, findings->n_evaluations);
  cli_grid_add_number (grid, findings->n_samples);
  cli_grid_add_number (grid, findings->seconds->len);
  cli_grid_add_number (grid, self->options->n_sensors);
  cli_grid_add_number (grid, cli_estimate_mean (findings->seconds).mean);
}

/* NULL: nothing. */
static const Asked *
find_asked (const CliBenchOptions *options)
{
  const gboolean of_grf = options->family == PISD_FAMILY_GRF;

  for (guint i = 0; i < G_N_ELEMENTS (asked_table); i++)
    if (asked_table[i].prior == options->prior && asked_table[i].of_grf == of_grf
        && options->n_sensors >= asked_table[i].least && options->n_sensors < asked_table[i].below)
      return &asked_table[i];
  return NULL;
}

/* "poisson forward, second-order, error of u ..."; a learned prior is named with its family. */
static char *
dup_target_name (const Block *self, const char *what)
{
  const CliBenchOptions *options = self->options;
  g_autofree char *prior = NULL;

  if (!pisd_method_get_prior (options->prior)->is_gaussian)
    prior =
        g_strdup_printf ("%s prior of %s, ", pisd_method_get_prior (options->prior)->choice.name,
                         pisd_family_get_name (options->family));
  return g_strdup_printf ("%s %s, second-order, %s%s", pisd_operator_get (self->what.problem)->name,
                          pisd_task_get_name (self->what.task), prior != NULL ? prior : "", what);
}

/* A row where something is asked and known. */
static void
add_target (const Block *self,
            const CliFindings *findings,
            CliTable *table,
            const char *what,
            CliEstimate estimate,
            double minimum,
            double maximum)
{
  CliRow row;

  if (isnan (estimate.mean) || isnan (maximum))
    return;
  row = cli_row (dup_target_name (self, what), estimate.mean, "",
                 g_strdup_printf ("%u instances, %u sensors a field", findings->seconds->len,
                                  self->options->n_sensors));
  row.error = estimate.error;
  row.minimum = minimum;
  row.maximum = maximum;
  cli_table_add (table, row);
}

/* Whether others measured the same. */
static gboolean
has_published (const CliBenchOptions *options)
{
  return options->n_sensors == CLI_PUBLISHED_SENSORS && options->family == PISD_FAMILY_GRF;
}

/* The error itself, where something is asked of it. */
static void
add_percent (const Block *self, const CliFindings *findings, CliTable *table, guint f)
{
  double target = cli_published_get_target (self->what.problem, self->what.task);
  g_autofree char *name = cli_bench_dup_field_name (pisd_operator_get (self->what.problem), f);
  g_autofree char *what =
      g_strdup_printf ("error of %s of the mean of %u samples, percent", name, findings->n_samples);

  if (has_published (self->options))
    add_target (self, findings, table, what, cli_estimate_mean (findings->errors[f]), NAN, target);
}

/* Errors over the floor, of the mean and of one sample. */
static void
add_ratios (const Block *self,
            const CliFindings *findings,
            const Asked *asked,
            CliTable *table,
            guint f)
{
  const GArray *floors = self->floors.findings->errors[f];
  g_autofree char *name = cli_bench_dup_field_name (pisd_operator_get (self->what.problem), f);
  g_autofree char *mean = g_strdup_printf ("error of %s of the mean of %u samples over the floor",
                                           name, findings->n_samples);
  g_autofree char *single = g_strdup_printf ("error of %s of one sample over the floor", name);

  if (findings->n_samples > 1)
    add_target (self, findings, table, mean, cli_estimate_ratio (findings->errors[f], floors), NAN,
                asked->mean);
  add_target (self, findings, table, single, cli_estimate_ratio (findings->singles[f], floors), NAN,
              asked->single);
}

/* What the spread is worth. */
static void
add_spread (const Block *self,
            const CliFindings *findings,
            const Asked *asked,
            CliTable *table,
            guint f)
{
  const CliFindings *floors = self->floors.findings;
  g_autofree char *name = cli_bench_dup_field_name (pisd_operator_get (self->what.problem), f);
  g_autofree char *calibration = g_strdup_printf ("standardised errors of %s, deviation", name);
  g_autofree char *crps = g_strdup_printf ("CRPS of %s over that of exact draws", name);
  g_autofree char *energy = g_strdup_printf ("energy score of %s over that of exact draws", name);

  add_target (self, findings, table, calibration,
              (CliEstimate){ cli_findings_get_calibration (findings, f), NAN }, CALIBRATION_LOW,
              CALIBRATION_HIGH);
  add_target (self, findings, table, crps, cli_estimate_ratio (findings->crps[f], floors->crps[f]),
              NAN, asked->score);
  add_target (self, findings, table, energy,
              cli_estimate_ratio (findings->energies[f], floors->energies[f]), NAN, asked->score);
}

/* Second-order guidance is measured by its error of the field that is not measured. */
static void
add_targets (const Block *self, CliTable *table, guint method)
{
  const CliFindings *findings = self->findings[method];
  const Asked *asked = find_asked (self->options);
  guint f = cli_bench_get_main_field (self->what.task);

  if (asked == NULL)
    return;
  add_percent (self, findings, table, f);
  add_ratios (self, findings, asked, table, f);
  add_spread (self, findings, asked, table, f);
}

static gboolean
add_published (const CliCase *what, CliTable *table, GError **error)
{
  const PisdOperator *problem = pisd_operator_get (what->problem);
  g_autofree char *field =
      cli_bench_dup_field_name (problem, cli_bench_get_main_field (what->task));
  g_autoptr (GPtrArray) figures = cli_published_new (what->problem, what->task, error);

  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const CliPublished *figure = g_ptr_array_index (figures, i);

      cli_table_add (
          table, cli_row (g_strdup_printf ("%s: %s %s, error of %s", figure->name, problem->name,
                                           pisd_task_get_name (what->task), field),
                          figure->percent, "%", g_strdup (figure->source)));
    }
  return figures != NULL;
}

static gboolean
report_block (const Block *self, CliGrid *grid, CliTable *table, GError **error)
{
  guint n_fields = pisd_operator_get (self->what.problem)->n_fields;
  guint main_field = cli_bench_get_main_field (self->what.task);

  for (guint m = 0; m < self->n_methods; m++)
    for (guint f = 0; f < n_fields; f++)
      add_grid_row (self, grid, m, (main_field + f) % n_fields);
  for (guint m = 0; m < self->n_methods; m++)
    {
      const PisdMethod *method = pisd_method_get (self->methods[m]->guidance);

      if (method->conditions && method->makes_steps)
        add_targets (self, table, m);
    }
  return !has_published (self->options) || add_published (&self->what, table, error);
}

static guint
count_bits (guint set)
{
  guint n = 0;

  for (; set != 0; set >>= 1)
    n += set & 1;
  return n;
}

gboolean
cli_bench_accuracy (const CliBenchOptions *options, CliTable *table, GError **error)
{
  guint n_instances = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  const CliMethod *methods[MAX_METHODS];
  CliGrid *grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  gboolean good = TRUE;
  CliProgress progress;

  cli_table_take_grid (table, grid);
  if (!cli_published_add_own (NULL, 0, 0, error)) /* not after hours */
    return FALSE;
  cli_progress_begin (&progress, options->signals, "running instances",
                      n_instances * choose_methods (options, methods)
                          * count_bits (options->problems) * count_bits (options->tasks));
  for (guint problem = 0; good && problem < pisd_operator_get_n (); problem++)
    for (guint task = 0; good && task < PISD_N_TASKS; task++)
      {
        g_auto (Block) block = { 0 };

        block_init (&block, options, problem, task);
        if (!(options->problems & (1u << problem)) || !(options->tasks & (1u << task)))
          continue;
        good = run_block (&block, n_instances, &progress, error)
               && report_block (&block, grid, table, error);
      }
  cli_progress_end (&progress);
  return good;
}
