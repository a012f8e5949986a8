/* What pisd-evidence.c and pisd-evidence-slopes.c share. */
#pragma once

#include "pisd-evidence.h"
#include "pisd-newton.h"
#include "pisd-triangle.h"

G_BEGIN_DECLS

struct _PisdEvidence
{
  PisdEquation equation;
  PisdBasis basis;
  PisdModes
      *modes; /* all of the grid's, the mean among them; of later frames those that they know */
  PisdNewton *newton; /* of a flow some of whose later frames are read; NULL: linear */
  PisdSite *sites;    /* of such a flow with what its linearisation takes off values, and adds to
                         variances */
  guint n, n_sites;   /* used, and all */
  double *y;          /* [n] */
  double rms;
  guint n_threads;
  double jitter; /* in units of the mean variance of what is read */

  /* What the settings say. */
  double *scale;                 /* [modes] s, 0 for the mean */
  double *slopes[PISD_N_SLOPES]; /* [modes] of log s */
  double mean_variance, noise_variance;

  double *rows;        /* [n, modes] what sites read of a mode; NULL: all are on nodes */
  double *scaled;      /* the same times s, then L^-1 of that */
  PisdTriangle *prior; /* G without noise */
  PisdTriangle *g;     /* G, then its factor L */
  double *inverse;     /* [n, n] G^-1, lower triangle */
  double *q;           /* [n] G^-1 y */
  double *squares;     /* [modes] (h_k' q)^2 - h_k' G^-1 h_k times s_k^2 */
};

/* Sums over modes of scale^2 between nodes, and a constant on top. */
void pisd_evidence_fill_by_table (const PisdEvidence *evidence,
                                  const double *scale,
                                  double constant,
                                  PisdTriangle *out);
/* Puts sites and modes as the flow's linearisation at its mode sees them, where later frames are
 * read; `from`: of the same readings under another prior, or NULL. */
gboolean pisd_evidence_linearise (PisdEvidence *evidence,
                                  const PisdEvidence *from,
                                  const PisdSettings *settings,
                                  PisdCancel *cancel,
                                  GError **error);
double pisd_evidence_get_mean_diagonal (const PisdTriangle *matrix, guint n);
/* Of the factor and q, which are there; with rows, `scaled` is overwritten.  FALSE: cancelled. */
gboolean pisd_evidence_fill_slopes (PisdEvidence *evidence,
                                    PisdCancel *cancel,
                                    PisdEvidenceValue *value);

G_END_DECLS
