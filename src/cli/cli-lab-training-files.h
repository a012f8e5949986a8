/* What `pisd lab training` writes: courses as CSV, ends as JSON, a figure. */
#pragma once

#include "cli-lab-training-options.h"

G_BEGIN_DECLS

/* logs, messages: [n_runs]; a message says why a run has failed, NULL: it has not.
 * Errors:  PISD_ERROR_IO. */
gboolean cli_lab_training_save (const CliLabTrainingOptions *options,
                                const PisdRegressionLog *const *logs,
                                const char *const *messages,
                                GError **error);

G_END_DECLS
