/* A linear equation's exact solver between kept coefficients: u_hat = Lambda^-1 T a_hat.
 *
 * T = T1 (x) T1 changes the basis of field 0 into that of field 1, Lambda holds the equation's
 * eigenvalues (finite differences, as the benchmark's solver).  T1 joins only modes of one parity,
 * so the map falls into four independent blocks.
 *
 * Threads: one a thread (scratch inside).
 * Source:  src/DESIGN.md, "Spaces". */
#pragma once

#include "pisd-modes.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct _PisdLinearMap PisdLinearMap;

/* The equation must be linear; the mode lists are borrowed and must outlive the map. */
PisdLinearMap *pisd_linear_map_new (const PisdEquation *equation,
                                    const PisdModes *a,
                                    const PisdModes *u);
void pisd_linear_map_free (PisdLinearMap *map); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLinearMap, pisd_linear_map_free)

/* u[i] = scale_u[i] * sum_j map[i, j] scale_a[j] a[j], packed vectors. */
void pisd_linear_map_apply (PisdLinearMap *map,
                            const double *a,
                            const double *scale_a,
                            const double *scale_u,
                            double *u);
/* The transpose: a[j] = scale_a[j] * sum_i map[i, j] scale_u[i] u[i]. */
void pisd_linear_map_apply_adjoint (PisdLinearMap *map,
                                    const double *u,
                                    const double *scale_u,
                                    const double *scale_a,
                                    double *a);
/* The transpose on outer products of one y [u's box] with n rows x [n, u's box], unit scales of
 * u: what readings of u at n places on one line are made of.  rows: [n, modes of a].  A third
 * of the work of n transposes. */
void pisd_linear_map_fill_rows (PisdLinearMap *map,
                                const double *y,
                                const double *const *x,
                                guint n,
                                const double *scale_a,
                                double *rows);
/* One entry of the map: mode `u_index` of u from mode `a_index` of a. */
double pisd_linear_map_get_entry (const PisdLinearMap *map, guint u_index, guint a_index);
/* What the map is made of: map[i, j] = inverse[i] T1[ky_i, ky_j] T1[kx_i, kx_j].
 * Shapes: overlap: T1, [u's box, a's box]; inverse: [modes of u]. */
void pisd_linear_map_fill_parts (const PisdLinearMap *map, double *overlap, double *inverse);
/* Variances of u's modes when a's are independent with standard deviations sd_a. */
void pisd_linear_map_propagate_variance (PisdLinearMap *map,
                                         const double *sd_a,
                                         double *variance_u);

G_END_DECLS
