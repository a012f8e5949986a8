/* Points in the plane that diffusion models are shown with, as they are before they are
 * standardised: one row of a table a distribution.
 *
 * Threads: any. */
#pragma once

#include "pisd-plane-mixture.h"
#include "pisd-rng.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_POINTS_MOONS,   /* two half circles, of which each ends inside the other */
  PISD_POINTS_SPIRAL,  /* two arms of one turn and a half */
  PISD_POINTS_BOARD,   /* the dark squares of a board of 4 x 4 */
  PISD_POINTS_RING,    /* eight Gaussians on a circle */
  PISD_POINTS_MIXTURE, /* four Gaussians of different weights and shapes */
  PISD_N_POINTS
} PisdPoints;

/* "moons", "spiral", "checkerboard", "ring", "mixture" */
const char *pisd_points_get_name (PisdPoints id);
guint pisd_points_get_n_labels (PisdPoints id);
/* Its density where it is a mixture of Gaussians; FALSE: it is none. */
gboolean pisd_points_get_mixture (PisdPoints id, PisdPlaneMixture *mixture);

/* Uniforms that one sample is made of, at most. */
#define PISD_POINTS_N_UNIFORMS 4
/* A point by its uniforms and two normals; returns its label. */
guint pisd_points_draw (PisdPoints id,
                        const double uniforms[PISD_POINTS_N_UNIFORMS],
                        const double normals[2],
                        double x[2]);

G_END_DECLS
