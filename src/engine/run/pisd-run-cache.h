/* What one run can leave to the next: what takes longer than everything else before the first
 * step together. */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-denoiser.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Zero to begin with, contents private. */
typedef struct
{
  PisdPrior *prior;
  PisdConditioning *conditioning; /* NULL: no run has needed one */
  PisdSystems *systems;           /* of the conditioning's; likewise */
} PisdRunCache;

void pisd_run_cache_clear (PisdRunCache *cache);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdRunCache, pisd_run_cache_clear)

/* What the cache holds stays where it fits the scenario, else it is made anew, or dropped where
 * this run has no use for it.  The bits do not
 * depend on it: a conditioning that was put together from another one is never kept, since its
 * rounding would differ from a new one's.  A prior of another process, which may have changed, is
 * asked for its name again.
 * Errors: those of pisd_prior_new() and pisd_factors_new(); then the cache holds nothing half
 *         done. */
gboolean pisd_run_cache_fill (PisdRunCache *cache,
                              const PisdScenario *scenario,
                              const PisdRepresentation *representation,
                              guint n_threads,
                              PisdCancel *cancel,
                              GError **error);

/* The same tables for another thread, into an empty cache: from the thread that fills this one. */
void pisd_run_cache_share (const PisdRunCache *cache, PisdRunCache *other);

/* What is too large to be kept for a next run, which others may need the memory for. */
void pisd_run_cache_trim (PisdRunCache *cache);

G_END_DECLS
