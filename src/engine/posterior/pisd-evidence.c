#include "pisd-evidence.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-lapack.h"
#include "pisd-memory.h"
#include "pisd-node-covariance.h"
#include "pisd-readings.h"
#include "pisd-rng.h"

#define S PISD_GRID
#define JITTER 1e-12
/* How often ten times as much is tried where rounding has made G indefinite. */
#define MOST_TRIES 8
/* Rows, and modes, that one thread computes at a time. */
#define ROWS 64
#define COLUMNS 1024
/* The address of the choice of readings. */
#define CHOICE_SEED 1
#define CHOICE_LANE 1

struct _PisdEvidence
{
  PisdEquation equation;
  PisdBasis basis;
  PisdModes *modes; /* all of the grid's, the mean among them */
  PisdSite *sites;
  guint n, n_sites; /* used, and all */
  double *y;        /* [n] */
  double rms;
  guint n_threads;
  double jitter; /* in units of the mean variance of what is read */

  /* What the settings say. */
  double *scale;                 /* [modes] s, 0 for the mean */
  double *slopes[PISD_N_SLOPES]; /* [modes] of log s */
  double mean_variance, noise_variance;

  double *rows;        /* [n, modes] what sites read of a mode; NULL: all are on nodes */
  double *scaled;      /* the same times s, then L^-1 of that */
  PisdTriangle *prior; /* G without noise */
  PisdTriangle *g;     /* G, then its factor L */
  double *inverse;     /* [n, n] G^-1, lower triangle */
  double *q;           /* [n] G^-1 y */
  double *squares;     /* [modes] (h_k' q)^2 - h_k' G^-1 h_k times s_k^2 */
};

static const char *const keys[PISD_N_HYPERS] = { "prior-amplitude", "prior-tau", "prior-alpha",
                                                 "mean-sd", "noise-sd" };

const char *
pisd_hyper_get_key (PisdHyper hyper)
{
  g_return_val_if_fail (hyper < PISD_N_HYPERS, NULL);

  return keys[hyper];
}

double
pisd_hyper_get (const PisdSettings *settings, PisdHyper hyper)
{
  return G_STRUCT_MEMBER (double, settings, pisd_settings_find (keys[hyper])->offset);
}

void
pisd_hyper_set (PisdSettings *settings, PisdHyper hyper, double value)
{
  const PisdSettingInfo *info = pisd_settings_find (keys[hyper]);

  G_STRUCT_MEMBER (double, settings, info->offset) = CLAMP (value, info->minimum, info->maximum);
}

gboolean
pisd_hyper_is_had (const PisdSettings *settings, PisdHyper hyper)
{
  switch (hyper)
    {
    case PISD_HYPER_AMPLITUDE:
      return pisd_settings_have_amplitude (settings);
    case PISD_HYPER_TAU:
    case PISD_HYPER_ALPHA:
      return pisd_settings_have_law (settings);
    case PISD_HYPER_MEAN:
      return pisd_operator_has_mean (settings->problem);
    default:
      return TRUE;
    }
}

/* Those that are used, in their order; n_sites of them on entry. */
static void
choose_sites (PisdEvidence *self, guint most)
{
  g_autofree guint *chosen = g_new (guint, most);
  g_autofree gboolean *taken = g_new0 (gboolean, self->n_sites);

  if (self->n_sites <= most)
    return;
  pisd_rng_choose (CHOICE_SEED, PISD_STREAM_LAWS, CHOICE_LANE, self->n_sites, most, chosen);
  for (guint i = 0; i < most; i++)
    taken[chosen[i]] = TRUE;
  self->n = 0;
  for (guint i = 0; i < self->n_sites; i++)
    if (taken[i])
      self->sites[self->n++] = self->sites[i];
}

static gboolean
has_nodes_alone (const PisdEvidence *self)
{
  for (guint i = 0; i < self->n_sites; i++)
    if (self->sites[i].node < 0)
      return FALSE;
  return TRUE;
}

/* What the sites that are not all on nodes read of every mode. */
static void
fill_rows (PisdEvidence *self)
{
  gsize n_modes = self->modes->n;
  g_autofree double *ones = g_new (double, n_modes);
  g_autoptr (PisdReadings) readings = NULL;

  for (gsize i = 0; i < n_modes; i++)
    ones[i] = 1.0;
  readings = pisd_readings_new (&self->equation, self->modes, ones, self->sites, self->n, NULL);
  self->rows = pisd_memory_new (self->n * n_modes);
  self->scaled = pisd_memory_new (self->n * n_modes);
  self->squares = g_new (double, n_modes);
  pisd_readings_fill_rows (readings, 0, self->n, self->rows);
}

static void
allocate (PisdEvidence *self)
{
  const guint n = self->n;

  self->y = g_new (double, n);
  self->q = g_new (double, n);
  self->scale = g_new (double, self->modes->n);
  for (guint s = 0; s < PISD_N_SLOPES; s++)
    self->slopes[s] = g_new0 (double, self->modes->n);
  self->prior = pisd_triangle_new (n);
  self->g = pisd_triangle_new (n);
  self->inverse = pisd_memory_new ((gsize) n * n);
  for (guint i = 0; i < n; i++)
    {
      self->y[i] = self->sites[i].value;
      self->rms += self->y[i] * self->y[i] / n;
    }
  self->rms = sqrt (self->rms);
}

static gboolean
check (const PisdScenario *scenario, guint n, GError **error)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if (row->linear == NULL || !pisd_settings_have_amplitude (settings))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   _ ("evidence: got %s with %s, expected a linear equation with the Gaussian "
                      "prior, under which readings are Gaussian"),
                   _ (row->title),
                   pisd_choice_get_word (&pisd_method_get_prior (settings->prior)->choice,
                                         PISD_WORDS_TITLES));
      return FALSE;
    }
  return n > 0
         || pisd_error_fail (error, PISD_ERROR_RANGE,
                             _ ("evidence: got no reading that says something, expected at least "
                                "one"));
}

PisdEvidence *
pisd_evidence_new (const PisdScenario *scenario, guint most, guint n_threads, GError **error)
{
  const PisdFieldInfo *source = &pisd_operator_get (scenario->settings.problem)->fields[0];
  g_autoptr (PisdEvidence) self = g_new0 (PisdEvidence, 1);
  gboolean by_nodes;

  self->sites = pisd_sites_new (scenario->settings.problem, scenario->sensors, &self->n_sites);
  if (!check (scenario, self->n_sites, error))
    return NULL;
  self->equation = pisd_settings_get_equation (&scenario->settings);
  self->n = self->n_sites;
  self->n_threads = n_threads;
  self->jitter = JITTER;
  self->basis = source->basis;
  self->modes = pisd_modes_new (PISD_MODES_SQUARE, pisd_basis_get_n_modes (source->basis),
                                source->basis, FALSE, NULL);
  by_nodes = has_nodes_alone (self);
  if (by_nodes)
    most = PISD_EVIDENCE_NODES;
  else if (most == 0 || most > PISD_EVIDENCE_ROWS)
    most = PISD_EVIDENCE_ROWS;
  choose_sites (self, most);
  allocate (self);
  if (!by_nodes)
    fill_rows (self);
  return g_steal_pointer (&self);
}

void
pisd_evidence_free (PisdEvidence *self)
{
  if (self == NULL)
    return;
  pisd_modes_free (self->modes);
  g_free (self->sites);
  g_free (self->y);
  g_free (self->q);
  g_free (self->scale);
  for (guint s = 0; s < PISD_N_SLOPES; s++)
    g_free (self->slopes[s]);
  pisd_memory_free (self->rows);
  pisd_memory_free (self->scaled);
  pisd_triangle_free (self->prior);
  pisd_triangle_free (self->g);
  pisd_memory_free (self->inverse);
  g_free (self->squares);
  g_free (self);
}

guint
pisd_evidence_get_n_sites (const PisdEvidence *self)
{
  return self->n_sites;
}

guint
pisd_evidence_get_n_used (const PisdEvidence *self)
{
  return self->n;
}

gboolean
pisd_evidence_is_slow (const PisdEvidence *self)
{
  return self->rows != NULL;
}

double
pisd_evidence_get_rms (const PisdEvidence *self)
{
  return self->rms;
}

/* The mean apart: it has a number of its own. */
static void
read_settings (PisdEvidence *self, const PisdSettings *settings)
{
  const PisdRandomOps *random = pisd_operator_get (self->equation.problem)->random;
  const PisdSourcePrior prior = pisd_settings_get_source_prior (settings);
  const PisdModes *modes = self->modes;

  self->mean_variance = pow (random->scale (0, 0, &prior), 2);
  self->noise_variance = settings->noise_sd * settings->noise_sd;
  for (guint k = 0; k < modes->n; k++)
    {
      double slopes[PISD_N_SLOPES] = { 0.0 };

      self->scale[k] = 0.0;
      if (modes->ky[k] > 0 || modes->kx[k] > 0)
        {
          self->scale[k] = random->scale (modes->ky[k], modes->kx[k], &prior);
          random->fill_slopes (modes->ky[k], modes->kx[k], &prior, slopes);
        }
      for (guint s = 0; s < PISD_N_SLOPES; s++)
        self->slopes[s][k] = slopes[s];
    }
}

/* Sums over modes of scale^2 between nodes, and a constant on top. */
static void
fill_by_table (const PisdEvidence *self, const double *scale, double constant, PisdTriangle *out)
{
  g_autoptr (PisdNodeCovariance) table = pisd_node_covariance_new (self->basis, self->modes, scale);

  for (guint i = 0; i < self->n; i++)
    {
      double *row = pisd_triangle_row (out, i);

      for (guint j = 0; j <= i; j++)
        row[j] = constant
                 + pisd_node_covariance_get (table, (guint) self->sites[i].node,
                                             (guint) self->sites[j].node);
    }
}

/* Rows times s, and their products with the rows before. */
static void
scale_block (guint block, gpointer data)
{
  PisdEvidence *self = data;
  gsize n_modes = self->modes->n;
  guint first = block * ROWS, end = MIN (self->n, first + ROWS);

  for (gsize i = first; i < end; i++)
    for (gsize k = 0; k < n_modes; k++)
      self->scaled[i * n_modes + k] =
          self->rows[i * n_modes + k]
          * (self->modes->ky[k] == 0 && self->modes->kx[k] == 0 ? sqrt (self->mean_variance)
                                                                : self->scale[k]);
}

/* The longest rows come first. */
static void
multiply_block (guint block, gpointer data)
{
  PisdEvidence *self = data;
  guint n_blocks = pisd_parallel_count_blocks (self->n, ROWS);
  guint first = (n_blocks - 1 - block) * ROWS, end = MIN (self->n, first + ROWS);
  int n_modes = (int) self->modes->n;

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) (end - first), (int) end, n_modes,
               1.0, self->scaled + (gsize) first * n_modes, n_modes, self->scaled, n_modes, 0.0,
               pisd_triangle_row (self->prior, first), (int) pisd_triangle_stride (self->prior, 0));
}

/* FALSE: cancelled. */
static gboolean
fill_prior (PisdEvidence *self, PisdCancel *cancel)
{
  guint n_blocks = pisd_parallel_count_blocks (self->n, ROWS);

  if (self->rows == NULL)
    {
      fill_by_table (self, self->scale, self->mean_variance / (S * S), self->prior);
      return !pisd_cancel_look (cancel);
    }
  return pisd_parallel (n_blocks, self->n_threads, cancel, scale_block, self)
         && pisd_parallel (n_blocks, self->n_threads, cancel, multiply_block, self);
}

static double
mean_diagonal (const PisdTriangle *matrix, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += pisd_triangle_row (matrix, i)[i];
  return sum / n;
}

/* G of its prior's part. */
static void
add_noise (PisdEvidence *self)
{
  double jitter = self->jitter * mean_diagonal (self->prior, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      double *row = pisd_triangle_row (self->g, i);

      memcpy (row, pisd_triangle_row (self->prior, i), sizeof (double) * (i + 1));
      row[i] += self->sites[i].variance + self->noise_variance + jitter;
    }
}

/* What raises the jitter raises it for good, so that evaluations go together. */
static gboolean
factor (PisdEvidence *self, PisdCancel *cancel, GError **error)
{
  PisdTriangleStatus status = PISD_TRIANGLE_INDEFINITE;

  for (guint t = 0; t < MOST_TRIES && status == PISD_TRIANGLE_INDEFINITE; t++)
    {
      self->jitter *= t > 0 ? 10.0 : 1.0;
      add_noise (self);
      status = pisd_triangle_cholesky (self->g, self->n_threads, cancel);
    }
  if (status == PISD_TRIANGLE_FACTORED)
    return TRUE;
  return pisd_cancel_check (cancel, "evidence", error)
         && pisd_error_fail (error, PISD_ERROR_NUMERIC,
                             _ ("evidence: got a covariance that is no number, expected a finite "
                                "one"));
}

static gboolean
fill_value (PisdEvidence *self, PisdCancel *cancel, PisdEvidenceValue *value)
{
  double square = 0.0, log_det = 0.0;

  memcpy (self->q, self->y, sizeof (double) * self->n);
  if (!pisd_triangle_solve (self->g, self->q, cancel))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      square += self->q[i] * self->q[i];
      log_det += 2.0 * log (pisd_triangle_row (self->g, i)[i]);
    }
  value->log_evidence = -0.5 * (square + log_det + self->n * log (2.0 * G_PI));
  value->ratio = sqrt (square / self->n);
  return pisd_triangle_solve_transposed (self->g, self->q, cancel);
}

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
  double jitter = self->jitter * mean_diagonal (m, self->n), sum = 0.0;

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
  fill_by_table (self, scale, 0.0, scratch);
  return 2.0 * (top * of_all - find_slope (self, scratch));
}

static void
fill_constant (const PisdEvidence *self, double constant, PisdTriangle *out)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j <= i; j++)
      pisd_triangle_row (out, i)[j] = constant;
}

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

static gboolean
fill_slopes (PisdEvidence *self, PisdCancel *cancel, PisdEvidenceValue *value)
{
  if (!invert (self, cancel))
    return FALSE;
  value->slopes[PISD_HYPER_NOISE] = self->noise_variance * find_trace (self);
  if (self->rows != NULL)
    return fill_slopes_by_rows (self, cancel, value);
  fill_slopes_by_table (self, value);
  return TRUE;
}

gboolean
pisd_evidence_evaluate (PisdEvidence *self,
                        const PisdSettings *settings,
                        gboolean with_slopes,
                        PisdCancel *cancel,
                        PisdEvidenceValue *value,
                        GError **error)
{
  *value = (PisdEvidenceValue){ 0 };
  read_settings (self, settings);
  if (!fill_prior (self, cancel))
    return pisd_cancel_check (cancel, "evidence", error);
  if (!factor (self, cancel, error))
    return FALSE;
  return (fill_value (self, cancel, value) && (!with_slopes || fill_slopes (self, cancel, value)))
         || pisd_cancel_check (cancel, "evidence", error);
}
