/* Navier-Stokes, whose posterior mode pisd-newton.h finds and around which pisd-conditioning.h draws:
 * errors and calibration over random flows beside their targets, and how long that and its parts
 * take. */
#include "cli-bench.h"

#include <math.h>

#include "cli-findings.h"
#include "pisd-calibration.h"
#include "pisd-conditioning.h"
#include "pisd-parallel.h"
#include "pisd-rng.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define DEFAULT_INSTANCES 4
#define DEFAULT_SAMPLES 16
#define KEPT_MODES 44
#define DRAWS_TARGET 2.0 /* seconds */
#define FRAMES 10
/* As on the finest level of the mode. */
#define ROWS_SIZE 64
#define ROWS_STEPS 7 /* from frame to frame */
#define N_ROWS 32
#define STEP_TARGET 30.0 /* nanoseconds */

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

/* The first equation that is a flow. */
static PisdProblemId
find_problem (void)
{
  PisdProblemId id = 0;

  while (id + 1 < pisd_operator_get_n () && pisd_operator_get (id)->flow == NULL)
    id++;
  return id;
}

typedef struct
{
  const CliBenchOptions *options;
  CliTable *table;
  CliProgress progress;
  PisdSettings settings;
  PisdRepresentation *representation;
  PisdInstance *truth;
} Bench;

/* FALSE: the settings are refused. */
static gboolean
bench_init (Bench *self, const CliBenchOptions *options, CliTable *table, GError **error)
{
  self->options = options;
  self->table = table;
  pisd_settings_init_default (&self->settings);
  self->settings.problem = find_problem ();
  self->settings.constants[0] = pisd_operator_get (self->settings.problem)->constants[0].standard;
  self->settings.space = PISD_SPACE_DECOUPLED;
  self->settings.modes = KEPT_MODES;
  self->settings.mean_sd = 0.0;
  self->representation = pisd_representation_new (&self->settings, error);
  return self->representation != NULL;
}

static void
bench_clear (Bench *self)
{
  pisd_representation_free (self->representation);
  pisd_instance_unref (self->truth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static gboolean
make_truth (Bench *self, guint64 seed, GError **error)
{
  PisdEquation equation = pisd_settings_get_equation (&self->settings);

  g_clear_pointer (&self->truth, pisd_instance_unref);
  self->truth = pisd_instance_new_random (&equation, PISD_FAMILY_GRF, seed, error);
  return self->truth != NULL;
}

/* A frame of the truth, or of fields like it, on the grid: 0 the first, FRAMES - 1 the last. */
static PisdField
view_frame (PisdField *const *fields, guint frame)
{
  double *data = frame == 0 ? fields[0]->data : fields[1]->data + (frame - 1) * S * S;

  return (PisdField){ S, S, data };
}

/* Readings of random nodes. */
static PisdSensors *
make_sensors (Bench *self, guint frame, guint64 seed)
{
  const PisdFieldInfo *info =
      &pisd_operator_get (self->settings.problem)->fields[frame > 0 ? 1 : 0];
  PisdField read = view_frame (pisd_instance_get_fields (self->truth), frame);
  guint n = self->options->n_sensors;
  g_autofree guint *nodes = g_new (guint, n);
  PisdSensors *sensors = pisd_sensors_new ();

  pisd_rng_choose (seed, PISD_STREAM_SITES, frame, S * S, n, nodes);
  for (guint i = 0; i < n; i++)
    pisd_sensors_add (sensors, &(PisdSensor){ .field = info->id,
                                              .x = pisd_basis_get_node (info->basis, nodes[i] % S),
                                              .y = pisd_basis_get_node (info->basis, nodes[i] / S),
                                              .t = (double) frame / (FRAMES - 1),
                                              .value = read.data[nodes[i]] });
  return sensors;
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

/* Flows that are drawn: one field of all frames each. */
typedef struct
{
  PisdConditioning *conditioning;
  const PisdEquation *equation;
  guint64 seed;
  PisdField **fields; /* [n, 2] */
} Draws;

static void
new_fields (const PisdEquation *equation, PisdField **fields)
{
  for (guint f = 0; f < 2; f++)
    fields[f] = pisd_field_info_new_field (&pisd_operator_get (equation->problem)->fields[f]);
}

static void
draw_one (guint lane, gpointer data)
{
  Draws *draws = data;
  g_autoptr (PisdConditioning) own = pisd_conditioning_new_shared (draws->conditioning);
  g_autoptr (PisdSolver) solver = pisd_solver_new (draws->equation);
  PisdField **fields = draws->fields + 2 * lane;

  new_fields (draws->equation, fields);
  pisd_conditioning_sample (own, draws->seed, lane, NULL, fields[0]);
  pisd_solver_complete (solver, fields);
}

/* Error and spread of the draws of one frame. */
static void
judge (Bench *self, const Draws *draws, guint n, guint frame, GArray *const found[])
{
  PisdField truth = view_frame (pisd_instance_get_fields (self->truth), frame);
  g_autoptr (PisdField) mean = pisd_field_new (S, S), squares = pisd_field_new (S, S);
  double calibration;

  for (guint i = 0; i < n; i++)
    {
      PisdField draw = view_frame (draws->fields + 2 * i, frame);

      for (guint p = 0; p < S * S; p++)
        {
          double before = draw.data[p] - mean->data[p];

          mean->data[p] += before / (i + 1);
          squares->data[p] += before * (draw.data[p] - mean->data[p]);
        }
    }
  for (guint p = 0; p < S * S; p++)
    squares->data[p] = sqrt (squares->data[p] / (n - 1));
  calibration = pisd_calibration (&truth, mean, squares, n, NULL);
  append (found[FIRST_MEAN_ERROR + (frame > 0)], 100.0 * pisd_field_relative_error (mean, &truth));
  append (found[FIRST_SPREAD + (frame > 0)], calibration * calibration);
}

static void
draw_all (Bench *self, PisdConditioning *conditioning, guint64 seed, GArray *const found[])
{
  PisdEquation equation = pisd_settings_get_equation (&self->settings);
  guint n = self->options->n_samples > 0 ? self->options->n_samples : DEFAULT_SAMPLES;
  g_autofree PisdField **fields = g_new (PisdField *, 2 * n);
  Draws draws = { conditioning, &equation, seed, fields };
  gint64 start = g_get_monotonic_time ();

  pisd_parallel (n, self->options->n_threads, NULL, draw_one, &draws);
  append (found[DRAWS_SECONDS], 1e-6 * (double) (g_get_monotonic_time () - start));
  judge (self, &draws, n, 0, found);
  judge (self, &draws, n, FRAMES - 1, found);
  for (guint i = 0; i < 2 * n; i++)
    pisd_field_free (fields[i]);
}

/* Errors of the mode's first and last frame. */
static void
judge_mode (Bench *self, PisdConditioning *conditioning, GArray *const found[])
{
  PisdEquation equation = pisd_settings_get_equation (&self->settings);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);
  PisdField *fields[2];

  new_fields (&equation, fields);
  pisd_conditioning_get_mean (conditioning, NULL, fields[0]);
  pisd_solver_complete (solver, fields);
  for (guint which = 0; which < 2; which++)
    {
      PisdField truth = view_frame (pisd_instance_get_fields (self->truth), which * (FRAMES - 1));
      PisdField estimate = view_frame (fields, which * (FRAMES - 1));

      append (found[FIRST_ERROR + which], 100.0 * pisd_field_relative_error (&estimate, &truth));
    }
  pisd_field_free (fields[0]);
  pisd_field_free (fields[1]);
}

static gboolean
run_instance (Bench *self, PisdTask task, guint number, GArray *const found[], GError **error)
{
  guint64 seed = self->options->seed + number;
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options->signals);
  g_autoptr (PisdConditioning) conditioning = NULL;
  g_autoptr (PisdSensors) sensors = NULL;
  gint64 start;

  if (!make_truth (self, seed, error))
    return FALSE;
  sensors = make_sensors (self, g_getenv ("FR") ? (guint) atoi (g_getenv ("FR")) : tasks[task].frame, seed);
  start = g_get_monotonic_time ();
  conditioning = pisd_conditioning_new (NULL, self->representation, sensors, PISD_FACTORS_MEAN,
                                        self->options->n_threads, cancel, error);
  if (conditioning == NULL)
    return FALSE;
  append (found[SECONDS], 1e-6 * (double) (g_get_monotonic_time () - start));
  judge_mode (self, conditioning, found);
  draw_all (self, conditioning, seed, found);
  return TRUE;
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

  if (!bench_init (&self, options, table, error))
    return FALSE;
  cli_progress_begin (&self.progress, options->signals, "flows", n * G_N_ELEMENTS (tasks));
  for (guint task = 0; good && task < G_N_ELEMENTS (tasks); task++)
    good = !(options->tasks >> task & 1) || run_task (&self, task, n, error);
  cli_progress_end (&self.progress);
  if (good)
    time_solver (&self);
  return good;
}
