#include "pisd-step.h"

#include <math.h>

typedef struct
{
  void (*fill) (double eta, double sigma, double next, PisdStep *step);
} StepOps;

/* x' = x + (s' - s) (x - m) / s */
static void
fill_euler (double eta, double sigma, double next, PisdStep *step)
{
  *step = (PisdStep){ next / sigma, 1.0 - next / sigma, 0.0 };
}

/* sqrt (1 - ratio^2), a number too where rounding puts a level a bit above the one before. */
static double
get_fall (double ratio)
{
  return sqrt (fmax (1.0 - ratio * ratio, 0.0));
}

/* x' = m + d / s (x - m) + s_up n with s_up = eta s' sqrt (1 - s'^2 / s^2), d^2 = s'^2 - s_up^2 */
static void
fill_ddim (double eta, double sigma, double next, PisdStep *step)
{
  double ratio = next / sigma, fresh = eta * get_fall (ratio);
  double alpha = ratio * sqrt (1.0 - fresh * fresh);

  *step = (PisdStep){ alpha, 1.0 - alpha, next * fresh };
}

/* x' = m + d / s (x - m) + s_up n with s_up^2 = s'^2 (s^2 - s'^2) / s^2, d = s'^2 / s */
static void
fill_ddpm (double eta, double sigma, double next, PisdStep *step)
{
  double ratio = next / sigma;

  *step = (PisdStep){ ratio * ratio, 1.0 - ratio * ratio, next * get_fall (ratio) };
}

static const StepOps step_table[PISD_N_SAMPLERS] = {
  [PISD_SAMPLER_EULER] = { fill_euler }, [PISD_SAMPLER_HEUN] = { fill_euler },
  [PISD_SAMPLER_DDIM] = { fill_ddim },   [PISD_SAMPLER_DDPM] = { fill_ddpm },
  [PISD_SAMPLER_EXACT] = { fill_euler },
};

void
pisd_step_fill (PisdSamplerId sampler, double eta, double sigma, double next, PisdStep *step)
{
  g_return_if_fail ((guint) sampler < PISD_N_SAMPLERS);
  step_table[sampler].fill (eta, sigma, next, step);
}
