#include "cli-lab-diffusion-options.h"

#include "cli-figure.h"
#include "cli-files.h"
#include "cli-lab-diffusion-words.h"
#include "cli-lab.h"
#include "cli-needs.h"
#include "pisd-number.h"

#define MOST_THREADS 1024

void
cli_lab_diffusion_options_clear (CliLabDiffusionOptions *options)
{
  pisd_lab_data_free (options->data);
  g_free (options->csv);
  g_free (options->losses);
  g_free (options->json);
  g_free (options->png);
}

/* What the words say, by the keys of the lab's set-up; what else is usual stays. */
static gboolean
set_keys (const CliLabDiffusionWords *words,
          const CliLabDiffusionOptions *self,
          PisdLabSetup *setup,
          GError **error)
{
  const char *most_times = self->compares ? G_STRINGIFY (PISD_PROCESS_MOST_STEPS) : NULL;
  const PisdLabValue values[] = {
    { "data", words->strokes == NULL ? words->data : NULL },
    { "network", words->network },
    { "exact", self->is_exact ? "yes" : NULL },
    { "schedule", words->schedule },
    { "times", words->times != NULL ? words->times : most_times },
    { "predict", words->predict },
    { "weight", words->weight },
    { "learned-variance", self->learns_variance ? "yes" : NULL },
    { "latents", words->latents },
    { "latent", words->latent },
    { "width", words->width },
    { "layers", words->layers },
    { "features", words->features },
    { "activation", words->activation },
    { "batch", words->batch },
    { "rate", words->rate },
    { "drop", words->drop },
    { "train", words->train },
    { "rule", words->rule },
    { "variance", words->variance },
    { "steps", words->steps },
    { "eta", words->eta },
    { "guidance", words->guidance },
    { "samples", words->samples },
  };

  return cli_lab_set (setup, G_N_ELEMENTS (values), values, error);
}

/* A drawing is what is drawn; anything else is none. */
static gboolean
make_data (CliLabDiffusionOptions *self,
           const CliLabDiffusionWords *words,
           PisdLabSetup *setup,
           GError **error)
{
  g_autoptr (PisdDrawing) strokes = NULL;
  const char *drawn = pisd_lab_data_get_name (PISD_LAB_DRAWN);
  const char *data = words->data != NULL ? words->data : words->strokes != NULL ? drawn : "";

  if (g_str_equal (data, drawn) != (words->strokes != NULL))
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "--strokes: expected together with --data drawn");
      return FALSE;
    }
  if (words->strokes != NULL)
    {
      strokes = pisd_drawing_load (words->strokes, error);
      if (strokes == NULL)
        return FALSE;
      pisd_lab_setup_take_data (setup, PISD_LAB_DRAWN);
    }
  if (!set_keys (words, self, setup, error))
    return FALSE;
  self->data = pisd_lab_data_new (setup->data, strokes, NULL);
  return TRUE;
}

/* What no set-up of a lab has: seeds of any size, one label, a limit, threads. */
static gboolean
read_others (const CliLabDiffusionWords *words, CliLabDiffusionOptions *self, GError **error)
{
  if (words->limit != NULL
      && (!pisd_number_parse (words->limit, &self->limit) || self->limit < 0.0))
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--limit: got `%s`, expected a number from 0 on", words->limit);
      return FALSE;
    }
  return cli_parse_uint ("seed", words->seed, 0, G_MAXINT64, &self->plan.seed, error)
         && cli_parse_count ("label", words->label, 0, self->data->n_labels - 1, &self->label,
                             error)
         && cli_parse_count ("threads", words->threads, 0, MOST_THREADS, &self->n_threads, error);
}

static gboolean
read_setup (const CliLabDiffusionWords *words,
            CliLabDiffusionOptions *self,
            PisdLabSetup *setup,
            GError **error)
{
  if (words->steps == NULL)
    setup->n_sampling = MIN (setup->n_sampling, setup->diffuser.n_times);
  self->plan = setup->diffuser;
  self->plan.n_steps = words->keep_rate ? 0 : setup->n_train;
  self->n_train = setup->n_train;
  self->guidance = setup->guidance;
  self->label = PISD_NO_LABEL;
  if (!read_others (words, self, error))
    return FALSE;
  self->sample = (PisdSamplePlan){ .seed = self->plan.seed,
                                   .rule = setup->rule,
                                   .n_steps = setup->n_sampling,
                                   .n = setup->n_samples,
                                   .eta = setup->eta,
                                   .variance = setup->variance };
  return TRUE;
}

/* Options of a network, which the closed form has none of. */
static gboolean
check_network (const CliLabDiffusionOptions *self,
               const CliLabDiffusionWords *words,
               GError **error)
{
  const CliCondition network = { !self->is_exact, "--exact", "one of them" };
  const CliCondition mixture = { self->data->is_mixture, "data of unknown density",
                                 "--data ring or mixture" };
  const CliNeed needs[] = {
    { "--exact", self->is_exact, &mixture },
    { "--predict", words->predict != NULL, &network },
    { "--weight", words->weight != NULL, &network },
    { "--learned-variance", self->learns_variance, &network },
    { "--network", words->network != NULL, &network },
    { "--latents", words->latents != NULL, &network },
    { "--latent", words->latent != NULL, &network },
    { "--width", words->width != NULL, &network },
    { "--layers", words->layers != NULL, &network },
    { "--features", words->features != NULL, &network },
    { "--activation", words->activation != NULL, &network },
    { "--batch", words->batch != NULL, &network },
    { "--rate", words->rate != NULL, &network },
    { "--keep-rate", words->keep_rate, &network },
    { "--drop", words->drop != NULL, &network },
    { "--train", words->train != NULL, &network },
    { "--losses", self->losses != NULL, &network },
    { "--guidance", words->guidance != NULL, &network },
    { "--label", words->label != NULL, &network },
    { "--limit", words->limit != NULL, &network },
    { "--compare", self->compares, &network },
  };

  return cli_needs_check (needs, G_N_ELEMENTS (needs), error);
}

/* Options of one kind of network, of latents and of labels. */
static gboolean
check_kinds (const CliLabDiffusionOptions *self, const CliLabDiffusionWords *words, GError **error)
{
  const double drop = self->plan.drop;
  g_autofree char *dropped = g_strdup_printf ("--drop %g", drop);
  const CliCondition perceptron = { self->plan.kind == PISD_DIFFUSER_PERCEPTRON,
                                    "--network convolution", "--network perceptron" };
  const CliCondition latents = { self->plan.n_latents > 0, "no latents",
                                 "--latents, how many of them, too" };
  const CliCondition labels = { pisd_diffuser_plan_has_labels (&self->plan), dropped,
                                "less than 1: else no label is learned" };
  const CliCondition guidance = { pisd_diffuser_plan_has_guidance (&self->plan), dropped,
                                  "more than 0 and less than 1: guidance goes from the network "
                                  "without a label to that with one" };
  const CliNeed needs[] = {
    { "--features", words->features != NULL, &perceptron },
    { "--activation", words->activation != NULL, &perceptron },
    { "--latent", words->latent != NULL, &latents },
    { "--label", words->label != NULL, &labels },
    { "--guidance", words->guidance != NULL && self->guidance > 0.0, &guidance },
  };

  return cli_needs_check (needs, G_N_ELEMENTS (needs), error);
}

/* Options of one rule of sampling. */
static gboolean
check_rule (const CliLabDiffusionOptions *self, const CliLabDiffusionWords *words, GError **error)
{
  const PisdSampleRule rule = self->sample.rule;
  g_autofree char *by = g_strconcat ("--rule ", pisd_sample_rule_get_name (rule), NULL);
  const CliCondition ddim = { rule == PISD_SAMPLE_DDIM, by, "--rule ddim" };
  const CliCondition ddpm = { rule == PISD_SAMPLE_DDPM, by, "--rule ddpm" };
  const CliCondition learned = { self->plan.learns_variance, "variances that are not learned",
                                 "--learned-variance too" };
  const gboolean asks_for_learned = self->sample.variance == PISD_VARIANCE_LEARNED;
  const CliNeed needs[] = {
    { "--eta", words->eta != NULL, &ddim },
    { "--variance", words->variance != NULL, &ddpm },
    { "--variance learned", asks_for_learned, &learned },
  };

  return cli_needs_check (needs, G_N_ELEMENTS (needs), error);
}

static gboolean
check_files (const CliLabDiffusionOptions *self, const CliLabDiffusionWords *words, GError **error)
{
  const CliFile files[] = {
    { "--strokes", words->strokes, FALSE, NULL }, { "--csv", self->csv, TRUE, NULL },
    { "--losses", self->losses, TRUE, NULL },     { "--json", self->json, TRUE, NULL },
    { "--png", self->png, TRUE, NULL },
  };

  return cli_files_check (files, G_N_ELEMENTS (files), error);
}

gboolean
cli_lab_diffusion_options_parse (CliLabDiffusionOptions *self,
                                 int argc,
                                 char **argv,
                                 GError **error)
{
  g_auto (CliLabDiffusionWords) words = { NULL };
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (PISD_LAB_DIFFUSION);

  return cli_lab_diffusion_words_parse (&words, self, argc, argv, error)
         && (self->png == NULL || cli_figure_complete_name (&self->png, error))
         && check_files (self, &words, error) && make_data (self, &words, setup, error)
         && read_setup (&words, self, setup, error) && check_network (self, &words, error)
         && check_kinds (self, &words, error) && check_rule (self, &words, error)
         && cli_lab_check (setup, error);
}
