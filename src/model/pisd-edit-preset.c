#include "pisd-edit-preset.h"

#include "pisd-edit.h"

void
pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset)
{
  PisdMixture mixture;

  pisd_scenario_get_mixture (scenario, &mixture);
  *preset = scenario->settings;
  pisd_settings_apply_mixture (preset, preset->guidance, &mixture, FALSE);
}

void
pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after)
{
  PisdSettings preset;

  pisd_edit_get_preset (before, &preset);
  if (!pisd_edit_same_settings (&preset, &before->settings))
    return;
  pisd_edit_get_preset (after, &preset);
  after->settings = preset;
}
