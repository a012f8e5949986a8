#include "pisd-tridiagonal.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-memory.h"

/* Columns, or rows, that one thread takes at a time. */
#define BLOCK 64
/* The largest part that LAPACK conquers alone; where two halves are no larger, there are two. */
#define LEAF 512

/* OpenBLAS brings these; no header declares them. */
extern void dstedc_ (const char *job,
                     const int *n,
                     double *diagonal,
                     double *beside,
                     double *vectors,
                     const int *ldz,
                     double *work,
                     const int *lwork,
                     int *iwork,
                     const int *liwork,
                     int *info);
extern void dlaed2_ (int *k,
                     const int *n,
                     const int *cut,
                     double *diagonal,
                     double *vectors,
                     const int *ldq,
                     int *order,
                     double *rho,
                     double *z,
                     double *poles,
                     double *weights,
                     double *halves,
                     int *indx,
                     int *indxc,
                     int *indxp,
                     int *types,
                     int *info);
extern void dlaed4_ (const int *k,
                     const int *i,
                     const double *poles,
                     const double *weights,
                     double *delta,
                     const double *rho,
                     double *root,
                     int *info);
extern void dlamrg_ (const int *n1,
                     const int *n2,
                     const double *values,
                     const int *stride1,
                     const int *stride2,
                     int *order);

/* dstedc with its vectors. */
#define STEDC_WORK(n) (1 + 4 * (gsize) (n) + (gsize) (n) * (n))
#define STEDC_IWORK(n) (3 + 5 * (n))

/* A part of the matrix, torn in two at `cut`: what lies in it begins at the pointers. */
typedef struct
{
  int n, cut;                /* rows of the upper half */
  int stride;                /* of the vectors' columns: the order of the whole */
  double *diagonal, *beside; /* [n], [n - 1] */
  double *vectors;           /* [n, n] columns */
} Tridiagonal;

/* The whole as leaves that LAPACK conquers: leaf k holds rows bounds[k] ... bounds[k + 1] - 1. */
typedef struct
{
  const Tridiagonal *whole;
  int n_leaves; /* a power of two */
  int *bounds;  /* [n_leaves + 1] */
  double *rho;  /* [n_leaves] what joins leaf k to the one before */
} Leaves;

static void
conquer_leaf (guint leaf, gpointer data)
{
  const Leaves *leaves = data;
  const Tridiagonal *t = leaves->whole;
  int first = leaves->bounds[leaf], n = leaves->bounds[leaf + 1] - first, info = 0;
  int lwork = (int) STEDC_WORK (n), liwork = STEDC_IWORK (n);
  double *work = pisd_memory_new (lwork);
  g_autofree int *iwork = g_new (int, liwork);

  dstedc_ ("I", &n, t->diagonal + first, t->beside + first,
           t->vectors + (gsize) first * t->stride + first, &t->stride, work, &lwork, iwork, &liwork,
           &info);
  g_warn_if_fail (info == 0);
  pisd_memory_free (work);
}

/* What is left to do once eigenvectors that both halves need not share are set aside: diag
 * (poles) + rho w w' of order k. Column j of `vectors` is scratch for root j until it becomes
 * an eigenvector. */
typedef struct
{
  const Tridiagonal *t;
  int k;
  double rho;
  double *poles, *weights; /* [k] */
  double *exact;           /* [k] the weights for which the computed roots are exact */
  double *halves;          /* the halves' eigenvectors, without their zeros, by type */
  const int *rows;         /* [k] order by type, from 1 */
  int n_upper, n_lower;    /* columns of `halves` that reach into the upper half, the lower half */
  int n_upper_only;
} Merge;

static double *
column (const Merge *m, int j)
{
  return m->t->vectors + (gsize) j * m->t->stride;
}

/* Column j becomes poles - root j; of order 2 and less, an eigenvector right away. */
static void
find_roots (guint block, gpointer data)
{
  Merge *m = data;
  int first = (int) block * BLOCK, end = MIN (first + BLOCK, m->k);

  for (int j = first + 1; j <= end; j++)
    {
      int info = 0;

      dlaed4_ (&m->k, &j, m->poles, m->weights, column (m, j - 1), &m->rho, &m->t->diagonal[j - 1],
               &info);
      g_warn_if_fail (info == 0);
    }
}

/* For a block of rows. */
static void
find_weights (guint block, gpointer data)
{
  Merge *m = data;
  int first = (int) block * BLOCK, n = MIN (BLOCK, m->k - first);
  const double *poles = m->poles + first;
  double product[BLOCK];

  for (int i = 0; i < n; i++)
    product[i] = column (m, first + i)[first + i];
  for (int j = 0; j < m->k; j++)
    for (int i = 0; i < n; i++)
      if (first + i != j)
        product[i] *= column (m, j)[first + i] / (poles[i] - m->poles[j]);
  for (int i = 0; i < n; i++)
    m->exact[first + i] = copysign (sqrt (-product[i]), m->weights[first + i]);
}

/* The eigenvector of root j in terms of the halves' eigenvectors, ordered by type. */
static void
solve_secular (const Merge *m, int j, double *v)
{
  double *delta = column (m, j), norm;

  for (int i = 0; i < m->k; i++)
    v[i] = m->k <= 2 ? delta[i] : m->exact[i] / delta[i];
  norm = cblas_dnrm2 (m->k, v, 1);
  for (int i = 0; i < m->k; i++)
    delta[i] = v[m->rows[i] - 1] / norm;
}

/* Rows of some columns of the product: [n, n_inner] left times rows `from` ... of the columns,
 * in place. */
static void
multiply_half (const Merge *m,
               int first,
               int n_columns,
               const double *left,
               int n,
               int n_inner,
               int from,
               int to,
               double *copy)
{
  for (int j = 0; j < n_columns; j++)
    memcpy (copy + (gsize) j * n_inner, column (m, first + j) + from, sizeof (double) * n_inner);
  if (n_inner > 0)
    cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n_columns, n_inner, 1.0, left, n,
                 copy, n_inner, 0.0, column (m, first) + to, m->t->stride);
  else
    for (int j = 0; j < n_columns; j++)
      memset (column (m, first + j) + to, 0, sizeof (double) * n);
}

static void
make_vectors (guint block, gpointer data)
{
  const Merge *m = data;
  int first = (int) block * BLOCK, n = MIN (BLOCK, m->k - first), cut = m->t->cut;
  g_autofree double *scratch = g_new (double, BLOCK * m->k);

  for (int j = first; j < first + n; j++)
    solve_secular (m, j, scratch);
  /* The lower half first: the upper one's rows are still in the way of what it reads. */
  multiply_half (m, first, n, m->halves + (gsize) cut * m->n_upper, m->t->n - cut, m->n_lower,
                 m->n_upper_only, cut, scratch);
  multiply_half (m, first, n, m->halves, cut, m->n_upper, 0, 0, scratch);
}

/* The blocks that join two halves. */
static gboolean
join (Merge *m, guint n_threads, PisdCancel *cancel)
{
  guint n_blocks = pisd_parallel_count_blocks ((guint) m->k, BLOCK);

  return pisd_parallel (n_blocks, n_threads, cancel, find_roots, m)
         && (m->k <= 2 || pisd_parallel (n_blocks, n_threads, cancel, find_weights, m))
         && pisd_parallel (n_blocks, n_threads, cancel, make_vectors, m);
}

/* Order of the eigenvalues of both halves together, from 1. */
static void
merge_order (const Merge *m, int *order)
{
  static const int up = 1, down = -1;
  int n_rest = m->t->n - m->k;

  if (m->k > 0)
    dlamrg_ (&m->k, &n_rest, m->t->diagonal, &up, &down, order);
  else
    for (int i = 0; i < m->t->n; i++)
      order[i] = i + 1;
}

/* Eigenvectors of a part from those of its halves, joined by rho.  `order`: that of each
 * half's, from 1; then that of the part's. */
static gboolean
merge (const Tridiagonal *t, double rho, int *order, guint n_threads, PisdCancel *cancel)
{
  gsize n = t->n, cut = t->cut;
  g_autofree double *z = g_new (double, 4 * n);
  g_autofree int *indices = g_new (int, 3 * n);
  /* dlaed2 counts by type in the first four, and not at all where nothing is left to do. */
  g_autofree int *types = g_new0 (int, MAX (n, 4));
  int info = 0;
  gboolean good;
  Merge m = { .t = t, .rho = rho, .poles = z + n, .weights = z + 2 * n, .exact = z + 3 * n };

  for (gsize i = 0; i < n; i++)
    z[i] = t->vectors[i * t->stride + (i < cut ? cut - 1 : cut)];
  /* More than dlaed2 asks for in its documentation: deflated eigenvectors pass through it too,
   * in full length. */
  m.halves = pisd_memory_new (n * n);
  dlaed2_ (&m.k, &t->n, &t->cut, t->diagonal, t->vectors, &t->stride, order, &m.rho, z, m.poles,
           m.weights, m.halves, indices, indices + n, indices + 2 * n, types, &info);
  g_warn_if_fail (info == 0);
  m.rows = indices + n;
  m.n_upper_only = types[0];
  m.n_upper = types[0] + types[1];
  m.n_lower = types[1] + types[2];
  good = join (&m, n_threads, cancel);
  merge_order (&m, order);
  pisd_memory_free (m.halves);
  return good;
}

/* Leaves of at most LEAF rows, two at least: halves, their halves, and so on. */
static void
split (Leaves *leaves)
{
  int n = leaves->whole->n, largest = n - n / 2;

  leaves->n_leaves = 2;
  for (; largest > LEAF; largest -= largest / 2)
    leaves->n_leaves *= 2;
  leaves->bounds = g_new0 (int, leaves->n_leaves + 1);
  leaves->bounds[leaves->n_leaves] = n;
  for (int span = leaves->n_leaves; span > 1; span /= 2)
    for (int k = 0; k < leaves->n_leaves; k += span)
      leaves->bounds[k + span / 2] =
          leaves->bounds[k] + (leaves->bounds[k + span] - leaves->bounds[k]) / 2;
}

/* Takes what joins two leaves, rho (e_k + e_(k+1)) (e_k + e_(k+1))', out of the diagonal. */
static void
tear (const Leaves *leaves)
{
  const Tridiagonal *t = leaves->whole;

  for (int k = 1; k < leaves->n_leaves; k++)
    {
      int cut = leaves->bounds[k];
      double size = fabs (leaves->rho[k]);

      t->diagonal[cut - 1] -= size;
      t->diagonal[cut] -= size;
    }
}

/* Joins neighbours until one part is left. */
static gboolean
join_leaves (const Leaves *leaves, int *order, guint n_threads, PisdCancel *cancel)
{
  const Tridiagonal *t = leaves->whole;

  for (int span = 2; span <= leaves->n_leaves; span *= 2)
    for (int k = 0; k < leaves->n_leaves; k += span)
      {
        int first = leaves->bounds[k];
        Tridiagonal part = { leaves->bounds[k + span] - first,
                             leaves->bounds[k + span / 2] - first,
                             t->stride,
                             t->diagonal + first,
                             t->beside + first,
                             t->vectors + (gsize) first * t->stride + first };

        if (!merge (&part, leaves->rho[k + span / 2], order + first, n_threads, cancel))
          return FALSE;
      }
  return TRUE;
}

/* The largest entry, or 1 where all are 0. */
static double
find_norm (const Tridiagonal *t)
{
  double norm = 0.0;

  for (int i = 0; i < t->n; i++)
    norm = MAX (norm, MAX (fabs (t->diagonal[i]), i + 1 < t->n ? fabs (t->beside[i]) : 0.0));
  return norm > 0.0 ? norm : 1.0;
}

gboolean
pisd_tridiagonal_eigen (guint n,
                        double *diagonal,
                        double *beside,
                        double *vectors,
                        int *order,
                        guint n_threads,
                        PisdCancel *cancel)
{
  Tridiagonal t = { (int) n, 0, (int) n, diagonal, beside, vectors };
  Leaves leaves = { .whole = &t };
  double norm = find_norm (&t);
  gboolean good;

  split (&leaves);
  leaves.rho = g_new0 (double, leaves.n_leaves);
  for (int k = 1; k < leaves.n_leaves; k++)
    leaves.rho[k] = beside[leaves.bounds[k] - 1] / norm;
  cblas_dscal (t.n, 1.0 / norm, diagonal, 1);
  cblas_dscal (t.n - 1, 1.0 / norm, beside, 1);
  tear (&leaves);
  memset (vectors, 0, sizeof (double) * n * n);
  for (int k = 0; k < leaves.n_leaves; k++)
    for (int i = leaves.bounds[k]; i < leaves.bounds[k + 1]; i++)
      order[i] = i - leaves.bounds[k] + 1;
  good = pisd_parallel ((guint) leaves.n_leaves, n_threads, cancel, conquer_leaf, &leaves)
         && join_leaves (&leaves, order, n_threads, cancel);
  cblas_dscal (t.n, norm, diagonal, 1);
  for (int i = 0; i < t.n; i++)
    order[i]--;
  g_free (leaves.bounds);
  g_free (leaves.rho);
  return good;
}
