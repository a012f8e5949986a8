#include "pisd-edit-branch.h"

#include <string.h>

#include "pisd-edit.h"
#include "pisd-fit.h"
#include "pisd-scenario-weights.h"

static gboolean
is_fixed (const char *key, gconstpointer data)
{
  return pisd_branch_shares (key) || g_str_equal (key, "guidance");
}

static void
share_settings (const PisdSettings *run, PisdSettings *settings)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  memcpy (settings->constants, run->constants, sizeof settings->constants);
  settings->samples = 1;
  for (guint k = 0; k < n; k++)
    {
      g_autofree char *text = pisd_settings_dup_text (run, &infos[k]);

      if (pisd_branch_shares (infos[k].key))
        pisd_settings_set (settings, infos[k].key, text, NULL);
    }
}

/* Keys in which they differ. */
static GStrv
list_moved (const PisdSettings *before, const PisdSettings *after)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint k = 0; k < n; k++)
    if (!pisd_edit_same_setting (&infos[k], before, after))
      g_strv_builder_add (keys, infos[k].key);
  return g_strv_builder_end (keys);
}

gboolean
pisd_edit_begin_branch (const PisdScenario *run,
                        PisdScenario *scenario,
                        char ***moved,
                        GError **error)
{
  PisdSettings settings = scenario->settings;

  share_settings (&run->settings, &settings);
  if (!pisd_fit_to (&settings, run->weights_path, is_fixed, NULL, NULL, error))
    return FALSE;
  if (moved != NULL)
    *moved = list_moved (&scenario->settings, &settings);
  scenario->settings = settings;
  pisd_scenario_set_weights (scenario, run->weights_path);
  pisd_scenario_set_socket (scenario, run->socket_name);
  return TRUE;
}
