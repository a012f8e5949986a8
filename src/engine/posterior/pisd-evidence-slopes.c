#include "pisd-evidence-private.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-lapack.h"
#include "pisd-memory.h"

#define S PISD_GRID
/* Modes that one thread computes at a time. */
#define COLUMNS 1024

/* G^-1 = L^-T L^-1, the lower triangle. */
static gboolean
invert (PisdEvidence *self, PisdCancel *cancel)
{
  gsize n = self->n;
  double *l = pisd_memory_new0 (n * n);
  gboolean good;

  for (gsize i = 0; i < n; i++)
    l[i * n + i] = 1.0;
  good = pisd_lapack_divide (self->g, l, self->n_threads, cancel);
  if (good)
    cblas_dsyrk (CblasRowMajor, CblasLower, CblasTrans, (int) n, (int) n, 1.0, l, (int) n, 0.0,
                 self->inverse, (int) n);
  pisd_memory_free (l);
  return good;
}

/* 1/2 tr ((q q' - G^-1) M), M with what the jitter makes of its diagonal. */
static double
find_slope (const PisdEvidence *self, const PisdTriangle *m)
{
  double jitter = self->jitter * pisd_evidence_get_mean_diagonal (m, self->n), sum = 0.0;

  for (gsize i = 0; i < self->n; i++)
    {
      const double *row = pisd_triangle_row (m, (guint) i);
      const double *inverse = self->inverse + i * self->n;

      for (gsize j = 0; j < i; j++)
        sum += (self->q[i] * self->q[j] - inverse[j]) * row[j];
      sum += 0.5 * (self->q[i] * self->q[i] - inverse[i]) * (row[i] + jitter);
    }
  return sum;
}

/* Of nodes: d G = 2 (top G - a sum over modes of s^2 (top - slope)), where no slope is above top,
 * so that both sums are tables of positive variances. */
static double
find_slope_by_table (PisdEvidence *self, const double *slopes, double of_all, PisdTriangle *scratch)
{
  g_autofree double *scale = g_new (double, self->modes->n);
  double top = 0.0, rest = 0.0;

  for (guint k = 0; k < self->modes->n; k++)
    top = fmax (top, self->scale[k] > 0.0 ? slopes[k] : 0.0);
  for (guint k = 0; k < self->modes->n; k++)
    {
      scale[k] = self->scale[k] * sqrt (fmax (0.0, top - slopes[k]));
      rest = fmax (rest, scale[k]);
    }
  if (rest == 0.0)
    return 2.0 * top * of_all;
  pisd_evidence_fill_by_table (self, scale, 0.0, scratch);
  return 2.0 * (top * of_all - find_slope (self, scratch));
}

static void
fill_constant (const PisdEvidence *self, double constant, PisdTriangle *out)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j <= i; j++)
      pisd_triangle_row (out, i)[j] = constant;
}

/* d G / d log s_0 = 2 s_0^2 / S^2 in every entry; what the other modes add is that of all less
 * the mean's. */
static void
fill_slopes_by_table (PisdEvidence *self, PisdEvidenceValue *value)
{
  g_autoptr (PisdTriangle) scratch = pisd_triangle_new (self->n);
  double of_mean, of_all;

  fill_constant (self, self->mean_variance / (S * S), scratch);
  of_mean = find_slope (self, scratch);
  of_all = find_slope (self, self->prior) - of_mean;
  value->slopes[PISD_HYPER_MEAN] = 2.0 * of_mean;
  for (guint s = 0; s < PISD_N_SLOPES; s++)
    value->slopes[PISD_HYPER_AMPLITUDE + s] =
        find_slope_by_table (self, self->slopes[s], of_all, scratch);
}

/* s_k^2 ((h_k' q)^2 - h_k' G^-1 h_k - j |h_k|^2 / n), which is what a mode adds to the slopes: j is
 * the trace that the jitter is multiplied by. */
typedef struct
{
  PisdEvidence *self;
  double jitter;
} Squares;

static void
fill_squares_block (guint block, gpointer data)
{
  const Squares *squares = data;
  PisdEvidence *self = squares->self;
  gsize n_modes = self->modes->n;
  guint first = block * COLUMNS, n = (guint) MIN (n_modes - first, COLUMNS);
  double *columns = self->scaled + first, *out = self->squares + first;
  g_autofree double *read = g_new0 (double, n);

  memset (out, 0, sizeof (double) * n);
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < n; k++)
      {
        read[k] += columns[i * n_modes + k] * self->q[i];
        out[k] += squares->jitter * columns[i * n_modes + k] * columns[i * n_modes + k];
      }
  pisd_triangle_solve_columns (self->g, n, n_modes, columns, NULL);
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < n; k++)
      out[k] -= columns[i * n_modes + k] * columns[i * n_modes + k];
  for (gsize k = 0; k < n; k++)
    out[k] += read[k] * read[k];
}

/* tr (q q' - G^-1) */
static double
find_trace (const PisdEvidence *self)
{
  double sum = 0.0;

  for (gsize i = 0; i < self->n; i++)
    sum += self->q[i] * self->q[i] - self->inverse[i * self->n + i];
  return sum;
}

/* FALSE: cancelled. */
static gboolean
fill_slopes_by_rows (PisdEvidence *self, PisdCancel *cancel, PisdEvidenceValue *value)
{
  Squares squares = { self, self->jitter * find_trace (self) / self->n };
  const PisdModes *modes = self->modes;

  if (!pisd_parallel (pisd_parallel_count_blocks (modes->n, COLUMNS), self->n_threads, cancel,
                      fill_squares_block, &squares))
    return FALSE;
  for (guint k = 0; k < modes->n; k++)
    {
      if (modes->ky[k] == 0 && modes->kx[k] == 0)
        value->slopes[PISD_HYPER_MEAN] += self->squares[k];
      for (guint s = 0; s < PISD_N_SLOPES; s++)
        value->slopes[PISD_HYPER_AMPLITUDE + s] += self->slopes[s][k] * self->squares[k];
    }
  return TRUE;
}

/* The noise's own slope is noise_sd^2 tr (q q' - G^-1), by log noise_sd. */
gboolean
pisd_evidence_fill_slopes (PisdEvidence *self, PisdCancel *cancel, PisdEvidenceValue *value)
{
  if (!invert (self, cancel))
    return FALSE;
  value->slopes[PISD_HYPER_NOISE] = self->noise_variance * find_trace (self);
  if (self->rows != NULL)
    return fill_slopes_by_rows (self, cancel, value);
  fill_slopes_by_table (self, value);
  return TRUE;
}
