/* What a benchmark's errors and scores are held against, instance by instance: where the prior is
 * Gaussian the exact posterior mean of the run's own scenario; where it is learned that of the
 * Gaussian of the truth's family, and beside several samples as many draws of that posterior.  Both
 * are of the full grid, discarded modes included. */
#pragma once

#include "cli-bench.h"

G_BEGIN_DECLS

/* Zero to begin with, but for cli_floors_init(). */
typedef struct
{
  PisdRunCache cache;
  CliFindings *findings; /* without scores where none was asked to be drawn; empty where no floor is
                            known */
} CliFloors;

void cli_floors_init (CliFloors *floors);
void cli_floors_clear (CliFloors *floors);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliFloors, cli_floors_clear)

/* One more instance; `scenario` was run last, with `cache`.  TRUE too where no floor is known. */
gboolean cli_floors_add (CliFloors *floors,
                         const CliBenchOptions *options,
                         const PisdScenario *scenario,
                         const PisdRunCache *cache,
                         CliProgress *progress,
                         GError **error);

G_END_DECLS
