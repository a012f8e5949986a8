/* The table behind convolutions: one row a backend. */
#pragma once

#include "pisd-convolution.h"

G_BEGIN_DECLS

typedef struct
{
  /* The means of one convolver: scratch space and what a library wants. */
  gpointer (*means_new) (void);
  void (*means_free) (gpointer means);
  guint (*get_block) (guint n_channels);
  void (*enter) (void);
  gpointer (*plan_new) (gpointer means, guint batch, guint side, guint n_in, guint n_out);
  void (*plan_free) (gpointer plan);
  void (*load) (gpointer plan, const float *weights);
  void (*apply) (gpointer plan, const float *x, float *y);
  void (*add_gradient) (gpointer plan, const float *x, const float *v, float *gweights);
} PisdConvolutionOps;

extern const PisdConvolutionOps pisd_convolution_plain;
#ifdef PISD_WITH_ONEDNN
extern const PisdConvolutionOps pisd_convolution_onednn;
#endif

/* Scratch space that grows while plans are made. */
typedef struct
{
  float *memory;
  gsize n;
} PisdConvolutionScratch;

void pisd_convolution_scratch_require (PisdConvolutionScratch *scratch, gsize n);

/* Zeros, at an address that suits vectors; g_aligned_free(). */
float *pisd_convolution_allocate (gsize n);

G_END_DECLS
