/* The scenario that the options describe. */
#pragma once

#include "cli-scenario-options.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Settings, truth and sensors, ready to run; NULL on error: of the command line, of its files, of
 * settings that do not go together. */
PisdScenario *cli_scenario_make (const CliScenarioOptions *options, GError **error);

G_END_DECLS
