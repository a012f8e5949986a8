#include "pisd-exact.h"
#include "pisd-flow.h"

#include "pisd-basis.h"
#include "pisd-grf.h"
#include "pisd-measure.h"
#include "pisd-npz.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-schedule.h"
#include "pisd-test-posterior.h"
#include "pisd-truth.h"

#define S PISD_GRID

/* The independent oracle's posterior means, from its own fields and sensors: 1e-3 of the field's norm is asked for. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  gboolean poisson = g_str_has_prefix (name, "poisson");
  static const char *const names[] = {
    "observed_a", "observed_u", "gp_forward_a", "gp_forward_u", "gp_inverse_a", "gp_inverse_u", NULL
  };
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), name, NULL);
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, S * S, NULL);

  g_assert_nonnull (arrays);
  for (guint task = 0; task < 2; task++)
    {
      g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
      g_autoptr (PisdExact) exact = NULL;
      const PisdArray *observed = g_ptr_array_index (arrays, task);
      PisdProblemId problem = poisson ? PISD_PROBLEM_POISSON : PISD_PROBLEM_HELMHOLTZ;

      scenario->settings.problem = problem;
      g_assert_true (pisd_truth_open (scenario, path, NULL));
      for (guint i = 0; i < 500; i++)
        {
          guint p = (guint) observed->data[i];
          PisdSensor s = test_sensor_at_node (
              scenario->instance, task == 0 ? PISD_FIELD_A : PISD_FIELD_U, p / S, p % S, 0.0);

          pisd_sensors_add (scenario->sensors, &s);
        }
      exact = pisd_exact_new (scenario, NULL, FALSE, 2, NULL, NULL);
      for (guint f = 0; f < 2; f++)
        {
          const PisdArray *golden = g_ptr_array_index (arrays, 2 + 2 * task + f);

          test_assert_below (test_difference (exact->mean[f]->data, golden->data, S * S), 1e-4);
        }
    }
}

/* The mean goes through noise-free readings, and the standard deviation vanishes there. */
static void
test_interpolates (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[2]);
  g_autoptr (PisdExact) exact = pisd_exact_new (scenario, NULL, TRUE, 1, NULL, NULL);
  double u_scale = pisd_field_norm (exact->mean[1]) / S;

  for (guint i = 0; i < scenario->sensors->n; i++)
    {
      const PisdSensor *s = &scenario->sensors->items[i];
      guint f = s->field == PISD_FIELD_A ? 0 : 1;
      guint p = (guint) (lround (s->y * (S - 1)) * S + lround (s->x * (S - 1)));

      test_assert_close (exact->mean[f]->data[p], s->value, f == 0 ? 1e-6 : 1e-6 * u_scale);
      test_assert_below (exact->sd[f]->data[p], f == 0 ? 1e-4 : 1e-3 * u_scale);
    }
}

/* Without sensors the posterior is the prior: mean zero, and at the centre the variance of all modes. */
static void
test_prior (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[0]);
  g_autoptr (PisdExact) exact = NULL;
  double variance = 0.0, y[S];

  pisd_sensors_clear (scenario->sensors);
  exact = pisd_exact_new (scenario, NULL, TRUE, 2, NULL, NULL);
  test_assert_close (pisd_field_norm (exact->mean[0]), 0.0, 0.0);
  pisd_basis_evaluate (PISD_BASIS_COSINE, S, 40.0 / (S - 1), y);
  for (guint j = 0; j < S; j++)
    for (guint k = 0; k < S; k++)
      variance += pow (pisd_grf_scale (j, k) * y[j] * y[k], 2);
  test_assert_close (exact->sd[0]->data[40 * S + 40] / sqrt (variance), 1.0, 1e-10);
  test_assert_close (exact->sd[0]->data[87 * S + 40] / sqrt (variance), 1.0, 1e-10);
}

/* One sensor moved: as a conditioning made from the start, up to rounding. */
static void
test_update (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[3]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdConditioning) before =
      pisd_conditioning_new (NULL, r, scenario->sensors, 0, 1, NULL, NULL);
  g_autoptr (PisdConditioning) updated = NULL;
  g_autoptr (PisdConditioning) fresh = NULL;
  g_autoptr (PisdField) one = pisd_field_new (S, S);
  g_autoptr (PisdField) two = pisd_field_new (S, S);
  PisdSensor added = test_sensor_at_node (scenario->instance, PISD_FIELD_U, 20, 31, 0.001);

  pisd_sensors_edit (scenario->sensors)[7].x = 0.123;
  pisd_sensors_edit (scenario->sensors)[50].value += 0.01;
  pisd_sensors_edit (scenario->sensors)[60].sd *= 2.0;
  pisd_sensors_remove (scenario->sensors, 12);
  pisd_sensors_add (scenario->sensors, &added);
  updated = pisd_conditioning_new (before, r, scenario->sensors, PISD_FACTORS_MEAN, 1, NULL, NULL);
  fresh = pisd_conditioning_new (NULL, r, scenario->sensors, 0, 1, NULL, NULL);
  pisd_conditioning_get_mean (updated, NULL, one);
  pisd_conditioning_get_mean (fresh, NULL, two);
  test_assert_below (pisd_field_relative_error (one, two), 1e-9);
}

/* The flow in its own coordinates and the correction on the full latent agree at every step, and the flow ends at a
 * latent whose readings are the measured ones. */
static void
test_flow (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[3]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdConditioning) c =
      pisd_conditioning_new (NULL, r, scenario->sensors, 0, 1, NULL, NULL);
  gsize n;
  const double sigmas[] = { 70.0, 10.0, 1.0, 0.1, 0.0 };
  g_autofree double *x = NULL, *m = NULL, *expected = NULL;
  g_autoptr (PisdFlow) flow = NULL;

  pisd_representation_get_offset (r, 0, &n);
  x = test_random (n, 5);
  m = g_new (double, n);
  expected = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    x[i] *= sigmas[0];
  flow = pisd_flow_new (c, x);
  for (guint k = 0; k < G_N_ELEMENTS (sigmas); k++)
    {
      double s2 = sigmas[k] * sigmas[k];

      pisd_flow_get_state (flow, x);
      pisd_flow_get_estimate (flow, sigmas[k], m);
      for (gsize i = 0; i < n; i++)
        expected[i] = x[i] / (1.0 + s2);
      if (s2 > 0.0)
        pisd_conditioning_correct (c, s2 / (1.0 + s2), expected);
      test_assert_below (test_difference (m, expected, n), 1e-9);
      if (k + 1 < G_N_ELEMENTS (sigmas))
        pisd_flow_step (flow, sigmas[k], sigmas[k + 1]);
    }
}

/* Samples are affine in their noise, so the mean of all that could be drawn is the one that starts at zero and is
 * completed with the mean: within 1 % of the exact one, which is what a finite first noise level leaves. */
static void
check_mean (PisdConditioning *c, const double *z)
{
  g_autoptr (PisdField) mean = pisd_field_new (S, S);
  g_autoptr (PisdField) exact = pisd_field_new (S, S);

  pisd_conditioning_complete (c, z, 0, PISD_CONDITIONING_MEAN, NULL, mean);
  pisd_conditioning_get_mean (c, NULL, exact);
  test_assert_below (pisd_field_relative_error (mean, exact), 0.01);
}

/* d = (x - m) / sigma with m conditioned */
static void
fill_slope (PisdConditioning *c, double sigma, const double *x, gsize n, double *d)
{
  double s2 = sigma * sigma;

  for (gsize i = 0; i < n; i++)
    d[i] = x[i] / (1.0 + s2);
  pisd_conditioning_correct (c, s2 / (1.0 + s2), d);
  for (gsize i = 0; i < n; i++)
    d[i] = (x[i] - d[i]) / sigma;
}

static void
test_mean_of_all (gconstpointer data)
{
  enum
  {
    n_steps = 60
  };
  g_autoptr (PisdScenario) scenario = case_scenario (data);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdConditioning) c =
      pisd_conditioning_new (NULL, r, scenario->sensors, 0, 1, NULL, NULL);
  g_autoptr (PisdFlow) flow = NULL;
  g_autofree double *x = NULL, *here = NULL, *there = NULL, *next = NULL;
  double sigma[n_steps + 1];
  gsize n;

  pisd_representation_get_offset (r, 0, &n);
  x = g_new0 (double, n);
  next = g_new (double, n);
  here = g_new (double, n);
  there = g_new (double, n);
  pisd_schedule_fill (&(PisdSchedule){ PISD_SCHEDULE_EDM, 0.002, 80.0, 7.0 }, n_steps, sigma);
  flow = pisd_flow_new (c, x);
  for (guint k = 0; k < n_steps; k++)
    pisd_flow_step (flow, sigma[k], sigma[k + 1]);
  pisd_flow_get_state (flow, next);
  check_mean (c, next);

  for (guint k = 0; k < n_steps; k++)
    {
      double h = sigma[k + 1] - sigma[k];

      fill_slope (c, sigma[k], x, n, here);
      for (gsize i = 0; i < n; i++)
        next[i] = x[i] + h * here[i];
      if (sigma[k + 1] > 0.0)
        fill_slope (c, sigma[k + 1], next, n, there);
      for (gsize i = 0; i < n; i++)
        x[i] = sigma[k + 1] > 0.0 ? x[i] + 0.5 * h * (here[i] + there[i]) : next[i];
    }
  check_mean (c, x);
}

/* Of a sample of the kept modes the readings leave what the discarded ones and the noise explain: y - H z has covariance
 * E, so its square in units of E is n, give or take.  A thousand noise-free sensors on u, of which 44 x 44 modes explain
 * nearly all: the hardest case for the factors, where rounding shows first. */
static void
test_dense (void)
{
  enum
  {
    n_steps = 60
  };
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[0]);
  g_autoptr (PisdRepresentation) r = NULL;
  g_autoptr (PisdConditioning) c = NULL;
  g_autoptr (PisdReadings) h = NULL;
  g_autoptr (PisdFlow) flow = NULL;
  g_autofree double *z = NULL, *misfit = NULL, *solved = NULL;
  const PisdFactors *f;
  double sigma[n_steps + 1];

  pisd_sensors_clear (scenario->sensors);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, 1000, 0.0, 1);
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  scenario->settings.modes = 44;
  r = pisd_representation_new (&scenario->settings, NULL);
  c = pisd_conditioning_new (NULL, r, scenario->sensors, 0, 2, NULL, NULL);
  pisd_conditioning_prepare (c, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL, 2, NULL, NULL);
  f = pisd_conditioning_get_factors (c);
  h = pisd_readings_new (&f->equation, f->kept, f->scale, f->sites, f->n, NULL);
  pisd_schedule_fill (&(PisdSchedule){ PISD_SCHEDULE_EDM, 0.002, 80.0, 7.0 }, n_steps, sigma);
  z = test_random (f->kept->n, 8);
  for (guint i = 0; i < f->kept->n; i++)
    z[i] *= sigma[0];
  flow = pisd_flow_new (c, z);
  for (guint k = 0; k < n_steps; k++)
    pisd_flow_step (flow, sigma[k], sigma[k + 1]);
  pisd_flow_get_state (flow, z);
  misfit = g_new (double, f->n);
  pisd_readings_apply (h, z, misfit);
  for (guint i = 0; i < f->n; i++)
    misfit[i] = f->y[i] - misfit[i];
  solved = g_memdup2 (misfit, sizeof (double) * f->n);
  pisd_factors_solve (f->l_tail, solved, NULL);
  test_assert_close (test_dot (misfit, solved, f->n) / f->n, 1.0, 4.0 * sqrt (2.0 / f->n));
}

/* What may come: one sensor, a corner full of them, noise that drowns everything, contradictions. */
typedef struct
{
  guint n;
  double span, sd;
  gboolean twice; /* every place is read again, as half as much more */
  double share;   /* of the value: what the posterior mean is where it was read */
} OddSet;

static const OddSet odd_sets[] = {
  { 1, 1.0, 0.0, FALSE, 1.0 },    { 200, 0.02, 0.0, FALSE, 1.0 }, { 50, 1.0, 1e6, FALSE, 0.0 },
  { 50, 1.0, 1e300, FALSE, 0.0 }, { 50, 1.0, 0.0, TRUE, 1.25 },
};

static void
place_odd_set (PisdScenario *scenario, const OddSet *set, PisdFieldId field)
{
  PisdSensors *sensors = scenario->sensors;

  pisd_sensors_clear (sensors);
  for (guint i = 0; i < set->n; i++)
    {
      PisdSensor s = { .field = field, .sd = set->sd, .t = field == PISD_FIELD_U };

      s.x = 0.01 + set->span * 0.98 * pisd_rng_uniform (2, PISD_STREAM_TEST, 0, i);
      s.y = 0.01 + set->span * 0.98 * pisd_rng_uniform (2, PISD_STREAM_TEST, 1, i);
      pisd_sensors_add (sensors, &s);
    }
  pisd_sensors_measure (sensors, scenario->instance, 4);
  for (guint i = 0; set->twice && i < set->n; i++)
    {
      PisdSensor s = sensors->items[i];

      s.value *= 1.5;
      pisd_sensors_add (sensors, &s);
    }
}

/* The largest difference between what a source and its solution read at the first places of the set
 * and `share` of the values there, relative to the largest value. */
static double
get_misfit (const PisdScenario *scenario, const OddSet *set, const PisdField *source)
{
  const PisdSensor *items = scenario->sensors->items;
  g_autoptr (PisdInstance) instance =
      pisd_instance_new_from_source (TEST_EQUATION (PISD_PROBLEM_POISSON, 0.0), source, NULL, NULL);
  g_autoptr (PisdSensors) probes = pisd_sensors_new ();
  double off = 0.0, largest = 0.0;

  for (guint i = 0; i < set->n; i++)
    {
      PisdSensor probe = items[i];

      probe.sd = 0.0;
      pisd_sensors_add (probes, &probe);
    }
  pisd_sensors_measure (probes, instance, 0);
  for (guint i = 0; i < set->n; i++)
    {
      off = fmax (off, fabs (probes->items[i].value - set->share * items[i].value));
      largest = fmax (largest, fabs (items[i].value));
    }
  return off / largest;
}

/* The mean says what was read, nothing where noise drowns it, the middle of two that contradict
 * each other; a sample is as large as the truth, which is one of the prior's own. */
static void
test_odd_set (gconstpointer data)
{
  const OddSet *set = data;

  for (PisdFieldId field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
    {
      g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[0]);
      g_autoptr (PisdResult) result = NULL;
      g_autoptr (PisdExact) exact = NULL;

      place_odd_set (scenario, set, field);
      exact = pisd_exact_new (scenario, NULL, set->n == 1, 2, NULL, NULL);
      pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_SECOND_ORDER, PISD_TASK_BOTH,
                                  TRUE);
      result = pisd_run (scenario, NULL, 2, NULL, NULL, NULL);
      g_assert_nonnull (result);
      test_assert_below (get_misfit (scenario, set, exact->mean[0]), 1e-6);
      for (guint f = 0; f < 2; f++)
        {
          double truth = pisd_field_norm (pisd_instance_get_field (scenario->instance, f));
          double share = pisd_field_norm (result->mean[f]) / truth;

          g_assert_true (exact->sd[f] == NULL || pisd_field_is_finite (exact->sd[f]));
          test_assert_close (log2 (share), 0.0, 1.2);
          test_assert_below (pisd_field_norm (exact->mean[f]) / truth, 1.3);
        }
    }
}

int
main (int argc, char **argv)
{
  static const char *const files[] = { "poisson-00.npz", "poisson-01.npz", "helmholtz-00.npz",
                                       "helmholtz-01.npz" };
  static const TestCheck checks[] = { { "mean-of-all", test_mean_of_all } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/exact/golden/%s", files[i]);

      g_test_add_data_func (path, files[i], test_golden);
    }
  test_add_cases ("/engine/exact", checks, posterior_cases);
  g_test_add_func ("/engine/exact/interpolates", test_interpolates);
  g_test_add_func ("/engine/exact/prior", test_prior);
  g_test_add_func ("/engine/exact/update", test_update);
  g_test_add_func ("/engine/exact/flow", test_flow);
  g_test_add_func ("/engine/exact/dense", test_dense);
  for (guint k = 0; k < G_N_ELEMENTS (odd_sets); k++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/exact/odd-sets/%u", k);

      g_test_add_data_func (path, &odd_sets[k], test_odd_set);
    }
  return g_test_run ();
}
