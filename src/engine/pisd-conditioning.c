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
#define BLOCK 128
#define FILL 128
/* Above, rows are not kept for the next set of sensors: 2000 of them are 262 MB. */
#define MOST_KEPT_ROWS 2000
/* Directions that the readings say nothing about. */
#define UNSEEN 1e-13

/* A row of [H T], in a slab of rows that several sets of sensors may share. */
typedef struct
{
  double *slab; /* g_atomic_rc_box */
  const double *row;
} Row;

/* All that is computed once: immutable after pisd_conditioning_prepare(), counted references. */
typedef struct
{
  gint ref_count;
  PisdProblemId problem;
  double wavenumber;
  guint n;
  PisdSite *sites;
  double *y; /* [n] */
  PisdModes *kept;
  PisdModes *all;  /* the kept modes first, then ... */
  PisdModes *tail; /* ... these */
  double *scale;   /* [all] */
  Row *rows;       /* [n]; NULL where they would not fit */
  double *a, *e;   /* [n, n] lower triangles of H H' and T T' + R */
  double *l;       /* [n, n] lower Cholesky factor of G */
  double *w;       /* [n, n] Q' L^-1; NULL until it is needed */
  double *mu;      /* [n] */
  double *wy;      /* [n] W y */
  double *l_tail;  /* [n, n] lower Cholesky factor of T T' + R; NULL until it is needed */
} Factors;

struct _PisdConditioning
{
  Factors *f;
  PisdReadings *h, *t;
  double *r, *s;            /* [n] scratch */
  double *z_scratch;        /* [kept] */
  double *t_scratch;        /* [tail] */
  double *box;              /* [S, S] coefficients scratch */
  PisdTransform *transform; /* full cosine */
};

/* One product of rows with rows: out[i, j] = <row i, row j> for j <= i, block by block of rows, the longest first. */
typedef struct
{
  const double *rows;
  gsize stride, length;
  guint n, n_blocks;
  double *out; /* [n, n] */
} Gram;

static void
gram_block (guint block, gpointer data)
{
  Gram *g = data;
  guint first = (g->n_blocks - 1 - block) * BLOCK, m = MIN (BLOCK, g->n - first);

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, first + m, g->length, 1.0,
               g->rows + first * g->stride, g->stride, g->rows, g->stride, 0.0,
               g->out + (gsize) first * g->n, g->n);
}

static double *
gram_new (const double *rows, gsize stride, gsize length, guint n, guint n_threads)
{
  Gram gram = { rows, stride, length, n, (n + BLOCK - 1) / BLOCK, g_new0 (double, (gsize) n *n) };

  pisd_parallel (gram.n_blocks, n_threads, gram_block, &gram);
  return gram.out;
}

/* Rows of the sites listed in `which`, or of all. */
typedef struct
{
  const Factors *f;
  const guint *which; /* [n] or NULL */
  guint n;
  double *rows; /* [n, all modes] */
} RowFill;

/* Every block has readings of its own: their scratch space is not shared. */
static void
fill_block (guint block, gpointer data)
{
  RowFill *fill = data;
  const Factors *f = fill->f;
  guint first = block * FILL, m = MIN (FILL, fill->n - first);
  g_autofree PisdSite *sites = g_new (PisdSite, m);
  g_autoptr (PisdReadings) readings = NULL;

  for (guint i = 0; i < m; i++)
    sites[i] = f->sites[fill->which != NULL ? fill->which[first + i] : first + i];
  readings = pisd_readings_new (f->wavenumber, f->all, f->scale, sites, m);
  for (guint i = 0; i < m; i++)
    pisd_readings_fill_row (readings, i, fill->rows + (gsize) (first + i) * f->all->n);
}

/* A slab of rows, which the sites that use it own together. */
static double *
slab_new (const Factors *f, const guint *which, guint n, guint n_threads)
{
  RowFill fill = { f, which, n, g_atomic_rc_box_alloc ((gsize) n * f->all->n * sizeof (double)) };

  pisd_parallel ((n + FILL - 1) / FILL, n_threads, fill_block, &fill);
  return fill.rows;
}

static void
row_take (Row *row, double *slab, const double *values)
{
  row->slab = g_atomic_rc_box_acquire (slab);
  row->row = values;
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

static void
multiply_w (const Factors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

static void
multiply_w_adjoint (const Factors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

/* mu and W from A = H H' and L. */
static void
ensure_steps (Factors *f)
{
  guint n = f->n;
  double *a;

  if (f->w != NULL || n == 0)
    return;
  a = g_memdup2 (f->a, (gsize) n * n * sizeof (double));
  mirror (a, n);
  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1.0, f->l, n,
               a, n);
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, n, n, 1.0, f->l, n,
               a, n);
  pisd_lapack_eigen (n, a, f->mu);
  for (guint i = 0; i < n; i++)
    f->mu[i] = CLAMP (f->mu[i], 0.0, 1.0);
  /* Rows of `a` are the eigenvectors: W = Q' L^-1. */
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1.0, f->l,
               n, a, n);
  f->w = a;
  multiply_w (f, f->y, f->wy);
}

static void
ensure_tail (Factors *f)
{
  if (f->l_tail != NULL || f->n == 0)
    return;
  f->l_tail = g_memdup2 (f->e, (gsize) f->n * f->n * sizeof (double));
  factor (f->l_tail, f->n);
}

/* G = A + E, factored. */
static void
factor_sum (Factors *f)
{
  gsize size = (gsize) f->n * f->n;

  f->l = g_new (double, size);
  for (gsize i = 0; i < size; i++)
    f->l[i] = f->a[i] + f->e[i];
  factor (f->l, f->n);
}

/* Every entry from the start. */
static void
fill_all (Factors *f, guint n_threads)
{
  gsize n = f->n, n_all = f->all->n;
  double *slab = slab_new (f, NULL, n, n_threads);

  f->a = gram_new (slab, n_all, f->kept->n, n, n_threads);
  f->e = gram_new (slab + f->kept->n, n_all, f->tail->n, n, n_threads);
  for (gsize i = 0; i < n; i++)
    f->e[i * n + i] += f->sites[i].variance;
  if (n <= MOST_KEPT_ROWS)
    {
      f->rows = g_new (Row, n);
      for (gsize i = 0; i < n; i++)
        row_take (&f->rows[i], slab, slab + i * n_all);
    }
  g_atomic_rc_box_release (slab);
}

/* Entries of row and column i of the lower triangles, from the rows. */
static void
fill_pairs (Factors *f, guint i)
{
  guint n_kept = f->kept->n;

  for (guint j = 0; j < f->n; j++)
    {
      gsize at = (gsize) MAX (i, j) * f->n + MIN (i, j);
      const double *p = f->rows[i].row, *q = f->rows[j].row;

      f->a[at] = cblas_ddot (n_kept, p, 1, q, 1);
      f->e[at] = cblas_ddot (f->tail->n, p + n_kept, 1, q + n_kept, 1);
    }
}

/* Entries that an earlier set of sensors has are copied, the others computed.  old[i]: index of site i there, or -1. */
static void
fill_from (Factors *f, const Factors *from, const int *old, const guint *added, guint n_added)
{
  gsize n = f->n;
  double *slab = n_added > 0 ? slab_new (f, added, n_added, 1) : NULL; /* a sensor was removed */

  f->a = g_new0 (double, n *n);
  f->e = g_new0 (double, n *n);
  f->rows = g_new (Row, n);
  for (gsize i = 0; i < n; i++)
    if (old[i] >= 0)
      row_take (&f->rows[i], from->rows[old[i]].slab, from->rows[old[i]].row);
  for (guint k = 0; k < n_added; k++)
    row_take (&f->rows[added[k]], slab, slab + (gsize) k * f->all->n);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i && old[i] >= 0; j++)
      if (old[j] >= 0)
        {
          gsize at = (gsize) MAX (old[i], old[j]) * from->n + MIN (old[i], old[j]);

          f->a[i * n + j] = from->a[at];
          f->e[i * n + j] = from->e[at] - (i == j ? from->sites[old[i]].variance : 0.0);
        }
  for (guint k = 0; k < n_added; k++)
    fill_pairs (f, added[k]);
  for (gsize i = 0; i < n; i++)
    f->e[i * n + i] += f->sites[i].variance;
  g_clear_pointer (&slab, g_atomic_rc_box_release);
}

static Factors *
factors_new (const PisdRepresentation *representation, const PisdSensors *sensors)
{
  Factors *f = g_new0 (Factors, 1);

  f->ref_count = 1;
  f->problem = pisd_representation_get_problem (representation);
  f->wavenumber = pisd_representation_get_wavenumber (representation);
  f->kept = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  f->sites = pisd_sites_new (f->problem, sensors, &f->n);
  f->all = pisd_modes_new_completed (f->kept, S);
  f->tail = pisd_modes_new_rest (f->all, f->kept->n);
  f->scale = g_new (double, f->all->n);
  for (guint i = 0; i < f->all->n; i++)
    f->scale[i] = pisd_grf_scale (f->all->ky[i], f->all->kx[i]);
  f->y = g_new (double, f->n);
  f->mu = g_new (double, f->n);
  f->wy = g_new (double, f->n);
  for (guint i = 0; i < f->n; i++)
    f->y[i] = f->sites[i].value;
  return f;
}

static void
factors_unref (Factors *f)
{
  if (!g_atomic_int_dec_and_test (&f->ref_count))
    return;
  for (guint i = 0; f->rows != NULL && i < f->n; i++)
    g_atomic_rc_box_release (f->rows[i].slab);
  g_free (f->rows);
  g_free (f->sites);
  pisd_modes_free (f->kept);
  pisd_modes_free (f->tail);
  pisd_modes_free (f->all);
  g_free (f->scale);
  g_free (f->y);
  g_free (f->mu);
  g_free (f->wy);
  g_free (f->a);
  g_free (f->e);
  g_free (f->l);
  g_free (f->w);
  g_free (f->l_tail);
  g_free (f);
}

/* Takes over the reference. */
static PisdConditioning *
conditioning_new (Factors *f)
{
  PisdConditioning *self = g_new0 (PisdConditioning, 1);

  self->f = f;
  self->h = pisd_readings_new (f->wavenumber, f->kept, f->scale, f->sites, f->n);
  self->t = pisd_readings_new (f->wavenumber, f->tail, f->scale + f->kept->n, f->sites, f->n);
  self->r = g_new (double, f->n);
  self->s = g_new (double, f->n);
  self->z_scratch = g_new (double, f->kept->n);
  self->t_scratch = g_new (double, f->tail->n);
  self->box = g_new (double, S *S);
  self->transform = pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  return self;
}

PisdConditioning *
pisd_conditioning_new (const PisdRepresentation *representation,
                       const PisdSensors *sensors,
                       guint n_threads)
{
  Factors *f = factors_new (representation, sensors);

  if (f->n > 0)
    {
      fill_all (f, n_threads);
      factor_sum (f);
    }
  return conditioning_new (f);
}

/* Both lists are in the same order, so one pass pairs them.  Returns how many sites are new. */
static guint
match_sites (const Factors *f, const Factors *from, int *old, guint *added)
{
  guint n_added = 0, j = 0;

  for (guint i = 0; i < f->n; i++)
    {
      while (j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) < 0)
        j++;
      old[i] = j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) == 0 ? (int) j : -1;
      if (old[i] < 0)
        added[n_added++] = i;
    }
  return n_added;
}

static gboolean
fits_representation (const Factors *f, const PisdRepresentation *representation)
{
  return f->problem == pisd_representation_get_problem (representation)
         && f->wavenumber == pisd_representation_get_wavenumber (representation)
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0));
}

gboolean
pisd_conditioning_fits (const PisdConditioning *self,
                        const PisdRepresentation *representation,
                        const PisdSensors *sensors)
{
  const Factors *f = self->f;
  g_autofree PisdSite *sites = NULL;
  guint n;

  if (!fits_representation (f, representation))
    return FALSE;
  sites = pisd_sites_new (f->problem, sensors, &n);
  if (n != f->n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (pisd_site_compare (&sites[i], &f->sites[i]) != 0 || sites[i].value != f->sites[i].value
        || sites[i].variance != f->sites[i].variance)
      return FALSE;
  return TRUE;
}

PisdConditioning *
pisd_conditioning_new_from (const PisdConditioning *from,
                            const PisdRepresentation *representation,
                            const PisdSensors *sensors,
                            guint n_threads)
{
  Factors *f = factors_new (representation, sensors);
  g_autofree int *old = g_new (int, f->n);
  g_autofree guint *added = g_new (guint, f->n);
  guint n_added = match_sites (f, from->f, old, added);
  gboolean same = fits_representation (from->f, representation);

  if (f->n == 0)
    return conditioning_new (f);
  if (!same || from->f->rows == NULL || f->n > MOST_KEPT_ROWS || n_added > f->n / 4)
    fill_all (f, n_threads);
  else
    fill_from (f, from->f, old, added, n_added);
  factor_sum (f);
  return conditioning_new (f);
}

void
pisd_conditioning_prepare (PisdConditioning *self)
{
  ensure_steps (self->f);
  ensure_tail (self->f);
}

PisdConditioning *
pisd_conditioning_new_shared (PisdConditioning *self)
{
  g_atomic_int_inc (&self->f->ref_count);
  return conditioning_new (self->f);
}

void
pisd_conditioning_free (PisdConditioning *self)
{
  if (self == NULL)
    return;
  pisd_readings_free (self->h);
  pisd_readings_free (self->t);
  g_free (self->r);
  g_free (self->s);
  g_free (self->z_scratch);
  g_free (self->t_scratch);
  g_free (self->box);
  pisd_transform_free (self->transform);
  factors_unref (self->f);
  g_free (self);
}

guint
pisd_conditioning_get_n (const PisdConditioning *self)
{
  return self->f->n;
}

/* z += H' W' s */
static void
add_pulled_back (PisdConditioning *self, const double *s, double *z)
{
  multiply_w_adjoint (self->f, s, self->r);
  pisd_readings_apply_adjoint (self->h, self->r, self->z_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
}

void
pisd_conditioning_correct (PisdConditioning *self, double c, double *m)
{
  if (self->f->n == 0)
    return;
  ensure_steps (self->f);
  pisd_readings_apply (self->h, m, self->r);
  multiply_w (self->f, self->r, self->s);
  for (guint i = 0; i < self->f->n; i++)
    self->s[i] = c * (self->f->wy[i] - self->s[i]) / (1.0 - (1.0 - c) * self->f->mu[i]);
  add_pulled_back (self, self->s, m);
}

/* State = alpha start + H' W' t.  Rows of V = W H satisfy V V' = diag (mu): along V_i / sqrt (mu_i) the posterior has
 * variance 1 - mu_i and mean sqrt (mu_i) (W y)_i, across all of them the prior's 1 and 0. */
struct _PisdFlow
{
  PisdConditioning *conditioning;
  double *start; /* [kept] */
  double alpha;
  double *t; /* [n] */
  double *p; /* [n] W H state */
};

PisdFlow *
pisd_flow_new (PisdConditioning *conditioning, const double *x)
{
  PisdFlow *self = g_new0 (PisdFlow, 1);
  const Factors *f = conditioning->f;

  self->conditioning = conditioning;
  self->start = g_memdup2 (x, sizeof (double) * f->kept->n);
  self->alpha = 1.0;
  self->t = g_new0 (double, f->n);
  self->p = g_new0 (double, f->n);
  if (f->n == 0)
    return self;
  ensure_steps (conditioning->f);
  pisd_readings_apply (conditioning->h, x, conditioning->r);
  multiply_w (f, conditioning->r, self->p);
  return self;
}

void
pisd_flow_free (PisdFlow *self)
{
  if (self == NULL)
    return;
  g_free (self->start);
  g_free (self->t);
  g_free (self->p);
  g_free (self);
}

void
pisd_flow_step (PisdFlow *self, double sigma, double next)
{
  const Factors *f = self->conditioning->f;
  double s2 = sigma * sigma, n2 = next * next;
  double across = sqrt ((1.0 + n2) / (1.0 + s2));

  self->alpha *= across;
  for (guint i = 0; i < f->n; i++)
    {
      double v = 1.0 - f->mu[i], along = sqrt ((v + n2) / (v + s2)), push = 0.0;

      if (f->mu[i] > UNSEEN)
        push = f->wy[i] * (1.0 - along) + (along - across) / f->mu[i] * self->p[i];
      self->t[i] = across * self->t[i] + push;
      self->p[i] = across * self->p[i] + f->mu[i] * push;
    }
}

/* z = scale start + H' W' s */
static void
flow_compose (PisdFlow *self, double scale, const double *s, double *z)
{
  guint n_kept = self->conditioning->f->kept->n;

  for (guint i = 0; i < n_kept; i++)
    z[i] = scale * self->start[i];
  if (self->conditioning->f->n > 0)
    add_pulled_back (self->conditioning, s, z);
}

void
pisd_flow_get_state (PisdFlow *self, double *x)
{
  flow_compose (self, self->alpha, self->t, x);
}

void
pisd_flow_get_estimate (PisdFlow *self, double sigma, double *m)
{
  const Factors *f = self->conditioning->f;
  double *s = self->conditioning->s;
  double shrink = 1.0 / (1.0 + sigma * sigma), c = sigma * sigma * shrink;

  for (guint i = 0; i < f->n; i++)
    s[i] = shrink * self->t[i];
  /* At sigma 0 the state is the estimate, and 1 - mu may be 0 too. */
  for (guint i = 0; i < f->n && c > 0.0; i++)
    s[i] += c * (f->wy[i] - shrink * self->p[i]) / (1.0 - (1.0 - c) * f->mu[i]);
  flow_compose (self, shrink * self->alpha, s, m);
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
  place (self->f->kept, self->f->scale, z, self->box);
  place (self->f->tail, self->f->scale + self->f->kept->n, t, self->box);
  pisd_transform_synthesize (self->transform, self->box, a->data);
}

/* r -= noise of a draw */
static void
subtract_noise (PisdConditioning *self, guint64 seed, guint lane, double *r)
{
  g_autofree double *noise = g_new (double, self->f->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, S * S, self->f->n, noise);
  for (guint i = 0; i < self->f->n; i++)
    r[i] -= sqrt (self->f->sites[i].variance) * noise[i];
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
  g_autofree double *t = g_new0 (double, self->f->tail->n);
  gboolean draw = lane != PISD_CONDITIONING_MEAN;

  if (draw)
    pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      ensure_tail (self->f);
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
      if (draw)
        subtract_noise (self, seed, lane, self->r);
      solve_factored (self->f->l_tail, self->f->n, self->r);
      pisd_readings_apply_adjoint (self->t, self->r, self->t_scratch);
      cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
    }
  synthesize (self, z, t, a);
}

/* z, t += [H T]' G^-1 r; r is overwritten. */
static void
add_gain (PisdConditioning *self, double *r, double *z, double *t)
{
  solve_factored (self->f->l, self->f->n, r);
  pisd_readings_apply_adjoint (self->h, r, self->z_scratch);
  pisd_readings_apply_adjoint (self->t, r, self->t_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
  cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
}

void
pisd_conditioning_get_mean (PisdConditioning *self, PisdField *a)
{
  g_autofree double *z = g_new0 (double, self->f->kept->n);
  g_autofree double *t = g_new0 (double, self->f->tail->n);

  if (self->f->n > 0)
    {
      memcpy (self->r, self->f->y, sizeof (double) * self->f->n);
      add_gain (self, self->r, z, t);
    }
  synthesize (self, z, t, a);
}

void
pisd_conditioning_sample (PisdConditioning *self, guint64 seed, guint lane, PisdField *a)
{
  g_autofree double *z = g_new (double, self->f->kept->n);
  g_autofree double *t = g_new (double, self->f->tail->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, self->f->kept->n, z);
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
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
  guint first = block * FILL, m = MIN (FILL, self->f->n - first);
  g_autoptr (PisdReadings) readings = pisd_readings_new (self->f->wavenumber, self->f->all,
                                                         self->f->scale, self->f->sites + first, m);
  g_autoptr (PisdTransform) cosine = pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdTransform) sine = pisd_transform_new (PISD_BASIS_SINE, S - 2, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdModes) sine_modes =
      pisd_modes_new (PISD_MODES_SQUARE, S - 2, PISD_BASIS_SINE, FALSE, NULL);
  g_autoptr (PisdSolutionMap) map =
      pisd_solution_map_new (self->f->wavenumber, self->f->all, sine_modes);
  g_autofree double *z = g_new (double, self->f->all->n);
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
          place (self->f->all, self->f->scale, z, box);
          pisd_transform_synthesize (cosine, box, c->cross_a + row);
        }
      if (c->cross_u != NULL)
        {
          pisd_solution_map_apply (map, z, self->f->scale, ones, box);
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
  guint first = block * COLUMNS, n = r->self->f->n;
  double *c = r->cross + first;

  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, COLUMNS, 1.0,
               r->self->f->l, n, c, S * S);
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
  g_autofree double *row = g_new (double, self->f->all->n);
  g_autoptr (PisdReadings) readings = NULL;

  for (guint j = i; j < HALF; j++)
    sites[j - i] =
        (PisdSite){ .field = v->field, .x = (double) j / (S - 1), .y = (double) i / (S - 1) };
  readings = pisd_readings_new (self->f->wavenumber, self->f->all, self->f->scale, sites, HALF - i);
  for (guint j = i; j < HALF; j++)
    {
      pisd_readings_fill_row (readings, j - i, row);
      spread_octant (v->variance, i, j, cblas_ddot (self->f->all->n, row, 1, row, 1));
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
  if (self->f->n > 0)
    pisd_parallel (S * S / COLUMNS, n_threads, reduce_block, &reduce);
  for (guint p = 0; p < S * S; p++)
    sd->data[p] = sqrt (MAX (0.0, sd->data[p]));
  if (pisd_problem_find_field (self->f->problem, field)->zero_boundary)
    pisd_field_zero_boundary (sd);
}

void
pisd_conditioning_get_sd (PisdConditioning *self, guint n_threads, PisdField *a_sd, PisdField *u_sd)
{
  gsize size = (gsize) self->f->n * S * S;
  g_autofree double *cross_a = a_sd != NULL ? g_new (double, size) : NULL;
  g_autofree double *cross_u = u_sd != NULL ? g_new (double, size) : NULL;
  Cross cross = { self, cross_a, cross_u };

  pisd_parallel ((self->f->n + FILL - 1) / FILL, n_threads, cross_block, &cross);
  if (a_sd != NULL)
    posterior_sd (self, PISD_FIELD_A, cross_a, n_threads, a_sd);
  if (u_sd != NULL)
    posterior_sd (self, PISD_FIELD_U, cross_u, n_threads, u_sd);
}
