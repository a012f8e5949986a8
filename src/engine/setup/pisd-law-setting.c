#include "pisd-law-setting.h"

/* clang-format off */
#define INSTANCE(key, of) \
  { key, PISD_LAW_OF_##of, FALSE, pisd_settings_have_instance_law, "family", "problem" }
#define PRIOR(key, of, may, choice, other) { key, PISD_LAW_OF_##of, TRUE, may, choice, other }

static const PisdLawSetting rows[PISD_N_LAW_SETTINGS] = {
  INSTANCE ("instance-amplitude", SOURCES),
  INSTANCE ("instance-tau", SOURCES),
  INSTANCE ("instance-alpha", SOURCES),
  PRIOR ("prior-amplitude", SOURCES, pisd_settings_have_amplitude, "prior", "problem"),
  PRIOR ("prior-tau", SOURCES, pisd_settings_have_law, "prior-family", "prior"),
  PRIOR ("prior-alpha", SOURCES, pisd_settings_have_law, "prior-family", "prior"),
  INSTANCE ("instance-flow-amplitude", FLOWS),
  INSTANCE ("instance-flow-tau", FLOWS),
  INSTANCE ("instance-flow-alpha", FLOWS),
  PRIOR ("prior-flow-amplitude", FLOWS, pisd_settings_have_amplitude, "prior", "problem"),
  PRIOR ("prior-flow-tau", FLOWS, pisd_settings_have_law, "prior", "problem"),
  PRIOR ("prior-flow-alpha", FLOWS, pisd_settings_have_law, "prior", "problem"),
};
/* clang-format on */

const PisdLawSetting *
pisd_law_setting_get (guint number)
{
  g_return_val_if_fail (number < PISD_N_LAW_SETTINGS, NULL);

  return &rows[number];
}

const PisdLawSetting *
pisd_law_setting_get_of_prior (PisdLawOf of, PisdSlope which)
{
  g_return_val_if_fail (of < PISD_N_LAWS && which < PISD_N_SLOPES, NULL);

  return &rows[(2 * of + 1) * PISD_N_SLOPES + which];
}

gboolean
pisd_law_setting_may (const PisdLawSetting *setting, const PisdSettings *settings)
{
  return pisd_operator_get (settings->problem)->random->law_of == setting->of
         && setting->may (settings);
}

double
pisd_law_setting_get_standard (const PisdLawSetting *setting)
{
  PisdSettings benchmark;

  pisd_settings_init_default (&benchmark);
  return G_STRUCT_MEMBER (double, &benchmark, pisd_settings_find (setting->key)->offset);
}
