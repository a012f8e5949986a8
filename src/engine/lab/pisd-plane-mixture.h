/* Mixtures of Gaussians in the plane, carried into noise: what diffusion models estimate, in closed
 * form at every time.
 *
 * With a = sqrt (abar), b^2 = 1 - abar the marginal of x = a x0 + b n is
 *
 *   p (x) = sum_k w_k N (x; a mu_k, C_k),  C_k = a^2 Sigma_k + b^2 I,
 *   score (x) = grad log p = -sum_k r_k C_k^-1 (x - a mu_k),  r_k the parts of p (x),
 *   E[x0 given x] = (x + b^2 score) / a.
 *
 * Shapes:  places [n, 2]; a covariance is (xx, xy, yy).
 * Threads: any.
 * Source:  Efron, Tweedie's formula and selection bias (2011), for the last line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_PLANE_MOST_PARTS 25

typedef struct
{
  double weight; /* they sum up to 1 */
  double mean[2];
  double covariance[3];
} PisdPlanePart;

typedef struct
{
  guint n_parts;
  PisdPlanePart parts[PISD_PLANE_MOST_PARTS];
} PisdPlaneMixture;

/* Mean and the mean variance of the two coordinates. */
void pisd_plane_mixture_get_moments (const PisdPlaneMixture *mixture,
                                     double mean[2],
                                     double *variance);
/* The mixture of (x - shift) / scale. */
void pisd_plane_mixture_standardise (PisdPlaneMixture *mixture,
                                     const double shift[2],
                                     double scale);

/* log p at time abar of n places.  abar + rest = 1.  out: [n]. */
void pisd_plane_mixture_get_log_density (const PisdPlaneMixture *mixture,
                                         double abar,
                                         double rest,
                                         gsize n,
                                         const double *x,
                                         double *out);
/* score: [n, 2]. */
void pisd_plane_mixture_get_score (const PisdPlaneMixture *mixture,
                                   double abar,
                                   double rest,
                                   gsize n,
                                   const double *x,
                                   double *score);
/* E[x0 given x]: [n, 2]; abar > 0. */
void pisd_plane_mixture_denoise (const PisdPlaneMixture *mixture,
                                 double abar,
                                 double rest,
                                 gsize n,
                                 const double *x,
                                 double *x0);
/* The number of the part that each of n places most likely comes from.  parts: [n]. */
void pisd_plane_mixture_find_parts (const PisdPlaneMixture *mixture,
                                    gsize n,
                                    const double *x,
                                    guint *parts);
/* A draw: `part` uniform in (0, 1) chooses the part, two normals the place in it; returns the
 * part's number. */
guint pisd_plane_mixture_draw (const PisdPlaneMixture *mixture,
                               double part,
                               const double normals[2],
                               double x[2]);

G_END_DECLS
