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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/vorticity-prior/scale", test_scale);
  g_test_add_func ("/engine/vorticity-prior/sample", test_sample);
  return g_test_run ();
}
