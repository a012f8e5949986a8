#include "pisd-sampler.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-field.h"
#include "pisd-flow.h"
#include "pisd-rng.h"
#include "pisd-schedule.h"
#include "pisd-step.h"

struct _PisdSampler
{
  PisdRepresentation *representation;
  PisdDenoiser *denoiser;
  PisdLoss *loss;
  PisdGuidance *guidance;
  PisdSecondOrder *second_order; /* NULL: first order or none */
  PisdConditioning *conditioning;
  PisdFlow *flow;        /* of the exact steps; NULL for others */
  gboolean state_is_old; /* the flow has gone on since `x` was filled from it */
  PisdSamplerId id;
  const PisdSamplerTraits *traits;
  PisdGuidanceParameters parameters;
  guint64 seed;
  guint lane;
  gsize n;
  guint n_steps, step, n_evaluations;
  double *sigma;   /* [n_steps + 1] */
  double level;    /* of the state: sigma[step], or higher after churn */
  double eta;      /* 0 where the step does not use it */
  PisdChurn churn; /* likewise: none */
  double losses[PISD_N_TERMS], shares[PISD_N_TERMS];
  double residual;
  /* [n] each, slices of one block */
  double *x, *next, *m, *gradient, *pulled, *corrected, *noise;
};

#define N_VECTORS 7

static void
allocate_vectors (PisdSampler *self)
{
  double *block = g_new0 (double, N_VECTORS * self->n);
  double **slices[N_VECTORS] = { &self->x,      &self->next,      &self->m,    &self->gradient,
                                 &self->pulled, &self->corrected, &self->noise };

  for (guint i = 0; i < N_VECTORS; i++)
    *slices[i] = block + i * self->n;
}

static void
init_steps (PisdSampler *self, const PisdSettings *settings)
{
  const PisdSchedule schedule = pisd_settings_get_schedule (settings);

  self->id = settings->sampler;
  self->traits = pisd_method_get_sampler (settings->sampler);
  self->n_steps = settings->steps;
  self->sigma = g_new (double, settings->steps + 1);
  pisd_schedule_fill (&schedule, settings->steps, self->sigma);
  self->level = self->sigma[0];
  if (self->traits->uses & PISD_SAMPLER_USES_ETA)
    self->eta = settings->eta;
  if (self->traits->uses & PISD_SAMPLER_USES_CHURN)
    self->churn = settings->churn;
}

guint
pisd_sampler_list_levels (const PisdSettings *settings, double *levels)
{
  const PisdSchedule schedule = pisd_settings_get_schedule (settings);
  gboolean is_corrected = pisd_method_get_sampler (settings->sampler)->n_stages > 1;
  g_autofree double *sigma = g_new (double, settings->steps + 1);
  PisdChurn churn = { 0 };
  guint n = 0;

  if (pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_CHURN))
    churn = settings->churn;
  pisd_schedule_fill (&schedule, settings->steps, sigma);
  for (guint i = 0; i < settings->steps; i++)
    {
      double raised = pisd_churn_raise (&churn, settings->steps, sigma[i]);

      if (i > 0 && is_corrected && raised != sigma[i])
        levels[n++] = sigma[i];
      levels[n++] = raised;
    }
  return n;
}

PisdSampler *
pisd_sampler_new (PisdRepresentation *representation,
                  PisdDenoiser *denoiser,
                  const PisdSettings *settings,
                  const PisdSensors *sensors,
                  PisdConditioning *conditioning,
                  guint lane)
{
  const PisdMethod *method = pisd_method_get (settings->guidance);
  PisdSampler *self = g_new0 (PisdSampler, 1);

  self->representation = representation;
  self->denoiser = denoiser;
  self->conditioning = conditioning;
  self->guidance = pisd_guidance_new (settings->guidance, representation);
  self->loss =
      pisd_loss_new (representation, sensors, pisd_guidance_get_loss_form (self->guidance));
  if (method->conditions && method->makes_steps)
    self->second_order =
        pisd_second_order_new (representation, denoiser, settings, sensors, conditioning);
  self->parameters = settings->parameters;
  self->seed = settings->seed;
  self->lane = lane;
  self->n = pisd_representation_get_n (representation);
  init_steps (self, settings);
  allocate_vectors (self);
  pisd_rng_fill_normal (self->seed, PISD_STREAM_STATE, lane, 0, self->n, self->x);
  cblas_dscal (self->n, self->sigma[0], self->x, 1);
  if (self->traits->is_exact_flow)
    self->flow = pisd_flow_new (conditioning, self->x);
  return self;
}

void
pisd_sampler_free (PisdSampler *self)
{
  if (self == NULL)
    return;
  pisd_loss_free (self->loss);
  pisd_guidance_free (self->guidance);
  pisd_second_order_free (self->second_order);
  pisd_flow_free (self->flow);
  g_free (self->sigma);
  g_free (MIN (self->x, self->next)); /* the two swap places; the lower one starts the block */
  g_free (self);
}

void
pisd_sampler_set_parameters (PisdSampler *self, const PisdGuidanceParameters *parameters)
{
  self->parameters = *parameters;
}

/* Loss at m; gradient with respect to m where the method wants one. */
static void
evaluate_loss (PisdSampler *self, const double *m)
{
  double zeta[PISD_N_TERMS];
  gboolean wanted = self->step < self->n_steps && pisd_guidance_uses_gradient (self->guidance);

  pisd_guidance_get_weights (self->guidance, &self->parameters, self->step, self->n_steps, zeta);
  pisd_loss_evaluate (self->loss, m, zeta, self->losses, self->shares,
                      wanted ? self->gradient : NULL);
  self->residual = pisd_loss_get_relative_residual (self->loss);
}

/* D (x, sigma); with second-order guidance conditioned on what was measured.  Where that is
 * cancelled, m is as it was. */
static void
denoise (PisdSampler *self, double sigma, const double *x, double *m)
{
  self->n_evaluations++;
  if (self->second_order == NULL)
    {
      pisd_denoiser_denoise (self->denoiser, sigma, x, m);
      return;
    }
  pisd_denoiser_denoise (self->denoiser, sigma, x, self->pulled);
  if (pisd_second_order_correct (self->second_order, sigma, x, self->pulled))
    memcpy (m, self->pulled, self->n * sizeof (double));
}

/* The exact flow knows its estimate without its state. */
static void
estimate_flow (PisdSampler *self, double sigma)
{
  pisd_flow_get_estimate (self->flow, sigma, self->m);
  self->n_evaluations += sigma > 0.0;
}

/* Whoever watches looks at sample 0. */
static gboolean
is_watched (const PisdSampler *self)
{
  return self->lane == 0 || self->step == self->n_steps;
}

/* The noise of this step. */
static void
fill_noise (PisdSampler *self)
{
  pisd_rng_fill_normal (self->seed, PISD_STREAM_STEP, self->lane, (guint64) self->step * self->n,
                        self->n, self->noise);
}

/* x += sqrt (s_raised^2 - s^2) n: the state of a higher noise level. */
static void
churn (PisdSampler *self)
{
  double sigma = self->level, raised = pisd_churn_raise (&self->churn, self->n_steps, sigma);

  if (raised == sigma)
    return;
  fill_noise (self);
  cblas_daxpy (self->n, self->churn.noise * sqrt (raised * raised - sigma * sigma), self->noise, 1,
               self->x, 1);
  self->level = raised;
}

void
pisd_sampler_evaluate (PisdSampler *self)
{
  double sigma;

  if (self->flow != NULL && !is_watched (self))
    return;
  churn (self);
  sigma = self->level;
  if (self->flow != NULL)
    estimate_flow (self, sigma);
  else if (sigma > 0.0)
    denoise (self, sigma, self->x, self->m);
  else
    memcpy (self->m, self->x, self->n * sizeof (double));
  /* Where the equation is not linear a loss takes a solution of it. */
  if (is_watched (self) || pisd_guidance_uses_gradient (self->guidance)
      || pisd_representation_is_linear (self->representation))
    evaluate_loss (self, self->m);
}

static void
one_stage (PisdSampler *self, double sigma, double next)
{
  PisdStep c;

  pisd_step_fill (self->id, self->eta, sigma, next, &c);
  for (gsize i = 0; i < self->n; i++)
    self->next[i] = c.alpha * self->x[i] + c.beta * self->m[i];
  if (c.gamma == 0.0)
    return;
  fill_noise (self);
  cblas_daxpy (self->n, c.gamma, self->noise, 1, self->next, 1);
}

/* Gradient with respect to x_i of the loss at D (x_i). */
static void
pull_back (PisdSampler *self, double sigma)
{
  pisd_denoiser_vjp (self->denoiser, sigma, self->x, self->gradient, self->pulled);
}

/* Corrector: the predictor p = next becomes x + (s' - s) / 2 ((x - m) / s + (p - D (p)) / s').  The
 * loss is taken at D (p), and its gradient goes back through D (p) and through p = (s'/s) x + (1 -
 * s'/s) D (x). */
static void
correct (PisdSampler *self, double sigma, double next)
{
  double ratio = next / sigma, half = 0.5 * (next - sigma);
  gboolean guided = pisd_guidance_uses_gradient (self->guidance);

  denoise (self, next, self->next, self->corrected);
  if (guided)
    {
      evaluate_loss (self, self->corrected);
      pisd_denoiser_vjp (self->denoiser, next, self->next, self->gradient, self->noise);
      pisd_denoiser_vjp (self->denoiser, sigma, self->x, self->noise, self->pulled);
      for (gsize i = 0; i < self->n; i++)
        self->pulled[i] = ratio * self->noise[i] + (1.0 - ratio) * self->pulled[i];
    }
  for (gsize i = 0; i < self->n; i++)
    {
      double slope = (self->x[i] - self->m[i]) / sigma;
      double slope_next = (self->next[i] - self->corrected[i]) / next;

      self->next[i] = self->x[i] + half * (slope + slope_next);
    }
}

void
pisd_sampler_advance (PisdSampler *self)
{
  double sigma, next, *swap;

  g_return_if_fail (self->step < self->n_steps);

  sigma = self->level;
  next = self->level = self->sigma[self->step + 1];
  if (self->flow != NULL)
    {
      pisd_flow_step (self->flow, sigma, next);
      self->state_is_old = TRUE;
      self->step++;
      return;
    }
  one_stage (self, sigma, next);
  if (self->traits->n_stages > 1 && next > 0.0)
    correct (self, sigma, next);
  else if (pisd_guidance_uses_gradient (self->guidance))
    pull_back (self, sigma);
  if (pisd_guidance_uses_gradient (self->guidance))
    pisd_guidance_apply (self->guidance, &self->parameters, self->pulled, self->next);
  swap = self->x;
  self->x = self->next;
  self->next = swap;
  self->step++;
}

PisdCheckpoint *
pisd_sampler_save (PisdSampler *self, const PisdScenario *scenario)
{
  PisdCheckpoint *checkpoint =
      pisd_checkpoint_new (self->n, pisd_guidance_remembers (self->guidance), scenario);

  checkpoint->step = self->step;
  checkpoint->n_evaluations = self->n_evaluations;
  checkpoint->parameters = self->parameters;
  memcpy (checkpoint->x, pisd_sampler_get_state (self), self->n * sizeof (double));
  if (checkpoint->moments != NULL)
    pisd_guidance_get_moments (self->guidance, checkpoint->moments);
  return checkpoint;
}

void
pisd_sampler_restore (PisdSampler *self, const PisdCheckpoint *checkpoint)
{
  g_return_if_fail (checkpoint->n == self->n && checkpoint->step <= self->n_steps);

  self->step = checkpoint->step;
  self->n_evaluations = checkpoint->n_evaluations;
  self->level = self->sigma[self->step];
  memcpy (self->x, checkpoint->x, self->n * sizeof (double));
  if (checkpoint->moments != NULL && pisd_guidance_remembers (self->guidance))
    pisd_guidance_set_moments (self->guidance, checkpoint->moments);
  if (self->flow == NULL)
    return;
  pisd_flow_free (self->flow);
  self->flow = pisd_flow_new (self->conditioning, self->x);
  self->state_is_old = FALSE;
}

guint
pisd_sampler_get_step (const PisdSampler *self)
{
  return self->step;
}

guint
pisd_sampler_get_n_steps (const PisdSampler *self)
{
  return self->n_steps;
}

guint
pisd_sampler_get_n_evaluations (const PisdSampler *self)
{
  return self->n_evaluations;
}

double
pisd_sampler_get_sigma (const PisdSampler *self)
{
  return self->level;
}

const double *
pisd_sampler_get_state (PisdSampler *self)
{
  if (self->state_is_old)
    pisd_flow_get_state (self->flow, self->x);
  self->state_is_old = FALSE;
  return self->x;
}

const double *
pisd_sampler_get_denoised (const PisdSampler *self)
{
  return self->m;
}

const double *
pisd_sampler_get_losses (const PisdSampler *self)
{
  return self->losses;
}

const double *
pisd_sampler_get_shares (const PisdSampler *self)
{
  return self->shares;
}

double
pisd_sampler_get_residual (const PisdSampler *self)
{
  return self->residual;
}

/* An infinite loss is broken; NaN means no such term, unless its sensors exist, and then the state
 * is NaN too. */
const char *
pisd_sampler_find_broken (const PisdSampler *self)
{
  if (!pisd_all_finite (self->n, self->x))
    return "state";
  for (guint t = 0; t < PISD_N_TERMS; t++)
    if (isinf (self->losses[t]))
      return pisd_term_get_name (pisd_representation_get_equation (self->representation)->problem,
                                 t);
  return pisd_all_finite (self->n, self->m) ? NULL : "denoised";
}
