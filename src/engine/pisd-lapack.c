#include "pisd-lapack.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-parallel.h"

/* Rows that one thread takes at a time; eigenvectors in larger blocks, each of which forms the reflectors' factors again.
 */
#define BLOCK 64
#define BACK_BLOCK 256

/* OpenBLAS brings these; no header declares them. */
extern void dsytrd_ (const char *triangle,
                     const int *n,
                     double *matrix,
                     const int *lda,
                     double *diagonal,
                     double *beside,
                     double *tau,
                     double *work,
                     const int *lwork,
                     int *info);
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
extern void dlaed1_ (const int *n,
                     double *diagonal,
                     double *vectors,
                     const int *ldq,
                     int *order,
                     double *rho,
                     const int *cut,
                     double *work,
                     int *iwork,
                     int *info);
extern void dormtr_ (const char *side,
                     const char *triangle,
                     const char *transpose,
                     const int *m,
                     const int *n,
                     const double *a,
                     const int *lda,
                     const double *tau,
                     double *c,
                     const int *ldc,
                     double *work,
                     const int *lwork,
                     int *info);
extern void dpotrf_ (const char *triangle, const int *n, double *matrix, const int *lda, int *info);

/* The largest block of dsytrd and dormtr; the latter also wants room for a triangular factor of 65 rows of them. */
#define WORK_COLUMNS 64
/* dstedc with its vectors; dlaed1 needs less. */
#define STEDC_WORK(n) (1 + 4 * (gsize) (n) + (gsize) (n) * (n))
#define STEDC_IWORK(n) (3 + 5 * (n))

static guint
count_blocks (guint n, guint block)
{
  return (n + block - 1) / block;
}

/* Eigenvectors of a tridiagonal matrix, in columns: the first cut of divide and conquer is made here, so that both halves
 * are conquered side by side. */
typedef struct
{
  int n, cut;
  double *diagonal, *beside; /* [n], [n - 1] */
  double *vectors;           /* [n, n] */
  double *work;              /* [STEDC_WORK (n)] */
  int *iwork;                /* [STEDC_IWORK of both halves] */
} Tridiagonal;

static void
conquer_half (guint half, gpointer data)
{
  Tridiagonal *t = data;
  int first = half == 0 ? 0 : t->cut, n = half == 0 ? t->cut : t->n - t->cut, info = 0;
  int lwork = (int) STEDC_WORK (n), liwork = STEDC_IWORK (n);

  /* There is room: the halves' work space together is less than that of the whole. */
  dstedc_ ("I", &n, t->diagonal + first, t->beside + first,
           t->vectors + (gsize) first * t->n + first, &t->n,
           t->work + (half == 0 ? 0 : STEDC_WORK (t->cut)), &lwork,
           t->iwork + (half == 0 ? 0 : STEDC_IWORK (t->cut)), &liwork, &info);
  g_warn_if_fail (info == 0);
}

static void
scale (double *v, int n, double factor)
{
  cblas_dscal (n, factor, v, 1);
}

/* order: [n], eigenvalue number i in ascending order is order[i] - 1. */
static void
tridiagonal_solve (Tridiagonal *t, guint n_threads, int *order)
{
  double rho = t->beside[t->cut - 1], norm = 0.0;
  int info = 0;

  for (int i = 0; i < t->n; i++)
    norm = MAX (norm, MAX (fabs (t->diagonal[i]), i + 1 < t->n ? fabs (t->beside[i]) : 0.0));
  norm = norm > 0.0 ? norm : 1.0;
  scale (t->diagonal, t->n, 1.0 / norm);
  scale (t->beside, t->n - 1, 1.0 / norm);
  rho /= norm;
  t->diagonal[t->cut - 1] -= fabs (rho);
  t->diagonal[t->cut] -= fabs (rho);
  memset (t->vectors, 0, sizeof (double) * t->n * t->n);
  pisd_parallel (2, n_threads, conquer_half, t);
  for (int i = 0; i < t->n; i++)
    order[i] = i < t->cut ? i + 1 : i - t->cut + 1;
  dlaed1_ (&t->n, t->diagonal, t->vectors, &t->n, order, &rho, &t->cut, t->work, t->iwork, &info);
  g_warn_if_fail (info == 0);
  scale (t->diagonal, t->n, norm);
}

typedef struct
{
  int n;
  const double *reflectors, *tau;
  double *vectors; /* column-major: block by block of columns, the rows of a row-major array */
} BackTransform;

static void
transform_block (guint block, gpointer data)
{
  BackTransform *b = data;
  int first = (int) block * BACK_BLOCK, columns = MIN (BACK_BLOCK, b->n - first), info = 0;
  int lwork = WORK_COLUMNS * (BACK_BLOCK + WORK_COLUMNS + 1);
  g_autofree double *work = g_new (double, lwork);

  dormtr_ ("L", "U", "N", &b->n, &columns, b->reflectors, &b->n, b->tau,
           b->vectors + (gsize) first * b->n, &b->n, work, &lwork, &info);
  g_warn_if_fail (info == 0);
}

/* Column-major LAPACK sees the row-major lower triangle as the upper one, and leaves eigenvectors in columns, which are
 * the rows of a row-major array. */
void
pisd_lapack_eigen (guint n, double *matrix, double *eigenvalues, guint n_threads)
{
  Tridiagonal t = { .n = (int) n, .cut = (int) n / 2 };
  int lwork = (int) MAX (STEDC_WORK (n), (gsize) WORK_COLUMNS * n), info = 0;
  g_autofree double *tau = g_new (double, n);
  g_autofree int *order = g_new (int, n);
  BackTransform back = { t.n, matrix, tau, NULL };

  if (n == 1)
    {
      eigenvalues[0] = matrix[0];
      matrix[0] = 1.0;
    }
  if (n <= 1)
    return;
  t.diagonal = g_new (double, n);
  t.beside = g_new (double, n);
  t.vectors = back.vectors = pisd_memory_new ((gsize) n * n);
  t.work = pisd_memory_new (lwork);
  t.iwork = g_new (int, STEDC_IWORK (t.cut) + STEDC_IWORK (t.n - t.cut));
  dsytrd_ ("U", &t.n, matrix, &t.n, t.diagonal, t.beside, tau, t.work, &lwork, &info);
  g_warn_if_fail (info == 0);
  tridiagonal_solve (&t, n_threads, order);
  pisd_parallel (count_blocks (n, BACK_BLOCK), n_threads, transform_block, &back);
  for (guint i = 0; i < n; i++)
    {
      eigenvalues[i] = t.diagonal[order[i] - 1];
      memcpy (matrix + (gsize) i * n, t.vectors + (gsize) (order[i] - 1) * n, sizeof (double) * n);
    }
  g_free (t.diagonal);
  g_free (t.beside);
  g_free (t.iwork);
  pisd_memory_free (t.vectors);
  pisd_memory_free (t.work);
}

/* The row-major lower triangle is the column-major upper one: matrix = U' U with U' = L. */
gboolean
pisd_lapack_cholesky (guint order, double *matrix)
{
  int n = (int) order, info = 0;

  if (n == 0)
    return TRUE;
  dpotrf_ ("U", &n, matrix, &n, &info);
  return info == 0;
}

typedef struct
{
  guint n;
  const double *l;
  CBLAS_TRANSPOSE transpose;
  gboolean
      lower; /* as far as the lower triangle reaches: with L^-T a column depends on those before it alone */
  double *matrix; /* [n, n] */
} Division;

/* Rows of matrix L^-1 or matrix L^-T. */
static void
divide_block (guint block, gpointer data)
{
  Division *d = data;
  guint first = block * BLOCK, rows = MIN (BLOCK, d->n - first);

  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, d->transpose, CblasNonUnit, rows,
               d->lower ? first + rows : d->n, 1.0, d->l, d->n, d->matrix + (gsize) first * d->n,
               d->n);
}

static void
divide (Division division, guint n_threads)
{
  pisd_parallel (count_blocks (division.n, BLOCK), n_threads, divide_block, &division);
}

static void
mirror (double *matrix, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      matrix[j * n + i] = matrix[i * n + j];
}

static void
transpose (double *matrix, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      {
        double lower = matrix[i * n + j];

        matrix[i * n + j] = matrix[j * n + i];
        matrix[j * n + i] = lower;
      }
}

/* L^-1 A = (A L^-T)' */
void
pisd_lapack_whiten (guint n, const double *l, double *a, guint n_threads)
{
  mirror (a, n);
  divide ((Division){ n, l, CblasTrans, FALSE, a }, n_threads);
  transpose (a, n);
  divide ((Division){ n, l, CblasTrans, TRUE, a }, n_threads);
}

void
pisd_lapack_divide (guint n, const double *l, double *matrix, guint n_threads)
{
  divide ((Division){ n, l, CblasNoTrans, FALSE, matrix }, n_threads);
}
