/* Diffusers that are dense networks: a row of pisd-diffuser-private.h. */
#include "pisd-diffuser-private.h"

#include <math.h>
#include <string.h>

/* Times are taken to a thousand steps, whatever T is. */
#define TIME_SCALE 1000.0
#define LONGEST 10000.0
#define MOST_HIDDEN 8
#define STATE_BLOCK 128

typedef struct
{
  PisdDiffuserShape shape;
  PisdPerceptron *perceptron;
  double *embedding; /* [n_steps + 1, n_features] */
} Network;

typedef struct
{
  const Network *network;
  PisdPerceptronPass *pass;
  double *input, *output;
} Pass;

static guint
get_n_in (const PisdDiffuserShape *shape)
{
  return shape->dimension + shape->n_features + shape->n_labels;
}

static void
fill_embedding (Network *self, guint n_steps)
{
  const guint half = self->shape.n_features / 2;

  self->embedding = g_new (double, (gsize) (n_steps + 1) * self->shape.n_features);
  for (guint t = 0; t <= n_steps; t++)
    for (guint k = 0; k < half; k++)
      {
        const double phase = TIME_SCALE * t / n_steps * pow (LONGEST, -(double) k / half);
        double *row = self->embedding + (gsize) t * 2 * half;

        row[k] = sin (phase);
        row[half + k] = cos (phase);
      }
}

static gpointer
network_new (const PisdDiffuserShape *shape, const PisdProcess *process)
{
  guint widths[MOST_HIDDEN + 2];
  Network *self;

  g_return_val_if_fail (shape->n_hidden > 0 && shape->n_hidden <= MOST_HIDDEN, NULL);
  g_return_val_if_fail (shape->n_features % 2 == 0 && shape->dimension > 0, NULL);
  g_return_val_if_fail (shape->n_features <= PISD_DIFFUSER_MOST_FEATURES, NULL);

  self = g_new0 (Network, 1);
  self->shape = *shape;
  fill_embedding (self, process->n_steps);
  widths[0] = get_n_in (shape);
  for (guint l = 1; l <= shape->n_hidden; l++)
    widths[l] = shape->width;
  widths[shape->n_hidden + 1] = pisd_diffuser_shape_get_n_out (shape);
  self->perceptron = pisd_perceptron_new (shape->n_hidden + 1, widths, shape->activation);
  return self;
}

static void
network_free (gpointer data)
{
  Network *self = data;

  pisd_perceptron_free (self->perceptron);
  g_free (self->embedding);
  g_free (self);
}

static gsize
get_n_parameters (gconstpointer network)
{
  return pisd_perceptron_get_n_parameters (((const Network *) network)->perceptron);
}

/* Each weight is used once. */
static double
count_work (gconstpointer network)
{
  return (double) get_n_parameters (network);
}

static void
fill (gconstpointer network, guint64 seed, double *parameters)
{
  pisd_perceptron_fill (((const Network *) network)->perceptron, seed, parameters);
}

static void
embed (gconstpointer network, guint t, double *out)
{
  const Network *self = network;
  const guint n = self->shape.n_features;

  memcpy (out, self->embedding + (gsize) t * n, n * sizeof (double));
}

static gpointer
pass_new (gconstpointer network, gsize most)
{
  Pass *self = g_new0 (Pass, 1);

  self->network = network;
  self->pass = pisd_perceptron_pass_new (self->network->perceptron, most);
  self->input = g_new0 (double, most *get_n_in (&self->network->shape));
  self->output = g_new0 (double, most *pisd_diffuser_shape_get_n_out (&self->network->shape));
  return self;
}

static void
pass_free (gpointer data)
{
  Pass *self = data;

  pisd_perceptron_pass_free (self->pass);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

static void
fill_input (const Network *network, const double *x, guint t, guint label, double *input)
{
  const PisdDiffuserShape *shape = &network->shape;
  double *one_hot = input + shape->dimension + shape->n_features;

  memcpy (input, x, shape->dimension * sizeof (double));
  embed (network, t, input + shape->dimension);
  for (guint k = 0; k < shape->n_labels; k++)
    one_hot[k] = k == label ? 1.0 : 0.0;
}

static const double *
forward (gpointer pass,
         const double *parameters,
         gsize n,
         const double *x,
         const guint *times,
         const guint *labels)
{
  Pass *self = pass;
  const PisdDiffuserShape *shape = &self->network->shape;

  for (gsize i = 0; i < n; i++)
    fill_input (self->network, x + i * shape->dimension, times[i],
                labels != NULL ? labels[i] : PISD_NO_LABEL, self->input + i * get_n_in (shape));
  pisd_perceptron_pass_forward (self->pass, parameters, n, self->input, self->output);
  return self->output;
}

static void
backward (gpointer pass, const double *parameters, const double *weights, double *gradient)
{
  pisd_perceptron_pass_backward (((Pass *) pass)->pass, parameters, weights, gradient, NULL);
}

const PisdDiffuserOps pisd_diffuser_perceptron = {
  .name = "perceptron",
  .block = STATE_BLOCK,
  .network_new = network_new,
  .network_free = network_free,
  .get_n_parameters = get_n_parameters,
  .count_work = count_work,
  .fill = fill,
  .embed = embed,
  .pass_new = pass_new,
  .pass_free = pass_free,
  .forward = forward,
  .backward = backward,
};
