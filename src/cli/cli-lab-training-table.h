/* Norms and losses of the training lab's runs beside published ones: data/published-norms.ini,
 * which names their source. */
#pragma once

#include "cli-lab-training-options.h"

G_BEGIN_DECLS

/* Prints what the runs have reached.  Errors: the figures cannot be read. */
gboolean cli_lab_training_print_table (const CliLabTrainingOptions *options,
                                       PisdRegressionGroup *group,
                                       GError **error);

G_END_DECLS
