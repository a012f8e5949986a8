/* The systems of the readings at the noise levels of a run, where the modes' covariance given the
 * state is diagonal and no multiple of one matrix:
 *
 *   m* = m + C H' (H C H' + E)^-1 (y - H m),  C = diag (c),  E = T T' + R
 *
 * No factor serves two levels, so each has its own, made when somebody first asks for it and kept
 * for all samples and threads, as far as the memory budget lets them; levels beyond that are made
 * whenever they are asked for.  Whoever finds a level in the making makes the next one meanwhile.
 *
 *   by readings  L L' = H C H' + E: entries between nodes of a are four look-ups in a table that is
 *                made of C, others are products of rows of H
 *   by modes     of more readings than kept modes, L L' = I + C^1/2 P C^1/2 with P = H' E^-1 H, and
 *                m* = m + C^1/2 (L L')^-1 C^1/2 (H' E^-1 y - P m)
 *
 * Shapes:  c [n_levels, kept modes], in the units of the factors' own scales.
 * Errors:  PISD_ERROR_CANCELLED; PISD_ERROR_LIMIT as in pisd-factors.h.
 * Threads: shared, counted references; n_threads as in pisd_parallel().  The bits do not depend on
 *          who makes a level.
 * Source:  src/DESIGN.md, "The learned prior". */
#pragma once

#include "pisd-newton.h"

G_BEGIN_DECLS

typedef struct _PisdSystems PisdSystems;

/* Of the last rung of a linear equation; what all levels have in common is made right away.  The
 * newton's factors are prepared for tails. */
PisdSystems *pisd_systems_new (PisdNewton *newton,
                               guint n_levels,
                               const double *sigma,
                               const double *c,
                               guint n_threads,
                               PisdCancel *cancel,
                               GError **error);
PisdSystems *pisd_systems_ref (PisdSystems *systems);
void pisd_systems_unref (PisdSystems *systems); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSystems, pisd_systems_unref)

/* Whether they are those of these factors, levels and covariances. */
gboolean pisd_systems_fit (const PisdSystems *systems,
                           const PisdNewton *newton,
                           guint n_levels,
                           const double *sigma,
                           const double *c);

/* Bytes of the levels that are kept, once all are made. */
gsize pisd_systems_get_bytes (const PisdSystems *systems);

/* One more thread that makes levels in their order, ahead of who asks for them; ended before the
 * systems are given up. */
void pisd_systems_begin_ahead (PisdSystems *systems);
void pisd_systems_end_ahead (PisdSystems *systems);

/* A thread's hold on a level. */
typedef struct
{
  const double *c;      /* [kept] */
  PisdTriangle *factor; /* L */
  gboolean is_own;      /* it is made for this hold alone */
} PisdSystem;

/* The level of noise sigma, one of those that the systems were made for.  FALSE: cancelled. */
gboolean pisd_systems_enter (PisdSystems *systems,
                             double sigma,
                             PisdCancel *cancel,
                             PisdSystem *system);
void pisd_systems_leave (PisdSystem *system);

/* By modes: g = H' E^-1 y - P z, both [kept]; FALSE where the systems are by readings, and then
 * nothing is done. */
gboolean pisd_systems_get_pull (const PisdSystems *systems, const double *z, double *g);

G_END_DECLS
