/* Diffusers that are convolutional networks: a row of pisd-diffuser-private.h. */
#include "pisd-diffuser-private.h"

#include <math.h>
#include <string.h>

#include "pisd-embedding.h"
#include "pisd-network.h"

/* The side of the coarsest grid is less than twice this one. */
#define LEAST_SIDE 4
/* States that go through the network at once; the last ones of them are empty where there are
 * fewer, so that the bits of a state do not depend on how many there are. */
#define STATE_BLOCK 16

typedef struct
{
  PisdNetworkShape shape;
  float *sigma; /* [n_steps + 1]; at time 0, of which nothing is asked, that of time 1 */
} Network;

typedef struct
{
  const Network *network;
  PisdNetworkPass *pass;
  gsize n_parameters, n;        /* states of the last forward pass */
  float *parameters, *gradient; /* [n_parameters] */
  float *x, *y;                 /* [STATE_BLOCK, pixels], [STATE_BLOCK, n_out, pixels] */
  float sigma[STATE_BLOCK];
  guint labels[STATE_BLOCK];
  double *output; /* [most, n_out, pixels] */
} Pass;

static gsize
count_pixels (const Network *network)
{
  return (gsize) network->shape.side * network->shape.side;
}

static gpointer
network_new (const PisdDiffuserShape *shape, const PisdProcess *process)
{
  guint n_levels = 1;
  Network *self;

  g_return_val_if_fail (shape->dimension == shape->side * shape->side, NULL);
  g_return_val_if_fail (shape->n_features == PISD_NETWORK_FEATURES, NULL);

  for (guint side = shape->side; side % 2 == 0 && side / 2 >= LEAST_SIDE; side /= 2)
    n_levels++;
  self = g_new0 (Network, 1);
  self->shape = (PisdNetworkShape){ .side = shape->side,
                                    .n_in = 1,
                                    .n_out = shape->learns_variance ? 2 : 1,
                                    .width = shape->width,
                                    .n_blocks = shape->n_hidden,
                                    .n_levels = n_levels,
                                    .n_labels = shape->n_labels };
  self->sigma = g_new (float, process->n_steps + 1);
  for (guint t = 1; t <= process->n_steps; t++)
    self->sigma[t] = (float) sqrt (process->rest[t] / process->abar[t]);
  self->sigma[0] = self->sigma[1];
  return self;
}

static void
network_free (gpointer data)
{
  Network *self = data;

  g_free (self->sigma);
  g_free (self);
}

static gsize
get_n_parameters (gconstpointer network)
{
  return pisd_network_get_n_parameters (&((const Network *) network)->shape);
}

static double
count_work (gconstpointer network)
{
  return pisd_network_count_work (&((const Network *) network)->shape);
}

static void
widen (gsize n, const float *from, double *to)
{
  for (gsize i = 0; i < n; i++)
    to[i] = from[i];
}

static void
narrow (gsize n, const double *from, float *to)
{
  for (gsize i = 0; i < n; i++)
    to[i] = (float) from[i];
}

static void
fill (gconstpointer network, guint64 seed, double *parameters)
{
  const gsize n = get_n_parameters (network);
  g_autofree float *values = g_new (float, n);

  pisd_network_initialise (&((const Network *) network)->shape, seed, values);
  widen (n, values, parameters);
}

static void
embed (gconstpointer network, guint t, double *out)
{
  const guint half = PISD_NETWORK_FEATURES / 2;
  float features[PISD_NETWORK_FEATURES];

  pisd_embedding_fill_features (1, ((const Network *) network)->sigma + t, features);
  widen (half, features + half, out);
  widen (half, features, out + half);
}

static gpointer
pass_new (gconstpointer network, gsize most)
{
  Pass *self = g_new0 (Pass, 1);
  const PisdNetworkShape *shape = &((const Network *) network)->shape;
  const gsize n_pixels = count_pixels (network);

  self->network = network;
  self->pass = pisd_network_pass_new (shape, pisd_backend_get_default (), STATE_BLOCK);
  self->n_parameters = get_n_parameters (network);
  self->parameters = g_new (float, self->n_parameters);
  self->gradient = g_new (float, self->n_parameters);
  self->x = g_new0 (float, STATE_BLOCK *n_pixels);
  self->y = g_new0 (float, STATE_BLOCK *n_pixels * shape->n_out);
  self->output = g_new (double, most *n_pixels * shape->n_out);
  return self;
}

static void
pass_free (gpointer data)
{
  Pass *self = data;

  pisd_network_pass_free (self->pass);
  g_free (self->parameters);
  g_free (self->gradient);
  g_free (self->x);
  g_free (self->y);
  g_free (self->output);
  g_free (self);
}

/* n states; in the others' place there are zeros. */
static void
forward_block (Pass *self,
               gsize n,
               const double *x,
               const guint *times,
               const guint *labels,
               double *output)
{
  const PisdNetworkShape *shape = &self->network->shape;
  const gsize n_pixels = count_pixels (self->network);

  narrow (n * n_pixels, x, self->x);
  memset (self->x + n * n_pixels, 0, (STATE_BLOCK - n) * n_pixels * sizeof (float));
  for (gsize i = 0; i < STATE_BLOCK; i++)
    {
      self->sigma[i] = self->network->sigma[i < n ? times[i] : 1];
      self->labels[i] = shape->n_labels;
      if (i < n && labels != NULL && labels[i] < shape->n_labels)
        self->labels[i] = labels[i];
    }
  pisd_network_pass_forward (self->pass, self->x, self->sigma, self->labels, self->y);
  widen (n * n_pixels * shape->n_out, self->y, output);
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
  const gsize n_pixels = count_pixels (self->network);

  narrow (self->n_parameters, parameters, self->parameters);
  pisd_network_pass_load (self->pass, self->parameters);
  for (gsize i = 0; i < n; i += STATE_BLOCK)
    forward_block (self, MIN (STATE_BLOCK, n - i), x + i * n_pixels, times + i,
                   labels != NULL ? labels + i : NULL,
                   self->output + i * n_pixels * self->network->shape.n_out);
  self->n = n;
  return self->output;
}

static void
backward (gpointer pass, const double *parameters, const double *weights, double *gradient)
{
  Pass *self = pass;
  const gsize n_values = count_pixels (self->network) * self->network->shape.n_out;

  g_return_if_fail (self->n <= STATE_BLOCK);

  narrow (self->n * n_values, weights, self->y);
  memset (self->y + self->n * n_values, 0, (STATE_BLOCK - self->n) * n_values * sizeof (float));
  memset (self->gradient, 0, self->n_parameters * sizeof (float));
  pisd_network_pass_backward (self->pass, self->y, NULL, self->gradient);
  for (gsize k = 0; k < self->n_parameters; k++)
    gradient[k] += self->gradient[k];
}

const PisdDiffuserOps pisd_diffuser_convolution = {
  .name = "convolution",
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
