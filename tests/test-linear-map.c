#include "pisd-linear-map.h"

#include "pisd-solver.h"
#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdModeSet mode_set;
  guint k;
  gboolean skip_mean;
} Case;

static const Case cases[] = {
  { "poisson", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10, TRUE },
  { "helmholtz-odd", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 9, TRUE },
  { "hyperbolic", PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC, 12, TRUE },
  { "with-a-mean", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 10, FALSE },
};

/* A map, its modes, and scales that are neither one nor equal. */
typedef struct
{
  PisdEquation equation;
  PisdModes *a, *u;
  PisdLinearMap *map;
  double *scale_a, *scale_u, *ones;
} Fixture;

static double *
random_scales (guint n, guint lane)
{
  double *scale = test_random (n, lane);

  for (guint i = 0; i < n; i++)
    scale[i] = 0.5 + fabs (scale[i]);
  return scale;
}

static void
fixture_init (Fixture *f, const Case *c)
{
  f->equation = *TEST_EQUATION (c->problem, 3.0);
  f->a = pisd_modes_new (c->mode_set, c->k, PISD_BASIS_COSINE, c->skip_mean, NULL);
  f->u = pisd_modes_new (c->mode_set, c->k, PISD_BASIS_SINE, FALSE, NULL);
  f->map = pisd_linear_map_new (&f->equation, f->a, f->u);
  f->scale_a = random_scales (f->a->n, 1);
  f->scale_u = random_scales (f->u->n, 2);
  f->ones = g_new (double, MAX (f->a->n, f->u->n));
  for (guint i = 0; i < MAX (f->a->n, f->u->n); i++)
    f->ones[i] = 1.0;
}

static void
fixture_clear (Fixture *f)
{
  pisd_linear_map_free (f->map);
  pisd_modes_free (f->a);
  pisd_modes_free (f->u);
  g_free (f->scale_a);
  g_free (f->scale_u);
  g_free (f->ones);
}

/* Entry (i, j) from what it stands for: the sum over nodes of u's mode i times a's mode j, over the
 * eigenvalue of i. */
static double
slow_entry (const Fixture *f, guint i, guint j)
{
  double sum[2] = { 0.0, 0.0 }, h = 1.0 / (S - 1), lambda = 9.0;

  for (guint axis = 0; axis < 2; axis++)
    {
      guint n = 1 + (axis == 0 ? f->u->ky : f->u->kx)[i];
      guint m = (axis == 0 ? f->a->ky : f->a->kx)[j];
      double unit = sqrt (2.0 / (S - 1)) * sqrt ((m > 0 ? 2.0 : 1.0) / S);

      for (guint p = 0; p < S; p++)
        sum[axis] += unit * sin (G_PI * n * p * h) * cos (G_PI * m * (p + 0.5) / S);
      lambda += (2.0 * cos (G_PI * n * h) - 2.0) / (h * h);
    }
  if (f->equation.problem == PISD_PROBLEM_POISSON)
    lambda -= 9.0;
  return sum[0] * sum[1] / lambda;
}

static void
test_entries (gconstpointer data)
{
  Fixture f;
  double largest = 0.0;

  fixture_init (&f, data);
  for (guint i = 0; i < f.u->n; i += 5)
    for (guint j = 0; j < f.a->n; j += 3)
      {
        double expected = slow_entry (&f, i, j);

        test_assert_close (pisd_linear_map_get_entry (f.map, i, j), expected, 1e-15);
        largest = fmax (largest, fabs (expected));
      }
  test_assert_below (1e-4, largest);
  fixture_clear (&f);
}

/* The fast product beside the sum over all entries. */
static void
test_apply (gconstpointer data)
{
  Fixture f;
  g_autofree double *a = NULL, *u = NULL, *slow = NULL;

  fixture_init (&f, data);
  a = test_random (f.a->n, 3);
  u = g_new (double, f.u->n);
  slow = g_new0 (double, f.u->n);
  pisd_linear_map_apply (f.map, a, f.scale_a, f.scale_u, u);
  for (guint i = 0; i < f.u->n; i++)
    for (guint j = 0; j < f.a->n; j++)
      slow[i] += f.scale_u[i] * pisd_linear_map_get_entry (f.map, i, j) * f.scale_a[j] * a[j];
  test_assert_below (test_difference (u, slow, f.u->n), 1e-13);
  fixture_clear (&f);
}

/* <M a, u> = <a, M' u> */
static void
test_adjoint (gconstpointer data)
{
  Fixture f;
  g_autofree double *a = NULL, *u = NULL, *mapped = NULL, *pulled = NULL;

  fixture_init (&f, data);
  a = test_random (f.a->n, 4);
  u = test_random (f.u->n, 5);
  mapped = g_new (double, f.u->n);
  pulled = g_new (double, f.a->n);
  pisd_linear_map_apply (f.map, a, f.scale_a, f.scale_u, mapped);
  pisd_linear_map_apply_adjoint (f.map, u, f.scale_u, f.scale_a, pulled);
  test_assert_close (test_dot (mapped, u, f.u->n) / test_dot (a, pulled, f.a->n), 1.0, 1e-12);
  fixture_clear (&f);
}

/* The coefficients of the field that the solver makes of a field of these modes. */
static void
test_solver (gconstpointer data)
{
  Fixture f;
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdSolver) solver = NULL;
  g_autofree double *z = NULL, *mapped = NULL, *solved = NULL, *box = NULL;
  PisdField *const fields[] = { a, u };

  fixture_init (&f, data);
  z = test_random (f.a->n, 6);
  mapped = g_new (double, f.u->n);
  solved = g_new (double, f.u->n);
  box = g_new0 (double, S *S);
  pisd_linear_map_apply (f.map, z, f.ones, f.ones, mapped);
  {
    g_autoptr (PisdTransform) cosines =
        pisd_transform_new_on (PISD_BASIS_COSINE, &f.a->support, PISD_TRANSFORM_AUTO);
    g_autoptr (PisdTransform) sines =
        pisd_transform_new_on (PISD_BASIS_SINE, &f.u->support, PISD_TRANSFORM_AUTO);

    pisd_modes_unpack (f.a, z, f.ones, box);
    pisd_transform_synthesize (cosines, box, a->data);
    solver = pisd_solver_new (&f.equation);
    pisd_solver_complete (solver, fields);
    pisd_transform_analyze (sines, u->data, box);
    pisd_modes_pack (f.u, box, f.ones, solved);
  }
  test_assert_below (test_difference (mapped, solved, f.u->n), 1e-11);
  fixture_clear (&f);
}

/* Rows for places on one line are the transposes of outer products, taken one by one. */
static void
test_rows (gconstpointer data)
{
  Fixture f;
  guint box, n = 3;
  g_autofree double *y = NULL, *x = NULL, *rows = NULL, *outer = NULL, *row = NULL;
  const double *places[3];

  fixture_init (&f, data);
  box = f.u->support.box;
  y = test_random (box, 7);
  x = test_random (n * box, 8);
  rows = g_new (double, n *f.a->n);
  outer = g_new (double, f.u->n);
  row = g_new (double, f.a->n);
  for (guint s = 0; s < n; s++)
    places[s] = x + s * box;
  pisd_linear_map_fill_rows (f.map, y, places, n, f.scale_a, rows);
  for (guint s = 0; s < n; s++)
    {
      for (guint i = 0; i < f.u->n; i++)
        outer[i] = y[f.u->ky[i]] * places[s][f.u->kx[i]];
      pisd_linear_map_apply_adjoint (f.map, outer, f.ones, f.scale_a, row);
      test_assert_below (test_difference (rows + s * f.a->n, row, f.a->n), 1e-12);
    }
  fixture_clear (&f);
}

/* The variance of a sum of independent terms is the sum of entries squared times variances. */
static void
test_variance (gconstpointer data)
{
  Fixture f;
  g_autofree double *variance = NULL, *slow = NULL;

  fixture_init (&f, data);
  variance = g_new (double, f.u->n);
  slow = g_new0 (double, f.u->n);
  pisd_linear_map_propagate_variance (f.map, f.scale_a, variance);
  for (guint i = 0; i < f.u->n; i++)
    for (guint j = 0; j < f.a->n; j++)
      slow[i] += pow (pisd_linear_map_get_entry (f.map, i, j) * f.scale_a[j], 2);
  test_assert_below (test_difference (variance, slow, f.u->n), 1e-13);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "entries", test_entries }, { "apply", test_apply }, { "adjoint", test_adjoint },
    { "solver", test_solver },   { "rows", test_rows },   { "variance", test_variance },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/physics/linear-map", checks, cases);
  return g_test_run ();
}
