/* What pisd-vorticity.c, which solves, and pisd-vorticity-linear.c, which differentiates, share. */
#pragma once

#include "pisd-advection.h"
#include "pisd-vorticity.h"

G_BEGIN_DECLS

struct _PisdVorticity
{
  PisdVorticityShape shape;
  PisdAdvection *advection;
  guint reach, side, n_half, n_steps; /* in all */
  double dt;
  double *implicit, *explicit; /* [half plane] 1 / (1 + dt nu k^2 / 2) and 1 - dt nu k^2 / 2 */
  guint forced;                /* the one mode that the force drives, ... */
  PisdComplex force;           /* ... times dt */
};

struct _PisdVorticityPath
{
  const PisdVorticity *solver;
  gboolean keeps_steps;
  PisdComplex *z;       /* [n_steps] planes, at the beginning of each step; else the newest one */
  PisdComplex *scratch; /* a plane */
  PisdComplex *w, *now, *before;
  double *frames; /* [n_frames, side, side] */
};

/* Numbers of a state's box. */
static inline gsize
pisd_vorticity_count_box (const PisdVorticity *solver)
{
  return (gsize) solver->side * solver->side;
}

/* The velocities at the beginning of a step: a plane. */
static inline PisdComplex *
pisd_vorticity_path_get_velocity (const PisdVorticityPath *path, guint step)
{
  guint size = path->solver->shape.size;

  return path->z + (path->keeps_steps ? (gsize) step * size * size : 0);
}

/* One step of w without the force, of which `now` is N (w) at its beginning and `before` that of
 * the step before, which `now` becomes. */
void pisd_vorticity_advance (const PisdVorticity *solver,
                             guint step,
                             const PisdComplex *now,
                             PisdComplex *before,
                             PisdComplex *w);

G_END_DECLS
