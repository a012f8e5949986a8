/* The truth of --truth, with what the options say of its arrays. */
#pragma once

#include "cli-scenario-options.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

gboolean cli_truth_open (const CliScenarioOptions *options, PisdScenario *scenario, GError **error);
/* Where the equation is the same in both orders of the file, the readings of the scenario's sensors
 * say which one the truth's is. */
gboolean cli_truth_settle_order (const CliScenarioOptions *options,
                                 PisdScenario *scenario,
                                 GError **error);

G_END_DECLS
