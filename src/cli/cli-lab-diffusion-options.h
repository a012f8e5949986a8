/* The options of `pisd lab diffusion`. */
#pragma once

#include "cli-common.h"
#include "pisd-diffuser-sampling.h"
#include "pisd-diffuser-training.h"

G_BEGIN_DECLS

typedef struct
{
  PisdLabData *data;
  PisdDiffuserPlan plan;
  guint64 n_train; /* steps */
  PisdSamplePlan sample;
  double guidance, limit;
  guint label; /* PISD_NO_LABEL: all of them */
  gboolean learns_variance;
  gboolean is_exact; /* the mixture's closed form in place of a network */
  gboolean compares;
  gboolean bounds;
  guint n_threads; /* 0: one a core */
  char *csv, *losses, *json, *png;
} CliLabDiffusionOptions;

void cli_lab_diffusion_options_clear (CliLabDiffusionOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLabDiffusionOptions, cli_lab_diffusion_options_clear)

/* Errors: of the command line, PISD_ERROR_UNKNOWN, those of the drawing's file. */
gboolean cli_lab_diffusion_options_parse (CliLabDiffusionOptions *options,
                                          int argc,
                                          char **argv,
                                          GError **error);

G_END_DECLS
