#include "pisd-law-setting.h"

static const PisdLawSetting rows[PISD_N_LAW_SETTINGS] = {
  { "instance-amplitude", pisd_settings_have_instance_law, "family", "problem" },
  { "instance-tau", pisd_settings_have_instance_law, "family", "problem" },
  { "instance-alpha", pisd_settings_have_instance_law, "family", "problem" },
  { "prior-amplitude", pisd_settings_have_amplitude, "prior", "problem" },
  { "prior-tau", pisd_settings_have_law, "prior-family", "prior" },
  { "prior-alpha", pisd_settings_have_law, "prior-family", "prior" },
};

const PisdLawSetting *
pisd_law_setting_get (guint number)
{
  g_return_val_if_fail (number < PISD_N_LAW_SETTINGS, NULL);

  return &rows[number];
}

const PisdLawSetting *
pisd_law_setting_get_of_prior (PisdSlope which)
{
  g_return_val_if_fail (which < PISD_N_SLOPES, NULL);

  return &rows[PISD_N_SLOPES + which];
}

double
pisd_law_setting_get_standard (const PisdLawSetting *setting)
{
  PisdSettings benchmark;

  pisd_settings_init_default (&benchmark);
  return G_STRUCT_MEMBER (double, &benchmark, pisd_settings_find (setting->key)->offset);
}
