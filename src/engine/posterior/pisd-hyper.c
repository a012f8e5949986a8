#include "pisd-hyper.h"

#include <math.h>

#include "pisd-law-setting.h"

/* Numbers are as far from the limits of their settings. */
#define LEAST_TAU 0.3
#define MOST_TAU 60.0
#define LEAST_ALPHA 1.1
#define MOST_ALPHA 5.0
#define MOST_LOG 9.0

/* Of those that are no number of the law. */
static const char *const
    other_keys[PISD_N_HYPERS] = { [PISD_HYPER_MEAN] = "mean-sd", [PISD_HYPER_NOISE] = "noise-sd" };

/* NULL: it is no number of the law. */
static const PisdLawSetting *
get_law (const PisdSettings *settings, PisdHyper hyper)
{
  const PisdLawOf of = pisd_operator_get (settings->problem)->random->law_of;

  return hyper < (PisdHyper) PISD_N_SLOPES ? pisd_law_setting_get_of_prior (of, (PisdSlope) hyper)
                                           : NULL;
}

const char *
pisd_hyper_get_key (const PisdSettings *settings, PisdHyper hyper)
{
  const PisdLawSetting *law = get_law (settings, hyper);

  g_return_val_if_fail (hyper < PISD_N_HYPERS, NULL);

  return law != NULL ? law->key : other_keys[hyper];
}

double
pisd_hyper_get (const PisdSettings *settings, PisdHyper hyper)
{
  return G_STRUCT_MEMBER (double, settings,
                          pisd_settings_find (pisd_hyper_get_key (settings, hyper))->offset);
}

void
pisd_hyper_set (PisdSettings *settings, PisdHyper hyper, double value)
{
  const PisdSettingInfo *info = pisd_settings_find (pisd_hyper_get_key (settings, hyper));

  G_STRUCT_MEMBER (double, settings, info->offset) = CLAMP (value, info->minimum, info->maximum);
}

gboolean
pisd_hyper_is_had (const PisdSettings *settings, PisdHyper hyper)
{
  const PisdLawSetting *law = get_law (settings, hyper);

  if (law != NULL)
    return pisd_law_setting_may (law, settings);
  return hyper != PISD_HYPER_MEAN || pisd_operator_has_mean (settings->problem);
}

gboolean
pisd_hyper_is_logarithm (PisdHyper hyper)
{
  return hyper != PISD_HYPER_ALPHA;
}

static void
set_weak (PisdWeakPrior *weak, PisdHyper hyper, double centre, double sd, double low, double high)
{
  weak->centre[hyper] = centre;
  weak->sd[hyper] = sd;
  weak->low[hyper] = low;
  weak->high[hyper] = high;
}

/* All but alpha are logarithms, so that a deviation of 3 is a factor of 20 and MOST_LOG one of
 * 8000; amplitude and noise are centred where the readings' own size puts them. */
void
pisd_weak_prior_init (PisdWeakPrior *weak, const PisdSettings *settings, double rms, double ratio)
{
  const PisdLaw *standard = &pisd_operator_get (settings->problem)->random->benchmark;
  double amplitude = log (pisd_settings_get_prior_law (settings)->amplitude * fmax (ratio, 1e-6));
  double noise = log (PISD_HYPER_FIRST_NOISE * fmax (rms, 1e-300));

  set_weak (weak, PISD_HYPER_AMPLITUDE, amplitude, 3.0, amplitude - MOST_LOG, amplitude + MOST_LOG);
  set_weak (weak, PISD_HYPER_TAU, log (standard->tau), 1.5, log (LEAST_TAU), log (MOST_TAU));
  set_weak (weak, PISD_HYPER_ALPHA, standard->alpha, 1.0, LEAST_ALPHA, MOST_ALPHA);
  set_weak (weak, PISD_HYPER_MEAN, 0.0, 2.0, -MOST_LOG, MOST_LOG);
  set_weak (weak, PISD_HYPER_NOISE, noise, 2.5, noise - MOST_LOG, noise + MOST_LOG);
}
