#include "pisd-plane-mixture.h"

#include "pisd-lab-points.h"
#include "pisd-plane-density.h"
#include "pisd-test.h"

#define N_PLACES 40

static void
init (PisdPlaneMixture *mixture)
{
  const double shift[2] = { 0.1, -0.2 };

  g_assert_true (pisd_points_get_mixture (PISD_POINTS_MIXTURE, mixture));
  pisd_plane_mixture_standardise (mixture, shift, 1.3);
}

static double
get_log_density (const PisdPlaneMixture *mixture, double abar, double x, double y)
{
  const double place[2] = { x, y };
  double out;

  pisd_plane_mixture_get_log_density (mixture, abar, 1.0 - abar, 1, place, &out);
  return out;
}

/* The score is the slope of log p, and Tweedie's formula gives the denoiser. */
static void
test_score (void)
{
  static const double abars[] = { 1.0, 0.9, 0.3, 1e-3 };
  PisdPlaneMixture mixture;
  g_autofree double *x = test_random (2 * N_PLACES, 3);
  double score[2 * N_PLACES], x0[2 * N_PLACES];
  const double h = 1e-5;

  init (&mixture);
  for (guint k = 0; k < G_N_ELEMENTS (abars); k++)
    {
      const double abar = abars[k];

      pisd_plane_mixture_get_score (&mixture, abar, 1.0 - abar, N_PLACES, x, score);
      pisd_plane_mixture_denoise (&mixture, abar, 1.0 - abar, N_PLACES, x, x0);
      for (guint i = 0; i < N_PLACES; i++)
        {
          const double u = x[2 * i], v = x[2 * i + 1];
          const double slope = (get_log_density (&mixture, abar, u + h, v)
                                - get_log_density (&mixture, abar, u - h, v))
                               / (2 * h);

          test_assert_close (score[2 * i], slope, 1e-7 * (1.0 + fabs (slope)));
          test_assert_close (sqrt (abar) * x0[2 * i + 1] - v, (1.0 - abar) * score[2 * i + 1],
                             1e-12);
        }
    }
}

/* p is a density at every time: its sum over a grid is 1. */
static void
test_density (void)
{
  PisdPlaneMixture mixture;
  double sum = 0.0;
  const double h = 0.05;

  init (&mixture);
  for (double x = -7.0; x < 7.0; x += h)
    for (double y = -7.0; y < 7.0; y += h)
      sum += exp (get_log_density (&mixture, 0.5, x, y)) * h * h;
  test_assert_close (sum, 1.0, 1e-9);
}

/* A sample is a mixture of one part: the two fields agree, and (x, y) is where it belongs. */
static void
test_fields (void)
{
  const double x[2] = { 1.0, -0.5 };
  const PisdPlaneMixture mixture = { 1, { { 1.0, { 1.0, -0.5 }, { 0.0064, 0.0, 0.0064 } } } };
  g_autoptr (PisdField) samples = pisd_field_new (20, 20);
  g_autoptr (PisdField) exact = pisd_field_new (20, 20);
  double places[2 * 400];
  guint highest = 0;

  /* The blur of samples is not carried along, that of the part is: at abar = 1 they are one. */
  pisd_plane_density_of_samples (1, x, 1.0, 0.09, 2.0, samples);
  pisd_plane_density_of_mixture (&mixture, 1.0, 0.09, 2.0, exact);
  pisd_plane_fill_places (20, 2.0, TRUE, places);
  for (guint k = 0; k < 400; k++)
    {
      test_assert_close (samples->data[k], exact->data[k], 1e-12);
      if (exact->data[k] > exact->data[highest])
        highest = k;
    }
  test_assert_close (places[2 * highest], 1.0, 0.11);
  test_assert_close (places[2 * highest + 1], -0.5, 0.11);
}

/* Far from everything it neither underflows nor divides by zero. */
static void
test_far (void)
{
  PisdPlaneMixture mixture;
  const double x[2] = { 1e4, -1e4 };
  double score[2];

  init (&mixture);
  pisd_plane_mixture_get_score (&mixture, 1.0, 0.0, 1, x, score);
  g_assert_true (isfinite (score[0]) && score[0] < 0.0 && score[1] > 0.0);
}

/* Samples have the mixture's moments. */
static void
test_draws (void)
{
  PisdPlaneMixture mixture;
  const guint n = 20000;
  g_autofree double *normals = test_random (2 * n, 9);
  double mean[2], variance, sums[2] = { 0.0, 0.0 }, square = 0.0;

  init (&mixture);
  pisd_plane_mixture_get_moments (&mixture, mean, &variance);
  for (guint i = 0; i < n; i++)
    {
      double x[2];

      pisd_plane_mixture_draw (&mixture, pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i),
                               normals + 2 * i, x);
      sums[0] += x[0] / n;
      sums[1] += x[1] / n;
      square += (x[0] * x[0] + x[1] * x[1]) / (2 * n);
    }
  for (guint c = 0; c < 2; c++)
    test_assert_close (sums[c], mean[c], 0.03);
  test_assert_close (square - (mean[0] * mean[0] + mean[1] * mean[1]) / 2, variance, 0.03);
}

/* The part that draws a place is the likeliest where parts lie far apart; beside the middle of two
 * of one width and unlike weights the border lies where w N is equal: x = ln (w_0 / w_1) / 2. */
static void
test_parts (void)
{
  PisdPlaneMixture mixture = { .n_parts = 2,
                               .parts = { { 0.9, { -1.0, 0.0 }, { 1.0, 0.0, 1.0 } },
                                          { 0.1, { 1.0, 0.0 }, { 1.0, 0.0, 1.0 } } } };
  const double border = log (9.0) / 2.0;
  const double x[6] = { border - 1e-9, 5.0, border + 1e-9, -7.0, -40.0, 0.0 };
  guint parts[3];

  pisd_plane_mixture_find_parts (&mixture, 3, x, parts);
  g_assert_cmpuint (parts[0], ==, 0);
  g_assert_cmpuint (parts[1], ==, 1);
  g_assert_cmpuint (parts[2], ==, 0);
  g_assert_true (pisd_points_get_mixture (PISD_POINTS_RING, &mixture));
  for (guint k = 0; k < mixture.n_parts; k++)
    {
      pisd_plane_mixture_find_parts (&mixture, 1, mixture.parts[k].mean, parts);
      g_assert_cmpuint (parts[0], ==, k);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/plane-mixture/score", test_score);
  g_test_add_func ("/lab/plane-mixture/density", test_density);
  g_test_add_func ("/lab/plane-mixture/fields", test_fields);
  g_test_add_func ("/lab/plane-mixture/far", test_far);
  g_test_add_func ("/lab/plane-mixture/draws", test_draws);
  g_test_add_func ("/lab/plane-mixture/parts", test_parts);
  return g_test_run ();
}
