#include "pisd-training-part.h"

#include <math.h>
#include <string.h>

#include "pisd-rng.h"

/* What is drawn for a field of the training set: a lane each. */
enum
{
  LANE_FAMILY,
  LANE_DROPOUT,
  LANE_SIGMA,
  LANE_NOISE
};

/* Levels beyond these are no use to a sampler. */
#define LEAST_SIGMA 0.005
#define MOST_SIGMA 50.0

struct _PisdTrainingPart
{
  const PisdTrainingPlan *plan;
  PisdTrainingTools *tools;
  PisdNetworkPass *pass;
  guint batch;
  gsize n_in, n_out; /* numbers a field */
  double *x;         /* [n] of one field, with noise */
  double *z;         /* [n] of one field */
  double *target;    /* [batch, n] (z - D_linear) / c_out */
  float *sigma;      /* [batch] */
  guint *label;      /* [batch] */
  float *input;      /* [batch, n_in] */
  float *output;     /* [batch, n_out] */
  float *v;          /* [batch, n_out] gradient of the loss */
  const PisdErrorTable *errors;
};

PisdTrainingPart *
pisd_training_part_new (const PisdTrainingPlan *plan,
                        const PisdTrainingLatents *latents,
                        guint batch)
{
  PisdTrainingPart *self = g_new0 (PisdTrainingPart, 1);
  gsize grid = (gsize) plan->shape.side * plan->shape.side;

  self->plan = plan;
  self->tools = pisd_training_tools_new (latents);
  self->pass = pisd_network_pass_new (&plan->shape, plan->backend, batch);
  self->batch = batch;
  self->n_in = plan->shape.n_in * grid;
  self->n_out = plan->shape.n_out * grid;
  self->x = g_new (double, self->tools->n);
  self->z = g_new (double, self->tools->n);
  self->target = g_new (double, batch * self->tools->n);
  self->sigma = g_new (float, batch);
  self->label = g_new (guint, batch);
  self->input = g_new (float, batch * self->n_in);
  self->output = g_new (float, batch * self->n_out);
  self->v = g_new (float, batch * self->n_out);
  return self;
}

void
pisd_training_part_free (PisdTrainingPart *self)
{
  if (self == NULL)
    return;
  pisd_training_tools_free (self->tools);
  pisd_network_pass_free (self->pass);
  g_free (self->x);
  g_free (self->z);
  g_free (self->target);
  g_free (self->sigma);
  g_free (self->label);
  g_free (self->input);
  g_free (self->output);
  g_free (self->v);
  g_free (self);
}

PisdTrainingTools *
pisd_training_part_get_tools (PisdTrainingPart *self)
{
  return self->tools;
}

void
pisd_training_part_load (PisdTrainingPart *self, const float *parameters)
{
  pisd_network_pass_load (self->pass, parameters);
}

static double
get_c_in (double sigma)
{
  return 1.0 / sqrt (sigma * sigma + 1.0);
}

/* What the network is to say of state x, whose latent is z. */
static void
set_field (PisdTrainingPart *self,
           guint i,
           double sigma,
           guint label,
           const double *z,
           const double *x)
{
  double *target = self->target + i * self->tools->n;
  double c_out = sigma * get_c_in (sigma);

  self->sigma[i] = sigma;
  self->label[i] = label;
  pisd_denoiser_denoise (self->tools->denoisers[label], sigma, x, target);
  for (gsize j = 0; j < self->tools->n; j++)
    target[j] = (z[j] - target[j]) / c_out;
  pisd_whitening_fill_input (self->tools->whitening, get_c_in (sigma), x,
                             self->input + i * self->n_in);
}

static void
draw_field (PisdTrainingPart *self, guint i, guint64 index)
{
  const PisdTrainingPlan *plan = self->plan;
  guint64 seed = plan->seed;
  gsize n = self->tools->n;
  guint n_labels = plan->shape.n_labels;
  guint label = n_labels * pisd_rng_uniform (seed, PISD_STREAM_TRAINING, LANE_FAMILY, index);
  gboolean is_told =
      pisd_rng_uniform (seed, PISD_STREAM_TRAINING, LANE_DROPOUT, index) >= plan->dropout;
  double sigma;

  pisd_training_data_draw (self->tools->data, PISD_DATA_TRAINING,
                           pisd_training_plan_get_family (plan, label), index, self->z);
  pisd_rng_fill_normal (seed, PISD_STREAM_TRAINING, LANE_SIGMA, index, 1, &sigma);
  sigma = CLAMP (exp (plan->ln_sigma_mean + plan->ln_sigma_sd * sigma), LEAST_SIGMA, MOST_SIGMA);
  pisd_rng_fill_normal (seed, PISD_STREAM_TRAINING, LANE_NOISE, index * n, n, self->x);
  for (gsize j = 0; j < n; j++)
    self->x[j] = self->z[j] + sigma * self->x[j];
  set_field (self, i, sigma, is_told ? label : n_labels, self->z, self->x);
}

static void
forward (PisdTrainingPart *self)
{
  pisd_network_pass_forward (self->pass, self->input, self->sigma, self->label, self->output);
}

/* self->x = F of one field. */
static void
read_output (PisdTrainingPart *self, guint i)
{
  pisd_whitening_read_output (self->tools->whitening, self->output + i * self->n_out, self->x);
}

/* |F - target|^2 with F in self->x, and what is left there. */
static double
compare (PisdTrainingPart *self, guint i)
{
  const double *target = self->target + i * self->tools->n;
  double sum = 0.0;

  for (gsize j = 0; j < self->tools->n; j++)
    {
      self->x[j] -= target[j];
      sum += self->x[j] * self->x[j];
    }
  return sum;
}

double
pisd_training_part_step (PisdTrainingPart *self, guint64 first, float *gradient)
{
  gsize n = self->tools->n;
  double share = 1.0 / ((double) n * self->plan->batch), loss = 0.0;

  for (guint i = 0; i < self->batch; i++)
    draw_field (self, i, first + i);
  forward (self);
  for (guint i = 0; i < self->batch; i++)
    {
      read_output (self, i);
      loss += share * compare (self, i);
      for (gsize j = 0; j < n; j++)
        self->x[j] *= 2.0 * share;
      pisd_whitening_fill_output (self->tools->whitening, self->x, self->v + i * self->n_out);
    }
  memset (gradient, 0, pisd_network_get_n_parameters (&self->plan->shape) * sizeof (float));
  pisd_network_pass_backward (self->pass, self->v, NULL, gradient);
  return loss;
}

/* What the network says of states x, whose latents are z. */
static void
predict (PisdTrainingPart *self, guint label, double sigma, const double *z, const double *x)
{
  for (guint i = 0; i < self->batch; i++)
    set_field (self, i, sigma, label, z + i * self->tools->n, x + i * self->tools->n);
  forward (self);
}

void
pisd_training_part_add_products (PisdTrainingPart *self,
                                 guint label,
                                 double sigma,
                                 const double *z,
                                 const double *x,
                                 const PisdProducts *products)
{
  gsize n = self->tools->n;

  predict (self, label, sigma, z, x);
  for (guint i = 0; i < self->batch; i++)
    {
      const double *target = self->target + i * n;

      read_output (self, i);
      for (gsize j = 0; j < n; j++)
        {
          products->network[j] += self->x[j] * self->x[j];
          products->both[j] += self->x[j] * target[j];
          products->linear[j] += target[j] * target[j];
        }
    }
}

void
pisd_training_part_set_errors (PisdTrainingPart *self, const PisdErrorTable *errors)
{
  self->errors = errors;
}

/* The newest output times its gain, where that is known. */
static void
apply_gain (PisdTrainingPart *self, guint label, double sigma)
{
  gsize grid = (gsize) self->plan->shape.side * self->plan->shape.side;
  g_autofree double *boxes = NULL, *gain = NULL;

  if (self->errors == NULL)
    return;
  boxes = g_new (double, self->plan->shape.n_out *grid);
  gain = g_new (double, self->tools->n);
  pisd_error_table_get_gain (self->errors, label, sigma, boxes);
  pisd_whitening_pack (self->tools->whitening, boxes, gain);
  for (gsize j = 0; j < self->tools->n; j++)
    self->x[j] *= gain[j];
}

PisdErrors
pisd_training_part_measure (PisdTrainingPart *self,
                            guint label,
                            double sigma,
                            const double *z,
                            const double *x)
{
  gsize n = self->tools->n;
  double c_out = sigma * get_c_in (sigma), share = c_out * c_out / n;
  PisdErrors errors = { 0.0, 0.0 };

  predict (self, label, sigma, z, x);
  for (guint i = 0; i < self->batch; i++)
    {
      read_output (self, i);
      apply_gain (self, label, sigma);
      errors.network += share * compare (self, i);
      for (gsize j = 0; j < n; j++)
        errors.linear += share * self->target[i * n + j] * self->target[i * n + j];
    }
  return errors;
}
