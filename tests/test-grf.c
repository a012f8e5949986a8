#include "pisd-grf.h"

#include "pisd-rng.h"
#include "pisd-test.h"

#define S PISD_GRID

/* Same seed, same bits; another seed, another source; whatever stood there is overwritten. */
static void
test_seeds (void)
{
  for (guint family = 0; family < PISD_N_FAMILIES; family++)
    {
      g_autoptr (PisdField) one = pisd_field_new (S, S);
      g_autoptr (PisdField) again = pisd_field_new (S, S);
      g_autoptr (PisdField) other = pisd_field_new (S, S);

      for (guint p = 0; p < S * S; p++)
        again->data[p] = NAN;
      pisd_family_sample (family, 3, one);
      pisd_family_sample (family, 3, again);
      pisd_family_sample (family, 4, other);
      g_assert_cmpmem (one->data, sizeof (double) * S * S, again->data, sizeof (double) * S * S);
      g_assert_cmpfloat (pisd_field_relative_error (other, one), >, 0.1);
    }
}

/* S times the scale is tau / (pi^2 |k|^2 + tau^2) with tau = 3; the mean has none. */
static void
test_scale (void)
{
  g_assert_cmpfloat (pisd_grf_scale (0, 0), ==, 0.0);
  g_assert_cmpfloat (pisd_grf_prior_scale (0, 0, 0.5), ==, 0.5 * PISD_GRID);
  g_assert_cmpfloat (pisd_grf_prior_scale (1, 2, 0.5), ==, pisd_grf_scale (1, 2));
  for (guint ky = 0; ky < S; ky += 9)
    for (guint kx = 1; kx < S; kx += 7)
      test_assert_close (pisd_grf_scale (ky, kx) * (G_PI * G_PI * (ky * ky + kx * kx) + 9.0),
                         3.0 * S, 1e-9);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Inclusions are of constant value: 0 and at most six others, all between 0.5 and 2 in size. */
static void
test_inclusions (void)
{
  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autoptr (PisdField) field = pisd_field_new (S, S);
      guint n_values = 1;

      pisd_family_sample (PISD_FAMILY_INCLUSIONS, seed, field);
      qsort (field->data, S * S, sizeof (double), compare_doubles);
      for (guint p = 0; p < S * S; p++)
        {
          double size = fabs (field->data[p]);

          g_assert_true (size == 0.0 || (size >= 0.5 && size <= 2.0));
          n_values += p > 0 && field->data[p] != field->data[p - 1] ? 1 : 0;
        }
      g_assert_cmpuint (n_values, >=, 2);
      g_assert_cmpuint (n_values, <=, 7);
    }
}

/* The logarithm of a lone bump bends by -(h / sd)^2 from node to node, the same along both axes and
 * everywhere; its top is 0.5 to 2 in size and sd is 0.03 to 0.11. */
static void
check_lone_blob (const PisdField *field)
{
  double bend = NAN, top = 0.0;

  for (guint i = 1; i < S - 1; i++)
    for (guint j = 1; j < S - 1; j++)
      {
        const double *p = field->data + i * S + j;

        top = MAX (top, fabs (*p));
        if (fabs (*p) < 1e-20)
          continue;
        if (isnan (bend))
          bend = log (p[1] / *p) + log (p[-1] / *p);
        test_assert_close ((log (p[1] / *p) + log (p[-1] / *p)) / bend, 1.0, 1e-8);
        test_assert_close ((log (p[S] / *p) + log (p[-(int) S] / *p)) / bend, 1.0, 1e-8);
      }
  test_assert_close (1.0 / (S - 1) / sqrt (-bend), 0.07, 0.04);
  test_assert_close (top, 1.25, 0.78);
}

/* One seed of eight has a lone bump. */
static void
test_blob (void)
{
  g_autoptr (PisdField) field = pisd_field_new (S, S);
  guint n_lone = 0;

  for (guint64 seed = 0; seed < 40; seed++)
    {
      if (pisd_rng_uniform (seed, PISD_STREAM_SHAPES, 0, 0) >= 1.0 / 8.0)
        continue;
      n_lone++;
      pisd_family_sample (PISD_FAMILY_BLOBS, seed, field);
      check_lone_blob (field);
    }
  g_assert_cmpuint (n_lone, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/grf/seeds", test_seeds);
  g_test_add_func ("/physics/grf/scale", test_scale);
  g_test_add_func ("/physics/grf/inclusions", test_inclusions);
  g_test_add_func ("/physics/grf/blob", test_blob);
  return g_test_run ();
}
