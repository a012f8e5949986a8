#include "pisd-diffuser-training.h"

#include <math.h>
#include <string.h>

#include "pisd-diffuser-part.h"
#include "pisd-field.h"
#include "pisd-optimizer.h"
#include "pisd-parallel.h"

/* A batch has no more parts, of as many blocks each as that takes. */
#define MOST_PARTS 16
/* Samples that latents are made of. */
#define N_MEASURED 4096
/* What the newest step adds to the losses by time, of each of its samples. */
#define FORGET 0.005
#define BETA_1 0.9
#define BETA_2 0.99
/* Multiply-adds of all samples of a step, of the least that is shared. */
#define LEAST_SHARED 2e7

struct _PisdDiffuserTraining
{
  PisdDiffuserPlan plan;
  const PisdLabData *data;
  PisdCancel *cancel; /* NULL: none */
  PisdComponents *components;
  PisdProcess *process;
  PisdDiffuser *diffuser;
  PisdDiffuserTask task; /* all of these */
  PisdOptimizer *optimizer;
  gsize n_parameters;
  double *parameters, *average;
  guint n_parts, part; /* samples of one, at most */
  PisdDiffuserPart **parts;
  guint *times;   /* [batch] of the newest step */
  double *losses; /* [batch] */
  guint64 n_steps;
  double by_time[PISD_DIFFUSER_N_STRETCHES];
};

/* Life. */

static void
make_diffuser (PisdDiffuserTraining *self)
{
  const PisdDiffuserPlan *plan = &self->plan;
  const PisdDiffuserShape shape = {
    .kind = plan->kind,
    .dimension = self->components != NULL ? self->components->n_kept : self->data->dimension,
    .side = self->components != NULL ? 0 : self->data->side,
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

static void
make_parts (PisdDiffuserTraining *self)
{
  const guint block = pisd_diffuser_get_block (self->diffuser);

  self->task = (PisdDiffuserTask){ &self->plan, self->data, self->components, self->process,
                                   self->diffuser };
  self->part = block * pisd_parallel_count_blocks (self->plan.batch, MOST_PARTS * block);
  self->n_parts = pisd_parallel_count_blocks (self->plan.batch, self->part);
  self->parts = g_new (PisdDiffuserPart *, self->n_parts);
  for (guint p = 0; p < self->n_parts; p++)
    self->parts[p] = pisd_diffuser_part_new (&self->task);
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
  self->components = pisd_components_new (self->plan.latent, d, N_MEASURED, samples,
                                          MIN (self->plan.n_latents, d), n_threads, cancel);
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
  make_parts (self);
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
    pisd_diffuser_part_free (training->parts[p]);
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

static void
work_on_part (guint number, gpointer data)
{
  PisdDiffuserTraining *self = data;
  const guint first = number * self->part;

  pisd_diffuser_part_work (self->parts[number], self->parameters,
                           self->n_steps * self->plan.batch + first,
                           MIN (self->part, self->plan.batch - first), self->times + first,
                           self->losses + first, self->cancel);
}

/* Adds the parts in their order to the first one. */
static const double *
add_gradients (PisdDiffuserTraining *self)
{
  double *sum = pisd_diffuser_part_get_gradient (self->parts[0]);

  for (guint p = 1; p < self->n_parts; p++)
    {
      const double *gradient = pisd_diffuser_part_get_gradient (self->parts[p]);

      for (gsize k = 0; k < self->n_parameters; k++)
        sum[k] += gradient[k];
    }
  return sum;
}

/* The mean weighted loss. */
static double
get_loss (const PisdDiffuserTraining *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->plan.batch; i++)
    sum +=
        self->losses[i]
        * pisd_weight_get (self->plan.weight, self->plan.prediction, self->process, self->times[i]);
  return sum / self->plan.batch;
}

/* Losses by time forget what is long past. */
static void
note_losses (PisdDiffuserTraining *self)
{
  for (guint i = 0; i < self->plan.batch; i++)
    {
      const guint t = self->times[i];
      double *mean = &self->by_time[(t - 1) * PISD_DIFFUSER_N_STRETCHES / self->process->n_steps];

      *mean = isnan (*mean) ? self->losses[i] : *mean + FORGET * (self->losses[i] - *mean);
    }
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
  return n_threads == 0
                 && pisd_diffuser_count_work (self->diffuser) * self->plan.batch < LEAST_SHARED
             ? 1
             : n_threads;
}

double
pisd_diffuser_training_step (PisdDiffuserTraining *training, guint n_threads)
{
  const double *gradient;
  double loss;

  g_return_val_if_fail (training != NULL, NAN);

  if (!pisd_parallel (training->n_parts, choose_threads (training, n_threads), training->cancel,
                      work_on_part, training)
      || pisd_cancel_look (training->cancel))
    return NAN;
  loss = get_loss (training);
  gradient = add_gradients (training);
  if (!isfinite (loss) || !pisd_all_finite (training->n_parameters, gradient))
    return NAN;
  note_losses (training);
  pisd_optimizer_set_rate (training->optimizer, get_rate (training));
  pisd_optimizer_step (training->optimizer, BETA_1, BETA_2, gradient, training->parameters);
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

  pisd_diffuser_task_draw (&training->task, first, n, raw, x, labels);
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
