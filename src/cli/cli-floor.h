/* The error that no method can beat on average, where it is known. */
#pragma once

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* Sensors up to which the exact posterior is worked out beside a run that does not need it: time
 * grows with their cube, memory with their square. */
#define CLI_FLOOR_SENSORS 2000

/* The truth is known, its family is grf, the prior gaussian, and the sensors are few enough (or the
 * run has worked the posterior out anyway). */
gboolean cli_floor_is_known (const PisdScenario *scenario);
/* The exact posterior of a scenario that was run with this cache; `with_sd` as in pisd_exact_new().
 */
PisdExact *cli_floor_new (const PisdScenario *scenario,
                          const PisdRunCache *cache,
                          gboolean with_sd,
                          guint n_threads,
                          GError **error);

G_END_DECLS
