/* The correction network F(x, sigma, label) of the learned denoiser: convolutions on a square grid,
 * with its derivatives.
 *
 * A stem of 3 x 3 taps leads from the input's channels to `width` of them; residual blocks
 *   h += conv2 silu ((1 + scale) conv1 silu (h) + shift)
 * follow, whose scale and shift a channel come from the embedding of noise level and label; a head
 * of 3 x 3 taps ends it.  With more than one level the blocks form a U: `n_blocks` on each level on
 * the way down and up again, between them means of 2 x 2 nodes and copies of them, and what was
 * there on the way down is added on the way up.
 *
 * A network is its shape; its parameters are one flat array of named tensors.  A pass is planned
 * for one thread, one backend and one number of fields at once, and allocates nothing after that.
 *
 * Shapes:  x [batch, n_in, side, side], y [batch, n_out, side, side], row-major.
 * Source:  src/DESIGN.md, "The network"; Karras et al. 2022 (arXiv 2206.00364) for what goes in.
 * Threads: a pass has scratch space, one a thread; it never uses another one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint side;           /* nodes an axis; divisible by 2^(n_levels - 1) */
  guint n_in, n_out;    /* channels */
  guint width;          /* channels between; a multiple of PISD_NETWORK_WIDTH_STEP */
  guint n_blocks;       /* a stage: 2 n_levels - 1 of them */
  guint n_levels;       /* 1: no coarser grid */
  guint n_labels;       /* families; label n_labels stands for any of them */
  gboolean is_periodic; /* the grid's edges meet; else zeros lie around it */
} PisdNetworkShape;

#define PISD_NETWORK_WIDTH_STEP 16
/* Waves of ln sigma that the network is told, half of them cosines, half sines. */
#define PISD_NETWORK_FEATURES 32

gboolean pisd_network_shape_equal (const PisdNetworkShape *a, const PisdNetworkShape *b);
/* Whether there is such a network.  `where` begins the message: whose shape it is.
 * Errors: PISD_ERROR_RANGE. */
gboolean pisd_network_shape_check (const PisdNetworkShape *shape,
                                   const char *where,
                                   GError **error);

/* One tensor of the parameters. */
#define PISD_NETWORK_MOST_RANK 4
typedef struct
{
  char name[40]; /* "block.3.conv1.weight" */
  gsize offset;  /* in the flat array */
  gsize n;       /* product of the dimensions */
  guint rank;
  guint dims[PISD_NETWORK_MOST_RANK]; /* convolutions: [out, in, 3, 3] */
} PisdNetworkTensor;

/* Of a shape that pisd_network_shape_check() takes. */
guint pisd_network_get_n_tensors (const PisdNetworkShape *shape);
void pisd_network_get_tensor (const PisdNetworkShape *shape,
                              guint index,
                              PisdNetworkTensor *tensor);
gsize pisd_network_get_n_parameters (const PisdNetworkShape *shape);
/* parameters: [n_parameters].  The head is zero, so that a new network adds nothing. */
void pisd_network_initialise (const PisdNetworkShape *shape, guint64 seed, float *parameters);

/* What does the convolutions. */
typedef enum
{
  PISD_BACKEND_ONEDNN, /* oneDNN, where this program was built with it */
  PISD_BACKEND_PLAIN,  /* products of matrices; always there, the other one's oracle */
  PISD_N_BACKENDS
} PisdBackend;

const char *pisd_backend_get_name (PisdBackend backend);
gboolean pisd_backend_is_available (PisdBackend backend);
/* The quickest one that is available. */
PisdBackend pisd_backend_get_default (void);

typedef struct _PisdNetworkPass PisdNetworkPass;

/* `batch`: fields at once. */
PisdNetworkPass *pisd_network_pass_new (const PisdNetworkShape *shape,
                                        PisdBackend backend,
                                        guint batch);
void pisd_network_pass_free (PisdNetworkPass *pass); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNetworkPass, pisd_network_pass_free)

/* Copies the parameters into the backend's own layout; before the first forward pass, and after
 * every change.  parameters: [n_parameters]. */
void pisd_network_pass_load (PisdNetworkPass *pass, const float *parameters);
/* y = F (x, sigma, label).  sigma > 0, label <= n_labels: [batch]. */
void pisd_network_pass_forward (PisdNetworkPass *pass,
                                const float *x,
                                const float *sigma,
                                const guint *label,
                                float *y);
/* At the newest forward pass: gx = (dF/dx)' v; v like y, gx like x. */
void pisd_network_pass_vjp (PisdNetworkPass *pass, const float *v, float *gx);
/* At the newest forward pass: dy = (dF/dx) dx; dx like x, dy like y. */
void pisd_network_pass_jvp (PisdNetworkPass *pass, const float *dx, float *dy);
/* As vjp (gx may be NULL); adds (dF/dparameters)' v to gparameters: [n_parameters], summed over the
 * batch. */
void pisd_network_pass_backward (PisdNetworkPass *pass,
                                 const float *v,
                                 float *gx,
                                 float *gparameters);

/* Multiply-adds of the convolutions of one field's forward pass. */
double pisd_network_count_work (const PisdNetworkShape *shape);

G_END_DECLS
