#include "pisd-factors.h"

#include "pisd-measure.h"
#include "pisd-scatter.h"
#include "pisd-test-posterior.h"

/* Entry of [H T] [H T]' over some of the modes. */
static double
entry (const PisdFactors *f, const double *rows, guint i, guint j, guint first, guint n)
{
  return test_dot (rows + (gsize) i * f->all->n + first, rows + (gsize) j * f->all->n + first, n);
}

static void
check_entries (const PisdFactors *f)
{
  g_autofree double *rows = g_new (double, (gsize) f->n * f->all->n);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, NULL);
  double scale[2] = { 0.0 };
  guint n_kept = f->kept->n;

  pisd_readings_fill_rows (readings, 0, f->n, rows);
  for (guint i = 0; i < f->n; i++)
    {
      scale[0] = MAX (scale[0], entry (f, rows, i, i, 0, n_kept));
      scale[1] = MAX (scale[1], entry (f, rows, i, i, n_kept, f->tail->n));
    }
  for (guint i = 0; i < f->n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double discarded = entry (f, rows, i, j, n_kept, f->tail->n);
        double noise = i == j ? f->sites[i].variance + f->jitter : 0.0;

        test_assert_close (f->a[i * f->n + j], entry (f, rows, i, j, 0, n_kept), 1e-13 * scale[0]);
        test_assert_close (f->e[i * f->n + j], discarded + noise,
                           1e-13 * scale[1] + 1e-15 * f->sites[i].variance);
        if (i == j)
          test_assert_close (f->discarded[i], discarded, 1e-13 * scale[1]);
      }
}

/* A and E are what rows of [H T] make them, whether they come from tables, from products of rows or from readings. */
static void
test_entries (gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = case_scenario (data);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) f = pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 2, NULL, NULL);

  check_entries (f);
}

/* More sites of every kind than a thread takes at a time. */
static PisdScenario *
many_scenario (guint n_each)
{
  PisdScenario *scenario = case_scenario (&posterior_cases[0]);
  PisdSensors *sensors = scenario->sensors;

  pisd_sensors_clear (sensors);
  pisd_sensors_scatter (sensors, scenario->instance, PISD_FIELD_A, 2 * n_each, 0.0, 1);
  pisd_sensors_scatter (sensors, scenario->instance, PISD_FIELD_U, n_each, 0.0, 2);
  for (guint i = 0; i < n_each; i++)
    pisd_sensors_edit (sensors)[i].x += 0.3 / 127 * (sensors->items[i].x < 0.5 ? 1 : -1);
  pisd_sensors_measure (sensors, scenario->instance, 3);
  return scenario;
}

/* From other sensors: some moved, one gone, and the noise of all of those on u, which was a thousand times as large as what
 * they read, taken away. */
static void
test_from (void)
{
  g_autoptr (PisdScenario) scenario = many_scenario (70);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) before = NULL;
  g_autoptr (PisdFactors) f = NULL;

  for (guint i = 0; i < scenario->sensors->n; i++)
    if (scenario->sensors->items[i].field == PISD_FIELD_U)
      pisd_sensors_edit (scenario->sensors)[i].sd = 10.0;
  before = pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 2, NULL, NULL);
  check_entries (before);
  for (guint i = 0; i < scenario->sensors->n; i++)
    pisd_sensors_edit (scenario->sensors)[i].sd = 0.0;
  for (guint i = 0; i < scenario->sensors->n; i += 30)
    pisd_sensors_edit (scenario->sensors)[i].y = 0.002 * (i + 3);
  pisd_sensors_remove (scenario->sensors, 40);
  f = pisd_factors_new (before, r, scenario->sensors, NULL, 0, 2, NULL, NULL);
  check_entries (f);
}

/* W G W' = I and W A W' = diag (1 - v), up to what the condition of G makes of rounding. */
static void
test_diagonal (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[3]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) f = pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 2, NULL, NULL);
  guint n = f->n;
  g_autofree double *v = test_random (n, 4);
  g_autofree double *s = g_new (double, n);
  g_autofree double *t = g_new (double, n);

  g_assert_true (pisd_factors_prepare (f, PISD_FACTORS_STEPS, 2, NULL, NULL));
  for (guint pass = 0; pass < 2; pass++)
    {
      pisd_factors_multiply_w_adjoint (f, v, s);
      for (guint i = 0; i < n; i++)
        {
          t[i] = 0.0;
          for (guint j = 0; j < n; j++)
            {
              gsize at = (gsize) MAX (i, j) * n + MIN (i, j);

              t[i] += (f->a[at] + (pass == 0 ? f->e[at] : 0.0)) * s[j];
            }
        }
      pisd_factors_multiply_w (f, t, s);
      for (guint i = 0; i < n; i++)
        test_assert_close (s[i], v[i] * (pass == 0 ? 1.0 : 1.0 - f->v[i]), 1e-7);
    }
}

/* Same bits whatever the number of threads. */
static void
test_threads (void)
{
  g_autoptr (PisdScenario) scenario = many_scenario (130);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) one =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 1, NULL, NULL);
  g_autoptr (PisdFactors) two =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 3, NULL, NULL);
  gsize size = (gsize) one->n * one->n * sizeof (double);

  g_assert_cmpuint (one->n, >, 256);
  g_assert_true (pisd_factors_prepare (one, PISD_FACTORS_STEPS, 1, NULL, NULL));
  g_assert_true (pisd_factors_prepare (two, PISD_FACTORS_STEPS, 3, NULL, NULL));
  g_assert_cmpmem (pisd_triangle_row (one->l, 0), size, pisd_triangle_row (two->l, 0), size);
  g_assert_cmpmem (one->w, size, two->w, size);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = { { "entries", test_entries } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/factors", checks, posterior_cases);
  g_test_add_func ("/engine/factors/from", test_from);
  g_test_add_func ("/engine/factors/diagonal", test_diagonal);
  g_test_add_func ("/engine/factors/threads", test_threads);
  return g_test_run ();
}
