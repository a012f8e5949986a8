#include "pisd-lab-points.h"

#include <math.h>

#define N_RING 8
#define RING_RADIUS 2.0
#define RING_SD 0.2
#define MOONS_NOISE 0.08
#define SPIRAL_NOISE 0.06
#define SPIRAL_TURN (3.0 * G_PI)
#define BOARD_SQUARES 8 /* dark ones, two in each of four rows */

typedef guint (*Draw) (const double *uniforms, const double *normals, double *x);

/* (cos, sin) above, and (1 - cos, 1/2 - sin) below it */
static guint
draw_moons (const double *uniforms, const double *normals, double *x)
{
  const guint label = uniforms[0] < 0.5 ? 0 : 1;
  const double angle = G_PI * uniforms[1];

  x[0] = label == 0 ? cos (angle) : 1.0 - cos (angle);
  x[1] = label == 0 ? sin (angle) : 0.5 - sin (angle);
  for (guint c = 0; c < 2; c++)
    x[c] += MOONS_NOISE * normals[c];
  return label;
}

/* The radius grows with the angle, whose root keeps the points equally dense along an arm. */
static guint
draw_spiral (const double *uniforms, const double *normals, double *x)
{
  const guint label = uniforms[0] < 0.5 ? 0 : 1;
  const double angle = SPIRAL_TURN * sqrt (uniforms[1]);
  const double radius = (label == 0 ? 2.0 : -2.0) * angle / SPIRAL_TURN;

  x[0] = radius * cos (angle) + SPIRAL_NOISE * normals[0];
  x[1] = radius * sin (angle) + SPIRAL_NOISE * normals[1];
  return label;
}

static guint
draw_board (const double *uniforms, const double *normals, double *x)
{
  const guint label = MIN ((guint) (uniforms[0] * BOARD_SQUARES), BOARD_SQUARES - 1);
  const guint row = label / 2, column = 2 * (label % 2) + row % 2;

  x[0] = column + uniforms[1] - 2.0;
  x[1] = row + uniforms[2] - 2.0;
  return label;
}

static void
fill_ring (PisdPlaneMixture *mixture)
{
  const double variance = RING_SD * RING_SD;

  mixture->n_parts = N_RING;
  for (guint k = 0; k < N_RING; k++)
    mixture->parts[k] = (PisdPlanePart){ 1.0 / N_RING,
                                         { RING_RADIUS * cos (2.0 * G_PI * k / N_RING),
                                           RING_RADIUS * sin (2.0 * G_PI * k / N_RING) },
                                         { variance, 0.0, variance } };
}

static void
fill_mixture (PisdPlaneMixture *mixture)
{
  *mixture = (PisdPlaneMixture){ 4,
                                 { { 0.4, { -1.2, -0.8 }, { 0.25, 0.15, 0.16 } },
                                   { 0.3, { 1.3, 0.9 }, { 0.09, 0.0, 0.36 } },
                                   { 0.2, { 1.1, -1.3 }, { 0.30, -0.12, 0.08 } },
                                   { 0.1, { -1.4, 1.5 }, { 0.04, 0.0, 0.04 } } } };
}

typedef struct
{
  const char *name;
  guint n_labels;
  Draw draw;                                /* NULL: by the mixture */
  void (*fill) (PisdPlaneMixture *mixture); /* NULL: it is none */
} Row;

static const Row rows[PISD_N_POINTS] = {
  [PISD_POINTS_MOONS] = { "moons", 2, draw_moons, NULL },
  [PISD_POINTS_SPIRAL] = { "spiral", 2, draw_spiral, NULL },
  [PISD_POINTS_BOARD] = { "checkerboard", BOARD_SQUARES, draw_board, NULL },
  [PISD_POINTS_RING] = { "ring", N_RING, NULL, fill_ring },
  [PISD_POINTS_MIXTURE] = { "mixture", 4, NULL, fill_mixture },
};

const char *
pisd_points_get_name (PisdPoints id)
{
  g_return_val_if_fail (id < PISD_N_POINTS, NULL);

  return rows[id].name;
}

guint
pisd_points_get_n_labels (PisdPoints id)
{
  g_return_val_if_fail (id < PISD_N_POINTS, 0);

  return rows[id].n_labels;
}

gboolean
pisd_points_get_mixture (PisdPoints id, PisdPlaneMixture *mixture)
{
  g_return_val_if_fail (id < PISD_N_POINTS && mixture != NULL, FALSE);

  if (rows[id].fill == NULL)
    return FALSE;
  rows[id].fill (mixture);
  return TRUE;
}

guint
pisd_points_draw (PisdPoints id,
                  const double uniforms[PISD_POINTS_N_UNIFORMS],
                  const double normals[2],
                  double x[2])
{
  PisdPlaneMixture mixture;

  g_return_val_if_fail (id < PISD_N_POINTS, 0);

  if (rows[id].draw != NULL)
    return rows[id].draw (uniforms, normals, x);
  rows[id].fill (&mixture);
  return pisd_plane_mixture_draw (&mixture, uniforms[0], normals, x);
}
