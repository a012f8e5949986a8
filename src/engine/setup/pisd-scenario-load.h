/* Scenarios read from a file, whole or not at all; unknown groups and keys are refused.
 *
 * Errors   PISD_ERROR_IO, FORMAT, UNKNOWN, RANGE, LIMIT, SHAPE, RESONANCE, each naming file and key
 */
#pragma once

#include "pisd-input.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

PisdScenario *pisd_scenario_load (const char *path, GError **error);
PisdScenario *pisd_scenario_load_from (PisdInput *input, GError **error);
/* The same of a text that somebody has sent, which may not name a file with the truth. */
PisdScenario *pisd_scenario_load_sent (PisdInput *input, GError **error);

G_END_DECLS
