#include "pisd-bundle.h"

#include <gio/gio.h>

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
