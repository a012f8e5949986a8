#include "pisd-diffuser.h"

#include <math.h>
#include <string.h>

/* Times are taken to a thousand steps, whatever T is. */
#define TIME_SCALE 1000.0
#define LONGEST 10000.0
#define MOST_HIDDEN 8

struct _PisdDiffuser
{
  PisdDiffuserShape shape;
  PisdProcess *process;
  PisdPerceptron *perceptron;
  double *embedding; /* [n_steps + 1, n_features] */
};

struct _PisdDiffuserPass
{
  const PisdDiffuser *diffuser;
  PisdPerceptronPass *pass;
  double *input, *output;
};

static guint
get_n_in (const PisdDiffuserShape *shape)
{
  return shape->dimension + shape->n_features + shape->n_labels;
}

static guint
get_n_out (const PisdDiffuserShape *shape)
{
  return shape->dimension * (shape->learns_variance ? 2 : 1);
}

static void
fill_embedding (PisdDiffuser *self)
{
  const guint half = self->shape.n_features / 2, n = self->process->n_steps;

  for (guint t = 0; t <= n; t++)
    for (guint k = 0; k < half; k++)
      {
        const double phase = TIME_SCALE * t / n * pow (LONGEST, -(double) k / half);
        double *row = self->embedding + (gsize) t * 2 * half;

        row[k] = sin (phase);
        row[half + k] = cos (phase);
      }
}

PisdDiffuser *
pisd_diffuser_new (const PisdDiffuserShape *shape, const PisdProcess *process)
{
  guint widths[MOST_HIDDEN + 2];
  PisdDiffuser *self;

  g_return_val_if_fail (shape->n_hidden > 0 && shape->n_hidden <= MOST_HIDDEN, NULL);
  g_return_val_if_fail (shape->n_features % 2 == 0 && shape->dimension > 0, NULL);
  g_return_val_if_fail (shape->n_features <= PISD_DIFFUSER_MOST_FEATURES, NULL);

  self = g_new0 (PisdDiffuser, 1);
  self->shape = *shape;
  self->process = pisd_process_dup (process);
  self->embedding = g_new (double, (gsize) (process->n_steps + 1) * shape->n_features);
  fill_embedding (self);
  widths[0] = get_n_in (shape);
  for (guint l = 1; l <= shape->n_hidden; l++)
    widths[l] = shape->width;
  widths[shape->n_hidden + 1] = get_n_out (shape);
  self->perceptron = pisd_perceptron_new (shape->n_hidden + 1, widths, shape->activation);
  return self;
}

void
pisd_diffuser_free (PisdDiffuser *diffuser)
{
  if (diffuser == NULL)
    return;
  pisd_process_free (diffuser->process);
  pisd_perceptron_free (diffuser->perceptron);
  g_free (diffuser->embedding);
  g_free (diffuser);
}

const PisdDiffuserShape *
pisd_diffuser_get_shape (const PisdDiffuser *diffuser)
{
  return &diffuser->shape;
}

const PisdProcess *
pisd_diffuser_get_process (const PisdDiffuser *diffuser)
{
  return diffuser->process;
}

gsize
pisd_diffuser_get_n_parameters (const PisdDiffuser *diffuser)
{
  return pisd_perceptron_get_n_parameters (diffuser->perceptron);
}

void
pisd_diffuser_fill (const PisdDiffuser *diffuser, guint64 seed, double *parameters)
{
  pisd_perceptron_fill (diffuser->perceptron, seed, parameters);
}

void
pisd_diffuser_embed (const PisdDiffuser *diffuser, guint t, double *out)
{
  const guint n = diffuser->shape.n_features;

  g_return_if_fail (t <= diffuser->process->n_steps);

  memcpy (out, diffuser->embedding + (gsize) t * n, n * sizeof (double));
}

PisdDiffuserPass *
pisd_diffuser_pass_new (const PisdDiffuser *diffuser, gsize most)
{
  PisdDiffuserPass *self = g_new0 (PisdDiffuserPass, 1);

  self->diffuser = diffuser;
  self->pass = pisd_perceptron_pass_new (diffuser->perceptron, most);
  self->input = g_new0 (double, most *get_n_in (&diffuser->shape));
  self->output = g_new0 (double, most *get_n_out (&diffuser->shape));
  return self;
}

void
pisd_diffuser_pass_free (PisdDiffuserPass *pass)
{
  if (pass == NULL)
    return;
  pisd_perceptron_pass_free (pass->pass);
  g_free (pass->input);
  g_free (pass->output);
  g_free (pass);
}

static void
fill_input (const PisdDiffuser *diffuser, const double *x, guint t, guint label, double *input)
{
  const PisdDiffuserShape *shape = &diffuser->shape;
  double *one_hot = input + shape->dimension + shape->n_features;

  memcpy (input, x, shape->dimension * sizeof (double));
  pisd_diffuser_embed (diffuser, t, input + shape->dimension);
  for (guint k = 0; k < shape->n_labels; k++)
    one_hot[k] = k == label ? 1.0 : 0.0;
}

const double *
pisd_diffuser_pass_forward (PisdDiffuserPass *pass,
                            const double *parameters,
                            gsize n,
                            const double *x,
                            const guint *times,
                            const guint *labels)
{
  const PisdDiffuserShape *shape = &pass->diffuser->shape;

  for (gsize i = 0; i < n; i++)
    fill_input (pass->diffuser, x + i * shape->dimension, times[i],
                labels != NULL ? labels[i] : PISD_NO_LABEL, pass->input + i * get_n_in (shape));
  pisd_perceptron_pass_forward (pass->pass, parameters, n, pass->input, pass->output);
  return pass->output;
}

void
pisd_diffuser_pass_backward (PisdDiffuserPass *pass,
                             const double *parameters,
                             const double *weights,
                             double *gradient)
{
  pisd_perceptron_pass_backward (pass->pass, parameters, weights, gradient, NULL);
}

/* As an estimator. */

typedef struct
{
  const PisdDiffuserModel *model;
  PisdDiffuserPass *pass;
  guint *times; /* [most] */
} Work;

static gpointer
open_diffuser (gconstpointer model, gsize most)
{
  const PisdDiffuserModel *diffuser = model;
  Work *work = g_new (Work, 1);

  *work =
      (Work){ diffuser, pisd_diffuser_pass_new (diffuser->diffuser, most), g_new (guint, most) };
  return work;
}

static void
close_diffuser (gpointer data)
{
  Work *work = data;

  pisd_diffuser_pass_free (work->pass);
  g_free (work->times);
  g_free (work);
}

/* x0 += share (estimate.x x + estimate.output output); of the variance what has the label. */
static void
add_estimate (Work *work,
              guint t,
              gsize n,
              const double *x,
              const guint *labels,
              double share,
              double *x0,
              double *v)
{
  const PisdDiffuser *diffuser = work->model->diffuser;
  const PisdDiffuserShape *shape = &diffuser->shape;
  const PisdPredictionEstimate by =
      pisd_prediction_get_estimate (shape->prediction, diffuser->process, t);
  const guint d = shape->dimension, n_out = get_n_out (shape);
  const double *output =
      pisd_diffuser_pass_forward (work->pass, work->model->parameters, n, x, work->times, labels);

  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < d; k++)
      {
        x0[i * d + k] += share * (by.x * x[i * d + k] + by.output * output[i * n_out + k]);
        if (v != NULL)
          v[i * d + k] = shape->learns_variance ? output[i * n_out + d + k] : -1.0;
      }
}

static void
estimate_diffuser (gpointer data,
                   guint t,
                   gsize n,
                   const double *x,
                   const guint *labels,
                   double *x0,
                   double *v)
{
  Work *work = data;
  const gsize n_values = n * work->model->diffuser->shape.dimension;
  const double limit = work->model->limit;
  const double guidance = labels != NULL ? work->model->guidance : 0.0;

  for (gsize i = 0; i < n; i++)
    work->times[i] = t;
  memset (x0, 0, n_values * sizeof (double));
  if (guidance > 0.0)
    add_estimate (work, t, n, x, NULL, -guidance, x0, NULL);
  add_estimate (work, t, n, x, labels, 1.0 + guidance, x0, v);
  for (gsize k = 0; limit > 0.0 && k < n_values; k++)
    x0[k] = CLAMP (x0[k], -limit, limit);
}

PisdEstimator
pisd_estimator_for_diffuser (const PisdDiffuserModel *model)
{
  const PisdDiffuserShape *shape = &model->diffuser->shape;

  return (PisdEstimator){ shape->dimension, shape->learns_variance, model,
                          open_diffuser,    close_diffuser,         estimate_diffuser };
}
