/* What pisd-learned-prior.c, which makes a learned prior ready, and pisd-learned-part.c, which
 * denoises with it, share. */
#pragma once

#include "pisd-denoiser.h"
#include "pisd-learned-prior.h"
#include "pisd-weights.h"

G_BEGIN_DECLS

/* A label's own, and "any". */
#define PISD_LEARNED_MOST_TERMS 2

/* One of the denoisers that D is a sum of, with its weight there. */
typedef struct
{
  guint label;
  double weight;
  PisdSettings settings; /* of the same latents, with the label's family for their prior */
  PisdPrior *linear;     /* what the network corrects */
} PisdLearnedTerm;

struct _PisdLearnedPrior
{
  PisdWeights *weights;
  PisdPrior *linear; /* of the representation's family */
  guint n_terms;
  PisdLearnedTerm terms[PISD_LEARNED_MOST_TERMS];
};

/* The same latents, whose prior is the term's family's; NULL where they are that already. */
PisdRepresentation *pisd_learned_term_view (const PisdLearnedTerm *term,
                                            const PisdRepresentation *representation);

G_END_DECLS
