/* What the parts of `pisd lab diffusion` share. */
#pragma once

#include "cli-lab-diffusion-options.h"
#include "cli-signals.h"
#include "pisd-diffuser-report.h"

G_BEGIN_DECLS

/* What has come of a run. */
typedef struct
{
  PisdDiffuserTraining *training; /* NULL: the closed form */
  double *losses;                 /* [n_train] */
  double train_seconds, sample_seconds;
  double *samples; /* [n, dimension of the data] */
  guint *labels;   /* [n] that were asked for, or of the closed form its parts; NULL: none */
  double *paths;   /* [steps + 1, n_paths, 2] of the first samples of points; NULL: none */
  guint n_paths;
  PisdDiffuserReport report;
  double bounds[PISD_N_VARIANCES]; /* bits per dimension; NaN: not known */
  double score_error;              /* of a mixture, relative; NaN: none is known */
} CliLabDiffusion;

/* Trains with a plan; NULL with an error where the training diverges, without one where it is
 * cancelled.  losses: [n_train]. */
PisdDiffuserTraining *cli_lab_diffusion_train (const CliLabDiffusionOptions *options,
                                               const PisdDiffuserPlan *plan,
                                               const char *what,
                                               CliSignals *signals,
                                               double *losses,
                                               GError **error);
/* Whether the network has learned labels. */
gboolean cli_lab_diffusion_has_labels (const CliLabDiffusionOptions *options);
/* Bounds of a network, or of the closed form (NULL), by all variances that it has; FALSE where
 * cancelled. */
gboolean cli_lab_diffusion_get_bounds (const CliLabDiffusionOptions *options,
                                       const PisdDiffuserTraining *training,
                                       double bounds[PISD_N_VARIANCES],
                                       PisdCancel *cancel);

/* Prints three comparisons: rules of sampling, guidance, and losses.  FALSE with an error, or
 * without one where cancelled. */
gboolean cli_lab_diffusion_compare (const CliLabDiffusionOptions *options,
                                    const CliLabDiffusion *run,
                                    CliSignals *signals,
                                    PisdCancel *cancel,
                                    GError **error);

/* The files that were asked for.  Errors: PISD_ERROR_IO. */
gboolean cli_lab_diffusion_save (const CliLabDiffusionOptions *options,
                                 const CliLabDiffusion *run,
                                 GError **error);

G_END_DECLS
