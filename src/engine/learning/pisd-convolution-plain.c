/* Convolutions as nine products of matrices, one a tap.
 *
 * All channels of a node lie side by side, so that the nodes of a padded grid, shifted by a tap,
 * are the rows of a matrix with nothing copied.  Rows go through the halo at both ends of a line:
 * what comes out there is left out, and what goes in there for a gradient is zero. */
#include "pisd-convolution-private.h"

#include <cblas.h>
#include <string.h>

#define N_TAPS 9

typedef struct
{
  PisdConvolutionScratch *scratch; /* [n_rows, n_out] */
  guint batch, side, n_in, n_out;
  gsize n_rows;    /* from the first node to the last one, halo included */
  float *weights;  /* [tap, n_in, n_out] */
  float *gradient; /* the same */
} Plan;

static gpointer
means_new (void)
{
  return g_new0 (PisdConvolutionScratch, 1);
}

static void
means_free (gpointer means)
{
  PisdConvolutionScratch *scratch = means;

  g_aligned_free (scratch->memory);
  g_free (scratch);
}

static guint
get_block (guint n_channels)
{
  return n_channels;
}

static void
enter (void)
{
}

static gpointer
plan_new (gpointer means, guint batch, guint side, guint n_in, guint n_out)
{
  Plan *self = g_new0 (Plan, 1);

  self->scratch = means;
  self->batch = batch;
  self->side = side;
  self->n_in = n_in;
  self->n_out = n_out;
  self->n_rows = side * (side + 2) - 2;
  self->weights = pisd_convolution_allocate (N_TAPS * n_in * n_out);
  self->gradient = pisd_convolution_allocate (N_TAPS * n_in * n_out);
  pisd_convolution_scratch_require (self->scratch, self->n_rows * n_out);
  return self;
}

static void
plan_free (gpointer plan)
{
  Plan *self = plan;

  g_aligned_free (self->weights);
  g_aligned_free (self->gradient);
  g_free (self);
}

static void
load (gpointer plan, const float *weights)
{
  Plan *self = plan;
  gsize n = (gsize) self->n_in * self->n_out;

  for (guint o = 0; o < self->n_out; o++)
    for (guint i = 0; i < self->n_in; i++)
      for (guint tap = 0; tap < N_TAPS; tap++)
        self->weights[tap * n + i * self->n_out + o] = weights[(o * self->n_in + i) * N_TAPS + tap];
}

/* Where the first row of a tap's matrix begins in a padded grid. */
static gsize
find_tap (const Plan *self, guint tap)
{
  return ((gsize) (tap / 3) * (self->side + 2) + tap % 3) * self->n_in;
}

static void
apply (gpointer plan, const float *x, float *y)
{
  Plan *self = plan;
  guint padded = self->side + 2, n_out = self->n_out;
  gsize line = (gsize) self->side * n_out;
  float *rows = self->scratch->memory;

  for (guint b = 0; b < self->batch; b++, x += (gsize) padded * padded * self->n_in)
    {
      for (guint tap = 0; tap < N_TAPS; tap++)
        cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, self->n_rows, n_out, self->n_in,
                     1.0f, x + find_tap (self, tap), self->n_in,
                     self->weights + (gsize) tap * self->n_in * n_out, n_out,
                     tap == 0 ? 0.0f : 1.0f, rows, n_out);
      for (guint i = 0; i < self->side; i++, y += line)
        memcpy (y, rows + (gsize) i * padded * n_out, line * sizeof (float));
    }
}

/* Lines of a dense grid into rows that go through the halo, zero there. */
static void
spread_lines (Plan *self, const float *v)
{
  gsize line = (gsize) self->side * self->n_out;
  float *rows = self->scratch->memory;

  for (guint i = 0; i < self->side; i++, v += line, rows += line)
    {
      memcpy (rows, v, line * sizeof (float));
      if (i + 1 == self->side)
        return;
      memset (rows + line, 0, 2 * self->n_out * sizeof (float));
      rows += 2 * self->n_out;
    }
}

static void
add_gradient (gpointer plan, const float *x, const float *v, float *gweights)
{
  Plan *self = plan;
  guint padded = self->side + 2;
  gsize n = (gsize) self->n_in * self->n_out;

  for (guint b = 0; b < self->batch; b++)
    {
      spread_lines (self, v + (gsize) b * self->side * self->side * self->n_out);
      for (guint tap = 0; tap < N_TAPS; tap++)
        cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, self->n_in, self->n_out, self->n_rows,
                     1.0f, x + (gsize) b * padded * padded * self->n_in + find_tap (self, tap),
                     self->n_in, self->scratch->memory, self->n_out, b == 0 ? 0.0f : 1.0f,
                     self->gradient + tap * n, self->n_out);
    }
  for (guint o = 0; o < self->n_out; o++)
    for (guint i = 0; i < self->n_in; i++)
      for (guint tap = 0; tap < N_TAPS; tap++)
        gweights[(o * self->n_in + i) * N_TAPS + tap] +=
            self->gradient[tap * n + i * self->n_out + o];
}

const PisdConvolutionOps pisd_convolution_plain = {
  means_new, means_free, get_block, enter, plan_new, plan_free, load, apply, add_gradient,
};
