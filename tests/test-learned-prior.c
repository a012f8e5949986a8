#include "pisd-denoiser.h"

#include "pisd-bundle.h"
#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"
#include "pisd-weights.h"

#define MODES 6

/* Settings of a learned prior's small latent. */
static PisdSettings
make_settings (PisdProblemId problem, PisdSpace space, PisdFamily family)
{
  PisdSettings settings = test_settings (problem, PISD_MODES_SQUARE, MODES);

  settings.prior = PISD_PRIOR_LEARNED;
  settings.prior_family = family;
  settings.space = space;
  return settings;
}

/* A network of random values, but for a head of zeros where `is_new`, for such settings. */
static void
save_weights (const PisdSettings *settings,
              const PisdNetworkShape *shape,
              gboolean is_new,
              const char *path)
{
  static const char *const families[] = { "inclusions", NULL };
  g_autoptr (PisdWeights) weights = pisd_weights_new (shape, settings, families);
  g_autoptr (GError) error = NULL;
  gsize n = pisd_network_get_n_parameters (shape);
  g_autofree double *noise = test_random (n, 3);

  pisd_network_initialise (shape, 2, weights->parameters);
  for (gsize i = 0; !is_new && i < n; i++)
    weights->parameters[i] += 0.1 * noise[i];
  g_assert_true (pisd_weights_save (weights, path, &error));
  g_assert_no_error (error);
}

static const PisdNetworkShape one = { MODES, 2, 1, 16, 1, 1, 1, FALSE };
static const PisdNetworkShape both = { MODES, 4, 2, 16, 1, 1, 1, FALSE };

typedef struct
{
  const char *name;
  PisdSpace space;
  const PisdNetworkShape *shape;
} Case;

static const Case cases[] = {
  { "decoupled", PISD_SPACE_DECOUPLED, &one },
  { "joint", PISD_SPACE_JOINT, &both },
};

static const double class_weights[] = { 0.0, 1.0, 2.5 };

typedef struct
{
  TestFile file;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  gsize n;
} Fixture;

static void
fixture_init_told (Fixture *f, const Case *c, gboolean is_new, PisdFamily family, double weight)
{
  const PisdSettings settings = make_settings (PISD_PROBLEM_POISSON, c->space, family);
  PisdLearned learned = { NULL, weight };
  g_autoptr (GError) error = NULL;

  test_file_init (&f->file, "w.safetensors");
  learned.weights = f->file.path;
  save_weights (&settings, c->shape, is_new, f->file.path);
  f->representation = pisd_representation_new (&settings, &error);
  g_assert_no_error (error);
  f->n = pisd_representation_get_n (f->representation);
  f->prior =
      pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &learned, f->representation, 1, NULL, &error);
  g_assert_no_error (error);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
}

static void
fixture_init (Fixture *f, const Case *c, gboolean is_new)
{
  fixture_init_told (f, c, is_new, PISD_FAMILY_INCLUSIONS, 1.0);
}

static void
fixture_clear (Fixture *f)
{
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
  test_file_tear_down (&f->file, NULL);
}

/* The linear denoiser of the family, in the same latents. */
static void
denoise_linear (const Fixture *f, double sigma, const double *x, double *m)
{
  g_autoptr (PisdPrior) prior =
      pisd_prior_new (PISD_PRIOR_GAUSSIAN, f->representation, 1, NULL, NULL);
  g_autoptr (PisdDenoiser) denoiser = pisd_denoiser_new (prior, f->representation);

  pisd_denoiser_denoise (denoiser, sigma, x, m);
}

/* An untrained network leaves the linear denoiser as it is; one with weights does not. */
static void
test_new (gconstpointer data)
{
  for (guint is_new = 0; is_new < 2; is_new++)
    {
      Fixture f;
      g_autofree double *x = NULL, *m = NULL, *linear = NULL;

      fixture_init (&f, data, is_new);
      x = test_random (f.n, 1);
      m = g_new (double, f.n);
      linear = g_new (double, f.n);
      pisd_denoiser_denoise (f.denoiser, 0.7, x, m);
      denoise_linear (&f, 0.7, x, linear);
      if (is_new)
        g_assert_cmpmem (m, f.n * sizeof *m, linear, f.n * sizeof *m);
      else
        g_assert_cmpfloat (test_difference (m, linear, f.n), >, 0.05);
      fixture_clear (&f);
    }
}

/* <D (x + h d) - D (x - h d), v> / 2 h = <d, J'v>, also where m is x. */
static void
check_vjp (PisdDenoiser *denoiser, gsize n)
{
  const double sigma = 0.7, h = 2e-3;
  g_autofree double *x = test_random (n, 1), *d = test_random (n, 2), *v = test_random (n, 4);
  g_autofree double *up = g_new (double, n), *down = g_new (double, n), *out = g_new (double, n);
  double slope;

  for (gsize i = 0; i < n; i++)
    {
      up[i] = x[i] + h * d[i];
      down[i] = x[i] - h * d[i];
    }
  pisd_denoiser_denoise (denoiser, sigma, up, up);
  pisd_denoiser_denoise (denoiser, sigma, down, down);
  slope = (test_dot (up, v, n) - test_dot (down, v, n)) / (2.0 * h);
  pisd_denoiser_vjp (denoiser, sigma, x, v, out);
  test_assert_close (test_dot (d, out, n), slope, 2e-3 * test_norm (d, n) * test_norm (out, n));
  pisd_denoiser_vjp (denoiser, sigma, x, v, v);
  g_assert_cmpmem (v, n * sizeof *v, out, n * sizeof *v);
}

static void
test_vjp (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (class_weights); i++)
    {
      Fixture f;

      fixture_init_told (&f, data, FALSE, PISD_FAMILY_INCLUSIONS, class_weights[i]);
      check_vjp (f.denoiser, f.n);
      fixture_clear (&f);
    }
}

/* D (x, sigma) of a prior that is told this. */
static double *
denoise_told (const Case *c, PisdFamily family, double weight)
{
  Fixture f;
  double *m;

  fixture_init_told (&f, c, FALSE, family, weight);
  m = test_random (f.n, 1);
  pisd_denoiser_denoise (f.denoiser, 0.7, m, m);
  fixture_clear (&f);
  return m;
}

/* D = D_any + w (D_label - D_any), each with its own linear part; the same bits as the label's and
 * any family's where w is 1 and 0, and any w does nothing to any family's. */
static void
test_class_weight (gconstpointer data)
{
  const gsize n = data == &cases[0] ? MODES * MODES : 2 * MODES * MODES;
  g_autofree double *own = denoise_told (data, PISD_FAMILY_INCLUSIONS, 1.0);
  g_autofree double *any = denoise_told (data, PISD_FAMILY_ANY, 1.0);
  g_autofree double *none = denoise_told (data, PISD_FAMILY_INCLUSIONS, 0.0);
  g_autofree double *still = denoise_told (data, PISD_FAMILY_ANY, 2.5);
  g_autofree double *more = denoise_told (data, PISD_FAMILY_INCLUSIONS, 2.5);

  g_assert_cmpfloat (test_difference (own, any, n), >, 0.01);
  g_assert_cmpmem (none, n * sizeof *none, any, n * sizeof *any);
  g_assert_cmpmem (still, n * sizeof *still, any, n * sizeof *any);
  for (gsize i = 0; i < n; i++)
    test_assert_close (more[i], any[i] + 2.5 * (own[i] - any[i]), 1e-5);
}

static const TestCheck checks[] = { { "new", test_new },
                                    { "vjp", test_vjp },
                                    { "class-weight", test_class_weight } };

static void
assert_refused (const PisdSettings *settings,
                const char *weights,
                PisdError code,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdRepresentation) r = pisd_representation_new (settings, NULL);
  const PisdLearned learned = { weights, 1.0 };

  g_assert_null (pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &learned, r, 1, NULL, &error));
  g_assert_error (error, PISD_ERROR, (gint) code);
  if (strstr (error->message, message) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, message);
}

/* No weights, another problem's, another space's, a family or channels that they do not have. */
static void
test_refused (void)
{
  PisdSettings settings =
      make_settings (PISD_PROBLEM_POISSON, PISD_SPACE_DECOUPLED, PISD_FAMILY_INCLUSIONS);
  TestFile file;

  test_file_init (&file, "w.safetensors");
  assert_refused (&settings, NULL, PISD_ERROR_FORMAT,
                  "poisson.safetensors: weights of a network: `modes`: got \"44\", expected \"6\"");
  assert_refused (&settings, file.path, PISD_ERROR_IO, "w.safetensors");
  save_weights (&settings, &both, TRUE, file.path);
  assert_refused (&settings, file.path, PISD_ERROR_SHAPE,
                  "got 4 to 2 grids of side 6, expected 2 to 1 of side 6");
  save_weights (&settings, &one, TRUE, file.path);
  settings.prior_family = PISD_FAMILY_BLOBS;
  assert_refused (&settings, file.path, PISD_ERROR_UNKNOWN,
                  "got the family blobs, expected inclusions or any");
  settings.prior_family = PISD_FAMILY_ANY;
  settings.space = PISD_SPACE_JOINT;
  assert_refused (&settings, file.path, PISD_ERROR_FORMAT,
                  "`space`: got \"decoupled\", expected \"joint\"");
  test_file_tear_down (&file, NULL);
}

/* Latents and prior of the weights that come with the program. */
static void
open_bundle (PisdProblemId problem, PisdRepresentation **r, PisdPrior **prior)
{
  const PisdBundle *bundle = pisd_bundle_find (problem);
  PisdSettings settings = make_settings (problem, bundle->space, PISD_FAMILY_ANY);
  g_autoptr (GError) error = NULL;

  settings.modes = bundle->modes;
  *r = pisd_representation_new (&settings, &error);
  g_assert_no_error (error);
  *prior = pisd_prior_new (PISD_PRIOR_LEARNED, *r, 1, NULL, &error);
  g_assert_no_error (error);
}

/* Weights that come with the program say of themselves what the table says of them, and serve both
 * equations that have their sources. */
static void
test_bundle (void)
{
  for (guint p = 0; p < TEST_N_ELLIPTIC; p++)
    {
      g_autoptr (PisdRepresentation) r = NULL;
      g_autoptr (PisdPrior) prior = NULL;

      open_bundle (p, &r, &prior);
    }
}

/* Of an estimate of z. */
static double
find_error (PisdDenoiser *denoiser, double sigma, const double *z, const double *x, gsize n)
{
  g_autofree double *m = g_new (double, n);

  pisd_denoiser_denoise (denoiser, sigma, x, m);
  return test_difference (m, z, n);
}

/* Weights of ten frames know more of a flow that no training has seen than the linear denoiser does,
 * at every noise level. */
static void
check_gain (PisdRepresentation *r, PisdDenoiser *denoiser)
{
  static const double levels[] = { 0.1, 0.5, 2.0 };
  const gsize n = pisd_representation_get_n (r);
  g_autoptr (PisdInstance) flow = test_flow_new (1234567);
  g_autoptr (PisdPrior) prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, r, 1, NULL, NULL);
  g_autoptr (PisdDenoiser) linear = pisd_denoiser_new (prior, r);
  g_autofree double *z = g_new (double, n), *noise = test_random (n, 5), *x = g_new (double, n);

  for (guint f = 0; f < 2; f++)
    pisd_representation_encode (r, pisd_instance_get_fields (flow)[f], f, z);
  for (guint k = 0; k < G_N_ELEMENTS (levels); k++)
    {
      for (gsize i = 0; i < n; i++)
        x[i] = z[i] + levels[k] * noise[i];
      test_assert_below (find_error (denoiser, levels[k], z, x, n),
                         0.95 * find_error (linear, levels[k], z, x, n));
    }
}

/* Those of a flow have ten frames; their network's transpose is exact. */
static void
test_frames (void)
{
  g_autoptr (PisdRepresentation) r = NULL;
  g_autoptr (PisdPrior) prior = NULL;
  g_autoptr (PisdDenoiser) denoiser = NULL;

  open_bundle (PISD_PROBLEM_NAVIER_STOKES, &r, &prior);
  denoiser = pisd_denoiser_new (prior, r);
  check_vjp (denoiser, pisd_representation_get_n (r));
  check_gain (r, denoiser);
}

/* Of ten frames an untrained network leaves the linear denoiser as it is, whose Jacobian is
 * symmetric. */
static void
test_new_frames (void)
{
  static const PisdNetworkShape shape = { MODES, 20, 10, 16, 1, 1, 1, TRUE };
  const PisdSettings settings =
      make_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_SPACE_JOINT, PISD_FAMILY_ANY);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  const gsize n = pisd_representation_get_n (r);
  g_autofree double *x = test_random (n, 1), *m = g_new (double, n), *zero = g_new0 (double, n);
  g_autofree double *linear = g_new (double, n);
  g_autoptr (PisdPrior) prior = NULL;
  g_autoptr (PisdDenoiser) denoiser = NULL;
  TestFile file;

  test_file_init (&file, "w.safetensors");
  save_weights (&settings, &shape, TRUE, file.path);
  prior = pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &(PisdLearned){ file.path, 1.0 }, r, 1, NULL,
                                   NULL);
  denoiser = pisd_denoiser_new (prior, r);
  pisd_denoiser_denoise (denoiser, 0.7, x, m);
  pisd_denoiser_denoise (denoiser, 0.7, zero, zero);
  for (gsize i = 0; i < n; i++)
    m[i] -= zero[i];
  pisd_denoiser_linear_vjp (denoiser, 0.7, x, linear);
  test_assert_below (test_difference (m, linear, n), 1e-12);
  pisd_denoiser_vjp (denoiser, 0.7, zero, x, x);
  g_assert_cmpmem (x, n * sizeof *x, linear, n * sizeof *x);
  test_file_tear_down (&file, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/learned-prior", checks, cases);
  g_test_add_func ("/engine/learned-prior/refused", test_refused);
  g_test_add_func ("/engine/learned-prior/bundle", test_bundle);
  g_test_add_func ("/engine/learned-prior/frames", test_frames);
  g_test_add_func ("/engine/learned-prior/new-frames", test_new_frames);
  return g_test_run ();
}
