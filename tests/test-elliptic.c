/* pisd-elliptic and the two equations on it, pisd-poisson and pisd-helmholtz. */
#include "pisd-elliptic.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-solver.h"
#include "pisd-test.h"

#define S PISD_GRID

/* lap u + k^2 u = a */
static PisdSolver *
solver_new (double k)
{
  return pisd_solver_new (
      TEST_EQUATION (k == 0.0 ? PISD_PROBLEM_POISSON : PISD_PROBLEM_HELMHOLTZ, k));
}

static void
solve (double k, PisdField *a, PisdField *u)
{
  g_autoptr (PisdSolver) solver = solver_new (k);
  PisdField *const fields[] = { a, u };

  pisd_solver_complete (solver, fields);
}

static double
relative_residual (PisdDiscretisation discretisation, double k, PisdField *a, PisdField *u)
{
  g_autoptr (PisdSolver) solver = solver_new (k);
  PisdField *const fields[] = { a, u };

  return pisd_solver_relative_residual (solver, discretisation, fields);
}

/* u = sin (2 pi x) sin (pi y): the source of the continuous equation, and the solution itself. */
static void
manufacture (double k, PisdField *a, PisdField *u)
{
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        double v = sin (2.0 * G_PI * j / (S - 1)) * sin (G_PI * i / (S - 1));

        u->data[i * S + j] = v;
        a->data[i * S + j] = (k * k - 5.0 * G_PI * G_PI) * v;
      }
}

/* Second order in h: the error is h^2 pi^2 (16 + 1) / (12 * 5) of u to leading order for k = 0. */
static void
test_manufactured (void)
{
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdField) solved = pisd_field_new (S, S);
  double h = 1.0 / (S - 1), leading = h * h * G_PI * G_PI * 17.0 / 60.0;

  manufacture (0.0, a, u);
  solve (0.0, a, solved);
  test_assert_close (pisd_field_relative_error (solved, u) / leading, 1.0, 1e-3);
}

/* The solve satisfies the 5-point equations at every node, by the plain stencil. */
static void
test_solve_residual (gconstpointer data)
{
  double k = *(const double *) data;
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autofree double *v = test_random (S * S, 5);

  for (guint p = 0; p < S * S; p++)
    a->data[p] = v[p];
  solve (k, a, u);
  test_assert_below (relative_residual (PISD_DIFFERENCES, k, a, u), 1e-10);
}

static void
test_self_adjoint (void)
{
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) b = pisd_field_new (S, S);
  g_autoptr (PisdField) sa = pisd_field_new (S, S);
  g_autoptr (PisdField) sb = pisd_field_new (S, S);
  g_autofree double *v = test_random (2 * S * S, 6);

  for (guint p = 0; p < S * S; p++)
    {
      a->data[p] = v[p];
      b->data[p] = v[S * S + p];
    }
  solve (3.0, a, sa);
  solve (3.0, b, sb);
  test_assert_close (test_dot (sa->data, b->data, S * S), test_dot (a->data, sb->data, S * S),
                     1e-9);
}

/* On a smooth field the spectral residual vanishes and the 5-point one is of second order. */
static void
test_residual_forms (void)
{
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  double h = 1.0 / (S - 1), leading = h * h * G_PI * G_PI * 17.0 / 60.0;

  manufacture (3.0, a, u);
  test_assert_below (relative_residual (PISD_SPECTRAL, 3.0, a, u), 1e-10);
  manufacture (0.0, a, u);
  test_assert_close (relative_residual (PISD_DIFFERENCES, 0.0, a, u) / leading, 1.0, 1e-3);
}

/* <J v, w> = <v, J' w> for the residual's Jacobian, which is linear in both fields. */
static void
test_residual_vjp (gconstpointer data)
{
  PisdDiscretisation discretisation = GPOINTER_TO_UINT (data);
  g_autoptr (PisdSolver) solver = solver_new (3.0);
  PisdField *fields[2], *gradients[2];
  g_autoptr (PisdField) r = pisd_field_new (S, S);
  g_autoptr (PisdField) w = pisd_field_new (S, S);
  g_autofree double *v = test_random (3 * S * S, 8);
  double left, right = 0.0;

  memcpy (w->data, v + 2 * S * S, sizeof (double) * S * S);
  for (guint f = 0; f < 2; f++)
    {
      fields[f] = pisd_field_new (S, S);
      gradients[f] = pisd_field_new (S, S);
      memcpy (fields[f]->data, v + f * S * S, sizeof (double) * S * S);
    }
  pisd_solver_residual (solver, discretisation, fields, r);
  pisd_solver_residual_vjp (solver, discretisation, fields, w, gradients);
  left = test_dot (r->data, w->data, S * S);
  for (guint f = 0; f < 2; f++)
    {
      right += test_dot (fields[f]->data, gradients[f]->data, S * S);
      test_assert_below (1.0, pisd_field_norm (gradients[f]));
    }
  test_assert_close (left / right, 1.0, 1e-11);
  for (guint f = 0; f < 2; f++)
    {
      pisd_field_free (fields[f]);
      pisd_field_free (gradients[f]);
    }
}

static void
check_wavenumber (PisdProblemId problem, double k, PisdError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_equation_check (TEST_EQUATION (problem, k), &error));
  g_assert_error (error, PISD_ERROR, (int) code);
  g_assert_true (code == PISD_ERROR_RANGE || strstr (error->message, "mode (1, 1)") != NULL);
}

static void
test_resonance (void)
{
  const guint16 lowest = 0;
  double continuous = G_PI * sqrt (2.0), discrete;

  pisd_elliptic_fill_eigenvalues (0.0, PISD_DIFFERENCES, 1, &lowest, &lowest, &discrete);
  discrete = sqrt (-discrete);
  g_assert_true (pisd_equation_check (TEST_EQUATION (PISD_PROBLEM_POISSON, continuous), NULL));
  g_assert_true (pisd_equation_check (TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 1.0), NULL));
  g_assert_true (pisd_equation_check (
      TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, continuous * (1.0 + 1e-5)), NULL));
  check_wavenumber (PISD_PROBLEM_HELMHOLTZ, continuous, PISD_ERROR_RESONANCE);
  check_wavenumber (PISD_PROBLEM_HELMHOLTZ, discrete * (1.0 + 1e-8), PISD_ERROR_RESONANCE);
  check_wavenumber (PISD_PROBLEM_HELMHOLTZ, NAN, PISD_ERROR_RANGE);
}

int
main (int argc, char **argv)
{
  static const double wavenumbers[] = { 0.0, 1.0, 30.0 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/elliptic/manufactured", test_manufactured);
  g_test_add_data_func ("/engine/elliptic/solve-residual/k0", &wavenumbers[0], test_solve_residual);
  g_test_add_data_func ("/engine/elliptic/solve-residual/k1", &wavenumbers[1], test_solve_residual);
  g_test_add_data_func ("/engine/elliptic/solve-residual/k30", &wavenumbers[2],
                        test_solve_residual);
  g_test_add_func ("/engine/elliptic/self-adjoint", test_self_adjoint);
  g_test_add_func ("/engine/elliptic/residual-forms", test_residual_forms);
  g_test_add_data_func ("/engine/elliptic/residual-vjp/differences",
                        GUINT_TO_POINTER (PISD_DIFFERENCES), test_residual_vjp);
  g_test_add_data_func ("/engine/elliptic/residual-vjp/spectral", GUINT_TO_POINTER (PISD_SPECTRAL),
                        test_residual_vjp);
  g_test_add_func ("/engine/elliptic/resonance", test_resonance);
  return g_test_run ();
}
