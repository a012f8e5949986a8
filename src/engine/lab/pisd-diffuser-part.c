#include "pisd-diffuser-part.h"

#include <string.h>

#include "pisd-bound.h"

/* The bound's weight beside the loss. */
#define BOUND_WEIGHT 0.001

struct _PisdDiffuserPart
{
  const PisdDiffuserTask *task;
  PisdDiffuserPass *pass;
  gsize block, n_parameters;
  double *gradient;       /* [n_parameters] */
  double *raw;            /* [block, data dimension], where components are learned */
  double *x0, *noise, *x; /* [block, dimension] */
  double *weights;        /* [block, outputs] */
  double *estimate, *log_variance, *slopes; /* of one sample */
  guint *labels;
};

PisdDiffuserPart *
pisd_diffuser_part_new (const PisdDiffuserTask *task)
{
  const gsize d = pisd_diffuser_get_shape (task->diffuser)->dimension;
  const gsize block = pisd_diffuser_get_block (task->diffuser);
  PisdDiffuserPart *self = g_new (PisdDiffuserPart, 1);

  *self = (PisdDiffuserPart){ .task = task,
                              .pass = pisd_diffuser_pass_new (task->diffuser, block),
                              .block = block,
                              .n_parameters = pisd_diffuser_get_n_parameters (task->diffuser),
                              .raw = g_new (double, block * task->data->dimension),
                              .x0 = g_new (double, block *d),
                              .noise = g_new (double, block *d),
                              .x = g_new (double, block *d),
                              .weights = g_new (double, 2 * block * d),
                              .estimate = g_new (double, d),
                              .log_variance = g_new (double, d),
                              .slopes = g_new (double, d),
                              .labels = g_new (guint, block) };
  self->gradient = g_new0 (double, self->n_parameters);
  return self;
}

void
pisd_diffuser_part_free (PisdDiffuserPart *self)
{
  if (self == NULL)
    return;
  pisd_diffuser_pass_free (self->pass);
  g_free (self->gradient);
  g_free (self->raw);
  g_free (self->x0);
  g_free (self->noise);
  g_free (self->x);
  g_free (self->weights);
  g_free (self->estimate);
  g_free (self->log_variance);
  g_free (self->slopes);
  g_free (self->labels);
  g_free (self);
}

void
pisd_diffuser_task_draw (const PisdDiffuserTask *task,
                         guint64 first,
                         gsize n,
                         double *raw,
                         double *x,
                         guint *labels)
{
  if (task->components == NULL)
    {
      pisd_lab_data_draw (task->data, task->plan->seed, first, n, x, labels);
      return;
    }
  pisd_lab_data_draw (task->data, task->plan->seed, first, n, raw, labels);
  pisd_components_encode (task->components, n, raw, x);
}

static double
get_uniform (const PisdDiffuserTask *task, guint32 lane, guint64 index)
{
  return pisd_rng_uniform (task->plan->seed, PISD_STREAM_DIFFUSION, lane, index);
}

/* Samples, times, labels and noise of a block, and its states. */
static void
fill_block (PisdDiffuserPart *self, guint64 first, gsize n, guint *times)
{
  const PisdDiffuserTask *task = self->task;
  const guint d = pisd_diffuser_get_shape (task->diffuser)->dimension;

  pisd_diffuser_task_draw (task, first, n, self->raw, self->x0, self->labels);
  pisd_rng_fill_normal (task->plan->seed, PISD_STREAM_DIFFUSION, PISD_LANE_TRAINING_NOISE,
                        first * d, n * d, self->noise);
  for (gsize i = 0; i < n; i++)
    {
      times[i] = 1
                 + (guint) (task->process->n_steps
                            * get_uniform (task, PISD_LANE_TRAINING_TIMES, first + i));
      if (get_uniform (task, PISD_LANE_TRAINING_LABELS, first + i) < task->plan->drop)
        self->labels[i] = PISD_NO_LABEL;
      pisd_process_carry (task->process, times[i], d, self->x0 + i * d, self->noise + i * d,
                          self->x + i * d);
    }
}

/* weights = d loss / d prediction of one sample; returns its loss without w_t. */
static double
weigh_prediction (const PisdDiffuserPart *self,
                  gsize i,
                  guint t,
                  const double *output,
                  double *weights)
{
  const PisdDiffuserTask *task = self->task;
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (task->diffuser);
  const PisdPredictionTarget target =
      pisd_prediction_get_target (shape->prediction, task->process, t);
  const double weight = 2.0
                        * pisd_weight_get (task->plan->weight, shape->prediction, task->process, t)
                        / ((double) shape->dimension * task->plan->batch);
  const double *noise = self->noise + i * shape->dimension, *x0 = self->x0 + i * shape->dimension;
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
weigh_variance (PisdDiffuserPart *self, gsize i, guint t, const double *output, double *weights)
{
  const PisdDiffuserTask *task = self->task;
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (task->diffuser);
  const guint d = shape->dimension;
  const PisdPredictionEstimate by =
      pisd_prediction_get_estimate (shape->prediction, task->process, t);
  const double slope =
      pisd_bound_learn_variance (task->process, t - 1, t, d, output + d, self->log_variance);
  const double weight =
      BOUND_WEIGHT * task->process->n_steps * slope / ((double) d * task->plan->batch);

  for (guint k = 0; k < d; k++)
    self->estimate[k] = by.x * self->x[i * d + k] + by.output * output[k];
  pisd_bound_get_slopes (task->process, t - 1, t, d, self->x0 + i * d, self->estimate,
                         self->log_variance, self->slopes);
  for (guint k = 0; k < d; k++)
    weights[k] = weight * self->slopes[k];
}

static void
work_on_block (PisdDiffuserPart *self,
               const double *parameters,
               guint64 first,
               gsize n,
               guint *times,
               double *losses)
{
  const PisdDiffuserShape *shape = pisd_diffuser_get_shape (self->task->diffuser);
  const gsize n_out = shape->dimension * (shape->learns_variance ? 2 : 1);
  const double *output;

  fill_block (self, first, n, times);
  output = pisd_diffuser_pass_forward (self->pass, parameters, n, self->x, times, self->labels);
  for (gsize i = 0; i < n; i++)
    {
      const double *said = output + i * n_out;
      double *weights = self->weights + i * n_out;

      losses[i] = weigh_prediction (self, i, times[i], said, weights);
      if (shape->learns_variance)
        weigh_variance (self, i, times[i], said, weights + shape->dimension);
    }
  pisd_diffuser_pass_backward (self->pass, parameters, self->weights, self->gradient);
}

void
pisd_diffuser_part_work (PisdDiffuserPart *self,
                         const double *parameters,
                         guint64 first,
                         gsize n,
                         guint *times,
                         double *losses,
                         PisdCancel *cancel)
{
  memset (self->gradient, 0, self->n_parameters * sizeof (double));
  for (gsize i = 0; i < n && (i == 0 || !pisd_cancel_look (cancel)); i += self->block)
    work_on_block (self, parameters, first + i, MIN (self->block, n - i), times + i, losses + i);
}

double *
pisd_diffuser_part_get_gradient (PisdDiffuserPart *self)
{
  return self->gradient;
}
