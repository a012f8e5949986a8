#include "pisd-edit-preset.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-edit.h"
#include "pisd-fit.h"
#include "pisd-name.h"

/* A number that moves by more than this factor is worth a word. */
#define LARGE_FACTOR 1.5

static gboolean
is_method (const char *key, gconstpointer data)
{
  return g_str_equal (key, "guidance");
}

static gboolean
is_method_or_prior (const char *key, gconstpointer data)
{
  return is_method (key, data) || g_str_equal (key, "prior");
}

void
pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset)
{
  PisdMixture mixture;

  pisd_scenario_get_mixture (scenario, &mixture);
  *preset = scenario->settings;
  pisd_settings_apply_mixture (preset, preset->guidance, &mixture, FALSE);
  /* What a learned prior cannot do is as near to the preset as can be, or needs another prior. */
  if (!pisd_method_get_prior (preset->prior)->is_gaussian
      && !pisd_fit (preset, scenario->weights_path, is_method_or_prior, NULL, NULL, NULL))
    pisd_fit (preset, scenario->weights_path, is_method, NULL, NULL, NULL);
}

static void
copy_setting (const PisdSettingInfo *info, const PisdSettings *from, PisdSettings *to)
{
  g_autofree char *text = pisd_settings_dup_text (from, info);

  pisd_settings_set (to, info->key, text, NULL);
}

static gboolean
is_moved_far (const PisdSettingInfo *info, const PisdSettings *from, const PisdSettings *to)
{
  double a, b;

  if (info->type != PISD_SETTING_DOUBLE)
    return FALSE;
  a = G_STRUCT_MEMBER (double, from, info->offset);
  b = G_STRUCT_MEMBER (double, to, info->offset);
  return fmax (a, b) > LARGE_FACTOR * fmin (a, b);
}

/* A method that comes in place of one without weights has nothing else to begin with. */
static void
begin_with_preset (const PisdSettings *old, PisdScenario *after)
{
  const guint was = pisd_method_get (old->guidance)->uses;
  const guint is = pisd_method_get (after->settings.guidance)->uses;

  if ((is & ~was) & PISD_USES_WEIGHTS)
    pisd_edit_get_preset (after, &after->settings);
}

gboolean
pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);
  const PisdSettings *old = &before->settings;
  PisdSettings from, to;
  gboolean far = FALSE;

  if (old->guidance != after->settings.guidance)
    {
      begin_with_preset (old, after);
      return FALSE;
    }
  pisd_edit_get_preset (before, &from);
  pisd_edit_get_preset (after, &to);
  for (guint k = 0; k < n; k++)
    if (!pisd_edit_same_setting (&infos[k], &from, &to)
        && pisd_edit_same_setting (&infos[k], old, &from)
        && pisd_edit_same_setting (&infos[k], old, &after->settings))
      {
        far |= is_moved_far (&infos[k], old, &to);
        copy_setting (&infos[k], &to, &after->settings);
      }
  return far;
}

/* Keys of the live settings in which the presets of the tasks differ, those that are at the preset
 * of these sensors; n_all: how many there are at any value. */
static GStrv
get_keys (const PisdScenario *scenario, guint *n_all)
{
  GPtrArray *keys = g_ptr_array_new ();
  const PisdSettings *now = &scenario->settings;
  PisdSettings preset, forward = *now, inverse = *now;
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  pisd_edit_get_preset (scenario, &preset);
  pisd_settings_apply_preset (&forward, now->guidance, PISD_TASK_FORWARD, FALSE);
  pisd_settings_apply_preset (&inverse, now->guidance, PISD_TASK_INVERSE, FALSE);
  *n_all = 0;
  for (guint k = 0; k < n; k++)
    {
      if (!infos[k].live || pisd_edit_same_setting (&infos[k], &forward, &inverse))
        continue;
      ++*n_all;
      if (pisd_edit_same_setting (&infos[k], now, &preset))
        g_ptr_array_add (keys, g_strdup (infos[k].key));
    }
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_free (keys, FALSE);
}

GStrv
pisd_edit_get_followed (const PisdScenario *scenario)
{
  guint n_all;

  return get_keys (scenario, &n_all);
}

char *
pisd_edit_dup_followed (const PisdScenario *scenario)
{
  guint n_all;
  g_auto (GStrv) followed = get_keys (scenario, &n_all);
  g_autofree char *sensors = pisd_name_dup_sensors (scenario);

  if (followed[0] == NULL)
    return NULL;
  /* Translators: %s is "501 sensors (a 1, u 500)" */
  return g_strdup_printf (g_strv_length (followed) == n_all
                              ? _ ("Weights follow %s")
                              : _ ("Weights follow %s, except what was set by hand"),
                          sensors);
}
