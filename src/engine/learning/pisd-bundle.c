#include "pisd-bundle.h"

#include <gio/gio.h>

#include "pisd-weights.h"

#define PREFIX "/io/github/pisd/weights/"

/* Made from pisd-bundle.gresource.xml by the build. */
GResource *pisd_bundle_get_resource (void);

static const PisdBundle bundles[] = {
  { "poisson.safetensors", PISD_PROBLEM_POISSON, PISD_SPACE_DECOUPLED, 44 },
  { "navier-stokes.safetensors", PISD_PROBLEM_NAVIER_STOKES, PISD_SPACE_JOINT, 32 },
};

const PisdBundle *
pisd_bundle_find (PisdProblemId problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (bundles); i++)
    if (pisd_settings_share_latent (problem, bundles[i].problem, bundles[i].space))
      return &bundles[i];
  return NULL;
}

PisdInput *
pisd_bundle_open (const PisdBundle *bundle)
{
  g_autofree char *path = g_strconcat (PREFIX, bundle->file, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (pisd_bundle_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return pisd_input_new_for_bytes (bundle->file, bytes);
}

/* Of a file whose metadata name another problem, or a space that there is not, nothing is known;
 * what can be read only once is left to whoever needs the weights. */
static gboolean
read_latent (PisdProblemId problem, const char *path, PisdLearnedLatent *latent)
{
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    input = pisd_input_open (path, NULL, NULL);
  if (input != NULL)
    weights = pisd_weights_load_from (input, NULL);
  pisd_settings_init_default (&settings);
  if (weights == NULL || !pisd_settings_set (&settings, "problem", weights->problem, NULL)
      || !pisd_settings_set (&settings, "space", weights->space, NULL))
    return FALSE;
  *latent = (PisdLearnedLatent){ settings.space, weights->modes };
  return pisd_settings_share_latent (problem, settings.problem, settings.space);
}

gboolean
pisd_learned_latent_find (PisdProblemId problem, const char *path, PisdLearnedLatent *latent)
{
  const PisdBundle *bundle = pisd_bundle_find (problem);

  if (path != NULL)
    return read_latent (problem, path, latent);
  if (bundle != NULL)
    *latent = (PisdLearnedLatent){ bundle->space, bundle->modes };
  return bundle != NULL;
}
