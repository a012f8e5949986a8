#include "pisd-diffuser-private.h"

#include <string.h>

static const PisdDiffuserOps *const kinds[PISD_N_DIFFUSERS] = {
  [PISD_DIFFUSER_PERCEPTRON] = &pisd_diffuser_perceptron,
  [PISD_DIFFUSER_CONVOLUTION] = &pisd_diffuser_convolution,
};

struct _PisdDiffuser
{
  PisdDiffuserShape shape;
  PisdProcess *process;
  const PisdDiffuserOps *ops;
  gpointer network;
};

struct _PisdDiffuserPass
{
  const PisdDiffuserOps *ops;
  gpointer pass;
};

const char *
pisd_diffuser_kind_get_name (PisdDiffuserKind kind)
{
  g_return_val_if_fail (kind < PISD_N_DIFFUSERS, NULL);

  return kinds[kind]->name;
}

guint
pisd_diffuser_shape_get_n_out (const PisdDiffuserShape *shape)
{
  return shape->dimension * (shape->learns_variance ? 2 : 1);
}

PisdDiffuser *
pisd_diffuser_new (const PisdDiffuserShape *shape, const PisdProcess *process)
{
  const PisdDiffuserOps *ops = kinds[shape->kind];
  gpointer network = ops->network_new (shape, process);
  PisdDiffuser *self;

  g_return_val_if_fail (network != NULL, NULL);

  self = g_new (PisdDiffuser, 1);
  *self = (PisdDiffuser){ *shape, pisd_process_dup (process), ops, network };
  return self;
}

void
pisd_diffuser_free (PisdDiffuser *diffuser)
{
  if (diffuser == NULL)
    return;
  pisd_process_free (diffuser->process);
  diffuser->ops->network_free (diffuser->network);
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
  return diffuser->ops->get_n_parameters (diffuser->network);
}

double
pisd_diffuser_count_work (const PisdDiffuser *diffuser)
{
  return diffuser->ops->count_work (diffuser->network);
}

guint
pisd_diffuser_get_block (const PisdDiffuser *diffuser)
{
  return diffuser->ops->block;
}

void
pisd_diffuser_fill (const PisdDiffuser *diffuser, guint64 seed, double *parameters)
{
  diffuser->ops->fill (diffuser->network, seed, parameters);
}

void
pisd_diffuser_embed (const PisdDiffuser *diffuser, guint t, double *out)
{
  g_return_if_fail (t <= diffuser->process->n_steps);

  diffuser->ops->embed (diffuser->network, t, out);
}

PisdDiffuserPass *
pisd_diffuser_pass_new (const PisdDiffuser *diffuser, gsize most)
{
  PisdDiffuserPass *self = g_new (PisdDiffuserPass, 1);

  *self = (PisdDiffuserPass){ diffuser->ops, diffuser->ops->pass_new (diffuser->network, most) };
  return self;
}

void
pisd_diffuser_pass_free (PisdDiffuserPass *pass)
{
  if (pass == NULL)
    return;
  pass->ops->pass_free (pass->pass);
  g_free (pass);
}

const double *
pisd_diffuser_pass_forward (PisdDiffuserPass *pass,
                            const double *parameters,
                            gsize n,
                            const double *x,
                            const guint *times,
                            const guint *labels)
{
  return pass->ops->forward (pass->pass, parameters, n, x, times, labels);
}

void
pisd_diffuser_pass_backward (PisdDiffuserPass *pass,
                             const double *parameters,
                             const double *weights,
                             double *gradient)
{
  pass->ops->backward (pass->pass, parameters, weights, gradient);
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
  const guint d = shape->dimension, n_out = pisd_diffuser_shape_get_n_out (shape);
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
