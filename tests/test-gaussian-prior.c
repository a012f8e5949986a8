#include "pisd-gaussian-prior.h"

#include <string.h>

#include "pisd-test.h"

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdModeSet mode_set;
  guint modes;
  double mean_sd;
} Case;

static const Case cases[] = {
  { "poisson", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10 },
  { "helmholtz-odd", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 9 },
  { "hyperbolic", PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC, 12 },
  { "with-a-mean", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 10, 0.7 },
  { "least", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, PISD_MODES_LEAST },
};

static PisdRepresentation *
represent (const Case *c)
{
  PisdSettings settings = test_settings (c->problem, c->mode_set, c->modes);

  settings.mean_sd = c->mean_sd;
  return pisd_representation_new (&settings, NULL);
}

typedef struct
{
  PisdRepresentation *representation;
  PisdGaussianPrior *prior;
  guint n, n_u;
  double *scratch;
} Fixture;

static void
fixture_init (Fixture *f, const Case *c)
{
  f->representation = represent (c);
  f->prior = pisd_gaussian_prior_new (f->representation, 1, NULL);
  f->n = pisd_representation_get_modes (f->representation, 0)->n;
  f->n_u = pisd_representation_get_modes (f->representation, 1)->n;
  f->scratch = g_new (double, 2 * f->n);
}

static void
fixture_clear (Fixture *f)
{
  pisd_gaussian_prior_free (f->prior);
  pisd_representation_free (f->representation);
  g_free (f->scratch);
}

/* out = (sigma^2 + 1) xi + R'R xi, by products with the solver alone. */
static void
multiply (const Fixture *f, double sigma, const double *xi, double *out)
{
  g_autofree double *u = g_new (double, f->n_u);

  pisd_representation_solve (f->representation, xi, u);
  pisd_representation_solve_adjoint (f->representation, u, out);
  for (guint i = 0; i < f->n; i++)
    out[i] += (sigma * sigma + 1.0) * xi[i];
}

static const double sigmas[] = { 0.0, 0.002, 1.0, 80.0 };

/* The matrix times what comes out is what went in. */
static void
test_inverse (gconstpointer data)
{
  Fixture f;
  g_autofree double *xi = NULL, *shrunk = NULL, *back = NULL;

  fixture_init (&f, data);
  xi = test_random (f.n, 1);
  back = g_new (double, f.n);
  for (guint s = 0; s < G_N_ELEMENTS (sigmas); s++)
    {
      g_free (shrunk);
      shrunk = g_memdup2 (xi, sizeof (double) * f.n);
      pisd_gaussian_prior_shrink (f.prior, sigmas[s], shrunk, f.scratch);
      multiply (&f, sigmas[s], shrunk, back);
      test_assert_below (test_difference (back, xi, f.n), 1e-11);
    }
  fixture_clear (&f);
}

/* <P a, b> = <a, P b>, and 0 < <P a, a> <= <a, a> / (sigma^2 + 1): R'R is not negative. */
static void
test_symmetric (gconstpointer data)
{
  Fixture f;
  g_autofree double *a = NULL, *b = NULL;

  fixture_init (&f, data);
  a = test_random (f.n, 2);
  b = test_random (f.n, 3);
  for (guint s = 0; s < G_N_ELEMENTS (sigmas); s++)
    {
      g_autofree double *pa = g_memdup2 (a, sizeof (double) * f.n);
      g_autofree double *pb = g_memdup2 (b, sizeof (double) * f.n);
      double bound = test_dot (a, a, f.n) / (sigmas[s] * sigmas[s] + 1.0);

      pisd_gaussian_prior_shrink (f.prior, sigmas[s], pa, f.scratch);
      pisd_gaussian_prior_shrink (f.prior, sigmas[s], pb, f.scratch);
      test_assert_close (test_dot (pa, b, f.n) / bound, test_dot (a, pb, f.n) / bound, 1e-12);
      test_assert_below (test_dot (pa, a, f.n) / bound, 1.0);
      test_assert_below (0.0, test_dot (pa, a, f.n));
    }
  fixture_clear (&f);
}

/* The bits do not depend on the number of threads. */
static void
test_threads (gconstpointer data)
{
  Fixture f;
  g_autoptr (PisdGaussianPrior) many = NULL;
  g_autofree double *one = NULL, *other = NULL;

  fixture_init (&f, data);
  many = pisd_gaussian_prior_new (f.representation, 4, NULL);
  one = test_random (f.n, 4);
  other = g_memdup2 (one, sizeof (double) * f.n);
  pisd_gaussian_prior_shrink (f.prior, 0.5, one, f.scratch);
  pisd_gaussian_prior_shrink (many, 0.5, other, f.scratch);
  g_assert_cmpmem (one, sizeof (double) * f.n, other, sizeof (double) * f.n);
  fixture_clear (&f);
}

/* Tables fit the representation that they were made for, or one like it, and no other case's. */
static void
test_fits (gconstpointer data)
{
  Fixture f;
  const Case *own = data;

  fixture_init (&f, own);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (PisdRepresentation) other = represent (&cases[c]);

      g_assert_true (pisd_gaussian_prior_fits (f.prior, other) == (&cases[c] == own));
    }
  fixture_clear (&f);
}

static void
test_cancelled (void)
{
  g_autoptr (PisdRepresentation) representation = represent (&cases[0]);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();

  pisd_cancel_trigger (cancel);
  g_assert_null (pisd_gaussian_prior_new (representation, 1, cancel));
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "inverse", test_inverse },
    { "symmetric", test_symmetric },
    { "threads", test_threads },
    { "fits", test_fits },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/sampling/gaussian-prior", checks, cases);
  g_test_add_func ("/sampling/gaussian-prior/cancelled", test_cancelled);
  return g_test_run ();
}
