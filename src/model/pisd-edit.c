#include "pisd-edit.h"

#include "pisd-truth.h"

gboolean
pisd_edit_same_setting (const PisdSettingInfo *info, const PisdSettings *a, const PisdSettings *b)
{
  g_autofree char *text_a = pisd_settings_dup_text (a, info);
  g_autofree char *text_b = pisd_settings_dup_text (b, info);

  return g_str_equal (text_a, text_b);
}

gboolean
pisd_edit_same_settings (const PisdSettings *a, const PisdSettings *b)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint k = 0; k < n; k++)
    if (!pisd_edit_same_setting (&infos[k], a, b))
      return FALSE;
  return TRUE;
}

guint
pisd_edit_diff (const PisdScenario *a, const PisdScenario *b)
{
  guint flags = 0;

  if (!pisd_settings_same_equation (&a->settings, &b->settings))
    flags |= PISD_CHANGE_PROBLEM;
  if (!pisd_truth_equal (a, b) || !pisd_settings_same_source_prior (&a->settings, &b->settings))
    flags |= PISD_CHANGE_INSTANCE;
  if (!pisd_sensors_equal (a->sensors, b->sensors))
    flags |= PISD_CHANGE_SENSORS;
  if (!pisd_edit_same_settings (&a->settings, &b->settings)
      || g_strcmp0 (a->weights_path, b->weights_path) != 0
      || g_strcmp0 (a->socket_name, b->socket_name) != 0)
    flags |= PISD_CHANGE_SETTINGS;
  return flags;
}
