#include "pisd-evidence-private.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-node-covariance.h"
#include "pisd-readings.h"
#include "pisd-rng.h"

#define S PISD_GRID
#define JITTER 1e-12
/* How often ten times as much is tried where rounding has made G indefinite. */
#define MOST_TRIES 8
/* Rows that one thread computes at a time. */
#define ROWS 64
/* Rows of so many modes are quick. */
#define FEW_MODES 4096
/* The address of the choice of readings. */
#define CHOICE_SEED 1
#define CHOICE_LANE 1

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

/* rows[i, k] = what site i reads of mode k at 1, where sites are not all on nodes: every prior
 * that is tried brings its own s_k. */
static void
fill_rows (PisdEvidence *self)
{
  gsize n_modes = self->modes->n;
  g_autofree double *ones = g_new (double, n_modes);
  g_autoptr (PisdReadings) readings = NULL;

  for (gsize i = 0; i < n_modes; i++)
    ones[i] = 1.0;
  readings = pisd_readings_new (
      &self->equation, self->modes, ones, self->sites, self->n,
      self->newton != NULL ? pisd_newton_get_factors (self->newton)->linearisation : NULL);
  self->rows = pisd_memory_new (self->n * n_modes);
  self->scaled = pisd_memory_new (self->n * n_modes);
  self->squares = g_new (double, n_modes);
  pisd_readings_fill_rows (readings, 0, self->n, self->rows);
}

/* rms = sqrt (sum y^2 / n): the readings' own mean stays in. */
static void
measure_rms (PisdEvidence *self)
{
  for (guint i = 0; i < self->n; i++)
    self->rms += self->sites[i].value * self->sites[i].value / self->n;
  self->rms = sqrt (self->rms);
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
    self->y[i] = self->sites[i].value;
}

static gboolean
check (const PisdScenario *scenario, guint n, GError **error)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if ((row->linear == NULL && row->flow == NULL) || !pisd_settings_have_amplitude (settings))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   _ ("evidence: got %s with %s, expected a linear equation or a flow with the "
                      "Gaussian prior, under which readings are Gaussian, or nearly so"),
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

gboolean
pisd_evidence_is_same (const PisdScenario *a, const PisdScenario *b)
{
  return a->settings.prior == b->settings.prior
         && pisd_settings_same_equation (&a->settings, &b->settings)
         && pisd_settings_same_source_prior (&a->settings, &b->settings)
         && pisd_sensors_equal (a->sensors, b->sensors);
}

/* Of the flow's equation, whether a later frame is read: those come last. */
static gboolean
reads_later (const PisdEvidence *self)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  return row->flow != NULL && self->sites[self->n - 1].field != row->fields[0].id;
}

PisdEvidence *
pisd_evidence_new (const PisdEvidence *from,
                   const PisdScenario *scenario,
                   guint most,
                   guint n_threads,
                   PisdCancel *cancel,
                   GError **error)
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
  measure_rms (self);
  if (reads_later (self)
      && !pisd_evidence_linearise (self, from, &scenario->settings, cancel, error))
    return NULL;
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
  pisd_newton_unref (self->newton);
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
  return self->rows != NULL && self->modes->n > FEW_MODES;
}

gboolean
pisd_evidence_is_linearised (const PisdEvidence *self)
{
  return self->newton != NULL;
}

double
pisd_evidence_get_rms (const PisdEvidence *self)
{
  return self->rms;
}

/* s_k and its slopes d log s_k by the numbers of the law.  The mean apart: it has a number of
 * its own, so both are 0 for it. */
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
void
pisd_evidence_fill_by_table (const PisdEvidence *self,
                             const double *scale,
                             double constant,
                             PisdTriangle *out)
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

/* scaled[i, k] = s_k rows[i, k], for the mean with its own deviation. */
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

/* prior_ij = sum_k scaled_ik scaled_jk for the rows i of a block and all j up to its end.  The
 * longest rows come first. */
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

/* sum_k s_k^2 h_k h_k' is G without noise; the mean's mode is 1 / S at every node, so that it adds
 * s_0^2 / S^2 to every entry.  FALSE: cancelled. */
static gboolean
fill_prior (PisdEvidence *self, PisdCancel *cancel)
{
  guint n_blocks = pisd_parallel_count_blocks (self->n, ROWS);

  if (self->rows == NULL)
    {
      pisd_evidence_fill_by_table (self, self->scale, self->mean_variance / (S * S), self->prior);
      return !pisd_cancel_look (cancel);
    }
  return pisd_parallel (n_blocks, self->n_threads, cancel, scale_block, self)
         && pisd_parallel (n_blocks, self->n_threads, cancel, multiply_block, self);
}

/* tr (M) / n: the mean variance of what is read, in whose units the jitter is. */
double
pisd_evidence_get_mean_diagonal (const PisdTriangle *matrix, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += pisd_triangle_row (matrix, i)[i];
  return sum / n;
}

/* G = prior + diag (R_i + noise_sd^2 + jitter), the lower triangle. */
static void
add_noise (PisdEvidence *self)
{
  double jitter = self->jitter * pisd_evidence_get_mean_diagonal (self->prior, self->n);

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

/* log p = -1/2 (|L^-1 y|^2 + 2 sum log L_ii + n log 2 pi), ratio = |L^-1 y| / sqrt (n).
 * L^-1 y is half the way to q = G^-1 y, which slopes need. */
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
  return (fill_value (self, cancel, value)
          && (!with_slopes || pisd_evidence_fill_slopes (self, cancel, value)))
         || pisd_cancel_check (cancel, "evidence", error);
}
