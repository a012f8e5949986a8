#include "pisd-perceptron.h"

#include <math.h>

#include "pisd-memory.h"
#include "pisd-perceptron-kernels.h"
#include "pisd-rng.h"

struct _PisdPerceptron
{
  guint n_layers;
  guint *widths;  /* [n_layers + 1] */
  gsize *offsets; /* [n_layers + 1] of the layers among the parameters */
  gsize *units;   /* [n_layers + 1] units of all layers before: where a layer's rows begin */
  const PisdActivationTraits *activation;
};

/* Points are taken by tiles: of each, the rows of all layers lie one below the other. */
struct _PisdPerceptronPass
{
  const PisdPerceptron *perceptron;
  gsize most, n;          /* points */
  double *values;         /* [tiles, units, block]: input, then f of each layer, then the output */
  double *slopes;         /* [tiles, units, block]: f' of hidden layers */
  double *derivatives[2]; /* [widest, block] */
};

gsize
pisd_perceptron_count_parameters (guint n_layers, const guint *widths)
{
  gsize n = 0;

  for (guint l = 0; l < n_layers; l++)
    n += (gsize) widths[l + 1] * (widths[l] + 1);
  return n;
}

PisdPerceptron *
pisd_perceptron_new (guint n_layers, const guint *widths, PisdActivation activation)
{
  PisdPerceptron *self;

  g_return_val_if_fail (n_layers > 0, NULL);

  self = g_new0 (PisdPerceptron, 1);
  self->n_layers = n_layers;
  self->widths = g_memdup2 (widths, (n_layers + 1) * sizeof (guint));
  self->offsets = g_new0 (gsize, n_layers + 1);
  self->units = g_new0 (gsize, n_layers + 2);
  self->activation = pisd_activation_get_traits (activation);
  for (guint l = 1; l <= n_layers; l++)
    self->offsets[l] = pisd_perceptron_count_parameters (l, widths);
  for (guint l = 0; l <= n_layers; l++)
    self->units[l + 1] = self->units[l] + widths[l];
  return self;
}

void
pisd_perceptron_free (PisdPerceptron *self)
{
  if (self == NULL)
    return;
  g_free (self->widths);
  g_free (self->offsets);
  g_free (self->units);
  g_free (self);
}

gsize
pisd_perceptron_get_n_parameters (const PisdPerceptron *self)
{
  return self->offsets[self->n_layers];
}

gsize
pisd_perceptron_get_offset (const PisdPerceptron *self, guint layer)
{
  return self->offsets[layer];
}

void
pisd_perceptron_fill (const PisdPerceptron *self, guint64 seed, double *parameters)
{
  for (guint l = 0; l < self->n_layers; l++)
    {
      double *weight = parameters + self->offsets[l];
      gsize n_weights = (gsize) self->widths[l] * self->widths[l + 1];
      double limit = sqrt (6.0 / (self->widths[l] + self->widths[l + 1]));

      for (gsize i = 0; i < n_weights; i++)
        weight[i] = limit * (2.0 * pisd_rng_uniform (seed, PISD_STREAM_WEIGHTS, l, i) - 1.0);
      for (guint o = 0; o < self->widths[l + 1]; o++)
        weight[n_weights + o] = 0.0;
    }
}

static gsize
count_tiles (gsize n)
{
  return (n + PISD_TILE_BLOCK - 1) / PISD_TILE_BLOCK;
}

PisdPerceptronPass *
pisd_perceptron_pass_new (const PisdPerceptron *perceptron, gsize most)
{
  PisdPerceptronPass *self = g_new0 (PisdPerceptronPass, 1);
  gsize tile = perceptron->units[perceptron->n_layers + 1] * PISD_TILE_BLOCK;
  guint widest = 0;

  for (guint l = 0; l <= perceptron->n_layers; l++)
    widest = MAX (widest, perceptron->widths[l]);
  self->perceptron = perceptron;
  self->most = most;
  self->values = pisd_memory_new0 (count_tiles (most) * tile);
  self->slopes = pisd_memory_new0 (count_tiles (most) * tile);
  for (guint i = 0; i < 2; i++)
    self->derivatives[i] = pisd_memory_new0 ((gsize) widest * PISD_TILE_BLOCK);
  return self;
}

void
pisd_perceptron_pass_free (PisdPerceptronPass *self)
{
  if (self == NULL)
    return;
  pisd_memory_free (self->values);
  pisd_memory_free (self->slopes);
  for (guint i = 0; i < 2; i++)
    pisd_memory_free (self->derivatives[i]);
  g_free (self);
}

/* Rows of points as rows of units; points up to a multiple of the lanes are zero. */
static gsize
to_tile (gsize n, guint width, const double *rows, double *tile)
{
  gsize padded = (n + PISD_TILE_LANES - 1) / PISD_TILE_LANES * PISD_TILE_LANES;

  for (guint o = 0; o < width; o++)
    {
      for (gsize i = 0; i < n; i++)
        tile[o * PISD_TILE_BLOCK + i] = rows[i * width + o];
      for (gsize i = n; i < padded; i++)
        tile[o * PISD_TILE_BLOCK + i] = 0.0;
    }
  return padded;
}

static void
from_tile (gsize n, guint width, const double *tile, double *rows)
{
  for (guint o = 0; o < width; o++)
    for (gsize i = 0; i < n; i++)
      rows[i * width + o] = tile[o * PISD_TILE_BLOCK + i];
}

/* values: those of the tile, with its input; n: padded. */
static void
forward_tile (const PisdPerceptron *p,
              const double *parameters,
              gsize n,
              double *values,
              double *slopes)
{
  for (guint l = 0; l < p->n_layers; l++)
    {
      const double *weight = parameters + p->offsets[l];
      guint n_in = p->widths[l], n_out = p->widths[l + 1];
      double *y = values + p->units[l + 1] * PISD_TILE_BLOCK;
      double *slope = slopes + p->units[l + 1] * PISD_TILE_BLOCK;

      pisd_perceptron_kernel_sum (n, n_out, n_in, weight, n_in, 1, weight + (gsize) n_out * n_in,
                                  values + p->units[l] * PISD_TILE_BLOCK, y);
      for (guint o = 0; o < n_out && l + 1 < p->n_layers; o++)
        p->activation->apply (n, y + o * PISD_TILE_BLOCK, y + o * PISD_TILE_BLOCK,
                              slope + o * PISD_TILE_BLOCK);
    }
}

void
pisd_perceptron_pass_forward (PisdPerceptronPass *self,
                              const double *parameters,
                              gsize n,
                              const double *input,
                              double *output)
{
  const PisdPerceptron *p = self->perceptron;
  gsize tile = p->units[p->n_layers + 1] * PISD_TILE_BLOCK;
  guint n_in = p->widths[0], n_out = p->widths[p->n_layers];

  g_return_if_fail (n <= self->most);

  self->n = n;
  for (gsize first = 0, t = 0; first < n; first += PISD_TILE_BLOCK, t++)
    {
      double *values = self->values + t * tile;
      gsize part = MIN (n - first, PISD_TILE_BLOCK);
      gsize padded = to_tile (part, n_in, input + first * n_in, values);

      forward_tile (p, parameters, padded, values, self->slopes + t * tile);
      from_tile (part, n_out, values + p->units[p->n_layers] * PISD_TILE_BLOCK,
                 output + first * n_out);
    }
}

/* d of the output, in derivatives[0]; returns that of the input where it is wanted.  n: padded. */
static const double *
backward_tile (PisdPerceptronPass *self,
               const double *parameters,
               gsize n,
               gsize t,
               double *gradient,
               gboolean to_input)
{
  const PisdPerceptron *p = self->perceptron;
  gsize tile = t * p->units[p->n_layers + 1] * PISD_TILE_BLOCK;
  double *d = self->derivatives[0], *below = self->derivatives[1];

  for (guint l = p->n_layers; l-- > 0;)
    {
      guint n_in = p->widths[l], n_out = p->widths[l + 1];
      gsize rows = tile + p->units[l] * PISD_TILE_BLOCK;
      double *swap = d;

      if (gradient != NULL)
        pisd_perceptron_kernel_correlate (n, n_out, n_in, d, self->values + rows,
                                          gradient + p->offsets[l],
                                          gradient + p->offsets[l] + (gsize) n_out * n_in);
      if (l == 0 && !to_input)
        return NULL;
      pisd_perceptron_kernel_sum (n, n_in, n_out, parameters + p->offsets[l], 1, n_in, NULL, d,
                                  below);
      if (l > 0)
        pisd_perceptron_kernel_scale (n, n_in, self->slopes + rows, below);
      d = below;
      below = swap;
    }
  return d;
}

void
pisd_perceptron_pass_backward (PisdPerceptronPass *self,
                               const double *parameters,
                               const double *weights,
                               double *gradient,
                               double *input_gradient)
{
  const PisdPerceptron *p = self->perceptron;
  guint n_in = p->widths[0], n_out = p->widths[p->n_layers];

  for (gsize first = 0, t = 0; first < self->n; first += PISD_TILE_BLOCK, t++)
    {
      gsize part = MIN (self->n - first, PISD_TILE_BLOCK);
      gsize padded = to_tile (part, n_out, weights + first * n_out, self->derivatives[0]);
      const double *d =
          backward_tile (self, parameters, padded, t, gradient, input_gradient != NULL);

      if (input_gradient != NULL)
        from_tile (part, n_in, d, input_gradient + first * n_in);
    }
}
