#include "pisd-family.h"

static const char *const names[PISD_N_FAMILIES + 1] = {
  [PISD_FAMILY_GRF] = "grf",
  [PISD_FAMILY_INCLUSIONS] = "inclusions",
  [PISD_FAMILY_BLOBS] = "blobs",
  [PISD_FAMILY_ANY] = "any",
};

const char *
pisd_family_get_name (PisdFamily family)
{
  g_return_val_if_fail (family < G_N_ELEMENTS (names), NULL);

  return names[family];
}

gboolean
pisd_law_equal (const PisdLaw *a, const PisdLaw *b)
{
  return a->amplitude == b->amplitude && a->tau == b->tau && a->alpha == b->alpha;
}

gboolean
pisd_source_prior_equal (const PisdSourcePrior *a, const PisdSourcePrior *b)
{
  return a->family == b->family && a->mean_sd == b->mean_sd && pisd_law_equal (&a->law, &b->law);
}

void
pisd_random_sample (const PisdRandomOps *random,
                    PisdFamily family,
                    const PisdLaw *law,
                    guint64 seed,
                    PisdField *out)
{
  if (family != PISD_FAMILY_GRF || random->sample_law == NULL
      || pisd_law_equal (law, &random->benchmark))
    random->sample (family, seed, out);
  else
    random->sample_law (law, seed, out);
}
