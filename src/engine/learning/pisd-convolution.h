/* Convolutions of 3 x 3 taps on a square grid, and the gradient of their weights.
 *
 *   y[o] (p) = sum over i and taps t of weights[o, i, t] x[i] (p + t)
 *
 * The transposed convolution is one more convolution, of the weights turned round with inputs and
 * outputs exchanged, whether zeros or the field itself lie beyond the edges: what is there the
 * caller writes into the halo.
 *
 * Shapes:  x padded, y dense, in the layout of a PisdGrid whose block is the backend's; the last
 *          channels of a last block that is not full are zero.
 * Source:  src/DESIGN.md, "The network".
 * Threads: a convolver, and the convolutions made with it, belong to one thread at a time, and use
 *          no other one. */
#pragma once

#include "pisd-network.h"

G_BEGIN_DECLS

/* A backend's scratch space, shared by the convolutions of one pass. */
typedef struct _PisdConvolver PisdConvolver;

PisdConvolver *pisd_convolver_new (PisdBackend backend);
void pisd_convolver_free (PisdConvolver *convolver); /* after its convolutions; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdConvolver, pisd_convolver_free)

/* How many of that many channels lie side by side. */
guint pisd_convolver_get_block (const PisdConvolver *convolver, guint n_channels);
/* The calling thread is the one that computes from now on. */
void pisd_convolver_enter (PisdConvolver *convolver);

typedef struct _PisdConvolution PisdConvolution;

PisdConvolution *pisd_convolution_new (PisdConvolver *convolver,
                                       guint batch,
                                       guint side,
                                       guint n_in,
                                       guint n_out);
void pisd_convolution_free (PisdConvolution *convolution); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdConvolution, pisd_convolution_free)

/* weights: [n_out, n_in, 3, 3]. */
void pisd_convolution_load (PisdConvolution *convolution, const float *weights);
void pisd_convolution_apply (PisdConvolution *convolution, const float *x, float *y);
/* gweights += (dy/dweights)' v, v dense.  The first call plans it. */
void pisd_convolution_add_gradient (PisdConvolution *convolution,
                                    const float *x,
                                    const float *v,
                                    float *gweights);

G_END_DECLS
