/* All that is computed once for a set of readings: the covariance of what is read, and its factors.
 *
 * y = H z + T t + e: kept modes z and discarded modes t, independent unit normals under the
 * prior, y what is read less the offset of its linearisation where it has one, e the readings'
 * noise R, with what the level of the linearisation adds, to which every reading adds a jitter of
 * 1e-12 of the mean variance of what is read: it keeps the factors alive, and being part of R it
 * is the same for kept and discarded modes.  A = H H', E = T T' + R and G = A + E.
 *
 * What can be made of them, each only when it is asked for (PisdFactorsUses):
 *
 *   mean   G = L L', of a little more where rounding has made it indefinite;
 *   steps  L^-1 E L^-T = Q diag (v) Q' with v in [0, 1] and W = Q' L^-1; or, of more readings than
 *          kept modes, the posterior's axes among the modes (pisd-axes.h);
 *   tail   E = L L'.
 *
 * It is E and not A that is diagonalised, though they have the same eigenvectors: where little is
 * discarded v is tiny, and 1 - v would be lost in what the condition of G makes of rounding.
 *
 * Threads: immutable once prepared; one thread prepares, on n_threads as in pisd_parallel().  The
 *          bits do not depend on how many threads compute.
 * Errors:  PISD_ERROR_CANCELLED; PISD_ERROR_LIMIT where it would not fit into memory;
 *          PISD_ERROR_NUMERIC where readings or prior are no numbers
 *          (pisd-budget.h).  Nothing is left half done. */
#pragma once

#include "pisd-readings.h"
#include "pisd-representation.h"
#include "pisd-triangle.h"

G_BEGIN_DECLS

/* How often a matrix that rounding has made indefinite is raised by ten times as much: from 1e-12
 * of its size to far beyond it, so that none is left indefinite but one that holds NaN. */
#define PISD_FACTORS_TRIES 40

/* What factors are made for. */
typedef enum
{
  PISD_FACTORS_MEAN = 1 << 0, /* posterior mean, samples, spread */
  PISD_FACTORS_STEPS = 1 << 1,
  PISD_FACTORS_TAIL = 1 << 2,   /* the discarded modes */
  PISD_FACTORS_SPREAD = 1 << 3, /* room for it: only memory is asked for */
} PisdFactorsUses;

typedef struct _PisdAxes PisdAxes;

typedef struct
{
  PisdEquation equation;
  PisdSourcePrior source;          /* of field 0 */
  PisdSourcePrior scaled;          /* whose deviations scale the representation's latents */
  double noise_sd;                 /* of every reading, beside its sensor's own */
  double node_sd[PISD_MAX_FIELDS]; /* of a field at a node, root mean square over the nodes */
  guint n;
  PisdSite *sites;
  PisdLinearisation *linearisation; /* of the sites on later frames of a flow; NULL: none */
  double *y;                        /* [n] */
  double *variance;                 /* [n] of the noise, without the jitter */
  PisdModes *kept;
  PisdModes *all;    /* the kept modes first, then ... */
  PisdModes *tail;   /* ... these */
  double *scale;     /* [all] standard deviations under the prior */
  double *ratio;     /* [kept] of them to the latents' scales; NULL: these are the prior's own */
  gboolean by_modes; /* steps are made among the modes */
  double jitter;     /* variance */
  double *a, *e; /* [n, n] lower triangles of A and E; NULL for more than PISD_COVARIANCE_WHOLE */
  double *discarded;    /* [n] diagonal of T T', beside them */
  double *prior;        /* [n] diagonal of H H' + T T', where they are NULL */
  PisdTriangle *g;      /* H H' + T T' for the next set, where they are NULL; NULL: too large */
  PisdTriangle *l;      /* factor of G */
  double *w;            /* [n, n]; NULL until prepared, and by modes */
  double *v;            /* [n] ascending */
  double *wy;           /* [n] W y */
  PisdAxes *axes;       /* NULL until prepared, and not by modes */
  PisdTriangle *l_tail; /* factor of E; NULL until prepared */
} PisdFactors;

/* Kept modes are those of the representation's source.  `linearisation`: of the sites of a flow
 * that are on its later frames, kept by reference; NULL where there are none, and where the
 * equation is linear.  `from`: factors of other readings, of which those are reused that both
 * sets have in common (moving one of 500 costs a tenth), or NULL. `uses`: what is prepared right
 * away. */
PisdFactors *pisd_factors_new (const PisdFactors *from,
                               const PisdRepresentation *representation,
                               const PisdSensors *sensors,
                               PisdLinearisation *linearisation,
                               PisdFactorsUses uses,
                               guint n_threads,
                               PisdCancel *cancel,
                               GError **error);
/* The same under the prior of other factors, `prior`, at sites in the order of pisd_sites_new(). */
PisdFactors *pisd_factors_new_at (const PisdFactors *prior,
                                  const PisdFactors *from,
                                  const PisdSite *sites,
                                  guint n,
                                  PisdLinearisation *linearisation,
                                  PisdFactorsUses uses,
                                  guint n_threads,
                                  PisdCancel *cancel,
                                  GError **error);
void pisd_factors_free (PisdFactors *factors); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFactors, pisd_factors_free)

/* Whether they are those of such a representation and these sensors: same problem, modes,
 * places, readings, noise. */
gboolean pisd_factors_fit (const PisdFactors *factors,
                           const PisdRepresentation *representation,
                           const PisdSensors *sensors);

/* Makes what is still missing for these uses. */
gboolean pisd_factors_prepare (PisdFactors *factors,
                               PisdFactorsUses uses,
                               guint n_threads,
                               PisdCancel *cancel,
                               GError **error);

/* The modes that the readings lead to, z = [H T]' G^-1 y: [all], once means are prepared.  FALSE:
 * cancelled. */
gboolean pisd_factors_get_mean (const PisdFactors *factors, PisdCancel *cancel, double *z);

/* out = W in, out = W' in: [n] each. */
void pisd_factors_multiply_w (const PisdFactors *factors, const double *in, double *out);
void pisd_factors_multiply_w_adjoint (const PisdFactors *factors, const double *in, double *out);
/* x = (F F')^-1 x for a factor F, l or l_tail.  FALSE: cancelled. */
gboolean pisd_factors_solve (const PisdTriangle *factor, double *x, PisdCancel *cancel);

G_END_DECLS
