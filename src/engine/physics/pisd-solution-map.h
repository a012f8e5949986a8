/* The exact 5-point solver between kept coefficients: u_hat = Lambda^-1 T a_hat.
 *
 * T = T1 (x) T1 changes the cosine basis into the sine basis on the interior nodes, Lambda holds
 * the eigenvalues of lap + k^2.  T1 joins only modes of one parity, so the map falls into four
 * independent blocks. Source: DESIGN section 5.  Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-modes.h"

G_BEGIN_DECLS

typedef struct _PisdSolutionMap PisdSolutionMap;

/* The mode lists are borrowed and must outlive the map. */
PisdSolutionMap *pisd_solution_map_new (double wavenumber, const PisdModes *a, const PisdModes *u);
void pisd_solution_map_free (PisdSolutionMap *map); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSolutionMap, pisd_solution_map_free)

/* u[i] = scale_u[i] * sum_j map[i, j] scale_a[j] a[j], packed vectors. */
void pisd_solution_map_apply (PisdSolutionMap *map,
                              const double *a,
                              const double *scale_a,
                              const double *scale_u,
                              double *u);
/* The transpose: a[j] = scale_a[j] * sum_i map[i, j] scale_u[i] u[i]. */
void pisd_solution_map_apply_adjoint (PisdSolutionMap *map,
                                      const double *u,
                                      const double *scale_u,
                                      const double *scale_a,
                                      double *a);
/* The transpose on outer products of one y [u's box] with n rows x [n, u's box], unit scales of u: what readings of u at
 * n places on one line are made of.  rows: [n, modes of a].  A third of the work of n transposes. */
void pisd_solution_map_fill_rows (PisdSolutionMap *map,
                                  const double *y,
                                  const double *const *x,
                                  guint n,
                                  const double *scale_a,
                                  double *rows);
/* One entry of the map: mode `u_index` of u from mode `a_index` of a. */
double pisd_solution_map_get_entry (const PisdSolutionMap *map, guint u_index, guint a_index);
/* Variances of u's modes when a's are independent with standard deviations sd_a. */
void pisd_solution_map_propagate_variance (PisdSolutionMap *map,
                                           const double *sd_a,
                                           double *variance_u);

G_END_DECLS
