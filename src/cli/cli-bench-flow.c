/* Navier-Stokes, whose posterior mode pisd-newton.h finds and around which it draws: errors and
 * calibration over random flows beside their targets, and how long that and its parts take. */
#include "cli-bench.h"

#include <math.h>

#include "cli-findings.h"
#include "pisd-basis.h"
#include "pisd-calibration.h"
#include "pisd-half-plane.h"
#include "pisd-newton.h"
#include "pisd-parallel.h"
#include "pisd-rng.h"
#include "pisd-vorticity-prior.h"

#define S PISD_GRID
#define ALL PISD_NEWTON_SIDE
#define DEFAULT_INSTANCES 4
#define DEFAULT_SAMPLES 16
#define CORRECTIONS 2    /* of a draw */
#define DRAWS_TARGET 2.0 /* seconds */
#define FRAMES 10
/* Of the truth, and of what an estimate of w (0) becomes: errors of 1e-5. */
#define FINE_STEPS 11
/* As on the finest level of the mode. */
#define ROWS_SIZE 64
#define ROWS_STEPS 7 /* from frame to frame */
#define N_ROWS 32
#define STEP_TARGET 30.0 /* nanoseconds */

static const PisdVorticityShape fine = { S, FRAMES, FINE_STEPS, 1e-3, 1.0, 0.1 };

/* Percent, and seconds, that each is at most to be. */
static const struct
{
  const char *name;
  guint frame;        /* that is observed */
  double first, last; /* errors of w (0) and w (1); NaN: none */
  double seconds;
} tasks[] = {
  [PISD_TASK_FORWARD] = { "forward", 0, NAN, 2.4, 0.3 },
  [PISD_TASK_INVERSE] = { "inverse", FRAMES - 1, 4.1, NAN, 3.0 },
};

typedef struct
{
  const CliBenchOptions *options;
  CliTable *table;
  CliProgress progress;
  PisdVorticity *solver;
  PisdVorticityPath *path;
  PisdTransform *transform;
  PisdField *frames[2]; /* the truth's first and last one */
  PisdField *estimate;
} Bench;

static void
bench_init (Bench *self, const CliBenchOptions *options, CliTable *table)
{
  self->options = options;
  self->table = table;
  self->solver = pisd_vorticity_new (&fine);
  self->path = pisd_vorticity_path_new (self->solver);
  self->transform = pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  self->frames[0] = pisd_field_new (S, S);
  self->frames[1] = pisd_field_new (S, S);
  self->estimate = pisd_field_new (S, S);
}

static void
bench_clear (Bench *self)
{
  pisd_vorticity_path_free (self->path);
  pisd_vorticity_free (self->solver);
  pisd_transform_free (self->transform);
  pisd_field_free (self->frames[0]);
  pisd_field_free (self->frames[1]);
  pisd_field_free (self->estimate);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* A box of modes on the grid. */
static void
synthesize (Bench *self, guint side, const double *box, PisdField *out)
{
  g_autofree double *all = g_new (double, S *S);

  pisd_periodic_resize (side, box, S, all);
  pisd_transform_synthesize (self->transform, all, out->data);
}

/* The last frame of the flow that begins with these modes. */
static gboolean
follow (Bench *self, guint side, const double *box, PisdField *last, GError **error)
{
  guint kept = pisd_vorticity_get_side (self->solver);
  g_autofree double *w0 = g_new (double, kept *kept);

  pisd_periodic_resize (side, box, kept, w0);
  if (!pisd_vorticity_path_solve (self->path, w0, NULL, error))
    return FALSE;
  synthesize (self, kept, pisd_vorticity_path_get_frame (self->path, FRAMES - 1), last);
  return TRUE;
}

static gboolean
make_truth (Bench *self, guint64 seed, GError **error)
{
  g_autofree double *all = g_new (double, S *S);

  pisd_vorticity_prior_sample (seed, self->frames[0]);
  pisd_transform_analyze (self->transform, self->frames[0]->data, all);
  return follow (self, S, all, self->frames[1], error);
}

/* Readings of random nodes. */
static PisdNewton *
make_newton (Bench *self, guint frame, guint64 seed)
{
  guint n = self->options->n_sensors;
  g_autofree guint *nodes = g_new (guint, n);
  g_autofree PisdNewtonSite *sites = g_new (PisdNewtonSite, n);

  pisd_rng_choose (seed, PISD_STREAM_SITES, frame, S * S, n, nodes);
  for (guint i = 0; i < n; i++)
    sites[i] = (PisdNewtonSite){ frame, pisd_basis_get_node (PISD_BASIS_PERIODIC, nodes[i] / S),
                                 pisd_basis_get_node (PISD_BASIS_PERIODIC, nodes[i] % S),
                                 self->frames[frame > 0]->data[nodes[i]], 0.0 };
  return pisd_newton_new (&fine, sites, n);
}

/* NULL: stopped or failed. */
static PisdNewton *
find_mode (Bench *self, guint frame, guint64 seed, GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options->signals);
  g_autoptr (PisdNewton) newton = make_newton (self, frame, seed);
  guint n;
  const PisdNewtonLevel *levels = pisd_newton_get_levels (newton, &n);

  for (guint i = 0; i < n; i++)
    if (!pisd_newton_step (newton, &levels[i], self->options->n_threads, cancel, error))
      return NULL;
  return g_steal_pointer (&newton);
}

static void
append (GArray *values, double value)
{
  g_array_append_val (values, value);
}

/* What one instance gives. */
enum
{
  FIRST_ERROR, /* of w (0), percent: of the mode, ... */
  LAST_ERROR,
  SECONDS,
  FIRST_MEAN_ERROR, /* ... and of the draws' mean */
  LAST_MEAN_ERROR,
  FIRST_SPREAD, /* mean square of standardised errors */
  LAST_SPREAD,
  DRAWS_SECONDS,
  N_FOUND
};

/* Draws of w (0), each with all its modes. */
typedef struct
{
  const PisdNewton *newton;
  guint64 seed;
  double *w; /* [n, ALL, ALL] */
} Draws;

static void
draw_one (guint lane, gpointer data)
{
  Draws *draws = data;

  pisd_newton_sample (draws->newton, draws->seed, lane, CORRECTIONS, NULL,
                      draws->w + (gsize) lane * ALL * ALL, NULL);
}

/* Mean and sum of squared deviations with one more value (Welford), number `n` from 1 on. */
static void
add_to (guint n, const PisdField *value, PisdField *mean, PisdField *squares)
{
  for (guint p = 0; p < S * S; p++)
    {
      double before = value->data[p] - mean->data[p];

      mean->data[p] += before / n;
      squares->data[p] += before * (value->data[p] - mean->data[p]);
    }
}

/* Error and spread of the draws of one frame. */
static void
judge (Bench *self,
       guint which,
       guint n,
       PisdField *mean,
       PisdField *squares,
       GArray *const found[])
{
  double calibration;

  for (guint p = 0; p < S * S; p++)
    squares->data[p] = sqrt (squares->data[p] / (n - 1));
  calibration = pisd_calibration (self->frames[which], mean, squares, n, NULL);
  append (found[FIRST_MEAN_ERROR + which],
          100.0 * pisd_field_relative_error (mean, self->frames[which]));
  append (found[FIRST_SPREAD + which], calibration * calibration);
}

static gboolean
draw_all (Bench *self,
          const PisdNewton *newton,
          guint64 seed,
          GArray *const found[],
          GError **error)
{
  guint n = self->options->n_samples > 0 ? self->options->n_samples : DEFAULT_SAMPLES;
  g_autofree double *w = g_new (double, (gsize) n *ALL *ALL);
  Draws draws = { newton, seed, w };
  PisdField *sums[2][2];
  gint64 start = g_get_monotonic_time ();
  gboolean good = TRUE;

  pisd_parallel (n, self->options->n_threads, NULL, draw_one, &draws);
  for (guint i = 0; i < 4; i++)
    sums[i / 2][i % 2] = pisd_field_new (S, S);
  for (guint i = 0; good && i < n; i++)
    {
      synthesize (self, ALL, w + (gsize) i * ALL * ALL, self->estimate);
      add_to (i + 1, self->estimate, sums[0][0], sums[0][1]);
      good = follow (self, ALL, w + (gsize) i * ALL * ALL, self->estimate, error);
      add_to (i + 1, self->estimate, sums[1][0], sums[1][1]);
    }
  append (found[DRAWS_SECONDS], 1e-6 * (double) (g_get_monotonic_time () - start));
  for (guint which = 0; which < 2; which++)
    judge (self, which, n, sums[which][0], sums[which][1], found);
  for (guint i = 0; i < 4; i++)
    pisd_field_free (sums[i / 2][i % 2]);
  return good;
}

static gboolean
run_instance (Bench *self, PisdTask task, guint number, GArray *const found[], GError **error)
{
  guint64 seed = self->options->seed + number;
  g_autoptr (PisdNewton) newton = NULL;
  gint64 start;

  if (!make_truth (self, seed, error))
    return FALSE;
  start = g_get_monotonic_time ();
  newton = find_mode (self, tasks[task].frame, seed, error);
  if (newton == NULL)
    return FALSE;
  append (found[SECONDS], 1e-6 * (double) (g_get_monotonic_time () - start));
  synthesize (self, ALL, pisd_newton_get_mode (newton), self->estimate);
  append (found[FIRST_ERROR], 100.0 * pisd_field_relative_error (self->estimate, self->frames[0]));
  if (!follow (self, ALL, pisd_newton_get_mode (newton), self->estimate, error))
    return FALSE;
  append (found[LAST_ERROR], 100.0 * pisd_field_relative_error (self->estimate, self->frames[1]));
  return draw_all (self, newton, seed, found, error);
}

static void
add_row (Bench *self,
         PisdTask task,
         const char *what,
         GArray *values,
         const char *unit,
         double most)
{
  CliEstimate mean = cli_estimate_mean (values);
  CliRow row =
      cli_row (g_strdup_printf ("navier-stokes, %s: %s", tasks[task].name, what), mean.mean, unit,
               g_strdup_printf ("mean of %u, %u sensors", values->len, self->options->n_sensors));

  row.error = mean.error;
  row.maximum = most;
  cli_table_add (self->table, row);
}

static void
add_calibration (Bench *self, PisdTask task, const char *frame, const GArray *spreads)
{
  CliRow row =
      cli_row (g_strdup_printf ("navier-stokes, %s: calibration of %s", tasks[task].name, frame),
               sqrt (cli_estimate_mean (spreads).mean), "",
               g_strdup_printf ("over %u instances", spreads->len));

  row.minimum = 0.9;
  row.maximum = 1.1;
  cli_table_add (self->table, row);
}

static void
add_rows (Bench *self, PisdTask task, GArray *const found[])
{
  add_row (self, task, "error of w (0), mode", found[FIRST_ERROR], "%", tasks[task].first);
  add_row (self, task, "error of w (1), mode", found[LAST_ERROR], "%", tasks[task].last);
  add_row (self, task, "from sensors to the mode", found[SECONDS], "s", tasks[task].seconds);
  add_row (self, task, "error of w (0), mean of draws", found[FIRST_MEAN_ERROR], "%",
           tasks[task].first);
  add_row (self, task, "error of w (1), mean of draws", found[LAST_MEAN_ERROR], "%",
           tasks[task].last);
  add_row (self, task, "draws, their flows and spread", found[DRAWS_SECONDS], "s", DRAWS_TARGET);
  add_calibration (self, task, "w (0)", found[FIRST_SPREAD]);
  add_calibration (self, task, "w (1)", found[LAST_SPREAD]);
}

static gboolean
run_task (Bench *self, PisdTask task, guint n_instances, GError **error)
{
  GArray *found[N_FOUND];
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    found[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; good && i < n_instances; i++, self->progress.part++)
    good = run_instance (self, task, i, found, error) && cli_bench_may_go_on (self->options, error);
  if (good)
    add_rows (self, task, found);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_array_unref (found[i]);
  return good;
}

/* One thread: microseconds of a solution, and of N_ROWS rows of its adjoint. */
typedef struct
{
  double solve, rows;
} Times;

static Times
time_once (PisdVorticityPath *path, guint side)
{
  gsize n = (gsize) side * side;
  g_autofree double *rows = g_new0 (double, N_ROWS *n);
  guint frame[N_ROWS];
  gint64 start = g_get_monotonic_time (), middle;

  rows[1] = S;
  pisd_vorticity_path_solve (path, rows, NULL, NULL);
  middle = g_get_monotonic_time ();
  for (guint i = 0; i < N_ROWS; i++)
    frame[i] = FRAMES - 1;
  pisd_vorticity_path_pull_back (path, N_ROWS, frame, rows, 1, NULL);
  return (Times){ (double) (middle - start), (double) (g_get_monotonic_time () - middle) };
}

static void
time_solver (Bench *self)
{
  const PisdVorticityShape shape = { ROWS_SIZE, FRAMES, ROWS_STEPS, 1e-3, 1.0, 0.1 };
  const double n_values = (FRAMES - 1.0) * ROWS_STEPS * ROWS_SIZE * ROWS_SIZE;
  g_autoptr (PisdVorticity) solver = pisd_vorticity_new (&shape);
  g_autoptr (PisdVorticityPath) path = pisd_vorticity_path_new (solver);
  guint n = self->options->n_repeats;
  g_autofree double *solve = g_new (double, n), *rows = g_new (double, n);
  CliRow row;

  for (guint i = 0; i < n; i++)
    {
      Times times = time_once (path, pisd_vorticity_get_side (solver));

      solve[i] = 1e3 * times.solve / n_values;
      rows[i] = 1e-3 * times.rows / N_ROWS;
    }
  row = cli_row (g_strdup ("a step of the solver, a node"), cli_bench_median (solve, n), "ns",
                 g_strdup_printf ("median of %u, %ux%u nodes, %u steps a frame, one thread", n,
                                  ROWS_SIZE, ROWS_SIZE, ROWS_STEPS));
  row.maximum = STEP_TARGET;
  cli_table_add (self->table, row);
  cli_table_add (self->table,
                 cli_row (g_strdup ("a row of the adjoint"), cli_bench_median (rows, n), "ms",
                          g_strdup_printf ("median of %u, mean of %u rows, as above", n, N_ROWS)));
}

gboolean
cli_bench_flow (const CliBenchOptions *options, CliTable *table, GError **error)
{
  guint n = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  g_auto (Bench) self = { 0 };
  gboolean good = TRUE;

  bench_init (&self, options, table);
  cli_progress_begin (&self.progress, options->signals, "flows", n * G_N_ELEMENTS (tasks));
  for (guint task = 0; good && task < G_N_ELEMENTS (tasks); task++)
    good = !(options->tasks >> task & 1) || run_task (&self, task, n, error);
  cli_progress_end (&self.progress);
  if (good)
    time_solver (&self);
  return good;
}
