#include "pisd-second-order.h"

#include "pisd-observation.h"
#include "pisd-test.h"

typedef struct
{
  const char *path;
  PisdSpace space;
  PisdCovarianceId covariance;
  double mean_sd;
} Case;

static const Case cases[] = {
  { "joint-gaussian", PISD_SPACE_JOINT, PISD_COVARIANCE_GAUSSIAN },
  { "joint-jacobian", PISD_SPACE_JOINT, PISD_COVARIANCE_JACOBIAN },
  { "joint-isotropic", PISD_SPACE_JOINT, PISD_COVARIANCE_ISOTROPIC },
  { "decoupled-jacobian", PISD_SPACE_DECOUPLED, PISD_COVARIANCE_JACOBIAN },
  { "with-a-mean", PISD_SPACE_JOINT, PISD_COVARIANCE_GAUSSIAN, 0.7 },
};

typedef struct
{
  PisdSettings settings;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  PisdSensors *sensors;
  gsize n;
} Fixture;

static void
fixture_init (Fixture *f, const Case *c)
{
  f->settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10);
  f->settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  f->settings.space = c->space;
  f->settings.covariance = c->covariance;
  f->settings.mean_sd = c->mean_sd;
  f->representation = pisd_representation_new (&f->settings, NULL);
  f->prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, f->representation, 1, NULL, NULL);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
  f->sensors = test_sensors (15);
  f->n = pisd_representation_get_n (f->representation);
}

static void
fixture_clear (Fixture *f)
{
  pisd_sensors_free (f->sensors);
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
}

/* C v for these settings, from the definition. */
static void
covariance (const Fixture *f, double sigma, const double *v, double *out)
{
  double s2 = sigma * sigma;

  if (f->settings.covariance == PISD_COVARIANCE_ISOTROPIC)
    {
      for (gsize i = 0; i < f->n; i++)
        out[i] = s2 / (1.0 + s2) * v[i];
      return;
    }
  pisd_denoiser_denoise (f->denoiser, sigma, v, out);
  for (gsize i = 0; i < f->n; i++)
    out[i] *= s2;
}

/* m* is where the quadratic (z - m)' C^-1 (z - m) + sum (y - H z)^2 / E has no slope.  Multiplied by C:
 * m* - m = C H' E^-1 (y - H m*): a check without the system that was solved.  Rows of the equation included. */
static void
test_stationary (gconstpointer data)
{
  const Case *c = data;
  static const double sigmas[] = { 5.0, 0.3 };
  Fixture f;

  fixture_init (&f, c);
  f.settings.pde_sd = 0.5;
  for (guint k = 0; k < G_N_ELEMENTS (sigmas); k++)
    {
      g_autoptr (PisdSecondOrder) so =
          pisd_second_order_new (f.representation, f.denoiser, &f.settings, f.sensors, NULL);
      gsize n_joint = pisd_representation_get_n_joint (f.representation), n_u;
      gsize n_a = pisd_representation_get_offset (f.representation, 1, &n_u);
      g_autofree double *x = test_random (f.n, 1);
      g_autofree double *m = g_new (double, f.n);
      g_autofree double *star = g_new (double, f.n);
      g_autofree double *joint = g_new (double, n_joint);
      g_autofree double *pull = g_new0 (double, n_joint);
      g_autofree double *pulled = g_new (double, f.n);
      g_autofree double *moved = g_new (double, f.n);
      g_autofree double *shift = g_new (double, f.n);

      pisd_denoiser_denoise (f.denoiser, sigmas[k], x, m);
      for (gsize i = 0; i < f.n; i++)
        star[i] = m[i];
      pisd_second_order_correct (so, sigmas[k], x, star);
      pisd_representation_expand (f.representation, star, joint);
      for (guint field = 0; field < 2; field++)
        {
          g_autoptr (PisdObservation) h = pisd_observation_new (f.representation, field, f.sensors);
          guint n_s = pisd_observation_get_n (h);
          gsize offset = field == 0 ? 0 : n_a;
          g_autofree double *read = g_new (double, n_s);
          double tail = pisd_representation_get_tail_variance (f.representation, field);

          pisd_observation_apply (h, joint + offset, read);
          for (guint s = 0; s < n_s; s++)
            read[s] = (pisd_observation_get_values (h)[s] - read[s])
                      / (tail + pow (pisd_observation_get_sd (h)[s], 2));
          pisd_observation_apply_adjoint (h, read, pull + offset);
        }
      if (c->covariance == PISD_COVARIANCE_ISOTROPIC)
        {
          g_autofree double *row = g_new (double, n_u);
          g_autofree double *back = g_new (double, n_a);

          pisd_representation_solve (f.representation, joint, row);
          for (gsize i = 0; i < n_u; i++)
            row[i] = (row[i] - joint[n_a + i]) / (0.5 * 0.5);
          pisd_representation_solve_adjoint (f.representation, row, back);
          for (gsize i = 0; i < n_u; i++)
            pull[n_a + i] += row[i];
          for (gsize i = 0; i < n_a; i++)
            pull[i] -= back[i];
        }
      pisd_representation_expand_adjoint (f.representation, pull, pulled);
      covariance (&f, sigmas[k], pulled, moved);
      for (gsize i = 0; i < f.n; i++)
        shift[i] = star[i] - m[i];
      test_assert_below (test_difference (shift, moved, f.n), 1e-4);
    }
  fixture_clear (&f);
}

/* A hard equation holds in the corrected estimate, though the covariance knows nothing of it. */
static void
test_hard_equation (void)
{
  Fixture f;
  g_autoptr (PisdSecondOrder) so = NULL;
  g_autofree double *x = NULL, *solved = NULL;
  gsize n_a, n_u;

  fixture_init (&f, &cases[2]);
  so = pisd_second_order_new (f.representation, f.denoiser, &f.settings, f.sensors, NULL);
  n_a = pisd_representation_get_offset (f.representation, 1, &n_u);
  x = test_random (f.n, 2);
  solved = g_new (double, n_u);
  pisd_second_order_correct (so, 1.0, x, x);
  pisd_representation_solve (f.representation, x, solved);
  test_assert_below (test_difference (x + n_a, solved, n_u), 1e-3);
  g_clear_pointer (&so, pisd_second_order_free);
  fixture_clear (&f);
}

/* Without sensors nothing moves. */
static void
test_no_sensors (gconstpointer data)
{
  const Case *c = data;
  Fixture f;
  g_autoptr (PisdSecondOrder) so = NULL;
  g_autofree double *x = NULL, *m = NULL;

  fixture_init (&f, c);
  pisd_sensors_clear (f.sensors);
  so = pisd_second_order_new (f.representation, f.denoiser, &f.settings, f.sensors, NULL);
  x = test_random (f.n, 3);
  m = g_new (double, f.n);
  pisd_denoiser_denoise (f.denoiser, 1.0, x, m);
  for (gsize i = 0; i < f.n; i++)
    x[i] = m[i];
  pisd_second_order_correct (so, 1.0, x, m);
  test_assert_below (test_difference (m, x, f.n), 1e-6);
  g_clear_pointer (&so, pisd_second_order_free);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = { { "stationary", test_stationary },
                                      { "no-sensors", test_no_sensors } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/second-order", checks, cases);
  g_test_add_func ("/engine/second-order/hard-equation", test_hard_equation);
  return g_test_run ();
}
