/* The posterior of the kept modes in its principal axes, for more readings than kept modes.
 *
 * Given y = H z + s with s of covariance E = L L', the posterior of z has the covariance
 *   V = (I + B'B)^-1,  B = L^-1 H,
 * and its mean minimises |L^-1 y - B z|^2 + |z|^2.  Both come from the triangular factor R of
 * [B; I], V = R^-1 R^-T, never from B'B, which would lose what little information reaches some
 * modes beside a million times as much about others.  V = Q' diag (v) Q with v in [0, 1].
 *
 * Threads: as in pisd_parallel(); the bits do not depend on their number. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

struct _PisdAxes
{
  guint n;      /* kept modes */
  double *q;    /* [n, n] rows: the axes */
  double *v;    /* [n] variances along them, ascending */
  double *mean; /* [n] coordinates of the mean */
};

/* f->l_tail has been made.  NULL: cancelled. */
PisdAxes *pisd_axes_new (const PisdFactors *f, guint n_threads, PisdCancel *cancel);
void pisd_axes_free (PisdAxes *axes); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdAxes, pisd_axes_free)

/* Numbers that are allocated at a time while they are made, beside f->l_tail. */
gsize pisd_axes_count (guint n_readings, guint n_kept);

/* out = Q in, out = Q' in: [n] each. */
void pisd_axes_enter (const PisdAxes *axes, const double *in, double *out);
void pisd_axes_leave (const PisdAxes *axes, const double *in, double *out);

G_END_DECLS
