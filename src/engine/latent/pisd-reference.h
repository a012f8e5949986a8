/* The error of a latent against a known truth, without leaving coefficient space.
 *
 * By Parseval |f - t|^2 = sum over kept modes |f_hat - t_hat|^2 + what the truth has outside
 * them.  Where decoding zeroes the boundary, the boundary's share, four products of a vector
 * with the box, is taken off.  The result equals pisd_field_relative_error() of the decoded
 * field up to rounding, at a hundredth of its cost.
 *
 * Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-instance.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdReference PisdReference;

/* Representation borrowed; the instance is only read here. */
PisdReference *pisd_reference_new (PisdRepresentation *representation, const PisdInstance *truth);
void pisd_reference_free (PisdReference *reference); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdReference, pisd_reference_free)

/* Relative L2 error of the last frame of field number `field` of a latent z: [n]; NaN where the
 * truth is zero.  Of a decoupled solution the kept modes count; what it has beyond them is some
 * 1e-4 of it. */
double pisd_reference_error (PisdReference *reference, const double *z, guint field);
/* The same of every frame.  errors: [n_frames of the field]. */
void pisd_reference_fill_errors (PisdReference *reference,
                                 const double *z,
                                 guint field,
                                 double *errors);

G_END_DECLS
