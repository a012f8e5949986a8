#include "explorer-plan.h"

#include "pisd-edit-preset.h"
#include "pisd-fit.h"

/* First-order methods: far beyond their official counts little is gained that one would see. */
#define FIRST_ORDER_STEPS 300

static void
apply_preset (const PisdScenario *scenario, PisdGuidanceId method, PisdSettings *settings)
{
  PisdMixture mixture;

  pisd_scenario_get_mixture (scenario, &mixture);
  pisd_settings_apply_mixture (settings, method, &mixture, TRUE);
  settings->mode_set = PISD_MODES_SQUARE;
}

static guint
get_preset_steps (const PisdScenario *scenario, PisdGuidanceId method)
{
  PisdSettings settings = scenario->settings;

  apply_preset (scenario, method, &settings);
  return settings.steps;
}

static gboolean
is_gaussian (const PisdSettings *settings)
{
  return pisd_method_get_prior (settings->prior)->is_gaussian;
}

static const char *
get_other_prior (const PisdSettings *settings)
{
  guint p = 0;

  while (pisd_method_get_prior (p)->is_gaussian == is_gaussian (settings))
    p++;
  return pisd_method_get_prior (p)->choice.name;
}

/* The mean of a learned prior's family is the family's own.  FALSE: there is no other prior for
 * that equation. */
static gboolean
switch_prior (const ExplorerPlan *plan, PisdSettings *settings)
{
  const char *other = get_other_prior (settings);

  pisd_settings_make_gaussian (settings);
  return pisd_fit_set (settings, plan->scenario->weights_path, "prior", other, NULL, NULL);
}

gboolean
explorer_plan_has_other_prior (const ExplorerPlan *plan)
{
  PisdSettings settings = plan->scenario->settings;

  return switch_prior (plan, &settings);
}

/* What is at its preset goes to that of the other prior, the number of steps too, and all that was
 * set for another method. */
static void
follow_prior (const PisdScenario *before, PisdScenario *after)
{
  const PisdSettings *old = &before->settings;
  PisdSettings *now = &after->settings;

  if (old->steps == get_preset_steps (before, old->guidance))
    now->steps = get_preset_steps (after, now->guidance);
  if (old->guidance != now->guidance)
    pisd_edit_get_preset (after, now);
  else
    pisd_edit_follow_preset (before, after);
}

/* Where the two have something to tell apart. */
static gboolean
is_other_prior_of_interest (const ExplorerPlan *plan)
{
  const PisdSettings *settings = &plan->scenario->settings;

  return (!is_gaussian (settings) || settings->prior_family != PISD_FAMILY_GRF)
         && explorer_plan_has_other_prior (plan);
}

static PisdScenario *
dup_with_other_prior (const ExplorerPlan *plan)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (plan->scenario);
  PisdSettings *settings = &scenario->settings;
  const char *prior = get_other_prior (settings);

  if (!plan->other_prior || !switch_prior (plan, settings))
    return NULL;
  follow_prior (plan->scenario, scenario);
  /* What was set by hand may not go with the preset's. */
  if (!pisd_fit_set (settings, scenario->weights_path, "prior", prior, NULL, NULL))
    return NULL;
  return g_steal_pointer (&scenario);
}

ExplorerPlan *
explorer_plan_new (const PisdScenario *scenario)
{
  ExplorerPlan *plan = g_new0 (ExplorerPlan, 1);

  plan->scenario = pisd_scenario_dup (scenario);
  plan->samples = MIN (scenario->settings.samples, EXPLORER_PLAN_MOST_SAMPLES);
  plan->seed = scenario->settings.seed;
  plan->other_prior = is_other_prior_of_interest (plan);
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
  const gboolean was_of_interest = is_other_prior_of_interest (plan);

  if (after->seed != before->seed)
    plan->seed = after->seed;
  if (after->samples != before->samples)
    plan->samples = MIN (after->samples, EXPLORER_PLAN_MOST_SAMPLES);
  pisd_scenario_free (plan->scenario);
  plan->scenario = pisd_scenario_dup (scenario);
  if (!was_of_interest && is_other_prior_of_interest (plan))
    plan->other_prior = TRUE;
}

guint
explorer_plan_get_preset_steps (const ExplorerPlan *plan, PisdGuidanceId method)
{
  return get_preset_steps (plan->scenario, method);
}

PisdScenario *
explorer_plan_dup_scenario (const ExplorerPlan *plan, guint column)
{
  PisdScenario *scenario;
  PisdGuidanceId method;

  g_return_val_if_fail (column < EXPLORER_PLAN_N_COLUMNS, NULL);

  if (column == EXPLORER_PLAN_AS_SET)
    return pisd_scenario_dup (plan->scenario);
  if (column == EXPLORER_PLAN_OTHER_PRIOR)
    return dup_with_other_prior (plan);
  method = column - EXPLORER_PLAN_PRESET (0);
  if (!plan->chosen[method])
    return NULL;
  scenario = pisd_scenario_dup (plan->scenario);
  if (pisd_method_get (method)->knows_mean)
    pisd_settings_make_gaussian (&scenario->settings); /* which alone has a closed form */
  apply_preset (plan->scenario, method, &scenario->settings);
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

  if (column == EXPLORER_PLAN_AS_SET || column == EXPLORER_PLAN_OTHER_PRIOR
      || pisd_method_get (column - EXPLORER_PLAN_PRESET (0))->knows_mean)
    return 1;
  return plan->samples;
}
