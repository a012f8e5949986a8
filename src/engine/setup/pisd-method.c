#include "pisd-method.h"

#include <glib/gi18n-lib.h>

static const PisdMethod methods[PISD_N_GUIDANCES] = {
  [PISD_GUIDANCE_NONE] = {
      .choice = { "none", N_ ("None") },
      .makes_steps = TRUE,
  },
  [PISD_GUIDANCE_DPS] = {
      .choice = { "dps", N_ ("DPS") },
      .makes_steps = TRUE,
      .uses_gradient = TRUE,
      .uses = PISD_USES_WEIGHTS | PISD_USES_PHASES,
  },
  [PISD_GUIDANCE_PISD] = {
      .choice = { "pisd", N_ ("PISD") },
      .makes_steps = TRUE,
      .uses_gradient = TRUE,
      .uses = PISD_USES_WEIGHTS | PISD_USES_ADAM,
  },
  [PISD_GUIDANCE_SECOND_ORDER] = {
      .choice = { "second-order", N_ ("Second order") },
      .makes_steps = TRUE,
      .conditions = TRUE,
      .uses = PISD_USES_COVARIANCE,
  },
  [PISD_GUIDANCE_EXACT] = {
      .choice = { "exact", N_ ("Exact") },
      .conditions = TRUE,
      .draws_directly = TRUE,
      .knows_mean = TRUE,
  },
};

static const PisdSamplerTraits samplers[PISD_N_SAMPLERS] = {
  [PISD_SAMPLER_EULER] = { { "euler", N_ ("Euler") }, 1, FALSE, PISD_SAMPLER_USES_CHURN },
  [PISD_SAMPLER_HEUN] = { { "heun", N_ ("Heun") }, 2, FALSE, PISD_SAMPLER_USES_CHURN },
  [PISD_SAMPLER_DDIM] = { { "ddim", N_ ("DDIM") }, 1, FALSE, PISD_SAMPLER_USES_ETA },
  [PISD_SAMPLER_DDPM] = { { "ddpm", N_ ("DDPM") }, 1, FALSE, 0 },
  [PISD_SAMPLER_EXACT] = { { "exact", N_ ("Exact") }, 1, TRUE, 0 },
};

static const PisdScheduleTraits schedules[PISD_N_SCHEDULES] = {
  [PISD_SCHEDULE_EDM] = { { "edm", N_ ("EDM") }, TRUE },
  [PISD_SCHEDULE_LINEAR] = { { "linear", N_ ("Linear") }, FALSE },
  [PISD_SCHEDULE_COSINE] = { { "cosine", N_ ("Cosine") }, FALSE },
};

static const PisdPriorTraits priors[PISD_N_PRIORS] = {
  [PISD_PRIOR_GAUSSIAN] = { .choice = { "gaussian", N_ ("Gaussian") }, .is_gaussian = TRUE },
  [PISD_PRIOR_LEARNED] = { .choice = { "learned", N_ ("Learned") }, .is_learned = TRUE },
  [PISD_PRIOR_SOCKET] = { .choice = { "socket", N_ ("Another process") }, .is_elsewhere = TRUE },
};

static const PisdSpaceTraits spaces[PISD_N_SPACES] = {
  [PISD_SPACE_JOINT] = { { "joint", N_ ("Joint") }, FALSE },
  [PISD_SPACE_DECOUPLED] = { { "decoupled", N_ ("Decoupled") }, TRUE },
};

static const PisdCovarianceTraits covariances[PISD_N_COVARIANCES] = {
  [PISD_COVARIANCE_GAUSSIAN] = { { "gaussian", N_ ("Gaussian") }, TRUE, TRUE, TRUE },
  [PISD_COVARIANCE_ISOTROPIC] = { { "isotropic", N_ ("Isotropic") }, FALSE, TRUE, FALSE },
  [PISD_COVARIANCE_JACOBIAN] = { { "jacobian", N_ ("Jacobian") }, TRUE, FALSE, FALSE },
};

const PisdMethod *
pisd_method_get (PisdGuidanceId guidance)
{
  g_return_val_if_fail ((guint) guidance < PISD_N_GUIDANCES, NULL);

  return &methods[guidance];
}

PisdGuidanceId
pisd_method_find_mean (void)
{
  PisdGuidanceId found = 0;

  while (!methods[found].knows_mean)
    found++;
  return found;
}

gboolean
pisd_method_is_guided (const PisdMethod *method)
{
  return method->conditions || method->uses_gradient;
}

const PisdSamplerTraits *
pisd_method_get_sampler (PisdSamplerId sampler)
{
  g_return_val_if_fail ((guint) sampler < PISD_N_SAMPLERS, NULL);

  return &samplers[sampler];
}

const PisdScheduleTraits *
pisd_method_get_schedule (PisdScheduleId schedule)
{
  g_return_val_if_fail ((guint) schedule < PISD_N_SCHEDULES, NULL);

  return &schedules[schedule];
}

const PisdPriorTraits *
pisd_method_get_prior (PisdPriorId prior)
{
  g_return_val_if_fail ((guint) prior < PISD_N_PRIORS, NULL);

  return &priors[prior];
}

const PisdSpaceTraits *
pisd_method_get_space (PisdSpace space)
{
  g_return_val_if_fail ((guint) space < PISD_N_SPACES, NULL);

  return &spaces[space];
}

const PisdCovarianceTraits *
pisd_method_get_covariance (PisdCovarianceId covariance)
{
  g_return_val_if_fail ((guint) covariance < PISD_N_COVARIANCES, NULL);

  return &covariances[covariance];
}
