/* Norms and losses of the training lab's runs beside published ones: data/published-norms.ini,
 * which names their source. */
#pragma once

#include "cli-lab-training-options.h"
#include "pisd-regression-log.h"

G_BEGIN_DECLS

/* Whether there is something to set every activation beside.  Errors: of the command line. */
gboolean cli_lab_training_check_table (const CliLabTrainingOptions *options, GError **error);

/* Prints what the runs have reached.  logs: [n_runs].  Errors: the figures cannot be read. */
gboolean cli_lab_training_print_table (const CliLabTrainingOptions *options,
                                       const PisdRegressionLog *const *logs,
                                       GError **error);

G_END_DECLS
