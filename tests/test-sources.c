#include "pisd-sources.h"

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

/* Second moments of where a field is not zero. */
typedef struct
{
  guint n;
  gboolean on_border;
  double yy, xx, xy; /* in squares of the side */
} Shape;

static Shape
measure_shape (const PisdField *field)
{
  Shape shape = { 0 };
  double x = 0.0, y = 0.0;

  for (guint p = 0; p < S * S; p++)
    if (field->data[p] != 0.0)
      {
        guint i = p / S, j = p % S;

        shape.n++;
        shape.on_border = shape.on_border || i == 0 || j == 0 || i == S - 1 || j == S - 1;
        y += i;
        x += j;
        shape.yy += i * i;
        shape.xx += j * j;
        shape.xy += i * j;
      }
  y /= shape.n;
  x /= shape.n;
  shape.yy = (shape.yy / shape.n - y * y) / ((S - 1) * (S - 1));
  shape.xx = (shape.xx / shape.n - x * x) / ((S - 1) * (S - 1));
  shape.xy = (shape.xy / shape.n - x * y) / ((S - 1) * (S - 1));
  return shape;
}

/* Deviations along the principal axes, and the cosine of twice their angle. */
static void
find_axes (const Shape *shape, double *large, double *small, double *cosine)
{
  double half = 0.5 * (shape->xx + shape->yy),
         difference = hypot (0.5 * (shape->xx - shape->yy), shape->xy);

  *large = sqrt (half + difference);
  *small = sqrt (half - difference);
  *cosine = 0.5 * (shape->xx - shape->yy) / difference;
}

/* A lone inclusion is an ellipse, half-widths twice the deviations, or a rectangle, root of three
 * times: both come, with half-widths of 0.05 to 0.25, and at every angle: along the axes the cosine
 * would be 1. */
static void
test_lone_inclusions (void)
{
  g_autoptr (PisdField) field = pisd_field_new (S, S);
  guint n_ellipses = 0, n_rectangles = 0, n_long = 0, n_oblique = 0;

  for (guint64 seed = 0; seed < 600; seed++)
    {
      double large, small, cosine, fill;
      Shape shape;

      if (pisd_rng_uniform (seed, PISD_STREAM_SHAPES, 0, 0) >= 1.0 / 6.0)
        continue;
      pisd_family_sample (PISD_FAMILY_INCLUSIONS, seed, field);
      shape = measure_shape (field);
      if (shape.on_border)
        continue;
      find_axes (&shape, &large, &small, &cosine);
      fill = shape.n / pow (S - 1, 2) / (large * small);
      n_ellipses += fill > 12.4;
      n_rectangles += fill < 12.2;
      g_assert_cmpfloat (small, >, 0.05 / 2.0 - 0.003);
      g_assert_cmpfloat (large, <, 0.25 / sqrt (3.0) + 0.003);
      n_long += large > 1.3 * small;
      n_oblique += large > 1.3 * small && fabs (cosine) < 0.7;
    }
  g_assert_cmpuint (n_ellipses, >=, 10);
  g_assert_cmpuint (n_rectangles, >=, 10);
  g_assert_cmpuint (n_oblique, >=, n_long / 5);
  g_assert_cmpuint (n_oblique, <=, n_long - n_long / 5);
}

/* The numbers behind the shapes: 1 to 6 or 8 equally often; heights +-(0.5 to 2), evenly; means of
 * uniform numbers are within five of their own deviations. */
static void
test_values (void)
{
  g_autoptr (PisdField) field = pisd_field_new (S, S);
  const guint n = 400;
  guint seen[8] = { 0 }, n_positive = 0;
  double sum = 0.0;

  for (guint64 seed = 0; seed < n; seed++)
    {
      double value = 0.0;

      pisd_family_sample (PISD_FAMILY_INCLUSIONS, seed, field);
      qsort (field->data, S * S, sizeof (double), compare_doubles);
      for (guint p = 0, n_values = 0; p < S * S; p++)
        if (field->data[p] != 0.0 && (p == 0 || field->data[p] != field->data[p - 1]))
          {
            value = field->data[p];
            n_values++;
            seen[n_values]++;
          }
      n_positive += value > 0.0; /* the largest: of n values all are negative once in 2^n */
      sum += fabs (value) / n;
    }
  g_assert_cmpuint (seen[1], ==, n);
  g_assert_cmpuint (seen[6], >, 0);
  g_assert_cmpuint (seen[7], ==, 0);
  for (guint k = 2; k <= 6; k++)
    g_assert_cmpuint (seen[k], <, seen[k - 1]);
  g_assert_cmpuint (n_positive, >, n / 2);
  g_assert_cmpuint (n_positive, <, n);
  test_assert_close (sum, 1.3, 0.3);
}

/* A prior's mean is as it says; of a family without one, of the benchmark's, 0. */
static void
test_prior (void)
{
  const PisdSourcePrior grf = { PISD_FAMILY_GRF, 0.5, PISD_LAW_BENCHMARK },
                        any = { PISD_FAMILY_ANY, 0.25, PISD_LAW_BENCHMARK };

  g_assert_cmpfloat (pisd_source_scale (0, 0, &grf), ==, 0.5 * PISD_GRID);
  g_assert_cmpfloat (pisd_source_scale (0, 0, &any), ==, 0.25 * PISD_GRID);
  g_assert_cmpfloat (pisd_source_scale (1, 2, &grf), ==, pisd_grf_scale (1, 2));
  g_assert_cmpfloat (pisd_family_get_mean_sd (PISD_FAMILY_GRF), ==, 0.0);
  for (guint ky = 0; ky < S; ky += 5)
    for (guint kx = 1; kx < S; kx += 7)
      {
        double squares = 0.0;

        for (PisdFamily family = 0; family < PISD_N_FAMILIES; family++)
          {
            const PisdSourcePrior prior = { family, 0.0, PISD_LAW_BENCHMARK };

            squares += pow (pisd_source_scale (ky, kx, &prior), 2) / PISD_N_FAMILIES;
            g_assert_cmpfloat (pisd_source_scale (kx, ky, &prior), ==,
                               pisd_source_scale (ky, kx, &prior));
          }
        test_assert_close (pow (pisd_source_scale (ky, kx, &any), 2) / squares, 1.0, 1e-12);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/sources/seeds", test_seeds);
  g_test_add_func ("/physics/sources/inclusions", test_inclusions);
  g_test_add_func ("/physics/sources/blob", test_blob);
  g_test_add_func ("/physics/sources/lone-inclusions", test_lone_inclusions);
  g_test_add_func ("/physics/sources/values", test_values);
  g_test_add_func ("/physics/sources/prior", test_prior);
  return g_test_run ();
}
