#include "pisd-network-private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-rng.h"

/* Larger ones would be mistakes, and their sizes would not fit. */
#define MOST_SIDE 1024
#define MOST_CHANNELS 1024
#define MOST_BLOCKS 64
#define MOST_LEVELS 6

/* A tensor of a table: the dimensions are of the shape, or numbers. */
typedef struct
{
  const char *name;
  guint rank;
  guint dims[PISD_NETWORK_MOST_RANK];
} Row;

gboolean
pisd_network_shape_equal (const PisdNetworkShape *a, const PisdNetworkShape *b)
{
  return a->side == b->side && a->n_in == b->n_in && a->n_out == b->n_out && a->width == b->width
         && a->n_blocks == b->n_blocks && a->n_levels == b->n_levels && a->n_labels == b->n_labels
         && a->is_periodic == b->is_periodic;
}

gboolean
pisd_network_shape_check (const PisdNetworkShape *shape, const char *where, GError **error)
{
  const struct
  {
    const char *name;
    guint value, least, most;
  } limits[] = {
    { "side", shape->side, 2, MOST_SIDE },
    { "n_in", shape->n_in, 1, MOST_CHANNELS },
    { "n_out", shape->n_out, 1, MOST_CHANNELS },
    { "width", shape->width, PISD_NETWORK_WIDTH_STEP, MOST_CHANNELS },
    { "n_blocks", shape->n_blocks, 1, MOST_BLOCKS },
    { "n_levels", shape->n_levels, 1, MOST_LEVELS },
    { "n_labels", shape->n_labels, 0, MOST_CHANNELS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i].value < limits[i].least || limits[i].value > limits[i].most)
      return pisd_error_fail (error, PISD_ERROR_RANGE,
                              "%s: a network's %s is %u, expected %u to %u", where, limits[i].name,
                              limits[i].value, limits[i].least, limits[i].most);
  if (shape->width % PISD_NETWORK_WIDTH_STEP != 0)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "%s: a network's width is %u, expected a multiple of %u", where,
                            shape->width, PISD_NETWORK_WIDTH_STEP);
  if (shape->side % (1u << (shape->n_levels - 1)) != 0 || shape->side >> (shape->n_levels - 1) < 2)
    return pisd_error_fail (
        error, PISD_ERROR_RANGE,
        "%s: a network's side is %u, with %u levels expected a multiple of %u and 2 at least on "
        "the last one",
        where, shape->side, shape->n_levels, 1u << (shape->n_levels - 1));
  return TRUE;
}

guint
pisd_network_count_blocks (const PisdNetworkShape *shape)
{
  return shape->n_blocks * (2 * shape->n_levels - 1);
}

/* Down to the coarsest level and up again, n_blocks on each stage. */
guint
pisd_network_get_level (const PisdNetworkShape *shape, guint block)
{
  guint stage = block / shape->n_blocks, last = shape->n_levels - 1;

  return stage <= last ? stage : 2 * last - stage;
}

guint
pisd_network_get_n_tensors (const PisdNetworkShape *shape)
{
  return PISD_NETWORK_N_FRONT + PISD_NETWORK_N_BLOCK * pisd_network_count_blocks (shape)
         + PISD_NETWORK_N_BACK;
}

static void
describe_front (const PisdNetworkShape *s, guint index, PisdNetworkTensor *tensor)
{
  const guint e = PISD_NETWORK_EMBEDDING;
  const Row rows[PISD_NETWORK_N_FRONT] = {
    [PISD_NETWORK_FEATURE_WEIGHT] = { "embedding.0.weight", 2, { e, PISD_NETWORK_FEATURES } },
    [PISD_NETWORK_FEATURE_BIAS] = { "embedding.0.bias", 1, { e } },
    [PISD_NETWORK_LABEL_WEIGHT] = { "label.weight", 2, { s->n_labels + 1, e } },
    [PISD_NETWORK_EMBEDDING_WEIGHT] = { "embedding.1.weight", 2, { e, e } },
    [PISD_NETWORK_EMBEDDING_BIAS] = { "embedding.1.bias", 1, { e } },
    [PISD_NETWORK_STEM_WEIGHT] = { "stem.weight", 4, { s->width, s->n_in, 3, 3 } },
    [PISD_NETWORK_STEM_BIAS] = { "stem.bias", 1, { s->width } },
  };

  g_strlcpy (tensor->name, rows[index].name, sizeof tensor->name);
  tensor->rank = rows[index].rank;
  memcpy (tensor->dims, rows[index].dims, sizeof tensor->dims);
}

static void
describe_block (const PisdNetworkShape *s, guint block, guint index, PisdNetworkTensor *tensor)
{
  const guint w = s->width;
  const Row rows[PISD_NETWORK_N_BLOCK] = {
    [PISD_NETWORK_MODULATION_WEIGHT] = { "modulation.weight",
                                         2,
                                         { 2 * w, PISD_NETWORK_EMBEDDING } },
    [PISD_NETWORK_MODULATION_BIAS] = { "modulation.bias", 1, { 2 * w } },
    [PISD_NETWORK_CONV1_WEIGHT] = { "conv1.weight", 4, { w, w, 3, 3 } },
    [PISD_NETWORK_CONV2_WEIGHT] = { "conv2.weight", 4, { w, w, 3, 3 } },
    [PISD_NETWORK_CONV2_BIAS] = { "conv2.bias", 1, { w } },
  };

  g_snprintf (tensor->name, sizeof tensor->name, "block.%u.%s", block, rows[index].name);
  tensor->rank = rows[index].rank;
  memcpy (tensor->dims, rows[index].dims, sizeof tensor->dims);
}

static void
describe_back (const PisdNetworkShape *s, guint index, PisdNetworkTensor *tensor)
{
  const Row rows[PISD_NETWORK_N_BACK] = {
    [PISD_NETWORK_HEAD_WEIGHT] = { "head.weight", 4, { s->n_out, s->width, 3, 3 } },
    [PISD_NETWORK_HEAD_BIAS] = { "head.bias", 1, { s->n_out } },
  };

  g_strlcpy (tensor->name, rows[index].name, sizeof tensor->name);
  tensor->rank = rows[index].rank;
  memcpy (tensor->dims, rows[index].dims, sizeof tensor->dims);
}

/* All but the offset. */
static void
describe (const PisdNetworkShape *shape, guint index, PisdNetworkTensor *tensor)
{
  guint n_middle = PISD_NETWORK_N_BLOCK * pisd_network_count_blocks (shape);

  if (index < PISD_NETWORK_N_FRONT)
    describe_front (shape, index, tensor);
  else if (index < PISD_NETWORK_N_FRONT + n_middle)
    describe_block (shape, (index - PISD_NETWORK_N_FRONT) / PISD_NETWORK_N_BLOCK,
                    (index - PISD_NETWORK_N_FRONT) % PISD_NETWORK_N_BLOCK, tensor);
  else
    describe_back (shape, index - PISD_NETWORK_N_FRONT - n_middle, tensor);
  tensor->n = 1;
  for (guint i = 0; i < tensor->rank; i++)
    tensor->n *= tensor->dims[i];
}

void
pisd_network_get_tensor (const PisdNetworkShape *shape, guint index, PisdNetworkTensor *tensor)
{
  gsize offset = 0;

  g_return_if_fail (index < pisd_network_get_n_tensors (shape));

  for (guint i = 0; i < index; i++)
    {
      describe (shape, i, tensor);
      offset += tensor->n;
    }
  describe (shape, index, tensor);
  tensor->offset = offset;
}

gsize
pisd_network_get_n_parameters (const PisdNetworkShape *shape)
{
  PisdNetworkTensor last;

  pisd_network_get_tensor (shape, pisd_network_get_n_tensors (shape) - 1, &last);
  return last.offset + last.n;
}

/* Standard deviation of a tensor's first values.  Weights keep the variance of what they are given
 * (silu halves it, or so), a block's last one divides it by the number of blocks, biases and the
 * head are zero. */
static double
choose_sd (const PisdNetworkShape *shape, const PisdNetworkTensor *tensor)
{
  double n_in = tensor->n / tensor->dims[0];

  if (tensor->rank == 1 || g_str_has_prefix (tensor->name, "head"))
    return 0.0;
  if (g_str_has_prefix (tensor->name, "label"))
    return 1.0 / sqrt (PISD_NETWORK_EMBEDDING);
  if (g_str_has_suffix (tensor->name, "conv2.weight"))
    return sqrt (2.0 / (n_in * pisd_network_count_blocks (shape)));
  return sqrt ((tensor->rank == 4 ? 2.0 : 1.0) / n_in);
}

void
pisd_network_initialise (const PisdNetworkShape *shape, guint64 seed, float *parameters)
{
  for (guint i = 0; i < pisd_network_get_n_tensors (shape); i++)
    {
      g_autofree double *normal = NULL;
      PisdNetworkTensor tensor;
      double sd;

      pisd_network_get_tensor (shape, i, &tensor);
      normal = g_new (double, tensor.n);
      pisd_rng_fill_normal (seed, PISD_STREAM_WEIGHTS, i, 0, tensor.n, normal);
      sd = choose_sd (shape, &tensor);
      for (gsize k = 0; k < tensor.n; k++)
        parameters[tensor.offset + k] = sd * normal[k];
    }
}

double
pisd_network_count_work (const PisdNetworkShape *shape)
{
  double nodes = (double) shape->side * shape->side, width = shape->width,
         work = 9.0 * nodes * width * (shape->n_in + shape->n_out);

  for (guint i = 0; i < pisd_network_count_blocks (shape); i++)
    work += 2.0 * 9.0 * width * width * nodes / pow (4.0, pisd_network_get_level (shape, i));
  return work;
}
