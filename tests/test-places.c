#include "pisd-places.h"

#include "pisd-test.h"

#define BOX 12
#define N 9

/* Against the sum over modes, for places that share lines and one that reads nothing, and the adjoint. */
static void
test_reads (gconstpointer data)
{
  PisdBasis basis = GPOINTER_TO_INT (data);
  const PisdSupport support = { .box = BOX, .block = 8, .width = 3 };
  g_autoptr (PisdPlaces) places = pisd_places_new (basis, &support, N);
  g_autofree double *box = test_random (BOX * BOX, 1);
  g_autofree double *v = test_random (N, 2);
  g_autofree double *back = g_new0 (double, BOX *BOX);
  double f[N], row_y[BOX], row_x[BOX];

  for (guint i = support.block; i < BOX; i++)
    for (guint j = support.width; j < BOX; j++)
      box[i * BOX + j] = box[j * BOX + i] = 0.0;
  for (guint s = 0; s < N; s++)
    if (s == 4)
      pisd_places_add_silent (places);
    else
      pisd_places_add (places, 0.1 + 0.2 * (s % 3), 0.05 + 0.1 * s);
  pisd_places_apply (places, box, f);
  for (guint s = 0; s < N; s++)
    {
      double sum = 0.0;

      pisd_basis_evaluate (basis, BOX, 0.1 + 0.2 * (s % 3), row_y);
      pisd_basis_evaluate (basis, BOX, 0.05 + 0.1 * s, row_x);
      for (guint i = 0; i < BOX; i++)
        for (guint j = 0; j < BOX; j++)
          sum += row_y[i] * box[i * BOX + j] * row_x[j];
      test_assert_close (f[s], s == 4 ? 0.0 : sum, 1e-13);
      g_assert_true (s == 4 || pisd_places_get_line (places, s) == s % 3);
    }
  pisd_places_apply_adjoint (places, v, back);
  test_assert_close (test_dot (f, v, N), test_dot (box, back, BOX * BOX), 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/places/reads/cosine", GINT_TO_POINTER (PISD_BASIS_COSINE),
                        test_reads);
  g_test_add_data_func ("/engine/places/reads/sine", GINT_TO_POINTER (PISD_BASIS_SINE), test_reads);
  return g_test_run ();
}
