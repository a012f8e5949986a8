#include "cli-lab-diffusion-options.h"

#include "cli-figure.h"
#include "cli-files.h"
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

/* As written, NULL where not given. */
typedef struct
{
  char *data, *strokes, *schedule, *times, *predict, *weight, *latents, *width, *layers, *features;
  char *activation, *batch, *rate, *drop, *train, *rule, *steps, *eta, *variance, *guidance, *label;
  char *samples, *limit, *seed, *threads, *network, *latent;
  gboolean keep_rate;
} Words;

static void
words_clear (Words *words)
{
  char *const texts[] = { words->data,    words->strokes,  words->schedule, words->times,
                          words->predict, words->weight,   words->latents,  words->width,
                          words->layers,  words->features, words->batch,    words->activation,
                          words->rate,    words->drop,     words->train,    words->rule,
                          words->steps,   words->eta,      words->variance, words->guidance,
                          words->label,   words->samples,  words->limit,    words->seed,
                          words->threads, words->network,  words->latent };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

void
cli_lab_diffusion_options_clear (CliLabDiffusionOptions *options)
{
  pisd_lab_data_free (options->data);
  g_free (options->csv);
  g_free (options->losses);
  g_free (options->json);
  g_free (options->png);
}

static const char summary[] =
    "Trains a small diffusion model, draws samples from it and says how good they are:\n"
    "  pisd lab diffusion --data moons --png F.png\n"
    "  pisd lab diffusion --data digits-8 --guidance 1 --png F.png\n"
    "  pisd lab diffusion --data moons --compare\n"
    "Data are moons, spiral, checkerboard, ring, mixture, drawn (with --strokes), digits-8,\n"
    "digits-16 and fields.  The same seed gives the same bits, whatever the number of threads.";

/* An option whose value is read later. */
#define WORD(name, word, text, value)                          \
  {                                                            \
    name, 0, 0, G_OPTION_ARG_STRING, &words->word, text, value \
  }

static gboolean
parse_words (Words *words, CliLabDiffusionOptions *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    WORD ("data", data, "What is learned (default moons)", "NAME"),
    { "strokes", 0, 0, G_OPTION_ARG_FILENAME, &words->strokes,
      "A drawing: rows stroke,x,y below a head", "F.csv" },
    WORD ("schedule", schedule, "linear, cosine (default), sigmoid or edm", "NAME"),
    WORD ("times", times, "T, the steps into noise (default: points 100, pictures 250)", "T"),
    WORD ("predict", predict, "What the network says: noise, x0 or v (default)", "NAME"),
    WORD ("weight", weight, "uniform (default) or min-snr", "NAME"),
    { "learned-variance", 0, 0, G_OPTION_ARG_NONE, &self->plan.learns_variance,
      "Learn the variance too, by the hybrid loss", NULL },
    WORD ("network", network, "perceptron (default), or convolution, of pictures", "NAME"),
    WORD ("latents", latents,
          "Learn so many latents, 0 the samples themselves (default 0, fields 40); perceptron",
          "N"),
    WORD ("latent", latent, "Principal components (default) or cosine modes: components, cosine",
          "NAME"),
    WORD ("width", width,
          "Units of a hidden layer (default: points 128, pictures 256), or channels (default 16)",
          "N"),
    WORD ("layers", layers,
          "Hidden ones (default 3), or residual blocks on a grid of the convolution (default 1)",
          "N"),
    WORD ("features", features, "Sines and cosines of the time (default 32); perceptron", "N"),
    WORD ("activation", activation, "Default swish; perceptron", "NAME"),
    WORD ("batch", batch, "Samples of a step (default 256, convolution 64)", "N"),
    WORD ("rate", rate,
          "Of Adam, at first (default: points 0.005, pictures 0.001, convolution 0.003)", "R"),
    { "keep-rate", 0, 0, G_OPTION_ARG_NONE, &words->keep_rate,
      "Keep it; else it falls to zero along a cosine", NULL },
    WORD ("drop", drop, "Part of the labels that is left out (default: points 0.5, pictures 0.1)",
          "P"),
    WORD ("train", train, "Steps of training (default 3000)", "N"),
    { "exact", 0, 0, G_OPTION_ARG_NONE, &self->is_exact,
      "No network: the closed form, of ring and mixture", NULL },
    WORD ("rule", rule, "ddpm, ddim (default) or heun", "NAME"),
    WORD ("steps", steps, "Of sampling (default 50)", "N"),
    WORD ("eta", eta, "Noise of ddim, 0 (default) to 1", "E"),
    WORD ("variance", variance, "Of ddpm: small (default), large or learned", "NAME"),
    WORD ("guidance", guidance, "Classifier-free, 0 (default) to 10", "W"),
    WORD ("label", label, "Samples of this one alone", "K"),
    WORD ("samples", samples, "How many (default: points 2000, pictures 500)", "N"),
    WORD ("limit", limit, "Cut estimates of x0 to [-L, L] (default 0: not)", "L"),
    { "bounds", 0, 0, G_OPTION_ARG_NONE, &self->bounds,
      "Print the variational bound in bits per dimension", NULL },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &self->compares,
      "Print ddim in T/4 steps beside ddpm in T, guidance, hybrid beside simple loss (T: 1000)",
      NULL },
    WORD ("seed", seed, "Default 1", "S"),
    WORD ("threads", threads, "0 (default): one a core", "T"),
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, "Write the samples", "F.csv" },
    { "losses", 0, 0, G_OPTION_ARG_FILENAME, &self->losses, "Write the loss of every step",
      "F.csv" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json, "Write set-up and results", "F.json" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png, "Write a figure; .svg and .pdf work too",
      "F.png" },
    { NULL },
  };

  return cli_parse_alone (entries, summary, argc, argv, error);
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
read_network_choices (const Words *words, PisdDiffuserPlan *plan, GError **error)
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
read_kinds (const Words *words, PisdLabDataId id, PisdDiffuserPlan *plan, GError **error)
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

/* Whether the network is one that there is, and nothing was said that it does not use. */
static gboolean
check_network (const Words *words, PisdLabDataId id, const PisdDiffuserPlan *plan, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  const char *message = NULL;

  if (!pisd_diffuser_plan_check (plan, id, &wrong))
    message = wrong->message;
  else if (plan->kind == PISD_DIFFUSER_CONVOLUTION
           && (words->features != NULL || words->activation != NULL))
    message = "features, --activation: expected --network perceptron";
  else if (words->latent != NULL && plan->n_latents == 0)
    message = "latent: expected --latents, how many of them, too";
  if (message == NULL)
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "--%s", message);
  return FALSE;
}

static gboolean
read_network (const Words *words, PisdLabDataId id, PisdDiffuserPlan *plan, GError **error)
{
  if (!read_kinds (words, id, plan, error) || !read_network_choices (words, plan, error)
      || !cli_parse_count ("times", words->times, PISD_PROCESS_LEAST_STEPS, PISD_PROCESS_MOST_STEPS,
                           &plan->n_times, error)
      || !cli_parse_count ("latents", words->latents, 0, G_MAXUINT, &plan->n_latents, error)
      || !cli_parse_count ("width", words->width, 1, MOST_WIDTH, &plan->width, error)
      || !cli_parse_count ("layers", words->layers, 1, MOST_HIDDEN, &plan->n_hidden, error)
      || !cli_parse_count ("features", words->features, 2, PISD_DIFFUSER_MOST_FEATURES,
                           &plan->n_features, error))
    return FALSE;
  plan->n_features = plan->n_features / 2 * 2;
  return (words->activation == NULL
          || pisd_activation_parse (words->activation, &plan->activation, error))
         && check_network (words, id, plan, error);
}

static gboolean
read_training (const Words *words, CliLabDiffusionOptions *self, GError **error)
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
read_sampling_choices (const Words *words, PisdSamplePlan *plan, GError **error)
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
read_sampling (const Words *words, CliLabDiffusionOptions *self, GError **error)
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

/* What does not go together. */
static gboolean
check (const CliLabDiffusionOptions *self, GError **error)
{
  const char *message = NULL;

  if (self->is_exact && !self->data->is_mixture)
    message = "--exact: expected --data ring or mixture, whose density is known";
  else if (self->is_exact
           && (self->compares || self->bounds || self->guidance > 0.0
               || self->label != PISD_NO_LABEL))
    message = "--exact: expected none of --compare, --bounds, --guidance and --label";
  else if (self->sample.variance == PISD_VARIANCE_LEARNED && !self->plan.learns_variance)
    message = "--variance learned: expected --learned-variance";
  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, message);
  return FALSE;
}

static gboolean
check_files (const CliLabDiffusionOptions *self, const Words *words, GError **error)
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
make_data (CliLabDiffusionOptions *self, const Words *words, GError **error)
{
  g_autoptr (PisdDrawing) strokes = NULL;
  PisdLabDataId id = words->strokes != NULL ? PISD_LAB_DRAWN : PISD_LAB_MOONS;

  if (words->data != NULL && !pisd_lab_data_parse (words->data, &id, error))
    return FALSE;
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
  g_auto (Words) words = { NULL };
  gboolean learns_variance, is_picture;

  if (!parse_words (&words, self, argc, argv, error)
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
  if (!read_network (&words, self->data->id, &self->plan, error)
      || !read_training (&words, self, error))
    return FALSE;
  self->sample = (PisdSamplePlan){ .rule = PISD_SAMPLE_DDIM,
                                   .n_steps = MIN (50, self->plan.n_times),
                                   .n = is_picture ? 500 : 2000 };
  return read_sampling (&words, self, error) && check (self, error);
}
