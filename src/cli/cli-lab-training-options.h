/* The options of `pisd lab training`. */
#pragma once

#include "cli-common.h"
#include "pisd-regression-runs.h"

G_BEGIN_DECLS

typedef struct
{
  PisdRegressionRuns *runs;
  guint64 n_steps;
  guint n_threads; /* 0: one a core */
  gboolean table;  /* beside published figures */
  char *csv, *png, *json;
} CliLabTrainingOptions;

void cli_lab_training_options_clear (CliLabTrainingOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLabTrainingOptions, cli_lab_training_options_clear)

/* Errors: of the command line, and of a plan. */
gboolean cli_lab_training_options_parse (CliLabTrainingOptions *options,
                                         int argc,
                                         char **argv,
                                         GError **error);

G_END_DECLS
