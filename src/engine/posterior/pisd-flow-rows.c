#include "pisd-flow-rows.h"

#include <cblas.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-parallel.h"

/* Rows that one product makes. */
#define BLOCK 64

/* Rows of one frame, and its modes pulled back. */
typedef struct
{
  guint n, n_modes;
  const double *modes; /* [n_modes, n_modes] */
  double *rows;        /* [n, n_modes] */
} Product;

/* rows = seeds P */
static void
multiply_block (guint block, gpointer data)
{
  const Product *product = data;
  guint first = block * BLOCK, n = MIN (BLOCK, product->n - first), n_modes = product->n_modes;
  double *rows = product->rows + (gsize) first * n_modes;
  double *seeds = pisd_memory_dup (rows, (gsize) n * n_modes);

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) n_modes, (int) n_modes,
               1.0, seeds, (int) n_modes, product->modes, (int) n_modes, 0.0, rows, (int) n_modes);
  pisd_memory_free (seeds);
}

/* Every mode of a frame, pulled back.  NULL: cancelled. */
static double *
pull_back_modes (const PisdVorticityPath *path,
                 guint n_modes,
                 guint frame,
                 guint n_threads,
                 PisdCancel *cancel)
{
  double *modes = pisd_memory_new0 ((gsize) n_modes * n_modes);
  g_autofree guint *frames = g_new (guint, n_modes);

  for (guint i = 0; i < n_modes; i++)
    {
      modes[(gsize) i * n_modes + i] = 1.0;
      frames[i] = frame;
    }
  if (pisd_vorticity_path_pull_back (path, n_modes, frames, modes, n_threads, cancel))
    return modes;
  pisd_memory_free (modes);
  return NULL;
}

/* Rows of one frame, more than it has modes. */
static gboolean
combine (const PisdVorticityPath *path,
         guint n_modes,
         guint n,
         guint frame,
         double *rows,
         guint n_threads,
         PisdCancel *cancel)
{
  double *modes = pull_back_modes (path, n_modes, frame, n_threads, cancel);
  Product product = { n, n_modes, modes, rows };
  gboolean good = modes != NULL
                  && pisd_parallel (pisd_parallel_count_blocks (n, BLOCK), n_threads, cancel,
                                    multiply_block, &product);

  pisd_memory_free (modes);
  return good;
}

/* How many rows from `first` on are of one frame. */
static guint
count_alike (const guint *frame, guint first, guint n)
{
  guint end = first;

  while (end < n && frame[end] == frame[first])
    end++;
  return end - first;
}

gboolean
pisd_flow_rows_pull_back (const PisdVorticityPath *path,
                          guint side,
                          guint n,
                          const guint *frame,
                          double *rows,
                          guint n_threads,
                          PisdCancel *cancel)
{
  const guint n_modes = side * side;
  guint single = 0, alike; /* the first row that is not pulled back yet */

  for (guint i = 0; i < n; i += alike)
    {
      alike = count_alike (frame, i, n);
      if (alike <= n_modes)
        continue;
      if (!pisd_vorticity_path_pull_back (path, i - single, frame + single,
                                          rows + (gsize) single * n_modes, n_threads, cancel)
          || !combine (path, n_modes, alike, frame[i], rows + (gsize) i * n_modes, n_threads,
                       cancel))
        return FALSE;
      single = i + alike;
    }
  return pisd_vorticity_path_pull_back (path, n - single, frame + single,
                                        rows + (gsize) single * n_modes, n_threads, cancel);
}
