/* All that is computed once for a set of readings: the covariance of what is read, and its factors.
 *
 * y = H z + T t + e: kept modes z and discarded modes t, independent unit normals under the prior, e the readings'
 * noise R, to which every reading adds a jitter of 1e-12 of the mean variance of what is read: it keeps the factors
 * alive, and being part of R it is the same for kept and discarded modes.
 * A = H H', E = T T' + R and G = A + E = L L' (of a little more where rounding has made it indefinite);
 * L^-1 E L^-T = Q diag (v) Q' with v in [0, 1], W = Q' L^-1.  E and not A, though they have the same eigenvectors: where
 * little is discarded v is tiny, and 1 - v would be lost in what the condition of G makes of rounding.
 * Entries between nodes of a come from a table, entries with u from rows of [H T].
 * Source: DESIGN section 5.  Threads: immutable once prepared, counted references; one thread prepares.  The bits do not
 * depend on how many threads compute. */
#pragma once

#include "pisd-readings.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct
{
  PisdEquation equation;
  guint n;
  PisdSite *sites;
  double *y; /* [n] */
  PisdModes *kept;
  PisdModes *all;    /* the kept modes first, then ... */
  PisdModes *tail;   /* ... these */
  double *scale;     /* [all] */
  double jitter;     /* variance */
  double *a, *e;     /* [n, n] lower triangles of A and E */
  double *discarded; /* [n] diagonal of T T' */
  double *l;         /* [n, n] lower Cholesky factor of G */
  double *w;         /* [n, n]; NULL until prepared */
  double *v;         /* [n] ascending */
  double *wy;        /* [n] W y */
  double *l_tail;    /* [n, n] lower Cholesky factor of E; NULL until prepared */

  /*< private >*/
  gint ref_count;
} PisdFactors;

/* Kept modes are those of the representation's source.  `from`: factors of other readings, of which those are reused
 * that both sets have in common (moving one of 500 costs a tenth), or NULL.  Never fails.  `n_threads` as in
 * pisd_parallel(). */
PisdFactors *pisd_factors_new (const PisdFactors *from,
                               const PisdRepresentation *representation,
                               const PisdSensors *sensors,
                               guint n_threads);
PisdFactors *pisd_factors_ref (PisdFactors *factors);
void pisd_factors_unref (PisdFactors *factors); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFactors, pisd_factors_unref)

/* Whether they are those of such a representation and these sensors: same problem, modes, places, readings, noise. */
gboolean pisd_factors_fit (const PisdFactors *factors,
                           const PisdRepresentation *representation,
                           const PisdSensors *sensors);

/* Makes w, v and wy, or l_tail, or all of them, unless they are there. */
void pisd_factors_prepare_steps (PisdFactors *factors, guint n_threads);
void pisd_factors_prepare_tail (PisdFactors *factors);
void pisd_factors_prepare (PisdFactors *factors, guint n_threads);

/* out = W in, out = W' in: [n] each. */
void pisd_factors_multiply_w (const PisdFactors *factors, const double *in, double *out);
void pisd_factors_multiply_w_adjoint (const PisdFactors *factors, const double *in, double *out);
/* x = (F F')^-1 x for a lower Cholesky factor F, l or l_tail. */
void pisd_factors_solve (const PisdFactors *factors, const double *factor, double *x);

G_END_DECLS
