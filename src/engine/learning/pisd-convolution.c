#include "pisd-convolution-private.h"

#include <string.h>

#define ALIGNMENT 64

struct _PisdConvolver
{
  const PisdConvolutionOps *ops;
  gpointer means;
};

struct _PisdConvolution
{
  const PisdConvolutionOps *ops;
  gpointer plan;
};

/* The quickest one first; NULL: this program was built without it. */
static const PisdConvolutionOps *const backend_table[PISD_N_BACKENDS] = {
#ifdef PISD_WITH_ONEDNN
  [PISD_BACKEND_ONEDNN] = &pisd_convolution_onednn,
#endif
  [PISD_BACKEND_PLAIN] = &pisd_convolution_plain,
};

static const char *const backend_names[PISD_N_BACKENDS] = {
  [PISD_BACKEND_ONEDNN] = "onednn",
  [PISD_BACKEND_PLAIN] = "plain",
};

const char *
pisd_backend_get_name (PisdBackend backend)
{
  g_return_val_if_fail ((guint) backend < PISD_N_BACKENDS, NULL);

  return backend_names[backend];
}

gboolean
pisd_backend_is_available (PisdBackend backend)
{
  return (guint) backend < PISD_N_BACKENDS && backend_table[backend] != NULL;
}

PisdBackend
pisd_backend_get_default (void)
{
  PisdBackend found = 0;

  while (!pisd_backend_is_available (found))
    found++;
  return found;
}

float *
pisd_convolution_allocate (gsize n)
{
  float *memory = g_aligned_alloc0 (n, sizeof (float), ALIGNMENT);

  return memory;
}

void
pisd_convolution_scratch_require (PisdConvolutionScratch *scratch, gsize n)
{
  if (n <= scratch->n)
    return;
  g_aligned_free (scratch->memory);
  scratch->memory = pisd_convolution_allocate (n);
  scratch->n = n;
}

PisdConvolver *
pisd_convolver_new (PisdBackend backend)
{
  PisdConvolver *self;

  g_return_val_if_fail (pisd_backend_is_available (backend), NULL);

  self = g_new0 (PisdConvolver, 1);
  self->ops = backend_table[backend];
  self->ops->enter ();
  self->means = self->ops->means_new ();
  return self;
}

void
pisd_convolver_free (PisdConvolver *self)
{
  if (self == NULL)
    return;
  self->ops->means_free (self->means);
  g_free (self);
}

guint
pisd_convolver_get_block (const PisdConvolver *self, guint n_channels)
{
  return self->ops->get_block (n_channels);
}

void
pisd_convolver_enter (PisdConvolver *self)
{
  self->ops->enter ();
}

PisdConvolution *
pisd_convolution_new (PisdConvolver *convolver, guint batch, guint side, guint n_in, guint n_out)
{
  PisdConvolution *self = g_new0 (PisdConvolution, 1);

  self->ops = convolver->ops;
  self->plan = self->ops->plan_new (convolver->means, batch, side, n_in, n_out);
  return self;
}

void
pisd_convolution_free (PisdConvolution *self)
{
  if (self == NULL)
    return;
  self->ops->plan_free (self->plan);
  g_free (self);
}

void
pisd_convolution_load (PisdConvolution *self, const float *weights)
{
  self->ops->load (self->plan, weights);
}

void
pisd_convolution_apply (PisdConvolution *self, const float *x, float *y)
{
  self->ops->apply (self->plan, x, y);
}

void
pisd_convolution_add_gradient (PisdConvolution *self,
                               const float *x,
                               const float *v,
                               float *gweights)
{
  self->ops->add_gradient (self->plan, x, v, gweights);
}
