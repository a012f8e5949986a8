/* lap u + k^2 u = a on the unit square, u = 0 on the boundary: what Poisson (k = 0) and
 * Helmholtz share.
 *
 * Both discretisations are diagonal in the sine basis, with the eigenvalues
 *   differences  ((2 cos (pi n h) - 2) + (2 cos (pi m h) - 2)) / h^2 + k^2,  h = 1 / 127
 *   spectral     -pi^2 (n^2 + m^2) + k^2.
 *
 * Threads: a plan has scratch space, one a thread.
 * Source:  arXiv 2602.09708, the benchmark's Poisson and Helmholtz equations. */
#pragma once

#include "pisd-operator.h"

G_BEGIN_DECLS

/* Eigenvalues on sine indices ky, kx (zero-based: modes ky + 1, kx + 1); out: [n] in 1/length^2. */
void pisd_elliptic_fill_eigenvalues (double wavenumber,
                                     PisdDiscretisation discretisation,
                                     guint n,
                                     const guint16 *ky,
                                     const guint16 *kx,
                                     double *out);

/* Refuses k^2 within 1e-6 (relative) of an eigenvalue of minus the Laplacian, in either
 * discretisation.
 * Errors: PISD_ERROR_RESONANCE naming mode and eigenvalue; PISD_ERROR_RANGE. */
gboolean pisd_elliptic_check_wavenumber (double wavenumber, GError **error);

/* The functions of the operator's table. */
gpointer pisd_elliptic_prepare (const PisdOperator *row, double wavenumber);
void pisd_elliptic_release (gpointer plan);
gboolean pisd_elliptic_solve (gpointer plan, PisdField *const *fields, PisdCancel *cancel);
void pisd_elliptic_residual (gpointer plan,
                             PisdDiscretisation discretisation,
                             const PisdField *const *fields,
                             PisdField *r);
void pisd_elliptic_residual_vjp (gpointer plan,
                                 PisdDiscretisation discretisation,
                                 const PisdField *const *fields,
                                 const PisdField *v,
                                 PisdField *const *gradients);

G_END_DECLS
