/* The denoising network of the diffusion lab, of one of two kinds.  Its outputs are what it
 * predicts, and, where the variance is learned, v of pisd-bound.h.
 *
 * perceptron   a dense network (pisd-perceptron.h) of the state, sines and cosines of the time and
 *              one input a label, of which none is set where there is no label:
 *                embedding_k = sin (1000 t / T w_k), embedding_(h+k) = cos (1000 t / T w_k),
 *                w_k = 10000^(-k / h),  k < h = half the features
 * convolution  of pictures: the network of `pisd train` (pisd-network.h), in a U down to 4 x 4
 *              pixels, which is told the noise level sigma = sqrt ((1 - abar) / abar) for the time
 *              and a label or that of none; its arithmetic is single precision
 *
 * Shapes:  states [n, dimension], parameters [n_parameters].
 * Threads: constant: any; a pass belongs to one thread and never allocates.
 * Source:  Vaswani et al. 2017 (arXiv 1706.03762), section 3.5; Ho and Salimans 2022 (arXiv
 *          2207.12598) for labels that are left out. */
#pragma once

#include "pisd-estimator.h"
#include "pisd-perceptron.h"

G_BEGIN_DECLS

#define PISD_DIFFUSER_MOST_FEATURES 64

typedef enum
{
  PISD_DIFFUSER_PERCEPTRON,
  PISD_DIFFUSER_CONVOLUTION,
  PISD_N_DIFFUSERS
} PisdDiffuserKind;

/* "perceptron", "convolution" */
const char *pisd_diffuser_kind_get_name (PisdDiffuserKind kind);

typedef struct
{
  PisdDiffuserKind kind;
  guint dimension;
  guint side; /* of pictures; else 0, and no convolution */
  guint n_labels;
  guint n_features; /* of the time, even; of a convolution PISD_NETWORK_FEATURES */
  guint width;      /* of hidden layers, or channels: a multiple of PISD_NETWORK_WIDTH_STEP */
  guint n_hidden;   /* 1 to 8 of them, or residual blocks on a stage of the U */
  PisdActivation activation; /* of a perceptron */
  PisdPrediction prediction;
  gboolean learns_variance;
} PisdDiffuserShape;

typedef struct _PisdDiffuser PisdDiffuser;

/* process: copied. */
PisdDiffuser *pisd_diffuser_new (const PisdDiffuserShape *shape, const PisdProcess *process);
void pisd_diffuser_free (PisdDiffuser *diffuser); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuser, pisd_diffuser_free)

const PisdDiffuserShape *pisd_diffuser_get_shape (const PisdDiffuser *diffuser);
const PisdProcess *pisd_diffuser_get_process (const PisdDiffuser *diffuser);
gsize pisd_diffuser_get_n_parameters (const PisdDiffuser *diffuser);
/* Multiply-adds of one state's forward pass. */
double pisd_diffuser_count_work (const PisdDiffuser *diffuser);
/* States that a backward pass can follow, at most. */
guint pisd_diffuser_get_block (const PisdDiffuser *diffuser);
void pisd_diffuser_fill (const PisdDiffuser *diffuser, guint64 seed, double *parameters);
/* What the network is told of a time, sines first; out: [n_features]. */
void pisd_diffuser_embed (const PisdDiffuser *diffuser, guint t, double *out);

typedef struct _PisdDiffuserPass PisdDiffuserPass;

/* `most` states at once; the diffuser is borrowed. */
PisdDiffuserPass *pisd_diffuser_pass_new (const PisdDiffuser *diffuser, gsize most);
void pisd_diffuser_pass_free (PisdDiffuserPass *pass); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserPass, pisd_diffuser_pass_free)

/* The network's outputs at states with a time and a label each: [n, dimension], or twice as many
 * where the variance is learned; borrowed until the next pass. */
const double *pisd_diffuser_pass_forward (PisdDiffuserPass *pass,
                                          const double *parameters,
                                          gsize n,
                                          const double *x,
                                          const guint *times,
                                          const guint *labels);
/* Adds the derivatives of <weights, outputs> at the last forward pass, which was of a block of
 * states at most, to gradient. */
void pisd_diffuser_pass_backward (PisdDiffuserPass *pass,
                                  const double *parameters,
                                  const double *weights,
                                  double *gradient);

/* The diffuser with parameters, as an estimator whose x0 is cut to [-limit, limit]; with guidance
 * w, of a state with a label,
 *   x0 = (1 + w) x0 (label) - w x0 (none). */
typedef struct
{
  const PisdDiffuser *diffuser;
  const double *parameters;
  double guidance;
  double limit; /* 0: none */
} PisdDiffuserModel;

/* `model` is borrowed, as is what it points to. */
PisdEstimator pisd_estimator_for_diffuser (const PisdDiffuserModel *model);

G_END_DECLS
