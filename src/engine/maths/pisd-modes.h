/* Which coefficients of a field are kept: a list of modes inside a bounding box.
 *
 * square: the K x K lowest.  hyperbolic: the paper's cross, a low block and, along both axes,
 * strips four and then two modes wide that reach the grid's last mode, K * K modes in all.
 *
 * Source: arXiv 2602.09708, hyperbolic modes; the block of K - 6 is its official
 *         configuration's. */
#pragma once

#include "pisd-basis.h"
#include "pisd-field.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_MODES_SQUARE,
  PISD_MODES_HYPERBOLIC,
  PISD_N_MODE_SETS
} PisdModeSet;

/* Limits of K by mode set. */
#define PISD_MODES_LEAST 3
#define PISD_MODES_MOST PISD_GRID /* or the basis ends before */
#define PISD_MODES_LEAST_HYPERBOLIC 12
#define PISD_MODES_MOST_HYPERBOLIC 54

typedef struct
{
  guint n;             /* modes */
  PisdSupport support; /* the shape: its box bounds the indices on both axes */
  guint16 *ky, *kx;    /* [n] zero-based indices, row-major order */
} PisdModes;

/* `skip_mean`: leaves out (0, 0), which is no part of a cosine field's latent whose mean is zero.
 * Errors: PISD_ERROR_RANGE when K is outside the limits. */
PisdModes *pisd_modes_new (PisdModeSet set,
                           guint k,
                           PisdBasis basis,
                           gboolean skip_mean,
                           GError **error);
/* All modes of a square of side `side`: `first` in their order, then the others. The mean, (0, 0),
 * only where `first` has it. */
PisdModes *pisd_modes_new_completed (const PisdModes *first, guint side);
/* Modes number `from` and up, in a box of the same side. */
PisdModes *pisd_modes_new_rest (const PisdModes *modes, guint from);
/* Those in the low box of that side, in their order.  at: [modes] which these are, or NULL. */
PisdModes *pisd_modes_new_within (const PisdModes *modes, guint side, guint *at);
PisdModes *pisd_modes_dup (const PisdModes *modes);
/* Same modes in the same order. */
gboolean pisd_modes_equal (const PisdModes *a, const PisdModes *b);
void pisd_modes_free (PisdModes *modes); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdModes, pisd_modes_free)

/* packed: [n], box: [support.box, support.box] (zeros elsewhere); `scale` ([n]) multiplies. */
void pisd_modes_unpack (const PisdModes *modes,
                        const double *packed,
                        const double *scale,
                        double *box);
void pisd_modes_pack (const PisdModes *modes,
                      const double *box,
                      const double *scale,
                      double *packed);

G_END_DECLS
