/* Every sampler with every noise schedule against textbook steps: with a Gaussian posterior of mean
 * mu and variance v along an axis D = (v x + s^2 mu) / (v + s^2) there, and a run is one recursion
 * an axis. */
#include "pisd-lapack.h"
#include "pisd-rng.h"
#include "pisd-run.h"
#include "pisd-sampler.h"
#include "pisd-scatter.h"
#include "pisd-test.h"

#define LANE 3
#define N_LANES 3

typedef struct
{
  const char *name;
  PisdSamplerId id;
  PisdScheduleId schedule;
  double eta;
  PisdChurn churn;
  guint order; /* of convergence; 0: it adds noise */
} Case;

#define SCHEDULES(name, ...)                                                                       \
  { name "-edm", __VA_ARGS__ }, { name "-linear", __VA_ARGS__, .schedule = PISD_SCHEDULE_LINEAR }, \
  {                                                                                                \
    name "-cosine", __VA_ARGS__, .schedule = PISD_SCHEDULE_COSINE                                  \
  }

static const Case cases[] = {
  SCHEDULES ("euler", PISD_SAMPLER_EULER, .order = 1),
  SCHEDULES ("heun", PISD_SAMPLER_HEUN, .order = 2),
  SCHEDULES ("ddim", PISD_SAMPLER_DDIM, .order = 1),
  SCHEDULES ("ddim-eta", PISD_SAMPLER_DDIM, .eta = 0.6),
  SCHEDULES ("ddpm", PISD_SAMPLER_DDPM),
  SCHEDULES ("euler-churn", PISD_SAMPLER_EULER, .churn = { 3.0, 0.05, 20.0, 1.01 }),
  SCHEDULES ("heun-churn", PISD_SAMPLER_HEUN, .churn = { 3.0, 0.05, 20.0, 1.01 }),
};

/* One axis of the posterior. */
typedef struct
{
  double mu, v;
} Axis;

static double
denoise (const Axis *axis, double s, double x)
{
  return (axis->v * x + s * s * axis->mu) / (axis->v + s * s);
}

/* Karras et al., algorithm 2. */
static double
step_edm (const Case *c, const Axis *axis, guint n_steps, double s, double t, double x, double n)
{
  gboolean churns = s >= c->churn.from && s <= c->churn.to;
  double gamma = churns ? fmin (c->churn.amount / n_steps, G_SQRT2 - 1.0) : 0.0;
  double raised = s + gamma * s, slope, next;

  x += sqrt (raised * raised - s * s) * c->churn.noise * n;
  slope = (x - denoise (axis, raised, x)) / raised;
  next = x + (t - raised) * slope;
  if (c->id == PISD_SAMPLER_EULER || t == 0.0)
    return next;
  return x + (t - raised) * 0.5 * (slope + (next - denoise (axis, t, next)) / t);
}

/* Song et al., equation 12, for x / sqrt (1 + s^2), whose variance the process keeps. */
static double
step_ddim (double eta, const Axis *axis, double s, double t, double x, double n)
{
  double abar = 1.0 / (1.0 + s * s), next = 1.0 / (1.0 + t * t);
  double fresh = eta * sqrt ((1.0 - next) / (1.0 - abar)) * sqrt (1.0 - abar / next);
  double z = denoise (axis, s, x),
         epsilon = (sqrt (abar) * x - sqrt (abar) * z) / sqrt (1.0 - abar);

  return (sqrt (next) * z + sqrt (1.0 - next - fresh * fresh) * epsilon + fresh * n) / sqrt (next);
}

/* Ho et al., equation 7: the posterior of the state before, given this one and z. */
static double
step_ddpm (const Axis *axis, double s, double t, double x, double n)
{
  double abar = 1.0 / (1.0 + s * s), next = 1.0 / (1.0 + t * t), alpha = abar / next;
  double beta = 1.0 - alpha, z = denoise (axis, s, x);
  double mean = sqrt (next) * beta / (1.0 - abar) * z
                + sqrt (alpha) * (1.0 - next) / (1.0 - abar) * sqrt (abar) * x;

  return (mean + sqrt ((1.0 - next) / (1.0 - abar) * beta) * n) / sqrt (next);
}

static double
step (const Case *c, const Axis *axis, guint n_steps, double s, double t, double x, double n)
{
  if (c->id == PISD_SAMPLER_DDIM)
    return step_ddim (c->eta, axis, s, t, x, n);
  if (c->id == PISD_SAMPLER_DDPM)
    return step_ddpm (axis, s, t, x, n);
  return step_edm (c, axis, n_steps, s, t, x, n);
}

/* The program's side: a posterior of 8 x 8 modes of a. */
typedef struct
{
  PisdSettings settings;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  PisdSensors *sensors;
  PisdConditioning *conditioning;
  gsize n;
  double *axes; /* [n, n] rows */
  Axis *values; /* [n] */
} Fixture;

/* D* at noise level 1 is affine: J x + d with J = V (V + I)^-1, d = (V + I)^-1 mu. */
static void
find_axes (Fixture *f)
{
  g_autoptr (PisdSecondOrder) correction = pisd_second_order_new (
      f->representation, f->denoiser, &f->settings, f->sensors, f->conditioning);
  g_autofree double *x = g_new0 (double, f->n), *offset = g_new0 (double, f->n);
  g_autofree double *j = g_new (double, f->n);

  f->axes = g_new (double, f->n * f->n);
  f->values = g_new (Axis, f->n);
  pisd_second_order_correct (correction, 1.0, x, offset);
  for (gsize k = 0; k < f->n; k++)
    {
      double *row = f->axes + k * f->n;

      x[k] = 1.0;
      pisd_denoiser_denoise (f->denoiser, 1.0, x, row);
      pisd_second_order_correct (correction, 1.0, x, row);
      x[k] = 0.0;
      for (gsize i = 0; i < f->n; i++)
        row[i] -= offset[i];
    }
  g_assert_true (pisd_lapack_eigen (f->n, f->axes, j, 1, NULL));
  for (gsize k = 0; k < f->n; k++)
    {
      double v = MAX (j[k], 0.0) / (1.0 - j[k]);

      f->values[k] = (Axis){ (1.0 + v) * test_dot (f->axes + k * f->n, offset, f->n), v };
    }
}

static void
fixture_init (Fixture *f)
{
  f->settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  f->settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  f->settings.space = PISD_SPACE_DECOUPLED;
  f->settings.sigma_max = 80.0;
  f->representation = pisd_representation_new (&f->settings, NULL);
  f->prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, f->representation, 1, NULL, NULL);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
  f->sensors = test_sensors (12);
  f->conditioning = pisd_conditioning_new (NULL, f->representation, f->sensors, PISD_FACTORS_STEPS,
                                           1, NULL, NULL);
  pisd_conditioning_prepare (f->conditioning, PISD_FACTORS_STEPS, 1, NULL, NULL);
  f->n = pisd_representation_get_n (f->representation);
  find_axes (f);
}

static void
fixture_clear (Fixture *f)
{
  pisd_conditioning_free (f->conditioning);
  pisd_sensors_free (f->sensors);
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
  g_free (f->axes);
  g_free (f->values);
}

static void
choose (Fixture *f, const Case *c, guint steps)
{
  f->settings.sampler = c->id;
  f->settings.schedule = c->schedule;
  f->settings.eta = c->eta;
  f->settings.churn = c->churn;
  f->settings.steps = steps;
}

static PisdSampler *
new_sampler (const Fixture *f, guint lane)
{
  return pisd_sampler_new (f->representation, f->denoiser, &f->settings, f->sensors,
                           f->conditioning, lane);
}

/* The state, [n], after so many steps. */
static double *
run (Fixture *f, guint n_steps)
{
  g_autoptr (PisdSampler) sampler = new_sampler (f, LANE);

  while (pisd_sampler_get_step (sampler) < n_steps)
    {
      pisd_sampler_evaluate (sampler);
      pisd_sampler_advance (sampler);
    }
  return g_memdup2 (pisd_sampler_get_state (sampler), f->n * sizeof (double));
}

/* The noise that a run of this lane starts from, or takes at a step, along an axis. */
static double
get_noise (const Fixture *f, gsize axis, PisdStream stream, guint number)
{
  g_autofree double *noise = g_new (double, f->n);

  pisd_rng_fill_normal (f->settings.seed, stream, LANE, number * f->n, f->n, noise);
  return test_dot (f->axes + axis * f->n, noise, f->n);
}

static double *
new_levels (const Fixture *f)
{
  const PisdSchedule schedule = pisd_settings_get_schedule (&f->settings);
  double *sigma = g_new (double, f->settings.steps + 1);

  pisd_schedule_fill (&schedule, f->settings.steps, sigma);
  return sigma;
}

/* Along every axis a run is the textbook's recursion, noise by noise. */
static void
test_textbook (gconstpointer data)
{
  const Case *c = data;
  const guint n_steps = 12;
  g_autofree double *out = NULL, *sigma = NULL;
  Fixture f;

  fixture_init (&f);
  choose (&f, c, n_steps);
  out = run (&f, n_steps);
  sigma = new_levels (&f);
  for (gsize k = 0; k < f.n; k += 3)
    {
      double x = sigma[0] * get_noise (&f, k, PISD_STREAM_STATE, 0);

      for (guint i = 0; i < n_steps; i++)
        x = step (c, &f.values[k], n_steps, sigma[i], sigma[i + 1], x,
                  get_noise (&f, k, PISD_STREAM_STEP, i));
      test_assert_close (test_dot (f.axes + k * f.n, out, f.n), x, 1e-7);
    }
  fixture_clear (&f);
}

/* Distance of the state at the last level above zero from the exact flow's. */
static double
get_flow_error (Fixture *f, const Case *c, guint steps)
{
  g_autofree double *out = NULL, *sigma = NULL;
  double error = 0.0;

  choose (f, c, steps + 1);
  out = run (f, steps);
  sigma = new_levels (f);
  for (gsize k = 0; k < f->n; k++)
    {
      const Axis *axis = &f->values[k];
      double x = sigma[0] * get_noise (f, k, PISD_STREAM_STATE, 0);
      double shrinks =
          sqrt ((axis->v + sigma[steps] * sigma[steps]) / (axis->v + sigma[0] * sigma[0]));
      double exact = axis->mu + shrinks * (x - axis->mu);

      error += pow (test_dot (f->axes + k * f->n, out, f->n) - exact, 2);
    }
  return sqrt (error);
}

static void
test_order (gconstpointer data)
{
  const Case *c = data;
  Fixture f;

  fixture_init (&f);
  test_assert_close (log2 (get_flow_error (&f, c, 100) / get_flow_error (&f, c, 200)), c->order,
                     0.1 * c->order);
  fixture_clear (&f);
}

/* Along all axes, [n]. */
static double *
project (const Fixture *f, const double *vector)
{
  double *along = g_new (double, f->n);

  for (gsize k = 0; k < f->n; k++)
    along[k] = test_dot (f->axes + k * f->n, vector, f->n);
  return along;
}

/* A step of one run: its state before and after, and the noise that it may take, along all axes. */
typedef struct
{
  double *before, *after, *noise;
} Step;

static void
step_init (Step *self, const Fixture *f, PisdSampler *sampler, guint lane, guint number)
{
  g_autofree double *noise = g_new (double, f->n);

  pisd_rng_fill_normal (f->settings.seed, PISD_STREAM_STEP, lane, number * f->n, f->n, noise);
  self->noise = project (f, noise);
  self->before = project (f, pisd_sampler_get_state (sampler));
  pisd_sampler_evaluate (sampler);
  pisd_sampler_advance (sampler);
  self->after = project (f, pisd_sampler_get_state (sampler));
}

static void
step_clear (Step *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self->noise);
}

/* A step is x' = factor x + fresh n + offset along an axis, so that three runs tell what it makes of the
 * variance there. */
static double
carry_variance (const Step steps[N_LANES], gsize k, double variance)
{
  double x[2], y[2], n[2], determinant, factor, fresh;

  for (guint i = 0; i < 2; i++)
    {
      x[i] = steps[i + 1].before[k] - steps[0].before[k];
      y[i] = steps[i + 1].after[k] - steps[0].after[k];
      n[i] = steps[i + 1].noise[k] - steps[0].noise[k];
    }
  determinant = x[0] * n[1] - x[1] * n[0];
  factor = (y[0] * n[1] - y[1] * n[0]) / determinant;
  fresh = (x[0] * y[1] - x[1] * y[0]) / determinant;
  return factor * factor * variance + fresh * fresh;
}

/* The variance that all samples together have, summed over the axes. */
static double
get_variance (Fixture *f, const Case *c, guint n_steps)
{
  PisdSampler *samplers[N_LANES];
  g_autofree double *variance = g_new (double, f->n), *sigma = NULL;
  double sum = 0.0;

  choose (f, c, n_steps);
  sigma = new_levels (f);
  for (gsize k = 0; k < f->n; k++)
    variance[k] = sigma[0] * sigma[0];
  for (guint l = 0; l < N_LANES; l++)
    samplers[l] = new_sampler (f, LANE + l);
  for (guint i = 0; i < n_steps; i++)
    {
      Step steps[N_LANES];

      for (guint l = 0; l < N_LANES; l++)
        step_init (&steps[l], f, samplers[l], LANE + l, i);
      for (gsize k = 0; k < f->n; k++)
        variance[k] = carry_variance (steps, k, variance[k]);
      for (guint l = 0; l < N_LANES; l++)
        step_clear (&steps[l]);
    }
  for (guint l = 0; l < N_LANES; l++)
    pisd_sampler_free (samplers[l]);
  for (gsize k = 0; k < f->n; k++)
    sum += variance[k];
  return sum;
}

/* The spread of samples over all axes tends to the posterior's as steps are added. */
static void
test_spread (gconstpointer data)
{
  static const guint steps[] = { 20, 80, 320 };
  Case c = *(const Case *) data;
  double before = INFINITY, exact = 0.0;
  Fixture f;

  c.churn.noise = 1.0;
  fixture_init (&f);
  for (gsize i = 0; i < f.n; i++)
    exact += f.values[i].v;
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    {
      double error = fabs (get_variance (&f, &c, steps[k]) / exact - 1.0);

      test_assert_below (error, MAX (0.5 * before, 1e-3));
      before = error;
    }
  test_assert_below (before, 0.04);
  fixture_clear (&f);
}

static void
assert_same_steps (const Case *a, const Case *b, double tolerance)
{
  g_autofree double *x = NULL, *y = NULL;
  Fixture f;

  fixture_init (&f);
  choose (&f, a, 20);
  x = run (&f, 20);
  choose (&f, b, 20);
  y = run (&f, 20);
  if (tolerance > 0.0)
    test_assert_below (test_difference (x, y, f.n), tolerance);
  else
    g_assert_cmpmem (x, f.n * sizeof *x, y, f.n * sizeof *y);
  fixture_clear (&f);
}

/* The ends of DDIM's eta: Euler's step to the last bit, and DDPM's. */
static void
test_eta (void)
{
  const Case euler = { .id = PISD_SAMPLER_EULER, .churn.to = 1.0 };
  const Case ddpm = { .id = PISD_SAMPLER_DDPM, .schedule = PISD_SCHEDULE_COSINE };
  const Case none = { .id = PISD_SAMPLER_DDIM };
  const Case all = { .id = PISD_SAMPLER_DDIM, .schedule = PISD_SCHEDULE_COSINE, .eta = 1.0 };

  assert_same_steps (&none, &euler, 0.0);
  assert_same_steps (&all, &ddpm, 1e-12);
}

/* A sampler leaves alone what it does not use. */
static void
test_unused (void)
{
  const Case heun = { .id = PISD_SAMPLER_HEUN }, ddpm = { .id = PISD_SAMPLER_DDPM };
  const Case heun_eta = { .id = PISD_SAMPLER_HEUN, .eta = 0.7 };
  const Case ddpm_both = { .id = PISD_SAMPLER_DDPM, .eta = 0.7, .churn = { 9.0, 0.0, 80.0, 1.0 } };

  assert_same_steps (&heun_eta, &heun, 0.0);
  assert_same_steps (&ddpm_both, &ddpm, 0.0);
}

/* Fresh noise has addresses: the same bits on any number of threads. */
static void
test_threads (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdResult) one = NULL, three = NULL;
  g_autoptr (GError) error = NULL;

  scenario->settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  scenario->settings.guidance = PISD_GUIDANCE_DPS;
  scenario->settings.sampler = c->id;
  scenario->settings.schedule = c->schedule;
  scenario->settings.eta = c->eta;
  if (c->churn.amount > 0.0)
    scenario->settings.churn = c->churn;
  scenario->settings.steps = 6;
  scenario->settings.samples = 4;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = test_sensors (5);
  one = pisd_run (scenario, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  three = pisd_run (scenario, NULL, 3, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint s = 0; s < 4; s++)
    g_assert_cmpmem (pisd_result_get_sample (one, 0, s), PISD_GRID * PISD_GRID * sizeof (double),
                     pisd_result_get_sample (three, 0, s), PISD_GRID * PISD_GRID * sizeof (double));
}

/* Those that add no noise converge to the exact flow. */
static gboolean
has_order (const Case *c)
{
  return c->order > 0;
}

/* One schedule is enough for the addresses of noise. */
static gboolean
has_addresses (const Case *c)
{
  return c->order == 0 && c->schedule == PISD_SCHEDULE_COSINE;
}

/* One test for each case that fits. */
static void
add_some (const char *check, GTestDataFunc function, gboolean (*fits) (const Case *c))
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/samplers/%s/%s", check, cases[i].name);

      if (fits (&cases[i]))
        g_test_add_data_func (path, &cases[i], function);
    }
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "textbook", test_textbook },
    { "spread", test_spread },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/samplers", checks, cases);
  add_some ("order", test_order, has_order);
  add_some ("threads", test_threads, has_addresses);
  g_test_add_func ("/engine/samplers/eta", test_eta);
  g_test_add_func ("/engine/samplers/unused", test_unused);
  return g_test_run ();
}
