#include "pisd-node-covariance.h"

#include "pisd-basis.h"
#include "pisd-test.h"

#define S PISD_GRID

/* Against the sum over modes, at corners, edges, one node twice and a pair whose sum of indices is folded. */
typedef struct
{
  const char *path;
  PisdBasis basis;
  PisdModeSet set;
  guint modes;
} Case;

static const Case cases[] = {
  { "square", PISD_BASIS_COSINE, PISD_MODES_SQUARE, 20 },
  { "hyperbolic", PISD_BASIS_COSINE, PISD_MODES_HYPERBOLIC, 20 },
  { "periodic", PISD_BASIS_PERIODIC, PISD_MODES_SQUARE, 20 },
  { "periodic-all", PISD_BASIS_PERIODIC, PISD_MODES_SQUARE, S },
  { "periodic-hyperbolic", PISD_BASIS_PERIODIC, PISD_MODES_HYPERBOLIC, 20 },
};

static void
test_sums (gconstpointer data)
{
  const Case *c = data;
  static const struct
  {
    guint node, other;
  } pairs[] = {
    { 0, 0 },
    { 0, S * S - 1 },
    { 17 * S + 3, 17 * S + 3 },
    { 127 * S + 1, 64 * S + 127 },
    { 63 * S + 64, 64 * S + 63 },
    { 100 * S + 5, 90 * S + 120 },
  };
  g_autoptr (PisdModes) modes = pisd_modes_new (c->set, c->modes, c->basis, FALSE, NULL);
  g_autofree double *scale = test_random (modes->n, 1);
  g_autoptr (PisdNodeCovariance) covariance = pisd_node_covariance_new (c->basis, modes, scale);

  for (guint p = 0; p < G_N_ELEMENTS (pairs); p++)
    {
      const guint i = pairs[p].node, j = pairs[p].other;
      double y[2][S], x[2][S], sum = 0.0;

      pisd_basis_evaluate (c->basis, S, pisd_basis_get_node (c->basis, i / S), y[0]);
      pisd_basis_evaluate (c->basis, S, pisd_basis_get_node (c->basis, j / S), y[1]);
      pisd_basis_evaluate (c->basis, S, pisd_basis_get_node (c->basis, i % S), x[0]);
      pisd_basis_evaluate (c->basis, S, pisd_basis_get_node (c->basis, j % S), x[1]);
      for (guint m = 0; m < modes->n; m++)
        sum += scale[m] * scale[m] * y[0][modes->ky[m]] * y[1][modes->ky[m]] * x[0][modes->kx[m]]
               * x[1][modes->kx[m]];
      test_assert_close (pisd_node_covariance_get (covariance, i, j), sum, 1e-13);
      test_assert_close (pisd_node_covariance_get (covariance, j, i), sum, 1e-13);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/node-covariance/sums/%s", cases[c].path);

      g_test_add_data_func (path, &cases[c], test_sums);
    }
  return g_test_run ();
}
