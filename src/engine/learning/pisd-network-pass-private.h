/* What a pass holds: planned in pisd-network-plan.c, used in pisd-network-pass.c. */
#pragma once

#include "pisd-convolution.h"
#include "pisd-embedding.h"
#include "pisd-grid.h"
#include "pisd-network-private.h"

G_BEGIN_DECLS

/* A convolution and its transpose. */
typedef struct
{
  PisdConvolution *forward, *transposed;
  gsize offset; /* of its weights in the parameters */
  guint n_in, n_out;
} PisdNetworkLayer;

/* A level of the U.  All arrays but `padded` are dense. */
typedef struct
{
  PisdGrid grid;
  float *padded, *dense; /* scratch: what a convolution is given, and what it gives */
  float *carried;        /* a derivative on its way up, or a tangent on its way down */
  float *across;         /* the part of it that goes across the U */
} PisdNetworkLevel;

/* out = in + conv2 silu (scale conv1 silu (in) + shift) + bias */
typedef struct
{
  guint level;
  guint source; /* on the way up: the last block of the same level on the way down */
  gsize modulation_weight, modulation_bias, bias_offset; /* in the parameters */
  PisdNetworkLayer conv1, conv2;
  float *in, *between, *out;   /* dense; `in` is the output before it where no level changes */
  float *active1, *active2;    /* padded: what the convolutions are given */
  float *scale, *shift, *bias; /* [batch, width] */
} PisdNetworkBlock;

struct _PisdNetworkPass
{
  PisdNetworkShape shape;
  guint batch, n_blocks;
  GPtrArray *arrays; /* owner of all that follow */
  PisdConvolver *convolver;
  PisdEmbedding *embedding;
  PisdNetworkLevel *levels; /* [n_levels] */
  PisdNetworkBlock *blocks; /* [n_blocks] */
  PisdNetworkLayer stem, head;
  gsize stem_bias_offset, head_bias_offset;
  float *parameters;                   /* [n_parameters] a copy */
  float *turned;                       /* scratch for the weights of a transpose */
  PisdGrid in, out;                    /* what goes in and comes out */
  float *in_dense, *in_tangent;        /* scratch: dense, padded */
  float *in_padded;                    /* kept for the stem's gradient */
  float *out_dense, *out_padded;       /* scratch */
  float *first, *last;                 /* dense after the stem, padded before the head */
  float *ones, *zeros, *stem_bias;     /* [batch, width] */
  float *modulation, *gscale, *gshift; /* [batch, 2 width], [batch, width] */
  const float *e;                      /* the newest embedding */
  float *ge;                           /* [batch, embedding] */
};

G_END_DECLS
