#include "pisd-reduction.h"

#include <cblas.h>

#include "pisd-memory.h"

/* Up to this order dsytrd does it all. */
#define WHOLE 1024
/* Columns of a panel: those of 4096 rows take less than a tenth of a second. */
#define PANEL 16
/* Columns that one thread updates at a time. */
#define BLOCK 64
/* Columns of dsytrd's work space. */
#define WORK_COLUMNS 64

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
extern void dlatrd_ (const char *triangle,
                     const int *n,
                     const int *n_columns,
                     double *matrix,
                     const int *lda,
                     double *beside,
                     double *tau,
                     double *w,
                     const int *ldw);

/* Column-major, the row-major lower triangle is the upper one: the last columns are reduced
 * first. */
typedef struct
{
  int stride;      /* of the matrix */
  int rest;        /* columns before the panel's */
  double *matrix;  /* [rest + PANEL columns] */
  const double *w; /* [PANEL columns] as far apart as the matrix's */
} Panel;

/* A -= V W' + W V' in a block of columns, as far as the diagonal. */
static void
update_block (guint block, gpointer data)
{
  const Panel *p = data;
  guint n_blocks = pisd_parallel_count_blocks ((guint) p->rest, BLOCK);
  int first = (int) (n_blocks - 1 - block) * BLOCK, n = MIN (BLOCK, p->rest - first);
  const double *v = p->matrix + (gsize) p->rest * p->stride;
  double *a = p->matrix + (gsize) first * p->stride;

  if (first > 0)
    {
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, first, n, PANEL, -1.0, v, p->stride,
                   p->w + first, p->stride, 1.0, a, p->stride);
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, first, n, PANEL, -1.0, p->w, p->stride,
                   v + first, p->stride, 1.0, a, p->stride);
    }
  cblas_dsyr2k (CblasColMajor, CblasUpper, CblasNoTrans, n, PANEL, -1.0, v + first, p->stride,
                p->w + first, p->stride, 1.0, a + first, p->stride);
}

/* The panel's columns hold reflectors now; the entries beside the diagonal take the place of their
 * leading ones. */
static void
store_panel (const Panel *p, double *diagonal, const double *beside)
{
  for (int j = p->rest; j < p->rest + PANEL; j++)
    {
      double *column = p->matrix + (gsize) j * p->stride;

      column[j - 1] = beside[j - 1];
      diagonal[j] = column[j];
    }
}

static void
reduce_whole (int n, int stride, double *matrix, double *diagonal, double *beside, double *tau)
{
  int lwork = WORK_COLUMNS * n, info = 0;
  g_autofree double *work = g_new (double, lwork);

  dsytrd_ ("U", &n, matrix, &stride, diagonal, beside, tau, work, &lwork, &info);
  g_warn_if_fail (info == 0);
}

gboolean
pisd_reduction_make_tridiagonal (guint n,
                                 double *matrix,
                                 double *diagonal,
                                 double *beside,
                                 double *tau,
                                 guint n_threads,
                                 PisdCancel *cancel)
{
  static const int n_columns = PANEL;
  int stride = (int) n, left = (int) n;
  double *w = n > WHOLE ? pisd_memory_new ((gsize) PANEL * n) : NULL;
  gboolean good = TRUE;

  for (; good && left > WHOLE; left -= PANEL)
    {
      Panel panel = { stride, left - PANEL, matrix, w };

      dlatrd_ ("U", &left, &n_columns, matrix, &stride, beside, tau, w, &stride);
      good = pisd_parallel (pisd_parallel_count_blocks ((guint) panel.rest, BLOCK), n_threads,
                            cancel, update_block, &panel);
      store_panel (&panel, diagonal, beside);
    }
  pisd_memory_free (w);
  if (good && !pisd_cancel_look (cancel))
    reduce_whole (left, stride, matrix, diagonal, beside, tau);
  return good && !pisd_cancel_look (cancel);
}
