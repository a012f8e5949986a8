#include "pisd-solver.h"

#include <string.h>

#include "pisd-test.h"

#define S PISD_GRID

/* Random values on every node, the boundary included; the wave number is not read by poisson. */
typedef struct
{
  PisdSolver *solver;
  PisdField *fields[2];
} Pair;

static void
pair_init (Pair *pair, PisdProblemId problem, guint lane)
{
  g_autofree double *v = test_random (2 * S * S, lane);

  pair->solver = pisd_solver_new (TEST_EQUATION (problem, 3.0));
  for (guint f = 0; f < 2; f++)
    {
      pair->fields[f] = pisd_field_new (S, S);
      memcpy (pair->fields[f]->data, v + f * S * S, sizeof (double) * S * S);
    }
}

static void
pair_clear (Pair *pair)
{
  pisd_solver_free (pair->solver);
  for (guint f = 0; f < 2; f++)
    pisd_field_free (pair->fields[f]);
}

static gboolean
is_boundary (guint p)
{
  return p < S || p >= S * (S - 1) || p % S == 0 || p % S == S - 1;
}

/* The source gets the boundary rule of its row in the table, and keeps every other node. */
static void
test_boundary (void)
{
  for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
    {
      const PisdFieldInfo *info = pisd_operator_get (problem)->fields;
      g_autofree double *v = test_random (2 * S * S, 1);
      Pair pair;

      pair_init (&pair, problem, 1);
      pisd_solver_complete (pair.solver, pair.fields);
      for (guint p = 0; p < S * S; p++)
        {
          gboolean zero = info[0].zero_boundary && is_boundary (p);

          g_assert_cmpfloat (pair.fields[0]->data[p], ==, zero ? 0.0 : v[p]);
          if (is_boundary (p))
            g_assert_cmpfloat (pair.fields[1]->data[p], ==, 0.0);
        }
      pair_clear (&pair);
    }
}

/* A completed pair leaves nothing of the equation that it was solved with, and completing it again
 * changes no bit. */
static void
test_complete (void)
{
  for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
    {
      g_autoptr (PisdField) first = pisd_field_new (S, S);
      Pair pair;

      pair_init (&pair, problem, 2);
      test_assert_below (
          1.0, pisd_solver_relative_residual (pair.solver, PISD_DIFFERENCES, pair.fields));
      pisd_solver_complete (pair.solver, pair.fields);
      test_assert_below (pisd_solver_relative_residual (pair.solver, PISD_DIFFERENCES, pair.fields),
                         1e-11);
      pisd_field_copy (pair.fields[1], first);
      pisd_solver_complete (pair.solver, pair.fields);
      g_assert_cmpmem (pair.fields[1]->data, sizeof (double) * S * S, first->data,
                       sizeof (double) * S * S);
      pair_clear (&pair);
    }
}

/* u (2 a) = 2 u (a), to the last bit: twice a number has the same digits. */
static void
test_linear (void)
{
  for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
    {
      g_autoptr (PisdField) once = pisd_field_new (S, S);
      Pair pair;

      pair_init (&pair, problem, 3);
      pisd_solver_complete (pair.solver, pair.fields);
      pisd_field_copy (pair.fields[1], once);
      for (guint p = 0; p < S * S; p++)
        {
          pair.fields[0]->data[p] *= 2.0;
          once->data[p] *= 2.0;
        }
      pisd_solver_complete (pair.solver, pair.fields);
      g_assert_cmpmem (pair.fields[1]->data, sizeof (double) * S * S, once->data,
                       sizeof (double) * S * S);
      pair_clear (&pair);
    }
}

/* With u = 0 the residual is -a: 1 relative to a where the equation holds, whatever a is on the
 * boundary; a source that is zero there has nothing to be compared with. */
static void
test_relative (void)
{
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    {
      Pair pair;

      pair_init (&pair, PISD_PROBLEM_POISSON, 4);
      memset (pair.fields[1]->data, 0, sizeof (double) * S * S);
      test_assert_close (pisd_solver_relative_residual (pair.solver, d, pair.fields), 1.0, 1e-14);
      for (guint p = 0; p < S * S; p++)
        if (!is_boundary (p))
          pair.fields[0]->data[p] = 0.0;
      g_assert_true (isnan (pisd_solver_relative_residual (pair.solver, d, pair.fields)));
      pair_clear (&pair);
    }
}

/* The gradient of <r, v> by central differences along a random direction of both fields. */
static void
test_gradient (void)
{
  const double h = 1e-3;
  g_autofree double *v = test_random (3 * S * S, 6);
  g_autoptr (PisdField) weight = pisd_field_new (S, S);
  g_autoptr (PisdField) r = pisd_field_new (S, S);

  memcpy (weight->data, v + 2 * S * S, sizeof (double) * S * S);
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    {
      double side[2], slope = 0.0;
      Pair pair, gradient;

      pair_init (&pair, PISD_PROBLEM_HELMHOLTZ, 5);
      pair_init (&gradient, PISD_PROBLEM_HELMHOLTZ, 7);
      pisd_solver_residual_vjp (pair.solver, d, pair.fields, weight, gradient.fields);
      for (guint f = 0; f < 2; f++)
        slope += test_dot (gradient.fields[f]->data, v + f * S * S, S * S);
      for (guint k = 0; k < 2; k++)
        {
          for (guint f = 0; f < 2; f++)
            for (guint p = 0; p < S * S; p++)
              pair.fields[f]->data[p] += (k == 0 ? h : -2.0 * h) * v[f * S * S + p];
          pisd_solver_residual (pair.solver, d, pair.fields, r);
          side[k] = test_dot (r->data, weight->data, S * S);
        }
      test_assert_close ((side[0] - side[1]) / (2.0 * h) / slope, 1.0, 1e-8);
      pair_clear (&pair);
      pair_clear (&gradient);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/solver/boundary", test_boundary);
  g_test_add_func ("/physics/solver/complete", test_complete);
  g_test_add_func ("/physics/solver/linear", test_linear);
  g_test_add_func ("/physics/solver/relative", test_relative);
  g_test_add_func ("/physics/solver/gradient", test_gradient);
  return g_test_run ();
}
