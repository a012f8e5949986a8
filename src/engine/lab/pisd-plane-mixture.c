#include "pisd-plane-mixture.h"

#include <math.h>

void
pisd_plane_mixture_get_moments (const PisdPlaneMixture *mixture, double mean[2], double *variance)
{
  double square = 0.0;

  g_return_if_fail (mixture != NULL && mean != NULL && variance != NULL);

  mean[0] = mean[1] = 0.0;
  for (guint k = 0; k < mixture->n_parts; k++)
    {
      const PisdPlanePart *part = &mixture->parts[k];

      for (guint c = 0; c < 2; c++)
        {
          mean[c] += part->weight * part->mean[c];
          square += part->weight * (part->mean[c] * part->mean[c] + part->covariance[2 * c]);
        }
    }
  *variance = (square - mean[0] * mean[0] - mean[1] * mean[1]) / 2.0;
}

void
pisd_plane_mixture_standardise (PisdPlaneMixture *mixture, const double shift[2], double scale)
{
  g_return_if_fail (mixture != NULL && shift != NULL && scale > 0.0);

  for (guint k = 0; k < mixture->n_parts; k++)
    {
      PisdPlanePart *part = &mixture->parts[k];

      for (guint c = 0; c < 2; c++)
        part->mean[c] = (part->mean[c] - shift[c]) / scale;
      for (guint c = 0; c < 3; c++)
        part->covariance[c] /= scale * scale;
    }
}

/* One part at one time. */
typedef struct
{
  double log_weight; /* w / (2 pi sqrt (det C)) */
  double mean[2];
  double inverse[3];
} Part;

/* C^-1 = (yy, -xy, xx) / det C */
static void
fill_parts (const PisdPlaneMixture *mixture, double abar, double rest, Part *parts)
{
  for (guint k = 0; k < mixture->n_parts; k++)
    {
      const PisdPlanePart *from = &mixture->parts[k];
      const double xx = abar * from->covariance[0] + rest, xy = abar * from->covariance[1];
      const double yy = abar * from->covariance[2] + rest, det = xx * yy - xy * xy;

      parts[k] = (Part){ log (from->weight) - 0.5 * log (det) - log (2.0 * G_PI),
                         { sqrt (abar) * from->mean[0], sqrt (abar) * from->mean[1] },
                         { yy / det, -xy / det, xx / det } };
    }
}

/* C^-1 (x - a mu) into `pull`; returns the logarithm of the part's density. */
static double
evaluate (const Part *part, const double x[2], double pull[2])
{
  const double d0 = x[0] - part->mean[0], d1 = x[1] - part->mean[1];

  pull[0] = part->inverse[0] * d0 + part->inverse[1] * d1;
  pull[1] = part->inverse[1] * d0 + part->inverse[2] * d1;
  return part->log_weight - 0.5 * (d0 * pull[0] + d1 * pull[1]);
}

/* log p, and the score where it is asked for.  All parts are taken relative to the largest one, so
 * that far away places do not underflow. */
static double
look (const Part *parts, guint n_parts, const double x[2], double *score)
{
  double logs[PISD_PLANE_MOST_PARTS], pulls[PISD_PLANE_MOST_PARTS][2];
  double largest = -INFINITY, sum = 0.0, s[2] = { 0.0, 0.0 };

  for (guint k = 0; k < n_parts; k++)
    {
      logs[k] = evaluate (&parts[k], x, pulls[k]);
      largest = MAX (largest, logs[k]);
    }
  for (guint k = 0; k < n_parts; k++)
    {
      const double share = exp (logs[k] - largest);

      sum += share;
      s[0] -= share * pulls[k][0];
      s[1] -= share * pulls[k][1];
    }
  if (score != NULL)
    {
      score[0] = s[0] / sum;
      score[1] = s[1] / sum;
    }
  return largest + log (sum);
}

void
pisd_plane_mixture_get_log_density (const PisdPlaneMixture *mixture,
                                    double abar,
                                    double rest,
                                    gsize n,
                                    const double *x,
                                    double *out)
{
  Part parts[PISD_PLANE_MOST_PARTS];

  g_return_if_fail (mixture != NULL && x != NULL && out != NULL);

  fill_parts (mixture, abar, rest, parts);
  for (gsize i = 0; i < n; i++)
    out[i] = look (parts, mixture->n_parts, x + 2 * i, NULL);
}

void
pisd_plane_mixture_get_score (const PisdPlaneMixture *mixture,
                              double abar,
                              double rest,
                              gsize n,
                              const double *x,
                              double *score)
{
  Part parts[PISD_PLANE_MOST_PARTS];

  g_return_if_fail (mixture != NULL && x != NULL && score != NULL);

  fill_parts (mixture, abar, rest, parts);
  for (gsize i = 0; i < n; i++)
    look (parts, mixture->n_parts, x + 2 * i, score + 2 * i);
}

/* x0 = (x + b^2 score) / a */
void
pisd_plane_mixture_denoise (const PisdPlaneMixture *mixture,
                            double abar,
                            double rest,
                            gsize n,
                            const double *x,
                            double *x0)
{
  g_return_if_fail (abar > 0.0);

  pisd_plane_mixture_get_score (mixture, abar, rest, n, x, x0);
  for (gsize k = 0; k < 2 * n; k++)
    x0[k] = (x[k] + rest * x0[k]) / sqrt (abar);
}

/* argmax_k w_k N (x; mu_k, C_k) */
void
pisd_plane_mixture_find_parts (const PisdPlaneMixture *mixture,
                               gsize n,
                               const double *x,
                               guint *parts)
{
  Part all[PISD_PLANE_MOST_PARTS];
  double pull[2];

  g_return_if_fail (mixture != NULL && x != NULL && parts != NULL);

  fill_parts (mixture, 1.0, 0.0, all);
  for (gsize i = 0; i < n; i++)
    {
      double largest = -INFINITY;

      for (guint k = 0; k < mixture->n_parts; k++)
        {
          const double density = evaluate (&all[k], x + 2 * i, pull);

          if (density <= largest)
            continue;
          largest = density;
          parts[i] = k;
        }
    }
}

/* mu + L z with L the factor of the covariance */
guint
pisd_plane_mixture_draw (const PisdPlaneMixture *mixture,
                         double part,
                         const double normals[2],
                         double x[2])
{
  const PisdPlanePart *chosen;
  double l0, l1, l2;
  guint k = 0;

  g_return_val_if_fail (mixture != NULL && mixture->n_parts > 0, 0);

  while (k + 1 < mixture->n_parts && part > mixture->parts[k].weight)
    part -= mixture->parts[k++].weight;
  chosen = &mixture->parts[k];
  l0 = sqrt (chosen->covariance[0]);
  l1 = chosen->covariance[1] / l0;
  l2 = sqrt (chosen->covariance[2] - l1 * l1);
  x[0] = chosen->mean[0] + l0 * normals[0];
  x[1] = chosen->mean[1] + l1 * normals[0] + l2 * normals[1];
  return k;
}
