/* The functions between the layers of a dense network, with their derivatives.
 *
 *   logistic  1 / (1 + e^-x)                    softplus  ln (1 + e^x)
 *   gelu      x (1 + erf (x / sqrt 2)) / 2      swish     x / (1 + e^-x)
 *   elu       x, or e^x - 1 where x < 0         relu      max (x, 0), derivative 0 at 0
 *
 * and tanh x and x itself.
 *
 * Threads: any.
 * Source:  Hendrycks and Gimpel 2016 (arXiv 1606.08415) for GELU; Clevert et al. 2015 (arXiv
 *          1511.07289) for ELU. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_ACTIVATION_LOGISTIC,
  PISD_ACTIVATION_TANH,
  PISD_ACTIVATION_SOFTPLUS,
  PISD_ACTIVATION_GELU,
  PISD_ACTIVATION_SWISH,
  PISD_ACTIVATION_ELU,
  PISD_ACTIVATION_RELU,
  PISD_ACTIVATION_IDENTITY,
  PISD_N_ACTIVATIONS
} PisdActivation;

typedef struct
{
  const char *name, *title;
  gboolean differentiable; /* once, continuously and everywhere */

  /* x, y = f (x), slope = f' (x) or NULL: [n]; y may be x, slope may not. */
  void (*apply) (gsize n, const double *x, double *y, double *slope);
} PisdActivationTraits;

const PisdActivationTraits *pisd_activation_get_traits (PisdActivation activation);
/* PISD_ERROR_UNKNOWN, with the names that there are. */
gboolean pisd_activation_parse (const char *name, PisdActivation *activation, GError **error);

G_END_DECLS
