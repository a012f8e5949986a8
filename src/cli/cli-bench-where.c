/* Where to measure next: how long the map takes, how far it is from the posterior that has the
 * sensor, and what the best places are worth. */
#include "cli-bench.h"

#include <math.h>

#include "cli-floor.h"
#include "pisd-placing.h"
#include "pisd-scatter.h"
#include "pisd-spread.h"

#define DEFAULT_INSTANCES 10
#define N_PLACED 100
#define N_CHECKED 4 /* nodes */

/* Milliseconds, and what the map may be wrong by. */
#define MAP_TARGET 1000
#define MOVE_TARGET 150
#define ERROR_TARGET 1e-6

typedef struct
{
  const CliBenchOptions *options;
  CliTable *table;
  CliProgress progress;
  PisdScenario *scenario;
  PisdRepresentation *representation;
  PisdQuestion question;
  PisdField *map;
} Bench;

static void
bench_clear (Bench *self)
{
  pisd_scenario_free (self->scenario);
  pisd_representation_free (self->representation);
  pisd_field_free (self->map);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static PisdInformation *
make (const Bench *self, const PisdInformation *from, const PisdSensors *sensors, GError **error)
{
  return pisd_information_new (from, &self->question, self->representation, sensors, NULL,
                               self->options->n_threads, NULL, error);
}

static void
add_row (Bench *self, char *what, double value, const char *unit, double target, char *counted)
{
  CliRow row = cli_row (what, value, unit, counted);

  row.maximum = target;
  cli_table_add (self->table, row);
}

/* Milliseconds: a map from nothing, and of a set of which one sensor has moved. */

static double
since (gint64 start)
{
  return 1e-3 * (double) (g_get_monotonic_time () - start);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
get_median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

/* Another place of a sensor every time. */
static void
move_one (PisdSensors *sensors, const PisdScenario *scenario, guint number)
{
  const PisdFieldInfo *info = pisd_problem_find_field (scenario->settings.problem, PISD_FIELD_A);

  pisd_sensors_edit (sensors)[sensors->n / 2] =
      pisd_sensor_at_node (scenario->instance, info, 0, 3 + number, 77, 0);
}

static gboolean
time_maps (Bench *self, GError **error)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint k = 0; k < self->options->n_repeats; k++)
    {
      g_autoptr (PisdSensors) sensors = pisd_sensors_dup (self->scenario->sensors);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (PisdInformation) before = make (self, NULL, sensors, error);
      g_autoptr (PisdInformation) after = NULL;
      double ms = since (start);

      if (before == NULL)
        return FALSE;
      g_array_append_val (first, ms);
      move_one (sensors, self->scenario, k);
      start = g_get_monotonic_time ();
      after = make (self, before, sensors, error);
      pisd_information_fill_map (after, self->map);
      ms = since (start);
      g_array_append_val (moved, ms);
    }
  add_row (self, g_strdup ("map of all nodes"), get_median (first), "ms", MAP_TARGET,
           g_strdup_printf ("median of %u, %u sensors", first->len, self->scenario->sensors->n));
  add_row (self, g_strdup ("map after one sensor moved"), get_median (moved), "ms", MOVE_TARGET,
           g_strdup_printf ("median of %u, %u sensors", moved->len, self->scenario->sensors->n));
  return TRUE;
}

/* Against the posterior's own spread with the sensor in. */

/* Sums of variances over those of the prior, both fields alike. */
static gboolean
get_left (Bench *self, const PisdSensors *sensors, double sums[2], GError **error)
{
  g_autoptr (PisdFactors) factors =
      pisd_factors_new (NULL, self->representation, sensors, NULL, PISD_FACTORS_MEAN,
                        self->options->n_threads, NULL, error);
  g_autoptr (PisdField) a = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) u = pisd_field_new (PISD_GRID, PISD_GRID);

  if (factors == NULL
      || !pisd_spread_compute (factors, self->options->n_threads, NULL, a, u, error))
    return FALSE;
  sums[0] = pow (pisd_field_norm (a), 2.0);
  sums[1] = pow (pisd_field_norm (u), 2.0);
  return TRUE;
}

static gboolean
check_map (Bench *self, GError **error)
{
  g_autoptr (PisdInformation) information = make (self, NULL, self->scenario->sensors, error);
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  const PisdFieldInfo *info =
      &pisd_operator_get (self->scenario->settings.problem)->fields[self->question.field];
  double prior[2], before[2], after[2], low, most, worst = 0.0;

  if (information == NULL || !get_left (self, none, prior, error)
      || !get_left (self, self->scenario->sensors, before, error))
    return FALSE;
  pisd_information_fill_map (information, self->map);
  pisd_field_get_range (self->map, &low, &most);
  for (guint k = 0; k < N_CHECKED; k++)
    {
      const guint i = 10 + 30 * k, j = 117 - 27 * k;
      g_autoptr (PisdSensors) more = pisd_sensors_dup (self->scenario->sensors);
      const PisdSensor sensor =
          pisd_sensor_at_node (self->scenario->instance, info, 0, i, j, self->question.sd);
      double gain = 0.0;

      pisd_sensors_add (more, &sensor);
      if (!get_left (self, more, after, error))
        return FALSE;
      for (guint f = 0; f < 2; f++)
        gain += 0.5 * (before[f] - after[f]) / prior[f];
      worst = fmax (worst, fabs (gain - self->map->data[i * PISD_GRID + j]));
    }
  add_row (self, g_strdup ("largest difference to the posterior with that sensor"), worst / most,
           "of the largest gain", ERROR_TARGET, g_strdup_printf ("%u nodes", N_CHECKED));
  return TRUE;
}

/* What the best places are worth. */

static gboolean
add_error (Bench *self,
           guint number,
           const guint *nodes,
           gboolean best,
           GArray *errors,
           GError **error)
{
  static const CliMethod exact = { PISD_GUIDANCE_EXACT, "exact", FALSE };
  const CliCase what = { self->scenario->settings.problem, PISD_TASK_FORWARD, &exact };
  g_autoptr (PisdScenario) scenario = cli_bench_make_scenario (self->options, &what, number, error);
  g_autoptr (PisdExact) answer = NULL;

  if (scenario == NULL)
    return FALSE;
  pisd_sensors_clear (scenario->sensors);
  if (!best)
    pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, N_PLACED, 0,
                          scenario->settings.seed);
  else if (!pisd_placing_apply (scenario, &self->question, nodes, N_PLACED, error))
    return FALSE;
  answer = pisd_exact_new (scenario, NULL, FALSE, self->options->n_threads, NULL, error);
  if (answer == NULL)
    return FALSE;
  g_array_append_val (errors, answer->errors[0]);
  return TRUE;
}

static gboolean
compare_places (Bench *self, GError **error)
{
  const guint n_instances =
      self->options->n_instances > 0 ? self->options->n_instances : DEFAULT_INSTANCES;
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  g_autoptr (PisdInformation) information = make (self, NULL, none, error);
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) random = g_array_new (FALSE, FALSE, sizeof (double));
  guint nodes[N_PLACED];
  double left[N_PLACED], by_chance[N_PLACED];
  gint64 start;

  if (information == NULL)
    return FALSE;
  pisd_placing_fill_curve (information, self->scenario, &self->question, PISD_PLACING_RANDOM,
                           N_PLACED, NULL, by_chance);
  start = g_get_monotonic_time ();
  pisd_placing_find_best (information, N_PLACED, NULL, nodes, left);
  add_row (self, g_strdup_printf ("places of the best %u", N_PLACED), since (start), "ms", NAN,
           g_strdup ("once"));
  add_row (self, g_strdup_printf ("expected error, best %u over random ones", N_PLACED),
           sqrt (left[N_PLACED - 1] / by_chance[N_PLACED - 1]), "", 1.0,
           g_strdup ("from the posterior"));
  for (guint k = 0; k < n_instances; k++)
    if (!add_error (self, k, nodes, TRUE, best, error)
        || !add_error (self, k, nodes, FALSE, random, error))
      return FALSE;
  add_row (self, g_strdup_printf ("error of a, best %u over random ones", N_PLACED),
           cli_estimate_mean (best).mean / cli_estimate_mean (random).mean, "", 1.0,
           g_strdup_printf ("exact means of %u instances", n_instances));
  return TRUE;
}

gboolean
cli_bench_where (const CliBenchOptions *options, CliTable *table, GError **error)
{
  static const CliMethod exact = { PISD_GUIDANCE_EXACT, "exact", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, &exact };
  g_auto (Bench) self = { .options = options, .table = table };

  self.scenario = cli_bench_make_scenario (options, &what, 0, error);
  if (self.scenario == NULL)
    return FALSE;
  self.representation = pisd_representation_new (&self.scenario->settings, error);
  if (self.representation == NULL)
    return FALSE;
  self.map = pisd_field_new (PISD_GRID, PISD_GRID);
  pisd_placing_choose_question (self.scenario, &self.question);
  return time_maps (&self, error) && check_map (&self, error) && compare_places (&self, error);
}
