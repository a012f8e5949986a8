#include "pisd-node-covariance.h"

#include <cblas.h>
#include <math.h>

#include "pisd-field.h"

#define S PISD_GRID
#define SIDE (S + 1)

struct _PisdNodeCovariance
{
  PisdBasis basis;
  /* By the arguments in y and x; of the periodic basis one for each choice of difference or sum. */
  double table[4][SIDE * SIDE];
};

/* T = C W C' with C[s, j] = cos (step j s), step = pi / S or 2 pi / S.  2 S is a whole number of
 * periods of either, and j s modulo 2 S keeps all digits of the argument. */
static void
fill_table (double step, const double *weight, double *table)
{
  g_autofree double *cosine = g_new (double, SIDE *S);
  g_autofree double *half = g_new (double, SIDE *S);

  for (guint s = 0; s < SIDE; s++)
    for (guint j = 0; j < S; j++)
      cosine[s * S + j] = cos (step * (s * j % (2 * S)));
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, SIDE, S, S, 1.0, cosine, S, weight, S,
               0.0, half, S);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, SIDE, SIDE, S, 1.0, half, S, cosine, S, 0.0,
               table, SIDE);
}

/* W (ky, kx) = w_ky w_kx / S^2 s^2, w = 1/2 for a constant, else 1. */
static void
fill_cosine (PisdNodeCovariance *self, const PisdModes *modes, const double *scale)
{
  g_autofree double *weight = g_new0 (double, S *S);

  for (guint i = 0; i < modes->n; i++)
    {
      double w = (modes->ky[i] == 0 ? 0.5 : 1.0) * (modes->kx[i] == 0 ? 0.5 : 1.0);

      weight[modes->ky[i] * S + modes->kx[i]] = w / (S * S) * scale[i] * scale[i];
    }
  fill_table (G_PI / S, weight, self->table[0]);
}

static gboolean
is_sine (guint index)
{
  return index > 0 && index % 2 == 0;
}

/* w: 1/2 for the constant and for the last cosine, which has no sine beside it. */
static double
periodic_weight (guint index)
{
  return index == 0 || index == S - 1 ? 0.5 : 1.0;
}

/* W (ky, kx) is a sum over the cosines and sines of these wave numbers of +-w_ky w_kx / S^2 s^2,
 * - where just one of the axes that take the sum has a sine.
 * `sums`: bit 0 for the sum of arguments in y, bit 1 for that in x. */
static void
fill_periodic (PisdNodeCovariance *self, const PisdModes *modes, const double *scale, guint sums)
{
  g_autofree double *weight = g_new0 (double, S *S);

  for (guint i = 0; i < modes->n; i++)
    {
      guint ky = modes->ky[i], kx = modes->kx[i];
      gboolean minus = ((sums & 1) && is_sine (ky)) != ((sums & 2) && is_sine (kx));
      double w = periodic_weight (ky) * periodic_weight (kx) / (S * S) * scale[i] * scale[i];

      weight[pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, ky) * S
             + pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, kx)] += minus ? -w : w;
    }
  fill_table (2.0 * G_PI / S, weight, self->table[sums]);
}

PisdNodeCovariance *
pisd_node_covariance_new (PisdBasis basis, const PisdModes *modes, const double *scale)
{
  PisdNodeCovariance *self;

  g_return_val_if_fail (basis != PISD_BASIS_SINE, NULL);

  self = g_new (PisdNodeCovariance, 1);
  self->basis = basis;
  if (basis == PISD_BASIS_COSINE)
    fill_cosine (self, modes, scale);
  else
    for (guint sums = 0; sums < 4; sums++)
      fill_periodic (self, modes, scale, sums);
  return self;
}

void
pisd_node_covariance_free (PisdNodeCovariance *self)
{
  g_free (self);
}

/* Arguments of difference and sum, folded into the table's range: cos (pi j (2 S - s) / S) =
 * cos (pi j s / S). */
static void
find_arguments (guint i, guint j, guint arguments[2])
{
  guint sum = i + j + 1;

  arguments[0] = MAX (i, j) - MIN (i, j);
  arguments[1] = MIN (sum, 2 * S - sum);
}

/* cos (2 pi k s / S) has the period S, so the sum is taken modulo S; the difference is below it. */
static void
find_periodic_arguments (guint i, guint j, guint arguments[2])
{
  arguments[0] = MAX (i, j) - MIN (i, j);
  arguments[1] = (i + j) % S;
}

/* C (i, i') = sum of T (y, x) over the difference and the sum in y, and over both in x. */
static double
get_cosine (const PisdNodeCovariance *self, guint node, guint other)
{
  const double *table = self->table[0];
  guint y[2], x[2];

  find_arguments (node / S, other / S, y);
  find_arguments (node % S, other % S, x);
  return table[y[0] * SIDE + x[0]] + table[y[0] * SIDE + x[1]] + table[y[1] * SIDE + x[0]]
         + table[y[1] * SIDE + x[1]];
}

/* The same sum of four, where each has the table of its own signs. */
static double
get_periodic (const PisdNodeCovariance *self, guint node, guint other)
{
  guint y[2], x[2];

  find_periodic_arguments (node / S, other / S, y);
  find_periodic_arguments (node % S, other % S, x);
  return self->table[0][y[0] * SIDE + x[0]] + self->table[1][y[1] * SIDE + x[0]]
         + self->table[2][y[0] * SIDE + x[1]] + self->table[3][y[1] * SIDE + x[1]];
}

double
pisd_node_covariance_get (const PisdNodeCovariance *self, guint node, guint other)
{
  return self->basis == PISD_BASIS_COSINE ? get_cosine (self, node, other)
                                          : get_periodic (self, node, other);
}
