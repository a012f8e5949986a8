#include "pisd-inspector.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-guidance.h"
#include "pisd-inspector-private.h"
#include "pisd-rng.h"
#include "pisd-second-order.h"
#include "pisd-step.h"

/* Half the distance of two numbers in single precision, over the number. */
#define ROUNDING 0x1p-24
/* Frames are those of the sample that is watched. */
#define LANE 0

PisdInspectionKind
pisd_inspector_find_kind (const PisdSettings *settings)
{
  const PisdMethod *method = pisd_method_get (settings->guidance);

  if (!method->makes_steps)
    return PISD_INSPECTION_NOTHING;
  if (method->uses_gradient)
    return PISD_INSPECTION_GRADIENTS;
  return method->conditions ? PISD_INSPECTION_PULLS : PISD_INSPECTION_NOTHING;
}

static void
allocate_vectors (PisdInspector *self)
{
  double **vectors[] = { &self->x,         &self->after, &self->m,     &self->predicted,
                         &self->corrected, &self->plain, &self->noise, &self->pulled };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    *vectors[i] = g_new (double, self->n);
}

static void
init_steps (PisdInspector *self)
{
  const PisdSettings *settings = &self->scenario->settings;
  const PisdSchedule schedule = pisd_settings_get_schedule (settings);

  self->traits = pisd_method_get_sampler (settings->sampler);
  self->sigma = g_new (double, settings->steps + 1);
  pisd_schedule_fill (&schedule, settings->steps, self->sigma);
  if (pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_ETA))
    self->eta = settings->eta;
}

/* What the sampler has, of the run's own tables. */
static void
init_method (PisdInspector *self, PisdRunCache *cache, PisdCancel *cancel)
{
  const PisdSettings *settings = &self->scenario->settings;
  const PisdDenoiserWatch watch = { self->cancel };

  self->prior = pisd_prior_ref (cache->prior);
  self->denoiser = pisd_denoiser_new (self->prior, self->representation);
  pisd_denoiser_watch (self->denoiser, &watch);
  self->guidance = pisd_guidance_new (settings->guidance, self->representation);
  self->loss = pisd_loss_new (self->representation, self->scenario->sensors,
                              pisd_guidance_get_loss_form (self->guidance));
  if (self->kind != PISD_INSPECTION_PULLS)
    return;
  if (pisd_settings_need_conditioning (settings))
    self->conditioning = pisd_conditioning_new_shared (cache->conditioning);
  if (pisd_settings_need_systems (settings))
    pisd_conditioning_use_systems (self->conditioning, cache->systems, cancel);
  self->second_order = pisd_second_order_new (self->representation, self->denoiser, settings,
                                              self->scenario->sensors, self->conditioning);
}

static PisdRepresentation *
make_representation (const PisdScenario *scenario, PisdNormaliser *normaliser, GError **error)
{
  return normaliser == NULL
             ? pisd_representation_new (&scenario->settings, error)
             : pisd_representation_new_scaled (&scenario->settings, normaliser, error);
}

PisdInspector *
pisd_inspector_new (const PisdScenario *scenario,
                    PisdNormaliser *normaliser,
                    PisdRunCache *cache,
                    guint n_threads,
                    PisdCancel *cancel,
                    GError **error)
{
  g_autoptr (PisdInspector) self = g_new0 (PisdInspector, 1);

  self->scenario = pisd_scenario_dup (scenario);
  self->kind = pisd_inspector_find_kind (&scenario->settings);
  self->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
  self->representation = make_representation (scenario, normaliser, error);
  if (self->representation == NULL
      || !pisd_run_cache_fill (cache, scenario, self->representation, n_threads, cancel, error))
    return NULL;
  self->n = pisd_representation_get_n (self->representation);
  init_steps (self);
  init_method (self, cache, cancel);
  allocate_vectors (self);
  self->scratch = pisd_inspection_new (self);
  return g_steal_pointer (&self);
}

void
pisd_inspector_free (PisdInspector *self)
{
  if (self == NULL)
    return;
  pisd_second_order_free (self->second_order);
  pisd_conditioning_free (self->conditioning);
  pisd_loss_free (self->loss);
  pisd_guidance_free (self->guidance);
  pisd_denoiser_free (self->denoiser);
  pisd_prior_unref (self->prior);
  pisd_representation_free (self->representation);
  pisd_scenario_free (self->scenario);
  pisd_inspection_free (self->scratch);
  pisd_cancel_unref (self->cancel);
  g_clear_error (&self->failure);
  g_free (self->sigma);
  g_free (self->x);
  g_free (self->after);
  g_free (self->m);
  g_free (self->predicted);
  g_free (self->corrected);
  g_free (self->plain);
  g_free (self->noise);
  g_free (self->pulled);
  g_free (self);
}

PisdRepresentation *
pisd_inspector_get_representation (PisdInspector *self)
{
  return self->representation;
}

static void
widen (const float *from, gsize n, double *to)
{
  for (gsize i = 0; i < n; i++)
    to[i] = from[i];
}

/* Whether the step from that frame has a corrector. */
static gboolean
is_corrected (const PisdInspector *self, const PisdFrame *frame)
{
  return self->traits->n_stages > 1 && self->sigma[frame->step + 1] > 0.0;
}

static void
fill_noise (PisdInspector *self, guint step)
{
  pisd_rng_fill_normal (self->scenario->settings.seed, PISD_STREAM_STEP, LANE,
                        (guint64) step * self->n, self->n, self->noise);
}

/* predicted = alpha x + beta m + gamma n */
static void
predict (PisdInspector *self, const PisdFrame *frame)
{
  PisdStep step;

  pisd_step_fill (self->scenario->settings.sampler, self->eta, frame->sigma,
                  self->sigma[frame->step + 1], &step);
  for (gsize i = 0; i < self->n; i++)
    self->predicted[i] = step.alpha * self->x[i] + step.beta * self->m[i];
  if (step.gamma == 0.0)
    return;
  fill_noise (self, frame->step);
  cblas_daxpy (self->n, step.gamma, self->noise, 1, self->predicted, 1);
}

/* plain = the step that nothing guides: predicted, or x + (s' - s) / 2 ((x - m) / s + (p - D (p)) /
 * s'). */
static void
step_unguided (PisdInspector *self, const PisdFrame *frame)
{
  double sigma = frame->sigma, next = self->sigma[frame->step + 1], half = 0.5 * (next - sigma);

  memcpy (self->plain, self->predicted, sizeof (double) * self->n);
  for (gsize i = 0; i < self->n && is_corrected (self, frame); i++)
    {
      double slope = (self->x[i] - self->m[i]) / sigma;
      double slope_next = (self->predicted[i] - self->corrected[i]) / next;

      self->plain[i] = self->x[i] + half * (slope + slope_next);
    }
}

/* On request, or because a model in another process does not answer. */
static gboolean
is_stopped (PisdInspector *self)
{
  GError *failure = pisd_denoiser_take_failure (self->denoiser);

  if (failure != NULL)
    {
      g_clear_error (&self->failure);
      self->failure = failure;
    }
  return pisd_cancel_look (self->cancel) || self->failure != NULL;
}

GError *
pisd_inspector_take_failure (PisdInspector *self)
{
  return g_steal_pointer (&self->failure);
}

/* What the frame does not keep of its step: D in double precision, the predictor, and D there.
 * FALSE: cancelled. */
static gboolean
go_to (PisdInspector *self, const PisdFrame *frame)
{
  widen (frame->state, self->n, self->x);
  pisd_denoiser_denoise (self->denoiser, frame->sigma, self->x, self->m);
  if (is_stopped (self))
    return FALSE;
  predict (self, frame);
  if (is_corrected (self, frame))
    pisd_denoiser_denoise (self->denoiser, self->sigma[frame->step + 1], self->predicted,
                           self->corrected);
  step_unguided (self, frame);
  return !is_stopped (self);
}

/* The gradient of the weighted terms at the estimate that the guidance takes it at. */
static void
differentiate (PisdInspector *self,
               const PisdFrame *frame,
               const double zeta[PISD_N_TERMS],
               double values[PISD_N_TERMS],
               double *gradient)
{
  double shares[PISD_N_TERMS];

  pisd_loss_evaluate (self->loss, is_corrected (self, frame) ? self->corrected : self->m, zeta,
                      values, shares, gradient);
}

/* Gradients by the estimate become gradients by the state, one noise level after the other, so that
 * a network goes forward once at each.  FALSE: cancelled. */
static gboolean
pull_back (PisdInspector *self, const PisdFrame *frame, guint n, double *const *gradients)
{
  double sigma = frame->sigma, next = self->sigma[frame->step + 1], ratio = next / sigma;

  for (guint g = 0; g < n && is_corrected (self, frame) && !is_stopped (self); g++)
    pisd_denoiser_vjp (self->denoiser, next, self->predicted, gradients[g], gradients[g]);
  for (guint g = 0; g < n; g++)
    {
      if (is_stopped (self))
        return FALSE;
      pisd_denoiser_vjp (self->denoiser, sigma, self->x, gradients[g], self->pulled);
      if (!is_corrected (self, frame))
        memcpy (gradients[g], self->pulled, sizeof (double) * self->n);
      for (gsize i = 0; i < self->n && is_corrected (self, frame); i++)
        gradients[g][i] = ratio * gradients[g][i] + (1.0 - ratio) * self->pulled[i];
    }
  return TRUE;
}

/* The parameters that the gradient was taken with. */
static const PisdGuidanceParameters *
get_parameters (const PisdInspector *self, const PisdFrame *frame, const PisdFrame *next)
{
  return next != NULL && is_corrected (self, frame) ? &next->parameters : &frame->parameters;
}

/* Every term by itself, and all of them in one pass as the sampler takes them. */
static gboolean
fill_gradients (PisdInspector *self,
                const PisdFrame *frame,
                const PisdFrame *next,
                PisdInspection *inspection)
{
  double *zeta = inspection->numbers.zeta, values[PISD_N_TERMS];
  double *gradients[PISD_N_TERMS + 1];
  guint n = 0;

  pisd_guidance_get_weights (self->guidance, get_parameters (self, frame, next), frame->step,
                             frame->n_steps, zeta);
  differentiate (self, frame, zeta, values, inspection->total);
  gradients[n++] = inspection->total;
  for (PisdTerm t = 0; t < PISD_N_TERMS && !is_stopped (self); t++)
    {
      double single[PISD_N_TERMS] = { 0.0 }, ignored[PISD_N_TERMS];

      inspection->has_term[t] = !isnan (values[t]);
      single[t] = zeta[t];
      if (!inspection->has_term[t] || zeta[t] == 0.0)
        continue;
      differentiate (self, frame, single, ignored, inspection->terms[t]);
      gradients[n++] = inspection->terms[t];
    }
  return pull_back (self, frame, n, gradients);
}

/* total = D (x, sigma | y) - D (x, sigma), and its parts. */
static gboolean
fill_pulls (PisdInspector *self,
            const PisdFrame *frame,
            const PisdFrame *next,
            PisdInspection *inspection)
{
  memcpy (inspection->total, self->m, sizeof (double) * self->n);
  if (!pisd_second_order_correct (self->second_order, frame->sigma, self->x, inspection->total))
    return FALSE;
  cblas_daxpy (self->n, -1.0, self->m, 1, inspection->total, 1);
  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    {
      inspection->has_term[t] = pisd_second_order_has_term (self->second_order, t);
      if (is_stopped (self))
        return FALSE;
      if (inspection->has_term[t]
          && !pisd_second_order_pull (self->second_order, frame->sigma, self->x, self->m, t,
                                      inspection->terms[t]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_nothing (PisdInspector *self,
              const PisdFrame *frame,
              const PisdFrame *next,
              PisdInspection *inspection)
{
  return TRUE;
}

/* One row a kind: its terms and total.  FALSE: cancelled. */
static gboolean (*const kind_table[]) (PisdInspector *self,
                                       const PisdFrame *frame,
                                       const PisdFrame *next,
                                       PisdInspection *inspection) = {
  [PISD_INSPECTION_NOTHING] = fill_nothing,
  [PISD_INSPECTION_GRADIENTS] = fill_gradients,
  [PISD_INSPECTION_PULLS] = fill_pulls,
};

/* after = x_{i+1} as guidance has left it: what churn has added since is taken away. */
static void
see_after (PisdInspector *self, const PisdFrame *next)
{
  double level = self->sigma[next->step], raised = next->sigma;

  widen (next->state, self->n, self->after);
  if (raised == level)
    return;
  fill_noise (self, next->step);
  cblas_daxpy (self->n,
               -self->scenario->settings.churn.noise * sqrt (raised * raised - level * level),
               self->noise, 1, self->after, 1);
}

/* What a step without memory adds is the gradient itself; what an optimiser or a conditioned
 * estimate adds is seen from where the step ended. */
static void
fill_update (PisdInspector *self, const PisdFrame *next, PisdInspection *inspection)
{
  gboolean is_gradient = self->kind == PISD_INSPECTION_GRADIENTS;

  if (is_gradient && !pisd_guidance_remembers (self->guidance))
    {
      inspection->source = PISD_UPDATE_GRADIENT;
      cblas_daxpy (self->n, -1.0, inspection->total, 1, inspection->update, 1);
      inspection->numbers.update_error = 0.0;
      return;
    }
  if (next == NULL || self->traits->is_exact_flow || self->kind == PISD_INSPECTION_NOTHING)
    return;
  inspection->source = PISD_UPDATE_FRAMES;
  see_after (self, next);
  for (gsize i = 0; i < self->n; i++)
    inspection->update[i] = self->after[i] - self->plain[i];
  inspection->numbers.update_error =
      ROUNDING * (cblas_dnrm2 (self->n, self->x, 1) + cblas_dnrm2 (self->n, self->after, 1))
      / cblas_dnrm2 (self->n, inspection->update, 1);
}

/* FALSE: cancelled. */
static gboolean
look (PisdInspector *self,
      const PisdFrame *frame,
      const PisdFrame *next,
      PisdInspection *inspection)
{
  pisd_inspection_reset (inspection, frame);
  if (frame->step >= self->scenario->settings.steps)
    return TRUE;
  g_clear_error (&self->failure);
  if (!go_to (self, frame) || !kind_table[self->kind](self, frame, next, inspection)
      || is_stopped (self))
    return FALSE;
  fill_update (self, next, inspection);
  pisd_inspection_fill_numbers (inspection);
  return TRUE;
}

PisdInspection *
pisd_inspector_look (PisdInspector *self, const PisdFrame *frame, const PisdFrame *next)
{
  g_autoptr (PisdInspection) inspection = NULL;

  g_return_val_if_fail (frame->n == self->n, NULL);

  inspection = pisd_inspection_new (self);
  return look (self, frame, next, inspection) ? g_steal_pointer (&inspection) : NULL;
}

gboolean
pisd_inspector_measure (PisdInspector *self,
                        const PisdFrame *frame,
                        const PisdFrame *next,
                        PisdInspectionNumbers *numbers)
{
  g_return_val_if_fail (frame->n == self->n, FALSE);

  if (!look (self, frame, next, self->scratch))
    return FALSE;
  *numbers = self->scratch->numbers;
  return TRUE;
}
