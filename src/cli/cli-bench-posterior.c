/* How long second-order guidance takes: set-up, when a sensor moves, steps, whole solves, mean and
 * spread. */
#include "cli-bench.h"

#include <math.h>

#include "pisd-memory.h"
#include "pisd-representation.h"
#include "pisd-sampler.h"
#include "pisd-scatter.h"
#include "pisd-solver.h"
#include "pisd-sort.h"
#include "pisd-spread.h"

#define MODES 64
#define SOLVE_STEPS 50
#define MANY_SAMPLES 16
#define N_CORRECTIONS 20 /* timed together */
#define HALF_VARIANCE 0.5
/* What second-order guidance needs. */
#define STEPS (PISD_FACTORS_STEPS | PISD_FACTORS_TAIL)

/* Milliseconds that each is to take at most. */
#define SETUP_TARGET 150
#define MOVE_TARGET 30
#define STEP_TARGET 1
#define SOLVE_TARGET 60
#define PICTURE_TARGET 100

typedef struct
{
  const CliBenchOptions *options;
  CliTable *table;
  CliProgress progress;
  PisdScenario *scenario;
  PisdSensors *moved; /* the scenario's sensors, one of them elsewhere */
  PisdRepresentation *representation;
  PisdConditioning *conditioning; /* of the scenario's sensors */
  PisdRunCache cache;
  PisdSolver *solver;
  PisdField *mean[PISD_MAX_FIELDS]; /* scratch */
  double *z;                        /* scratch [n] */
  guint n_threads;                  /* of what is timed */
} Bench;

static void
bench_clear (Bench *self)
{
  pisd_run_cache_clear (&self->cache);
  pisd_conditioning_free (self->conditioning);
  pisd_representation_free (self->representation);
  pisd_sensors_free (self->moved);
  pisd_scenario_free (self->scenario);
  pisd_solver_free (self->solver);
  pisd_field_free (self->mean[0]);
  pisd_field_free (self->mean[1]);
  g_free (self->z);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* What is measured: does it once, returns the milliseconds, or what the row's unit says;
 * negative: stopped, `error` set. */
typedef double (*Timed) (Bench *self, GError **error);

static double
since (gint64 start)
{
  return 1e-3 * (double) (g_get_monotonic_time () - start);
}

static double
time_setup (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdConditioning) conditioning = pisd_conditioning_new (
      NULL, self->representation, self->scenario->sensors, STEPS, self->n_threads, NULL, error);

  return conditioning != NULL ? since (start) : -1;
}

/* Megabytes of arrays at a time, what is there already not counted. */
static double
measure_setup (Bench *self, GError **error)
{
  gsize before = pisd_memory_begin_peak ();
  double time = time_setup (self, error);

  return time < 0 ? -1 : (double) (pisd_memory_get_peak () - before) / (1024 * 1024);
}

static double
time_move (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdConditioning) conditioning = pisd_conditioning_new (
      self->conditioning, self->representation, self->moved, STEPS, self->n_threads, NULL, error);

  return conditioning != NULL ? since (start) : -1;
}

/* Both fields' new mean: the first picture after a sensor was placed. */
static double
time_moved_mean (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdConditioning) conditioning =
      pisd_conditioning_new (self->conditioning, self->representation, self->moved,
                             PISD_FACTORS_MEAN, self->n_threads, NULL, error);

  if (conditioning == NULL)
    return -1;
  pisd_conditioning_get_mean (conditioning, NULL, self->mean[0]);
  pisd_solver_complete (self->solver, self->mean);
  return since (start);
}

static double
time_correct (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_CORRECTIONS; i++)
    pisd_conditioning_correct (self->conditioning, HALF_VARIANCE, self->z);
  return since (start) / N_CORRECTIONS;
}

static double
time_steps (Bench *self, PisdSamplerId method)
{
  PisdSettings settings = self->scenario->settings;
  g_autoptr (PisdPrior) prior =
      pisd_prior_new (settings.prior, self->representation, 1, NULL, NULL);
  g_autoptr (PisdDenoiser) denoiser = pisd_denoiser_new (prior, self->representation);
  g_autoptr (PisdSampler) sampler = NULL;
  gint64 start;

  settings.sampler = method;
  sampler = pisd_sampler_new (self->representation, denoiser, &settings, self->scenario->sensors,
                              self->conditioning, 0);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < settings.steps; i++)
    {
      pisd_sampler_evaluate (sampler);
      pisd_sampler_advance (sampler);
    }
  return since (start) / settings.steps;
}

static double
time_exact_step (Bench *self, GError **error)
{
  return time_steps (self, PISD_SAMPLER_EXACT);
}

static double
time_euler_step (Bench *self, GError **error)
{
  return time_steps (self, PISD_SAMPLER_EULER);
}

static double
time_heun_step (Bench *self, GError **error)
{
  return time_steps (self, PISD_SAMPLER_HEUN);
}

/* After the set-up, which the cache holds. */
static double
time_solve (Bench *self, guint n_samples, GError **error)
{
  g_autoptr (PisdResult) result = NULL;

  self->scenario->settings.samples = n_samples;
  result = cli_bench_run (self->scenario, self->n_threads, &self->cache, &self->progress, error);
  return result == NULL ? -1 : 1e3 * (result->seconds - result->setup_seconds);
}

static double
time_one_solve (Bench *self, GError **error)
{
  return time_solve (self, 1, error);
}

static double
time_many_solves (Bench *self, GError **error)
{
  return time_solve (self, MANY_SAMPLES, error);
}

static double
time_mean (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  pisd_conditioning_get_mean (self->conditioning, NULL, self->mean[0]);
  return since (start);
}

static double
time_sample (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  pisd_conditioning_sample (self->conditioning, self->options->seed, 0, NULL, self->mean[0]);
  return since (start);
}

static double
time_spread (Bench *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (!pisd_spread_compute (pisd_conditioning_get_factors (self->conditioning), self->n_threads,
                            NULL, self->mean[0], self->mean[1], error))
    return -1;
  return since (start);
}

static const struct
{
  const char *what;
  guint n_threads; /* 0: what --threads says */
  double target;   /* ms */
  Timed time;
  const char *unit; /* NULL: ms */
} rows[] = {
  { "set-up for new sensors", 0, SETUP_TARGET, time_setup },
  { "set-up for new sensors, one thread", 1, NAN, time_setup },
  { "most memory of the set-up", 0, NAN, measure_setup, "MB" },
  { "set-up when one sensor moves", 0, MOVE_TARGET, time_move },
  { "both means after one sensor moved", 0, PICTURE_TARGET, time_moved_mean },
  { "correction of one estimate", 1, STEP_TARGET, time_correct },
  { "exact step", 1, STEP_TARGET, time_exact_step },
  { "Euler step", 1, STEP_TARGET, time_euler_step },
  { "Heun step, two corrections", 1, NAN, time_heun_step },
  { "50 exact steps and the rest of the modes, one sample", 1, SOLVE_TARGET, time_one_solve },
  { "the same, 16 samples", 0, NAN, time_many_solves },
  { "posterior mean", 1, NAN, time_mean },
  { "posterior sample", 1, NAN, time_sample },
  { "posterior spread of both fields", 0, NAN, time_spread },
};

static gboolean
bench_row (Bench *self, PisdTask task, guint row, GError **error)
{
  const CliBenchOptions *options = self->options;
  g_autofree double *times = g_new (double, options->n_repeats);
  CliRow result;

  self->n_threads = rows[row].n_threads > 0 ? rows[row].n_threads : options->n_threads;
  for (guint i = 0; i < options->n_repeats; i++, self->progress.part++)
    {
      cli_progress_step (0, 1, &self->progress);
      if (!cli_bench_may_go_on (options, error))
        return FALSE;
      times[i] = rows[row].time (self, error);
      if (times[i] < 0)
        return FALSE;
    }
  result = cli_row (
      g_strdup_printf ("%s: %s", pisd_task_get_name (task), rows[row].what),
      pisd_sort_median (options->n_repeats, times), rows[row].unit != NULL ? rows[row].unit : "ms",
      g_strdup_printf ("median of %u, %u sensors a field, K = %u, %u thread%s", options->n_repeats,
                       options->n_sensors, self->scenario->settings.modes,
                       self->n_threads > 0 ? self->n_threads : g_get_num_processors (),
                       self->n_threads == 1 ? "" : "s"));
  result.maximum = rows[row].target;
  cli_table_add (self->table, result);
  return TRUE;
}

/* One of the sensors on a node where none is. */
static PisdSensors *
move_one (const PisdSensors *sensors, const PisdInstance *instance)
{
  PisdSensors *moved = pisd_sensors_dup (sensors);
  const PisdFieldInfo *info = pisd_problem_find_field (
      pisd_instance_get_equation (instance)->problem, sensors->items[0].field);
  guint frame = pisd_field_info_find_frame (info, sensors->items[0].t), j = 1;
  double y = pisd_field_info_get_node (info, PISD_GRID / 2);
  PisdSensor sensor;

  while (pisd_sensors_find (sensors, info, frame, pisd_field_info_get_node (info, j), y, 1e-9) >= 0)
    j++;
  sensor = pisd_sensor_at_node (instance, info, frame, PISD_GRID / 2, j, 0);
  pisd_sensors_remove (moved, sensors->n / 2);
  pisd_sensors_add (moved, &sensor);
  return moved;
}

static gboolean
bench_init (Bench *self, PisdTask task, GError **error)
{
  static const CliMethod method = { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, task, &method };
  PisdSettings *settings;

  self->scenario = cli_bench_make_scenario (self->options, &what, 0, error);
  if (self->scenario == NULL)
    return FALSE;
  settings = &self->scenario->settings;
  settings->modes = MODES;
  settings->steps = self->options->n_steps > 0 ? self->options->n_steps : SOLVE_STEPS;
  if (!cli_apply_sets (self->options->sets, settings, error))
    return FALSE;
  self->representation = pisd_representation_new (settings, error);
  if (self->representation == NULL)
    return FALSE;
  self->moved = move_one (self->scenario->sensors, self->scenario->instance);
  self->conditioning =
      pisd_conditioning_new (NULL, self->representation, self->scenario->sensors,
                             STEPS | PISD_FACTORS_MEAN, self->options->n_threads, NULL, error);
  if (self->conditioning == NULL)
    return FALSE;
  self->solver = pisd_solver_new (pisd_representation_get_equation (self->representation));
  self->mean[0] = pisd_field_new (PISD_GRID, PISD_GRID);
  self->mean[1] = pisd_field_new (PISD_GRID, PISD_GRID);
  self->z = g_new0 (double, pisd_representation_get_n (self->representation));
  return TRUE;
}

static gboolean
bench_task (const CliBenchOptions *options, PisdTask task, CliTable *table, GError **error)
{
  g_auto (Bench) self = { .options = options, .table = table };
  gboolean good;

  if (!bench_init (&self, task, error))
    return FALSE;
  cli_progress_begin (&self.progress, options->signals, pisd_task_get_name (task),
                      G_N_ELEMENTS (rows) * options->n_repeats);
  good = TRUE;
  for (guint row = 0; good && row < G_N_ELEMENTS (rows); row++)
    good = bench_row (&self, task, row, error);
  cli_progress_end (&self.progress);
  return good;
}

gboolean
cli_bench_posterior (const CliBenchOptions *options, CliTable *table, GError **error)
{
  return bench_task (options, PISD_TASK_FORWARD, table, error)
         && bench_task (options, PISD_TASK_INVERSE, table, error);
}
