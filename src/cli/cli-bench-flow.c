/* Navier-Stokes, whose posterior mode pisd-newton.h finds and around which pisd-conditioning.h
 * draws: errors and calibration over random flows beside their targets, and how long that and its
 * parts take. */
#include "cli-bench.h"

#include <math.h>

#include "cli-bench-flow-solver.h"
#include "cli-bench-flow-stop.h"
#include "cli-findings.h"
#include "pisd-calibration.h"
#include "pisd-conditioning.h"
#include "pisd-error.h"
#include "pisd-parallel.h"
#include "pisd-rng.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define DEFAULT_INSTANCES 4
#define DEFAULT_SAMPLES 16
#define KEPT_MODES 44
#define DRAWS_TARGET 2.0 /* seconds */
#define FRAMES 10
#define MOVED_TARGET 0.15 /* seconds */
#define REFINED_TARGET 1.0

/* Sensors, and what is to be reached: percent, and seconds. */
typedef struct
{
  const char *name;
  PisdTask task;
  guint n;            /* on each of the frames; 0: as many as the options say */
  guint begin, end;   /* the first and the last frame that is observed */
  double side, sd;    /* of the square that they are in, and of their noise */
  double first, last; /* errors of w (0) and w (1); NaN: none */
  double seconds;
} Set;

/* The two tasks, and with both of them other sets. */
static const Set sets[] = {
  { "forward", PISD_TASK_FORWARD, 0, 0, 0, 1.0, 0.0, NAN, 2.4, 0.3 },
  { "inverse", PISD_TASK_INVERSE, 0, FRAMES - 1, FRAMES - 1, 1.0, 0.0, 4.1, NAN, 3.0 },
  { "10 sensors", PISD_TASK_BOTH, 10, FRAMES - 1, FRAMES - 1, 1.0, 0.0, NAN, NAN, NAN },
  { "frame 1", PISD_TASK_BOTH, 500, 1, 1, 1.0, 0.0, NAN, NAN, NAN },
  { "frame 4", PISD_TASK_BOTH, 500, 4, 4, 1.0, 0.0, NAN, NAN, NAN },
  { "all frames", PISD_TASK_BOTH, 50, 0, FRAMES - 1, 1.0, 0.0, NAN, NAN, NAN },
  { "a corner", PISD_TASK_BOTH, 500, FRAMES - 1, FRAMES - 1, 0.25, 0.0, NAN, NAN, NAN },
  { "noise 1", PISD_TASK_BOTH, 500, FRAMES - 1, FRAMES - 1, 1.0, 1.0, NAN, NAN, NAN },
  { "5000 sensors", PISD_TASK_BOTH, 5000, FRAMES - 1, FRAMES - 1, 1.0, 0.0, NAN, NAN, NAN },
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
  const PisdOperator *row;
  PisdRepresentation *representation;
  PisdInstance *truth;
} Bench;

/* FALSE: the settings are refused. */
static gboolean
bench_init (Bench *self, const CliBenchOptions *options, CliTable *table, GError **error)
{
  PisdSettings own;

  self->options = options;
  self->table = table;
  pisd_settings_init_default (&self->settings);
  self->settings.problem = find_problem ();
  self->row = pisd_operator_get (self->settings.problem);
  if (self->row->flow == NULL)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN, "flow: the list of equations has none");
  self->settings.constants[0] = self->row->constants[0].standard;
  self->settings.space = PISD_SPACE_DECOUPLED;
  self->settings.modes = KEPT_MODES;
  self->settings.mean_sd = 0.0;
  own = self->settings;
  if (!cli_apply_sets (options->sets, &self->settings, error))
    return FALSE;
  if (!pisd_settings_check (&self->settings, error)
      || ((self->settings.problem != own.problem || self->settings.space != own.space)
          && !pisd_error_fail (error, PISD_ERROR_RANGE,
                               "flow: got another problem or space with --set, expected none")))
    return cli_blame (NULL, error);
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
view_frame (const PisdOperator *row, PisdField *const *fields, guint frame)
{
  guint field, number;

  pisd_operator_get_frame (row, frame, &field, &number);
  return pisd_field_get_frame (fields[field], number);
}

/* Readings of random nodes of a frame, in a square at the corner. */
static void
add_sensors (Bench *self, const Set *set, guint frame, guint64 seed, PisdSensors *sensors)
{
  const PisdFieldInfo *info = &self->row->fields[frame > 0 ? 1 : 0];
  guint n = set->n > 0 ? set->n : self->options->n_sensors, side = (guint) (set->side * S);
  PisdField read = view_frame (self->row, pisd_instance_get_fields (self->truth), frame);
  g_autofree guint *nodes = g_new (guint, n);
  g_autofree double *noise = g_new (double, n);

  pisd_rng_choose (seed, PISD_STREAM_SITES, frame, side * side, n, nodes);
  pisd_rng_fill_normal (seed, PISD_STREAM_READING, frame, 0, n, noise);
  for (guint i = 0; i < n; i++)
    {
      guint y = nodes[i] / side, x = nodes[i] % side;

      pisd_sensors_add (sensors, &(PisdSensor){ .field = info->id,
                                                .x = pisd_field_info_get_node (info, x),
                                                .y = pisd_field_info_get_node (info, y),
                                                .t = (double) frame / (FRAMES - 1),
                                                .value = read.data[y * S + x] + set->sd * noise[i],
                                                .sd = set->sd });
    }
}

static PisdSensors *
make_sensors (Bench *self, const Set *set, guint64 seed)
{
  PisdSensors *sensors = pisd_sensors_new ();

  for (guint frame = set->begin; frame <= set->end; frame++)
    add_sensors (self, set, frame, seed, sensors);
  return sensors;
}

static double
seconds_since (gint64 start)
{
  return 1e-6 * (double) (g_get_monotonic_time () - start);
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
  MOVED_SECONDS,   /* one sensor moves: until there is a first mean and its frames, ... */
  REFINED_SECONDS, /* ... and until that is the mode */
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
  PisdField truth = view_frame (self->row, pisd_instance_get_fields (self->truth), frame);
  g_autoptr (PisdField) mean = pisd_field_new (S, S), squares = pisd_field_new (S, S);
  double calibration;

  for (guint i = 0; i < n; i++)
    {
      PisdField draw = view_frame (self->row, draws->fields + 2 * i, frame);

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
  append (found[DRAWS_SECONDS], seconds_since (start));
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
      PisdField truth =
          view_frame (self->row, pisd_instance_get_fields (self->truth), which * (FRAMES - 1));
      PisdField estimate = view_frame (self->row, fields, which * (FRAMES - 1));

      append (found[FIRST_ERROR + which], 100.0 * pisd_field_relative_error (&estimate, &truth));
    }
  pisd_field_free (fields[0]);
  pisd_field_free (fields[1]);
}

/* The first sensor moves by some nodes, and its reading with it. */
static gboolean
move_sensor (Bench *self,
             const PisdConditioning *before,
             PisdSensors *sensors,
             PisdCancel *cancel,
             GArray *const found[],
             GError **error)
{
  PisdEquation equation = pisd_settings_get_equation (&self->settings);
  PisdField last = view_frame (self->row, pisd_instance_get_fields (self->truth), FRAMES - 1);
  PisdSensor *sensor = &pisd_sensors_edit (sensors)[0];
  guint y = (guint) rint (sensor->y * S), x = ((guint) rint (sensor->x * S) + 3) % S;
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);
  g_autoptr (PisdConditioning) moved = NULL;
  gint64 start = g_get_monotonic_time ();
  PisdField *fields[2];

  sensor->x = (double) x / S;
  sensor->value = last.data[y * S + x];
  moved = pisd_conditioning_new (before, self->representation, sensors, PISD_FACTORS_MEAN,
                                 self->options->n_threads, cancel, error);
  if (moved == NULL)
    return FALSE;
  new_fields (&equation, fields);
  pisd_conditioning_get_mean (moved, NULL, fields[0]);
  pisd_solver_complete (solver, fields);
  append (found[MOVED_SECONDS], seconds_since (start));
  pisd_field_free (fields[0]);
  pisd_field_free (fields[1]);
  if (!pisd_conditioning_refine (moved, self->options->n_threads, cancel, error))
    return FALSE;
  append (found[REFINED_SECONDS], seconds_since (start));
  return TRUE;
}

static gboolean
run_instance (Bench *self, const Set *set, guint number, GArray *const found[], GError **error)
{
  guint64 seed = self->options->seed + number;
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (self->options->signals);
  g_autoptr (PisdConditioning) conditioning = NULL;
  g_autoptr (PisdSensors) sensors = NULL;
  gint64 start;

  if (!make_truth (self, seed, error))
    return FALSE;
  sensors = make_sensors (self, set, seed);
  start = g_get_monotonic_time ();
  conditioning = pisd_conditioning_new (NULL, self->representation, sensors, PISD_FACTORS_MEAN,
                                        self->options->n_threads, cancel, error);
  if (conditioning == NULL)
    return FALSE;
  append (found[SECONDS], seconds_since (start));
  judge_mode (self, conditioning, found);
  draw_all (self, conditioning, seed, found);
  return set->task != PISD_TASK_INVERSE
         || move_sensor (self, conditioning, sensors, cancel, found, error);
}

static guint
count_sensors (const Bench *self, const Set *set)
{
  return (set->n > 0 ? set->n : self->options->n_sensors) * (set->end - set->begin + 1);
}

static void
add_row (Bench *self,
         const Set *set,
         const char *what,
         GArray *values,
         const char *unit,
         double most)
{
  CliEstimate mean = cli_estimate_mean (values);
  CliRow row =
      cli_row (g_strdup_printf ("%s, %s: %s", self->row->name, set->name, what), mean.mean, unit,
               g_strdup_printf ("mean of %u, %u sensors", values->len, count_sensors (self, set)));

  row.error = mean.error;
  row.maximum = most;
  cli_table_add (self->table, row);
}

static void
add_calibration (Bench *self, const Set *set, const char *frame, const GArray *spreads)
{
  CliRow row =
      cli_row (g_strdup_printf ("%s, %s: calibration of %s", self->row->name, set->name, frame),
               sqrt (cli_estimate_mean (spreads).mean), "",
               g_strdup_printf ("over %u instances", spreads->len));

  row.minimum = 0.9;
  row.maximum = 1.1;
  cli_table_add (self->table, row);
}

static void
add_rows (Bench *self, const Set *set, GArray *const found[])
{
  add_row (self, set, "error of w (0), mode", found[FIRST_ERROR], "%", set->first);
  add_row (self, set, "error of w (1), mode", found[LAST_ERROR], "%", set->last);
  add_row (self, set, "from sensors to the mode", found[SECONDS], "s", set->seconds);
  add_row (self, set, "error of w (0), mean of draws", found[FIRST_MEAN_ERROR], "%", set->first);
  add_row (self, set, "error of w (1), mean of draws", found[LAST_MEAN_ERROR], "%", set->last);
  if (set->task != PISD_TASK_BOTH)
    add_row (self, set, "draws, their flows and spread", found[DRAWS_SECONDS], "s", DRAWS_TARGET);
  if (found[MOVED_SECONDS]->len > 0)
    {
      add_row (self, set, "a moved sensor, first estimate", found[MOVED_SECONDS], "s",
               MOVED_TARGET);
      add_row (self, set, "a moved sensor, converged", found[REFINED_SECONDS], "s", REFINED_TARGET);
    }
  add_calibration (self, set, "w (0)", found[FIRST_SPREAD]);
  add_calibration (self, set, "w (1)", found[LAST_SPREAD]);
}

static gboolean
run_set (Bench *self, const Set *set, guint n_instances, GError **error)
{
  GArray *found[N_FOUND];
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    found[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; good && i < n_instances; i++, self->progress.part++)
    good = run_instance (self, set, i, found, error) && cli_bench_may_go_on (self->options, error);
  if (good)
    add_rows (self, set, found);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_array_unref (found[i]);
  return good;
}

static gboolean
is_chosen (const CliBenchOptions *options, const Set *set)
{
  return options->tasks >> set->task & 1;
}

gboolean
cli_bench_flow (const CliBenchOptions *options, CliTable *table, GError **error)
{
  guint n = options->n_instances > 0 ? options->n_instances : DEFAULT_INSTANCES;
  g_auto (Bench) self = { 0 };
  guint n_sets = 0;
  gboolean good = TRUE;

  if (!bench_init (&self, options, table, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    n_sets += is_chosen (options, &sets[i]);
  cli_progress_begin (&self.progress, options->signals, "flows", n * n_sets);
  for (guint i = 0; good && i < G_N_ELEMENTS (sets); i++)
    good = !is_chosen (options, &sets[i]) || run_set (&self, &sets[i], n, error);
  cli_progress_end (&self.progress);
  if (good)
    cli_bench_flow_solver (options, table);
  return good && cli_bench_flow_stop (options, self.settings.problem, table, error);
}
