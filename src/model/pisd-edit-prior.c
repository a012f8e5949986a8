#include "pisd-edit-prior.h"

#include "pisd-error.h"
#include "pisd-fit.h"
#include "pisd-prior-choice.h"
#include "pisd-scenario-weights.h"

/* What the weights are for stays. */
static gboolean
is_of_weights (const char *key, gconstpointer data)
{
  static const char *const keys[] = { "problem", "prior", "space", "modes", NULL };

  return g_strv_contains (keys, key);
}

/* A space that is none is left to pisd_weights_check(), which says so. */
static void
take_latent (const PisdWeights *weights, PisdSettings *settings)
{
  const int space = pisd_setting_find_choice (pisd_settings_find ("space"), weights->space);

  settings->prior = PISD_PRIOR_LEARNED;
  settings->modes = weights->modes;
  if (space >= 0)
    settings->space = (PisdSpace) space;
}

static void
take_family (const PisdWeights *weights, PisdScenario *scenario)
{
  const char *family = pisd_family_get_name (scenario->settings.prior_family);

  if (g_strv_contains ((const char *const *) weights->families, family))
    return;
  scenario->settings.prior_family = PISD_FAMILY_ANY;
  scenario->settings.mean_sd = pisd_prior_choose_mean_sd (scenario);
}

gboolean
pisd_edit_set_weights (PisdScenario *scenario,
                       const PisdWeights *weights,
                       const char *path,
                       GError **error)
{
  g_autofree char *name = pisd_error_escape_base (path);
  const PisdSettings before = scenario->settings;

  take_latent (weights, &scenario->settings);
  if (!pisd_weights_check (weights, name, &scenario->settings, error)
      || !pisd_fit_to (&scenario->settings, path, is_of_weights, NULL, NULL, error))
    {
      scenario->settings = before;
      return FALSE;
    }
  take_family (weights, scenario);
  pisd_scenario_set_weights (scenario, path);
  return TRUE;
}

void
pisd_edit_use_own_weights (PisdScenario *scenario)
{
  PisdSettings *settings = &scenario->settings;

  pisd_scenario_set_weights (scenario, NULL);
  if (pisd_method_get_prior (settings->prior)->is_learned
      && !pisd_fit_set (settings, NULL, "prior", "learned", NULL, NULL))
    pisd_fit_set (settings, NULL, "prior", "gaussian", NULL, NULL);
}

gboolean
pisd_edit_set_socket (PisdScenario *scenario, const char *name, GError **error)
{
  if (!pisd_fit_set (&scenario->settings, NULL, "prior", "socket", NULL, error))
    return FALSE;
  pisd_scenario_set_socket (scenario, name);
  return TRUE;
}
