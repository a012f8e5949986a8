/* What the files of the network share: the order of its tensors. */
#pragma once

#include "pisd-network.h"

G_BEGIN_DECLS

/* Length of the embedding of noise level and label. */
#define PISD_NETWORK_EMBEDDING 64

/* The first tensors, those of each block, the last ones. */
enum
{
  PISD_NETWORK_FEATURE_WEIGHT,
  PISD_NETWORK_FEATURE_BIAS,
  PISD_NETWORK_LABEL_WEIGHT,
  PISD_NETWORK_EMBEDDING_WEIGHT,
  PISD_NETWORK_EMBEDDING_BIAS,
  PISD_NETWORK_STEM_WEIGHT,
  PISD_NETWORK_STEM_BIAS,
  PISD_NETWORK_N_FRONT
};
enum
{
  PISD_NETWORK_MODULATION_WEIGHT,
  PISD_NETWORK_MODULATION_BIAS,
  PISD_NETWORK_CONV1_WEIGHT,
  PISD_NETWORK_CONV2_WEIGHT,
  PISD_NETWORK_CONV2_BIAS,
  PISD_NETWORK_N_BLOCK
};
enum
{
  PISD_NETWORK_HEAD_WEIGHT,
  PISD_NETWORK_HEAD_BIAS,
  PISD_NETWORK_N_BACK
};

guint pisd_network_count_blocks (const PisdNetworkShape *shape);
/* On which level a block is; 0: the grid's own nodes. */
guint pisd_network_get_level (const PisdNetworkShape *shape, guint block);

G_END_DECLS
