#include "pisd-elliptic.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-test.h"

#define S PISD_GRID

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
  pisd_elliptic_solve (0.0, a, solved);
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
  pisd_elliptic_solve (k, a, u);
  test_assert_below (pisd_elliptic_relative_residual (PISD_LAPLACIAN_FIVE_POINT, k, a, u), 1e-10);
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
  pisd_elliptic_solve (3.0, a, sa);
  pisd_elliptic_solve (3.0, b, sb);
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
  test_assert_below (pisd_elliptic_relative_residual (PISD_LAPLACIAN_SPECTRAL, 3.0, a, u), 1e-10);
  manufacture (0.0, a, u);
  test_assert_close (
      pisd_elliptic_relative_residual (PISD_LAPLACIAN_FIVE_POINT, 0.0, a, u) / leading, 1.0, 1e-3);
}

static void
test_resonance (void)
{
  g_autoptr (GError) error = NULL;
  double continuous = G_PI * sqrt (2.0);
  double discrete = sqrt (-pisd_elliptic_eigenvalue (PISD_LAPLACIAN_FIVE_POINT, 0.0, 0, 0));

  g_assert_true (pisd_elliptic_check_wavenumber (PISD_PROBLEM_POISSON, continuous, NULL));
  g_assert_true (pisd_elliptic_check_wavenumber (PISD_PROBLEM_HELMHOLTZ, 1.0, NULL));
  g_assert_true (
      pisd_elliptic_check_wavenumber (PISD_PROBLEM_HELMHOLTZ, continuous * (1.0 + 1e-5), NULL));
  g_assert_false (pisd_elliptic_check_wavenumber (PISD_PROBLEM_HELMHOLTZ, continuous, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RESONANCE);
  g_assert_nonnull (strstr (error->message, "mode (1, 1)"));
  g_clear_error (&error);
  g_assert_false (
      pisd_elliptic_check_wavenumber (PISD_PROBLEM_HELMHOLTZ, discrete * (1.0 + 1e-8), &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RESONANCE);
  g_clear_error (&error);
  g_assert_false (pisd_elliptic_check_wavenumber (PISD_PROBLEM_HELMHOLTZ, NAN, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
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
  g_test_add_func ("/engine/elliptic/resonance", test_resonance);
  return g_test_run ();
}
