#include "cli-lab-diffusion-options.h"

#include "cli-figure.h"
#include "cli-files.h"
#include "cli-lab-diffusion-words.h"
#include "cli-needs.h"
#include "pisd-error.h"
#include "pisd-number.h"

#define MOST_TRAIN 10000000
#define MOST_SAMPLES 100000
/* Both together keep a training below a gigabyte. */
#define MOST_WIDTH 512
#define MOST_BATCH 4096
#define MOST_HIDDEN 8
#define MOST_THREADS 1024
#define MOST_GUIDANCE 10.0

void
cli_lab_diffusion_options_clear (CliLabDiffusionOptions *options)
{
  pisd_lab_data_free (options->data);
  g_free (options->csv);
  g_free (options->losses);
  g_free (options->json);
  g_free (options->png);
}

/* One of the names, after which there is NULL; not given: as it is. */
static gboolean
read_choice (const char *option, const char *text, const char **names, guint *value, GError **error)
{
  g_autofree char *all = NULL;

  if (text == NULL)
    return TRUE;
  for (guint k = 0; names[k] != NULL; k++)
    if (g_str_equal (text, names[k]))
      {
        *value = k;
        return TRUE;
      }
  all = g_strjoinv (", ", (char **) names);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--%s: got `%s`, expected one of %s",
               option, text, all);
  return FALSE;
}

static gboolean
read_number (const char *option,
             const char *text,
             double low,
             double high,
             double *value,
             GError **error)
{
  double number;

  if (text == NULL)
    return TRUE;
  if (pisd_number_parse (text, &number) && number >= low && number <= high)
    {
      *value = number;
      return TRUE;
    }
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--%s: got `%s`, expected a number from %g to %g", option, text, low, high);
  return FALSE;
}

static gboolean
read_network_choices (const CliLabDiffusionWords *words, PisdDiffuserPlan *plan, GError **error)
{
  const char *processes[PISD_N_PROCESSES + 1] = { NULL };
  const char *predictions[PISD_N_PREDICTIONS + 1] = { NULL };
  const char *weights[PISD_N_WEIGHTS + 1] = { NULL };
  guint process = plan->process, prediction = plan->prediction, weight = plan->weight;

  for (guint k = 0; k < PISD_N_PROCESSES; k++)
    processes[k] = pisd_process_get_name (k);
  for (guint k = 0; k < PISD_N_PREDICTIONS; k++)
    predictions[k] = pisd_prediction_get_name (k);
  for (guint k = 0; k < PISD_N_WEIGHTS; k++)
    weights[k] = pisd_weight_get_name (k);
  if (!read_choice ("schedule", words->schedule, processes, &process, error)
      || !read_choice ("predict", words->predict, predictions, &prediction, error)
      || !read_choice ("weight", words->weight, weights, &weight, error))
    return FALSE;
  plan->process = process;
  plan->prediction = prediction;
  plan->weight = weight;
  return TRUE;
}

/* What kind of network, and of what latents; the other numbers are then what is usual. */
static gboolean
read_kinds (const CliLabDiffusionWords *words,
            PisdLabDataId id,
            PisdDiffuserPlan *plan,
            GError **error)
{
  const char *kinds[PISD_N_DIFFUSERS + 1] = { NULL };
  const char *latents[PISD_N_LATENTS + 1] = { NULL };
  guint kind = plan->kind, latent = plan->latent;

  for (guint k = 0; k < PISD_N_DIFFUSERS; k++)
    kinds[k] = pisd_diffuser_kind_get_name (k);
  for (guint k = 0; k < PISD_N_LATENTS; k++)
    latents[k] = pisd_latent_get_name (k);
  if (!read_choice ("network", words->network, kinds, &kind, error)
      || !read_choice ("latent", words->latent, latents, &latent, error))
    return FALSE;
  pisd_diffuser_plan_set_kind (plan, id, kind);
  plan->latent = latent;
  return TRUE;
}

static gboolean
read_network (const CliLabDiffusionWords *words, CliLabDiffusionOptions *self, GError **error)
{
  PisdDiffuserPlan *plan = &self->plan;
  const PisdLabDataId id = self->data->id;

  if (!read_kinds (words, id, plan, error) || !read_network_choices (words, plan, error)
      || !cli_parse_count ("times", words->times, PISD_PROCESS_LEAST_STEPS, PISD_PROCESS_MOST_STEPS,
                           &plan->n_times, error)
      || !cli_parse_count ("latents", words->latents, 0, self->data->dimension, &plan->n_latents,
                           error)
      || !cli_parse_count ("width", words->width, 1, MOST_WIDTH, &plan->width, error)
      || !cli_parse_count ("layers", words->layers, 1, MOST_HIDDEN, &plan->n_hidden, error)
      || !cli_parse_count ("features", words->features, 2, PISD_DIFFUSER_MOST_FEATURES,
                           &plan->n_features, error))
    return FALSE;
  if (plan->n_features % 2 > 0)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--features: got `%s`, expected as many sines as cosines: an even number",
                   words->features);
      return FALSE;
    }
  if (words->activation != NULL
      && !pisd_activation_parse (words->activation, &plan->activation, error))
    return cli_blame ("activation", error);
  if (pisd_diffuser_plan_check (plan, id, error))
    return TRUE;
  g_prefix_error (error, "--"); /* its messages begin with the option's name */
  return cli_blame (NULL, error);
}

static gboolean
read_training (const CliLabDiffusionWords *words, CliLabDiffusionOptions *self, GError **error)
{
  PisdDiffuserPlan *plan = &self->plan;

  if (!cli_parse_count ("batch", words->batch, 1, MOST_BATCH, &plan->batch, error)
      || !read_number ("rate", words->rate, 0.0, 1.0, &plan->rate, error)
      || !read_number ("drop", words->drop, 0.0, 1.0, &plan->drop, error)
      || !cli_parse_uint ("train", words->train, 1, MOST_TRAIN, &self->n_train, error)
      || !cli_parse_uint ("seed", words->seed, 0, G_MAXINT64, &plan->seed, error))
    return FALSE;
  plan->n_steps = words->keep_rate ? 0 : (guint) self->n_train;
  return cli_parse_count ("threads", words->threads, 0, MOST_THREADS, &self->n_threads, error);
}

static gboolean
read_sampling_choices (const CliLabDiffusionWords *words, PisdSamplePlan *plan, GError **error)
{
  const char *rules[PISD_N_SAMPLE_RULES + 1] = { NULL };
  const char *variances[PISD_N_VARIANCES + 1] = { NULL };
  guint rule = plan->rule, variance = plan->variance;

  for (guint k = 0; k < PISD_N_SAMPLE_RULES; k++)
    rules[k] = pisd_sample_rule_get_name (k);
  for (guint k = 0; k < PISD_N_VARIANCES; k++)
    variances[k] = pisd_variance_get_name (k);
  if (!read_choice ("rule", words->rule, rules, &rule, error)
      || !read_choice ("variance", words->variance, variances, &variance, error))
    return FALSE;
  plan->rule = rule;
  plan->variance = variance;
  return TRUE;
}

static gboolean
read_sampling (const CliLabDiffusionWords *words, CliLabDiffusionOptions *self, GError **error)
{
  PisdSamplePlan *plan = &self->sample;
  const guint last = self->data->n_labels - 1;
  guint n = (guint) plan->n;

  if (!read_sampling_choices (words, plan, error)
      || !cli_parse_count ("steps", words->steps, 1, self->plan.n_times, &plan->n_steps, error)
      || !read_number ("eta", words->eta, 0.0, 1.0, &plan->eta, error)
      || !read_number ("guidance", words->guidance, 0.0, MOST_GUIDANCE, &self->guidance, error)
      || !read_number ("limit", words->limit, 0.0, G_MAXDOUBLE, &self->limit, error)
      || !cli_parse_count ("samples", words->samples, 10, MOST_SAMPLES, &n, error)
      || !cli_parse_count ("label", words->label, 0, last, &self->label, error))
    return FALSE;
  plan->n = n;
  plan->seed = self->plan.seed;
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
    { "--learned-variance", self->plan.learns_variance, &network },
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

/* A drawing is what is drawn; anything else is none. */
static gboolean
make_data (CliLabDiffusionOptions *self, const CliLabDiffusionWords *words, GError **error)
{
  g_autoptr (PisdDrawing) strokes = NULL;
  PisdLabDataId id = words->strokes != NULL ? PISD_LAB_DRAWN : PISD_LAB_MOONS;

  if (words->data != NULL && !pisd_lab_data_parse (words->data, &id, error))
    return cli_blame (NULL, error);
  if ((id == PISD_LAB_DRAWN) != (words->strokes != NULL))
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "--strokes: expected together with --data drawn");
      return FALSE;
    }
  if (words->strokes != NULL)
    strokes = pisd_drawing_load (words->strokes, error);
  if (words->strokes != NULL && strokes == NULL)
    return FALSE;
  self->data = pisd_lab_data_new (id, strokes, NULL);
  return TRUE;
}

gboolean
cli_lab_diffusion_options_parse (CliLabDiffusionOptions *self,
                                 int argc,
                                 char **argv,
                                 GError **error)
{
  g_auto (CliLabDiffusionWords) words = { NULL };
  gboolean learns_variance, is_picture;

  if (!cli_lab_diffusion_words_parse (&words, self, argc, argv, error)
      || (self->png != NULL && !cli_figure_complete_name (&self->png, error))
      || !check_files (self, &words, error) || !make_data (self, &words, error))
    return FALSE;
  learns_variance = self->plan.learns_variance;
  is_picture = self->data->side > 0;
  pisd_diffuser_plan_init (&self->plan, self->data->id);
  self->plan.learns_variance = learns_variance;
  if (self->compares)
    self->plan.n_times = PISD_PROCESS_MOST_STEPS;
  self->n_train = 3000;
  self->label = PISD_NO_LABEL;
  if (!read_network (&words, self, error) || !read_training (&words, self, error))
    return FALSE;
  self->sample = (PisdSamplePlan){ .rule = PISD_SAMPLE_DDIM,
                                   .n_steps = MIN (50, self->plan.n_times),
                                   .n = is_picture ? 500 : 2000 };
  return read_sampling (&words, self, error) && check_network (self, &words, error)
         && check_kinds (self, &words, error) && check_rule (self, &words, error);
}
