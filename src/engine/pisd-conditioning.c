#include "pisd-conditioning.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-grf.h"
#include "pisd-lapack.h"
#include "pisd-parallel.h"
#include "pisd-rng.h"
#include "pisd-solution-map.h"

#define S PISD_GRID
#define JITTER 1e-12
/* Rows that one thread computes at a time: of a product, and of the readings' matrix. */
#define BLOCK 64
#define FILL 128
/* Directions that the readings say nothing about. */
#define UNSEEN 1e-13

struct _PisdConditioning
{
  PisdProblemId problem;
  double wavenumber;
  guint n;
  PisdSite *sites;
  double *y; /* [n] */
  const PisdModes *kept;
  PisdModes *all;  /* the kept modes first, then ... */
  PisdModes *tail; /* ... these */
  double *scale;   /* [all] */
  PisdReadings *h, *t;
  double *l;                /* [n, n] lower Cholesky factor of G */
  double *w;                /* [n, n] Q' L^-1 */
  double *mu;               /* [n] */
  double *wy;               /* [n] W y */
  double *e;                /* [n, n] lower Cholesky factor of T T' + R; NULL until it is needed */
  double *noise_covariance; /* [n, n] T T' + R, until `e` is made of it */
  double *r, *s;            /* [n] scratch */
  double *z_scratch;        /* [kept] */
  double *t_scratch;        /* [tail] */
  double *box;              /* [S, S] coefficients scratch */
  PisdTransform *transform; /* full cosine */
};

/* One product of rows with rows: out[i, j] = <row i, row j> for j <= i, block by block of rows. */
typedef struct
{
  const double *rows;
  gsize stride, length;
  guint n;
  double *out; /* [n, n] */
} Gram;

static void
gram_block (guint block, gpointer data)
{
  Gram *g = data;
  guint first = block * BLOCK, m = MIN (BLOCK, g->n - first);

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, first + m, g->length, 1.0,
               g->rows + first * g->stride, g->stride, g->rows, g->stride, 0.0,
               g->out + (gsize) first * g->n, g->n);
}

static double *
gram_new (const double *rows, gsize stride, gsize length, guint n, guint n_threads)
{
  Gram gram = { rows, stride, length, n, g_new0 (double, (gsize) n *n) };

  pisd_parallel ((n + BLOCK - 1) / BLOCK, n_threads, gram_block, &gram);
  return gram.out;
}

typedef struct
{
  PisdConditioning *self;
  double *rows; /* [n, all modes] */
} RowFill;

/* Every block has readings of its own: their scratch space is not shared. */
static void
fill_block (guint block, gpointer data)
{
  RowFill *f = data;
  PisdConditioning *self = f->self;
  guint first = block * FILL, m = MIN (FILL, self->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (self->wavenumber, self->all, self->scale, self->sites + first, m);

  for (guint i = 0; i < m; i++)
    pisd_readings_fill_row (readings, i, f->rows + (gsize) (first + i) * self->all->n);
}

static void
mirror (double *matrix, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      matrix[(gsize) i * n + j] = matrix[(gsize) j * n + i];
}

/* Adds JITTER of the mean diagonal. */
static void
add_jitter (double *matrix, guint n)
{
  double trace = 0.0;

  for (guint i = 0; i < n; i++)
    trace += matrix[(gsize) i * n + i];
  for (guint i = 0; i < n; i++)
    matrix[(gsize) i * n + i] += JITTER * trace / n;
}

/* The lower Cholesky factor in place; where rounding has made the matrix indefinite, with ten times
 * the jitter until it succeeds. */
static void
factor (double *matrix, guint n)
{
  g_autofree double *copy = g_memdup2 (matrix, (gsize) n * n * sizeof (double));

  for (;;)
    {
      add_jitter (matrix, n);
      if (pisd_lapack_cholesky (n, matrix))
        return;
      for (guint i = 0; i < n; i++)
        copy[(gsize) i * n + i] *= 1.0 + 10.0 * JITTER;
      memcpy (matrix, copy, (gsize) n * n * sizeof (double));
      add_jitter (matrix, n);
    }
}

/* From A = H H' (destroyed) and L: mu and W. */
static void
diagonalize (PisdConditioning *self, double *a)
{
  guint n = self->n;

  mirror (a, n);
  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1.0, self->l,
               n, a, n);
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, n, n, 1.0, self->l,
               n, a, n);
  pisd_lapack_eigen (n, a, self->mu);
  for (guint i = 0; i < n; i++)
    self->mu[i] = CLAMP (self->mu[i], 0.0, 1.0);
  /* Rows of `a` are the eigenvectors: W = Q' L^-1. */
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1.0,
               self->l, n, a, n);
  self->w = a;
}

static void
multiply_w (const PisdConditioning *self, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, self->n, self->n, 1.0, self->w, self->n, in, 1, 0.0,
               out, 1);
}

static void
multiply_w_adjoint (const PisdConditioning *self, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, self->n, self->n, 1.0, self->w, self->n, in, 1, 0.0, out,
               1);
}

static void
factor_system (PisdConditioning *self, guint n_threads)
{
  gsize n = self->n;
  g_autofree double *rows = g_new (double, n * self->all->n);
  RowFill fill = { self, rows };
  double *a, *e;

  pisd_parallel ((n + FILL - 1) / FILL, n_threads, fill_block, &fill);
  a = gram_new (rows, self->all->n, self->kept->n, n, n_threads);
  e = gram_new (rows + self->kept->n, self->all->n, self->tail->n, n, n_threads);
  for (gsize i = 0; i < n; i++)
    e[i * n + i] += self->sites[i].variance;
  self->l = g_new (double, n *n);
  for (gsize i = 0; i < n * n; i++)
    self->l[i] = a[i] + e[i];
  factor (self->l, n);
  self->noise_covariance = e;
  diagonalize (self, a);
  multiply_w (self, self->y, self->wy);
}

static void
init_modes (PisdConditioning *self)
{
  self->all = pisd_modes_new_completed (self->kept, S);
  self->tail = pisd_modes_new_rest (self->all, self->kept->n);
  self->scale = g_new (double, self->all->n);
  for (guint i = 0; i < self->all->n; i++)
    self->scale[i] = pisd_grf_scale (self->all->ky[i], self->all->kx[i]);
}

PisdConditioning *
pisd_conditioning_new (const PisdRepresentation *representation,
                       const PisdSensors *sensors,
                       guint n_threads)
{
  PisdConditioning *self = g_new0 (PisdConditioning, 1);

  self->problem = pisd_representation_get_problem (representation);
  self->wavenumber = pisd_representation_get_wavenumber (representation);
  self->kept = pisd_representation_get_modes (representation, 0);
  self->sites = pisd_sites_new (self->problem, sensors, &self->n);
  init_modes (self);
  self->h = pisd_readings_new (self->wavenumber, self->kept, self->scale, self->sites, self->n);
  self->t = pisd_readings_new (self->wavenumber, self->tail, self->scale + self->kept->n,
                               self->sites, self->n);
  self->y = g_new (double, self->n);
  self->mu = g_new (double, self->n);
  self->wy = g_new (double, self->n);
  self->r = g_new (double, self->n);
  self->s = g_new (double, self->n);
  self->z_scratch = g_new (double, self->kept->n);
  self->t_scratch = g_new (double, self->tail->n);
  self->box = g_new (double, S *S);
  self->transform = pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  for (guint i = 0; i < self->n; i++)
    self->y[i] = self->sites[i].value;
  if (self->n > 0)
    factor_system (self, n_threads);
  return self;
}

void
pisd_conditioning_free (PisdConditioning *self)
{
  if (self == NULL)
    return;
  g_free (self->sites);
  pisd_readings_free (self->h);
  pisd_readings_free (self->t);
  pisd_modes_free (self->tail);
  pisd_modes_free (self->all);
  g_free (self->scale);
  g_free (self->y);
  g_free (self->mu);
  g_free (self->wy);
  g_free (self->l);
  g_free (self->w);
  g_free (self->e);
  g_free (self->noise_covariance);
  g_free (self->r);
  g_free (self->s);
  g_free (self->z_scratch);
  g_free (self->t_scratch);
  g_free (self->box);
  pisd_transform_free (self->transform);
  g_free (self);
}

guint
pisd_conditioning_get_n (const PisdConditioning *self)
{
  return self->n;
}

/* z += H' W' s */
static void
add_pulled_back (PisdConditioning *self, const double *s, double *z)
{
  multiply_w_adjoint (self, s, self->r);
  pisd_readings_apply_adjoint (self->h, self->r, self->z_scratch);
  cblas_daxpy (self->kept->n, 1.0, self->z_scratch, 1, z, 1);
}

void
pisd_conditioning_correct (PisdConditioning *self, double c, double *m)
{
  if (self->n == 0)
    return;
  pisd_readings_apply (self->h, m, self->r);
  multiply_w (self, self->r, self->s);
  for (guint i = 0; i < self->n; i++)
    self->s[i] = c * (self->wy[i] - self->s[i]) / (1.0 - (1.0 - c) * self->mu[i]);
  add_pulled_back (self, self->s, m);
}

/* Rows of V = W H satisfy V V' = diag (mu): along V_i / sqrt (mu_i) the posterior has variance 1 -
 * mu_i and mean sqrt (mu_i) (W y)_i, across all of them the prior's 1 and 0. */
void
pisd_conditioning_step (PisdConditioning *self,
                        double sigma,
                        double next,
                        const double *x,
                        double *x_next)
{
  double s2 = sigma * sigma, n2 = next * next;
  double across = sqrt ((1.0 + n2) / (1.0 + s2));

  for (guint i = 0; i < self->kept->n; i++)
    x_next[i] = across * x[i];
  if (self->n == 0)
    return;
  pisd_readings_apply (self->h, x, self->r);
  multiply_w (self, self->r, self->s);
  for (guint i = 0; i < self->n; i++)
    {
      double v = 1.0 - self->mu[i];
      double along = sqrt ((v + n2) / (v + s2));

      if (self->mu[i] < UNSEEN)
        self->s[i] = 0.0;
      else
        self->s[i] = self->wy[i] * (1.0 - along) + (along - across) / self->mu[i] * self->s[i];
    }
  add_pulled_back (self, self->s, x_next);
}

/* Coefficients [S, S] of modes with standard deviations `scale`. */
static void
place (const PisdModes *modes, const double *scale, const double *z, double *box)
{
  for (guint i = 0; i < modes->n; i++)
    box[modes->ky[i] * S + modes->kx[i]] = scale[i] * z[i];
}

/* The source of kept and discarded coefficients. */
static void
synthesize (PisdConditioning *self, const double *z, const double *t, PisdField *a)
{
  self->box[0] = 0.0;
  place (self->kept, self->scale, z, self->box);
  place (self->tail, self->scale + self->kept->n, t, self->box);
  pisd_transform_synthesize (self->transform, self->box, a->data);
}

/* r -= noise of a draw */
static void
subtract_noise (PisdConditioning *self, guint64 seed, guint lane, double *r)
{
  g_autofree double *noise = g_new (double, self->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, S * S, self->n, noise);
  for (guint i = 0; i < self->n; i++)
    r[i] -= sqrt (self->sites[i].variance) * noise[i];
}

/* x = (F F')^-1 r, F: lower Cholesky factor; in place. */
static void
solve_factored (const double *f, guint n, double *r)
{
  cblas_dtrsv (CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, f, n, r, 1);
  cblas_dtrsv (CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n, f, n, r, 1);
}

/* t* = t0 + T' (T T' + R)^-1 (y - H z - T t0 - e0), with t0, e0 from their priors, or zero for the
 * mean. */
void
pisd_conditioning_complete (PisdConditioning *self,
                            const double *z,
                            guint64 seed,
                            guint lane,
                            PisdField *a)
{
  g_autofree double *t = g_new0 (double, self->tail->n);
  gboolean draw = lane != PISD_CONDITIONING_MEAN;

  if (draw)
    pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->tail->n, t);
  if (self->n > 0)
    {
      if (self->e == NULL)
        {
          self->e = g_steal_pointer (&self->noise_covariance);
          factor (self->e, self->n);
        }
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->n; i++)
        self->r[i] = self->y[i] - self->r[i] - self->s[i];
      if (draw)
        subtract_noise (self, seed, lane, self->r);
      solve_factored (self->e, self->n, self->r);
      pisd_readings_apply_adjoint (self->t, self->r, self->t_scratch);
      cblas_daxpy (self->tail->n, 1.0, self->t_scratch, 1, t, 1);
    }
  synthesize (self, z, t, a);
}

/* z, t += [H T]' G^-1 r; r is overwritten. */
static void
add_gain (PisdConditioning *self, double *r, double *z, double *t)
{
  solve_factored (self->l, self->n, r);
  pisd_readings_apply_adjoint (self->h, r, self->z_scratch);
  pisd_readings_apply_adjoint (self->t, r, self->t_scratch);
  cblas_daxpy (self->kept->n, 1.0, self->z_scratch, 1, z, 1);
  cblas_daxpy (self->tail->n, 1.0, self->t_scratch, 1, t, 1);
}

void
pisd_conditioning_get_mean (PisdConditioning *self, PisdField *a)
{
  g_autofree double *z = g_new0 (double, self->kept->n);
  g_autofree double *t = g_new0 (double, self->tail->n);

  if (self->n > 0)
    {
      memcpy (self->r, self->y, sizeof (double) * self->n);
      add_gain (self, self->r, z, t);
    }
  synthesize (self, z, t, a);
}

void
pisd_conditioning_sample (PisdConditioning *self, guint64 seed, guint lane, PisdField *a)
{
  g_autofree double *z = g_new (double, self->kept->n);
  g_autofree double *t = g_new (double, self->tail->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, self->kept->n, z);
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->tail->n, t);
  if (self->n > 0)
    {
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->n; i++)
        self->r[i] = self->y[i] - self->r[i] - self->s[i];
      subtract_noise (self, seed, lane, self->r);
      add_gain (self, self->r, z, t);
    }
  synthesize (self, z, t, a);
}

/* Covariances of the fields with the readings: block of sites, rows of [S * S]. */
typedef struct
{
  PisdConditioning *self;
  double *cross_a, *cross_u; /* [n, S * S] or NULL */
} Cross;

static void
cross_block (guint block, gpointer data)
{
  Cross *c = data;
  PisdConditioning *self = c->self;
  guint first = block * FILL, m = MIN (FILL, self->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (self->wavenumber, self->all, self->scale, self->sites + first, m);
  g_autoptr (PisdTransform) cosine = pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdTransform) sine = pisd_transform_new (PISD_BASIS_SINE, S - 2, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdModes) sine_modes =
      pisd_modes_new (PISD_MODES_SQUARE, S - 2, PISD_BASIS_SINE, FALSE, NULL);
  g_autoptr (PisdSolutionMap) map = pisd_solution_map_new (self->wavenumber, self->all, sine_modes);
  g_autofree double *z = g_new (double, self->all->n);
  g_autofree double *box = g_new0 (double, S *S);
  g_autofree double *ones = g_new (double, S *S);

  for (guint i = 0; i < S * S; i++)
    ones[i] = 1.0;
  for (guint i = 0; i < m; i++)
    {
      gsize row = (gsize) (first + i) * S * S;

      pisd_readings_fill_row (readings, i, z);
      if (c->cross_a != NULL)
        {
          place (self->all, self->scale, z, box);
          pisd_transform_synthesize (cosine, box, c->cross_a + row);
        }
      if (c->cross_u != NULL)
        {
          pisd_solution_map_apply (map, z, self->scale, ones, box);
          pisd_transform_synthesize (sine, box, c->cross_u + row);
          memset (box, 0, sizeof (double) * S * S);
        }
    }
}

/* Columns of a cross covariance, whitened: variance -= |L^-1 c_p|^2. */
typedef struct
{
  PisdConditioning *self;
  double *cross;
  PisdField *variance;
} Reduce;

#define COLUMNS 512

static void
reduce_block (guint block, gpointer data)
{
  Reduce *r = data;
  guint first = block * COLUMNS, n = r->self->n;
  double *c = r->cross + first;

  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, COLUMNS, 1.0,
               r->self->l, n, c, S * S);
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < COLUMNS; p++)
      r->variance->data[first + p] -= c[(gsize) i * S * S + p] * c[(gsize) i * S * S + p];
}

/* Nodes of one octant, and where symmetry takes each of them: reflections and the exchange of the
 * axes leave the prior as it is. */
#define HALF (S / 2)

static void
spread_octant (PisdField *field, guint i, guint j, double value)
{
  const guint rows[] = { i, S - 1 - i }, columns[] = { j, S - 1 - j };

  for (guint a = 0; a < 2; a++)
    for (guint b = 0; b < 2; b++)
      {
        field->data[rows[a] * S + columns[b]] = value;
        field->data[columns[b] * S + rows[a]] = value;
      }
}

typedef struct
{
  PisdConditioning *self;
  PisdFieldId field;
  PisdField *variance;
} Variance;

/* Row i of the octant: the square norm of a reading's row is its variance. */
static void
variance_block (guint i, gpointer data)
{
  Variance *v = data;
  PisdConditioning *self = v->self;
  g_autofree PisdSite *sites = g_new0 (PisdSite, HALF);
  g_autofree double *row = g_new (double, self->all->n);
  g_autoptr (PisdReadings) readings = NULL;

  for (guint j = i; j < HALF; j++)
    sites[j - i] =
        (PisdSite){ .field = v->field, .x = (double) j / (S - 1), .y = (double) i / (S - 1) };
  readings = pisd_readings_new (self->wavenumber, self->all, self->scale, sites, HALF - i);
  for (guint j = i; j < HALF; j++)
    {
      pisd_readings_fill_row (readings, j - i, row);
      spread_octant (v->variance, i, j, cblas_ddot (self->all->n, row, 1, row, 1));
    }
}

/* Variance of the prior at every node. */
static void
prior_variance (PisdConditioning *self, PisdFieldId field, guint n_threads, PisdField *variance)
{
  Variance v = { self, field, variance };

  pisd_parallel (HALF, n_threads, variance_block, &v);
}

static void
posterior_sd (PisdConditioning *self,
              PisdFieldId field,
              double *cross,
              guint n_threads,
              PisdField *sd)
{
  Reduce reduce = { self, cross, sd };

  prior_variance (self, field, n_threads, sd);
  if (self->n > 0)
    pisd_parallel (S * S / COLUMNS, n_threads, reduce_block, &reduce);
  for (guint p = 0; p < S * S; p++)
    sd->data[p] = sqrt (MAX (0.0, sd->data[p]));
  if (pisd_problem_find_field (self->problem, field)->zero_boundary)
    pisd_field_zero_boundary (sd);
}

void
pisd_conditioning_get_sd (PisdConditioning *self, guint n_threads, PisdField *a_sd, PisdField *u_sd)
{
  gsize size = (gsize) self->n * S * S;
  g_autofree double *cross_a = a_sd != NULL ? g_new (double, size) : NULL;
  g_autofree double *cross_u = u_sd != NULL ? g_new (double, size) : NULL;
  Cross cross = { self, cross_a, cross_u };

  pisd_parallel ((self->n + FILL - 1) / FILL, n_threads, cross_block, &cross);
  if (a_sd != NULL)
    posterior_sd (self, PISD_FIELD_A, cross_a, n_threads, a_sd);
  if (u_sd != NULL)
    posterior_sd (self, PISD_FIELD_U, cross_u, n_threads, u_sd);
}
