#include "pisd-network-pass-private.h"

#include "pisd-convolution-private.h"

static float *
allocate (PisdNetworkPass *self, gsize n)
{
  float *array = pisd_convolution_allocate (n);

  g_ptr_array_add (self->arrays, array);
  return array;
}

static float *
allocate_dense (PisdNetworkPass *self, const PisdGrid *grid)
{
  return allocate (self, pisd_grid_get_n (grid));
}

static float *
allocate_padded (PisdNetworkPass *self, const PisdGrid *grid)
{
  return allocate (self, pisd_grid_get_n_padded (grid));
}

static gsize
find_offset (const PisdNetworkPass *self, guint index)
{
  PisdNetworkTensor tensor;

  pisd_network_get_tensor (&self->shape, index, &tensor);
  return tensor.offset;
}

static void
layer_init (PisdNetworkPass *self, PisdNetworkLayer *layer, guint index, guint side)
{
  PisdNetworkTensor tensor;

  pisd_network_get_tensor (&self->shape, index, &tensor);
  layer->offset = tensor.offset;
  layer->n_out = tensor.dims[0];
  layer->n_in = tensor.dims[1];
  layer->forward =
      pisd_convolution_new (self->convolver, self->batch, side, layer->n_in, layer->n_out);
  layer->transposed =
      pisd_convolution_new (self->convolver, self->batch, side, layer->n_out, layer->n_in);
}

static void
layer_clear (PisdNetworkLayer *layer)
{
  pisd_convolution_free (layer->forward);
  pisd_convolution_free (layer->transposed);
}

static void
grid_init (PisdNetworkPass *self, PisdGrid *grid, guint n_channels, guint side)
{
  pisd_grid_init (grid, self->batch, n_channels,
                  pisd_convolver_get_block (self->convolver, n_channels), side);
}

static void
levels_init (PisdNetworkPass *self)
{
  self->levels = g_new0 (PisdNetworkLevel, self->shape.n_levels);
  for (guint i = 0; i < self->shape.n_levels; i++)
    {
      PisdNetworkLevel *level = &self->levels[i];

      grid_init (self, &level->grid, self->shape.width, self->shape.side >> i);
      level->padded = allocate_padded (self, &level->grid);
      level->dense = allocate_dense (self, &level->grid);
      level->carried = allocate_dense (self, &level->grid);
      level->across = allocate_dense (self, &level->grid);
    }
}

static float *
choose_in (PisdNetworkPass *self, guint index, const PisdGrid *grid)
{
  if (index == 0)
    return self->first;
  if (self->blocks[index - 1].level == self->blocks[index].level)
    return self->blocks[index - 1].out;
  return allocate_dense (self, grid);
}

static void
block_init (PisdNetworkPass *self, guint index)
{
  PisdNetworkBlock *block = &self->blocks[index];
  guint tensor = PISD_NETWORK_N_FRONT + PISD_NETWORK_N_BLOCK * index;
  gsize n = (gsize) self->batch * self->shape.width;
  const PisdGrid *grid;

  block->level = pisd_network_get_level (&self->shape, index);
  block->source = self->shape.n_blocks * (block->level + 1) - 1;
  grid = &self->levels[block->level].grid;
  block->modulation_weight = find_offset (self, tensor + PISD_NETWORK_MODULATION_WEIGHT);
  block->modulation_bias = find_offset (self, tensor + PISD_NETWORK_MODULATION_BIAS);
  block->bias_offset = find_offset (self, tensor + PISD_NETWORK_CONV2_BIAS);
  layer_init (self, &block->conv1, tensor + PISD_NETWORK_CONV1_WEIGHT, grid->side);
  layer_init (self, &block->conv2, tensor + PISD_NETWORK_CONV2_WEIGHT, grid->side);
  block->in = choose_in (self, index, grid);
  block->between = allocate_dense (self, grid);
  block->out = allocate_dense (self, grid);
  block->active1 = allocate_padded (self, grid);
  block->active2 = allocate_padded (self, grid);
  block->scale = allocate (self, n);
  block->shift = allocate (self, n);
  block->bias = allocate (self, n);
}

static void
blocks_init (PisdNetworkPass *self)
{
  self->n_blocks = pisd_network_count_blocks (&self->shape);
  self->blocks = g_new0 (PisdNetworkBlock, self->n_blocks);
  for (guint i = 0; i < self->n_blocks; i++)
    block_init (self, i);
}

/* What goes in and comes out, and what is between it and the blocks. */
static void
ends_init (PisdNetworkPass *self)
{
  const PisdNetworkShape *shape = &self->shape;
  guint back = pisd_network_get_n_tensors (shape) - PISD_NETWORK_N_BACK;

  grid_init (self, &self->in, shape->n_in, shape->side);
  grid_init (self, &self->out, shape->n_out, shape->side);
  self->in_dense = allocate_dense (self, &self->in);
  self->in_padded = allocate_padded (self, &self->in);
  self->in_tangent = allocate_padded (self, &self->in);
  self->out_dense = allocate_dense (self, &self->out);
  self->out_padded = allocate_padded (self, &self->out);
  self->first = allocate_dense (self, &self->levels[0].grid);
  self->last = allocate_padded (self, &self->levels[0].grid);
  layer_init (self, &self->stem, PISD_NETWORK_STEM_WEIGHT, shape->side);
  layer_init (self, &self->head, back + PISD_NETWORK_HEAD_WEIGHT, shape->side);
  self->stem_bias_offset = find_offset (self, PISD_NETWORK_STEM_BIAS);
  self->head_bias_offset = find_offset (self, back + PISD_NETWORK_HEAD_BIAS);
}

static void
numbers_init (PisdNetworkPass *self)
{
  const PisdNetworkShape *shape = &self->shape;
  gsize n = (gsize) self->batch * shape->width,
        most = MAX (shape->width, MAX (shape->n_in, shape->n_out));

  self->parameters = allocate (self, pisd_network_get_n_parameters (shape));
  self->turned = allocate (self, 9 * shape->width * most);
  self->ones = allocate (self, n);
  for (gsize i = 0; i < n; i++)
    self->ones[i] = 1.0f;
  self->zeros = allocate (self, n);
  self->stem_bias = allocate (self, n);
  self->modulation = allocate (self, 2 * n);
  self->gscale = allocate (self, n);
  self->gshift = allocate (self, n);
  self->ge = allocate (self, self->batch * PISD_NETWORK_EMBEDDING);
}

PisdNetworkPass *
pisd_network_pass_new (const PisdNetworkShape *shape, PisdBackend backend, guint batch)
{
  PisdNetworkPass *self;

  g_return_val_if_fail (pisd_network_shape_check (shape, "pass", NULL), NULL);
  g_return_val_if_fail (pisd_backend_is_available (backend) && batch > 0, NULL);

  self = g_new0 (PisdNetworkPass, 1);
  self->shape = *shape;
  self->batch = batch;
  self->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) g_aligned_free);
  self->convolver = pisd_convolver_new (backend);
  self->embedding = pisd_embedding_new (shape, batch);
  levels_init (self);
  ends_init (self);
  blocks_init (self);
  numbers_init (self);
  return self;
}

void
pisd_network_pass_free (PisdNetworkPass *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_blocks; i++)
    {
      layer_clear (&self->blocks[i].conv1);
      layer_clear (&self->blocks[i].conv2);
    }
  layer_clear (&self->stem);
  layer_clear (&self->head);
  pisd_embedding_free (self->embedding);
  pisd_convolver_free (self->convolver);
  g_ptr_array_unref (self->arrays);
  g_free (self->blocks);
  g_free (self->levels);
  g_free (self);
}
