#include "pisd-node-covariance.h"

#include <cblas.h>
#include <math.h>

#include "pisd-field.h"

#define S PISD_GRID
#define SIDE (S + 1)

struct _PisdNodeCovariance
{
  double table[SIDE * SIDE]; /* by the arguments in y and x */
};

PisdNodeCovariance *
pisd_node_covariance_new (const PisdModes *modes, const double *scale)
{
  PisdNodeCovariance *self = g_new (PisdNodeCovariance, 1);
  g_autofree double *weight = g_new0 (double, S *S);
  g_autofree double *cosine = g_new (double, SIDE *S);
  g_autofree double *half = g_new (double, SIDE *S);

  for (guint i = 0; i < modes->n; i++)
    {
      double w = (modes->ky[i] == 0 ? 0.5 : 1.0) * (modes->kx[i] == 0 ? 0.5 : 1.0);

      weight[modes->ky[i] * S + modes->kx[i]] = w / (S * S) * scale[i] * scale[i];
    }
  for (guint s = 0; s < SIDE; s++)
    for (guint j = 0; j < S; j++)
      cosine[s * S + j] = cos (G_PI / S * (s * j % (2 * S)));
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, SIDE, S, S, 1.0, cosine, S, weight, S,
               0.0, half, S);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, SIDE, SIDE, S, 1.0, half, S, cosine, S, 0.0,
               self->table, SIDE);
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

double
pisd_node_covariance_get (const PisdNodeCovariance *self, guint node, guint other)
{
  guint y[2], x[2];

  find_arguments (node / S, other / S, y);
  find_arguments (node % S, other % S, x);
  return self->table[y[0] * SIDE + x[0]] + self->table[y[0] * SIDE + x[1]]
         + self->table[y[1] * SIDE + x[0]] + self->table[y[1] * SIDE + x[1]];
}
