/* What maps of sets that differ by few sensors share: the factors of one of them, and its map. */
#pragma once

#include "pisd-information.h"

G_BEGIN_DECLS

/* Of every node's sensor under the prior, whatever is read: counted references. */
typedef struct
{
  double *variance; /* [nodes] r' r */
  double *square;   /* [nodes] r' M r */
  gint ref_count;
} PisdInformationPrior;

typedef struct
{
  PisdQuestion question;
  PisdFactors *f;
  PisdInformationPrior *prior;
  double *variance; /* [nodes] r' C r */
  double *square;   /* [nodes] |B C r|^2 */
  double left;
  gint ref_count;
} PisdInformationBase;

/* `from` (nullable): whose prior's part is taken over where it is the same. */
PisdInformationBase *pisd_information_base_new (const PisdInformationBase *from,
                                                const PisdQuestion *question,
                                                const PisdRepresentation *representation,
                                                const PisdSensors *sensors,
                                                PisdLinearisation *linearisation,
                                                guint n_threads,
                                                PisdCancel *cancel,
                                                GError **error);
PisdInformationBase *pisd_information_base_ref (PisdInformationBase *base);
void pisd_information_base_unref (PisdInformationBase *base); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInformationBase, pisd_information_base_unref)
/* Whether its prior is the representation's. */
gboolean pisd_information_base_fits (const PisdInformationBase *base,
                                     const PisdRepresentation *representation);

G_END_DECLS
