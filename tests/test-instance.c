#include "pisd-instance.h"

#include "pisd-grf.h"
#include "pisd-solver.h"
#include "pisd-sources.h"
#include "pisd-test.h"

#define S PISD_GRID

/* The independent generator's fields: our exact solver gives its solution from its source. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), name, NULL);
  PisdProblemId problem =
      g_str_has_prefix (name, "poisson") ? PISD_PROBLEM_POISSON : PISD_PROBLEM_HELMHOLTZ;
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  g_autoptr (PisdInstance) golden =
      pisd_instance_new_from_npz (TEST_EQUATION (problem, 1.0), input, NULL);
  g_autoptr (PisdInstance) ours = NULL;

  g_assert_nonnull (golden);
  ours = pisd_instance_new_from_source (TEST_EQUATION (problem, 1.0),
                                        pisd_instance_get_field (golden, PISD_FIELD_A), NULL, NULL);
  test_assert_below (pisd_field_relative_error (pisd_instance_get_field (ours, PISD_FIELD_A),
                                                pisd_instance_get_field (golden, PISD_FIELD_A)),
                     1e-15);
  test_assert_below (pisd_field_relative_error (pisd_instance_get_field (ours, PISD_FIELD_U),
                                                pisd_instance_get_field (golden, PISD_FIELD_U)),
                     1e-11);
}

/* Mean square of many random fields at a node, against the sum of the squared scales: and zero
 * mean. */
static void
test_grf_statistics (void)
{
  const guint n = 300;
  g_autoptr (PisdField) f = pisd_field_new (S, S);
  double square = 0.0, variance = 0.0, spread = 0.0, mean = 0.0;

  for (guint seed = 0; seed < n; seed++)
    {
      pisd_family_sample (PISD_FAMILY_GRF, seed, f);
      square += pow (pisd_field_norm (f) / S, 2) / n;
      for (guint p = 0; p < S * S; p++)
        mean += f->data[p] / (S * S);
    }
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        double v = pow (pisd_grf_scale (i, j) / S, 2);

        variance += v;
        spread += 2.0 * v * v;
      }
  test_assert_close (square, variance, 5.0 * sqrt (spread / n));
  test_assert_close (mean / n, 0.0, 1e-14);
}

/* DESIGN section 6: amplitudes, and the number of different values of an inclusion field. */
static void
test_families (void)
{
  g_autoptr (PisdField) f = pisd_field_new (S, S);

  for (guint seed = 0; seed < 50; seed++)
    {
      double seen[8];
      guint n_seen = 0;

      pisd_family_sample (PISD_FAMILY_INCLUSIONS, seed, f);
      for (guint p = 0; p < S * S; p++)
        {
          guint i = 0;

          while (i < n_seen && seen[i] != f->data[p])
            i++;
          if (i < n_seen)
            continue;
          g_assert_cmpuint (n_seen, <, 7);
          g_assert_true (f->data[p] == 0.0
                         || (fabs (f->data[p]) >= 0.5 && fabs (f->data[p]) <= 2.0));
          seen[n_seen++] = f->data[p];
        }
      g_assert_cmpuint (n_seen, >=, 2);
      pisd_family_sample (PISD_FAMILY_BLOBS, seed, f);
      g_assert_cmpfloat (pisd_field_norm (f), >, 1.0);
      test_assert_below (pisd_field_norm (f) / S, 8 * 2.0);
    }
}

static void
test_helmholtz_boundary (void)
{
  g_autoptr (PisdInstance) instance = pisd_instance_new_random (
      TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 1.0), PISD_FAMILY_GRF, 1, NULL);
  g_autoptr (PisdSolver) solver = pisd_solver_new (pisd_instance_get_equation (instance));
  const PisdField *a = pisd_instance_get_field (instance, PISD_FIELD_A);

  for (guint i = 0; i < S; i++)
    g_assert_true (a->data[i] == 0.0 && a->data[i * S] == 0.0 && a->data[i * S + S - 1] == 0.0
                   && a->data[(S - 1) * S + i] == 0.0);
  g_assert_null (pisd_instance_get_field (instance, PISD_FIELD_W));
  test_assert_below (
      pisd_solver_relative_residual (solver, PISD_DIFFERENCES, pisd_instance_get_fields (instance)),
      1e-10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/instance/golden/poisson-00", "poisson-00.npz", test_golden);
  g_test_add_data_func ("/engine/instance/golden/poisson-01", "poisson-01.npz", test_golden);
  g_test_add_data_func ("/engine/instance/golden/helmholtz-00", "helmholtz-00.npz", test_golden);
  g_test_add_data_func ("/engine/instance/golden/helmholtz-01", "helmholtz-01.npz", test_golden);
  g_test_add_func ("/engine/instance/grf-statistics", test_grf_statistics);
  g_test_add_func ("/engine/instance/families", test_families);
  g_test_add_func ("/engine/instance/helmholtz-boundary", test_helmholtz_boundary);
  return g_test_run ();
}
