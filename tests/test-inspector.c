/* Guidance taken apart: terms sum up to the total, the total is what the sampler applied, and every
 * term is the gradient of its loss, through the denoiser, by differences. */
#include "pisd-inspector.h"

#include <string.h>

#include "pisd-bundle.h"
#include "pisd-guidance.h"
#include "pisd-optimizer.h"
#include "pisd-run.h"
#include "pisd-test.h"
#include "pisd-truth.h"

typedef struct
{
  const char *name;
  const char *problem;
  PisdGuidanceId guidance;
  PisdSamplerId sampler;
  PisdSpace space;
  PisdCovarianceId covariance;
  PisdPriorId prior;
  guint modes, steps, n_sensors; /* on either field */
  double churn;
} Case;

#define GRADIENT_CASE(name, problem, guidance, sampler, space, churn)                    \
  {                                                                                      \
    name, problem, PISD_GUIDANCE_##guidance, PISD_SAMPLER_##sampler, PISD_SPACE_##space, \
        PISD_COVARIANCE_GAUSSIAN, PISD_PRIOR_GAUSSIAN, 10, 12, 20, churn                 \
  }

/* The first of them are quick. */
#define N_PLAIN 6

static const Case gradient_cases[] = {
  GRADIENT_CASE ("pisd", "poisson", PISD, EULER, JOINT, 0.0),
  GRADIENT_CASE ("pisd-heun", "helmholtz", PISD, HEUN, JOINT, 0.0),
  GRADIENT_CASE ("pisd-churn", "poisson", PISD, HEUN, DECOUPLED, 4.0),
  GRADIENT_CASE ("pisd-ddim", "helmholtz", PISD, DDIM, DECOUPLED, 0.0),
  GRADIENT_CASE ("dps", "helmholtz", DPS, EULER, JOINT, 3.0),
  GRADIENT_CASE ("dps-heun", "poisson", DPS, HEUN, JOINT, 0.0),
  { "flow", "navier-stokes", PISD_GUIDANCE_PISD, PISD_SAMPLER_HEUN, PISD_SPACE_JOINT,
    PISD_COVARIANCE_GAUSSIAN, PISD_PRIOR_GAUSSIAN, 6, 4, 20, 0.0 },
  { "learned", "poisson", PISD_GUIDANCE_PISD, PISD_SAMPLER_HEUN, PISD_SPACE_DECOUPLED,
    PISD_COVARIANCE_GAUSSIAN, PISD_PRIOR_LEARNED, 0, 3, 20, 0.0 },
};

#define PULL_CASE(name, problem, sampler, space, covariance, modes, n_sensors)             \
  {                                                                                        \
    name, problem, PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_##sampler, PISD_SPACE_##space, \
        PISD_COVARIANCE_##covariance, PISD_PRIOR_GAUSSIAN, modes, 6, n_sensors, 0.0        \
  }

static const Case pull_cases[] = {
  PULL_CASE ("readings", "poisson", EULER, DECOUPLED, GAUSSIAN, 10, 20),
  PULL_CASE ("modes", "helmholtz", HEUN, DECOUPLED, GAUSSIAN, 5, 40),
  PULL_CASE ("exact-steps", "poisson", EXACT, DECOUPLED, GAUSSIAN, 10, 20),
  PULL_CASE ("products", "poisson", EULER, JOINT, ISOTROPIC, 8, 20),
  PULL_CASE ("flow", "navier-stokes", EULER, DECOUPLED, GAUSSIAN, 6, 8),
  { "learned", "poisson", PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_EULER, PISD_SPACE_DECOUPLED,
    PISD_COVARIANCE_GAUSSIAN, PISD_PRIOR_LEARNED, 0, 3, 20, 1.0 },
};

/* A run, its frames, and what takes them apart. */
typedef struct
{
  PisdScenario *scenario;
  PisdChannel *channel;
  PisdRunCache cache;
  PisdInspector *inspector;
  PisdPrior *prior;
  gsize n;
} Fixture;

static PisdScenario *
make_scenario (const Case *c)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  g_autoptr (GError) error = NULL;

  pisd_settings_set (settings, "problem", c->problem, &error);
  g_assert_no_error (error);
  settings->prior = c->prior;
  settings->modes = c->modes;
  if (c->prior == PISD_PRIOR_LEARNED)
    settings->modes = pisd_bundle_find (settings->problem)->modes;
  pisd_settings_apply_preset (settings, c->guidance, PISD_TASK_FORWARD, TRUE);
  if (c->guidance == PISD_GUIDANCE_PISD)
    settings->parameters.zeta[1] = 0.5 * settings->parameters.zeta[0];
  settings->sigma_max = 2.0; /* beside which single precision still sees small updates */
  settings->mode_set = PISD_MODES_SQUARE;
  settings->space = c->space;
  settings->covariance = c->covariance;
  settings->sampler = c->sampler;
  settings->steps = c->steps;
  settings->churn.amount = c->churn;
  pisd_truth_set_random (scenario, &error);
  g_assert_no_error (error);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, c->n_sensors, 0, 1);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, c->n_sensors, 0, 1);
  return scenario;
}

static void
fixture_run (Fixture *f, PisdScenario *scenario)
{
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->scenario = scenario;
  f->channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  result = pisd_run_again (f->scenario, f->channel, 1, NULL, NULL, &f->cache, &error);
  g_assert_no_error (error);
  f->inspector = pisd_inspector_new (f->scenario, NULL, &f->cache, 1, NULL, &error);
  g_assert_no_error (error);
  f->n = pisd_representation_get_n (pisd_inspector_get_representation (f->inspector));
}

static void
fixture_init (Fixture *f, const Case *c)
{
  fixture_run (f, make_scenario (c));
}

static void
fixture_clear (Fixture *f)
{
  pisd_inspector_free (f->inspector);
  pisd_run_cache_clear (&f->cache);
  pisd_channel_free (f->channel);
  pisd_scenario_free (f->scenario);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static PisdInspection *
look (Fixture *f, guint step)
{
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (f->channel, step);
  g_autoptr (PisdFrame) next = pisd_channel_dup_frame (f->channel, step + 1);

  return pisd_inspector_look (f->inspector, frame, next);
}

static guint
count_terms (const PisdInspection *inspection)
{
  guint n = 0;

  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    n += inspection->has_term[t];
  return n;
}

static void
check_sum (const PisdInspection *inspection, double tolerance)
{
  g_autofree double *sum = g_new0 (double, inspection->n);
  double shares = 0.0;

  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    {
      for (gsize i = 0; i < inspection->n; i++)
        sum[i] += inspection->terms[t][i];
      shares += inspection->has_term[t] ? inspection->numbers.shares[t] : 0.0;
    }
  g_assert_cmpfloat (test_norm (inspection->total, inspection->n), >, 0.0);
  test_assert_below (test_difference (sum, inspection->total, inspection->n), tolerance);
  test_assert_close (shares, 1.0, 1e-12);
}

/* Of every step: terms sum up to the total. */
static void
check_sums (Fixture *f, const Case *c)
{
  for (guint step = 0; step < c->steps; step++)
    {
      g_autoptr (PisdInspection) inspection = look (f, step);

      g_assert_cmpuint (count_terms (inspection), >=, 2);
      check_sum (inspection, 1e-6);
    }
}

/* The weights of a step, as the sampler has them. */
static PisdGuidance *
fixture_guidance (const Fixture *f)
{
  return pisd_guidance_new (f->scenario->settings.guidance,
                            pisd_inspector_get_representation (f->inspector));
}

/* What the method makes of the totals, one after the other, is what the frames say it added, up to
 * their precision. */
static void
check_applied (Fixture *f, const Case *c)
{
  g_autoptr (PisdGuidance) guidance = fixture_guidance (f);

  for (guint step = 0; step < c->steps; step++)
    {
      g_autoptr (PisdInspection) inspection = look (f, step);
      g_autofree double *update = g_new0 (double, f->n);

      pisd_guidance_apply (guidance, &f->scenario->settings.parameters, inspection->total, update);
      g_assert_cmpint (inspection->source, ==,
                       c->guidance == PISD_GUIDANCE_PISD ? PISD_UPDATE_FRAMES
                                                         : PISD_UPDATE_GRADIENT);
      test_assert_below (test_difference (inspection->update, update, f->n),
                         1e-3 + 2.0 * inspection->numbers.update_error);
      test_assert_below (inspection->numbers.update_error, 1e-2);
      test_assert_close (inspection->numbers.update / test_norm (update, f->n), 1.0, 1e-2);
    }
}

/* The first step of a guided run less that of one that nothing guides, from the same state with the
 * same noise, is the update. */
static void
test_first_step (gconstpointer data)
{
  const Case *c = data;
  g_auto (Fixture) guided = { NULL };
  g_auto (Fixture) free = { NULL };
  PisdScenario *scenario = make_scenario (c);
  g_autoptr (PisdFrame) after = NULL;
  g_autoptr (PisdFrame) plain = NULL;
  g_autoptr (PisdInspection) inspection = NULL;
  g_autofree double *difference = NULL;

  fixture_init (&guided, c);
  scenario->settings.guidance = PISD_GUIDANCE_NONE;
  fixture_run (&free, scenario);
  after = pisd_channel_dup_frame (guided.channel, 1);
  plain = pisd_channel_dup_frame (free.channel, 1);
  inspection = look (&guided, 0);
  difference = g_new (double, guided.n);
  for (gsize i = 0; i < guided.n; i++)
    difference[i] = (double) after->state[i] - plain->state[i];
  test_assert_below (test_difference (inspection->update, difference, guided.n), 1e-3);
  g_clear_pointer (&inspection, pisd_inspection_free);
  inspection = look (&free, 0);
  g_assert_cmpint (inspection->kind, ==, PISD_INSPECTION_NOTHING);
  g_assert_cmpuint (count_terms (inspection), ==, 0);
}

/* What losses are functions of: the state of a step. */
typedef struct
{
  const PisdSettings *settings;
  PisdDenoiser *denoiser;
  PisdLoss *loss;
  gsize n;
  double sigma, next;
} Function;

/* Losses at D (x), or at D (p) where a corrector follows, p = s'/s x + (1 - s'/s) D (x). */
static void
evaluate (const Function *function, const double *x, double values[PISD_N_TERMS])
{
  const double zeta[PISD_N_TERMS] = { 0.0 };
  double shares[PISD_N_TERMS], ratio = function->next / function->sigma;
  g_autofree double *m = g_new (double, function->n);

  pisd_denoiser_denoise (function->denoiser, function->sigma, x, m);
  if (function->settings->sampler == PISD_SAMPLER_HEUN && function->next > 0.0)
    {
      for (gsize i = 0; i < function->n; i++)
        m[i] = ratio * x[i] + (1.0 - ratio) * m[i];
      pisd_denoiser_denoise (function->denoiser, function->next, m, m);
    }
  pisd_loss_evaluate (function->loss, m, zeta, values, shares, NULL);
}

static void
differ (const Function *function, const PisdFrame *frame, const PisdInspection *inspection)
{
  g_autofree double *x = g_new (double, function->n);
  double plus[PISD_N_TERMS], minus[PISD_N_TERMS];
  /* A network computes in single precision. */
  const gboolean is_rough = function->settings->prior == PISD_PRIOR_LEARNED;
  const double h = (is_rough ? 2e-2 : 1e-4) * function->sigma;

  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    {
      double zeta = inspection->numbers.zeta[t], norm = inspection->numbers.norms[t];

      if (!inspection->has_term[t] || zeta == 0.0)
        continue;
      for (gsize i = 0; i < function->n; i++)
        x[i] = frame->state[i] + h * inspection->terms[t][i] / norm;
      evaluate (function, x, plus);
      for (gsize i = 0; i < function->n; i++)
        x[i] = frame->state[i] - h * inspection->terms[t][i] / norm;
      evaluate (function, x, minus);
      test_assert_close (zeta * (plus[t] - minus[t]) / (2.0 * h) / norm, 1.0,
                         is_rough ? 3e-2 : 1e-4);
    }
}

/* Along every term's own direction, at an early, a middle and the last step. */
static void
check_differences (Fixture *f, const Case *c)
{
  const guint steps[] = { 0, c->steps / 2, c->steps - 1 };
  const PisdSchedule schedule = pisd_settings_get_schedule (&f->scenario->settings);
  PisdRepresentation *representation = pisd_inspector_get_representation (f->inspector);
  g_autoptr (PisdDenoiser) denoiser = pisd_denoiser_new (f->cache.prior, representation);
  g_autoptr (PisdGuidance) guidance = fixture_guidance (f);
  g_autoptr (PisdLoss) loss =
      pisd_loss_new (representation, f->scenario->sensors, pisd_guidance_get_loss_form (guidance));
  g_autofree double *sigma = g_new (double, c->steps + 1);

  pisd_schedule_fill (&schedule, c->steps, sigma);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (f->channel, steps[i]);
      g_autoptr (PisdInspection) inspection = look (f, steps[i]);
      const Function function = { &f->scenario->settings, denoiser,           loss, f->n,
                                  frame->sigma,           sigma[steps[i] + 1] };

      differ (&function, frame, inspection);
    }
}

static void
test_gradients (gconstpointer data)
{
  const Case *c = data;
  g_auto (Fixture) f = { NULL };

  fixture_init (&f, c);
  check_sums (&f, c);
  check_applied (&f, c);
  check_differences (&f, c);
}

/* The pull leads from the prior's estimate to the frame's. */
static void
check_estimates (Fixture *f, const Case *c)
{
  g_autofree double *m = g_new (double, f->n), *x = g_new (double, f->n);
  g_autoptr (PisdDenoiser) denoiser =
      pisd_denoiser_new (f->cache.prior, pisd_inspector_get_representation (f->inspector));

  for (guint step = 0; step < c->steps; step++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (f->channel, step);
      g_autoptr (PisdInspection) inspection = look (f, step);
      double sum = 0.0;

      for (gsize i = 0; i < f->n; i++)
        x[i] = frame->state[i];
      pisd_denoiser_denoise (denoiser, frame->sigma, x, m);
      for (gsize i = 0; i < f->n; i++)
        sum += pow (m[i] + inspection->total[i] - frame->denoised[i], 2.0);
      test_assert_below (sqrt (sum) / test_norm (m, f->n), 1e-4);
    }
}

/* Other readings of one field change its own pull alone, by as much as the whole. */
static void
check_other_readings (Fixture *f, const Case *c)
{
  g_auto (Fixture) other = { NULL };
  PisdScenario *scenario = make_scenario (c);
  PisdSensor *sensors = pisd_sensors_edit (scenario->sensors);
  g_autoptr (PisdFrame) frame = NULL;
  g_autoptr (PisdInspection) before = NULL;
  g_autoptr (PisdInspection) after = NULL;
  double change = 0.0, own = 0.0, others = 0.0;

  for (guint i = 0; i < scenario->sensors->n; i++)
    if (sensors[i].field == PISD_FIELD_A)
      sensors[i].value *= 0.5;
  fixture_run (&other, scenario);
  frame = pisd_channel_dup_frame (f->channel, c->steps / 2);
  before = pisd_inspector_look (f->inspector, frame, NULL);
  after = pisd_inspector_look (other.inspector, frame, NULL);
  for (gsize i = 0; i < f->n; i++)
    {
      double difference = after->total[i] - before->total[i];

      change += difference * difference;
      own += pow (after->terms[0][i] - before->terms[0][i] - difference, 2.0);
      others += pow (after->terms[1][i] - before->terms[1][i], 2.0);
    }
  g_assert_cmpfloat (change, >, 0.0);
  test_assert_below (sqrt (own / change), 1e-5);
  test_assert_below (sqrt (others / change), 1e-5);
}

static void
test_pulls (gconstpointer data)
{
  const Case *c = data;
  g_auto (Fixture) f = { NULL };

  fixture_init (&f, c);
  check_sums (&f, c);
  check_estimates (&f, c);
  if (pisd_representation_is_linear (pisd_inspector_get_representation (f.inspector)))
    check_other_readings (&f, c);
}

/* At the result there is nothing left to do, and without the next frame no update of Adam's. */
static void
test_ends (void)
{
  g_auto (Fixture) f = { NULL };
  g_autoptr (PisdFrame) last = NULL;
  g_autoptr (PisdInspection) end = NULL;
  g_autoptr (PisdInspection) alone = NULL;
  PisdInspectionNumbers numbers;

  fixture_init (&f, &gradient_cases[0]);
  last = pisd_channel_dup_frame (f.channel, gradient_cases[0].steps - 1);
  alone = pisd_inspector_look (f.inspector, last, NULL);
  end = look (&f, gradient_cases[0].steps);
  g_assert_cmpint (alone->source, ==, PISD_UPDATE_UNKNOWN);
  g_assert_true (isnan (alone->numbers.update));
  g_assert_true (isnan (end->numbers.total));
  test_assert_below (test_norm (end->total, f.n), 0.0);
  g_assert_true (pisd_inspector_measure (f.inspector, last, NULL, &numbers));
  g_assert_cmpmem (&numbers, sizeof numbers, &alone->numbers, sizeof alone->numbers);
}

/* The weights of a step that was changed under way are those that the gradient was taken with:
 * those of the frame for an estimate at the state, those of the next one for a corrector's. */
static void
test_parameters (void)
{
  static const struct
  {
    guint which; /* of the cases */
    double expected;
  } rows[] = { { 0, 3.0 }, { 1, 7.0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) f = { NULL };
      g_autoptr (PisdFrame) frame = NULL;
      g_autoptr (PisdFrame) next = NULL;
      g_autoptr (PisdInspection) inspection = NULL;

      fixture_init (&f, &gradient_cases[rows[i].which]);
      frame = pisd_channel_dup_frame (f.channel, 4);
      next = pisd_channel_dup_frame (f.channel, 5);
      frame->parameters.zeta[0] = 3.0;
      next->parameters.zeta[0] = 7.0;
      inspection = pisd_inspector_look (f.inspector, frame, next);
      test_assert_close (inspection->numbers.zeta[0], rows[i].expected, 0.0);
    }
}

/* Adam's first step is its step size along every mode, so that the effective step times the gradient
 * is the weight, up to modes whose gradient is tiny. */
static void
test_shells (void)
{
  g_auto (Fixture) f = { NULL };
  g_autoptr (PisdFrame) next = NULL;
  g_autoptr (PisdInspection) inspection = NULL;
  double sum = 0.0;

  fixture_init (&f, &gradient_cases[0]);
  next = pisd_channel_dup_frame (f.channel, 1);
  inspection = look (&f, 0);
  for (guint field = 0; field < 2; field++)
    {
      g_autoptr (PisdInspectionShells) shells =
          pisd_inspector_get_shells (f.inspector, inspection, next, field);

      g_assert_cmpuint (shells->n, ==, 1 + (guint) lround (hypot (9.0, 9.0)));
      for (guint k = 1; k < shells->n; k++)
        {
          const PisdGuidanceParameters *p = &f.scenario->settings.parameters;

          test_assert_close (shells->weight[k],
                             pisd_optimizer_get_rate (p->rate_low, p->rate_high, p->cutoff, k),
                             1e-15);
          test_assert_close (shells->step[k] * shells->gradient[k] / shells->weight[k], 1.0, 0.05);
        }
    }
  for (gsize i = 0; i < f.n; i++)
    sum += inspection->update[i] * inspection->total[i];
  g_assert_cmpfloat (sum, <, 0.0);
  g_assert_cmpfloat (inspection->numbers.cosine_update, >, 0.0);
}

/* A single mode is one entry of its map and a wave in space, of its scale. */
static void
test_pictures (void)
{
  g_auto (Fixture) f = { NULL };
  g_autofree double *v = NULL, *map = NULL;
  g_autoptr (PisdField) out = pisd_field_new (PISD_GRID, PISD_GRID);
  guint side, n_kept = 0;
  double sum = 0.0;

  fixture_init (&f, &gradient_cases[0]);
  {
    PisdRepresentation *r = pisd_inspector_get_representation (f.inspector);
    const PisdModes *modes = pisd_representation_get_modes (r, 0);

    v = g_new0 (double, f.n);
    v[20] = -2.0;
    side = pisd_inspector_get_map_side (f.inspector, 0);
    map = g_new (double, side *side);
    pisd_inspector_fill_map (f.inspector, v, 0, 0, map);
    g_assert_cmpfloat (map[modes->ky[20] * side + modes->kx[20]], ==, 2.0);
    for (guint i = 0; i < side * side; i++)
      {
        n_kept += !isnan (map[i]);
        sum += isnan (map[i]) ? 0.0 : map[i];
      }
    g_assert_cmpuint (n_kept, ==, modes->n);
    g_assert_cmpfloat (sum, ==, 2.0);
    g_assert_true (pisd_inspector_decode (f.inspector, v, 0, out));
    test_assert_close (pisd_field_norm (out), 2.0 * pisd_representation_get_scale (r, 0)[20],
                       1e-12);
  }
}

/* Cosine and shares by hand. */
static void
test_numbers (void)
{
  g_auto (Fixture) f = { NULL };
  g_autoptr (PisdInspection) inspection = NULL;
  g_autofree double *sensors = NULL;
  const PisdInspectionNumbers *numbers;
  const double *pde;

  fixture_init (&f, &gradient_cases[0]);
  inspection = look (&f, 3);
  numbers = &inspection->numbers;
  pde = inspection->terms[PISD_TERM_PDE];
  sensors = g_new (double, f.n);
  for (gsize i = 0; i < f.n; i++)
    sensors[i] = inspection->terms[0][i] + inspection->terms[1][i];
  test_assert_close (numbers->cosine_equation,
                     test_dot (sensors, pde, f.n) / test_norm (sensors, f.n) / test_norm (pde, f.n),
                     1e-12);
  test_assert_close (numbers->cosine_fields,
                     test_dot (inspection->terms[0], inspection->terms[1], f.n) / numbers->norms[0]
                         / numbers->norms[1],
                     1e-12);
  test_assert_close (numbers->total, test_norm (inspection->total, f.n), 1e-12 * numbers->total);
  test_assert_close (numbers->shares[0],
                     numbers->norms[0]
                         / (numbers->norms[0] + numbers->norms[1] + numbers->norms[PISD_TERM_PDE]),
                     1e-12);
  g_assert_cmpfloat (pisd_inspection_numbers_get (numbers, PISD_INSPECTED_NORM, PISD_TERM_PDE), ==,
                     numbers->norms[PISD_TERM_PDE]);
  g_assert_cmpfloat (
      pisd_inspection_numbers_get (numbers, PISD_INSPECTED_COSINE_FIELDS, PISD_TERM_PDE), ==,
      numbers->cosine_fields);
}

/* Only steps can be taken apart. */
static void
test_kinds (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  g_assert_cmpint (pisd_inspector_find_kind (&settings), ==, PISD_INSPECTION_GRADIENTS);
  settings.guidance = PISD_GUIDANCE_NONE;
  g_assert_cmpint (pisd_inspector_find_kind (&settings), ==, PISD_INSPECTION_NOTHING);
  settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  g_assert_cmpint (pisd_inspector_find_kind (&settings), ==, PISD_INSPECTION_PULLS);
  settings.guidance = PISD_GUIDANCE_EXACT;
  g_assert_cmpint (pisd_inspector_find_kind (&settings), ==, PISD_INSPECTION_NOTHING);
}

int
main (int argc, char **argv)
{
  static const TestCheck gradients = { "gradients", test_gradients };
  static const TestCheck pulls = { "pulls", test_pulls };
  static const TestCheck first_step = { "first-step", test_first_step };

  g_test_init (&argc, &argv, NULL);
  test_add_cases_of ("/engine/inspector", &gradients, 1, gradient_cases, sizeof (Case),
                     G_N_ELEMENTS (gradient_cases));
  test_add_cases_of ("/engine/inspector", &first_step, 1, gradient_cases, sizeof (Case), N_PLAIN);
  test_add_cases_of ("/engine/inspector", &pulls, 1, pull_cases, sizeof (Case),
                     G_N_ELEMENTS (pull_cases));
  g_test_add_func ("/engine/inspector/ends", test_ends);
  g_test_add_func ("/engine/inspector/kinds", test_kinds);
  g_test_add_func ("/engine/inspector/numbers", test_numbers);
  g_test_add_func ("/engine/inspector/parameters", test_parameters);
  g_test_add_func ("/engine/inspector/pictures", test_pictures);
  g_test_add_func ("/engine/inspector/shells", test_shells);
  return g_test_run ();
}
