/* What the theory of gradient flows says of a run, in words, and what the run itself looks like.
 *
 * The words are in the user's language.
 * Threads: any.
 * Source:  Kranz, Gallon, Dereich and Jentzen 2025 (arXiv 2505.09572). */
#pragma once

#include "pisd-growth.h"

G_BEGIN_DECLS

/* What it says of a plan: whether it applies, and what it leads to expect. */
char *pisd_theory_dup_text (const PisdRegressionPlan *plan);
/* "norm grows without an end in sight", and so on. */
const char *pisd_theory_get_look (PisdGrowthLook look);
/* What the run of that name looks like so far, with its numbers, and what that cannot prove. */
char *pisd_theory_dup_judgement (const char *name, const PisdGrowth *growth);

G_END_DECLS
