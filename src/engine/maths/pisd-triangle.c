#include "pisd-triangle.h"

#include <cblas.h>

#include "pisd-memory.h"

#define TILE PISD_TRIANGLE_TILE
/* Rows that one thread takes at a time; a tile holds a whole number of them. */
#define BLOCK 64

/* OpenBLAS brings it; no header declares it. */
extern void dpotrf_ (const char *triangle, const int *n, double *matrix, const int *lda, int *info);

struct _PisdTriangle
{
  guint n;
  double *data;
};

/* Numbers in the tiles before number `tile`. */
static gsize
tile_offset (guint tile)
{
  return (gsize) TILE * TILE * tile * (tile + 1) / 2;
}

static guint
tile_end (const PisdTriangle *self, guint tile)
{
  return MIN (self->n, (tile + 1) * TILE);
}

static guint
count_tiles (const PisdTriangle *self)
{
  return pisd_parallel_count_blocks (self->n, TILE);
}

gsize
pisd_triangle_count (guint n)
{
  guint last = n > 0 ? (n - 1) / TILE : 0;

  return tile_offset (last) + (gsize) (n - last * TILE) * n;
}

PisdTriangle *
pisd_triangle_new (guint n)
{
  PisdTriangle *self = g_new (PisdTriangle, 1);

  self->n = n;
  self->data = pisd_memory_new (pisd_triangle_count (n));
  return self;
}

void
pisd_triangle_free (PisdTriangle *self)
{
  if (self == NULL)
    return;
  pisd_memory_free (self->data);
  g_free (self);
}

guint
pisd_triangle_get_n (const PisdTriangle *self)
{
  return self->n;
}

guint
pisd_triangle_stride (const PisdTriangle *self, guint i)
{
  return tile_end (self, i / TILE);
}

void
pisd_triangle_add_to_diagonal (PisdTriangle *self, double value)
{
  for (guint i = 0; i < self->n; i++)
    pisd_triangle_row (self, i)[i] += value;
}

double *
pisd_triangle_row (const PisdTriangle *self, guint i)
{
  guint tile = i / TILE;

  return self->data + tile_offset (tile) + (gsize) (i - tile * TILE) * tile_end (self, tile);
}

double
pisd_triangle_get (const PisdTriangle *self, guint i, guint j)
{
  return pisd_triangle_row (self, MAX (i, j))[MIN (i, j)];
}

/* One column of tiles, from the diagonal down. */
typedef struct
{
  const PisdTriangle *matrix;
  guint first, end; /* rows of the diagonal tile */
} Column;

/* The row-major lower triangle is the column-major upper one: A = U' U with U' = L. */
static gboolean
factor_diagonal (const Column *c)
{
  int n = (int) (c->end - c->first), info = 0;
  int stride = (int) pisd_triangle_stride (c->matrix, c->first);

  dpotrf_ ("U", &n, pisd_triangle_row (c->matrix, c->first) + c->first, &stride, &info);
  return info == 0;
}

/* L_ik = A_ik L_kk^-T for a block of rows below the diagonal tile k. */
static void
divide_block (guint block, gpointer data)
{
  const Column *c = data;
  guint row = c->end + block * BLOCK, n = MIN (BLOCK, c->matrix->n - row);

  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, n,
               c->end - c->first, 1.0, pisd_triangle_row (c->matrix, c->first) + c->first,
               pisd_triangle_stride (c->matrix, c->first),
               pisd_triangle_row (c->matrix, row) + c->first,
               pisd_triangle_stride (c->matrix, row));
}

/* A_ij -= L_ik L_jk' for a block of rows and all columns between tile k and the diagonal; the
 * longest rows come first. */
static void
update_block (guint block, gpointer data)
{
  const Column *c = data;
  const PisdTriangle *m = c->matrix;
  guint n_blocks = pisd_parallel_count_blocks (m->n - c->end, BLOCK);
  guint row = c->end + (n_blocks - 1 - block) * BLOCK, n = MIN (BLOCK, m->n - row);
  guint width = c->end - c->first, stride = pisd_triangle_stride (m, row);
  double *own = pisd_triangle_row (m, row);

  for (guint j = c->end; j < row + n; j += TILE)
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, n, MIN (row + n - j, TILE), width, -1.0,
                 own + c->first, stride, pisd_triangle_row (m, j) + c->first,
                 pisd_triangle_stride (m, j), 1.0, own + j, stride);
}

PisdTriangleStatus
pisd_triangle_cholesky (PisdTriangle *self, guint n_threads, PisdCancel *cancel)
{
  for (guint tile = 0; tile < count_tiles (self); tile++)
    {
      Column c = { self, tile * TILE, tile_end (self, tile) };
      guint n_blocks = pisd_parallel_count_blocks (self->n - c.end, BLOCK);

      if (pisd_cancel_look (cancel))
        return PISD_TRIANGLE_CANCELLED;
      if (!factor_diagonal (&c))
        return PISD_TRIANGLE_INDEFINITE;
      if (!pisd_parallel (n_blocks, n_threads, cancel, divide_block, &c)
          || !pisd_parallel (n_blocks, n_threads, cancel, update_block, &c))
        return PISD_TRIANGLE_CANCELLED;
    }
  return PISD_TRIANGLE_FACTORED;
}

/* x_k = L_kk^-1 (x_k - sum_(j<k) L_kj x_j) */
gboolean
pisd_triangle_solve (const PisdTriangle *self, double *x, PisdCancel *cancel)
{
  for (guint tile = 0; tile < count_tiles (self); tile++)
    {
      guint first = tile * TILE, end = tile_end (self, tile);
      const double *row = pisd_triangle_row (self, first);

      if (pisd_cancel_look (cancel))
        return FALSE;
      if (first > 0)
        cblas_dgemv (CblasRowMajor, CblasNoTrans, end - first, first, -1.0, row, end, x, 1, 1.0,
                     x + first, 1);
      cblas_dtrsv (CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, end - first, row + first,
                   end, x + first, 1);
    }
  return TRUE;
}

/* x_k = L_kk^-T (x_k - sum_(i>k) L_ik' x_i) */
gboolean
pisd_triangle_solve_transposed (const PisdTriangle *self, double *x, PisdCancel *cancel)
{
  for (guint tile = count_tiles (self); tile-- > 0;)
    {
      guint first = tile * TILE, end = tile_end (self, tile);
      const double *row = pisd_triangle_row (self, first);

      if (pisd_cancel_look (cancel))
        return FALSE;
      cblas_dtrsv (CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, end - first, row + first,
                   end, x + first, 1);
      if (first > 0)
        cblas_dgemv (CblasRowMajor, CblasTrans, end - first, first, -1.0, row, end, x + first, 1,
                     1.0, x, 1);
    }
  return TRUE;
}

/* C_k = L_kk^-1 (C_k - sum_(j<k) L_kj C_j) */
gboolean
pisd_triangle_solve_columns (const PisdTriangle *self,
                             guint n_columns,
                             gsize stride,
                             double *c,
                             PisdCancel *cancel)
{
  for (guint tile = 0; tile < count_tiles (self); tile++)
    {
      guint first = tile * TILE, end = tile_end (self, tile);
      const double *row = pisd_triangle_row (self, first);

      for (guint j = 0; j < first; j += TILE)
        {
          if (pisd_cancel_look (cancel))
            return FALSE;
          cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, end - first, n_columns, TILE,
                       -1.0, row + j, end, c + j * stride, stride, 1.0, c + first * stride, stride);
        }
      if (pisd_cancel_look (cancel))
        return FALSE;
      cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, end - first,
                   n_columns, 1.0, row + first, end, c + first * stride, stride);
    }
  return TRUE;
}

/* X_k = (X_k - sum_(i>k) X_i L_ik) L_kk^-1 */
gboolean
pisd_triangle_divide (const PisdTriangle *self,
                      guint n_rows,
                      guint reach,
                      gsize stride,
                      double *x,
                      PisdCancel *cancel)
{
  for (guint tile = pisd_parallel_count_blocks (reach, TILE); tile-- > 0;)
    {
      guint first = tile * TILE, width = MIN (reach - first, TILE);
      guint stride_l = pisd_triangle_stride (self, first);
      const double *row = pisd_triangle_row (self, first);

      if (pisd_cancel_look (cancel))
        return FALSE;
      cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, n_rows, width,
                   1.0, row + first, stride_l, x + first, stride);
      if (first > 0)
        cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n_rows, first, width, -1.0,
                     x + first, stride, row, stride_l, 1.0, x, stride);
    }
  return TRUE;
}

/* X_k = (X_k - sum_(j<k) X_j L_kj') L_kk^-T */
gboolean
pisd_triangle_divide_transposed (const PisdTriangle *self,
                                 guint n_rows,
                                 guint reach,
                                 gsize stride,
                                 double *x,
                                 PisdCancel *cancel)
{
  for (guint first = 0; first < reach; first += TILE)
    {
      guint width = MIN (reach - first, TILE), stride_l = pisd_triangle_stride (self, first);
      const double *row = pisd_triangle_row (self, first);

      if (pisd_cancel_look (cancel))
        return FALSE;
      if (first > 0)
        cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, n_rows, width, first, -1.0, x, stride,
                     row, stride_l, 1.0, x + first, stride);
      cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, n_rows, width,
                   1.0, row + first, stride_l, x + first, stride);
    }
  return TRUE;
}
