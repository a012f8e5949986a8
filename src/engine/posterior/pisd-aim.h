/* What more sensors are to make certain: a field, or all of a linear equation's fields alike, as a
 * quadratic form of the source's modes.
 *
 *   |B z|^2 = z' M z,  B z the fields at all nodes, each in units of its own variance under the
 *   prior, so that the mean of z' M z over the prior is 1
 *
 * The bases are orthonormal on the nodes, so that the sum over nodes is one over modes:
 * M = s^2 for the source, s S' S s for the solution S of it, with s the modes' deviations.
 *
 * Shapes:  z [all modes of the factors], unit normals under the prior.
 * Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* In place of a field's index: all of them. */
#define PISD_AIM_ALL PISD_MAX_FIELDS

typedef struct _PisdAim PisdAim;

/* `target`: index of a field, or PISD_AIM_ALL; field 0 where the equation is not linear.  The
 * factors are borrowed. */
PisdAim *pisd_aim_new (const PisdFactors *factors, guint target);
void pisd_aim_free (PisdAim *aim); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdAim, pisd_aim_free)

/* z' M z. */
double pisd_aim_get_square (PisdAim *aim, const double *z);
/* out = M z. */
void pisd_aim_apply (PisdAim *aim, const double *z, double *out);
/* The field of these modes, before its boundary rule: [PISD_GRID, PISD_GRID] of its first frame. */
void pisd_aim_synthesize (PisdAim *aim, guint field, const double *z, double *nodes);

G_END_DECLS
