#include "pisd-diagonal.h"

#include <string.h>

#include "pisd-test.h"

#define S PISD_GRID
#define K 3.0 /* wave number */

static PisdDiagonal *
diagonal_new (void)
{
  static const double constants[PISD_MAX_CONSTANTS] = { K };

  return pisd_diagonal_new (pisd_operator_get (PISD_PROBLEM_HELMHOLTZ), constants);
}

static PisdField *
random_field (guint lane)
{
  PisdField *field = pisd_field_new (S, S);
  g_autofree double *v = test_random (S * S, lane);

  memcpy (field->data, v, sizeof (double) * S * S);
  return field;
}

static void
scale (PisdField *field, double factor)
{
  for (guint p = 0; p < S * S; p++)
    field->data[p] *= factor;
}

/* sin (pi m y) sin (pi n x) */
static PisdField *
mode_field (guint m, guint n)
{
  PisdField *field = pisd_field_new (S, S);

  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      field->data[i * S + j] = sin (G_PI * m * i / (S - 1)) * sin (G_PI * n * j / (S - 1));
  return field;
}

/* k^2 - pi^2 (m^2 + n^2), by differences k^2 + ((2 cos (pi m h) - 2) + (2 cos (pi n h) - 2)) / h^2. */
static double
eigenvalue (PisdDiscretisation discretisation, guint m, guint n)
{
  double h = 1.0 / (S - 1);

  if (discretisation == PISD_SPECTRAL)
    return K * K - G_PI * G_PI * (m * m + n * n);
  return K * K + (2.0 * cos (G_PI * m * h) + 2.0 * cos (G_PI * n * h) - 4.0) / (h * h);
}

/* One mode is divided, or multiplied, by its eigenvalue: the lowest, the highest, one between. */
static void
test_modes (void)
{
  static const guint modes[][2] = { { 1, 1 }, { 7, 40 }, { S - 2, S - 2 } };
  g_autoptr (PisdDiagonal) diagonal = diagonal_new ();
  g_autoptr (PisdField) zero = pisd_field_new (S, S);
  g_autoptr (PisdField) out = pisd_field_new (S, S);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      guint m = modes[i][0], n = modes[i][1];
      g_autoptr (PisdField) mode = mode_field (m, n);

      pisd_diagonal_solve (diagonal, mode, out);
      scale (out, eigenvalue (PISD_DIFFERENCES, m, n));
      test_assert_below (pisd_field_relative_error (out, mode), 1e-9);
      for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
        {
          pisd_diagonal_residual (diagonal, d, zero, mode, out);
          scale (out, 1.0 / eigenvalue (d, m, n));
          test_assert_below (pisd_field_relative_error (out, mode), 1e-9);
        }
    }
}

/* The same as the plain stencil, node by node, on a field that is zero on the boundary. */
static void
test_stencil (void)
{
  g_autoptr (PisdDiagonal) diagonal = diagonal_new ();
  g_autoptr (PisdField) a = random_field (1);
  g_autoptr (PisdField) u = random_field (2);
  g_autoptr (PisdField) fast = pisd_field_new (S, S);
  g_autoptr (PisdField) slow = pisd_field_new (S, S);

  pisd_field_zero_boundary (u);
  pisd_field_zero_boundary (a);
  pisd_diagonal_residual (diagonal, PISD_DIFFERENCES, a, u, fast);
  for (guint i = 1; i < S - 1; i++)
    for (guint j = 1; j < S - 1; j++)
      {
        const double *p = u->data + i * S + j;
        double lap = (p[1] + p[-1] + p[S] + p[-S] - 4.0 * p[0]) * (S - 1) * (S - 1);

        slow->data[i * S + j] = lap + K * K * p[0] - a->data[i * S + j];
      }
  test_assert_below (pisd_field_relative_error (fast, slow), 1e-12);
}

/* What solve() returns leaves no residual by differences, which is what it solves. */
static void
test_solve (void)
{
  g_autoptr (PisdDiagonal) diagonal = diagonal_new ();
  g_autoptr (PisdField) a = random_field (3);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdField) r = pisd_field_new (S, S);

  pisd_field_zero_boundary (a);
  pisd_diagonal_solve (diagonal, a, u);
  pisd_diagonal_residual (diagonal, PISD_DIFFERENCES, a, u, r);
  test_assert_below (pisd_field_norm (r) / pisd_field_norm (a), 1e-12);
  pisd_diagonal_residual (diagonal, PISD_SPECTRAL, a, u, r);
  test_assert_below (0.1, pisd_field_norm (r) / pisd_field_norm (a));
}

/* <S a, b> = <a, S b> and S (2 a - 3 b) = 2 S a - 3 S b. */
static void
test_symmetric (void)
{
  g_autoptr (PisdDiagonal) diagonal = diagonal_new ();
  g_autoptr (PisdField) a = random_field (4);
  g_autoptr (PisdField) b = random_field (5);
  g_autoptr (PisdField) sa = pisd_field_new (S, S);
  g_autoptr (PisdField) sb = pisd_field_new (S, S);
  g_autoptr (PisdField) sum = pisd_field_new (S, S);
  g_autoptr (PisdField) expected = pisd_field_new (S, S);

  pisd_diagonal_solve (diagonal, a, sa);
  pisd_diagonal_solve (diagonal, b, sb);
  test_assert_close (test_dot (sa->data, b->data, S * S) / test_dot (a->data, sb->data, S * S), 1.0,
                     1e-10);
  for (guint p = 0; p < S * S; p++)
    {
      sum->data[p] = 2.0 * a->data[p] - 3.0 * b->data[p];
      expected->data[p] = 2.0 * sa->data[p] - 3.0 * sb->data[p];
    }
  pisd_diagonal_solve (diagonal, sum, sum);
  test_assert_below (pisd_field_relative_error (sum, expected), 1e-12);
}

/* <r (a, u + w) - r (a, u), v> = <w, vjp (v)>: the residual is linear in u. */
static void
test_vjp (void)
{
  g_autoptr (PisdDiagonal) diagonal = diagonal_new ();
  g_autoptr (PisdField) a = random_field (6);
  g_autoptr (PisdField) u = random_field (7);
  g_autoptr (PisdField) w = random_field (8);
  g_autoptr (PisdField) v = random_field (9);
  g_autoptr (PisdField) before = pisd_field_new (S, S);
  g_autoptr (PisdField) after = pisd_field_new (S, S);
  g_autoptr (PisdField) gradient = pisd_field_new (S, S);

  for (guint p = 0; p < S * S; p++)
    w->data[p] += u->data[p];
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    {
      double left, right;

      pisd_diagonal_residual (diagonal, d, a, u, before);
      pisd_diagonal_residual (diagonal, d, a, w, after);
      pisd_diagonal_residual_vjp (diagonal, d, v, gradient);
      left = test_dot (after->data, v->data, S * S) - test_dot (before->data, v->data, S * S);
      right = test_dot (w->data, gradient->data, S * S) - test_dot (u->data, gradient->data, S * S);
      test_assert_close (left / right, 1.0, 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/diagonal/modes", test_modes);
  g_test_add_func ("/physics/diagonal/stencil", test_stencil);
  g_test_add_func ("/physics/diagonal/solve", test_solve);
  g_test_add_func ("/physics/diagonal/symmetric", test_symmetric);
  g_test_add_func ("/physics/diagonal/vjp", test_vjp);
  return g_test_run ();
}
