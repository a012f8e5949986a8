/* The file of --truth, with what the options say of its arrays, and that of --observations. */
#pragma once

#include "cli-scenario-options.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* `file`: it is open, so that a pipe can be read more than once. */
gboolean cli_truth_read (const CliScenarioOptions *options,
                         PisdInput *file,
                         PisdScenario *scenario,
                         GError **error);
/* Where the equation is the same in both orders of the file, the readings of the scenario's sensors
 * say which one the truth's is. */
gboolean cli_truth_settle_order (const CliScenarioOptions *options,
                                 PisdInput *file,
                                 PisdScenario *scenario,
                                 GError **error);
/* The sensors of a file in place of the scenario's. */
gboolean cli_truth_load_sensors (PisdScenario *scenario, const char *path, GError **error);

G_END_DECLS
