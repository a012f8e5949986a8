/* Weights that come with the program: what a learned prior is where nobody names a file.
 *
 * Threads: everything may be called from any. */
#pragma once

#include "pisd-input.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

/* What they are for, as their own metadata say too. */
typedef struct
{
  const char *file; /* in data/weights */
  PisdProblemId problem;
  PisdSpace space;
  guint modes; /* K */
} PisdBundle;

/* The first ones for a problem: its own, or, of the source alone, those of a problem with the same
 * sources.  NULL: there are none. */
const PisdBundle *pisd_bundle_find (PisdProblemId problem);
PisdInput *pisd_bundle_open (const PisdBundle *bundle);

G_END_DECLS
