/* Poisson and Helmholtz on the unit square: lap u + k^2 u = a, u = 0 on the boundary (k = 0:
 * Poisson).
 *
 * Two discretisations share one form, because both are diagonal in the sine basis: the 5-point
 * Laplacian (the benchmark's) and the spectral one.  Source: DESIGN section 1. */
#pragma once

#include "pisd-field.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_LAPLACIAN_FIVE_POINT,
  PISD_LAPLACIAN_SPECTRAL
} PisdLaplacian;

/* Eigenvalue of lap + k^2 on sine indices (ky, kx) (zero-based: modes ky + 1, kx + 1), in
 * 1/length^2. */
double pisd_elliptic_eigenvalue (PisdLaplacian laplacian, double wavenumber, guint ky, guint kx);

/* The part of one axis: the eigenvalue is out[ky] + out[kx] + k^2.  out: [n]. */
void pisd_elliptic_fill_axis (PisdLaplacian laplacian, guint n, double *out);

/* Refuses k^2 within 1e-6 (relative) of an eigenvalue of either minus Laplacian.
 * Errors: PISD_ERROR_RESONANCE naming mode and eigenvalue; PISD_ERROR_RANGE. Poisson: always TRUE.
 */
gboolean pisd_elliptic_check_wavenumber (PisdProblemId problem, double wavenumber, GError **error);

/* Exact solution of the 5-point equations, symmetric, hence its own adjoint.  source, u:
 * [PISD_GRID, PISD_GRID]; source's boundary is not read, u's is zero.  The wave number must have
 * been checked. */
void pisd_elliptic_solve (double wavenumber, const PisdField *source, PisdField *u);

/* r = lap u + k^2 u - a on the interior, 0 on the boundary.  The 5-point form reads u's boundary as
 * it stands. */
void pisd_elliptic_residual (PisdLaplacian laplacian,
                             double wavenumber,
                             const PisdField *a,
                             const PisdField *u,
                             PisdField *r);
/* |r| / |a|, both over the interior; NaN for a zero source. */
double pisd_elliptic_relative_residual (PisdLaplacian laplacian,
                                        double wavenumber,
                                        const PisdField *a,
                                        const PisdField *u);

G_END_DECLS
