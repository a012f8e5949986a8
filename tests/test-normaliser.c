#include "pisd-normaliser.h"

#include "pisd-grf.h"
#include "pisd-test.h"

#define S PISD_GRID
#define N_SINES (S - 2)

typedef struct
{
  PisdModes *modes[2];
  PisdNormaliser *normaliser;
} Fixture;

static void
fixture_init (Fixture *f, PisdProblemId problem, PisdModeSet set, guint k, double mean_sd)
{
  f->modes[0] = pisd_modes_new (set, k, PISD_BASIS_COSINE, mean_sd == 0.0, NULL);
  f->modes[1] = pisd_modes_new (set, k, PISD_BASIS_SINE, FALSE, NULL);
  f->normaliser = pisd_normaliser_new_gaussian (
      TEST_EQUATION (problem, 3.0), (const PisdModes *const *) f->modes,
      &(PisdSourcePrior){ PISD_FAMILY_GRF, mean_sd, PISD_LAW_BENCHMARK });
}

static void
fixture_clear (Fixture *f)
{
  pisd_normaliser_unref (f->normaliser);
  pisd_modes_free (f->modes[0]);
  pisd_modes_free (f->modes[1]);
}

static double
whole_variance (const Fixture *f, guint field)
{
  return pisd_normaliser_get_kept_variance (f->normaliser, field)
         + f->normaliser->tail_variance[field];
}

/* t[k, m]: sum over nodes of sine k times cosine m. */
static double *
products_of_modes (void)
{
  double *t = g_new0 (double, N_SINES *S);

  for (guint k = 0; k < N_SINES; k++)
    for (guint m = 0; m < S; m++)
      for (guint p = 0; p < S; p++)
        t[k * S + m] += sqrt (2.0 / (S - 1)) * sin (G_PI * (k + 1) * p / (S - 1))
                        * sqrt ((m > 0 ? 2.0 : 1.0) / S) * cos (G_PI * m * (p + 0.5) / S);
  return t;
}

/* Variances of all modes of poisson's solution, whatever is kept: sum over the source's modes of
 * (t[k, m] t[l, n] / lambda[k, l])^2 times their variances.  Returned: [N_SINES, N_SINES]. */
static double *
slow_variances (void)
{
  g_autofree double *t = products_of_modes ();
  g_autofree double *half = g_new0 (double, N_SINES *S);
  double *out = g_new0 (double, N_SINES *N_SINES), h = 1.0 / (S - 1);

  for (guint k = 0; k < N_SINES; k++)
    for (guint m = 0; m < S; m++)
      for (guint n = 0; n < S; n++)
        half[k * S + n] += pow (t[k * S + m] * pisd_grf_scale (m, n), 2);
  for (guint k = 0; k < N_SINES; k++)
    for (guint l = 0; l < N_SINES; l++)
      {
        double lambda =
            (2.0 * cos (G_PI * (k + 1) * h) + 2.0 * cos (G_PI * (l + 1) * h) - 4.0) / (h * h);

        for (guint n = 0; n < S; n++)
          out[k * N_SINES + l] += half[k * S + n] * pow (t[l * S + n] / lambda, 2);
      }
  return out;
}

/* Scales of the source are the field's own; those of the solution, and what both leave out, follow
 * by slow sums.  With all modes of the source kept nothing is lost on the way to a mode of u. */
static void
test_scales (void)
{
  g_autofree double *slow = slow_variances ();
  double all_a = 0.0, all_u = 0.0;
  Fixture f;

  for (guint i = 0; i < S * S; i++)
    all_a += pow (pisd_grf_scale (i / S, i % S), 2) / (S * S);
  for (guint i = 0; i < N_SINES * N_SINES; i++)
    all_u += slow[i] / (S * S);
  fixture_init (&f, PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 20, 0.0);
  for (guint i = 0; i < f.modes[0]->n; i++)
    g_assert_cmpfloat (f.normaliser->scale[0][i], ==,
                       pisd_grf_scale (f.modes[0]->ky[i], f.modes[0]->kx[i]));
  for (guint i = 0; i < f.modes[1]->n; i++)
    test_assert_below (pow (f.normaliser->scale[1][i], 2),
                       slow[f.modes[1]->ky[i] * N_SINES + f.modes[1]->kx[i]] * (1.0 + 1e-12));
  test_assert_close (whole_variance (&f, 0) / all_a, 1.0, 1e-12);
  test_assert_close (whole_variance (&f, 1) / all_u, 1.0, 1e-10);
  /* The lowest mode hardly needs those that are not kept. */
  test_assert_close (pow (f.normaliser->scale[1][0], 2) / slow[0], 1.0, 1e-4);
  fixture_clear (&f);
}

/* What is kept and what is left out add up to the same whichever modes are kept, and more modes
 * leave out less. */
static void
test_whole (void)
{
  for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
    {
      Fixture few, more, cross;

      fixture_init (&few, problem, PISD_MODES_SQUARE, 8, 0.0);
      fixture_init (&more, problem, PISD_MODES_SQUARE, 24, 0.0);
      fixture_init (&cross, problem, PISD_MODES_HYPERBOLIC, 24, 0.0);
      for (guint field = 0; field < 2; field++)
        {
          double tail = more.normaliser->tail_variance[field];

          test_assert_close (whole_variance (&more, field) / whole_variance (&few, field), 1.0,
                             1e-12);
          test_assert_close (whole_variance (&cross, field) / whole_variance (&few, field), 1.0,
                             1e-12);
          test_assert_below (2.0 * tail, few.normaliser->tail_variance[field]);
          test_assert_below (-tail, 0.0);
        }
      fixture_clear (&few);
      fixture_clear (&more);
      fixture_clear (&cross);
    }
}

/* An open mean adds its variance at every node, all of it in the mode (0, 0), which is kept. */
static void
test_mean (void)
{
  const double mean_sd = 0.7;
  Fixture without, with;

  fixture_init (&without, PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 12, 0.0);
  fixture_init (&with, PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 12, mean_sd);
  g_assert_cmpuint (with.normaliser->n[0], ==, without.normaliser->n[0] + 1);
  test_assert_close (with.normaliser->scale[0][0], mean_sd * S, 1e-12);
  test_assert_close (pisd_normaliser_get_kept_variance (with.normaliser, 0)
                         - pisd_normaliser_get_kept_variance (without.normaliser, 0),
                     mean_sd * mean_sd, 1e-12);
  test_assert_close (with.normaliser->tail_variance[0], without.normaliser->tail_variance[0],
                     1e-12);
  test_assert_below (pisd_normaliser_get_kept_variance (without.normaliser, 1) * 1.01,
                     pisd_normaliser_get_kept_variance (with.normaliser, 1));
  fixture_clear (&without);
  fixture_clear (&with);
}

/* Scales of one's own: zeros to be filled, one a mode, shared until the last owner lets go. */
static void
test_own (void)
{
  g_autoptr (PisdModes) a = pisd_modes_new (PISD_MODES_SQUARE, 5, PISD_BASIS_COSINE, TRUE, NULL);
  g_autoptr (PisdModes) u = pisd_modes_new (PISD_MODES_SQUARE, 4, PISD_BASIS_SINE, FALSE, NULL);
  g_autoptr (PisdNormaliser) own = pisd_normaliser_new (pisd_operator_get (PISD_PROBLEM_POISSON),
                                                        (const PisdModes *const[]){ a, u });
  PisdNormaliser *other = pisd_normaliser_ref (own);

  g_assert_cmpuint (own->n[0], ==, 24);
  g_assert_cmpuint (own->n[1], ==, 16);
  g_assert_cmpfloat (pisd_normaliser_get_kept_variance (own, 0), ==, 0.0);
  own->scale[1][3] = 64.0;
  pisd_normaliser_unref (other);
  g_assert_cmpfloat (pisd_normaliser_get_kept_variance (own, 1), ==, 0.25);
  pisd_normaliser_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latent/normaliser/scales", test_scales);
  g_test_add_func ("/latent/normaliser/whole", test_whole);
  g_test_add_func ("/latent/normaliser/mean", test_mean);
  g_test_add_func ("/latent/normaliser/own", test_own);
  return g_test_run ();
}
