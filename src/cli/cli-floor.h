/* The error that no method can beat on average, where it is known; of families that are not
 * Gaussian, that no method can beat that knows their Gaussian alone. */
#pragma once

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* Sensors up to which the exact posterior is worked out beside a run that does not need it: time
 * grows with their cube, memory with their square. */
#define CLI_FLOOR_SENSORS 2000

/* The prior is gaussian, and the run has worked the posterior out anyway, or there are a truth
 * to hold it against and few enough sensors. */
gboolean cli_floor_has_exact (const PisdScenario *scenario);
/* The same, and truth and prior are of one family. */
gboolean cli_floor_is_known (const PisdScenario *scenario);
/* What it is of that family's truths: the best possible where they are Gaussian, else the exact
 * posterior of their Gaussian. */
const char *cli_floor_get_title (PisdFamily family);
/* Why there is none that a report is expected to hold, in words; NULL: none is expected. */
char *cli_floor_dup_reason (const PisdScenario *scenario);
/* The exact posterior of a scenario that was run with this cache; `with_sd` and `cancel` as in
 * pisd_exact_new(). */
PisdExact *cli_floor_new (const PisdScenario *scenario,
                          const PisdRunCache *cache,
                          gboolean with_sd,
                          guint n_threads,
                          PisdCancel *cancel,
                          GError **error);

G_END_DECLS
