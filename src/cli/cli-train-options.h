/* The options of `pisd train`. */
#pragma once

#include "cli-common.h"
#include "pisd-training-plan.h"
#include "pisd-weights.h"

G_BEGIN_DECLS

typedef struct
{
  PisdTrainingPlan plan; /* complete; n_steps 0: as many as the minutes allow */
  double minutes;        /* 0: by steps */
  guint n_threads;       /* 0: one a core */
  guint n_fields;        /* of a family, to validate on */
  guint n_draws;         /* that the best linear denoiser is fitted to */
  guint n_error_fields;  /* a label, that errors are measured on mode by mode; 0: they are not */
  PisdWeights *weights;  /* to be measured, and not trained; or NULL */
  gboolean resume;
  char *start;        /* not NULL: only this file is written, and the next three are not */
  char *output, *log; /* log: NULL: none */
  char *checkpoint;   /* where the state is kept, beside the output */
} CliTrainOptions;

void cli_train_options_clear (CliTrainOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainOptions, cli_train_options_clear)

/* Errors: of the command line, PISD_ERROR_RANGE, IO. */
gboolean cli_train_options_parse (CliTrainOptions *options, int argc, char **argv, GError **error);
/* A command that does the same again. */
char *cli_train_options_dup_command (const CliTrainOptions *options, guint64 n_steps);

G_END_DECLS
