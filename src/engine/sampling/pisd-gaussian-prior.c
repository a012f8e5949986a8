#include "pisd-gaussian-prior.h"

#include <cblas.h>

#include "pisd-lapack.h"

#define N_BLOCKS 4

/* Source modes of one parity pair.  `vectors` row e is eigenvector e of B'B on the block. */
typedef struct
{
  guint n;
  guint *index;    /* [n] into the source's modes */
  double *vectors; /* [n, n], shared with the transposed block where `shares` */
  double *values;  /* [n] eigenvalues of B'B */
  gboolean shares;
} Block;

struct _PisdGaussianPrior
{
  PisdEquation equation;
  PisdSourcePrior prior;  /* of field 0 ... */
  PisdSourcePrior scaled; /* ... and whose the scales are */
  double *ratio;          /* [n_a] S */
  PisdModes *modes[2];    /* of the source and of the solution */
  Block blocks[N_BLOCKS];
};

/* Parity pairs (y, x).  The problem is symmetric under exchange of x and y, so block (odd, even) is
 * block (even, odd) with the indices of its modes exchanged: one decomposition serves both. */
static const struct
{
  guint parity_y, parity_x;
  int same_as;
} block_table[N_BLOCKS] = { { 0, 0, -1 }, { 1, 1, -1 }, { 0, 1, -1 }, { 1, 0, 2 } };

static guint
find_mode (const PisdModes *modes, guint ky, guint kx)
{
  for (guint i = 0; i < modes->n; i++)
    if (modes->ky[i] == ky && modes->kx[i] == kx)
      return i;
  g_return_val_if_reached (0);
}

static void
collect_modes (const PisdModes *modes, guint parity_y, guint parity_x, guint **index, guint *n)
{
  *index = g_new (guint, modes->n);
  *n = 0;
  for (guint i = 0; i < modes->n; i++)
    if (modes->ky[i] % 2 == parity_y && modes->kx[i] % 2 == parity_x)
      (*index)[(*n)++] = i;
}

static void
transpose_modes (const PisdModes *modes, const Block *from, Block *to)
{
  to->n = from->n;
  to->index = g_new (guint, from->n);
  for (guint i = 0; i < from->n; i++)
    to->index[i] = find_mode (modes, modes->kx[from->index[i]], modes->ky[from->index[i]]);
  to->vectors = from->vectors;
  to->values = from->values;
  to->shares = TRUE;
}

/* vectors = S (I + R'R) S on the block, R restricted to the solution modes of the same parity. */
static void
fill_gram (const PisdRepresentation *representation,
           guint parity_y,
           guint parity_x,
           const double *ratio,
           Block *block)
{
  g_autofree guint *rows = NULL;
  g_autofree double *r = NULL;
  guint n_rows, n = block->n;

  collect_modes (pisd_representation_get_modes (representation, 1), parity_y, parity_x, &rows,
                 &n_rows);
  if (n == 0)
    return;
  r = g_new (double, (gsize) n_rows *n);
  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < n; j++)
      r[(gsize) i * n + j] =
          pisd_representation_get_solve_entry (representation, rows[i], block->index[j]);
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, n, n, n_rows, 1.0, r, n, r, n, 0.0,
               block->vectors, n);
  for (guint i = 0; i < n; i++)
    block->vectors[(gsize) i * n + i] += 1.0;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      block->vectors[(gsize) i * n + j] *= ratio[block->index[i]] * ratio[block->index[j]];
}

/* Block b of B'B and its eigenvectors.  FALSE: cancelled. */
static gboolean
block_init (Block *block,
            guint b,
            const PisdRepresentation *representation,
            const double *ratio,
            guint n_threads,
            PisdCancel *cancel)
{
  guint py = block_table[b].parity_y, px = block_table[b].parity_x;

  collect_modes (pisd_representation_get_modes (representation, 0), py, px, &block->index,
                 &block->n);
  block->vectors = g_new (double, (gsize) block->n * block->n);
  block->values = g_new (double, block->n);
  fill_gram (representation, py, px, ratio, block);
  return pisd_lapack_eigen (block->n, block->vectors, block->values, n_threads, cancel);
}

PisdGaussianPrior *
pisd_gaussian_prior_new (const PisdRepresentation *representation,
                         guint n_threads,
                         PisdCancel *cancel)
{
  PisdGaussianPrior *self = g_new0 (PisdGaussianPrior, 1);

  self->equation = *pisd_representation_get_equation (representation);
  self->prior = *pisd_representation_get_prior (representation);
  self->scaled = pisd_representation_get_normaliser (representation)->prior;
  for (guint f = 0; f < G_N_ELEMENTS (self->modes); f++)
    self->modes[f] = pisd_modes_dup (pisd_representation_get_modes (representation, f));
  self->ratio = g_new (double, self->modes[0]->n);
  pisd_representation_fill_ratio (representation, self->ratio);
  for (guint b = 0; b < N_BLOCKS; b++)
    if (block_table[b].same_as >= 0)
      transpose_modes (self->modes[0], &self->blocks[block_table[b].same_as], &self->blocks[b]);
    else if (pisd_cancel_look (cancel)
             || !block_init (&self->blocks[b], b, representation, self->ratio, n_threads, cancel))
      {
        pisd_gaussian_prior_free (self);
        return NULL;
      }
  return self;
}

gboolean
pisd_gaussian_prior_fits (const PisdGaussianPrior *self, const PisdRepresentation *representation)
{
  if (!pisd_equation_equal (&self->equation, pisd_representation_get_equation (representation))
      || !pisd_source_prior_equal (&self->prior, pisd_representation_get_prior (representation))
      || !pisd_source_prior_equal (&self->scaled,
                                   &pisd_representation_get_normaliser (representation)->prior))
    return FALSE;
  for (guint f = 0; f < G_N_ELEMENTS (self->modes); f++)
    if (!pisd_modes_equal (self->modes[f], pisd_representation_get_modes (representation, f)))
      return FALSE;
  return TRUE;
}

void
pisd_gaussian_prior_free (PisdGaussianPrior *self)
{
  if (self == NULL)
    return;
  for (guint b = 0; b < N_BLOCKS; b++)
    {
      g_free (self->blocks[b].index);
      if (self->blocks[b].shares)
        continue;
      g_free (self->blocks[b].vectors);
      g_free (self->blocks[b].values);
    }
  for (guint f = 0; f < G_N_ELEMENTS (self->modes); f++)
    pisd_modes_free (self->modes[f]);
  g_free (self->ratio);
  g_free (self);
}

/* xi := V diag (1 / (sigma^2 + w)) V' xi on one block, V its eigenvectors and w its eigenvalues:
 * the block's entries are turned into the eigenvectors' frame, divided there, and turned back. */
static void
shrink_block (const Block *block, double sigma, double *xi, double *gathered, double *rotated)
{
  int n = (int) block->n;

  if (n == 0)
    return;
  for (int i = 0; i < n; i++)
    gathered[i] = xi[block->index[i]];
  cblas_dgemv (CblasRowMajor, CblasNoTrans, n, n, 1.0, block->vectors, n, gathered, 1, 0.0, rotated,
               1);
  for (int i = 0; i < n; i++)
    rotated[i] /= sigma * sigma + block->values[i];
  cblas_dgemv (CblasRowMajor, CblasTrans, n, n, 1.0, block->vectors, n, rotated, 1, 0.0, gathered,
               1);
  for (int i = 0; i < n; i++)
    xi[block->index[i]] = gathered[i];
}

void
pisd_gaussian_prior_shrink (const PisdGaussianPrior *self,
                            double sigma,
                            double *xi,
                            double *scratch)
{
  const guint n = self->modes[0]->n;

  for (guint i = 0; i < n; i++)
    xi[i] *= self->ratio[i];
  for (guint b = 0; b < N_BLOCKS; b++)
    shrink_block (&self->blocks[b], sigma, xi, scratch, scratch + n);
  for (guint i = 0; i < n; i++)
    xi[i] *= self->ratio[i];
}
