#include "explorer-plan.h"

#include "pisd-edit-preset.h"

/* First-order methods: far beyond their official counts little is gained that one would see. */
#define FIRST_ORDER_STEPS 300

static void
apply_preset (const ExplorerPlan *plan, PisdGuidanceId method, PisdSettings *settings)
{
  PisdMixture mixture;

  pisd_scenario_get_mixture (plan->scenario, &mixture);
  pisd_settings_apply_mixture (settings, method, &mixture, TRUE);
  settings->mode_set = PISD_MODES_SQUARE;
}

ExplorerPlan *
explorer_plan_new (const PisdScenario *scenario)
{
  ExplorerPlan *plan = g_new0 (ExplorerPlan, 1);

  plan->scenario = pisd_scenario_dup (scenario);
  plan->samples = MIN (scenario->settings.samples, EXPLORER_PLAN_MOST_SAMPLES);
  plan->seed = scenario->settings.seed;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      plan->chosen[m] = TRUE;
      plan->steps[m] = pisd_method_get (m)->conditions ? explorer_plan_get_preset_steps (plan, m)
                                                       : FIRST_ORDER_STEPS;
    }
  return plan;
}

void
explorer_plan_free (ExplorerPlan *plan)
{
  if (plan == NULL)
    return;
  pisd_scenario_free (plan->scenario);
  g_free (plan);
}

void
explorer_plan_set_scenario (ExplorerPlan *plan, const PisdScenario *scenario)
{
  const PisdSettings *before = &plan->scenario->settings;
  const PisdSettings *after = &scenario->settings;

  if (after->seed != before->seed)
    plan->seed = after->seed;
  if (after->samples != before->samples)
    plan->samples = MIN (after->samples, EXPLORER_PLAN_MOST_SAMPLES);
  pisd_scenario_free (plan->scenario);
  plan->scenario = pisd_scenario_dup (scenario);
}

guint
explorer_plan_get_preset_steps (const ExplorerPlan *plan, PisdGuidanceId method)
{
  PisdSettings settings = plan->scenario->settings;

  apply_preset (plan, method, &settings);
  return settings.steps;
}

PisdScenario *
explorer_plan_dup_scenario (const ExplorerPlan *plan, guint column)
{
  PisdScenario *scenario;
  PisdGuidanceId method;

  g_return_val_if_fail (column < EXPLORER_PLAN_N_COLUMNS, NULL);

  if (column == EXPLORER_PLAN_AS_SET)
    return pisd_scenario_dup (plan->scenario);
  method = column - EXPLORER_PLAN_PRESET (0);
  if (!plan->chosen[method])
    return NULL;
  scenario = pisd_scenario_dup (plan->scenario);
  apply_preset (plan, method, &scenario->settings);
  scenario->settings.steps = pisd_method_get (method)->makes_steps ? plan->steps[method] : 1;
  pisd_edit_get_preset (scenario, &scenario->settings); /* presets go with the steps */
  scenario->settings.samples = 1;
  scenario->settings.seed = plan->seed;
  return scenario;
}

guint
explorer_plan_get_n_runs (const ExplorerPlan *plan, guint column)
{
  g_return_val_if_fail (column < EXPLORER_PLAN_N_COLUMNS, 0);

  if (column == EXPLORER_PLAN_AS_SET
      || pisd_method_get (column - EXPLORER_PLAN_PRESET (0))->knows_mean)
    return 1;
  return plan->samples;
}
