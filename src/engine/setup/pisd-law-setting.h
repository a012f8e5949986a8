/* The numbers of laws as settings: those of the random instance, and those of the prior.
 *
 * Threads: any. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  const char *key; /* "prior-tau" */
  /* Whether these settings may have another number than the benchmark's. */
  gboolean (*may) (const PisdSettings *settings);
  const char *choice, *other; /* keys of what decides that */
} PisdLawSetting;

/* The instance's amplitude, tau and alpha, then the prior's. */
#define PISD_N_LAW_SETTINGS (2 * PISD_N_SLOPES)
const PisdLawSetting *pisd_law_setting_get (guint number);
/* That of the prior. */
const PisdLawSetting *pisd_law_setting_get_of_prior (PisdSlope which);
/* The benchmark's number. */
double pisd_law_setting_get_standard (const PisdLawSetting *setting);

G_END_DECLS
