#include "pisd-diffuser-training.h"

#include <math.h>
#include <string.h>

#include "pisd-bound.h"
#include "pisd-optimizer.h"
#include "pisd-parallel.h"

/* Samples that go together, whatever the number of threads. */
#define PART_BLOCK 128
/* Samples that principal components are made of. */
#define N_MEASURED 4096
/* The bound's weight beside the loss. */
#define BOUND_WEIGHT 0.001
/* What the newest step adds to the losses by time, of each of its samples. */
#define FORGET 0.005
#define BETA_1 0.9
/* Parameters times samples of a step, of the least that is shared. */
#define LEAST_SHARED 2e7
#define BETA_2 0.99

/* What a part of the batch is worked on with. */
typedef struct
{
  PisdDiffuserPass *pass;
  double *gradient; /* [n_parameters] */
  double *raw;      /* [PART_BLOCK, data dimension], where components are learned */
  double *x0, *noise, *x, *weights;
  double *estimate, *log_variance, *slopes; /* of one sample */
  guint *labels;
} Part;

struct _PisdDiffuserTraining
{
  PisdDiffuserPlan plan;
  const PisdLabData *data;
  PisdCancel *cancel; /* NULL: none */
  PisdComponents *components;
  PisdProcess *process;
  PisdDiffuser *diffuser;
  PisdOptimizer *optimizer;
  gsize n_parameters;
  double *parameters, *average;
  guint n_parts;
  Part *parts;
  guint *times;   /* [batch] of the newest step */
  double *losses; /* [batch] */
  guint64 n_steps;
  double by_time[PISD_DIFFUSER_N_STRETCHES];
};

/* Life. */

static void
part_init (Part *part, const PisdDiffuserTraining *training)
{
  const guint d = pisd_diffuser_get_shape (training->diffuser)->dimension;

  *part = (Part){ .pass = pisd_diffuser_pass_new (training->diffuser, PART_BLOCK),
                  .gradient = g_new0 (double, training->n_parameters),
                  .raw = g_new (double, (gsize) PART_BLOCK * training->data->dimension),
                  .x0 = g_new (double, PART_BLOCK *d),
                  .noise = g_new (double, PART_BLOCK *d),
                  .x = g_new (double, PART_BLOCK *d),
                  .weights = g_new (double, 2 * PART_BLOCK * d),
                  .estimate = g_new (double, d),
                  .log_variance = g_new (double, d),
                  .slopes = g_new (double, d),
                  .labels = g_new (guint, PART_BLOCK) };
}

static void
part_clear (Part *part)
{
  pisd_diffuser_pass_free (part->pass);
  g_free (part->gradient);
  g_free (part->raw);
  g_free (part->x0);
  g_free (part->noise);
  g_free (part->x);
  g_free (part->weights);
  g_free (part->estimate);
  g_free (part->log_variance);
  g_free (part->slopes);
  g_free (part->labels);
}

static void
make_diffuser (PisdDiffuserTraining *self)
{
  const PisdDiffuserPlan *plan = &self->plan;
  const PisdDiffuserShape shape = {
    .dimension = self->components != NULL ? self->components->n_kept : self->data->dimension,
    .n_labels = self->data->n_labels,
    .n_features = plan->n_features,
    .width = plan->width,
    .n_hidden = plan->n_hidden,
    .activation = plan->activation,
    .prediction = plan->prediction,
    .learns_variance = plan->learns_variance,
  };

  self->diffuser = pisd_diffuser_new (&shape, self->process);
  self->n_parameters = pisd_diffuser_get_n_parameters (self->diffuser);
  self->parameters = g_new (double, self->n_parameters);
  pisd_diffuser_fill (self->diffuser, plan->seed, self->parameters);
  self->average = g_memdup2 (self->parameters, self->n_parameters * sizeof (double));
  self->optimizer = pisd_optimizer_new (self->n_parameters, NULL);
}

static gboolean
make_components (PisdDiffuserTraining *self, guint n_threads, PisdCancel *cancel)
{
  const guint d = self->data->dimension;
  g_autofree double *samples = NULL;

  if (self->plan.n_latents == 0)
    return TRUE;
  samples = g_new (double, (gsize) N_MEASURED *d);
  pisd_lab_data_draw (self->data, self->plan.seed, PISD_LAB_FRESH / 2, N_MEASURED, samples, NULL);
  self->components = pisd_components_new (d, N_MEASURED, samples, MIN (self->plan.n_latents, d),
                                          n_threads, cancel);
  return self->components != NULL;
}

PisdDiffuserTraining *
pisd_diffuser_training_new (const PisdDiffuserPlan *plan,
                            const PisdLabData *data,
                            guint n_threads,
                            PisdCancel *cancel)
{
  g_autoptr (PisdDiffuserTraining) self = NULL;

  g_return_val_if_fail (plan != NULL && data != NULL && plan->batch > 0, NULL);

  self = g_new0 (PisdDiffuserTraining, 1);
  self->plan = *plan;
  self->data = data;
  self->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
  self->process = pisd_process_new (plan->process, plan->n_times);
  if (!make_components (self, n_threads, cancel))
    return NULL;
  make_diffuser (self);
  self->n_parts = pisd_parallel_count_blocks (plan->batch, PART_BLOCK);
  self->parts = g_new0 (Part, self->n_parts);
  for (guint p = 0; p < self->n_parts; p++)
    part_init (&self->parts[p], self);
  self->times = g_new (guint, plan->batch);
  self->losses = g_new (double, plan->batch);
  for (guint k = 0; k < PISD_DIFFUSER_N_STRETCHES; k++)
    self->by_time[k] = NAN;
  return g_steal_pointer (&self);
}

void
pisd_diffuser_training_free (PisdDiffuserTraining *training)
{
  if (training == NULL)
    return;
  for (guint p = 0; p < training->n_parts; p++)
    part_clear (&training->parts[p]);
  g_free (training->parts);
  pisd_cancel_unref (training->cancel);
  pisd_components_free (training->components);
  pisd_process_free (training->process);
  pisd_diffuser_free (training->diffuser);
  pisd_optimizer_free (training->optimizer);
  g_free (training->parameters);
  g_free (training->average);
  g_free (training->times);
  g_free (training->losses);
  g_free (training);
}

/* A step. */

/* Samples number first, ... of the data as the network has them. */
static void
draw (const PisdDiffuserTraining *self,
      guint64 first,
      gsize n,
      double *raw,
      double *x,
      guint *labels)
{
  if (self->components == NULL)
    {
      pisd_lab_data_draw (self->data, self->plan.seed, first, n, x, labels);
      return;
    }
  pisd_lab_data_draw (self->data, self->plan.seed, first, n, raw, labels);
  pisd_components_encode (self->components, n, raw, x);
}

static double
get_uniform (const PisdDiffuserTraining *self, guint32 lane, guint64 index)
{
  return pisd_rng_uniform (self->plan.seed, PISD_STREAM_DIFFUSION, lane, index);
}

/* Samples, times, labels and noise of a part, and its states; `number` is that of its first sample
 * among all that the training sees. */
static void
fill_part (PisdDiffuserTraining *self, Part *part, guint64 number, gsize n, guint *times)
{
  const guint d = pisd_diffuser_get_shape (self->diffuser)->dimension;

  draw (self, number, n, part->raw, part->x0, part->labels);
  pisd_rng_fill_normal (self->plan.seed, PISD_STREAM_DIFFUSION, PISD_LANE_TRAINING_NOISE,
                        number * d, n * d, part->noise);
  for (gsize i = 0; i < n; i++)
    {
      times[i] = 1
                 + (guint) (self->process->n_steps
                            * get_uniform (self, PISD_LANE_TRAINING_TIMES, number + i));
      if (get_uniform (self, PISD_LANE_TRAINING_LABELS, number + i) < self->plan.drop)
        part->labels[i] = PISD_NO_LABEL;
      pisd_process_carry (self->process, times[i], d, part->x0 + i * d, part->noise + i * d,
                          part->x + i * d);
    }
}

/* weights = d loss / d prediction of one sample; returns its loss without w_t. */
static double
weigh_prediction (const PisdDiffuserTraining *self,
                  const Part *part,
                  gsize i,
                  guint t,
                  const double *output,
                  double *weights)
{
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (self->diffuser);
  const PisdPredictionTarget target =
      pisd_prediction_get_target (shape->prediction, self->process, t);
  const double weight = 2.0
                        * pisd_weight_get (self->plan.weight, shape->prediction, self->process, t)
                        / ((double) shape->dimension * self->plan.batch);
  const double *noise = part->noise + i * shape->dimension, *x0 = part->x0 + i * shape->dimension;
  double square = 0.0;

  for (guint k = 0; k < shape->dimension; k++)
    {
      const double error = output[k] - target.noise * noise[k] - target.x0 * x0[k];

      weights[k] = weight * error;
      square += error * error;
    }
  return square / shape->dimension;
}

/* weights = d (0.001 T L) / d v of one sample, at which its estimate is held. */
static void
weigh_variance (const PisdDiffuserTraining *self,
                Part *part,
                gsize i,
                guint t,
                const double *output,
                double *weights)
{
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (self->diffuser);
  const guint d = shape->dimension;
  const PisdPredictionEstimate by =
      pisd_prediction_get_estimate (shape->prediction, self->process, t);
  const double slope =
      pisd_bound_learn_variance (self->process, t - 1, t, d, output + d, part->log_variance);
  const double weight =
      BOUND_WEIGHT * self->process->n_steps * slope / ((double) d * self->plan.batch);

  for (guint k = 0; k < d; k++)
    part->estimate[k] = by.x * part->x[i * d + k] + by.output * output[k];
  pisd_bound_get_slopes (self->process, t - 1, t, d, part->x0 + i * d, part->estimate,
                         part->log_variance, part->slopes);
  for (guint k = 0; k < d; k++)
    weights[k] = weight * part->slopes[k];
}

static void
work_on_part (guint number, gpointer data)
{
  PisdDiffuserTraining *self = data;
  Part *part = &self->parts[number];
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (self->diffuser);
  const guint first = number * PART_BLOCK, n = MIN (PART_BLOCK, self->plan.batch - first);
  const guint n_out = shape->dimension * (shape->learns_variance ? 2 : 1);
  const double *output;

  fill_part (self, part, self->n_steps * self->plan.batch + first, n, self->times + first);
  output = pisd_diffuser_pass_forward (part->pass, self->parameters, n, part->x,
                                       self->times + first, part->labels);
  for (guint i = 0; i < n; i++)
    {
      const guint t = self->times[first + i];
      double *weights = part->weights + (gsize) i * n_out;

      self->losses[first + i] =
          weigh_prediction (self, part, i, t, output + (gsize) i * n_out, weights);
      if (shape->learns_variance)
        weigh_variance (self, part, i, t, output + (gsize) i * n_out, weights + shape->dimension);
    }
  memset (part->gradient, 0, self->n_parameters * sizeof (double));
  pisd_diffuser_pass_backward (part->pass, self->parameters, part->weights, part->gradient);
}

/* Adds the parts in their order to the first one. */
static const double *
add_gradients (PisdDiffuserTraining *self)
{
  double *sum = self->parts[0].gradient;

  for (guint p = 1; p < self->n_parts; p++)
    for (gsize k = 0; k < self->n_parameters; k++)
      sum[k] += self->parts[p].gradient[k];
  return sum;
}

/* The mean weighted loss; losses by time forget what is long past. */
static double
note_losses (PisdDiffuserTraining *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->plan.batch; i++)
    {
      const guint t = self->times[i];
      double *mean = &self->by_time[(t - 1) * PISD_DIFFUSER_N_STRETCHES / self->process->n_steps];

      sum += self->losses[i]
             * pisd_weight_get (self->plan.weight, self->plan.prediction, self->process, t);
      *mean = isnan (*mean) ? self->losses[i] : *mean + FORGET * (self->losses[i] - *mean);
    }
  return sum / self->plan.batch;
}

/* y += (1 - d) (x - y),  d = min (decay, (1 + t) / (10 + t)) */
static void
update_average (PisdDiffuserTraining *self)
{
  const double t = (double) self->n_steps;
  const double share = 1.0 - MIN (self->plan.decay, (1.0 + t) / (10.0 + t));

  for (gsize k = 0; k < self->n_parameters; k++)
    self->average[k] += share * (self->parameters[k] - self->average[k]);
}

/* rate (1 + cos (pi t / n)) / 2, and 0 after n steps. */
static double
get_rate (const PisdDiffuserTraining *self)
{
  const double part = self->plan.n_steps > 0 ? (double) self->n_steps / self->plan.n_steps : 0.0;

  return self->plan.rate * 0.5 * (1.0 + cos (G_PI * MIN (part, 1.0)));
}

/* Of a short step a second thread takes off less than waiting for it costs. */
static guint
choose_threads (const PisdDiffuserTraining *self, guint n_threads)
{
  return n_threads == 0 && (double) self->n_parameters * self->plan.batch < LEAST_SHARED
             ? 1
             : n_threads;
}

double
pisd_diffuser_training_step (PisdDiffuserTraining *training, guint n_threads)
{
  double loss;

  g_return_val_if_fail (training != NULL, NAN);

  if (!pisd_parallel (training->n_parts, choose_threads (training, n_threads), training->cancel,
                      work_on_part, training))
    return NAN;
  loss = note_losses (training);
  pisd_optimizer_set_rate (training->optimizer, get_rate (training));
  pisd_optimizer_step (training->optimizer, BETA_1, BETA_2, add_gradients (training),
                       training->parameters);
  training->n_steps++;
  update_average (training);
  return loss;
}

void
pisd_diffuser_training_set_rate (PisdDiffuserTraining *training, double rate)
{
  g_return_if_fail (training != NULL && rate >= 0.0);

  training->plan.rate = rate;
}

guint64
pisd_diffuser_training_get_n_steps (const PisdDiffuserTraining *training)
{
  return training->n_steps;
}

const PisdDiffuser *
pisd_diffuser_training_get_diffuser (const PisdDiffuserTraining *training)
{
  return training->diffuser;
}

const PisdComponents *
pisd_diffuser_training_get_components (const PisdDiffuserTraining *training)
{
  return training->components;
}

const double *
pisd_diffuser_training_get_average (const PisdDiffuserTraining *training)
{
  return training->average;
}

void
pisd_diffuser_training_get_losses (const PisdDiffuserTraining *training, double *losses)
{
  memcpy (losses, training->by_time, sizeof training->by_time);
}

void
pisd_diffuser_training_draw (const PisdDiffuserTraining *training,
                             guint64 first,
                             gsize n,
                             double *x,
                             guint *labels)
{
  g_autofree double *raw = g_new (double, n * training->data->dimension);

  draw (training, first, n, raw, x, labels);
}

void
pisd_diffuser_training_decode (const PisdDiffuserTraining *training,
                               gsize n,
                               const double *z,
                               double *x)
{
  if (training->components != NULL)
    pisd_components_decode (training->components, n, z, x);
  else
    memcpy (x, z, n * training->data->dimension * sizeof (double));
}
