/* The posterior of a flow, from sensors to mean, draws, steps and spread: sets of sensors of every
 * kind. */
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-flow.h"
#include "pisd-measure.h"
#include "pisd-test-flow.h"

#define S PISD_GRID

static PisdProblemId problem;

/* Sensors of a random flow, which they read. */
static PisdScenario *
make_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = test_flow_settings (problem, 44);
  scenario->instance = test_flow_new (5);
  return scenario;
}

/* n sensors in a corner of that side, on one frame, of all ten. */
static void
add_sensors (PisdScenario *scenario, guint n, guint frame, double side, double sd)
{
  for (guint i = 0; i < n; i++)
    pisd_sensors_add (scenario->sensors,
                      &(PisdSensor){ .field = frame == 0 ? PISD_FIELD_A : PISD_FIELD_U,
                                     .x = side * pisd_rng_uniform (1, PISD_STREAM_TEST, frame, i),
                                     .y = side * pisd_rng_uniform (2, PISD_STREAM_TEST, frame, i),
                                     .t = frame / 9.0,
                                     .sd = sd });
}

typedef struct
{
  const char *path;
  guint n, first, last; /* so many on each of these frames */
  double side, sd;
  double least, most; /* error of w (0) */
  double low, high;   /* how far draws are moved */
} Case;

#define BENT PISD_CONSISTENCY_BENT

static const Case cases[] = {
  { "one", 1, 9, 9, 1.0, 0.0, 0.5, 1.1, BENT, 0.5 },
  { "ten", 10, 9, 9, 1.0, 0.0, 0.3, 1.1, BENT, 0.5 },
  { "first-frame", 60, 0, 0, 1.0, 0.0, 0.05, 0.5, 0.0, 0.0 },
  { "frame-one", 60, 1, 1, 1.0, 0.0, 0.05, 0.5, 0.0, BENT },
  { "frame-four", 60, 4, 4, 1.0, 0.0, 0.05, 0.5, 0.0, 0.2 },
  { "all-frames", 12, 0, 9, 1.0, 0.0, 0.02, 0.5, 0.0, BENT },
  { "noisy", 30, 9, 9, 1.0, 2.0, 0.5, 1.1, 0.0, BENT },
  { "corner", 30, 9, 9, 0.1, 0.0, 0.2, 1.2, 0.5, 5.0 },
};

/* Errors are such as the spread expects, means and spread are numbers, and draws are moved far where a
 * few places say little of a flow. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdExact) exact = NULL;
  g_autoptr (GError) error = NULL;

  for (guint frame = c->first; frame <= c->last; frame++)
    add_sensors (scenario, c->n, frame, c->side, c->sd);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  exact = pisd_exact_new (scenario, NULL, TRUE, 2, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < 2; f++)
    {
      g_assert_true (pisd_field_is_finite (exact->mean[f]));
      g_assert_true (pisd_field_is_finite (exact->sd[f]));
      test_assert_below (exact->errors[f] / exact->expected[f], 2.0);
      test_assert_below (0.4, exact->errors[f] / exact->expected[f]);
    }
  g_assert_cmpint (exact->consistency.scale, ==, PISD_SCALE_FITS);
  g_assert_cmpfloat (exact->consistency.bend, >=, c->low);
  g_assert_cmpfloat (exact->consistency.bend, <=, c->high);
  test_assert_below (c->least, exact->errors[0]);
  test_assert_below (exact->errors[0], c->most);
}

/* Two exact readings of one place that contradict each other meet in the middle; at another time they
 * do not. */
static void
test_contradiction (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdExact) exact = NULL;

  for (guint i = 0; i < 3; i++)
    pisd_sensors_add (scenario->sensors, &(PisdSensor){ .field = PISD_FIELD_U,
                                                        .x = 0.25,
                                                        .y = 0.5,
                                                        .t = i < 2 ? 1.0 : 8 / 9.0,
                                                        .value = i == 0 ? 0.3 : 0.1 });
  exact = pisd_exact_new (scenario, NULL, FALSE, 1, NULL, NULL);
  g_assert_cmpuint (exact->n_sites, ==, 2);
  test_assert_close (exact->mean[1]->data[(8 * S + 64) * S + 32], 0.2, 1e-3);
  test_assert_close (exact->mean[1]->data[(7 * S + 64) * S + 32], 0.1, 1e-3);
}

/* What no flow can be: on the first frame an error that says so, on the last one a flow that does
 * not meet it, and the reading is named; and an error again where its square is no number. */
static void
test_impossible (void)
{
  static const struct
  {
    guint frame;
    double value;
  } readings[] = { { 0, 1e6 }, { 9, 1e6 }, { 9, 1e99 }, { 0, 1e200 }, { 9, 1e155 }, { 9, 1e302 } };

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      const guint frame = readings[i].frame;
      g_autoptr (PisdScenario) scenario = make_scenario ();
      g_autoptr (PisdExact) exact = NULL;
      g_autoptr (GError) error = NULL;

      pisd_sensors_add (scenario->sensors,
                        &(PisdSensor){ .field = frame == 0 ? PISD_FIELD_A : PISD_FIELD_U,
                                       .x = 0.3,
                                       .y = 0.4,
                                       .t = frame / 9.0,
                                       .value = readings[i].value });
      exact = pisd_exact_new (scenario, NULL, FALSE, 1, NULL, &error);
      if (frame == 0 || readings[i].value > 1e100)
        g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
      else
        {
          g_assert_no_error (error);
          g_assert_true (pisd_field_is_finite (exact->mean[1]));
          g_assert_cmpuint (exact->consistency.n_extreme, ==, 1);
        }
    }
}

static PisdConditioning *
condition (const PisdScenario *scenario, PisdFactorsUses uses)
{
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (GError) error = NULL;
  PisdConditioning *c = pisd_conditioning_new (NULL, r, scenario->sensors, uses, 2, NULL, &error);

  g_assert_no_error (error);
  return c;
}

/* How far the flow that begins with a field is from the readings, root mean square. */
static double
measure_misfit (const PisdScenario *scenario, const PisdField *a)
{
  g_autoptr (PisdInstance) flow =
      pisd_instance_new_from_source (TEST_EQUATION (problem, 1e-3), a, NULL, NULL);
  g_autoptr (PisdSensors) read = pisd_sensors_dup (scenario->sensors);
  double sum = 0.0;

  for (guint i = 0; i < read->n; i++)
    pisd_sensors_edit (read)[i].sd = 0.0;
  pisd_sensors_measure (read, flow, 1);
  for (guint i = 0; i < read->n; i++)
    sum += pow (read->items[i].value - scenario->sensors->items[i].value, 2.0) / read->n;
  return sqrt (sum);
}

/* Both kinds of draws, direct ones and those that steps end at, meet the readings by their own flow,
 * and are as far from the mean as each other. */
static void
test_draws (void)
{
  enum
  {
    N = 6
  };
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdConditioning) c = NULL;
  g_autoptr (PisdField) a = pisd_field_new (S, S), mean = pisd_field_new (S, S);
  double away[2] = { 0.0 };
  guint n;

  add_sensors (scenario, 8, 2, 1.0, 0.0);
  add_sensors (scenario, 12, 9, 1.0, 0.0);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  c = condition (scenario, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL);
  g_assert_true (pisd_conditioning_get_mean (c, NULL, mean));
  test_assert_below (measure_misfit (scenario, mean), 1e-3);
  n = pisd_conditioning_get_factors (c)->kept->n;
  for (guint kind = 0; kind < 2; kind++)
    for (guint lane = 0; lane < N; lane++)
      {
        g_autofree double *x = test_random (n, 10 + lane), *z = g_new (double, n);
        g_autoptr (PisdFlow) flow = NULL;

        for (guint i = 0; i < n; i++)
          x[i] *= 80.0;
        flow = pisd_flow_new (c, x);
        pisd_flow_step (flow, 80.0, 3.0);
        pisd_flow_step (flow, 3.0, 0.0);
        pisd_flow_get_state (flow, z);
        if (kind == 0)
          g_assert_true (pisd_conditioning_sample (c, 1, lane, NULL, a));
        else
          g_assert_true (pisd_conditioning_complete (c, z, 1, lane, NULL, a));
        test_assert_below (measure_misfit (scenario, a), 5e-3);
        for (guint p = 0; p < S * S; p++)
          a->data[p] -= mean->data[p];
        away[kind] += pow (pisd_field_norm (a), 2.0);
      }
  test_assert_close (log (away[0] / away[1]), 0.0, 0.5);
}

/* Steps in between, and the rungs that they are made on, leave what the flow ends at. */
static void
test_rungs (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdConditioning) c = NULL;
  g_autofree double *x = NULL;
  double *ends[2];
  guint n;

  add_sensors (scenario, 20, 9, 1.0, 0.0);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  c = condition (scenario, PISD_FACTORS_STEPS);
  n = pisd_conditioning_get_factors (c)->kept->n;
  x = test_random (n, 4);
  for (guint k = 0; k < 2; k++)
    {
      const double sigma[] = { 80.0, 20.0, 7.0, 3.0, 1.5, 0.5, 0.0 };
      g_autoptr (PisdFlow) flow = pisd_flow_new (c, x);

      for (guint i = 0; k == 0 && i + 1 < G_N_ELEMENTS (sigma); i++)
        pisd_flow_step (flow, sigma[i], sigma[i + 1]);
      if (k == 1)
        pisd_flow_step (flow, 80.0, 0.0);
      ends[k] = g_new (double, n);
      pisd_flow_get_state (flow, ends[k]);
    }
  test_assert_below (test_difference (ends[0], ends[1], n), 1e-9);
  g_free (ends[0]);
  g_free (ends[1]);
}

typedef struct
{
  guint n;
  PisdExact *early;
} Seen;

static void
keep (PisdExact *early, gpointer data)
{
  Seen *seen = data;

  seen->n++;
  seen->early = pisd_exact_ref (early);
}

/* A moved sensor: an early answer on the old rows, then the refined one; and none where the rows are
 * its own. */
static void
test_live (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdConditioning) before = NULL, c = NULL;
  g_autoptr (PisdExact) exact = NULL, fresh = NULL;
  Seen seen = { 0 };

  add_sensors (scenario, 16, 9, 1.0, 0.0);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  before = condition (scenario, PISD_FACTORS_MEAN);
  pisd_sensors_edit (scenario->sensors)[3].x = 0.77;
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  c = pisd_conditioning_new (before, r, scenario->sensors, PISD_FACTORS_MEAN, 1, NULL, NULL);
  g_assert_true (pisd_conditioning_is_outdated (c));
  exact = pisd_exact_new_live (scenario, c, FALSE, keep, &seen, 1, NULL, NULL);
  g_assert_cmpuint (seen.n, ==, 1);
  g_assert_false (pisd_conditioning_is_outdated (c));
  fresh = pisd_exact_new_live (scenario, NULL, FALSE, keep, &seen, 1, NULL, NULL);
  g_assert_cmpuint (seen.n, ==, 1);
  test_assert_below (pisd_field_relative_error (seen.early->mean[0], fresh->mean[0]), 0.1);
  test_assert_below (pisd_field_relative_error (exact->mean[0], fresh->mean[0]), 0.05);
  pisd_exact_unref (seen.early);
}

/* Another truth under the same sensors: what they read is that of another flow, which is found as if
 * nothing had been known. */
static void
test_other_truth (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdConditioning) before = NULL, c = NULL;
  g_autoptr (PisdExact) exact = NULL, fresh = NULL;

  add_sensors (scenario, 16, 9, 1.0, 0.0);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  before = condition (scenario, PISD_FACTORS_MEAN);
  pisd_instance_unref (scenario->instance);
  scenario->instance = test_flow_new (6);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  c = pisd_conditioning_new (before, r, scenario->sensors, PISD_FACTORS_MEAN, 1, NULL, NULL);
  exact = pisd_exact_new_live (scenario, c, FALSE, NULL, NULL, 1, NULL, NULL);
  fresh = pisd_exact_new (scenario, NULL, FALSE, 1, NULL, NULL);
  test_assert_below (pisd_field_relative_error (exact->mean[0], fresh->mean[0]), 1e-6);
}

/* A reading that no flow meets leads the rows astray: then nothing is taken over from before. */
static void
test_astray (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdNewton) before = NULL, quick = NULL, refined = NULL, fresh = NULL;

  add_sensors (scenario, 8, 9, 1.0, 0.0);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  before = pisd_newton_new (NULL, r, scenario->sensors, NULL, 0, 0, 2, NULL, NULL);
  pisd_sensors_edit (scenario->sensors)[3].value = 5.0;
  quick = pisd_newton_new (before, r, scenario->sensors, NULL, 0, 0, 2, NULL, NULL);
  g_assert_true (quick->is_outdated);
  refined = pisd_newton_new_refined (quick, 2, NULL, NULL);
  fresh = pisd_newton_new (NULL, r, scenario->sensors, NULL, 0, 0, 2, NULL, NULL);
  test_assert_below (
      test_difference (refined->mode, fresh->mode, pisd_newton_get_factors (fresh)->all->n), 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  problem = test_flow_get_problem ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/flow-posterior/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/engine/flow-posterior/contradiction", test_contradiction);
  g_test_add_func ("/engine/flow-posterior/impossible", test_impossible);
  g_test_add_func ("/engine/flow-posterior/draws", test_draws);
  g_test_add_func ("/engine/flow-posterior/rungs", test_rungs);
  g_test_add_func ("/engine/flow-posterior/live", test_live);
  g_test_add_func ("/engine/flow-posterior/live/other-truth", test_other_truth);
  g_test_add_func ("/engine/flow-posterior/live/astray", test_astray);
  return g_test_run ();
}
