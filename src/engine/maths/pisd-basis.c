#include "pisd-basis.h"

#include <cblas.h>
#include <fftw3.h>
#include <math.h>
#include <string.h>

#include "pisd-field.h"
#include "pisd-planner.h"

#define S PISD_GRID

struct _PisdTransform
{
  PisdBasis basis;
  guint n; /* modes an axis */
  PisdSupport support;
  double *matrix;  /* [S, n]: matrix[i, k] = mode k at node i; NULL with FFTW */
  double *scratch; /* of products with the matrix, or [m, m] for FFTW with m the full basis */
  guint *at;       /* [m] FFTW: where mode k stands in the unnormalised transform, ... */
  double *weight;  /* [m] ... its factor in analysis ... */
  double *back;    /* [m] ... and in synthesis */
  fftw_plan forward, backward; /* FFTW: in place on `scratch` */
};

guint
pisd_basis_get_n_modes (PisdBasis basis)
{
  return basis == PISD_BASIS_SINE ? S - 2 : S;
}

gboolean
pisd_basis_has_constant (PisdBasis basis)
{
  return basis != PISD_BASIS_SINE;
}

guint
pisd_basis_get_wave_number (PisdBasis basis, guint index)
{
  static const guint offset[PISD_N_BASES] = { [PISD_BASIS_SINE] = 1 };

  return basis == PISD_BASIS_PERIODIC ? (index + 1) / 2 : index + offset[basis];
}

/* phi_j (x) = sqrt ((j ? 2 : 1) / S) cos (pi j (i + 1/2) / S), i = (S - 1) x */
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

/* Norm of mode `index` of the periodic basis: the constant and the last cosine, which is 1 or -1 on
 * every node, are not halved by their square's mean. */
static double
periodic_norm (guint index)
{
  return sqrt ((index == 0 || index == S - 1 ? 1.0 : 2.0) / S);
}

/* 1, cos x, sin x, cos 2x, sin 2x, ... */
static void
evaluate_periodic (guint n, double position, double *out)
{
  for (guint k = 0; k < n; k++)
    {
      double phase = 2.0 * G_PI * ((k + 1) / 2) * position;

      out[k] = periodic_norm (k) * (k % 2 == 0 && k > 0 ? sin (phase) : cos (phase));
    }
}

void
pisd_basis_evaluate (PisdBasis basis, guint n_modes, double position, double *out)
{
  static void (*const evaluators[PISD_N_BASES]) (guint, double, double *) = {
    [PISD_BASIS_COSINE] = evaluate_cosine,
    [PISD_BASIS_SINE] = evaluate_sine,
    [PISD_BASIS_PERIODIC] = evaluate_periodic,
  };

  g_return_if_fail (n_modes <= pisd_basis_get_n_modes (basis));

  evaluators[basis](n_modes, position, out);
}

/* A coordinate is a node's where its multiple of the spacing is whole, up to rounding. */
#define NODE_ROUNDING 1e-12
/* Arguments of mode j at node i, in units of the table's step:
 * pi j (2 i + 1) / (2 S), pi (k + 1) i / (S - 1) or 2 pi k i / S. */
#define COSINE_PERIOD (4 * S)
#define SINE_PERIOD (2 * (S - 1))
#define QUARTER (S / 4)

struct _PisdBasisTable
{
  PisdBasis basis;
  double value[COSINE_PERIOD]; /* one period, and those of the others are less */
};

/* sqrt (2 / S) cos (2 pi m / 4 S) */
static void
fill_cosine_table (double *value)
{
  for (guint m = 0; m < COSINE_PERIOD; m++)
    value[m] = sqrt (2.0 / S) * cos (2.0 * G_PI / COSINE_PERIOD * m);
}

/* sqrt (2 / (S - 1)) sin (2 pi m / 2 (S - 1)), exactly 0 where the sine is */
static void
fill_sine_table (double *value)
{
  for (guint m = 1; m < SINE_PERIOD; m++)
    value[m] = m == S - 1 ? 0.0 : sqrt (2.0 / (S - 1)) * sin (2.0 * G_PI / SINE_PERIOD * m);
}

/* A sine; cosines stand a quarter of the period further. */
static void
fill_periodic_table (double *value)
{
  for (guint m = 0; m < S; m++)
    value[m] = m % (S / 2) == 0 ? 0.0 : sqrt (2.0 / S) * sin (2.0 * G_PI / S * m);
}

/* out[k] = value[k (2 i + 1)] */
static void
look_up_cosine (const double *value, guint n, guint node, double *out)
{
  guint step = 2 * node + 1;

  for (guint k = 0, at = 0; k < n; k++, at = (at + step) % COSINE_PERIOD)
    out[k] = value[at];
  if (n > 0)
    out[0] = sqrt (1.0 / S);
}

/* out[k] = value[(k + 1) i] */
static void
look_up_sine (const double *value, guint n, guint node, double *out)
{
  for (guint k = 0, at = node; k < n; k++, at = (at + node) % SINE_PERIOD)
    out[k] = value[at];
}

/* out[2 k] = value[k i], out[2 k - 1] = value[k i + S / 4] */
static void
look_up_periodic (const double *value, guint n, guint node, double *out)
{
  for (guint k = 1; k < n; k++)
    {
      guint at = (k + 1) / 2 * node + (k % 2 == 1 ? QUARTER : 0);

      out[k] = value[at % S];
    }
  if (n > 0)
    out[0] = sqrt (1.0 / S);
  if (n == S)
    out[S - 1] = (node % 2 == 0 ? 1.0 : -1.0) * sqrt (1.0 / S);
}

/* By basis. */
static const struct
{
  void (*fill) (double *value);
  void (*look_up) (const double *value, guint n, guint node, double *out);
} tables[PISD_N_BASES] = {
  [PISD_BASIS_COSINE] = { fill_cosine_table, look_up_cosine },
  [PISD_BASIS_SINE] = { fill_sine_table, look_up_sine },
  [PISD_BASIS_PERIODIC] = { fill_periodic_table, look_up_periodic },
};

PisdBasisTable *
pisd_basis_table_new (PisdBasis basis)
{
  PisdBasisTable *self = g_new0 (PisdBasisTable, 1);

  self->basis = basis;
  tables[basis].fill (self->value);
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
  double at = pisd_basis_get_n_spacings (self->basis) * position, i = rint (at);

  g_return_if_fail (n <= pisd_basis_get_n_modes (self->basis));

  if (fabs (at - i) > NODE_ROUNDING || i < 0.0 || i > pisd_basis_get_n_spacings (self->basis))
    pisd_basis_evaluate (self->basis, n, position, out);
  else
    tables[self->basis].look_up (self->value, n, (guint) i, out);
}

/* Two products with an S x n matrix cost S n (n + S) multiply-adds.  They beat FFTW's DCT-II up to
 * this many modes, and its DST-I (logical size 2 x 127, a prime) always: `pisd bench transforms`.
 */
#define MATRIX_MOST 64

static gboolean
prefers_matrix (PisdBasis basis, const PisdSupport *support)
{
  return basis == PISD_BASIS_SINE || support->block <= MATRIX_MOST;
}

static void
build_matrix (PisdTransform *self)
{
  g_autoptr (PisdBasisTable) table = pisd_basis_table_new (self->basis);

  self->matrix = g_new (double, S * self->n);
  self->scratch = g_new (double, pisd_support_get_scratch (&self->support, S, S));
  for (guint i = 0; i < S; i++)
    pisd_basis_table_evaluate (table, self->n, pisd_basis_get_node (self->basis, i),
                               self->matrix + i * self->n);
}

/* How FFTW's unnormalised transforms store and weight the modes along an axis: REDFT10 is
 * 2 sum f cos, and REDFT01 has that 2 before all modes but the first. */
static void
weigh_cosine (PisdTransform *self, guint m)
{
  for (guint k = 0; k < m; k++)
    {
      self->at[k] = k;
      self->weight[k] = sqrt ((k == 0 ? 0.25 : 0.5) / S);
      self->back[k] = self->weight[k] * (k == 0 ? 2.0 : 1.0);
    }
}

static void
weigh_sine (PisdTransform *self, guint m)
{
  for (guint k = 0; k < m; k++)
    {
      self->at[k] = k;
      self->weight[k] = self->back[k] = sqrt (0.5 / (S - 1));
    }
}

/* Cosines come first, in ascending order, then sines in descending one, with the other sign. */
static void
weigh_periodic (PisdTransform *self, guint m)
{
  for (guint k = 0; k < m; k++)
    {
      gboolean sine = k % 2 == 0 && k > 0, single = k == 0 || k == m - 1;
      guint wave = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, k);

      self->at[k] = sine ? m - wave : wave;
      self->weight[k] = (sine ? -1.0 : 1.0) * periodic_norm (k);
      self->back[k] = self->weight[k] * (single ? 1.0 : 0.5);
    }
}

/* By basis. */
static const struct
{
  fftw_r2r_kind forward, backward;
  void (*weigh) (PisdTransform *self, guint m);
} transforms[PISD_N_BASES] = {
  [PISD_BASIS_COSINE] = { FFTW_REDFT10, FFTW_REDFT01, weigh_cosine },
  [PISD_BASIS_SINE] = { FFTW_RODFT00, FFTW_RODFT00, weigh_sine },
  [PISD_BASIS_PERIODIC] = { FFTW_R2HC, FFTW_HC2R, weigh_periodic },
};

static void
build_plans (PisdTransform *self)
{
  int m = (int) pisd_basis_get_n_modes (self->basis);
  fftw_r2r_kind forward = transforms[self->basis].forward;
  fftw_r2r_kind backward = transforms[self->basis].backward;

  self->scratch = fftw_alloc_real ((gsize) m * m);
  self->at = g_new (guint, m);
  self->weight = g_new (double, m);
  self->back = g_new (double, m);
  transforms[self->basis].weigh (self, m);

  pisd_planner_lock ();
  self->forward =
      fftw_plan_r2r_2d (m, m, self->scratch, self->scratch, forward, forward, FFTW_ESTIMATE);
  self->backward =
      fftw_plan_r2r_2d (m, m, self->scratch, self->scratch, backward, backward, FFTW_ESTIMATE);
  pisd_planner_unlock ();
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
      pisd_planner_lock ();
      fftw_destroy_plan (self->forward);
      fftw_destroy_plan (self->backward);
      pisd_planner_unlock ();
      fftw_free (self->scratch);
      g_free (self->at);
      g_free (self->weight);
      g_free (self->back);
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
  return basis == PISD_BASIS_SINE ? 1 : 0;
}

/* grid = REDFT01, RODFT00 or HC2R of C with FFTW's factors, 0 outside the basis' own nodes. */
static void
synthesize_fftw (PisdTransform *self, const double *coefficients, double *grid)
{
  guint m = pisd_basis_get_n_modes (self->basis), o = first_node (self->basis);

  memset (self->scratch, 0, sizeof (double) * m * m);
  for (guint j = 0; j < self->n; j++)
    for (guint k = 0; k < self->n; k++)
      self->scratch[self->at[j] * m + self->at[k]] =
          coefficients[j * self->n + k] * self->back[j] * self->back[k];
  fftw_execute (self->backward);
  if (o > 0)
    memset (grid, 0, sizeof (double) * S * S);
  for (guint i = 0; i < m; i++)
    memcpy (grid + (i + o) * S + o, self->scratch + i * m, sizeof (double) * m);
}

/* C = the low modes of REDFT10, RODFT00 or R2HC of the grid, made orthonormal. */
static void
analyze_fftw (PisdTransform *self, const double *grid, double *coefficients)
{
  guint m = pisd_basis_get_n_modes (self->basis), o = first_node (self->basis);

  for (guint i = 0; i < m; i++)
    memcpy (self->scratch + i * m, grid + (i + o) * S + o, sizeof (double) * m);
  fftw_execute (self->forward);
  for (guint j = 0; j < self->n; j++)
    for (guint k = 0; k < self->n; k++)
      coefficients[j * self->n + k] =
          self->scratch[self->at[j] * m + self->at[k]] * self->weight[j] * self->weight[k];
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
