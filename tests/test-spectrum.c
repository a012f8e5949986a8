#include "pisd-spectrum.h"

#include "pisd-basis.h"
#include "pisd-shapes.h"
#include "pisd-test.h"

#define S PISD_GRID
#define N_WIDTHS 17 /* Simpson's rule */
#define N_CENTRES 160

/* Mean over the centres of the square of mode k of a bump of that width along one axis. */
static double
measure_bump (PisdBasis basis, const double *rows, guint k, double sd)
{
  double sum = 0.0;

  for (guint c = 0; c < N_CENTRES; c++)
    {
      double mode = 0.0, centre = (c + 0.5) / N_CENTRES;

      for (guint i = 0; i < S; i++)
        mode +=
            rows[i * S + k] * exp (-0.5 * pow ((pisd_basis_get_node (basis, i) - centre) / sd, 2));
      sum += mode * mode / N_CENTRES;
    }
  return sum;
}

/* Blobs are sums of independent products: a mode's variance is the mean number of bumps, 4.5, times
 * that of the square of a height, 1.75, times the mean over widths of what both axes make of one. */
static void
test_blobs (void)
{
  static const guint numbers[] = { 0, 1, 3, 7, 15, 21, 28, 60 };
  const guint n = G_N_ELEMENTS (numbers);
  g_autofree double *rows = g_new (double, S *S);
  double bumps[G_N_ELEMENTS (numbers)][N_WIDTHS];

  for (guint i = 0; i < S; i++)
    pisd_basis_evaluate (PISD_BASIS_COSINE, S, pisd_basis_get_node (PISD_BASIS_COSINE, i),
                         rows + i * S);
  for (guint k = 0; k < n; k++)
    for (guint w = 0; w < N_WIDTHS; w++)
      bumps[k][w] =
          measure_bump (PISD_BASIS_COSINE, rows, numbers[k], 0.03 + 0.08 * w / (N_WIDTHS - 1));
  for (guint y = 0; y < n; y++)
    for (guint x = 0; x <= y; x++)
      {
        double variance = 0.0,
               table = pow (pisd_spectrum_get_sd (PISD_FAMILY_BLOBS, numbers[y], numbers[x]), 2);

        for (guint w = 0; w < N_WIDTHS; w++)
          variance += 4.5 * 1.75 * bumps[y][w] * bumps[x][w]
                      * (w == 0 || w + 1 == N_WIDTHS ? 1
                         : w % 2 == 1                ? 4
                                                     : 2)
                      / (3.0 * (N_WIDTHS - 1));
        test_assert_close (table / variance, 1.0, 0.15);
      }
}

/* Squares of the modes of fields that the table was not made of, ring by ring. */
static void
test_inclusions (void)
{
  static const guint rings[] = { 0, 2, 4, 8, 16, 32, 64, 128 };
  const guint n = 300;
  g_autoptr (PisdField) field = pisd_field_new (S, S);
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, S *S), *squares = g_new0 (double, S *S);

  for (guint64 seed = 0; seed < n; seed++)
    {
      pisd_inclusions_sample (seed, field);
      pisd_transform_analyze (transform, field->data, c);
      for (guint p = 0; p < S * S; p++)
        squares[p] += c[p] * c[p] / n;
    }
  for (guint r = 0; r + 1 < G_N_ELEMENTS (rings); r++)
    {
      double measured = 0.0, table = 0.0;

      for (guint p = 0; p < S * S; p++)
        if (MAX (p / S, p % S) >= rings[r] && MAX (p / S, p % S) < rings[r + 1])
          {
            measured += squares[p];
            table += pow (pisd_spectrum_get_sd (PISD_FAMILY_INCLUSIONS, p / S, p % S), 2);
          }
      test_assert_close (measured / table, 1.0, 0.2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/spectrum/blobs", test_blobs);
  g_test_add_func ("/physics/spectrum/inclusions", test_inclusions);
  return g_test_run ();
}
