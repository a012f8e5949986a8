/* The scenario that the options of `pisd sample` describe. */
#pragma once

#include "cli-sample-options.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Settings, truth and sensors, ready to run; NULL on error: of the command line, of its files, of
 * settings that do not go together. */
PisdScenario *cli_sample_make_scenario (const CliSampleOptions *options, GError **error);

G_END_DECLS
