/* What sensors on later frames of a flow read, as a linear function of w (0) near one beginning w0:
 *
 *   F (w) = F (w0) + J (w - w0) = offset + J w
 *
 * A row of J is one solution of the adjoint, from the frame that is read to w (0), on the grid of a
 * level.  What that grid leaves out counts as noise of the readings: what the level says, which
 * stands for the errors of its steps and, of coarse levels, which come first (pisd-newton.h), for
 * what is not linear; and the variance of finer modes under the prior, as far as viscosity has not
 * taken them away.
 *
 * Shapes:  w0 [PISD_GRID, PISD_GRID] modes of PISD_BASIS_PERIODIC; boxes [side, side] of them.
 * Threads: immutable, counted references; n_threads as in pisd_parallel(), the bits do not depend
 *          on it.
 * Errors:  PISD_ERROR_RANGE where w0 is too fast to be solved, and those of
 *          pisd_vorticity_path_solve(). */
#pragma once

#include "pisd-sites.h"
#include "pisd-vorticity.h"

G_BEGIN_DECLS

/* A grid, steps of time from frame to frame (or more where the flow needs them), and noise added to
 * every later reading, as a part of the readings' own scale. */
typedef struct
{
  guint size, steps;
  double noise;
} PisdLevel;

/* A level's solver and its path from w0: what linearisations of different sites may share. */
typedef struct _PisdFlowPath PisdFlowPath;

typedef struct
{
  PisdLevel level;
  guint n;         /* later sites */
  PisdSite *sites; /* [n], in the order of pisd_sites_new() */
  guint side;
  double *rows;     /* [n, side, side] J */
  double *offset;   /* [n] F (w0) - J w0 */
  double *variance; /* [n] that the level adds to the readings' noise */
  double misfit;    /* root mean square of y - F (w0), as a part of the readings' scale */

  /*< private >*/
  PisdFlowPath *path;
  gint ref_count;
} PisdLinearisation;

/* Bytes of the rows of n later sites, and, where a frame may have more of them than modes, of what
 * they are products with. */
gsize pisd_linearisation_get_bytes (const PisdLevel *level, guint n);

/* Whether a flow that begins so is slow enough to be solved.
 * Errors: PISD_ERROR_RANGE. */
gboolean pisd_linearisation_check_beginning (const double *w0, GError **error);

/* Steps of time from frame to frame that its solver makes of a flow that begins so. */
guint pisd_linearisation_count_steps (const PisdEquation *equation,
                                      const PisdLevel *level,
                                      const double *w0);

/* Of the sites that are not on field 0, of which there is one at least. */
PisdLinearisation *pisd_linearisation_new (const PisdEquation *equation,
                                           const PisdSourcePrior *prior,
                                           const PisdSite *sites,
                                           guint n_sites,
                                           const PisdLevel *level,
                                           const double *w0,
                                           guint n_threads,
                                           PisdCancel *cancel,
                                           GError **error);
/* Of other sites, at the same w0 and level: rows of sites that both have are taken over.  NULL:
 * cancelled. */
PisdLinearisation *pisd_linearisation_new_from (const PisdLinearisation *from,
                                                const PisdSite *sites,
                                                guint n_sites,
                                                guint n_threads,
                                                PisdCancel *cancel);
PisdLinearisation *pisd_linearisation_ref (PisdLinearisation *linearisation);
void pisd_linearisation_unref (PisdLinearisation *linearisation); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLinearisation, pisd_linearisation_unref)

/* Whether rows of one site are the same in both; either may be NULL. */
gboolean pisd_linearisation_shares_rows (const PisdLinearisation *a, const PisdLinearisation *b);
/* Number of a site, which it has. */
guint pisd_linearisation_find (const PisdLinearisation *linearisation, const PisdSite *site);

/* The modes of w0 that its level knows of: [side, side], borrowed. */
const double *pisd_linearisation_get_beginning (const PisdLinearisation *linearisation);

/* A path of the same level, to be solved from other beginnings; one thread's. */
PisdVorticityPath *pisd_linearisation_new_path (const PisdLinearisation *linearisation);
/* f = F (w) of all its sites, w: [side, side]; f: [n].
 * Errors: those of pisd_vorticity_path_solve(). */
gboolean pisd_linearisation_solve (const PisdLinearisation *linearisation,
                                   PisdVorticityPath *path,
                                   const double *w,
                                   double *f,
                                   PisdCancel *cancel,
                                   GError **error);

G_END_DECLS
