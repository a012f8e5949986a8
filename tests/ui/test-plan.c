/* What a comparison is to run, without a window: the column of the other prior above all. */

#include "explorer-plan.h"
#include "pisd-edit-preset.h"
#include "pisd-edit-truth.h"
#include "pisd-fit.h"

#define N_SENSORS 40

/* A problem with sensors of its solution, of a flow at its end, and a method with all
 * of its preset. */
static PisdScenario *
make_scenario (PisdProblemId problem, const char *prior, PisdGuidanceId method)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdMixture mixture;

  g_assert_true (pisd_edit_set_equation (scenario, &(PisdEquation){ problem, { 1e-3 } }, NULL));
  for (guint k = 0; k < N_SENSORS; k++)
    {
      const PisdSensor sensor = {
        .field = PISD_FIELD_U, .x = (k + 1.0) / (N_SENSORS + 1.0), .y = 0.5, .t = 1.0
      };

      g_assert_true (pisd_sensors_add (scenario->sensors, &sensor));
    }
  g_assert_true (pisd_fit_set (&scenario->settings, NULL, "prior", prior, NULL, NULL));
  pisd_scenario_get_mixture (scenario, &mixture);
  pisd_settings_apply_mixture (&scenario->settings, method, &mixture, TRUE);
  return scenario;
}

static PisdScenario *
dup_other (const PisdScenario *scenario)
{
  g_autoptr (ExplorerPlan) plan = explorer_plan_new (scenario);
  PisdScenario *other;

  plan->other_prior = TRUE;
  other = explorer_plan_dup_scenario (plan, EXPLORER_PLAN_OTHER_PRIOR);
  g_assert_nonnull (other);
  g_assert_true (pisd_settings_check (&other->settings, NULL));
  return other;
}

/* The column listens to the readings, be it with another method, and samples as that prior's preset
 * does. */
static void
check_follows (const PisdScenario *scenario, PisdGuidanceId method)
{
  g_autoptr (PisdScenario) other = dup_other (scenario);
  PisdSettings *now = &other->settings, preset;

  g_assert_cmpint (now->guidance, ==, method);
  pisd_edit_get_preset (other, &preset);
  g_assert_cmpmem (&preset, sizeof preset, now, sizeof *now);
  if (pisd_method_get (method)->uses & PISD_USES_WEIGHTS)
    g_assert_cmpfloat (now->parameters.zeta[PISD_FIELD_U], >, 0.0);
}

static void
test_flow (void)
{
  g_autoptr (PisdScenario) scenario =
      make_scenario (PISD_PROBLEM_NAVIER_STOKES, "gaussian", PISD_GUIDANCE_SECOND_ORDER);

  check_follows (scenario, PISD_GUIDANCE_PISD);
}

static void
test_first_order (void)
{
  static const char *const priors[] = { "gaussian", "learned" };
  static const PisdProblemId problems[] = { PISD_PROBLEM_POISSON, PISD_PROBLEM_NAVIER_STOKES };

  for (guint p = 0; p < G_N_ELEMENTS (priors); p++)
    for (guint k = 0; k < G_N_ELEMENTS (problems); k++)
      {
        g_autoptr (PisdScenario) scenario =
            make_scenario (problems[k], priors[p], PISD_GUIDANCE_PISD);
        g_autoptr (PisdScenario) other = dup_other (scenario);

        check_follows (scenario, PISD_GUIDANCE_PISD);
        g_assert_cmpuint (other->settings.steps, !=, scenario->settings.steps);
      }
}

/* What was set by hand stays where the method does. */
static void
test_by_hand (void)
{
  g_autoptr (PisdScenario) scenario =
      make_scenario (PISD_PROBLEM_POISSON, "gaussian", PISD_GUIDANCE_PISD);
  g_autoptr (PisdScenario) other = NULL;

  scenario->settings.steps = 77;
  scenario->settings.sigma_max = 33.0;
  other = dup_other (scenario);
  g_assert_cmpuint (other->settings.steps, ==, 77);
  g_assert_cmpfloat (other->settings.sigma_max, ==, 33.0);
  g_assert_cmpfloat (other->settings.rho, !=, scenario->settings.rho);
}

/* A prior that becomes of interest is run, one that a person chose or left out is not decided
 * again. */
static void
test_decided_again (void)
{
  g_autoptr (PisdScenario) scenario =
      make_scenario (PISD_PROBLEM_POISSON, "gaussian", PISD_GUIDANCE_SECOND_ORDER);
  g_autoptr (ExplorerPlan) plan = explorer_plan_new (scenario);

  g_assert_false (plan->other_prior);
  scenario->settings.prior_family = PISD_FAMILY_INCLUSIONS;
  explorer_plan_set_scenario (plan, scenario);
  g_assert_true (plan->other_prior);
  plan->other_prior = FALSE;
  scenario->settings.seed++;
  explorer_plan_set_scenario (plan, scenario);
  g_assert_false (plan->other_prior);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/flow", test_flow);
  g_test_add_func ("/plan/first-order", test_first_order);
  g_test_add_func ("/plan/by-hand", test_by_hand);
  g_test_add_func ("/plan/decided-again", test_decided_again);
  return g_test_run ();
}
