/* The terms of the guidance loss at a denoised estimate m, with exact gradients.
 *
 *   squared (PISD)  obs_f = (S^2 / n_f) sum_sensors w (f - y)^2  pde = sum_nodes r^2, r spectral
 *   norm (DPS)      obs_f = sqrt (sum_sensors w (f - y)^2)       pde = |r| / 127^2, by differences
 *
 * w = 1 / (sd^2 + tail variance of f), scaled to mean 1 over a field's sensors: exactly 1 when
 * they are equally noisy.  r is the equation's residual on the nodes where it holds, in all frames.
 *
 * Threads: one a thread (scratch inside).
 * Source:  arXiv 2602.09708, guidance (squared); DiffusionPDE's generate_pde scripts (norm). */
#pragma once

#include "pisd-observation.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_LOSS_SQUARED,
  PISD_LOSS_NORM,
  PISD_N_LOSS_FORMS
} PisdLossForm;

typedef struct _PisdLoss PisdLoss;

/* Representation borrowed (its scratch is used). */
PisdLoss *pisd_loss_new (PisdRepresentation *representation,
                         const PisdSensors *sensors,
                         PisdLossForm form);
void pisd_loss_free (PisdLoss *loss); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLoss, pisd_loss_free)

/* m: [n]; values: NaN for a term without sensors; shares: |zeta_t grad_t| / sum over terms, zeros
 * without a gradient; gradient: [n] of sum zeta_t L_t with respect to m, or NULL; terms with zeta 0
 * cost no gradient. */
void pisd_loss_evaluate (PisdLoss *loss,
                         const double *m,
                         const double zeta[PISD_N_TERMS],
                         double values[PISD_N_TERMS],
                         double shares[PISD_N_TERMS],
                         double *gradient);
/* |r| / |source| over the interior, root mean squares, at the last evaluation; NaN for a zero
 * source. */
double pisd_loss_get_relative_residual (const PisdLoss *loss);

G_END_DECLS
