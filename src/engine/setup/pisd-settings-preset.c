/* What the methods start with, part of pisd-settings.h.
 *
 * Source: src/DESIGN.md, "Presets between the tasks"; the rows say whose settings they are. */
#include "pisd-settings.h"

#include <math.h>

/* clang-format off */
/* What a guidance method starts with.  The first row that fits guidance, problem and task is
 * taken. */
#define BIT(value) (1u << (value))
#define FLOWS BIT (31) /* whatever the problem, ... */
#define LINEAR BIT (30) /* ... and so */
#define ANY (~0u)

typedef struct
{
  PisdGuidanceId guidance;
  guint problems, tasks; /* sets of BIT (...), FLOWS among problems */
  PisdSpace space;
  PisdSamplerId sampler;
  guint steps;
  PisdModeSet mode_set;
  double sigma_min, sigma_max, rho;
  PisdGuidanceParameters parameters;
  double memory; /* with N steps momentum remembers (N / steps)^memory times as many; 0: the same */
  double churn;  /* S */
} Preset;

/* What a method does not use stands at the official values of PISD, whatever the row.
 *                                 zeta a, u, pde     rates      kc   betas         late */
#define ADAM 0.2, 0.01, 10, 0.985, 0.98
#define LATE 0.8, 0.1
#define UNUSED { { 0, 0, 0 }, ADAM, LATE }
static const Preset presets[] = {
  /* Official: PISD's configuration for Navier-Stokes, forward; its sum over the sensors' squares is
   * 500 / 128^2 of ours, and its sum over the equation's is of another residual. */
  { PISD_GUIDANCE_PISD, FLOWS, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 1000, PISD_MODES_SQUARE, 0.002, 70, 7,
    { { 0.0153, 0, 1e-4 }, 0.1, 0.01, 10, 0.97, 0.98, LATE } },
  /* Ours: the authors give no inverse settings.  Tuned on flows that no benchmark uses, with 300
   * and 1000 steps; noise larger than the prior's own spread only costs. */
  { PISD_GUIDANCE_PISD, FLOWS, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 1000, PISD_MODES_SQUARE, 0.002, 1, 7,
    { { 0, 0.0153, 1e-3 }, 0.2, 0.01, 10, 0.97, 0.98, LATE }, 0.8 },
  /* Official: PISD's configuration for Poisson and Helmholtz, forward. */
  { PISD_GUIDANCE_PISD, ANY, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 2000, PISD_MODES_HYPERBOLIC, 0.002, 70, 7,
    { { 0.05, 0, 5e-4 }, ADAM, LATE } },
  /* Ours: the authors give no inverse settings.  Tuned on instances that no benchmark uses, with 60
   * to 2000 steps. */
  { PISD_GUIDANCE_PISD, ANY, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 2000, PISD_MODES_HYPERBOLIC, 0.002, 70, 7,
    { { 0, 0.05, 0 }, 0.4, 0.1, 25, 0.985, 0.98, LATE }, 0.8 },
  /* Ours: DiffusionPDE's weights are for another residual.  Tuned like the above. */
  { PISD_GUIDANCE_DPS, FLOWS, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 1000, PISD_MODES_SQUARE, 0.002, 2, 7,
    { { 10, 0, 100 }, ADAM, 0.3, 0.01 } },
  { PISD_GUIDANCE_DPS, FLOWS, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 1000, PISD_MODES_SQUARE, 0.002, 2, 7,
    { { 0, 5, 30 }, ADAM, 0.5, 0.03 } },
  /* Official: DiffusionPDE's configuration for Helmholtz. */
  { PISD_GUIDANCE_DPS, BIT (PISD_PROBLEM_HELMHOLTZ), ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 2000, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0.8, 60, 1 }, ADAM, LATE } },
  /* Official: DiffusionPDE's configuration for Poisson, which other equations take over. */
  { PISD_GUIDANCE_DPS, ANY, ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 2000, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0.8, 40, 1 }, ADAM, LATE } },
  /* Ours: 60 exact steps; the posterior is Gaussian. */
  { PISD_GUIDANCE_SECOND_ORDER, ANY, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EXACT, 60, PISD_MODES_SQUARE, 0.002, 80, 7,
    UNUSED },
  /* No steps are made: one stands for the draw itself. */
  { PISD_GUIDANCE_EXACT, ANY, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EXACT, 1, PISD_MODES_SQUARE, 0.002, 80, 7,
    UNUSED },
  /* Ours: EDM's noise levels, nothing pulls.  Euler's 300 steps shrink the variance by 1.5 %. */
  { PISD_GUIDANCE_NONE, ANY, ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 300, PISD_MODES_SQUARE, 0.002, 80, 7,
    UNUSED },
};

/* The same for a prior that is not Gaussian, looked at first: the posterior has no exact steps, and
 * a network of an equation that is linear knows a square of the source's modes alone. */
static const Preset other_presets[] = {
  /* Ours: tuned on flows that no benchmark uses, with these steps.  Noise larger than the prior's
   * own spread only costs. */
  { PISD_GUIDANCE_PISD, FLOWS, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 300, PISD_MODES_SQUARE, 0.01, 0.6, 7,
    { { 0.0153, 0, 2e-4 }, 0.15, 1e-3, 1, 0.9, 0.972, LATE }, 0.8 },
  { PISD_GUIDANCE_PISD, FLOWS, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 600, PISD_MODES_SQUARE, 0.002, 0.15, 7,
    { { 0, 0.0153, 1e-4 }, 0.05, 0.015, 20, 0.93, 0.93, LATE }, 0.8 },
  /* Ours: tuned on instances that no benchmark uses, with 300 steps; the equation holds anyway.
   * Low modes move fast and high ones hardly, and noise larger than the prior's own spread only
   * costs where u is read. */
  { PISD_GUIDANCE_PISD, LINEAR, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EULER, 300, PISD_MODES_SQUARE, 0.002, 45, 12,
    { { 0.05, 0, 0 }, 0.4, 0.0004, 0.4, 0.86, 0.993, LATE }, 0.8 },
  { PISD_GUIDANCE_PISD, LINEAR, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EULER, 300, PISD_MODES_SQUARE, 0.002, 2, 12,
    { { 0, 0.05, 0 }, 0.83, 0.043, 0.4, 0.84, 0.996, LATE }, 0.8 },
  /* DiffusionPDE's weights: none of many others was better by much. */
  { PISD_GUIDANCE_DPS, LINEAR, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_HEUN, 150, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0.8, 40, 0 }, ADAM, LATE } },
  { PISD_GUIDANCE_NONE, LINEAR, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_HEUN, 60, PISD_MODES_SQUARE, 0.002, 80, 7,
    UNUSED },
  /* Ours: 32 steps of second order.  Fresh noise lets samples leave shapes that they settled on too
   * early. */
  { PISD_GUIDANCE_SECOND_ORDER, LINEAR, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_HEUN, 32, PISD_MODES_SQUARE, 0.01, 20, 7,
    UNUSED, 0, 6 },
};
/* clang-format on */

/* EDM's range for ImageNet. */
static const PisdChurn standard_churn = { .amount = 0.0, .from = 0.05, .to = 50.0, .noise = 1.0 };

/* NULL: none of the rows. */
static const Preset *
find_row (const Preset *rows,
          guint n,
          PisdGuidanceId guidance,
          PisdProblemId problem,
          PisdTask task)
{
  const PisdOperator *row = pisd_operator_get (problem);
  const guint kind =
      BIT (problem) | (row->flow != NULL ? FLOWS : 0) | (row->linear != NULL ? LINEAR : 0);

  for (guint i = 0; i < n; i++)
    if (rows[i].guidance == guidance && (rows[i].problems & kind) && (rows[i].tasks & BIT (task)))
      return &rows[i];
  return NULL;
}

static const Preset *
find_preset (const PisdSettings *settings, PisdGuidanceId guidance, PisdTask task)
{
  const Preset *other = NULL;

  if (pisd_method_get_prior (settings->prior)->is_learned)
    other =
        find_row (other_presets, G_N_ELEMENTS (other_presets), guidance, settings->problem, task);
  return other != NULL
             ? other
             : find_row (presets, G_N_ELEMENTS (presets), guidance, settings->problem, task);
}

/* Both ends exactly, and where they are equal. */
static double
blend (double from, double to, double share)
{
  return share < 1.0 ? from + share * (to - from) : to;
}

/* The same by ratios; both are positive. */
static double
blend_ratio (double from, double to, double share)
{
  return share > 0.0 && share < 1.0 && from != to ? from * pow (to / from, share)
                                                  : blend (from, to, share);
}

/* Every reading of u takes from a's weight by what it says.  The equation's weight, which readings
 * of u make harmful, also goes by the balance. */
static void
blend_weights (const PisdGuidanceParameters *forward,
               const PisdGuidanceParameters *inverse,
               const PisdMixture *mixture,
               double *zeta)
{
  for (guint t = 0; t < PISD_N_TERMS; t++)
    zeta[t] = blend (forward->zeta[t], inverse->zeta[t], mixture->share);
  zeta[PISD_TERM_PDE] = blend (zeta[PISD_TERM_PDE], inverse->zeta[PISD_TERM_PDE], mixture->balance);
}

/* 1 - beta1, one over the number of steps that momentum remembers. */
static double
forgetting (const Preset *preset, guint steps)
{
  double beta = preset->parameters.beta1;

  if (preset->memory > 0.0 && steps != preset->steps)
    beta = MAX (0.0, 1.0 - (1.0 - beta) * pow ((double) preset->steps / steps, preset->memory));
  return 1.0 - beta;
}

/* Adam's step sizes and momentum go from task to task by the balance. */
static void
blend_adam (const Preset *forward,
            const Preset *inverse,
            double balance,
            guint steps,
            PisdGuidanceParameters *parameters)
{
  const PisdGuidanceParameters *from = &forward->parameters, *to = &inverse->parameters;

  parameters->rate_low = blend_ratio (from->rate_low, to->rate_low, balance);
  parameters->rate_high = blend_ratio (from->rate_high, to->rate_high, balance);
  parameters->cutoff = blend_ratio (from->cutoff, to->cutoff, balance);
  parameters->beta1 =
      1.0 - blend_ratio (forgetting (forward, steps), forgetting (inverse, steps), balance);
}

void
pisd_settings_apply_mixture (PisdSettings *settings,
                             PisdGuidanceId guidance,
                             const PisdMixture *mixture,
                             gboolean with_steps)
{
  const Preset *forward, *inverse, *preset;

  g_return_if_fail (settings != NULL && mixture != NULL);
  g_return_if_fail (settings->problem < pisd_operator_get_n ());

  forward = find_preset (settings, guidance, PISD_TASK_FORWARD);
  inverse = find_preset (settings, guidance, PISD_TASK_INVERSE);
  g_return_if_fail (forward != NULL && inverse != NULL);

  preset = mixture->balance < 0.5 ? forward : inverse;
  settings->guidance = guidance;
  settings->space = preset->space;
  settings->covariance = PISD_COVARIANCE_GAUSSIAN; /* every preset has the prior's own */
  settings->sampler = preset->sampler;
  settings->eta = 0.0;
  settings->churn = standard_churn;
  settings->churn.amount = preset->churn;
  settings->schedule = PISD_SCHEDULE_EDM; /* sigmas and rho are EDM's */
  settings->sigma_min = preset->sigma_min;
  settings->sigma_max = preset->sigma_max;
  settings->rho = preset->rho;
  if (with_steps)
    {
      settings->steps = preset->steps;
      settings->mode_set = preset->mode_set;
    }
  settings->parameters = preset->parameters;
  blend_weights (&forward->parameters, &inverse->parameters, mixture, settings->parameters.zeta);
  blend_adam (forward, inverse, mixture->balance, settings->steps, &settings->parameters);
}

void
pisd_settings_apply_preset (PisdSettings *settings,
                            PisdGuidanceId guidance,
                            PisdTask task,
                            gboolean with_steps)
{
  PisdMixture mixture;
  PisdEquation equation;

  g_return_if_fail (settings != NULL);
  g_return_if_fail ((guint) task < PISD_N_TASKS);

  equation = pisd_settings_get_equation (settings);
  pisd_mixture_init_task (&mixture, &equation, task);
  pisd_settings_apply_mixture (settings, guidance, &mixture, with_steps);
}
