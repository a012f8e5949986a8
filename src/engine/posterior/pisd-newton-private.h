/* What pisd-newton.c, which finds the mode, and pisd-newton-draw.c, which draws around it,
 * share. */
#pragma once

#include "pisd-newton.h"
#include "pisd-periodic-covariance.h"
#include "pisd-triangle.h"

G_BEGIN_DECLS

struct _PisdNewton
{
  PisdVorticityShape shape;
  guint n, n_later; /* sites, those of later frames last */
  PisdNewtonSite *sites;
  guint *frame;
  double *row_y, *row_x; /* [n, ALL] the basis at the sites */
  double sd;             /* of the readings */
  double misfit;
  double *mode, *scale; /* [ALL, ALL] */

  /* Of one level. */
  PisdVorticity *solver; /* NULL: no kept modes */
  PisdVorticityPath *path;
  PisdPeriodicCovariance *tail;
  guint side;
  double *w, *kept; /* [side, side] the mode, and its prior's scale */
  double *h;        /* [n, side, side] */
  double *d;        /* [n] */
  PisdTriangle *g;  /* factor of H H' + T T' + E; NULL before the first step */
  double variance;  /* that the level adds to every reading's */
};

/* Row i of H, once the level is linearised. */
static inline double *
pisd_newton_get_row (const PisdNewton *self, guint i)
{
  return self->h + (gsize) i * self->side * self->side;
}

/* Row i of P, which reads one frame: B (y) (x) B (x). */
void pisd_newton_fill_seed (const PisdNewton *newton, guint i, double *row);
/* All modes: s^2 P0' q of the sites of frame 0, over which those that are kept get s H' q. */
void pisd_newton_pull_back (const PisdNewton *newton, const double *q, double *w);

G_END_DECLS
