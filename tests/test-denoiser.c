#include "pisd-denoiser.h"

#include "pisd-grf.h"
#include "pisd-test.h"

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdModeSet mode_set;
  double mean_sd;
  PisdFamily family;
  gboolean is_pooled; /* scales of any family */
} Case;

static const Case cases[] = {
  { "poisson-square", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE },
  { "helmholtz-square", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE },
  { "poisson-hyperbolic", PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC },
  { "with-a-mean", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 0.7 },
  { "blobs", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 0.1, PISD_FAMILY_BLOBS },
  { "pooled", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 0.1, PISD_FAMILY_INCLUSIONS, TRUE },
  { "pooled-without-mean", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 0.0, PISD_FAMILY_GRF, TRUE },
};

typedef struct
{
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  gsize n, n_a;
} Fixture;

/* Of the settings' prior, in scales of its own, or in those of any family, whose mean is open. */
static PisdRepresentation *
new_representation (const Case *c, PisdSettings *settings)
{
  g_autoptr (PisdRepresentation) pooled = NULL;
  PisdSettings any = *settings;

  settings->prior_family = c->family;
  settings->mean_sd = c->mean_sd;
  if (!c->is_pooled)
    return pisd_representation_new (settings, NULL);
  any.prior_family = PISD_FAMILY_ANY;
  any.mean_sd = 0.4;
  pooled = pisd_representation_new (&any, NULL);
  return pisd_representation_new_scaled (settings, pisd_representation_get_normaliser (pooled),
                                         NULL);
}

static void
fixture_init (Fixture *f, const Case *c, guint modes)
{
  PisdSettings settings = test_settings (c->problem, c->mode_set, modes);

  f->representation = new_representation (c, &settings);
  f->prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, f->representation, 1, NULL, NULL);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
  f->n = pisd_representation_get_n (f->representation);
  f->n_a = pisd_representation_get_offset (f->representation, 1, NULL);
}

static void
fixture_clear (Fixture *f)
{
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
}

/* m = D (x) solves (sigma^2 I + B B') w = x, m = B B' w: checked without any decomposition through
 * x - m = sigma^2 w.  B B' = [I; R] S^2 [I, R']. */
static void
check_normal_equations (const Fixture *f, double sigma, const double *x)
{
  double sigma2 = sigma * sigma;
  g_autofree double *m = g_new (double, f->n);
  g_autofree double *w = g_new (double, f->n);
  g_autofree double *xi = g_new (double, f->n_a);
  g_autofree double *again = g_new (double, f->n);
  g_autofree double *ratio = g_new (double, f->n_a);

  pisd_denoiser_denoise (f->denoiser, sigma, x, m);
  for (gsize i = 0; i < f->n; i++)
    w[i] = (x[i] - m[i]) / sigma2;
  pisd_representation_solve_adjoint (f->representation, w + f->n_a, xi);
  pisd_representation_fill_ratio (f->representation, ratio);
  for (gsize i = 0; i < f->n_a; i++)
    again[i] = xi[i] = ratio[i] * ratio[i] * (xi[i] + w[i]);
  pisd_representation_solve (f->representation, xi, again + f->n_a);
  test_assert_below (test_difference (again, m, f->n), 1e-9 / MIN (1.0, sigma2));
}

static void
test_normal_equations (gconstpointer data)
{
  static const double sigmas[] = { 0.002, 0.1, 1.0, 70.0 };
  Fixture f;

  fixture_init (&f, data, 12);
  for (guint s = 0; s < G_N_ELEMENTS (sigmas); s++)
    {
      g_autofree double *x = test_random (f.n, s);

      check_normal_equations (&f, sigmas[s], x);
    }
  fixture_clear (&f);
}

/* The denoised pair satisfies the equation exactly: z_u = R z_a. */
static void
test_consistent (gconstpointer data)
{
  Fixture f;
  g_autofree double *x = NULL, *m = NULL, *u = NULL;

  fixture_init (&f, data, 12);
  x = test_random (f.n, 9);
  m = g_new (double, f.n);
  u = g_new (double, f.n - f.n_a);
  pisd_denoiser_denoise (f.denoiser, 0.7, x, m);
  pisd_representation_solve (f.representation, m, u);
  test_assert_below (test_difference (m + f.n_a, u, f.n - f.n_a), 1e-14);
  fixture_clear (&f);
}

/* <J v, w> by central differences equals <v, J' w>. */
static void
test_vjp (gconstpointer data)
{
  const double sigma = 0.4, h = 1e-4;
  Fixture f;
  g_autofree double *x = NULL, *v = NULL, *w = NULL, *plus = NULL, *minus = NULL, *pulled = NULL;

  fixture_init (&f, data, 12);
  x = test_random (f.n, 10);
  v = test_random (f.n, 11);
  w = test_random (f.n, 12);
  plus = g_new (double, f.n);
  minus = g_new (double, f.n);
  pulled = g_new (double, f.n);
  for (gsize i = 0; i < f.n; i++)
    {
      plus[i] = x[i] + h * v[i];
      minus[i] = x[i] - h * v[i];
    }
  pisd_denoiser_denoise (f.denoiser, sigma, plus, plus);
  pisd_denoiser_denoise (f.denoiser, sigma, minus, minus);
  for (gsize i = 0; i < f.n; i++)
    plus[i] = (plus[i] - minus[i]) / (2.0 * h);
  pisd_denoiser_vjp (f.denoiser, sigma, x, w, pulled);
  test_assert_close (test_dot (plus, w, f.n) / test_dot (v, pulled, f.n), 1.0, 1e-7);
  fixture_clear (&f);
}

/* Clean latents of the prior pass untouched as sigma goes to 0, and everything shrinks to 0 as it
 * grows. */
static void
test_limits (void)
{
  Fixture f;
  g_autofree double *z = NULL, *m = NULL;

  fixture_init (&f, &cases[0], 12);
  z = test_random (f.n, 13);
  m = g_new (double, f.n);
  pisd_representation_solve (f.representation, z, z + f.n_a);
  pisd_denoiser_denoise (f.denoiser, 1e-6, z, m);
  test_assert_below (test_difference (m, z, f.n), 1e-11);
  pisd_denoiser_denoise (f.denoiser, 1e6, z, m);
  test_assert_below (test_norm (m, f.n) / test_norm (z, f.n), 1e-9);
  fixture_clear (&f);
}

/* The smallest mode set, into the place of its input. */
static void
test_tiny (void)
{
  Fixture f;
  g_autofree double *x = NULL, *m = NULL;

  fixture_init (&f, &cases[0], PISD_MODES_LEAST);
  g_assert_cmpuint (f.n, ==, 8 + 9);
  x = test_random (f.n, 14);
  m = g_new (double, f.n);
  check_normal_equations (&f, 1.0, x);
  pisd_denoiser_denoise (f.denoiser, 1.0, x, m);
  pisd_denoiser_denoise (f.denoiser, 1.0, x, x);
  g_assert_cmpmem (x, sizeof (double) * f.n, m, sizeof (double) * f.n);
  fixture_clear (&f);
}

/* The prior of the settings is made by its row and fits what it was made for; a decoupled latent needs no tables. */
static void
test_prior (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10);
  g_autoptr (PisdRepresentation) joint = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdRepresentation) decoupled = NULL;
  g_autoptr (PisdRepresentation) other = NULL;

  settings.space = PISD_SPACE_DECOUPLED;
  decoupled = pisd_representation_new (&settings, NULL);
  settings.space = PISD_SPACE_JOINT;
  settings.modes = 11;
  other = pisd_representation_new (&settings, NULL);
  for (guint id = 0; id < PISD_N_PRIORS; id++)
    {
      g_autoptr (PisdPrior) full = pisd_prior_new (id, joint, 1, NULL, NULL);
      g_autoptr (PisdPrior) simple = pisd_prior_new (id, decoupled, 1, NULL, NULL);

      g_assert_true (pisd_prior_fits (full, id, joint));
      g_assert_true (pisd_prior_fits (full, id, decoupled));
      g_assert_false (pisd_prior_fits (full, id, other));
      g_assert_true (pisd_prior_fits (simple, id, decoupled));
      g_assert_false (pisd_prior_fits (simple, id, joint));
      g_assert_false (pisd_prior_fits (full, id + 1, joint));
    }
}

/* A decoupled latent in scales of any family: every mode shrinks by its own family's share of it,
 * r^2 / (r^2 + sigma^2), and those that the family does not have become zero.  What was made ready
 * for scales of its own does not fit. */
static void
test_other_scales (void)
{
  const Case own = { .problem = PISD_PROBLEM_POISSON, .family = PISD_FAMILY_GRF };
  Case pooled = own;
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10);
  g_autoptr (PisdRepresentation) first = NULL, second = NULL;
  g_autoptr (PisdPrior) prior = NULL, other = NULL;
  g_autoptr (PisdDenoiser) denoiser = NULL;
  g_autofree double *x = test_random (100, 15), *m = g_new (double, 100);
  const PisdModes *modes;

  settings.space = PISD_SPACE_DECOUPLED;
  first = new_representation (&own, &settings);
  pooled.is_pooled = TRUE;
  second = new_representation (&pooled, &settings);
  other = pisd_prior_new (PISD_PRIOR_GAUSSIAN, first, 1, NULL, NULL);
  g_assert_false (pisd_prior_fits (other, PISD_PRIOR_GAUSSIAN, second));
  prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, second, 1, NULL, NULL);
  g_assert_true (pisd_prior_fits (prior, PISD_PRIOR_GAUSSIAN, second));
  g_assert_false (pisd_prior_fits (prior, PISD_PRIOR_GAUSSIAN, first));
  denoiser = pisd_denoiser_new (prior, second);
  pisd_denoiser_denoise (denoiser, 0.5, x, m);
  modes = pisd_representation_get_modes (second, 0);
  g_assert_cmpuint (modes->n, ==, 100);
  for (guint i = 0; i < modes->n; i++)
    {
      double square = pow (pisd_grf_scale (modes->ky[i], modes->kx[i])
                               / pisd_representation_get_scale (second, 0)[i],
                           2);

      test_assert_close (m[i], x[i] * square / (square + 0.25), 1e-14);
    }
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "normal-equations", test_normal_equations },
    { "consistent", test_consistent },
    { "vjp", test_vjp },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/denoiser", checks, cases);
  g_test_add_func ("/engine/denoiser/limits", test_limits);
  g_test_add_func ("/engine/denoiser/tiny", test_tiny);
  g_test_add_func ("/sampling/denoiser/prior", test_prior);
  g_test_add_func ("/sampling/denoiser/other-scales", test_other_scales);
  return g_test_run ();
}
