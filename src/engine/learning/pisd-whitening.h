/* Between latents and the grids that the network works on.
 *
 * Every frame's K x K latent modes go through the orthonormal transform of the field's own basis at
 * K points, so that white noise stays white: grid = T z T', T T' = I.  The network's input has, for
 * every frame, that grid, and after those of all frames once more one each of
 * the field in its own units up to a constant, T (scale z) T' K / |scale|, of root mean square 1
 * for a latent of unit variance.  Its output has one grid a frame, of latents.
 *
 *   cosine    sqrt ((j ? 2 : 1) / K) cos (pi j (i + 1/2) / K)
 *   sine      sqrt ((k < K ? 2 : 1) / K) sin (pi k (i + 1/2) / K), k = 1 .. K: at the same points
 *   periodic  sqrt (1 / K), sqrt (2 / K) cos, sin (2 pi k i / K), ..., as pisd-basis.h has it
 *
 * Shapes:  latents [n]; input [n_in, side, side], output [n_out, side, side], row-major; modes that
 *          the latent does not have, such as (0, 0), are 0 on the way to grids and dropped on the
 *          way back.
 * Threads: scratch inside, one a thread.
 * Source:  src/DESIGN.md, "The learned prior". */
#pragma once

#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdWhitening PisdWhitening;

/* Modes must be a square.  The representation is borrowed.
 * Errors: PISD_ERROR_RANGE. */
PisdWhitening *pisd_whitening_new (const PisdRepresentation *representation, GError **error);
void pisd_whitening_free (PisdWhitening *whitening); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdWhitening, pisd_whitening_free)

guint pisd_whitening_get_side (const PisdWhitening *whitening);
guint pisd_whitening_get_n_in (const PisdWhitening *whitening);  /* two a frame */
guint pisd_whitening_get_n_out (const PisdWhitening *whitening); /* one a frame */
gboolean pisd_whitening_is_periodic (const PisdWhitening *whitening);

/* input = both grids of factor x; input: [n_in, side, side]. */
void pisd_whitening_fill_input (PisdWhitening *whitening,
                                double factor,
                                const double *x,
                                float *input);
/* x += factor (d input / d x)' of input, the transpose of the same with factor 1 times factor. */
void pisd_whitening_add_input_vjp (PisdWhitening *whitening,
                                   double factor,
                                   const float *input,
                                   double *x);
/* output = grids of z; output: [n_out, side, side]. */
void pisd_whitening_fill_output (PisdWhitening *whitening, const double *z, float *output);
/* What a latent has of one number a mode and frame; boxes: [n_out, side, side] by index ky, kx. */
void pisd_whitening_pack (const PisdWhitening *whitening, const double *boxes, double *z);
/* The transpose, which is its left inverse. */
void pisd_whitening_read_output (PisdWhitening *whitening, const float *output, double *z);

G_END_DECLS
