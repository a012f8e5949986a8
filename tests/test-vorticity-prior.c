#include "pisd-vorticity-prior.h"

#include "pisd-basis.h"
#include "pisd-test.h"

#define S PISD_GRID

/* The spectrum's closed form at a mode, and the sum of all variances: E |w|^2 = 0.26^2. */
static void
test_scale (void)
{
  double sum = 0.0;

  test_assert_close (pisd_vorticity_prior_scale (0, 0), 0.0, 0.0);
  for (guint k = 3; k <= 4; k++)
    test_assert_close (pisd_vorticity_prior_scale (k, 1) / S,
                       sqrt (2.0) * pow (7.0, 1.5) * pow (4.0 * G_PI * G_PI * 5.0 + 49.0, -1.25),
                       1e-15);
  for (guint j = 0; j < S; j++)
    for (guint k = 0; k < S; k++)
      sum += pow (pisd_vorticity_prior_scale (j, k) / S, 2);
  test_assert_close (sqrt (sum), 0.26, 0.005);
}

/* The same of draws, whose modes are as large as they should be in every octave; no mean. */
static void
test_sample (void)
{
  enum
  {
    DRAWS = 20
  };
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdField) w = pisd_field_new (S, S);
  g_autofree double *c = g_new (double, S *S);
  double sum[8] = { 0.0 }, first;
  guint n[8] = { 0 };

  for (guint seed = 0; seed < DRAWS; seed++)
    {
      pisd_vorticity_prior_sample (seed, w);
      pisd_transform_analyze (transform, w->data, c);
      test_assert_close (c[0] / pisd_field_norm (w), 0.0, 1e-14);
      for (guint i = 1; i < S * S; i++)
        {
          guint octave = g_bit_storage (MAX (i / S, i % S));

          sum[octave - 1] += pow (c[i] / pisd_vorticity_prior_scale (i / S, i % S), 2);
          n[octave - 1]++;
        }
    }
  for (guint octave = 0; octave < 7; octave++)
    test_assert_close (sum[octave] / n[octave], 1.0, 4.0 * sqrt (2.0 / n[octave]));
  first = w->data[7];
  pisd_vorticity_prior_sample (DRAWS - 1, w);
  g_assert_cmpfloat (w->data[7], ==, first);
  pisd_vorticity_prior_sample (DRAWS, w);
  g_assert_cmpfloat (w->data[7], !=, first);
}

/* The benchmark's law is the one without numbers, to the last bit; of another one slopes are
 * those of differences, and fields of a seed have the same phases. */
static void
test_law (void)
{
  const PisdSourcePrior prior = { PISD_FAMILY_GRF, 0.0, { 1.3, 11.0, 2.2 } };
  const PisdRandomOps *random = &pisd_vorticity_random;
  const double step = 1e-6;
  g_autoptr (PisdField) one = pisd_field_new (S, S), two = pisd_field_new (S, S);
  PisdLaw twice = prior.law;

  g_assert_cmpfloat (pisd_vorticity_law_scale (&random->benchmark, 3, 8), ==,
                     pisd_vorticity_prior_scale (3, 8));
  for (guint which = 0; which < PISD_N_SLOPES; which++)
    {
      const double by[2] = { -step, step };
      double slopes[PISD_N_SLOPES], sides[2];

      for (guint s = 0; s < 2; s++)
        {
          PisdSourcePrior moved = prior;

          moved.law.amplitude *= which == PISD_SLOPE_AMPLITUDE ? exp (by[s]) : 1.0;
          moved.law.tau *= which == PISD_SLOPE_TAU ? exp (by[s]) : 1.0;
          moved.law.alpha += which == PISD_SLOPE_ALPHA ? by[s] : 0.0;
          sides[s] = log (random->scale (3, 8, &moved));
        }
      random->fill_slopes (3, 8, &prior, slopes);
      test_assert_close (slopes[which], (sides[1] - sides[0]) / (2.0 * step), 1e-8);
    }
  twice.amplitude *= 2.0;
  pisd_random_sample (random, PISD_FAMILY_GRF, &prior.law, 3, one);
  pisd_random_sample (random, PISD_FAMILY_GRF, &twice, 3, two);
  test_assert_close (two->data[5], 2.0 * one->data[5], 1e-12);
  /* Nearly the benchmark's: the general formula is the same. */
  twice = random->benchmark;
  twice.tau *= 1.0 + 1e-12;
  test_assert_close (pisd_vorticity_law_scale (&twice, 2, 5) / pisd_vorticity_prior_scale (2, 5),
                     1.0, 1e-10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/vorticity-prior/scale", test_scale);
  g_test_add_func ("/engine/vorticity-prior/sample", test_sample);
  g_test_add_func ("/engine/vorticity-prior/law", test_law);
  return g_test_run ();
}
