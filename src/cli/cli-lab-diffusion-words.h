/* The options of `pisd lab diffusion` as they are written, before their values are read. */
#pragma once

#include "cli-lab-diffusion-options.h"

G_BEGIN_DECLS

/* NULL where not given. */
typedef struct
{
  char *data, *strokes, *schedule, *times, *predict, *weight, *latents, *width, *layers, *features;
  char *activation, *batch, *rate, *drop, *train, *rule, *steps, *eta, *variance, *guidance, *label;
  char *samples, *limit, *seed, *threads, *network, *latent;
  gboolean keep_rate;
} CliLabDiffusionWords;

/* What needs no reading goes into `self` at once.  Errors: of the command line. */
gboolean cli_lab_diffusion_words_parse (CliLabDiffusionWords *words,
                                        CliLabDiffusionOptions *self,
                                        int argc,
                                        char **argv,
                                        GError **error);
void cli_lab_diffusion_words_clear (CliLabDiffusionWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLabDiffusionWords, cli_lab_diffusion_words_clear)

G_END_DECLS
