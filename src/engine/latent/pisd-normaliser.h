/* The scales that make a latent of a field's coefficients: coefficient = scale * z.
 *
 * Of the Gaussian prior they are the coefficients' standard deviations, so that every entry of
 * z has unit variance and unit noise has the prior's regularity.  Where the equation is not linear
 * they are those of a few simulated instances, pooled over modes of about the same wave number.
 * Another prior brings its own.
 *
 * Shapes:  scale [n_frames, modes] a field.
 * Threads: immutable, counted references.
 * Source:  arXiv 2602.09708, scaled spectral coefficients. */
#pragma once

#include "pisd-modes.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_fields;
  guint n_frames[PISD_MAX_FIELDS];
  guint n[PISD_MAX_FIELDS];              /* modes of all frames */
  double *scale[PISD_MAX_FIELDS];        /* [n] > 0 */
  double tail_variance[PISD_MAX_FIELDS]; /* at a node, averaged, of what the modes leave out */
  PisdSourcePrior prior;                 /* whose standard deviations those of field 0 are */

  /*< private >*/
  gint ref_count;
} PisdNormaliser;

/* All scales zero: whoever has scales of its own, as a network has, fills them in before it shares
 * the object.  modes: one list a field. */
PisdNormaliser *pisd_normaliser_new (const PisdOperator *row, const PisdModes *const *modes);
/* The Gaussian prior of field 0, and what the linear equation makes of it. */
PisdNormaliser *pisd_normaliser_new_gaussian (const PisdEquation *equation,
                                              const PisdModes *const *modes,
                                              const PisdSourcePrior *prior);
/* The Gaussian prior of field 0, and what instances of it become: some 60 ms. */
PisdNormaliser *pisd_normaliser_new_simulated (const PisdEquation *equation,
                                               const PisdModes *const *modes,
                                               const PisdSourcePrior *prior);
/* The Gaussian prior of field 0, and the same for every other field and frame: for latents that
 * hold field 0 alone. */
PisdNormaliser *pisd_normaliser_new_alike (const PisdEquation *equation,
                                           const PisdModes *const *modes,
                                           const PisdSourcePrior *prior);
PisdNormaliser *pisd_normaliser_ref (PisdNormaliser *normaliser);
void pisd_normaliser_unref (PisdNormaliser *normaliser); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNormaliser, pisd_normaliser_unref)

/* Variance at a node, averaged over the nodes, of what the kept modes of a field hold. */
double pisd_normaliser_get_kept_variance (const PisdNormaliser *normaliser, guint field);

G_END_DECLS
