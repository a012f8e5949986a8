#include "pisd-lapack.h"

#include <cblas.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-reduction.h"
#include "pisd-tridiagonal.h"

/* Rows that one thread takes at a time; eigenvectors in larger blocks, each of which forms the
 * reflectors' factors again. */
#define BLOCK 64
#define BACK_BLOCK 256
/* Columns of a panel of reflectors, and columns that one thread multiplies with them at a time. */
#define QR_PANEL 64
#define QR_BLOCK 128

/* OpenBLAS brings these; no header declares them. */
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
extern void dgeqrf_ (const int *m,
                     const int *n,
                     double *a,
                     const int *lda,
                     double *tau,
                     double *work,
                     const int *lwork,
                     int *info);
extern void dormqr_ (const char *side,
                     const char *transpose,
                     const int *m,
                     const int *n,
                     const int *k,
                     const double *a,
                     const int *lda,
                     const double *tau,
                     double *c,
                     const int *ldc,
                     double *work,
                     const int *lwork,
                     int *info);

/* The largest block of dormtr and dormqr, which also want room for a triangular factor of 65
 * rows of them. */
#define WORK_COLUMNS 64
#define WORK(columns) (WORK_COLUMNS * ((columns) + WORK_COLUMNS + 1))

/* Above this order a block of eigenvectors takes too long for a request to stop to wait for. */
#define LARGE 1024
#define LARGE_BACK_BLOCK 128

typedef struct
{
  int n, width; /* columns of a block */
  const double *reflectors, *tau;
  double *vectors; /* column-major: block by block of columns, the rows of a row-major array */
} BackTransform;

static void
transform_block (guint block, gpointer data)
{
  BackTransform *b = data;
  int first = (int) block * b->width, columns = MIN (b->width, b->n - first), info = 0;
  int lwork = WORK (b->width);
  g_autofree double *work = g_new (double, lwork);

  dormtr_ ("L", "U", "N", &b->n, &columns, b->reflectors, &b->n, b->tau,
           b->vectors + (gsize) first * b->n, &b->n, work, &lwork, &info);
  g_warn_if_fail (info == 0);
}

/* Rows of `matrix` become the eigenvectors in ascending order of their eigenvalues. */
static void
sort_vectors (guint n,
              const int *ascending,
              const double *diagonal,
              const double *vectors,
              double *matrix,
              double *eigenvalues)
{
  for (guint i = 0; i < n; i++)
    {
      eigenvalues[i] = diagonal[ascending[i]];
      memcpy (matrix + (gsize) i * n, vectors + (gsize) ascending[i] * n, sizeof (double) * n);
    }
}

/* Column-major LAPACK sees the row-major lower triangle as the upper one, and leaves
 * eigenvectors in columns, which are the rows of a row-major array. */
gboolean
pisd_lapack_eigen (guint n,
                   double *matrix,
                   double *eigenvalues,
                   guint n_threads,
                   PisdCancel *cancel)
{
  g_autofree double *diagonal = g_new (double, n);
  g_autofree double *beside = g_new (double, n);
  g_autofree double *tau = g_new (double, n);
  g_autofree int *ascending = g_new (int, n);
  BackTransform back = { (int) n, n > LARGE ? LARGE_BACK_BLOCK : BACK_BLOCK, matrix, tau, NULL };
  gboolean good;

  if (n == 1)
    {
      eigenvalues[0] = matrix[0];
      matrix[0] = 1.0;
    }
  if (n <= 1)
    return TRUE;
  back.vectors = pisd_memory_new ((gsize) n * n);
  good = pisd_reduction_make_tridiagonal (n, matrix, diagonal, beside, tau, n_threads, cancel)
         && pisd_tridiagonal_eigen (n, diagonal, beside, back.vectors, ascending, n_threads, cancel)
         && pisd_parallel (pisd_parallel_count_blocks (n, (guint) back.width), n_threads, cancel,
                           transform_block, &back);
  if (good)
    sort_vectors (n, ascending, diagonal, back.vectors, matrix, eigenvalues);
  pisd_memory_free (back.vectors);
  return good;
}

/* Panel of columns that a block of those after it is multiplied with. */
typedef struct
{
  int m, n;         /* of the whole */
  int first, width; /* of the panel */
  double *matrix;   /* column-major [n columns of m] */
  double tau[QR_PANEL];
} QrPanel;

static void
reflect_block (guint block, gpointer data)
{
  QrPanel *p = data;
  int column = p->first + p->width + (int) block * QR_BLOCK, n = MIN (QR_BLOCK, p->n - column);
  int rows = p->m - p->first, lwork = WORK (QR_BLOCK), info = 0;
  g_autofree double *work = g_new (double, lwork);

  dormqr_ ("L", "T", &rows, &n, &p->width, p->matrix + (gsize) p->first * p->m + p->first, &p->m,
           p->tau, p->matrix + (gsize) column * p->m + p->first, &p->m, work, &lwork, &info);
  g_warn_if_fail (info == 0);
}

gboolean
pisd_lapack_triangularize (guint m,
                           guint n,
                           guint n_more,
                           double *columns,
                           guint n_threads,
                           PisdCancel *cancel)
{
  QrPanel p = { .m = (int) m, .n = (int) (n + n_more), .matrix = columns };
  int lwork = WORK (QR_PANEL), info = 0;
  g_autofree double *work = g_new (double, lwork);

  for (; p.first < (int) n; p.first += p.width)
    {
      int rows = p.m - p.first;

      p.width = MIN (QR_PANEL, (int) n - p.first);
      dgeqrf_ (&rows, &p.width, columns + (gsize) p.first * m + p.first, &p.m, p.tau, work, &lwork,
               &info);
      g_warn_if_fail (info == 0);
      if (!pisd_parallel (pisd_parallel_count_blocks ((guint) (p.n - p.first - p.width), QR_BLOCK),
                          n_threads, cancel, reflect_block, &p))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const PisdTriangle *l;
  gboolean transposed;
  gboolean
      /* as far as the lower triangle reaches: with L^-T a column needs those before it alone */
      lower;
  double *matrix; /* [n, n] */
  PisdCancel *cancel;
} Division;

/* Rows of matrix L^-1 or matrix L^-T. */
static void
divide_block (guint block, gpointer data)
{
  Division *d = data;
  guint n = pisd_triangle_get_n (d->l), first = block * BLOCK, rows = MIN (BLOCK, n - first);
  double *x = d->matrix + (gsize) first * n;

  if (d->transposed)
    pisd_triangle_divide_transposed (d->l, rows, d->lower ? first + rows : n, n, x, d->cancel);
  else
    pisd_triangle_divide (d->l, rows, n, n, x, d->cancel);
}

static gboolean
divide (Division division, guint n_threads)
{
  guint n_blocks = pisd_parallel_count_blocks (pisd_triangle_get_n (division.l), BLOCK);

  return pisd_parallel (n_blocks, n_threads, division.cancel, divide_block, &division)
         && !pisd_cancel_look (division.cancel);
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
gboolean
pisd_lapack_whiten (const PisdTriangle *l, double *a, guint n_threads, PisdCancel *cancel)
{
  guint n = pisd_triangle_get_n (l);

  mirror (a, n);
  if (!divide ((Division){ l, TRUE, FALSE, a, cancel }, n_threads))
    return FALSE;
  transpose (a, n);
  return divide ((Division){ l, TRUE, TRUE, a, cancel }, n_threads);
}

gboolean
pisd_lapack_divide (const PisdTriangle *l, double *matrix, guint n_threads, PisdCancel *cancel)
{
  return divide ((Division){ l, FALSE, FALSE, matrix, cancel }, n_threads);
}
