/* The numbers of laws as settings: those of the random instance, and those of the prior, of sources
 * and of flows.
 *
 * Threads: any. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  const char *key; /* "prior-tau" */
  PisdLawOf of;
  gboolean is_prior;
  /* Whether these settings, where their fields are of that kind, may have another number than the
   * benchmark's. */
  gboolean (*may) (const PisdSettings *settings);
  const char *choice, *other; /* keys of what decides that */
} PisdLawSetting;

/* The instance's amplitude, tau and alpha, then the prior's; and the same of flows. */
#define PISD_N_LAW_SETTINGS (2 * PISD_N_LAWS * PISD_N_SLOPES)
const PisdLawSetting *pisd_law_setting_get (guint number);
/* That of the prior of such fields. */
const PisdLawSetting *pisd_law_setting_get_of_prior (PisdLawOf of, PisdSlope which);
/* Whether these settings may have another number than the benchmark's. */
gboolean pisd_law_setting_may (const PisdLawSetting *setting, const PisdSettings *settings);
/* The benchmark's number. */
double pisd_law_setting_get_standard (const PisdLawSetting *setting);

G_END_DECLS
