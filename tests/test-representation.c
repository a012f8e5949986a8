#include "pisd-solver.h"
#include "pisd-sources.h"
#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdModeSet mode_set;
  guint modes;
  double mean_sd;
} Case;

static const Case cases[] = {
  { "poisson-square-20", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 20 },
  { "helmholtz-square-12", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 12 },
  { "poisson-hyperbolic-16", PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC, 16 },
  { "with-a-mean", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 12, 0.7 },
};

static PisdRepresentation *
case_representation (const Case *c)
{
  PisdSettings settings = test_settings (c->problem, c->mode_set, c->modes);

  settings.mean_sd = c->mean_sd;
  return pisd_representation_new (&settings, NULL);
}

/* Decoding the encoded decodes to the same field; for a source with its boundary zeroed, to its
 * interior. */
static void
test_round_trip (gconstpointer data)
{
  g_autoptr (PisdRepresentation) r = case_representation (data);
  gsize n = pisd_representation_get_n (r), n_u,
        offset = pisd_representation_get_offset (r, 1, &n_u);
  g_autofree double *z = test_random (n, 1);
  g_autofree double *back = g_new0 (double, n);
  g_autoptr (PisdField) field = pisd_field_new (S, S);

  g_assert_cmpuint (offset + n_u, ==, n);
  pisd_representation_decode (r, z, 1, field);
  pisd_representation_encode (r, field, 1, back);
  test_assert_below (test_difference (back + offset, z + offset, n_u), 1e-10);
  pisd_representation_synthesize (r, 0, z, NULL, field->data);
  pisd_representation_encode (r, field, 0, back);
  test_assert_below (test_difference (back, z, offset), 1e-10);
}

static void
test_adjoint (gconstpointer data)
{
  g_autoptr (PisdRepresentation) r = case_representation (data);
  g_autofree double *grid = test_random (S * S, 3);
  g_autofree double *made = g_new (double, S *S);

  for (guint field = 0; field < 2; field++)
    {
      gsize n;
      g_autofree double *z = NULL, *weight = NULL, *back = NULL;
      double left, right;

      pisd_representation_get_offset (r, field, &n);
      z = test_random (n, 4);
      weight = test_random (n, 5);
      back = g_new (double, n);
      pisd_representation_synthesize (r, field, z, weight, made);
      pisd_representation_analyze (r, field, grid, weight, back);
      left = test_dot (made, grid, S * S);
      right = test_dot (z, back, n);
      test_assert_close (left / right, 1.0, 1e-11);
    }
}

/* R is the exact solver seen through the kept modes, R' its transpose, and its entries are both. */
static void
test_solve (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdRepresentation) r = case_representation (c);
  gsize n = pisd_representation_get_n (r), n_a = pisd_representation_get_offset (r, 1, NULL);
  g_autofree double *z = test_random (n, 6);
  g_autofree double *w = test_random (n, 7);
  g_autofree double *solved = g_new (double, n);
  g_autofree double *back = g_new (double, n);
  g_autofree double *expected = g_new0 (double, n);
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdSolver) solver = pisd_solver_new (pisd_representation_get_equation (r));
  PisdField *const fields[] = { a, u };

  pisd_representation_solve (r, z, solved);
  pisd_representation_decode (r, z, 0, a);
  pisd_solver_complete (solver, fields);
  pisd_representation_encode (r, u, 1, expected);
  test_assert_below (test_difference (solved, expected + n_a, n - n_a), 1e-10);

  pisd_representation_solve_adjoint (r, w, back);
  test_assert_close (test_dot (solved, w, n - n_a) / test_dot (z, back, n_a), 1.0, 1e-11);
  for (guint i = 0; i < 5; i++)
    {
      double sum = 0.0;

      for (guint j = 0; j < n_a; j++)
        sum += pisd_representation_get_solve_entry (r, 3 * i, j) * z[j];
      test_assert_close (sum, solved[3 * i], 1e-11);
    }
}

/* Unit variance of every mode of u when a's are unit normals: rows of R have norm 1. */
static void
test_unit_variance (gconstpointer data)
{
  g_autoptr (PisdRepresentation) r = case_representation (data);
  gsize n = pisd_representation_get_n (r), n_a = pisd_representation_get_offset (r, 1, NULL);

  for (guint i = 0; i < n - n_a; i += 7)
    {
      double sum = 0.0;

      for (guint j = 0; j < n_a; j++)
        sum += pow (pisd_representation_get_solve_entry (r, i, j), 2);
      test_assert_close (sum, 1.0, 1e-10);
    }
}

/* DESIGN section 3: K = 44 keeps all but 2.3 % of the source, K = 64 all but 1.4 %: means over
 * instances.  The variance that the kept modes leave out is the mean square of what is missing. */
static void
test_tail (void)
{
  static const struct
  {
    guint modes;
    double percent;
  } facts[] = { { 44, 2.3 }, { 64, 1.4 } };
  const guint n_instances = 40;

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      PisdSettings settings =
          test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, facts[i].modes);
      g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
      g_autofree double *z = g_new (double, pisd_representation_get_n (r));
      g_autoptr (PisdField) a = pisd_field_new (S, S);
      g_autoptr (PisdField) kept = pisd_field_new (S, S);
      double error = 0.0, lost = 0.0;

      for (guint seed = 0; seed < n_instances; seed++)
        {
          double e;

          pisd_family_sample (PISD_FAMILY_GRF, seed, a);
          pisd_representation_encode (r, a, 0, z);
          pisd_representation_decode (r, z, 0, kept);
          e = pisd_field_relative_error (kept, a);
          error += e / n_instances;
          lost += pow (e * pisd_field_norm (a) / S, 2) / n_instances;
        }
      test_assert_close (100.0 * error, facts[i].percent, 0.2);
      test_assert_close (lost / pisd_representation_get_tail_variance (r, 0), 1.0, 0.02);
    }
}

static void
test_float (void)
{
  g_autoptr (PisdRepresentation) r = case_representation (&cases[0]);
  gsize n = pisd_representation_get_n (r);
  g_autofree double *z = test_random (n, 8);
  g_autofree float *f = g_new (float, n);
  g_autoptr (PisdField) exact = pisd_field_new (S, S);
  g_autoptr (PisdField) rounded = pisd_field_new (S, S);

  for (gsize i = 0; i < n; i++)
    f[i] = (float) z[i];
  for (guint field = 0; field < 2; field++)
    {
      pisd_representation_decode (r, z, field, exact);
      pisd_representation_decode_float (r, f, field, rounded);
      test_assert_below (pisd_field_relative_error (rounded, exact), 1e-6);
    }
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "round-trip", test_round_trip },
    { "adjoint", test_adjoint },
    { "solve", test_solve },
    { "unit-variance", test_unit_variance },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/representation", checks, cases);
  g_test_add_func ("/engine/representation/tail", test_tail);
  g_test_add_func ("/engine/representation/float", test_float);
  return g_test_run ();
}
