#include "pisd-lapack.h"

#include <cblas.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-parallel.h"
#include "pisd-tridiagonal.h"

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
  int order = (int) n, lwork = WORK_COLUMNS * (int) n, info = 0;
  g_autofree double *diagonal = g_new (double, n);
  g_autofree double *beside = g_new (double, n);
  g_autofree double *tau = g_new (double, n);
  g_autofree double *work = g_new (double, lwork);
  g_autofree int *ascending = g_new (int, n);
  BackTransform back = { order, matrix, tau, NULL };

  if (n == 1)
    {
      eigenvalues[0] = matrix[0];
      matrix[0] = 1.0;
    }
  if (n <= 1)
    return;
  back.vectors = pisd_memory_new ((gsize) n * n);
  dsytrd_ ("U", &order, matrix, &order, diagonal, beside, tau, work, &lwork, &info);
  g_warn_if_fail (info == 0);
  pisd_tridiagonal_eigen (n, diagonal, beside, back.vectors, ascending, n_threads);
  pisd_parallel (pisd_parallel_count_blocks (n, BACK_BLOCK), n_threads, transform_block, &back);
  for (guint i = 0; i < n; i++)
    {
      eigenvalues[i] = diagonal[ascending[i]];
      memcpy (matrix + (gsize) i * n, back.vectors + (gsize) ascending[i] * n, sizeof (double) * n);
    }
  pisd_memory_free (back.vectors);
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
  pisd_parallel (pisd_parallel_count_blocks (division.n, BLOCK), n_threads, divide_block,
                 &division);
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
