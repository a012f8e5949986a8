#include "pisd-linear-fit.h"

#include <cblas.h>
#include <string.h>

#include "pisd-lapack.h"
#include "pisd-parallel.h"

/* By the parities of ky and kx. */
#define N_CLASSES 4
/* Fields that are held at once, and of one block of the loop over them. */
#define CHUNK 1024
#define BLOCK 32

typedef struct
{
  guint n;
  guint *index;    /* [n] of its modes in the latent */
  guint *exchange; /* [n] of the same modes with the axes exchanged */
  double *vectors; /* [n, n] first the covariance, then its eigenvectors in rows */
  double *values;  /* [n] */
} Class;

struct _PisdLinearFit
{
  Class classes[N_CLASSES];
};

/* What the loop over fields fills. */
typedef struct
{
  PisdTrainingCrew *crew;
  PisdFamily family;
  guint first, n; /* fields */
  gsize n_modes;
  double *fields; /* [CHUNK, n_modes] */
} Chunk;

static guint
find_mode (const PisdModes *modes, guint ky, guint kx)
{
  guint i = 0;

  while (modes->ky[i] != ky || modes->kx[i] != kx)
    i++;
  return i;
}

static void
class_init (Class *class, const PisdModes *modes, guint parity)
{
  class->index = g_new (guint, modes->n);
  class->exchange = g_new (guint, modes->n);
  for (guint i = 0; i < modes->n; i++)
    if (modes->ky[i] % 2 == parity / 2 && modes->kx[i] % 2 == parity % 2)
      {
        class->index[class->n] = i;
        class->exchange[class->n++] = find_mode (modes, modes->kx[i], modes->ky[i]);
      }
  class->vectors = g_new0 (double, (gsize) class->n *class->n);
  class->values = g_new (double, class->n);
}

static void
draw_block (guint block, gpointer data)
{
  Chunk *chunk = data;
  PisdTrainingPart *part = pisd_training_crew_take (chunk->crew);
  PisdTrainingTools *tools = pisd_training_part_get_tools (part);

  for (guint i = block * BLOCK; i < MIN ((block + 1) * BLOCK, chunk->n); i++)
    pisd_training_data_draw (tools->data, PISD_DATA_REFERENCE, chunk->family, chunk->first + i,
                             chunk->fields + i * chunk->n_modes);
  pisd_training_crew_give (chunk->crew, part);
}

/* covariance += weight sum of y y' over the fields and their exchanged ones; rows: scratch. */
static void
add_chunk (Class *class, const Chunk *chunk, double weight, double *rows)
{
  gsize n = class->n;

  for (guint i = 0; i < chunk->n; i++)
    for (guint j = 0; j < n; j++)
      {
        rows[2 * i * n + j] = chunk->fields[i * chunk->n_modes + class->index[j]];
        rows[(2 * i + 1) * n + j] = chunk->fields[i * chunk->n_modes + class->exchange[j]];
      }
  cblas_dsyrk (CblasRowMajor, CblasLower, CblasTrans, (int) n, 2 * (int) chunk->n, weight, rows,
               (int) n, 1.0, class->vectors, (int) n);
}

static gboolean
gather (PisdLinearFit *self, Chunk *chunk, guint n_draws, PisdCancel *cancel)
{
  g_autofree double *rows = g_new (double, 2 * CHUNK * chunk->n_modes);

  for (chunk->first = 0; chunk->first < n_draws; chunk->first += CHUNK)
    {
      chunk->n = MIN (CHUNK, n_draws - chunk->first);
      if (!pisd_parallel (pisd_parallel_count_blocks (chunk->n, BLOCK),
                          pisd_training_crew_get_n (chunk->crew), cancel, draw_block, chunk))
        return FALSE;
      for (guint c = 0; c < N_CLASSES; c++)
        add_chunk (&self->classes[c], chunk, 0.5 / n_draws, rows);
    }
  return TRUE;
}

PisdLinearFit *
pisd_linear_fit_new (PisdTrainingCrew *crew,
                     const PisdModes *modes,
                     PisdFamily family,
                     guint n_draws,
                     PisdCancel *cancel)
{
  g_autoptr (PisdLinearFit) self = g_new0 (PisdLinearFit, 1);
  g_autofree double *fields = g_new (double, (gsize) CHUNK * modes->n);
  Chunk chunk = { .crew = crew, .family = family, .n_modes = modes->n, .fields = fields };

  for (guint c = 0; c < N_CLASSES; c++)
    class_init (&self->classes[c], modes, c);
  if (!gather (self, &chunk, n_draws, cancel))
    return NULL;
  for (guint c = 0; c < N_CLASSES; c++)
    if (!pisd_lapack_eigen (self->classes[c].n, self->classes[c].vectors, self->classes[c].values,
                            pisd_training_crew_get_n (crew), cancel))
      return NULL;
  return g_steal_pointer (&self);
}

void
pisd_linear_fit_free (PisdLinearFit *self)
{
  if (self == NULL)
    return;
  for (guint c = 0; c < N_CLASSES; c++)
    {
      g_free (self->classes[c].index);
      g_free (self->classes[c].exchange);
      g_free (self->classes[c].vectors);
      g_free (self->classes[c].values);
    }
  g_free (self);
}

/* m = V' diag (w / (w + sigma^2)) V x on the class's modes. */
static void
denoise_class (const Class *class, double sigma, const double *x, double *m, double *scratch)
{
  int n = (int) class->n;
  double *gathered = scratch, *rotated = scratch + n;

  for (guint i = 0; i < class->n; i++)
    gathered[i] = x[class->index[i]];
  cblas_dgemv (CblasRowMajor, CblasNoTrans, n, n, 1.0, class->vectors, n, gathered, 1, 0.0, rotated,
               1);
  for (guint i = 0; i < class->n; i++)
    {
      double w = MAX (class->values[i], 0.0);

      rotated[i] *= w / (w + sigma * sigma);
    }
  cblas_dgemv (CblasRowMajor, CblasTrans, n, n, 1.0, class->vectors, n, rotated, 1, 0.0, gathered,
               1);
  for (guint i = 0; i < class->n; i++)
    m[class->index[i]] = gathered[i];
}

void
pisd_linear_fit_denoise (const PisdLinearFit *self, double sigma, const double *x, double *m)
{
  guint n = 0;
  g_autofree double *scratch = NULL;

  for (guint c = 0; c < N_CLASSES; c++)
    n = MAX (n, self->classes[c].n);
  scratch = g_new (double, 2 * n);
  for (guint c = 0; c < N_CLASSES; c++)
    denoise_class (&self->classes[c], sigma, x, m, scratch);
}
