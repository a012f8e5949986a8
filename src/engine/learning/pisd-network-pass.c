#include "pisd-network-pass-private.h"

#include <string.h>

#define N_TAPS 9

/* One number a channel, for every field of the batch. */
static void
repeat (const PisdNetworkPass *self, const float *once, float *all)
{
  for (guint b = 0; b < self->batch; b++)
    memcpy (all + (gsize) b * self->shape.width, once, self->shape.width * sizeof (float));
}

/* Weights of the transpose: inputs and outputs exchanged, taps turned round. */
static void
turn (const PisdNetworkLayer *layer, const float *weights, float *turned)
{
  for (guint o = 0; o < layer->n_out; o++)
    for (guint i = 0; i < layer->n_in; i++)
      for (guint tap = 0; tap < N_TAPS; tap++)
        turned[((gsize) i * layer->n_out + o) * N_TAPS + N_TAPS - 1 - tap] =
            weights[((gsize) o * layer->n_in + i) * N_TAPS + tap];
}

static void
load_layer (PisdNetworkPass *self, const PisdNetworkLayer *layer)
{
  const float *weights = self->parameters + layer->offset;

  pisd_convolution_load (layer->forward, weights);
  turn (layer, weights, self->turned);
  pisd_convolution_load (layer->transposed, self->turned);
}

void
pisd_network_pass_load (PisdNetworkPass *self, const float *parameters)
{
  pisd_convolver_enter (self->convolver);
  memcpy (self->parameters, parameters,
          pisd_network_get_n_parameters (&self->shape) * sizeof (float));
  load_layer (self, &self->stem);
  load_layer (self, &self->head);
  repeat (self, parameters + self->stem_bias_offset, self->stem_bias);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      load_layer (self, &self->blocks[i].conv1);
      load_layer (self, &self->blocks[i].conv2);
      repeat (self, parameters + self->blocks[i].bias_offset, self->blocks[i].bias);
    }
}

/* What lies beyond the edges of what a convolution is given. */
static void
close_edges (const PisdNetworkPass *self, const PisdGrid *grid, float *padded)
{
  if (self->shape.is_periodic)
    pisd_grid_wrap (grid, padded);
}

static void
pad (const PisdNetworkPass *self, const PisdGrid *grid, const float *dense, float *padded)
{
  pisd_grid_pad (grid, dense, padded);
  close_edges (self, grid, padded);
}

static void
activate (const PisdNetworkPass *self,
          const PisdGrid *grid,
          const float *x,
          const float *scale,
          const float *shift,
          float *padded)
{
  pisd_grid_activate (grid, x, scale, shift, padded);
  close_edges (self, grid, padded);
}

/* Scale and shift of a block: 1 + the first half of its modulation, and the second half. */
static void
modulate (PisdNetworkPass *self, PisdNetworkBlock *block)
{
  guint width = self->shape.width;

  pisd_embedding_apply (self->batch, PISD_NETWORK_EMBEDDING, 2 * width,
                        self->parameters + block->modulation_weight,
                        self->parameters + block->modulation_bias, self->e, self->modulation);
  for (guint b = 0; b < self->batch; b++)
    for (guint c = 0; c < width; c++)
      {
        block->scale[b * width + c] = 1.0f + self->modulation[2 * b * width + c];
        block->shift[b * width + c] = self->modulation[(2 * b + 1) * width + c];
      }
}

/* What a block is given where it lies on another level than the one before. */
static void
change_level (PisdNetworkPass *self, guint index)
{
  const PisdNetworkBlock *block = &self->blocks[index], *before = &self->blocks[index - 1];

  if (block->level > before->level)
    pisd_grid_gather (&self->levels[block->level].grid, 0.25f, before->out, block->in);
  else if (block->level < before->level)
    {
      memcpy (block->in, self->blocks[block->source].out,
              pisd_grid_get_n (&self->levels[block->level].grid) * sizeof (float));
      pisd_grid_spread (&self->levels[before->level].grid, 1.0f, before->out, block->in);
    }
}

static void
forward_block (PisdNetworkPass *self, guint index)
{
  PisdNetworkBlock *block = &self->blocks[index];
  const PisdGrid *grid = &self->levels[block->level].grid;

  modulate (self, block);
  if (index > 0)
    change_level (self, index);
  activate (self, grid, block->in, self->ones, self->zeros, block->active1);
  pisd_convolution_apply (block->conv1.forward, block->active1, block->between);
  activate (self, grid, block->between, block->scale, block->shift, block->active2);
  pisd_convolution_apply (block->conv2.forward, block->active2, block->out);
  pisd_grid_add (grid, block->in, block->bias, block->out);
}

/* Output of the last block. */
static const float *
get_end (const PisdNetworkPass *self)
{
  return self->blocks[self->n_blocks - 1].out;
}

void
pisd_network_pass_forward (PisdNetworkPass *self,
                           const float *x,
                           const float *sigma,
                           const guint *label,
                           float *y)
{
  const PisdGrid *grid = &self->levels[0].grid;

  for (guint b = 0; b < self->batch; b++)
    g_return_if_fail (sigma[b] > 0.0f && label[b] <= self->shape.n_labels);

  pisd_convolver_enter (self->convolver);
  self->e = pisd_embedding_forward (self->embedding, self->parameters, sigma, label);
  pisd_grid_pack (&self->in, x, self->in_dense);
  pad (self, &self->in, self->in_dense, self->in_padded);
  pisd_convolution_apply (self->stem.forward, self->in_padded, self->first);
  pisd_grid_add_bias (grid, self->stem_bias, self->first);
  for (guint i = 0; i < self->n_blocks; i++)
    forward_block (self, i);
  activate (self, grid, get_end (self), self->ones, self->zeros, self->last);
  pisd_convolution_apply (self->head.forward, self->last, self->out_dense);
  pisd_grid_unpack (&self->out, self->out_dense, self->parameters + self->head_bias_offset, y);
}

/* The tangent of a change of level; what goes across is kept on the way down. */
static void
change_level_jvp (PisdNetworkPass *self, guint index)
{
  PisdNetworkLevel *to = &self->levels[self->blocks[index].level],
                   *from = &self->levels[self->blocks[index - 1].level];

  if (to > from)
    {
      memcpy (from->across, from->carried, pisd_grid_get_n (&from->grid) * sizeof (float));
      pisd_grid_gather (&to->grid, 0.25f, from->carried, to->carried);
    }
  else if (to < from)
    {
      memcpy (to->carried, to->across, pisd_grid_get_n (&to->grid) * sizeof (float));
      pisd_grid_spread (&from->grid, 1.0f, from->carried, to->carried);
    }
}

static void
jvp_block (PisdNetworkPass *self, guint index)
{
  const PisdNetworkBlock *block = &self->blocks[index];
  PisdNetworkLevel *level = &self->levels[block->level];
  const PisdGrid *grid = &level->grid;

  if (index > 0)
    change_level_jvp (self, index);
  pisd_grid_activate_jvp (grid, block->in, self->ones, self->zeros, level->carried, level->padded);
  close_edges (self, grid, level->padded);
  pisd_convolution_apply (block->conv1.forward, level->padded, level->dense);
  pisd_grid_activate_jvp (grid, block->between, block->scale, block->shift, level->dense,
                          level->padded);
  close_edges (self, grid, level->padded);
  pisd_convolution_apply (block->conv2.forward, level->padded, level->dense);
  pisd_grid_add (grid, level->dense, self->zeros, level->carried);
}

void
pisd_network_pass_jvp (PisdNetworkPass *self, const float *dx, float *dy)
{
  PisdNetworkLevel *top = &self->levels[0];

  pisd_convolver_enter (self->convolver);
  pisd_grid_pack (&self->in, dx, self->in_dense);
  pad (self, &self->in, self->in_dense, self->in_tangent);
  pisd_convolution_apply (self->stem.forward, self->in_tangent, top->carried);
  for (guint i = 0; i < self->n_blocks; i++)
    jvp_block (self, i);
  pisd_grid_activate_jvp (&top->grid, get_end (self), self->ones, self->zeros, top->carried,
                          top->padded);
  close_edges (self, &top->grid, top->padded);
  pisd_convolution_apply (self->head.forward, top->padded, self->out_dense);
  pisd_grid_unpack (&self->out, self->out_dense, NULL, dy);
}

/* The transpose of a change of level: `carried` from the block's level to the one of the block
 * before; what went across is kept on the way up, and added on the way down. */
static void
change_level_vjp (PisdNetworkPass *self, guint index)
{
  PisdNetworkLevel *to = &self->levels[self->blocks[index - 1].level],
                   *from = &self->levels[self->blocks[index].level];

  if (to > from)
    {
      memcpy (from->across, from->carried, pisd_grid_get_n (&from->grid) * sizeof (float));
      pisd_grid_gather (&to->grid, 1.0f, from->carried, to->carried);
    }
  else if (to < from)
    {
      memcpy (to->carried, to->across, pisd_grid_get_n (&to->grid) * sizeof (float));
      pisd_grid_spread (&from->grid, 0.25f, from->carried, to->carried);
    }
}

/* v becomes the derivative of what the convolution was given; that of its weights is added. */
static void
transpose_layer (PisdNetworkPass *self,
                 const PisdNetworkLayer *layer,
                 const PisdGrid *grid,
                 const float *given,
                 const float *v,
                 float *padded,
                 float *result,
                 float *gparameters)
{
  if (gparameters != NULL)
    pisd_convolution_add_gradient (layer->forward, given, v, gparameters + layer->offset);
  pad (self, grid, v, padded);
  pisd_convolution_apply (layer->transposed, padded, result);
}

/* The derivatives of scale and shift go on to the modulation and to the embedding. */
static void
modulate_backward (PisdNetworkPass *self, const PisdNetworkBlock *block, float *gparameters)
{
  guint width = self->shape.width;
  gsize n = width * sizeof (float);

  for (guint b = 0; b < self->batch; b++)
    {
      memcpy (self->modulation + 2 * b * width, self->gscale + b * width, n);
      memcpy (self->modulation + (2 * b + 1) * width, self->gshift + b * width, n);
    }
  pisd_embedding_apply_backward (self->batch, PISD_NETWORK_EMBEDDING, 2 * width,
                                 self->parameters + block->modulation_weight, self->e,
                                 self->modulation, gparameters + block->modulation_weight,
                                 gparameters + block->modulation_bias, self->ge);
}

static void
transpose_block (PisdNetworkPass *self, guint index, float *gparameters)
{
  const PisdNetworkBlock *block = &self->blocks[index];
  PisdNetworkLevel *level = &self->levels[block->level];
  const PisdGrid *grid = &level->grid;
  gboolean learns = gparameters != NULL;

  if (learns)
    pisd_grid_add_sums (grid, level->carried, gparameters + block->bias_offset);
  transpose_layer (self, &block->conv2, grid, block->active2, level->carried, level->padded,
                   level->dense, gparameters);
  pisd_grid_activate_vjp (grid, block->between, block->scale, block->shift, level->dense,
                          learns ? self->gscale : NULL, learns ? self->gshift : NULL);
  if (learns)
    modulate_backward (self, block, gparameters);
  transpose_layer (self, &block->conv1, grid, block->active1, level->dense, level->padded,
                   level->dense, gparameters);
  pisd_grid_activate_vjp (grid, block->in, self->ones, self->zeros, level->dense, NULL, NULL);
  pisd_grid_add (grid, level->dense, self->zeros, level->carried);
  if (index > 0)
    change_level_vjp (self, index);
}

/* gbias += sums of v over nodes and batch; v: [batch, n_out, nodes]. */
static void
add_head_bias (const PisdNetworkPass *self, const float *v, float *gbias)
{
  gsize n_nodes = (gsize) self->shape.side * self->shape.side;

  for (guint b = 0; b < self->batch; b++)
    for (guint c = 0; c < self->shape.n_out; c++, v += n_nodes)
      for (gsize i = 0; i < n_nodes; i++)
        gbias[c] += v[i];
}

static void
transpose_head (PisdNetworkPass *self, const float *v, float *gparameters)
{
  PisdNetworkLevel *top = &self->levels[0];

  if (gparameters != NULL)
    add_head_bias (self, v, gparameters + self->head_bias_offset);
  pisd_grid_pack (&self->out, v, self->out_dense);
  transpose_layer (self, &self->head, &self->out, self->last, self->out_dense, self->out_padded,
                   top->carried, gparameters);
  pisd_grid_activate_vjp (&top->grid, get_end (self), self->ones, self->zeros, top->carried, NULL,
                          NULL);
}

static void
transpose_stem (PisdNetworkPass *self, float *gx, float *gparameters)
{
  PisdNetworkLevel *top = &self->levels[0];

  if (gparameters != NULL)
    pisd_grid_add_sums (&top->grid, top->carried, gparameters + self->stem_bias_offset);
  if (gx == NULL)
    {
      pisd_convolution_add_gradient (self->stem.forward, self->in_padded, top->carried,
                                     gparameters + self->stem.offset);
      return;
    }
  transpose_layer (self, &self->stem, &top->grid, self->in_padded, top->carried, top->padded,
                   self->in_dense, gparameters);
  pisd_grid_unpack (&self->in, self->in_dense, NULL, gx);
}

void
pisd_network_pass_vjp (PisdNetworkPass *self, const float *v, float *gx)
{
  pisd_convolver_enter (self->convolver);
  transpose_head (self, v, NULL);
  for (guint i = self->n_blocks; i-- > 0;)
    transpose_block (self, i, NULL);
  transpose_stem (self, gx, NULL);
}

void
pisd_network_pass_backward (PisdNetworkPass *self, const float *v, float *gx, float *gparameters)
{
  g_return_if_fail (gparameters != NULL);

  pisd_convolver_enter (self->convolver);
  memset (self->ge, 0, self->batch * PISD_NETWORK_EMBEDDING * sizeof (float));
  transpose_head (self, v, gparameters);
  for (guint i = self->n_blocks; i-- > 0;)
    transpose_block (self, i, gparameters);
  transpose_stem (self, gx, gparameters);
  pisd_embedding_backward (self->embedding, self->parameters, self->ge, gparameters);
}
