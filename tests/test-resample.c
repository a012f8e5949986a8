/* Other grids: modes that a grid of n nodes has are evaluated exactly, and our own grid is left as it is. */
#include <math.h>

#include "pisd-resample.h"
#include "pisd-test.h"

#define S PISD_GRID

/* A few modes that 48 nodes can hold, by formula. */
static double
evaluate (PisdBasis basis, guint n, double y, double x)
{
  switch (basis)
    {
    case PISD_BASIS_COSINE:
      y = ((n - 1) * y + 0.5) / n;
      x = ((n - 1) * x + 0.5) / n;
      return 0.3 + cos (3 * G_PI * y) * cos (G_PI * 47 * x) - 2 * cos (G_PI * x);
    case PISD_BASIS_SINE:
      return sin (G_PI * y) * sin (46 * G_PI * x) + 2 * sin (5 * G_PI * y) * sin (2 * G_PI * x);
    default:
      return 0.3 + sin (2 * G_PI * (23 * x - 3 * y)) + cos (2 * G_PI * 24 * x) + cos (2 * G_PI * y);
    }
}

static double
get_node (PisdBasis basis, guint n, guint i)
{
  return (double) i / (basis == PISD_BASIS_PERIODIC ? n : n - 1);
}

static void
assert_exact (PisdBasis basis, guint n)
{
  g_autofree double *in = g_new (double, n *n);
  g_autoptr (PisdField) out = pisd_field_new (S, S);
  double worst = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      in[i * n + j] = evaluate (basis, n, get_node (basis, n, i), get_node (basis, n, j));
  pisd_resample (basis, n, in, out);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      worst = fmax (worst,
                    fabs (out->data[i * S + j]
                          - evaluate (basis, n, get_node (basis, S, i), get_node (basis, S, j))));
  g_assert_cmpfloat (worst, <, 1e-11);
}

static void
test_modes (void)
{
  static const guint sizes[] = { 48, 65, 128, 200 };

  for (guint basis = 0; basis < PISD_N_BASES; basis++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      assert_exact (basis, sizes[k]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/resample/modes", test_modes);
  return g_test_run ();
}
