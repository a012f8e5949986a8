#include "pisd-embedding.h"

#include <math.h>
#include <string.h>

#include "pisd-network-private.h"

/* Periods of the waves of ln sigma, from the slowest to the quickest. */
#define LONGEST 40.0
#define SHORTEST 1.0

#define N_WAVES (PISD_NETWORK_FEATURES / 2)

struct _PisdEmbedding
{
  guint batch;
  guint *label;                       /* [batch] */
  gsize offset[PISD_NETWORK_N_FRONT]; /* of its tensors */
  float *features;                    /* [batch, features] */
  float *first, *hidden;              /* [batch, embedding] before and after silu */
  float *second, *embedding;
  float *ghidden;
};

PisdEmbedding *
pisd_embedding_new (const PisdNetworkShape *shape, guint batch)
{
  PisdEmbedding *self = g_new0 (PisdEmbedding, 1);
  gsize n = (gsize) batch * PISD_NETWORK_EMBEDDING;

  self->batch = batch;
  for (guint i = 0; i < PISD_NETWORK_N_FRONT; i++)
    {
      PisdNetworkTensor tensor;

      pisd_network_get_tensor (shape, i, &tensor);
      self->offset[i] = tensor.offset;
    }
  self->label = g_new0 (guint, batch);
  self->features = g_new0 (float, batch *PISD_NETWORK_FEATURES);
  self->first = g_new0 (float, n);
  self->hidden = g_new0 (float, n);
  self->second = g_new0 (float, n);
  self->embedding = g_new0 (float, n);
  self->ghidden = g_new0 (float, n);
  return self;
}

void
pisd_embedding_free (PisdEmbedding *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->features);
  g_free (self->first);
  g_free (self->hidden);
  g_free (self->second);
  g_free (self->embedding);
  g_free (self->ghidden);
  g_free (self);
}

void
pisd_embedding_apply (guint batch,
                      guint n_in,
                      guint n_out,
                      const float *weight,
                      const float *bias,
                      const float *x,
                      float *y)
{
  for (guint b = 0; b < batch; b++, x += n_in, y += n_out)
    for (guint o = 0; o < n_out; o++)
      {
        const float *row = weight + (gsize) o * n_in;
        float sum = bias[o];

        for (guint i = 0; i < n_in; i++)
          sum += row[i] * x[i];
        y[o] = sum;
      }
}

void
pisd_embedding_apply_backward (guint batch,
                               guint n_in,
                               guint n_out,
                               const float *weight,
                               const float *x,
                               const float *v,
                               float *gweight,
                               float *gbias,
                               float *gx)
{
  for (guint b = 0; b < batch; b++, x += n_in, v += n_out)
    for (guint o = 0; o < n_out; o++)
      {
        gbias[o] += v[o];
        for (guint i = 0; i < n_in; i++)
          gweight[(gsize) o * n_in + i] += v[o] * x[i];
        for (guint i = 0; gx != NULL && i < n_in; i++)
          gx[(gsize) b * n_in + i] += v[o] * weight[(gsize) o * n_in + i];
      }
}

/* Frequencies in a geometric row. */
void
pisd_embedding_fill_features (guint batch, const float *sigma, float *features)
{
  for (guint b = 0; b < batch; b++, features += PISD_NETWORK_FEATURES)
    for (guint k = 0; k < N_WAVES; k++)
      {
        double period = LONGEST * pow (SHORTEST / LONGEST, k / (N_WAVES - 1.0)),
               phase = 2.0 * G_PI * log (sigma[b]) / period;

        features[k] = cos (phase);
        features[N_WAVES + k] = sin (phase);
      }
}

static void
activate (gsize n, const float *x, float *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] / (1.0f + expf (-x[i]));
}

/* v becomes silu' (x) v */
static void
activate_backward (gsize n, const float *x, float *v)
{
  for (gsize i = 0; i < n; i++)
    {
      float s = 1.0f / (1.0f + expf (-x[i]));

      v[i] *= s * (1.0f + x[i] * (1.0f - s));
    }
}

const float *
pisd_embedding_forward (PisdEmbedding *self,
                        const float *parameters,
                        const float *sigma,
                        const guint *label)
{
  const guint n = PISD_NETWORK_EMBEDDING;

  memcpy (self->label, label, self->batch * sizeof (guint));
  pisd_embedding_fill_features (self->batch, sigma, self->features);
  pisd_embedding_apply (
      self->batch, PISD_NETWORK_FEATURES, n, parameters + self->offset[PISD_NETWORK_FEATURE_WEIGHT],
      parameters + self->offset[PISD_NETWORK_FEATURE_BIAS], self->features, self->first);
  for (guint b = 0; b < self->batch; b++)
    for (guint i = 0; i < n; i++)
      self->first[b * n + i] +=
          parameters[self->offset[PISD_NETWORK_LABEL_WEIGHT] + label[b] * n + i];
  activate (self->batch * n, self->first, self->hidden);
  pisd_embedding_apply (self->batch, n, n, parameters + self->offset[PISD_NETWORK_EMBEDDING_WEIGHT],
                        parameters + self->offset[PISD_NETWORK_EMBEDDING_BIAS], self->hidden,
                        self->second);
  activate (self->batch * n, self->second, self->embedding);
  return self->embedding;
}

void
pisd_embedding_backward (PisdEmbedding *self,
                         const float *parameters,
                         float *ge,
                         float *gparameters)
{
  const guint n = PISD_NETWORK_EMBEDDING;

  activate_backward (self->batch * n, self->second, ge);
  memset (self->ghidden, 0, self->batch * n * sizeof (float));
  pisd_embedding_apply_backward (
      self->batch, n, n, parameters + self->offset[PISD_NETWORK_EMBEDDING_WEIGHT], self->hidden, ge,
      gparameters + self->offset[PISD_NETWORK_EMBEDDING_WEIGHT],
      gparameters + self->offset[PISD_NETWORK_EMBEDDING_BIAS], self->ghidden);
  activate_backward (self->batch * n, self->first, self->ghidden);
  for (guint b = 0; b < self->batch; b++)
    for (guint i = 0; i < n; i++)
      gparameters[self->offset[PISD_NETWORK_LABEL_WEIGHT] + self->label[b] * n + i] +=
          self->ghidden[b * n + i];
  pisd_embedding_apply_backward (
      self->batch, PISD_NETWORK_FEATURES, n, parameters + self->offset[PISD_NETWORK_FEATURE_WEIGHT],
      self->features, self->ghidden, gparameters + self->offset[PISD_NETWORK_FEATURE_WEIGHT],
      gparameters + self->offset[PISD_NETWORK_FEATURE_BIAS], NULL);
}
