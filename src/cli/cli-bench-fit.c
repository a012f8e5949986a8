/* Does a prior that is fitted to readings come to the law that the truth was drawn from, and what
 * does it cost not to know the law? */
#include "cli-bench.h"

#include <math.h>

#include "pisd-exact.h"
#include "pisd-prior-fit.h"
#include "pisd-scatter.h"
#include "pisd-truth.h"

#define DEFAULT_INSTANCES 20
/* Of flows, whose fits take seconds. */
#define DEFAULT_FLOWS 5
/* How far amplitude and length may be off, and what a fitted prior may cost. */
#define MOST_OFF 1.15
#define MOST_COST 1.05

#define N_EACH 2
/* Laws that are to be found again. */
static const PisdLaw known[PISD_N_LAWS][N_EACH] = { { { 3.0, 6.0, 2.0 }, { 0.5, 12.0, 2.5 } },
                                                    { { 2.0, 14.0, 2.5 }, { 1.0, 20.0, 3.0 } } };
/* Laws that the benchmark's prior is wrong about. */
static const PisdLaw wrong[PISD_N_LAWS][N_EACH] = { { { 1.0, 3.0, 1.5 }, { 1.0, 3.0, 2.5 } },
                                                    { { 1.0, 7.0, 2.0 }, { 1.0, 7.0, 3.0 } } };

typedef struct
{
  const CliBenchOptions *options;
  PisdProblemId problem;
  guint n_instances;
  CliProgress progress;
} Bench;

static const PisdOperator *
get_row (const Bench *self)
{
  return pisd_operator_get (self->problem);
}

static guint
count_instances (const CliBenchOptions *options, PisdProblemId problem)
{
  if (options->n_instances > 0)
    return options->n_instances;
  return pisd_operator_get (problem)->flow != NULL ? DEFAULT_FLOWS : DEFAULT_INSTANCES;
}

/* A truth of that law, and the benchmark's prior; of flows the last frame is read. */
static PisdScenario *
make_scenario (const Bench *self, const PisdLaw *law, guint number, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  settings->problem = self->problem;
  settings->instance_law = settings->instance_flow_law = *law;
  pisd_settings_drop_laws (settings);
  settings->instance_seed = self->options->seed + number;
  if (!cli_apply_sets (self->options->sets, settings, error)
      || !pisd_truth_set_random (scenario, error))
    return NULL;
  pisd_sensors_scatter (scenario->sensors, scenario->instance,
                        get_row (self)->fields[get_row (self)->flow != NULL].id,
                        self->options->n_sensors, 0, settings->instance_seed);
  return g_steal_pointer (&scenario);
}

static gboolean
fit (const Bench *self, const PisdScenario *scenario, PisdPriorFit *fit, GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options->signals);

  return pisd_prior_fit_compute (scenario, self->options->n_threads, NULL, NULL, cancel, fit,
                                 error);
}

static CliRow
make_row (const Bench *self, char *what, double value, double error, const char *unit)
{
  CliRow row = cli_row (
      what, value, unit,
      g_strdup_printf ("%u fields, %u sensors", self->n_instances, self->options->n_sensors));

  row.error = error;
  return row;
}

/* The mean of logarithms as a factor, with its standard error. */
static void
add_factor (const Bench *self, char *what, const GArray *logs, CliTable *table)
{
  double sum = 0.0, squares = 0.0, mean, error;
  CliRow row;

  for (guint i = 0; i < logs->len; i++)
    sum += g_array_index (logs, double, i);
  mean = sum / logs->len;
  for (guint i = 0; i < logs->len; i++)
    squares += pow (g_array_index (logs, double, i) - mean, 2);
  error = sqrt (squares / fmax (1.0, logs->len - 1.0) / logs->len);
  row = make_row (self, what, exp (mean), error * exp (mean), "");
  row.minimum = 1.0 / MOST_OFF;
  row.maximum = MOST_OFF;
  cli_table_add (table, row);
}

static gboolean
run_known (Bench *self, const PisdLaw *law, CliTable *table, GError **error)
{
  g_autoptr (GArray) amplitudes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (double));
  double seconds = 0.0, smoothness = 0.0;
  const char *name = pisd_operator_get (self->problem)->name;

  for (guint i = 0; i < self->n_instances; i++, self->progress.part++)
    {
      g_autoptr (PisdScenario) scenario = make_scenario (self, law, i, error);
      gint64 start = g_get_monotonic_time ();
      PisdPriorFit found;
      double amplitude, length;

      if (!cli_progress_step (0, 1, &self->progress) || scenario == NULL
          || !fit (self, scenario, &found, error))
        return FALSE;
      seconds += 1e-6 * (double) (g_get_monotonic_time () - start) / self->n_instances;
      amplitude = log (found.after[PISD_HYPER_AMPLITUDE] / law->amplitude);
      length = log (law->tau / found.after[PISD_HYPER_TAU]);
      smoothness += (found.after[PISD_HYPER_ALPHA] - law->alpha) / self->n_instances;
      g_array_append_val (amplitudes, amplitude);
      g_array_append_val (lengths, length);
    }
  add_factor (self,
              g_strdup_printf ("%s, amplitude %g, tau %g, alpha %g: fitted amplitude over it", name,
                               law->amplitude, law->tau, law->alpha),
              amplitudes, table);
  add_factor (self, g_strdup ("fitted length over it"), lengths, table);
  cli_table_add (table, make_row (self, g_strdup ("fitted alpha less it"), smoothness, NAN, ""));
  cli_table_add (table, make_row (self, g_strdup ("time of a fit"), seconds, NAN, "s"));
  return TRUE;
}

/* Errors of the exact mean under one prior, added to those of the fields before. */
static gboolean
add_errors (const Bench *self,
            PisdScenario *scenario,
            const PisdSettings *settings,
            double sums[PISD_MAX_FIELDS],
            GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options->signals);
  g_autoptr (PisdExact) exact = NULL;

  scenario->settings = *settings;
  exact = pisd_exact_new (scenario, NULL, FALSE, self->options->n_threads, cancel, error);
  for (guint f = 0; exact != NULL && f < exact->n_fields; f++)
    sums[f] += exact->errors[f];
  return exact != NULL;
}

/* Errors of the right prior, the fitted one and the benchmark's. */
typedef struct
{
  double right[PISD_MAX_FIELDS], fitted[PISD_MAX_FIELDS], benchmark[PISD_MAX_FIELDS];
} Errors;

static gboolean
add_field (const Bench *self, const PisdLaw *law, guint number, Errors *errors, GError **error)
{
  g_autoptr (PisdScenario) scenario = make_scenario (self, law, number, error);
  PisdSettings benchmark, right, fitted;
  PisdPriorFit found;

  if (scenario == NULL || !fit (self, scenario, &found, error))
    return FALSE;
  benchmark = right = fitted = scenario->settings;
  right.prior_law = right.prior_flow_law = *law;
  pisd_settings_drop_laws (&right);
  pisd_prior_fit_apply (&found, &fitted);
  return add_errors (self, scenario, &right, errors->right, error)
         && add_errors (self, scenario, &fitted, errors->fitted, error)
         && add_errors (self, scenario, &benchmark, errors->benchmark, error);
}

static gboolean
run_wrong (Bench *self, const PisdLaw *law, CliTable *table, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->problem);
  Errors errors = { { 0.0 } };

  for (guint i = 0; i < self->n_instances; i++, self->progress.part++)
    if (!cli_progress_step (0, 1, &self->progress) || !add_field (self, law, i, &errors, error))
      return FALSE;
  for (guint f = 0; f < row->n_fields; f++)
    {
      double cost = errors.fitted[f] / errors.right[f];
      CliRow fitted =
          make_row (self,
                    g_strdup_printf ("%s, alpha %g: error of %s, fitted prior over the right one",
                                     row->name, law->alpha, row->fields[f].name),
                    cost, NAN, "");
      CliRow benchmark = make_row (
          self,
          g_strdup_printf ("error of %s, the benchmark's over the right one", row->fields[f].name),
          errors.benchmark[f] / errors.right[f], NAN, "");

      fitted.maximum = MOST_COST;
      /* What is not read hardly depends on the prior where it is smooth, nor does a flow that is
       * read exactly. */
      if (f == 0 && row->linear != NULL)
        benchmark.minimum = cost;
      cli_table_add (table, fitted);
      cli_table_add (table, benchmark);
    }
  return TRUE;
}

static gboolean
run_problem (Bench *self, CliTable *table, GError **error)
{
  const PisdLawOf of = get_row (self)->random->law_of;

  for (guint k = 0; k < N_EACH; k++)
    if (!run_known (self, &known[of][k], table, error))
      return cli_bench_may_go_on (self->options, error) && FALSE;
  for (guint k = 0; k < N_EACH; k++)
    if (!run_wrong (self, &wrong[of][k], table, error))
      return cli_bench_may_go_on (self->options, error) && FALSE;
  return TRUE;
}

static gboolean
is_wanted (const CliBenchOptions *options, PisdProblemId problem)
{
  return (options->problems & (1u << problem)) != 0;
}

gboolean
cli_bench_fit (const CliBenchOptions *options, CliTable *table, GError **error)
{
  Bench self = { options };
  gboolean good = TRUE;
  guint n_fields = 0;

  for (guint p = 0; p < pisd_operator_get_n (); p++)
    n_fields += is_wanted (options, p) ? count_instances (options, p) : 0;
  cli_progress_begin (&self.progress, options->signals, "fitting", 2 * N_EACH * MAX (1, n_fields));
  for (guint p = 0; good && p < pisd_operator_get_n (); p++)
    if (is_wanted (options, p))
      {
        self.problem = p;
        self.n_instances = count_instances (options, p);
        good = run_problem (&self, table, error);
      }
  cli_progress_end (&self.progress);
  return good;
}
