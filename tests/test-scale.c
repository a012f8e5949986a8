/* Many readings: steps among the modes (pisd-axes, pisd-flow), entries in half the room
 * (pisd-covariance), requests to stop, and pisd-budget. */
#include "pisd-axes.h"
#include "pisd-budget.h"
#include "pisd-covariance.h"
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-flow.h"
#include "pisd-memory.h"
#include "pisd-run.h"
#include "pisd-spread.h"
#include "pisd-test-posterior.h"

#define STEPS (PISD_FACTORS_STEPS | PISD_FACTORS_TAIL)
#define EVERYTHING (STEPS | PISD_FACTORS_MEAN)

/* Sensors on nodes of a, beside them, and on u. */
static PisdScenario *
scenario_of (guint n_a, guint n_off, guint n_u, double sd)
{
  PisdScenario *scenario = case_scenario (&posterior_cases[0]);
  PisdSensors *sensors = scenario->sensors;

  pisd_sensors_clear (sensors);
  pisd_sensors_scatter (sensors, scenario->instance, PISD_FIELD_A, n_a + n_off, sd, 1);
  pisd_sensors_scatter (sensors, scenario->instance, PISD_FIELD_U, n_u, 0.01 * sd, 2);
  for (guint i = 0; i < n_off; i++)
    pisd_sensors_edit (sensors)[i].x += 0.3 / 127 * (sensors->items[i].x < 0.5 ? 1 : -1);
  pisd_sensors_measure (sensors, scenario->instance, 3);
  return scenario;
}

static PisdRepresentation *
represent (const PisdScenario *scenario)
{
  return pisd_representation_new (&scenario->settings, NULL);
}

/* A triangle's entries are those of whole matrices. */
static void
test_entries (void)
{
  g_autoptr (PisdScenario) scenario = scenario_of (50, 40, 60, 0.0);
  g_autoptr (PisdRepresentation) r = represent (scenario);
  g_autoptr (PisdFactors) f = pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 2, NULL, NULL);
  g_autoptr (PisdTriangle) all = pisd_triangle_new (f->n), tail = pisd_triangle_new (f->n);
  double scale = 0.0;

  g_assert_true (pisd_covariance_fill_triangle (f, FALSE, all, 2, NULL));
  g_assert_true (pisd_covariance_fill_triangle (f, TRUE, tail, 2, NULL));
  for (guint i = 0; i < f->n; i++)
    scale = MAX (scale, f->prior[i]);
  for (guint i = 0; i < f->n; i++)
    {
      for (guint j = 0; j <= i; j++)
        {
          double discarded = i == j ? f->discarded[i] : f->e[i * f->n + j];

          test_assert_close (pisd_triangle_get (all, i, j), f->a[i * f->n + j] + discarded,
                             1e-13 * scale);
          test_assert_close (pisd_triangle_get (tail, i, j), discarded, 1e-13 * scale);
        }
      test_assert_close (f->prior[i], pisd_triangle_get (all, i, i), 1e-13 * scale);
    }
}

/* Entries that the set before has had, with one sensor moved. */
static void
test_entries_from (void)
{
  g_autoptr (PisdScenario) scenario = scenario_of (1040, 4, 10, 0.0);
  g_autoptr (PisdRepresentation) r = represent (scenario);
  g_autoptr (PisdFactors) before =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, PISD_FACTORS_MEAN, 2, NULL, NULL);
  g_autoptr (PisdFactors) moved = NULL;
  g_autoptr (PisdFactors) fresh = NULL;

  pisd_sensors_edit (scenario->sensors)[500].y = 0.123;
  moved = pisd_factors_new (before, r, scenario->sensors, NULL, PISD_FACTORS_MEAN, 2, NULL, NULL);
  fresh = pisd_factors_new (NULL, r, scenario->sensors, NULL, PISD_FACTORS_MEAN, 2, NULL, NULL);
  g_assert_cmpuint (moved->n, >, PISD_COVARIANCE_WHOLE);
  g_assert_null (moved->a);
  test_assert_close (moved->jitter, fresh->jitter, 1e-12 * fresh->jitter);
  for (guint i = 0; i < moved->n; i++)
    for (guint j = 0; j <= i; j++)
      test_assert_close (pisd_triangle_get (moved->g, i, j), pisd_triangle_get (fresh->g, i, j),
                         1e-12 * fresh->prior[0]);
}

/* The same steps among the readings and among the modes: corrections, states and estimates of the
 * flow, and the mean; with exact sensors on both fields, and with noise. */
static void
compare_ways (guint n_a, guint n_u, double sd, double tolerance)
{
  static const double sigma[] = { 80.0, 5.0, 0.3, 0.01, 0.0 };
  g_autoptr (PisdScenario) scenario = scenario_of (n_a, 0, n_u, sd);
  g_autoptr (PisdRepresentation) r = represent (scenario);
  g_autoptr (PisdConditioning) by_readings =
      pisd_conditioning_new (NULL, r, scenario->sensors, EVERYTHING, 2, NULL, NULL);
  g_autoptr (PisdConditioning) by_modes =
      pisd_conditioning_new (NULL, r, scenario->sensors, 0, 2, NULL, NULL);
  g_autoptr (PisdFlow) one = NULL;
  g_autoptr (PisdFlow) two = NULL;
  PisdFactors *f = pisd_conditioning_get_factors (by_modes);
  const guint n = f->kept->n;
  g_autofree double *x = test_random (n, 5);
  g_autofree double *p = g_new (double, n);
  g_autofree double *q = g_new (double, n);

  f->by_modes = TRUE;
  g_assert_true (pisd_conditioning_prepare (by_modes, STEPS, 2, NULL, NULL));
  g_assert_nonnull (f->axes);
  g_assert_null (f->w);
  for (guint k = 0; k + 1 < G_N_ELEMENTS (sigma); k++)
    {
      double c = sigma[k] * sigma[k] / (1.0 + sigma[k] * sigma[k]);

      memcpy (p, x, sizeof (double) * n);
      memcpy (q, x, sizeof (double) * n);
      pisd_conditioning_correct (by_readings, c, p);
      pisd_conditioning_correct (by_modes, c, q);
      for (guint i = 0; i < n; i++)
        test_assert_close (q[i], p[i], tolerance);
    }
  one = pisd_flow_new (by_readings, x);
  two = pisd_flow_new (by_modes, x);
  for (guint k = 0; k < G_N_ELEMENTS (sigma); k++)
    {
      pisd_flow_get_estimate (one, sigma[k], p);
      pisd_flow_get_estimate (two, sigma[k], q);
      for (guint i = 0; i < n; i++)
        test_assert_close (q[i], p[i], tolerance);
      pisd_flow_get_state (one, p);
      pisd_flow_get_state (two, q);
      for (guint i = 0; i < n; i++)
        test_assert_close (q[i], p[i], tolerance);
      if (k + 1 == G_N_ELEMENTS (sigma))
        break;
      pisd_flow_step (one, sigma[k], sigma[k + 1]);
      pisd_flow_step (two, sigma[k], sigma[k + 1]);
    }
}

static void
test_ways (void)
{
  compare_ways (400, 0, 0.0, 1e-8);
  compare_ways (300, 200, 0.1, 1e-8);
  compare_ways (0, 400, 0.0, 1e-3);
  compare_ways (60, 0, 0.0, 1e-8);
}

/* The mean by axes, without a factor of G, is the one by that factor. */
static void
test_mean (void)
{
  g_autoptr (PisdScenario) scenario = scenario_of (900, 0, 200, 0.0);
  g_autoptr (PisdRepresentation) r = represent (scenario);
  g_autoptr (PisdConditioning) steps =
      pisd_conditioning_new (NULL, r, scenario->sensors, STEPS, 2, NULL, NULL);
  g_autoptr (PisdConditioning) mean =
      pisd_conditioning_new (NULL, r, scenario->sensors, PISD_FACTORS_MEAN, 2, NULL, NULL);
  g_autoptr (PisdField) one = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) two = pisd_field_new (PISD_GRID, PISD_GRID);

  g_assert_null (pisd_conditioning_get_factors (steps)->l);
  g_assert_true (pisd_conditioning_knows_mean (steps));
  pisd_conditioning_get_mean (steps, NULL, one);
  pisd_conditioning_get_mean (mean, NULL, two);
  g_assert_cmpfloat (pisd_field_relative_error (one, two), <, 1e-6);
}

typedef gboolean (*Stoppable) (const PisdScenario *scenario,
                               const PisdRepresentation *r,
                               PisdCancel *cancel,
                               GError **error);

static gboolean
make_all (const PisdScenario *scenario,
          const PisdRepresentation *r,
          PisdCancel *cancel,
          GError **error)
{
  g_autoptr (PisdFactors) f =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, EVERYTHING, 1, cancel, error);

  return f != NULL;
}

static gboolean
make_spread (const PisdScenario *scenario,
             const PisdRepresentation *r,
             PisdCancel *cancel,
             GError **error)
{
  g_autoptr (PisdExact) exact = pisd_exact_new (scenario, NULL, TRUE, 1, cancel, error);

  return exact != NULL;
}

static gboolean
make_prior (const PisdScenario *scenario,
            const PisdRepresentation *r,
            PisdCancel *cancel,
            GError **error)
{
  g_autoptr (PisdPrior) prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, r, 1, cancel, error);

  return prior != NULL;
}

/* Whatever look says stop, it is heard there: none comes after it, and what is made is nothing.  All
 * looks of a small set, some of a large one. */
static void
check_stops (const PisdScenario *scenario, Stoppable make, guint n_looks)
{
  g_autoptr (PisdRepresentation) r = represent (scenario);
  TestTrip all = { 0, G_MAXUINT };
  g_autoptr (PisdCancel) never = pisd_cancel_new_polling (test_trip, &all);
  guint step;

  g_assert_true (make (scenario, r, never, NULL));
  g_assert_cmpuint (all.looks, >, 3);
  step = MAX (1, all.looks / n_looks);
  for (guint limit = all.looks - 1; limit < all.looks; limit -= step)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (GError) error = NULL;

      g_assert_false (make (scenario, r, cancel, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
    }
}

static void
test_stops (void)
{
  g_autoptr (PisdScenario) few = scenario_of (30, 5, 20, 0.0);
  g_autoptr (PisdScenario) many = scenario_of (1020, 0, 10, 0.0);
  g_autoptr (PisdScenario) joint = scenario_of (1, 0, 0, 0.0);

  few->settings.space = many->settings.space = PISD_SPACE_DECOUPLED;
  check_stops (few, make_all, G_MAXUINT);
  check_stops (many, make_all, 4);
  check_stops (few, make_spread, 8);
  check_stops (joint, make_prior, G_MAXUINT);
}

/* What is made of the factors, by number: a mean, a sample, the discarded modes, what the readings
 * are held against. */
#define N_PRODUCTS 4

static gboolean
make_product (guint which,
              PisdConditioning *c,
              const PisdScenario *scenario,
              const PisdRepresentation *r,
              PisdCancel *cancel,
              PisdField *a,
              PisdConsistency *consistency)
{
  PisdFactors *f = pisd_conditioning_get_factors (c);
  g_autofree double *z = g_new0 (double, f->kept->n);

  switch (which)
    {
    case 0:
      return pisd_conditioning_get_mean (c, cancel, a);
    case 1:
      return pisd_conditioning_sample (c, 3, 1, cancel, a);
    case 2:
      return pisd_conditioning_complete (c, z, 3, 1, cancel, a);
    default:
      return pisd_consistency_check (r, scenario->sensors, f, cancel, consistency);
    }
}

/* Each looks once a tile and direction, stops at every look, and leaves what it was to fill as it
 * was. */
static void
test_products_stop (void)
{
  g_autoptr (PisdScenario) scenario = scenario_of (1030, 0, 10, 0.0);
  g_autoptr (PisdRepresentation) r = represent (scenario);
  g_autoptr (PisdConditioning) c = pisd_conditioning_new (
      NULL, r, scenario->sensors, PISD_FACTORS_MEAN | PISD_FACTORS_TAIL, 2, NULL, NULL);
  g_autoptr (PisdField) a = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdConsistency consistency = { .n_extreme = 77 };

  for (guint which = 0; which < N_PRODUCTS; which++)
    for (guint limit = 0; limit <= 4; limit++)
      {
        TestTrip t = { 0, limit };
        g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
        gboolean done;

        for (guint p = 0; p < pisd_field_get_n (a); p++)
          a->data[p] = 7.0;
        done = make_product (which, c, scenario, r, cancel, a, &consistency);
        g_assert_cmpint (done, ==, limit == 4);
        g_assert_cmpuint (t.looks, ==, MIN (limit + 1, 4));
        for (guint p = 0; p < pisd_field_get_n (a) && !done; p++)
          g_assert_cmpfloat (a->data[p], ==, 7.0);
        g_assert_true (done || consistency.n_extreme == 77);
      }
}

static gboolean
refuse (guint64 done, guint64 total, gpointer data)
{
  return !test_trip (data);
}

/* A run that is stopped in its set-up ends there, keeps nothing half done, and the next one with the
 * same cache has the bits of a first one. */
static void
test_run_stops (void)
{
  g_autoptr (PisdScenario) scenario = scenario_of (80, 0, 20, 0.0);
  g_auto (PisdRunCache) cache = { 0 };
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdResult) first = NULL;

  pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_SECOND_ORDER, PISD_TASK_BOTH,
                              TRUE);
  scenario->settings.steps = 5;
  for (guint limit = 0; limit < 4; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_run_again (scenario, NULL, 1, refuse, &t, &cache, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
      g_assert_null (cache.conditioning);
    }
  result = pisd_run_again (scenario, NULL, 1, NULL, NULL, &cache, NULL);
  first = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_assert_cmpmem (result->samples[0], sizeof (double) * PISD_GRID * PISD_GRID, first->samples[0],
                   sizeof (double) * PISD_GRID * PISD_GRID);
}

/* The estimate is no less than the real peak, and, beside the scratch space, no more than a third
 * above it. */
static void
test_bytes (void)
{
  static const struct
  {
    guint n_a, modes;
    PisdFactorsUses uses;
  } sets[] = { { 1500, 16, STEPS },
               { 1500, 16, EVERYTHING },
               { 1500, 16, PISD_FACTORS_MEAN },
               { 1100, 36, STEPS } };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autoptr (PisdScenario) scenario = scenario_of (sets[k].n_a, 0, 0, 0.0);
      g_autoptr (PisdRepresentation) r = NULL;
      g_autoptr (PisdFactors) f = NULL;
      gsize before, peak, estimate;

      scenario->settings.modes = sets[k].modes;
      r = represent (scenario);
      before = pisd_memory_begin_peak ();
      f = pisd_factors_new (NULL, r, scenario->sensors, NULL, sets[k].uses, 2, NULL, NULL);
      peak = pisd_memory_get_peak () - before;
      estimate = pisd_budget_bytes (f->n, f->kept->n, sets[k].uses);
      g_assert_cmpuint (estimate, >=, peak);
      g_assert_cmpuint (estimate - PISD_BUDGET_SCRATCH, <=, peak / 3 * 4);
    }
}

/* All nodes fit into 2 GB, whatever is asked for; more than there is does not, and says so. */
static void
test_budget (void)
{
  const guint n = PISD_GRID * PISD_GRID;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (pisd_budget_bytes (n, 1935, STEPS), <, (gsize) 2 << 30);
  g_assert_cmpuint (pisd_budget_bytes (n, 4095, STEPS), <, (gsize) 2 << 30);
  g_assert_cmpuint (pisd_budget_bytes (n, 1935, PISD_FACTORS_MEAN | PISD_FACTORS_SPREAD), <,
                    (gsize) 2 << 30);
  g_assert_true (pisd_budget_check (500, 1935, STEPS, 0, 1, NULL));
  g_assert_true (pisd_budget_check (5000, 1935, STEPS, 0, (gsize) 1 << 30, NULL));
  g_assert_false (pisd_budget_check (5000, 1935, STEPS, 0, (gsize) 1 << 27, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "got 5000 sensors"));
  g_assert_nonnull (strstr (error->message, "expected at most"));
}

/* What others hold is not there: the program as a whole stays within its budget. */
static void
test_budget_of_all (void)
{
  const guint n = PISD_GRID * PISD_GRID;
  const gsize plenty = (gsize) 1 << 40;
  double *held;

  g_assert_true (pisd_budget_check (n, 1935, STEPS, 0, plenty, NULL));
  held = pisd_memory_new (((gsize) 1 << 30) / sizeof (double));
  g_assert_false (pisd_budget_check (n, 1935, STEPS, 0, plenty, NULL));
  g_assert_true (pisd_budget_check (5000, 1935, STEPS, 0, plenty, NULL));
  pisd_memory_free (held);
  g_assert_true (pisd_budget_check (n, 1935, STEPS, 0, plenty, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/scale/entries", test_entries);
  g_test_add_func ("/engine/scale/entries-from", test_entries_from);
  g_test_add_func ("/engine/scale/ways", test_ways);
  g_test_add_func ("/engine/scale/mean", test_mean);
  g_test_add_func ("/engine/scale/stops", test_stops);
  g_test_add_func ("/engine/scale/run-stops", test_run_stops);
  g_test_add_func ("/engine/scale/bytes", test_bytes);
  g_test_add_func ("/engine/scale/budget", test_budget);
  g_test_add_func ("/engine/scale/budget-of-all", test_budget_of_all);
  g_test_add_func ("/engine/scale/products-stop", test_products_stop);
  return g_test_run ();
}
