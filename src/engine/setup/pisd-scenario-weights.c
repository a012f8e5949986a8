#include "pisd-scenario-weights.h"

#include <glib/gi18n-lib.h>

#include "pisd-bundle.h"
#include "pisd-error.h"
#include "pisd-safetensors-hash.h"

void
pisd_scenario_set_weights (PisdScenario *scenario, const char *path)
{
  char *own = g_strdup (path);

  g_free (scenario->weights_path);
  scenario->weights_path = own;
  g_clear_pointer (&scenario->weights_hash, g_free);
}

/* Of the program's own weights, where these are what the set-up's prior has; NULL: they are not. */
static char *
find_own_hash (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdBundle *bundle = pisd_method_get_prior (settings->prior)->is_learned
                                 ? pisd_bundle_find (settings->problem)
                                 : NULL;
  g_autoptr (PisdInput) input = bundle != NULL ? pisd_bundle_open (bundle) : NULL;

  return input != NULL ? pisd_safetensors_find_hash_in (input) : NULL;
}

char *
pisd_scenario_dup_weights_hash (const PisdScenario *scenario)
{
  char *hash = scenario->weights_path != NULL ? pisd_safetensors_find_hash (scenario->weights_path)
                                              : find_own_hash (scenario);

  return hash != NULL ? hash : g_strdup (scenario->weights_hash);
}

char *
pisd_scenario_dup_weights_warning (const PisdScenario *scenario, const char *name)
{
  g_autofree char *hash = pisd_scenario_dup_weights_hash (scenario);
  g_autofree char *file = NULL;
  g_autofree char *weights = NULL;

  if (scenario->weights_hash == NULL || g_strcmp0 (hash, scenario->weights_hash) == 0)
    return NULL;
  file = pisd_error_escape_base (name);
  weights = scenario->weights_path != NULL ? pisd_error_escape (scenario->weights_path)
                                           : g_strdup (_ ("this program's own"));
  return g_strdup_printf (
      _ ("%s: %s: got weights with the SHA-256 %.8s…, expected %.8s…: runs will differ"), file,
      weights, hash, scenario->weights_hash);
}
