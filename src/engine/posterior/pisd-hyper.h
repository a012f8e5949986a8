/* The numbers of a Gaussian prior that readings can tell, as settings and as what is sought.
 *
 * Threads: any. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Where the search for noise-sd begins, in the readings' root mean square. */
#define PISD_HYPER_FIRST_NOISE 0.01

/* What can be learned of a prior from readings. */
typedef enum
{
  PISD_HYPER_AMPLITUDE = PISD_SLOPE_AMPLITUDE, /* by its logarithm, as tau */
  PISD_HYPER_TAU = PISD_SLOPE_TAU,
  PISD_HYPER_ALPHA = PISD_SLOPE_ALPHA,
  PISD_HYPER_MEAN,  /* mean-sd, by its logarithm: where it is 0 the slope is, too */
  PISD_HYPER_NOISE, /* noise-sd, likewise */
  PISD_N_HYPERS
} PisdHyper;

/* The setting of a number, which depends on the equation that the settings choose. */
const char *pisd_hyper_get_key (const PisdSettings *settings, PisdHyper hyper);
double pisd_hyper_get (const PisdSettings *settings, PisdHyper hyper);
void pisd_hyper_set (PisdSettings *settings, PisdHyper hyper, double value);
/* Whether the prior that the settings choose has that number at all. */
gboolean pisd_hyper_is_had (const PisdSettings *settings, PisdHyper hyper);

/* Whether it is sought by its logarithm. */
gboolean pisd_hyper_is_logarithm (PisdHyper hyper);

/* What is known beforehand of what is sought: normal, and within limits. */
typedef struct
{
  double centre[PISD_N_HYPERS], sd[PISD_N_HYPERS];
  double low[PISD_N_HYPERS], high[PISD_N_HYPERS];
} PisdWeakPrior;

/* rms: of the readings, which are `ratio` times as large as the prior of the settings expects. */
void pisd_weak_prior_init (PisdWeakPrior *weak,
                           const PisdSettings *settings,
                           double rms,
                           double ratio);

G_END_DECLS
