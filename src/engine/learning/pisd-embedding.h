/* The embedding of a noise level and a label, and what each block makes of it.
 *
 *   f = cos and sin of waves of ln sigma
 *   e = silu (W1 silu (W0 f + b0 + L [label]) + b1)
 *
 * Shapes:  features f [batch, PISD_NETWORK_FEATURES], embedding e [batch, PISD_NETWORK_EMBEDDING].
 * Source:  src/DESIGN.md, "The network".
 * Threads: one a thread. */
#pragma once

#include "pisd-network.h"

G_BEGIN_DECLS

typedef struct _PisdEmbedding PisdEmbedding;

PisdEmbedding *pisd_embedding_new (const PisdNetworkShape *shape, guint batch);
void pisd_embedding_free (PisdEmbedding *embedding); /* NULL is fine */

/* f of noise levels: [batch, PISD_NETWORK_FEATURES], the cosines first.  sigma > 0: [batch]. */
void pisd_embedding_fill_features (guint batch, const float *sigma, float *features);

/* parameters: the network's, borrowed until the last call of the pass.  Returns e. */
const float *pisd_embedding_forward (PisdEmbedding *embedding,
                                     const float *parameters,
                                     const float *sigma,
                                     const guint *label);
/* gparameters += the derivatives of the embedding's own tensors.  ge: [batch, embedding], those of
 * the loss by e, used up. */
void pisd_embedding_backward (PisdEmbedding *embedding,
                              const float *parameters,
                              float *ge,
                              float *gparameters);

/* y = W x + b for every row of x.
 * Shapes: W [n_out, n_in], b [n_out], x [batch, n_in], y [batch, n_out]. */
void pisd_embedding_apply (guint batch,
                           guint n_in,
                           guint n_out,
                           const float *weight,
                           const float *bias,
                           const float *x,
                           float *y);
/* The derivatives: gweight += v' x, gbias += sums of v, gx += v W (unless NULL). */
void pisd_embedding_apply_backward (guint batch,
                                    guint n_in,
                                    guint n_out,
                                    const float *weight,
                                    const float *x,
                                    const float *v,
                                    float *gweight,
                                    float *gbias,
                                    float *gx);

G_END_DECLS
