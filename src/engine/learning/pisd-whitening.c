#include "pisd-whitening.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"

/* One frame of a field. */
typedef struct
{
  PisdBasis basis;
  const PisdModes *modes;
  gsize offset;    /* of its modes in the latent */
  double *natural; /* [modes] scale K / |scale| */
} Frame;

struct _PisdWhitening
{
  guint side;
  GArray *frames;
  float *tables[PISD_N_BASES]; /* [side, side] T of each basis */
  float *box, *half;           /* [side, side] scratch */
  double *ones;                /* [side * side] */
};

/* T[i, j]: basis function j at point i of K. */
static double
evaluate_cosine (guint k, guint i, guint j)
{
  return sqrt ((j > 0 ? 2.0 : 1.0) / k) * cos (G_PI * j * (i + 0.5) / k);
}

static double
evaluate_sine (guint k, guint i, guint j)
{
  return sqrt ((j + 1 < k ? 2.0 : 1.0) / k) * sin (G_PI * (j + 1) * (i + 0.5) / k);
}

static double
evaluate_periodic (guint k, guint i, guint j)
{
  double angle = 2.0 * G_PI * ((j + 1) / 2) * i / k;
  gboolean is_single = j == 0 || j + 1 == k;

  if (j % 2 == 0 && j > 0)
    return sqrt (2.0 / k) * sin (angle);
  return sqrt ((is_single && (j == 0 || k % 2 == 0) ? 1.0 : 2.0) / k) * cos (angle);
}

static float *
make_table (PisdBasis basis, guint k)
{
  static double (*const evaluate[PISD_N_BASES]) (guint, guint, guint) = {
    [PISD_BASIS_COSINE] = evaluate_cosine,
    [PISD_BASIS_SINE] = evaluate_sine,
    [PISD_BASIS_PERIODIC] = evaluate_periodic,
  };
  float *table = g_new (float, k *k);

  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      table[i * k + j] = evaluate[basis](k, i, j);
  return table;
}

static void
frame_clear (gpointer data)
{
  Frame *frame = data;

  g_free (frame->natural);
}

static double *
make_natural (const double *scale, guint n, guint side)
{
  double *natural = g_new (double, n);
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += scale[i] * scale[i];
  for (guint i = 0; i < n; i++)
    natural[i] = scale[i] * side / sqrt (sum);
  return natural;
}

static void
add_frames (PisdWhitening *self, const PisdRepresentation *representation, guint field)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, field);
  const double *scale = pisd_representation_get_scale (representation, field);
  gsize n, offset = pisd_representation_get_offset (representation, field, &n);

  for (gsize at = 0; at < n; at += modes->n)
    {
      Frame frame = { .basis = pisd_representation_get_basis (representation, field),
                      .modes = modes,
                      .offset = offset + at,
                      .natural = make_natural (scale + at, modes->n, self->side) };

      g_array_append_val (self->frames, frame);
    }
}

PisdWhitening *
pisd_whitening_new (const PisdRepresentation *representation, GError **error)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, 0);
  guint side = modes->support.box;
  PisdWhitening *self;

  if (modes->n + 1 < side * side)
    {
      pisd_error_fail (error, PISD_ERROR_RANGE,
                       _ ("modes of the learned prior: got a cross, expected a square"));
      return NULL;
    }
  self = g_new0 (PisdWhitening, 1);
  self->side = side;
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  for (guint f = 0; f < pisd_representation_get_n_parts (representation); f++)
    add_frames (self, representation, f);
  for (guint b = 0; b < PISD_N_BASES; b++)
    self->tables[b] = make_table (b, side);
  self->box = g_new (float, side *side);
  self->half = g_new (float, side *side);
  self->ones = g_new (double, side *side);
  for (guint i = 0; i < side * side; i++)
    self->ones[i] = 1.0;
  return self;
}

void
pisd_whitening_free (PisdWhitening *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->frames);
  for (guint b = 0; b < PISD_N_BASES; b++)
    g_free (self->tables[b]);
  g_free (self->box);
  g_free (self->half);
  g_free (self->ones);
  g_free (self);
}

guint
pisd_whitening_get_side (const PisdWhitening *self)
{
  return self->side;
}

guint
pisd_whitening_get_n_in (const PisdWhitening *self)
{
  return 2 * self->frames->len;
}

guint
pisd_whitening_get_n_out (const PisdWhitening *self)
{
  return self->frames->len;
}

gboolean
pisd_whitening_is_periodic (const PisdWhitening *self)
{
  return g_array_index (self->frames, Frame, 0).basis == PISD_BASIS_PERIODIC;
}

/* out = factor T in T', or factor T' in T where `back`: [k, k] each.  Products of this size are too
 * small for a library to give them threads. */
static void
transform (PisdWhitening *self,
           PisdBasis basis,
           gboolean back,
           float factor,
           const float *in,
           float *out)
{
  const float *table = self->tables[basis];
  int k = self->side;

  cblas_sgemm (CblasRowMajor, back ? CblasTrans : CblasNoTrans, CblasNoTrans, k, k, k, 1.0f, table,
               k, in, k, 0.0f, self->half, k);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, back ? CblasNoTrans : CblasTrans, k, k, k, factor,
               self->half, k, table, k, 0.0f, out, k);
}

/* out = the grid of scale factor x. */
static void
synthesize (PisdWhitening *self,
            const Frame *frame,
            double factor,
            const double *x,
            const double *scale,
            float *out)
{
  const PisdModes *modes = frame->modes;
  guint side = self->side;

  x += frame->offset;
  memset (self->box, 0, sizeof (float) * side * side);
  for (guint i = 0; i < modes->n; i++)
    self->box[modes->ky[i] * side + modes->kx[i]] = scale[i] * x[i];
  transform (self, frame->basis, FALSE, factor, self->box, out);
}

void
pisd_whitening_fill_input (PisdWhitening *self, double factor, const double *x, float *input)
{
  guint n = self->side * self->side, n_frames = self->frames->len;

  for (guint f = 0; f < n_frames; f++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, f);

      synthesize (self, frame, factor, x, self->ones, input + f * n);
      synthesize (self, frame, factor, x, frame->natural, input + (n_frames + f) * n);
    }
}

/* x += scale factor times the modes of a grid. */
static void
add_analysis (PisdWhitening *self,
              const Frame *frame,
              double factor,
              const float *in,
              const double *scale,
              double *x)
{
  const PisdModes *modes = frame->modes;
  guint side = self->side;

  x += frame->offset;
  transform (self, frame->basis, TRUE, factor, in, self->box);
  for (guint i = 0; i < modes->n; i++)
    x[i] += scale[i] * self->box[modes->ky[i] * side + modes->kx[i]];
}

void
pisd_whitening_add_input_vjp (PisdWhitening *self, double factor, const float *input, double *x)
{
  guint n = self->side * self->side, n_frames = self->frames->len;

  for (guint f = 0; f < n_frames; f++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, f);

      add_analysis (self, frame, factor, input + f * n, self->ones, x);
      add_analysis (self, frame, factor, input + (n_frames + f) * n, frame->natural, x);
    }
}

void
pisd_whitening_fill_output (PisdWhitening *self, const double *z, float *output)
{
  for (guint f = 0; f < self->frames->len; f++)
    synthesize (self, &g_array_index (self->frames, Frame, f), 1.0, z, self->ones,
                output + f * self->side * self->side);
}

void
pisd_whitening_read_output (PisdWhitening *self, const float *output, double *z)
{
  for (guint f = 0; f < self->frames->len; f++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, f);

      memset (z + frame->offset, 0, frame->modes->n * sizeof (double));
      add_analysis (self, frame, 1.0, output + f * self->side * self->side, self->ones, z);
    }
}

void
pisd_whitening_pack (const PisdWhitening *self, const double *boxes, double *z)
{
  for (guint f = 0; f < self->frames->len; f++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, f);
      const double *box = boxes + (gsize) f * self->side * self->side;

      for (guint i = 0; i < frame->modes->n; i++)
        z[frame->offset + i] = box[frame->modes->ky[i] * self->side + frame->modes->kx[i]];
    }
}
