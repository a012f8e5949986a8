#include "pisd-guidance.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

typedef struct
{
  PisdLossForm form;
  void (*weights) (const PisdGuidanceParameters *parameters,
                   guint step,
                   guint n_steps,
                   double zeta[PISD_N_TERMS]);
  void (*apply) (PisdGuidance *self,
                 const PisdGuidanceParameters *parameters,
                 const double *gradient,
                 double *x);
} GuidanceOps;

struct _PisdGuidance
{
  const PisdMethod *method;
  const GuidanceOps *ops;
  gsize n;
  PisdOptimizer *optimizer;
};

/* zeta = 0: methods without a gradient weigh no loss. */
static void
zero_weights (const PisdGuidanceParameters *parameters,
              guint step,
              guint n_steps,
              double zeta[PISD_N_TERMS])
{
  memset (zeta, 0, sizeof (double) * PISD_N_TERMS);
}

/* zeta (step) = zeta, the settings' own in every step. */
static void
constant_weights (const PisdGuidanceParameters *parameters,
                  guint step,
                  guint n_steps,
                  double zeta[PISD_N_TERMS])
{
  memcpy (zeta, parameters->zeta, sizeof (double) * PISD_N_TERMS);
}

/* zeta_pde = 0 while step <= late_start N, and zeta_obs *= late_factor after that.
 * DiffusionPDE: sensors alone at first; late in the run they weigh less and the equation joins. */
static void
two_phase_weights (const PisdGuidanceParameters *parameters,
                   guint step,
                   guint n_steps,
                   double zeta[PISD_N_TERMS])
{
  gboolean late = step > parameters->late_start * n_steps;

  constant_weights (parameters, step, n_steps, zeta);
  if (!late)
    {
      zeta[PISD_TERM_PDE] = 0.0;
      return;
    }
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    zeta[PISD_TERM_OBS (f)] *= parameters->late_factor;
}

static void
apply_nothing (PisdGuidance *self,
               const PisdGuidanceParameters *parameters,
               const double *gradient,
               double *x)
{
}

/* x' -= g, g the gradient of sum zeta L: the weights are the step size, there is no other. */
static void
apply_gradient (PisdGuidance *self,
                const PisdGuidanceParameters *parameters,
                const double *gradient,
                double *x)
{
  cblas_daxpy (self->n, -1.0, gradient, 1, x, 1);
}

/* x' -= rate (|k|) Mhat / (sqrt (Vhat) + 1e-8): rates and betas are read anew in every step, as
 * they may change during a run. */
static void
apply_adam (PisdGuidance *self,
            const PisdGuidanceParameters *parameters,
            const double *gradient,
            double *x)
{
  pisd_optimizer_set_rates (self->optimizer, parameters->rate_low, parameters->rate_high,
                            parameters->cutoff);
  pisd_optimizer_step (self->optimizer, parameters->beta1, parameters->beta2, gradient, x);
}

static const GuidanceOps guidance_table[PISD_N_GUIDANCES] = {
  [PISD_GUIDANCE_NONE] = { PISD_LOSS_SQUARED, zero_weights, apply_nothing },
  [PISD_GUIDANCE_DPS] = { PISD_LOSS_NORM, two_phase_weights, apply_gradient },
  [PISD_GUIDANCE_PISD] = { PISD_LOSS_SQUARED, constant_weights, apply_adam },
  [PISD_GUIDANCE_SECOND_ORDER] = { PISD_LOSS_SQUARED, zero_weights, apply_nothing },
  [PISD_GUIDANCE_EXACT] = { PISD_LOSS_SQUARED, zero_weights, apply_nothing },
};

PisdGuidance *
pisd_guidance_new (PisdGuidanceId id, const PisdRepresentation *representation)
{
  PisdGuidance *self;
  g_autofree double *frequency = NULL;
  guint n_parts;

  g_return_val_if_fail ((guint) id < PISD_N_GUIDANCES, NULL);

  self = g_new0 (PisdGuidance, 1);
  self->method = pisd_method_get (id);
  self->ops = &guidance_table[id];
  self->n = pisd_representation_get_n (representation);
  /* |k| = sqrt (ky^2 + kx^2) of zero-based indices; every frame of a field has the same modes. */
  frequency = g_new (double, self->n);
  n_parts = pisd_representation_get_n_parts (representation);
  for (guint f = 0; f < n_parts; f++)
    {
      const PisdModes *modes = pisd_representation_get_modes (representation, f);
      gsize n, offset = pisd_representation_get_offset (representation, f, &n);

      for (gsize i = 0; i < n; i++)
        frequency[offset + i] = hypot (modes->ky[i % modes->n], modes->kx[i % modes->n]);
    }
  self->optimizer = pisd_optimizer_new (self->n, frequency);
  return self;
}

void
pisd_guidance_free (PisdGuidance *self)
{
  if (self == NULL)
    return;
  pisd_optimizer_free (self->optimizer);
  g_free (self);
}

PisdLossForm
pisd_guidance_get_loss_form (const PisdGuidance *self)
{
  return self->ops->form;
}

gboolean
pisd_guidance_uses_gradient (const PisdGuidance *self)
{
  return self->method->uses_gradient;
}

/* zeta_t (step) f_t (step / N): the method's own weight of a term times the course of that term. */
void
pisd_guidance_get_weights (const PisdGuidance *self,
                           const PisdGuidanceParameters *parameters,
                           guint step,
                           guint n_steps,
                           double zeta[PISD_N_TERMS])
{
  self->ops->weights (parameters, step, n_steps, zeta);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    zeta[t] *= pisd_course_get (&parameters->courses[t], (double) step / n_steps);
}

gboolean
pisd_guidance_remembers (const PisdGuidance *self)
{
  return (self->method->uses & PISD_USES_ADAM) != 0;
}

double
pisd_guidance_get_rate (const PisdGuidance *self,
                        const PisdGuidanceParameters *parameters,
                        double frequency)
{
  if (!pisd_guidance_remembers (self))
    return NAN;
  return pisd_optimizer_get_rate (parameters->rate_low, parameters->rate_high, parameters->cutoff,
                                  frequency);
}

void
pisd_guidance_apply (PisdGuidance *self,
                     const PisdGuidanceParameters *parameters,
                     const double *gradient,
                     double *x_next)
{
  self->ops->apply (self, parameters, gradient, x_next);
}

void
pisd_guidance_get_moments (const PisdGuidance *self, double *moments)
{
  pisd_optimizer_get_moments (self->optimizer, moments);
}

void
pisd_guidance_set_moments (PisdGuidance *self, const double *moments)
{
  pisd_optimizer_set_moments (self->optimizer, moments);
}
