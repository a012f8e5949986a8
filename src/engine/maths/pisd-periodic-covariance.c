#include "pisd-periodic-covariance.h"

#include <cblas.h>
#include <math.h>

#include "pisd-field.h"

#define S PISD_GRID
#define MOST (S / 2) /* wave numbers below it */
#define NODE_ROUNDING 1e-9

struct _PisdPeriodicCovariance
{
  guint n;                /* wave numbers */
  double variance[S * S]; /* [n, n] */
  double table[S * S];    /* [S, S] between nodes */
};

/* Two modes a wave number but for the constant, each of squares 2 / S or 1 / S at a place. */
static double
square (guint k)
{
  return (k == 0 ? 1.0 : 2.0) / S;
}

static void
fill_variance (PisdPeriodicCovariance *self, guint side, const double *scale, guint kept)
{
  for (guint ky = 0; ky < self->n; ky++)
    for (guint kx = 0; kx < self->n; kx++)
      {
        double s = scale[2 * ky * side + 2 * kx];
        gboolean is_kept = 2 * MAX (ky, kx) + 1 <= kept;

        self->variance[ky * self->n + kx] = is_kept ? 0.0 : s * s * square (ky) * square (kx);
      }
}

/* c[k] = cos (2 pi k d) */
static void
fill_cosines (guint n, double d, double *c)
{
  for (guint k = 0; k < n; k++)
    c[k] = cos (2.0 * G_PI * k * d);
}

/* table = C V C' */
static void
fill_table (PisdPeriodicCovariance *self)
{
  guint n = self->n;
  g_autofree double *c = g_new (double, S *n), *cv = g_new (double, S *n);

  for (guint i = 0; i < S; i++)
    fill_cosines (n, (double) i / S, c + i * n);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, S, (int) n, (int) n, 1.0, c, (int) n,
               self->variance, (int) n, 0.0, cv, (int) n);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, S, S, (int) n, 1.0, cv, (int) n, c, (int) n,
               0.0, self->table, S);
}

PisdPeriodicCovariance *
pisd_periodic_covariance_new (guint side, const double *scale, guint kept)
{
  PisdPeriodicCovariance *self;

  g_return_val_if_fail (side % 2 == 1 && side < S && kept % 2 == 1 && kept <= side, NULL);

  self = g_new (PisdPeriodicCovariance, 1);
  self->n = (side + 1) / 2;
  fill_variance (self, side, scale, kept);
  fill_table (self);
  return self;
}

void
pisd_periodic_covariance_free (PisdPeriodicCovariance *self)
{
  g_free (self);
}

double
pisd_periodic_covariance_get (const PisdPeriodicCovariance *self, double dy, double dx)
{
  double i = rint (S * dy), j = rint (S * dx), cy[MOST], cx[MOST], sum = 0.0;

  if (fabs (S * dy - i) < NODE_ROUNDING && fabs (S * dx - j) < NODE_ROUNDING)
    return self->table[(guint) ((int) i & (S - 1)) * S + (guint) ((int) j & (S - 1))];
  fill_cosines (self->n, dy, cy);
  fill_cosines (self->n, dx, cx);
  for (guint ky = 0; ky < self->n; ky++)
    sum += cy[ky] * cblas_ddot ((int) self->n, self->variance + ky * self->n, 1, cx, 1);
  return sum;
}
