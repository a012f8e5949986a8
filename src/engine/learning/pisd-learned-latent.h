/* What the weights of a learned prior ask of a latent.
 *
 * Threads: any; what was found out about files is kept behind a lock, for as long as the program
 *          runs. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* What a latent has to be for a learned prior. */
typedef struct
{
  PisdSpace space;
  guint modes; /* K, of a square */
} PisdLearnedLatent;

/* That of the weights at `path`, NULL: of those that come with the program.  FALSE: there are none
 * for that problem, or nothing to be read there.  A file is read once, and again when it has
 * changed; of one that has gone away what it was stays known, so that no answer changes. */
gboolean pisd_learned_latent_find (PisdProblemId problem,
                                   const char *path,
                                   PisdLearnedLatent *latent);

G_END_DECLS
