#include "pisd-basis.h"

#include <cblas.h>
#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "pisd-field.h"

#define S PISD_GRID

/* The planner of FFTW is not thread-safe: the engine's only lock around plans.  Plain pthread,
 * so that ThreadSanitizer understands it. */
static pthread_mutex_t planner_lock = PTHREAD_MUTEX_INITIALIZER;

struct _PisdTransform
{
  PisdBasis basis;
  guint n; /* modes an axis */
  PisdSupport support;
  double *matrix;  /* [S, n]: matrix[i, k] = mode k at node i; NULL with FFTW */
  double *scratch; /* of products with the matrix, or [m, m] for FFTW with m the full basis */
  double *weight;  /* [m] FFTW: factor of coefficient k against the unnormalised transform */
  fftw_plan forward, backward; /* FFTW: in place on `scratch` */
};

guint
pisd_basis_get_n_modes (PisdBasis basis)
{
  return basis == PISD_BASIS_COSINE ? S : S - 2;
}

static void
evaluate_cosine (guint n, double position, double *out)
{
  double phase = G_PI * ((S - 1) * position + 0.5) / S;

  for (guint j = 0; j < n; j++)
    out[j] = sqrt ((j == 0 ? 1.0 : 2.0) / S) * cos (j * phase);
}

/* The boundary is a node of the basis: sin (pi k) is exactly zero there, not 1e-16. */
static void
evaluate_sine (guint n, double position, double *out)
{
  gboolean boundary = position <= 0.0 || position >= 1.0;

  for (guint k = 0; k < n; k++)
    out[k] = boundary ? 0.0 : sqrt (2.0 / (S - 1)) * sin (G_PI * (k + 1) * position);
}

void
pisd_basis_evaluate (PisdBasis basis, guint n_modes, double position, double *out)
{
  g_return_if_fail (n_modes <= pisd_basis_get_n_modes (basis));

  if (basis == PISD_BASIS_COSINE)
    evaluate_cosine (n_modes, position, out);
  else
    evaluate_sine (n_modes, position, out);
}

/* A coordinate is a node's where its multiple of the spacing is whole, up to rounding. */
#define NODE_ROUNDING 1e-12
/* Arguments of mode j at node i, in units of the table's step:
 * pi j (2 i + 1) / (2 S) or pi (k + 1) i / (S - 1). */
#define COSINE_PERIOD (4 * S)
#define SINE_PERIOD (2 * (S - 1))

struct _PisdBasisTable
{
  PisdBasis basis;
  double value[COSINE_PERIOD]; /* one period, and SINE_PERIOD is less */
};

PisdBasisTable *
pisd_basis_table_new (PisdBasis basis)
{
  PisdBasisTable *self = g_new0 (PisdBasisTable, 1);

  self->basis = basis;
  if (basis == PISD_BASIS_COSINE)
    for (guint m = 0; m < COSINE_PERIOD; m++)
      self->value[m] = sqrt (2.0 / S) * cos (2.0 * G_PI / COSINE_PERIOD * m);
  else
    for (guint m = 1; m < SINE_PERIOD; m++)
      self->value[m] = m == S - 1 ? 0.0 : sqrt (2.0 / (S - 1)) * sin (2.0 * G_PI / SINE_PERIOD * m);
  return self;
}

void
pisd_basis_table_free (PisdBasisTable *self)
{
  g_free (self);
}

void
pisd_basis_table_evaluate (const PisdBasisTable *self, guint n, double position, double *out)
{
  double i = rint ((S - 1) * position);
  guint node, at = 0, step, period;

  g_return_if_fail (n <= pisd_basis_get_n_modes (self->basis));
  if (fabs ((S - 1) * position - i) > NODE_ROUNDING || i < 0.0 || i > S - 1)
    {
      pisd_basis_evaluate (self->basis, n, position, out);
      return;
    }
  node = (guint) i;
  step = self->basis == PISD_BASIS_COSINE ? 2 * node + 1 : node;
  period = self->basis == PISD_BASIS_COSINE ? COSINE_PERIOD : SINE_PERIOD;
  if (self->basis == PISD_BASIS_SINE)
    at = step;
  for (guint k = 0; k < n; k++, at += step)
    {
      if (at >= period)
        at -= period;
      out[k] = self->value[at];
    }
  if (self->basis == PISD_BASIS_COSINE && n > 0)
    out[0] = sqrt (1.0 / S);
}

/* Two products with an S x n matrix cost S n (n + S) multiply-adds.  They beat FFTW's DCT-II up to
 * this many modes, and its DST-I (logical size 2 x 127, a prime) always: `pisd bench transforms`.
 */
#define MATRIX_MAX_COSINE 64

static gboolean
prefers_matrix (PisdBasis basis, const PisdSupport *support)
{
  return basis == PISD_BASIS_SINE || support->block <= MATRIX_MAX_COSINE;
}

static void
build_matrix (PisdTransform *self)
{
  g_autoptr (PisdBasisTable) table = pisd_basis_table_new (self->basis);

  self->matrix = g_new (double, S * self->n);
  self->scratch = g_new (double, pisd_support_get_scratch (&self->support, S, S));
  for (guint i = 0; i < S; i++)
    pisd_basis_table_evaluate (table, self->n, (double) i / (S - 1), self->matrix + i * self->n);
}

static void
build_plans (PisdTransform *self)
{
  int m = (int) pisd_basis_get_n_modes (self->basis);
  gboolean cosine = self->basis == PISD_BASIS_COSINE;

  self->scratch = fftw_alloc_real ((gsize) m * m);
  self->weight = g_new (double, m);
  for (int k = 0; k < m; k++)
    self->weight[k] = cosine ? sqrt ((k == 0 ? 0.25 : 0.5) / S) : sqrt (0.5 / (S - 1));

  pthread_mutex_lock (&planner_lock);
  self->forward =
      fftw_plan_r2r_2d (m, m, self->scratch, self->scratch, cosine ? FFTW_REDFT10 : FFTW_RODFT00,
                        cosine ? FFTW_REDFT10 : FFTW_RODFT00, FFTW_ESTIMATE);
  self->backward =
      fftw_plan_r2r_2d (m, m, self->scratch, self->scratch, cosine ? FFTW_REDFT01 : FFTW_RODFT00,
                        cosine ? FFTW_REDFT01 : FFTW_RODFT00, FFTW_ESTIMATE);
  pthread_mutex_unlock (&planner_lock);
}

/* Samples run side by side, each with one BLAS thread: the bits must not depend on how many. */
static gpointer
limit_blas (gpointer data)
{
  openblas_set_num_threads (1);
  return NULL;
}

PisdTransform *
pisd_transform_new_on (PisdBasis basis, const PisdSupport *support, PisdTransformMethod method)
{
  static GOnce once = G_ONCE_INIT;
  PisdTransform *self;

  g_return_val_if_fail (support->box >= 1 && support->box <= pisd_basis_get_n_modes (basis), NULL);

  g_once (&once, limit_blas, NULL);
  self = g_new0 (PisdTransform, 1);
  self->basis = basis;
  self->n = support->box;
  self->support = *support;
  if (method == PISD_TRANSFORM_AUTO)
    method = prefers_matrix (basis, support) ? PISD_TRANSFORM_MATRIX : PISD_TRANSFORM_FFTW;
  if (method == PISD_TRANSFORM_MATRIX)
    build_matrix (self);
  else
    build_plans (self);
  return self;
}

PisdTransform *
pisd_transform_new (PisdBasis basis, guint n_modes, PisdTransformMethod method)
{
  const PisdSupport square = { .box = n_modes, .block = n_modes };

  return pisd_transform_new_on (basis, &square, method);
}

void
pisd_transform_free (PisdTransform *self)
{
  if (self == NULL)
    return;
  if (self->matrix != NULL)
    {
      g_free (self->matrix);
      g_free (self->scratch);
    }
  else
    {
      pthread_mutex_lock (&planner_lock);
      fftw_destroy_plan (self->forward);
      fftw_destroy_plan (self->backward);
      pthread_mutex_unlock (&planner_lock);
      fftw_free (self->scratch);
      g_free (self->weight);
    }
  g_free (self);
}

/* grid = M C M' */
static void
synthesize_matrix (PisdTransform *self, const double *coefficients, double *grid)
{
  pisd_support_multiply (&self->support, self->matrix, S, self->matrix, S, coefficients, grid,
                         self->scratch);
}

/* C = M' grid M */
static void
analyze_matrix (PisdTransform *self, const double *grid, double *coefficients)
{
  pisd_support_multiply_adjoint (&self->support, self->matrix, S, self->matrix, S, grid,
                                 coefficients, self->scratch);
}

/* First node of the part of the grid that the basis lives on. */
static guint
first_node (PisdBasis basis)
{
  return basis == PISD_BASIS_COSINE ? 0 : 1;
}

/* FFTW's inverse transforms weight coefficient 0 of the cosine once and all others twice. */
static void
synthesize_fftw (PisdTransform *self, const double *coefficients, double *grid)
{
  guint m = pisd_basis_get_n_modes (self->basis), o = first_node (self->basis);
  gboolean cosine = self->basis == PISD_BASIS_COSINE;

  memset (self->scratch, 0, sizeof (double) * m * m);
  for (guint j = 0; j < self->n; j++)
    for (guint k = 0; k < self->n; k++)
      {
        double twice = cosine ? (j == 0 ? 2.0 : 1.0) * (k == 0 ? 2.0 : 1.0) : 1.0;

        self->scratch[j * m + k] =
            coefficients[j * self->n + k] * self->weight[j] * self->weight[k] * twice;
      }
  fftw_execute (self->backward);
  if (o > 0)
    memset (grid, 0, sizeof (double) * S * S);
  for (guint i = 0; i < m; i++)
    memcpy (grid + (i + o) * S + o, self->scratch + i * m, sizeof (double) * m);
}

static void
analyze_fftw (PisdTransform *self, const double *grid, double *coefficients)
{
  guint m = pisd_basis_get_n_modes (self->basis), o = first_node (self->basis);

  for (guint i = 0; i < m; i++)
    memcpy (self->scratch + i * m, grid + (i + o) * S + o, sizeof (double) * m);
  fftw_execute (self->forward);
  for (guint j = 0; j < self->n; j++)
    for (guint k = 0; k < self->n; k++)
      coefficients[j * self->n + k] = self->scratch[j * m + k] * self->weight[j] * self->weight[k];
}

void
pisd_transform_synthesize (PisdTransform *self, const double *coefficients, double *grid)
{
  if (self->matrix != NULL)
    synthesize_matrix (self, coefficients, grid);
  else
    synthesize_fftw (self, coefficients, grid);
}

void
pisd_transform_analyze (PisdTransform *self, const double *grid, double *coefficients)
{
  if (self->matrix != NULL)
    analyze_matrix (self, grid, coefficients);
  else
    analyze_fftw (self, grid, coefficients);
}
