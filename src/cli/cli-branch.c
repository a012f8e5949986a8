#include "cli-branch.h"

#include <string.h>

#include "cli-common.h"
#include "pisd-edit-branch.h"
#include "pisd-edit-preset.h"
#include "pisd-error.h"

void
cli_branch_clear (CliBranch *self)
{
  g_free (self->at);
  g_strfreev (self->set);
}

gboolean
cli_branch_check (CliBranch *self, GError **error)
{
  if (self->at == NULL && self->set == NULL)
    return TRUE;
  if (self->at == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --branch-set without a step, expected --branch-at STEP too");
      return FALSE;
    }
  for (guint i = 0; self->set != NULL && self->set[i] != NULL; i++)
    if (strchr (self->set[i], '=') == NULL)
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                     "--branch-set: got `%s`, expected KEY=VALUE", self->set[i]);
        return FALSE;
      }
  return cli_parse_uint ("branch-at", self->at, 0, G_MAXUINT - 1, &self->step, error);
}

/* One value; a method comes with its preset. */
static gboolean
set_value (PisdScenario *scenario, const char *key, const char *text, GError **error)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  if (info != NULL
      && (pisd_branch_shares (key) || info->offset < G_STRUCT_OFFSET (PisdSettings, family)))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "%s: got %s, expected the value of the run: a branch shares prior, "
                            "latent and noise levels with it",
                            key, text);
  if (!pisd_settings_set (&scenario->settings, key, text, error))
    return FALSE;
  if (g_str_equal (key, "guidance"))
    pisd_edit_get_preset (scenario, &scenario->settings);
  return TRUE;
}

static gboolean
set_values (const CliBranch *self, PisdScenario *scenario, GError **error)
{
  for (guint i = 0; self->set != NULL && self->set[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (self->set[i], "=", 2);

      if (!set_value (scenario, pair[0], pair[1], error))
        return cli_blame ("branch-set", error);
    }
  return TRUE;
}

PisdScenario *
cli_branch_make_scenario (const CliBranch *self, const PisdScenario *run, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (run);

  if (run->settings.samples != 1 || !pisd_method_get (run->settings.guidance)->makes_steps)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                           "--branch-at: got a run of several samples or without steps, expected "
                           "--samples 1 and a method that makes steps");
      return NULL;
    }
  if (self->step >= run->settings.steps)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--branch-at: got %s, expected a step from 0 to %u", self->at,
                   run->settings.steps - 1);
      return NULL;
    }
  if (!set_values (self, scenario, error))
    return NULL;
  if (!pisd_edit_begin_branch (run, scenario, NULL, error))
    {
      cli_blame ("branch-set", error);
      return NULL;
    }
  return g_steal_pointer (&scenario);
}
