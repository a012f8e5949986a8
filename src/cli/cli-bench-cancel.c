/* How long a request to stop waits, at any moment of every phase: the longest time between two
 * looks at it, or from the last one to the end; and how long a call that was stopped at random
 * moments took to return. */
#include "cli-bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "cli-wait.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-representation.h"
#include "pisd-rng.h"
#include "pisd-sensors-csv.h"
#include "pisd-spread.h"
#include "pisd-truth.h"

/* The first seconds of a phase that a random moment lies in. */
#define MOST_SECONDS 3.0

static const guint sizes[] = { 500, 5000, 16384 };

static const CliColumn columns[] = {
  { "field", "sensors on", 0 },
  { "sensors", "sensors", 5 },
  { "phase", "phase", 0 },
  { "seconds", "takes, s", 3 },
  { "looks", "looks", 4 },
  { "longest_ms", "longest between two, ms", 3 },
  { "longest_busy_ms", "of that computing, ms", 3 },
  { "return_ms", "longest return, ms", 3 },
};

typedef struct
{
  CliBenchOptions options;
  CliGrid *grid; /* the table's */
  CliProgress progress;
  PisdScenario *scenario;
  PisdRepresentation *representation;
  PisdConditioning *conditioning; /* made as the phases need it */
  PisdRunCache cache;
  char *csv; /* file */
  CliWait wait;
} Bench;

static void
forget (Bench *self)
{
  g_clear_pointer (&self->scenario, pisd_scenario_free);
  g_clear_pointer (&self->representation, pisd_representation_free);
  g_clear_pointer (&self->conditioning, pisd_conditioning_free);
  pisd_run_cache_clear (&self->cache);
  if (self->csv != NULL)
    g_remove (self->csv);
  g_clear_pointer (&self->csv, g_free);
}

/* A phase: FALSE where it was stopped or failed. */
typedef gboolean (*Phase) (Bench *self, PisdCancel *cancel, GError **error);

static gboolean
load (Bench *self, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (self->csv, cancel, error);
  g_autoptr (PisdSensors) sensors = NULL;

  if (input != NULL)
    sensors = pisd_sensors_load_csv_from (self->scenario->settings.problem, input, error);
  return sensors != NULL;
}

static gboolean
prepare (Bench *self, PisdFactorsUses uses, PisdCancel *cancel, GError **error)
{
  g_clear_pointer (&self->conditioning, pisd_conditioning_free);
  self->conditioning = pisd_conditioning_new (NULL, self->representation, self->scenario->sensors,
                                              uses, self->options.n_threads, cancel, error);
  return self->conditioning != NULL;
}

static gboolean
set_up (Bench *self, PisdCancel *cancel, GError **error)
{
  return prepare (self, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL, cancel, error);
}

static gboolean
set_up_prior (Bench *self, PisdCancel *cancel, GError **error)
{
  PisdSettings settings = self->scenario->settings;
  g_autoptr (PisdRepresentation) joint = NULL;
  g_autoptr (PisdPrior) prior = NULL;

  /* The other space has none. */
  settings.space = PISD_SPACE_JOINT;
  joint = pisd_representation_new (&settings, error);
  if (joint == NULL)
    return FALSE;
  prior = pisd_prior_new (settings.prior, joint, self->options.n_threads, cancel, error);
  return prior != NULL;
}

/* After the set-up, whose tables the run takes over and gives back. */
static gboolean
step (Bench *self, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdResult) result = NULL;

  if (self->conditioning != NULL)
    self->cache.conditioning = g_steal_pointer (&self->conditioning);
  result = pisd_run_again (self->scenario, NULL, self->options.n_threads, cli_wait_look_as_progress,
                           &self->wait, &self->cache, error);
  return result != NULL && result->complete;
}

static gboolean
make_mean (Bench *self, PisdCancel *cancel, GError **error)
{
  pisd_run_cache_clear (&self->cache);
  return prepare (self, PISD_FACTORS_MEAN, cancel, error);
}

static gboolean
draw (Bench *self, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdScenario) readings = pisd_scenario_dup (self->scenario);
  g_autoptr (PisdExact) exact = NULL;

  /* Without a truth the posterior's own expectation is drawn. */
  pisd_truth_forget (readings);
  exact =
      pisd_exact_new (readings, self->conditioning, FALSE, self->options.n_threads, cancel, error);

  return exact != NULL;
}

static gboolean
spread (Bench *self, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdField) a = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) u = pisd_field_new (PISD_GRID, PISD_GRID);

  return pisd_spread_compute (pisd_conditioning_get_factors (self->conditioning),
                              self->options.n_threads, cancel, a, u, error);
}

/* In this order: each finds what those before it have made. */
static const struct
{
  const char *name;
  Phase run;
  gboolean makes; /* factors that those after it find */
} phases[] = {
  { "loading", load, FALSE },         { "the prior's eigenvectors", set_up_prior, FALSE },
  { "set-up", set_up, TRUE },         { "steps", step, FALSE },
  { "factor of G", make_mean, TRUE }, { "mean and draws", draw, FALSE },
  { "spread", spread, FALSE },
};

/* Runs a phase; `after` seconds (0: never) say stop.  Returns how long it took in all. */
static double
run_phase (Bench *self, guint phase, double after, gboolean *done, GError **error)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (cli_wait_look, &self->wait);

  cli_wait_begin (&self->wait, after, self->options.signals);
  *done = phases[phase].run (self, cancel, error);
  if (!*done && error != NULL && *error == NULL)
    g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped");
  return cli_wait_end (&self->wait);
}

/* The longest return of some calls that were stopped at random moments; NaN: none was. */
static double
stop_at_random (Bench *self, guint phase, double seconds)
{
  double longest = NAN;

  for (guint i = 0; i < self->options.n_repeats; i++)
    {
      double moment = pisd_rng_uniform (self->options.seed, PISD_STREAM_TEST, phase, i);
      double after = MAX (1e-6, moment * MIN (seconds, MOST_SECONDS)), took;
      gboolean done;

      took = run_phase (self, phase, after, &done, NULL);
      if (!done)
        longest = fmax (longest, 1e3 * (took - after));
    }
  return longest;
}

static void
add_row (Bench *self,
         PisdTask task,
         guint phase,
         double seconds,
         const CliWait *wait,
         double longest)
{
  const PisdOperator *row = pisd_operator_get (self->scenario->settings.problem);

  cli_grid_add_text (self->grid, row->fields[task == PISD_TASK_FORWARD ? 0 : 1].name);
  cli_grid_add_number (self->grid, self->scenario->sensors->n);
  cli_grid_add_text (self->grid, phases[phase].name);
  cli_grid_add_number (self->grid, seconds);
  cli_grid_add_number (self->grid, wait->n_looks);
  cli_grid_add_number (self->grid, 1e-3 * (double) wait->longest);
  cli_grid_add_number (self->grid, 1e-3 * (double) wait->longest_busy);
  cli_grid_add_number (self->grid, longest);
}

/* A whole one, whose looks are timed, and stopped ones.  Those that make factors take the place of
 * the whole one's: it comes once more, or, where it takes minutes, after them. */
static gboolean
bench_phase (Bench *self, PisdTask task, guint phase, GError **error)
{
  gboolean is_long = phases[phase].makes && !pisd_budget_keeps_entries (self->options.n_sensors);
  double seconds, longest = is_long ? stop_at_random (self, phase, MOST_SECONDS) : NAN;
  gboolean done;
  CliWait wait;

  seconds = run_phase (self, phase, 0, &done, error);
  if (!done)
    return FALSE;
  wait = self->wait;
  if (!is_long)
    longest = stop_at_random (self, phase, seconds);
  if (phases[phase].makes && !is_long)
    run_phase (self, phase, 0, &done, error);
  if (!done || !cli_bench_may_go_on (&self->options, error))
    return FALSE;
  add_row (self, task, phase, seconds, &wait, longest);
  return TRUE;
}

static gboolean
write_sensors (Bench *self, GError **error)
{
  int fd = g_file_open_tmp ("pisd-bench-XXXXXX.csv", &self->csv, error);

  if (fd < 0)
    return FALSE;
  close (fd);
  return pisd_sensors_save_csv (self->scenario->sensors, self->csv, error);
}

static gboolean
bench_size (Bench *self, PisdTask task, guint n_sensors, GError **error)
{
  static const CliMethod method = { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, task, &method };
  gboolean good;

  self->options.n_sensors = n_sensors;
  self->scenario = cli_bench_make_scenario (&self->options, &what, 0, error);
  good = self->scenario != NULL && write_sensors (self, error);
  if (good)
    self->representation = pisd_representation_new (&self->scenario->settings, error);
  good = good && self->representation != NULL;
  for (guint phase = 0; good && phase < G_N_ELEMENTS (phases); phase++, self->progress.part++)
    good = bench_phase (self, task, phase, error);
  forget (self);
  return good;
}

gboolean
cli_bench_cancel (const CliBenchOptions *options, CliTable *table, GError **error)
{
  Bench self = { .options = *options, .grid = cli_grid_new (columns, G_N_ELEMENTS (columns)) };
  const guint *values = options->n_values > 0 ? options->values : sizes;
  guint n = options->n_values > 0 ? options->n_values : G_N_ELEMENTS (sizes);
  gboolean good = TRUE;

  cli_table_take_grid (table, self.grid);
  cli_progress_begin (&self.progress, options->signals, "stopping", 2 * n * G_N_ELEMENTS (phases));
  for (guint i = 0; good && i < n; i++)
    good = bench_size (&self, PISD_TASK_FORWARD, values[i], error)
           && bench_size (&self, PISD_TASK_INVERSE, values[i], error);
  cli_progress_end (&self.progress);
  return good;
}
