/* Runs that go on from a step of another one: pisd-branch and pisd-checkpoint. */
#include "pisd-branch.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-run.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

/* More than two checkpoints of a method that keeps one in 24 steps. */
#define STEPS 60

typedef struct
{
  const char *name;
  PisdGuidanceId guidance;
  PisdSamplerId sampler;
  PisdSpace space;
  PisdPriorId prior;
  double churn, eta;
} Case;

static const Case cases[] = {
  { "none", PISD_GUIDANCE_NONE, PISD_SAMPLER_EULER, PISD_SPACE_JOINT },
  { "pisd", PISD_GUIDANCE_PISD, PISD_SAMPLER_EULER, PISD_SPACE_JOINT },
  { "pisd-heun", PISD_GUIDANCE_PISD, PISD_SAMPLER_HEUN, PISD_SPACE_JOINT },
  { "pisd-churn", PISD_GUIDANCE_PISD, PISD_SAMPLER_EULER, PISD_SPACE_JOINT, 0, 20.0 },
  { "pisd-heun-churn", PISD_GUIDANCE_PISD, PISD_SAMPLER_HEUN, PISD_SPACE_JOINT, 0, 20.0 },
  { "pisd-learned", PISD_GUIDANCE_PISD, PISD_SAMPLER_DDPM, PISD_SPACE_DECOUPLED,
    PISD_PRIOR_LEARNED },
  { "dps", PISD_GUIDANCE_DPS, PISD_SAMPLER_HEUN, PISD_SPACE_JOINT },
  { "dps-ddim", PISD_GUIDANCE_DPS, PISD_SAMPLER_DDIM, PISD_SPACE_JOINT, 0, 0, 0.5 },
  { "second-order", PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_DDPM, PISD_SPACE_DECOUPLED },
  { "second-order-exact", PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_EXACT, PISD_SPACE_DECOUPLED },
  { "second-order-joint", PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_HEUN, PISD_SPACE_JOINT, 0, 9.0 },
  { "second-order-learned", PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_HEUN, PISD_SPACE_DECOUPLED,
    PISD_PRIOR_LEARNED, 6.0 },
};

static guint
count_steps (const Case *c)
{
  return c->prior == PISD_PRIOR_LEARNED || c->guidance == PISD_GUIDANCE_SECOND_ORDER ? 6 : STEPS;
}

static PisdScenario *
scenario_new (const Case *c)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  *settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE,
                             c->prior == PISD_PRIOR_LEARNED ? 44 : 8);
  pisd_settings_apply_preset (settings, c->guidance, PISD_TASK_FORWARD, FALSE);
  settings->prior = c->prior;
  settings->prior_family = PISD_FAMILY_GRF;
  settings->sampler = c->sampler;
  settings->space = c->space;
  settings->churn.amount = c->churn;
  settings->eta = c->eta;
  settings->steps = count_steps (c);
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (settings->problem, 1.0), PISD_FAMILY_GRF, 5, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 30, 0.0, 6);
  return scenario;
}

/* Other parameters in force in the step from frame `at` of a watched run on; they are heard between
 * two steps. */
typedef struct
{
  PisdChannel *channel;
  guint at;
  const PisdGuidanceParameters *parameters;
} Turn;

static gboolean
turn (guint64 done, guint64 total, gpointer data)
{
  const Turn *t = data;
  guint n = pisd_channel_get_n_frames (t->channel);

  if (n == t->at)
    pisd_channel_set_parameters (t->channel, t->parameters);
  return TRUE;
}

/* parameters: from step `at` on; NULL: those of the scenario. */
static PisdResult *
run (const PisdScenario *scenario,
     const PisdBranch *branch,
     PisdChannel *channel,
     guint at,
     const PisdGuidanceParameters *parameters)
{
  g_auto (PisdRunCache) cache = { 0 };
  g_autoptr (GError) error = NULL;
  Turn t = { channel, at, parameters };
  PisdResult *result = pisd_run_branch (scenario, branch, channel, 1,
                                        parameters != NULL ? turn : NULL, &t, &cache, &error);

  g_assert_no_error (error);
  return result;
}

static gboolean
is_same (const PisdResult *a, const PisdResult *b)
{
  gboolean same = TRUE;

  for (guint f = 0; f < a->n_fields; f++)
    same &= memcmp (a->samples[f], b->samples[f], sizeof (double) * PISD_GRID * PISD_GRID) == 0;
  return same;
}

static void
assert_same_frames (PisdChannel *a, PisdChannel *b, guint n)
{
  g_assert_cmpuint (pisd_channel_get_n_frames (a), ==, n);
  g_assert_cmpuint (pisd_channel_get_n_frames (b), ==, n);
  for (guint k = 0; k < n; k++)
    {
      g_autoptr (PisdFrame) p = pisd_channel_dup_frame (a, k);
      g_autoptr (PisdFrame) q = pisd_channel_dup_frame (b, k);

      g_assert_cmpuint (q->step, ==, k);
      g_assert_cmpuint (q->run_id, ==, pisd_channel_get_run_id (b));
      g_assert_cmpfloat (p->sigma, ==, q->sigma);
      g_assert_cmpmem (p->state, p->n * sizeof (float), q->state, q->n * sizeof (float));
      g_assert_cmpmem (p->denoised, p->n * sizeof (float), q->denoised, q->n * sizeof (float));
      g_assert_cmpmem (p->losses, sizeof p->losses, q->losses, sizeof q->losses);
      g_assert_cmpmem (p->shares, sizeof p->shares, q->shares, sizeof q->shares);
    }
}

/* A branch that changes nothing since a weight was changed on the way is the run to the last bit,
 * wherever it begins, at a checkpoint or between two, and so is a branch of the branch. */
static void
test_unchanged (gconstpointer data)
{
  const Case *c = data;
  const guint n = count_steps (c), turned = n / 3, steps[] = { n / 3 + 1, n * 4 / 5, n - 1 };
  g_autoptr (PisdScenario) scenario = scenario_new (c);
  g_autoptr (PisdScenario) later = pisd_scenario_dup (scenario);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) result = NULL;

  later->settings.parameters.zeta[PISD_TERM_OBS (0)] *= 3.0;
  later->settings.parameters.rate_low *= 0.5;
  result = run (scenario, NULL, channel, turned, &later->settings.parameters);
  /* A network takes its time: once is enough. */
  for (guint k = c->prior == PISD_PRIOR_LEARNED; k < G_N_ELEMENTS (steps);
       k += c->prior == PISD_PRIOR_LEARNED ? 2 : 1)
    {
      g_autoptr (PisdBranch) branch = pisd_branch_new (channel, steps[k], NULL);
      g_autoptr (PisdChannel) second = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
      g_autoptr (PisdChannel) third = pisd_channel_new (3, PISD_PACE_FREE, NULL, NULL);
      g_autoptr (PisdResult) again = run (later, branch, second, 0, NULL);
      g_autoptr (PisdBranch) twig = pisd_branch_new (second, (steps[k] + n) / 2, NULL);
      g_autoptr (PisdResult) thrice = run (later, twig, third, 0, NULL);

      g_assert_true (is_same (result, again));
      g_assert_true (is_same (result, thrice));
      g_assert_cmpuint (again->n_evaluations, ==, result->n_evaluations);
      g_assert_cmpmem (result->losses, n * sizeof *result->losses, again->losses,
                       n * sizeof *again->losses);
      assert_same_frames (channel, second, n + 1);
      assert_same_frames (channel, third, n + 1);
    }
}

/* From before the change a branch has the run's bits where the same change comes at the same
 * step. */
static void
test_repeated (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (&cases[2]);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdChannel) other = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
  PisdGuidanceParameters parameters = scenario->settings.parameters;
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdBranch) branch = NULL;
  g_autoptr (PisdResult) again = NULL;

  parameters.zeta[PISD_TERM_PDE] = 0.25;
  result = run (scenario, NULL, channel, 40, &parameters);
  branch = pisd_branch_new (channel, 31, NULL);
  again = run (scenario, branch, other, 40, &parameters);
  g_assert_true (is_same (result, again));
}

/* What it changes changes what comes after the branch, and nothing before it. */
static void
test_changed (gconstpointer data)
{
  const Case *c = data;
  const guint n = count_steps (c), step = n / 2;
  g_autoptr (PisdScenario) scenario = scenario_new (c);
  g_autoptr (PisdScenario) later = pisd_scenario_dup (scenario);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdChannel) second = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) result = run (scenario, NULL, channel, 0, NULL);
  g_autoptr (PisdBranch) branch = pisd_branch_new (channel, step, NULL);
  g_autoptr (PisdResult) other = NULL;

  pisd_sensors_scatter (later->sensors, later->instance, PISD_FIELD_A, 50, 0.0, 8);
  other = run (later, branch, second, 0, NULL);
  g_assert_cmpint (is_same (result, other), ==, c->guidance == PISD_GUIDANCE_NONE);
  for (guint k = 0; k <= step; k++)
    {
      g_autoptr (PisdFrame) p = pisd_channel_dup_frame (channel, k);
      g_autoptr (PisdFrame) q = pisd_channel_dup_frame (second, k);

      if (k < step)
        g_assert_true (p->denoised == q->denoised);
      if (k < step || c->churn == 0.0)
        g_assert_cmpmem (p->state, p->n * sizeof (float), q->state, q->n * sizeof (float));
    }
}

/* Every method may take over from every other one in the same latent. */
static void
test_methods (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (&cases[1]);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) result = run (scenario, NULL, channel, 0, NULL);
  g_autoptr (PisdBranch) branch = pisd_branch_new (channel, 30, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (PisdScenario) later = scenario_new (&cases[k]);
      g_autoptr (PisdChannel) second = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
      g_autoptr (PisdResult) other = NULL;

      if (cases[k].space != PISD_SPACE_JOINT)
        continue;
      later->settings.steps = STEPS;
      later->settings.sigma_max = scenario->settings.sigma_max;
      other = run (later, branch, second, 0, NULL);
      g_assert_true (other->complete);
      g_assert_cmpint (is_same (result, other), ==, k == 1);
    }
}

static void
assert_refused (const PisdBranch *branch,
                const PisdScenario *scenario,
                const char *key,
                const char *text)
{
  g_autoptr (PisdScenario) later = pisd_scenario_dup (scenario);
  g_auto (PisdRunCache) cache = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_settings_set (&later->settings, key, text, NULL));
  g_assert_null (pisd_run_branch (later, branch, NULL, 1, NULL, NULL, &cache, &error));
  test_assert_error (&error, UNKNOWN, text, "expected");
}

static void
test_refused (void)
{
  static const char *const rows[][2] = {
    { "steps", "61" },        { "sigma-max", "60" },
    { "sigma-min", "0.02" },  { "rho", "6" },
    { "modes", "9" },         { "samples", "2" },
    { "space", "decoupled" }, { "mean-sd", "0.5" },
    { "schedule", "cosine" }, { "prior-family", "blobs" },
    { "prior-tau", "4" },     { "prior-alpha", "2.5" },
    { "noise-sd", "0.1" },    { "prior-amplitude", "3" },
  };
  g_autoptr (PisdScenario) scenario = scenario_new (&cases[1]);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  G_GNUC_UNUSED g_autoptr (PisdResult) result = run (scenario, NULL, channel, 0, NULL);
  g_autoptr (PisdBranch) branch = pisd_branch_new (channel, 30, NULL);
  g_autoptr (PisdChannel) empty = pisd_channel_new (3, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    assert_refused (branch, scenario, rows[k][0], rows[k][1]);
  g_assert_null (pisd_branch_new (channel, STEPS, &error));
  test_assert_error (&error, RANGE, "step 60", "from 0 to 59");
  g_assert_null (pisd_branch_new (empty, 0, &error));
  test_assert_error (&error, RANGE, "without steps", "expected");
}

/* Frames are shared, checkpoints are an eighth of them. */
static void
test_bytes (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (&cases[1]);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdChannel) second = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
  G_GNUC_UNUSED g_autoptr (PisdResult) result = run (scenario, NULL, channel, 0, NULL);
  g_autoptr (PisdBranch) branch = pisd_branch_new (channel, 54, NULL);
  G_GNUC_UNUSED g_autoptr (PisdResult) other = run (scenario, branch, second, 0, NULL);
  const gsize frame = 2 * 2 * 8 * 8 * sizeof (float), number = 2 * 8 * 8 * sizeof (double);
  const gsize bytes = pisd_channel_get_bytes (channel);

  g_assert_cmpuint (bytes, >, (STEPS + 1) * frame + 3 * 3 * number);
  g_assert_cmpuint (bytes, <, (STEPS + 1) * (frame + sizeof (PisdFrame)) + 3 * (3 * number + 4096));
  g_assert_cmpuint (pisd_channel_get_bytes (second), <,
                    7 * frame + (STEPS + 1) * sizeof (PisdFrame) + 3 * number + 4096);
}

int
main (int argc, char *argv[])
{
  static const TestCheck checks[] = { { "unchanged", test_unchanged },
                                      { "changed", test_changed } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/branch", checks, cases);
  g_test_add_func ("/engine/branch/repeated", test_repeated);
  g_test_add_func ("/engine/branch/methods", test_methods);
  g_test_add_func ("/engine/branch/refused", test_refused);
  g_test_add_func ("/engine/branch/bytes", test_bytes);
  return g_test_run ();
}
