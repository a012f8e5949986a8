#include "pisd-basis.h"
#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  const char *path;
  PisdBasis basis;
  guint n;
  PisdTransformMethod method;
} Case;

static const Case cases[] = {
  { "cosine-44-matrix", PISD_BASIS_COSINE, 44, PISD_TRANSFORM_MATRIX },
  { "cosine-44-fftw", PISD_BASIS_COSINE, 44, PISD_TRANSFORM_FFTW },
  { "cosine-128-fftw", PISD_BASIS_COSINE, 128, PISD_TRANSFORM_FFTW },
  { "cosine-128-matrix", PISD_BASIS_COSINE, 128, PISD_TRANSFORM_MATRIX },
  { "sine-44-matrix", PISD_BASIS_SINE, 44, PISD_TRANSFORM_MATRIX },
  { "sine-44-fftw", PISD_BASIS_SINE, 44, PISD_TRANSFORM_FFTW },
  { "sine-126-fftw", PISD_BASIS_SINE, 126, PISD_TRANSFORM_FFTW },
  { "sine-126-matrix", PISD_BASIS_SINE, 126, PISD_TRANSFORM_MATRIX },
  { "periodic-43-matrix", PISD_BASIS_PERIODIC, 43, PISD_TRANSFORM_MATRIX },
  { "periodic-43-fftw", PISD_BASIS_PERIODIC, 43, PISD_TRANSFORM_FFTW },
  { "periodic-128-fftw", PISD_BASIS_PERIODIC, 128, PISD_TRANSFORM_FFTW },
  { "periodic-128-matrix", PISD_BASIS_PERIODIC, 128, PISD_TRANSFORM_MATRIX },
};

/* The definition, mode by mode. */
static void
test_definition (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdTransform) t = pisd_transform_new (c->basis, c->n, c->method);
  g_autofree double *coefficients = test_random (c->n * c->n, 1);
  g_autofree double *grid = g_new (double, S *S);
  g_autofree double *y = g_new (double, c->n);
  g_autofree double *x = g_new (double, c->n);

  pisd_transform_synthesize (t, coefficients, grid);
  for (guint p = 0; p < S * S; p += 701)
    {
      double sum = 0.0;

      pisd_basis_evaluate (c->basis, c->n, pisd_basis_get_node (c->basis, p / S), y);
      pisd_basis_evaluate (c->basis, c->n, pisd_basis_get_node (c->basis, p % S), x);
      for (guint j = 0; j < c->n; j++)
        for (guint k = 0; k < c->n; k++)
          sum += coefficients[j * c->n + k] * y[j] * x[k];
      test_assert_close (grid[p], sum, 1e-12);
    }
}

static void
test_orthonormal (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdTransform) t = pisd_transform_new (c->basis, c->n, c->method);
  g_autofree double *coefficients = test_random (c->n * c->n, 2);
  g_autofree double *back = g_new (double, c->n * c->n);
  g_autofree double *grid = g_new (double, S *S);

  pisd_transform_synthesize (t, coefficients, grid);
  pisd_transform_analyze (t, grid, back);
  test_assert_below (test_difference (back, coefficients, c->n * c->n), 1e-13);
  test_assert_close (test_norm (grid, S * S) / test_norm (coefficients, c->n * c->n), 1.0, 1e-13);
}

static void
test_adjoint (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdTransform) t = pisd_transform_new (c->basis, c->n, c->method);
  g_autofree double *coefficients = test_random (c->n * c->n, 3);
  g_autofree double *grid = test_random (S * S, 4);
  g_autofree double *analyzed = g_new (double, c->n * c->n);
  g_autofree double *synthesized = g_new (double, S *S);

  pisd_transform_synthesize (t, coefficients, synthesized);
  pisd_transform_analyze (t, grid, analyzed);
  test_assert_close (test_dot (synthesized, grid, S * S),
                     test_dot (coefficients, analyzed, c->n * c->n), 1e-10);
}

/* Continuous orthogonality would not see a wrong phase; values at known places do. */
static void
test_closed_forms (void)
{
  double c[4], s[4];

  pisd_basis_evaluate (PISD_BASIS_COSINE, 4, 0.0, c);
  test_assert_close (c[0], sqrt (1.0 / S), 1e-15);
  test_assert_close (c[1], sqrt (2.0 / S) * cos (G_PI * 0.5 / S), 1e-15);
  pisd_basis_evaluate (PISD_BASIS_SINE, 4, 0.25, s);
  test_assert_close (s[0], sqrt (2.0 / (S - 1)) * sqrt (0.5), 1e-15);
  test_assert_close (s[1], sqrt (2.0 / (S - 1)), 1e-15);
  test_assert_close (s[3], 0.0, 1e-15);
  pisd_basis_evaluate (PISD_BASIS_SINE, 4, 1.0, s);
  g_assert_cmpfloat (s[2], ==, 0.0);
}

/* 1, cos, sin, cos, sin of 2 pi x and 4 pi x at an eighth of the period. */
static void
test_periodic_closed_forms (void)
{
  double p[S];

  pisd_basis_evaluate (PISD_BASIS_PERIODIC, 5, 0.125, p);
  test_assert_close (p[0], sqrt (1.0 / S), 1e-15);
  test_assert_close (p[1], sqrt (1.0 / S), 1e-15);
  test_assert_close (p[2], sqrt (1.0 / S), 1e-15);
  test_assert_close (p[3], 0.0, 1e-15);
  test_assert_close (p[4], sqrt (2.0 / S), 1e-15);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, S, pisd_basis_get_node (PISD_BASIS_PERIODIC, 3), p);
  test_assert_close (p[S - 1], -sqrt (1.0 / S), 1e-13);
  g_assert_cmpuint (pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, 0), ==, 0);
  g_assert_cmpuint (pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, 3), ==, 2);
  g_assert_cmpuint (pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, 4), ==, 2);
  g_assert_cmpuint (pisd_basis_get_wave_number (PISD_BASIS_SINE, 4), ==, 5);
  g_assert_cmpuint (pisd_basis_get_wave_number (PISD_BASIS_COSINE, 4), ==, 4);
}

/* The table is the basis: on nodes, where it is looked up, beside them and between. */
static void
test_table (gconstpointer data)
{
  const double positions[] = { 0.0,      1.0,       17.0 / (S - 1),
                               17.0 / S, 0.1 + 0.2, 64.0 / (S - 1) + 1e-9,
                               1e-14 };
  const PisdBasis basis = GPOINTER_TO_INT (data);
  const guint n = pisd_basis_get_n_modes (basis);
  g_autoptr (PisdBasisTable) table = pisd_basis_table_new (basis);
  double expected[S], got[S];

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      pisd_basis_evaluate (basis, n, positions[i], expected);
      pisd_basis_table_evaluate (table, n, positions[i], got);
      for (guint k = 0; k < n; k++)
        test_assert_close (got[k], expected[k], 1e-13);
    }
  pisd_basis_table_evaluate (table, n, 1.0, got);
  if (basis == PISD_BASIS_SINE)
    for (guint k = 0; k < n; k++)
      test_assert_close (got[k], 0.0, 0.0);
}

/* Nodes are found through the rounding of their coordinate, and nothing between them is one. */
static void
test_nodes (gconstpointer data)
{
  const PisdBasis basis = GPOINTER_TO_INT (data);
  const double end = pisd_basis_get_node (basis, S - 1);
  guint index;

  for (guint i = 0; i < S; i++)
    {
      double position = i * pisd_basis_get_spacing (basis);

      g_assert_true (pisd_basis_find_node (basis, position + 9e-10, &index));
      g_assert_cmpuint (index, ==, i);
      g_assert_false (pisd_basis_find_node (basis, position + 2e-9, &index));
      g_assert_cmpuint (index, ==, i);
    }
  g_assert_true (pisd_basis_find_node (basis, 1.0, &index));
  g_assert_cmpuint (index, ==, end < 1.0 ? 0 : S - 1);
  g_assert_true (pisd_basis_is_periodic (basis) == (end < 1.0));
  g_assert_false (pisd_basis_find_node (basis, -0.25, &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_false (pisd_basis_find_node (basis, 7.0, &index));
  g_assert_cmpuint (index, <, S);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/basis/closed-forms", test_closed_forms);
  g_test_add_func ("/engine/basis/closed-forms/periodic", test_periodic_closed_forms);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *definition = g_strconcat ("/engine/basis/definition/", cases[i].path, NULL);
      g_autofree char *orthonormal =
          g_strconcat ("/engine/basis/orthonormal/", cases[i].path, NULL);
      g_autofree char *adjoint = g_strconcat ("/engine/basis/adjoint/", cases[i].path, NULL);

      g_test_add_data_func (definition, &cases[i], test_definition);
      g_test_add_data_func (orthonormal, &cases[i], test_orthonormal);
      g_test_add_data_func (adjoint, &cases[i], test_adjoint);
    }
  for (guint basis = 0; basis < PISD_N_BASES; basis++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/basis/nodes/%u", basis);

      g_test_add_data_func (path, GUINT_TO_POINTER (basis), test_nodes);
    }
  g_test_add_data_func ("/engine/basis/table/cosine", GINT_TO_POINTER (PISD_BASIS_COSINE),
                        test_table);
  g_test_add_data_func ("/engine/basis/table/sine", GINT_TO_POINTER (PISD_BASIS_SINE), test_table);
  g_test_add_data_func ("/engine/basis/table/periodic", GINT_TO_POINTER (PISD_BASIS_PERIODIC),
                        test_table);
  return g_test_run ();
}
