#include "pisd-sampler.h"

#include "pisd-rng.h"
#include "pisd-scatter.h"
#include "pisd-schedule.h"
#include "pisd-test.h"

typedef struct
{
  PisdSettings settings;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  PisdSensors *sensors;
  gsize n, n_a;
} Fixture;

static void
fixture_init (Fixture *f, PisdGuidanceId guidance, PisdSamplerId sampler, guint steps)
{
  f->settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  f->settings.guidance = guidance;
  f->settings.sampler = sampler;
  f->settings.steps = steps;
  f->settings.sigma_max = 80.0;
  f->representation = pisd_representation_new (&f->settings, NULL);
  f->prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, f->representation, 1, NULL, NULL);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
  f->sensors = test_sensors (20);
  f->n = pisd_representation_get_n (f->representation);
  f->n_a = pisd_representation_get_offset (f->representation, 1, NULL);
}

static void
fixture_clear (Fixture *f)
{
  pisd_sensors_free (f->sensors);
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
}

/* sigma: [steps + 1] */
static void
fill_levels (const PisdSettings *settings, double *sigma)
{
  const PisdSchedule schedule = pisd_settings_get_schedule (settings);

  pisd_schedule_fill (&schedule, settings->steps, sigma);
}

static PisdSampler *
fixture_sampler (Fixture *f, guint lane)
{
  return pisd_sampler_new (f->representation, f->denoiser, &f->settings, f->sensors, NULL, lane);
}

static void
run (PisdSampler *sampler, double *out, gsize n)
{
  while (pisd_sampler_get_step (sampler) < pisd_sampler_get_n_steps (sampler))
    {
      pisd_sampler_evaluate (sampler);
      pisd_sampler_advance (sampler);
    }
  pisd_sampler_evaluate (sampler);
  for (gsize i = 0; i < n; i++)
    out[i] = pisd_sampler_get_denoised (sampler)[i];
}

/* Along an eigenvector of B B' with variance v, Euler is a product of scalars
 *   x' = x (v + s' s) / (v + s^2) and Heun has its own: closed forms, from the same noise.  The
 * eigenvector is found by power iteration, which knows nothing of the denoiser. */
static double
power_iterate (Fixture *f, double *e)
{
  g_autofree double *xi = g_new (double, f->n_a);
  double v = 0.0;

  for (guint iteration = 0; iteration < 4000; iteration++)
    {
      pisd_representation_solve_adjoint (f->representation, e + f->n_a, xi);
      for (gsize i = 0; i < f->n_a; i++)
        e[i] = xi[i] += e[i];
      pisd_representation_solve (f->representation, xi, e + f->n_a);
      v = test_norm (e, f->n);
      for (gsize i = 0; i < f->n; i++)
        e[i] /= v;
    }
  return v;
}

static double
euler_factor (double v, double s, double t)
{
  return (v + s * t) / (v + s * s);
}

/* Slope (x - D) / s = x s / (v + s^2). */
static double
heun_factor (double v, double s, double t)
{
  if (t == 0.0)
    return euler_factor (v, s, t);
  return 1.0 + 0.5 * (t - s) * (s / (v + s * s) + euler_factor (v, s, t) * t / (v + t * t));
}

static void
test_closed_form (gconstpointer data)
{
  PisdSamplerId id = GPOINTER_TO_INT (data);
  const guint steps = 25;
  Fixture f;
  g_autofree double *e = NULL, *out = NULL, *x = NULL;
  g_autoptr (PisdSampler) sampler = NULL;
  double sigma[26], v, expected;

  fixture_init (&f, PISD_GUIDANCE_NONE, id, steps);
  sampler = fixture_sampler (&f, 0);
  e = test_random (f.n, 1);
  out = g_new (double, f.n);
  x = g_new (double, f.n);
  v = power_iterate (&f, e);
  fill_levels (&f.settings, sigma);
  pisd_rng_fill_normal (f.settings.seed, PISD_STREAM_STATE, 0, 0, f.n, x);
  expected = sigma[0] * test_dot (e, x, f.n);
  for (guint i = 0; i < steps; i++)
    expected *= id == PISD_SAMPLER_HEUN ? heun_factor (v, sigma[i], sigma[i + 1])
                                        : euler_factor (v, sigma[i], sigma[i + 1]);
  run (sampler, out, f.n);
  test_assert_close (test_dot (e, out, f.n) / expected, 1.0, 1e-8);
  g_assert_cmpuint (pisd_sampler_get_n_evaluations (sampler), ==,
                    id == PISD_SAMPLER_HEUN ? 2 * steps - 1 : steps);
  g_clear_pointer (&sampler, pisd_sampler_free);
  fixture_clear (&f);
}

/* Relative error of the sampler's result along e against the exact flow
 * x(0) = x(s) sqrt (v / (v + s^2)). */
static double
get_flow_error (PisdSamplerId id, guint steps)
{
  Fixture f;
  g_autoptr (PisdSampler) sampler = NULL;
  g_autofree double *e = NULL, *out = NULL, *x = NULL;
  double v, s, error;

  fixture_init (&f, PISD_GUIDANCE_NONE, id, steps);
  s = f.settings.sigma_max;
  sampler = fixture_sampler (&f, 0);
  e = test_random (f.n, 1);
  out = g_new (double, f.n);
  x = g_new (double, f.n);
  v = power_iterate (&f, e);
  pisd_rng_fill_normal (f.settings.seed, PISD_STREAM_STATE, 0, 0, f.n, x);
  run (sampler, out, f.n);
  error = test_dot (e, out, f.n) / (s * test_dot (e, x, f.n) * sqrt (v / (v + s * s))) - 1.0;
  g_clear_pointer (&sampler, pisd_sampler_free);
  fixture_clear (&f);
  return fabs (error);
}

/* Heun's error falls with the square of the step count, Euler's with the count. */
static void
test_orders (gconstpointer data)
{
  PisdSamplerId id = GPOINTER_TO_INT (data);
  double order = log2 (get_flow_error (id, 40) / get_flow_error (id, 80));

  test_assert_close (order, id == PISD_SAMPLER_HEUN ? 2.0 : 1.0,
                     id == PISD_SAMPLER_HEUN ? 0.1 : 0.05);
}

/* What a step of `id` makes of the variance of a state along an eigenvector of variance v. */
static double
step_variance (PisdSamplerId id, double v, double s, double t, double variance)
{
  double q = t * t / (s * s);
  double factor = heun_factor (v, s, t);

  if (id == PISD_SAMPLER_HEUN)
    return factor * factor * variance;
  factor = q + (1.0 - q) * v / (v + s * s);
  return factor * factor * variance + t * t * (1.0 - q);
}

/* The variance of unguided samples along an eigenvector of variance 1: 1 but for the steps' size. */
static double
get_expected_variance (PisdSamplerId id, const PisdSettings *settings)
{
  g_autofree double *sigma = g_new (double, settings->steps + 1);
  double variance;

  fill_levels (settings, sigma);
  variance = sigma[0] * sigma[0];
  for (guint i = 0; i < settings->steps; i++)
    variance = step_variance (id, 1.0, sigma[i], sigma[i + 1], variance);
  return variance;
}

/* Unguided samples have the prior's variance, as far as steps of that size can: mode by mode within
 * sampling error, and over all. */
static void
test_prior_variance (gconstpointer data)
{
  const guint n_samples = 400;
  Fixture f;
  g_autofree double *sum = NULL, *out = NULL;
  double mean_a = 0.0, mean_u = 0.0, expected;

  fixture_init (&f, PISD_GUIDANCE_NONE, GPOINTER_TO_INT (data), 60);
  expected = get_expected_variance (GPOINTER_TO_INT (data), &f.settings);
  sum = g_new0 (double, f.n);
  out = g_new (double, f.n);
  for (guint lane = 0; lane < n_samples; lane++)
    {
      g_autoptr (PisdSampler) sampler = fixture_sampler (&f, lane);

      run (sampler, out, f.n);
      for (gsize i = 0; i < f.n; i++)
        sum[i] += out[i] * out[i] / n_samples;
    }
  for (gsize i = 0; i < f.n; i++)
    {
      test_assert_close (sum[i], expected, 5.0 * sqrt (2.0 / n_samples));
      *(i < f.n_a ? &mean_a : &mean_u) += sum[i];
    }
  test_assert_close (mean_a / f.n_a, expected, 0.03);
  test_assert_close (mean_u / (f.n - f.n_a), expected, 0.06);
  fixture_clear (&f);
}

/* A step whose pull is checked. */
typedef struct
{
  const char *name;
  PisdSamplerId id;
  double churn, eta;
} Pull;

/* D where the loss is taken: at x, or at what Heun's predictor makes of it. */
static void
denoise_for_loss (Fixture *f, const Pull *pull, const double sigma[2], const double *x, double *out)
{
  double ratio = sigma[1] / sigma[0];

  pisd_denoiser_denoise (f->denoiser, sigma[0], x, out);
  if (pull->id != PISD_SAMPLER_HEUN)
    return;
  for (gsize i = 0; i < f->n; i++)
    out[i] = ratio * x[i] + (1.0 - ratio) * out[i];
  pisd_denoiser_denoise (f->denoiser, sigma[1], out, out);
}

/* Central difference of the loss at x along a direction. */
static double
differentiate (Fixture *f,
               const Pull *pull,
               const double sigma[2],
               const double *x,
               const double *direction)
{
  const double zeta[PISD_N_TERMS] = { 0.8, 3.0, 0.0 };
  const double h = 1e-4;
  g_autoptr (PisdLoss) loss = pisd_loss_new (f->representation, f->sensors, PISD_LOSS_NORM);
  g_autofree double *at = g_new (double, f->n), *m = g_new (double, f->n);
  double values[PISD_N_TERMS], shares[PISD_N_TERMS], losses[2];

  for (guint side = 0; side < 2; side++)
    {
      for (gsize i = 0; i < f->n; i++)
        at[i] = x[i] + (side == 0 ? h : -h) * direction[i];
      denoise_for_loss (f, pull, sigma, at, m);
      pisd_loss_evaluate (loss, m, zeta, values, shares, NULL);
      losses[side] = 0.8 * values[0] + 3.0 * values[1];
    }
  return (losses[0] - losses[1]) / (2.0 * h);
}

static void
fixture_init_pull (Fixture *f, const Pull *pull)
{
  fixture_init (f, PISD_GUIDANCE_DPS, pull->id, 2);
  f->settings.sigma_max = 2.0;
  f->settings.sigma_min = 0.5;
  f->settings.churn.amount = pull->churn;
  f->settings.eta = pull->eta;
  f->settings.parameters.zeta[PISD_TERM_OBS (0)] = 0.8;
  f->settings.parameters.zeta[PISD_TERM_OBS (1)] = 3.0;
  f->settings.parameters.zeta[PISD_TERM_PDE] = 0.0;
  f->settings.parameters.late_start = 1.0;
}

/* The step that guidance takes is the gradient of the loss at D with respect to the state, after
 * churn: dps moves by exactly that, so the difference to an unguided step with the same noise is
 * checked against differences of the loss. */
static void
test_gradient_through_denoiser (gconstpointer data)
{
  const Pull *pull = data;
  Fixture f;
  g_autofree double *direction = NULL, *x = NULL;
  double sigma[2], moved = 0.0;
  g_autoptr (PisdSampler) guided = NULL;
  g_autoptr (PisdSampler) free_running = NULL;

  fixture_init_pull (&f, pull);
  guided = fixture_sampler (&f, 0);
  f.settings.guidance = PISD_GUIDANCE_NONE;
  free_running = fixture_sampler (&f, 0);
  direction = test_random (f.n, 3);
  pisd_sampler_evaluate (guided);
  x = g_memdup2 (pisd_sampler_get_state (guided), f.n * sizeof (double));
  sigma[0] = pisd_sampler_get_sigma (guided);
  if (pull->churn > 0.0)
    test_assert_close (sigma[0], 2.0 * G_SQRT2, 1e-12);
  pisd_sampler_advance (guided);
  sigma[1] = pisd_sampler_get_sigma (guided);
  pisd_sampler_evaluate (free_running);
  pisd_sampler_advance (free_running);
  for (gsize i = 0; i < f.n; i++)
    moved += direction[i]
             * (pisd_sampler_get_state (free_running)[i] - pisd_sampler_get_state (guided)[i]);
  test_assert_close (differentiate (&f, pull, sigma, x, direction) / moved, 1.0, 1e-6);
  g_clear_pointer (&guided, pisd_sampler_free);
  g_clear_pointer (&free_running, pisd_sampler_free);
  fixture_clear (&f);
}

/* PISD guidance brings the estimate to noise-free readings that the prior can explain. */
static void
test_pisd_fits (void)
{
  Fixture f;
  g_autofree double *truth = NULL, *out = NULL;
  g_autoptr (PisdSampler) sampler = NULL;
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  double before;

  fixture_init (&f, PISD_GUIDANCE_PISD, PISD_SAMPLER_EULER, 400);
  f.settings.sigma_max = 70.0;
  truth = test_random (f.n, 4);
  out = g_new (double, f.n);
  pisd_representation_solve (f.representation, truth, truth + f.n_a);
  pisd_representation_decode (f.representation, truth, 0, field);
  for (guint p = 300; p < PISD_GRID * PISD_GRID; p += 151)
    {
      PisdSensor s = test_sensor_at_node (NULL, PISD_FIELD_A, p / PISD_GRID, p % PISD_GRID, 0.0);

      s.value = field->data[p];
      pisd_sensors_add (sensors, &s);
    }
  sampler = pisd_sampler_new (f.representation, f.denoiser, &f.settings, sensors, NULL, 0);
  pisd_sampler_evaluate (sampler);
  before = pisd_sampler_get_losses (sampler)[PISD_TERM_OBS (0)];
  run (sampler, out, f.n);
  test_assert_below (pisd_sampler_get_losses (sampler)[PISD_TERM_OBS (0)] / before, 0.1);
  test_assert_below (test_difference (out, truth, f.n_a), 0.4);
  g_clear_pointer (&sampler, pisd_sampler_free);
  fixture_clear (&f);
}

/* The first step at which something is broken, and its name; NULL where nothing ever is. */
static const char *
find_first_broken (double zeta, double start, guint *step)
{
  Fixture f;
  g_autoptr (PisdSampler) sampler = NULL;
  const char *broken = NULL;

  fixture_init (&f, PISD_GUIDANCE_DPS, PISD_SAMPLER_EULER, 20);
  f.settings.parameters.zeta[PISD_TERM_OBS (0)] = zeta;
  f.settings.sigma_max = start;
  sampler = fixture_sampler (&f, 0);
  for (*step = 0; *step < 20; (*step)++)
    {
      pisd_sampler_evaluate (sampler);
      broken = pisd_sampler_find_broken (sampler);
      if (broken != NULL)
        break;
      pisd_sampler_advance (sampler);
    }
  g_clear_pointer (&sampler, pisd_sampler_free);
  fixture_clear (&f);
  return broken;
}

/* What breaks is found when it does, and named: nothing with weights of a normal size, the term whose
 * square is beyond all numbers after a step too large, the state where its start is. */
static void
test_broken (void)
{
  guint step;

  g_assert_cmpstr (find_first_broken (0.1, 80.0, &step), ==, NULL);
  g_assert_cmpstr (find_first_broken (1e200, 80.0, &step), ==, "obs_a");
  g_assert_cmpuint (step, ==, 1);
  g_assert_cmpstr (find_first_broken (0.1, G_MAXDOUBLE, &step), ==, "state");
  g_assert_cmpuint (step, ==, 0);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "gradient-through-denoiser", test_gradient_through_denoiser },
  };
  static const Pull pulls[] = {
    { "euler", PISD_SAMPLER_EULER },
    { "heun", PISD_SAMPLER_HEUN },
    { "ddim-eta", PISD_SAMPLER_DDIM, .eta = 0.5 },
    { "ddpm", PISD_SAMPLER_DDPM },
    { "euler-churn", PISD_SAMPLER_EULER, .churn = 1.0 },
    { "heun-churn", PISD_SAMPLER_HEUN, .churn = 1.0 },
  };
  gpointer euler = GINT_TO_POINTER (PISD_SAMPLER_EULER), heun = GINT_TO_POINTER (PISD_SAMPLER_HEUN);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/sampler/closed-form/euler", euler, test_closed_form);
  g_test_add_data_func ("/engine/sampler/closed-form/heun", heun, test_closed_form);
  g_test_add_data_func ("/engine/sampler/orders/euler", euler, test_orders);
  g_test_add_data_func ("/engine/sampler/orders/heun", heun, test_orders);
  g_test_add_data_func ("/engine/sampler/prior-variance/heun", heun, test_prior_variance);
  g_test_add_data_func ("/engine/sampler/prior-variance/ddpm", GINT_TO_POINTER (PISD_SAMPLER_DDPM),
                        test_prior_variance);
  test_add_cases ("/engine/sampler", checks, pulls);
  g_test_add_func ("/engine/sampler/pisd-fits", test_pisd_fits);
  g_test_add_func ("/engine/sampler/broken", test_broken);
  return g_test_run ();
}
