#include "cli-train-options.h"

#include <string.h>

#include "cli-files.h"
#include "pisd-error.h"
#include "pisd-input.h"
#include "pisd-number.h"
#include "pisd-operator.h"
#include "pisd-training-part.h"

#define SUFFIX ".safetensors"
#define CHECKPOINT_SUFFIX ".checkpoint" SUFFIX
#define MOST_MINUTES 100000.0
#define MOST_STEPS 1000000000
#define MOST_THREADS 1024

/* As written, NULL where not given. */
typedef struct
{
  char *problem, *space, *families, *modes, *backend;
  char *width, *blocks, *levels, *batch, *rate, *warm_up;
  char *minutes, *steps, *seed, *threads, *fields, *draws, *error_fields;
  char *output, *start, *measure, *log;
  GStrv sets;
  gboolean resume;
} Words;

static void
words_clear (Words *words)
{
  char *const texts[] = { words->problem, words->space,        words->families, words->modes,
                          words->backend, words->width,        words->blocks,   words->levels,
                          words->batch,   words->rate,         words->warm_up,  words->minutes,
                          words->steps,   words->seed,         words->threads,  words->fields,
                          words->draws,   words->error_fields, words->output,   words->start,
                          words->measure, words->log };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (words->sets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

void
cli_train_options_clear (CliTrainOptions *options)
{
  g_free (options->output);
  g_free (options->start);
  pisd_weights_free (options->weights);
  g_free (options->log);
  g_free (options->checkpoint);
}

static gboolean
parse_words (Words *words, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "problem", 0, 0, G_OPTION_ARG_STRING, &words->problem,
      "poisson (default), helmholtz or navier-stokes", "NAME" },
    { "space", 0, 0, G_OPTION_ARG_STRING, &words->space,
      "decoupled (field a alone; default where the equation is linear) or joint", "NAME" },
    { "families", 0, 0, G_OPTION_ARG_STRING, &words->families,
      "of sources, such as grf,blobs (default: all of the problem)", "NAME,…" },
    { "modes", 0, 0, G_OPTION_ARG_STRING, &words->modes, "K: K x K modes (default 44; flows 32)",
      "K" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->sets,
      "set a constant of the equation (repeatable)", "KEY=VALUE" },
    { "width", 0, 0, G_OPTION_ARG_STRING, &words->width, "channels (default 48)", "N" },
    { "blocks", 0, 0, G_OPTION_ARG_STRING, &words->blocks, "residual blocks a stage (default 4)",
      "N" },
    { "levels", 0, 0, G_OPTION_ARG_STRING, &words->levels,
      "grids, each half as fine as the one before (default 1)", "N" },
    { "backend", 0, 0, G_OPTION_ARG_STRING, &words->backend,
      "onednn (default where it was built in) or plain", "NAME" },
    { "batch", 0, 0, G_OPTION_ARG_STRING, &words->batch, "fields a step (default 16)", "N" },
    { "rate", 0, 0, G_OPTION_ARG_STRING, &words->rate, "highest learning rate (default 0.001)",
      "R" },
    { "warm-up", 0, 0, G_OPTION_ARG_STRING, &words->warm_up,
      "steps in which the rate rises (default 100)", "N" },
    { "minutes", 0, 0, G_OPTION_ARG_STRING, &words->minutes,
      "how long, by the pace of the first steps (default 10)", "M" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &words->steps, "how many steps instead", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, "of weights and data (default 1)", "S" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, "0 (default): one a core", "T" },
    { "validation-fields", 0, 0, G_OPTION_ARG_STRING, &words->fields, "a family (default 32)",
      "N" },
    { "reference-fields", 0, 0, G_OPTION_ARG_STRING, &words->draws,
      "a family, that the best linear denoiser is fitted to (default 16384)", "N" },
    { "error-fields", 0, 0, G_OPTION_ARG_STRING, &words->error_fields,
      "a family, that the finished network's errors are measured on, mode by mode (default 256)",
      "N" },
    { "measure", 0, 0, G_OPTION_ARG_FILENAME, &words->measure,
      "do not train: validate these weights, and write them with their errors to --output",
      "NAME" SUFFIX },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &words->output,
      "the weights; the state of the training is kept beside it, NAME" CHECKPOINT_SUFFIX,
      "NAME" SUFFIX },
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &words->start,
      "only write what tools/train_torch.py begins with", "START" SUFFIX },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &words->resume, "go on from that state", NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &words->log, "losses and validation as a table",
      "FILE.csv" },
    { NULL },
  };

  return cli_parse_alone (
      entries,
      "Trains the network of the learned prior on fields that are made on the way, and writes its "
      "weights.\n"
      "Validation: mean squared errors over those of the best linear denoiser, by noise level.\n"
      "The same seed, steps and shape give the same weights, bit for bit, whatever the number of "
      "threads and\n"
      "however often it was interrupted. Ctrl+C stops it and keeps its state: --resume goes on.",
      argc, argv, error);
}

static gboolean
refuse (GError **error, const char *option, const char *text, const char *expected)
{
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--%s: got `%s`, expected %s", option,
               text, expected);
  return FALSE;
}

static gboolean
read_settings (const Words *words, PisdSettings *settings, GError **error)
{
  const PisdOperator *row;

  pisd_settings_init_default (settings);
  if (!cli_set_option ("problem", words->problem, settings, error))
    return FALSE;
  row = pisd_operator_get (settings->problem);
  settings->space = PISD_SPACE_DECOUPLED;
  settings->modes = 44;
  if (row->linear == NULL)
    {
      settings->space = PISD_SPACE_JOINT;
      settings->modes = 32;
    }
  return cli_set_option ("space", words->space, settings, error)
         && cli_set_option ("modes", words->modes, settings, error)
         && cli_check_sets (words->sets, error) && cli_apply_sets (words->sets, settings, error);
}

static gboolean
read_families (const char *text, guint *families, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *families = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint f = 0;

      while (f < PISD_N_FAMILIES && !g_str_equal (names[i], pisd_family_get_name (f)))
        f++;
      if (f == PISD_N_FAMILIES)
        return refuse (error, "families", names[i], "grf, inclusions or blobs");
      *families |= 1u << f;
    }
  return *families != 0 || refuse (error, "families", text, "grf, inclusions or blobs");
}

static gboolean
read_backend (const char *text, PisdBackend *backend, GError **error)
{
  for (guint b = 0; b < PISD_N_BACKENDS; b++)
    if (g_str_equal (text, pisd_backend_get_name (b)) && pisd_backend_is_available (b))
      {
        *backend = b;
        return TRUE;
      }
  return refuse (error, "backend", text, "one that this program was built with");
}

static gboolean
read_real (const char *option, const char *text, double maximum, double *value, GError **error)
{
  g_autofree char *expected = NULL;

  if (text == NULL || (pisd_number_parse (text, value) && *value > 0.0 && *value <= maximum))
    return TRUE;
  expected = g_strdup_printf ("a number above 0, at most %g", maximum);
  return refuse (error, option, text, expected);
}

static gboolean
read_counts (const Words *words, CliTrainOptions *options, GError **error)
{
  PisdTrainingPlan *plan = &options->plan;
  const struct
  {
    const char *option, *text;
    guint64 minimum, maximum;
    guint *value;
  } counts[] = {
    { "width", words->width, 1, 1024, &plan->shape.width },
    { "blocks", words->blocks, 1, 64, &plan->shape.n_blocks },
    { "levels", words->levels, 1, 6, &plan->shape.n_levels },
    { "batch", words->batch, 1, 4096, &plan->batch },
    { "warm-up", words->warm_up, 1, 1000000, &plan->n_warm_up },
    { "threads", words->threads, 0, MOST_THREADS, &options->n_threads },
    { "validation-fields", words->fields, 1, 4096, &options->n_fields },
    { "reference-fields", words->draws, 0, 1000000, &options->n_draws },
    { "error-fields", words->error_fields, 0, 1000000, &options->n_error_fields },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!cli_parse_count (counts[i].option, counts[i].text, counts[i].minimum, counts[i].maximum,
                          counts[i].value, error))
      return FALSE;
  return TRUE;
}

/* Parts of a step are of one size. */
static gboolean
check_batch (CliTrainOptions *options, const char *text, GError **error)
{
  guint part = options->plan.batch / PISD_TRAINING_PARTS;

  if (options->plan.batch % PISD_TRAINING_PARTS != 0)
    return refuse (error, "batch", text, "a multiple of 4");
  options->n_fields = (options->n_fields + part - 1) / part * part;
  return TRUE;
}

static gboolean
read_length (const Words *words, CliTrainOptions *options, GError **error)
{
  PisdTrainingPlan *plan = &options->plan;

  options->minutes = words->steps != NULL ? 0.0 : 10.0;
  return read_real ("minutes", words->minutes, MOST_MINUTES, &options->minutes, error)
         && read_real ("rate", words->rate, 1.0, &plan->rate, error)
         && cli_parse_uint ("steps", words->steps, 1, MOST_STEPS, &plan->n_steps, error)
         && cli_parse_uint ("seed", words->seed, 0, G_MAXINT64, &plan->seed, error);
}

/* Options of which only one makes sense at a time. */
static gboolean
check_pairs (const Words *words, GError **error)
{
  const struct
  {
    const char *one, *other;
    gboolean are_given;
  } pairs[] = {
    { "--start", "--output", words->start != NULL && words->output != NULL },
    { "--start", "--measure", words->start != NULL && words->measure != NULL },
    { "--start", "--log", words->start != NULL && words->log != NULL },
    { "--start", "--resume", words->start != NULL && words->resume },
    { "--measure", "--log", words->measure != NULL && words->log != NULL },
    { "--measure", "--resume", words->measure != NULL && words->resume },
    { "--steps", "--minutes", words->steps != NULL && words->minutes != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].are_given)
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                     "got %s and %s, expected one of them", pairs[i].one, pairs[i].other);
        return FALSE;
      }
  return TRUE;
}

/* NAME.safetensors becomes NAME.checkpoint.safetensors. */
static gboolean
take_files (Words *words, CliTrainOptions *options, GError **error)
{
  g_autofree char *stem = NULL;

  if (!check_pairs (words, error))
    return FALSE;
  options->start = g_steal_pointer (&words->start);
  if (words->output == NULL && options->start != NULL)
    return TRUE;
  if (words->output == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got no --output, expected one");
      return FALSE;
    }
  stem = g_strdup (words->output);
  if (g_str_has_suffix (stem, SUFFIX))
    stem[strlen (stem) - strlen (SUFFIX)] = '\0';
  options->checkpoint = g_strconcat (stem, CHECKPOINT_SUFFIX, NULL);
  options->output = g_steal_pointer (&words->output);
  options->log = g_steal_pointer (&words->log);
  options->resume = words->resume;
  return TRUE;
}

static void
take_text (char **word, char *text)
{
  g_free (*word);
  *word = text;
}

static void
take_number (char **word, guint number)
{
  take_text (word, g_strdup_printf ("%u", number));
}

/* Weights that are to be measured say what they are for. */
static gboolean
take_weights (Words *words, CliTrainOptions *options, GError **error)
{
  g_autoptr (PisdInput) input = NULL;
  const PisdWeights *weights;

  if (words->measure == NULL)
    return TRUE;
  input = pisd_input_open (words->measure, NULL, error);
  options->weights = input != NULL ? pisd_weights_load_from (input, error) : NULL;
  weights = options->weights;
  if (weights == NULL)
    return FALSE;
  take_text (&words->problem, g_strdup (weights->problem));
  take_text (&words->space, g_strdup (weights->space));
  take_text (&words->families, g_strjoinv (",", weights->families));
  take_number (&words->modes, weights->modes);
  take_number (&words->width, weights->shape.width);
  take_number (&words->blocks, weights->shape.n_blocks);
  take_number (&words->levels, weights->shape.n_levels);
  return TRUE;
}

/* The plan that follows from them is for their network. */
static gboolean
check_weights (const CliTrainOptions *options, GError **error)
{
  if (options->weights == NULL
      || pisd_network_shape_equal (&options->weights->shape, &options->plan.shape))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_SHAPE,
               "--measure: got a network of another shape than its problem's latents have");
  return FALSE;
}

static gboolean
check_files (const CliTrainOptions *options, GError **error)
{
  const CliFile files[] = { { "--start", options->start, TRUE, NULL },
                            { "--output", options->output, TRUE, NULL },
                            { "checkpoint", options->checkpoint, TRUE, NULL },
                            { "--log", options->log, TRUE, NULL } };

  return cli_files_check (files, G_N_ELEMENTS (files), error);
}

gboolean
cli_train_options_parse (CliTrainOptions *options, int argc, char **argv, GError **error)
{
  g_auto (Words) words = { 0 };
  PisdSettings settings;

  if (!parse_words (&words, argc, argv, error) || !take_files (&words, options, error)
      || !take_weights (&words, options, error) || !read_settings (&words, &settings, error))
    return FALSE;
  pisd_training_plan_init (&options->plan, &settings);
  options->n_fields = 32;
  options->n_draws = 16384;
  options->n_error_fields = 256;
  return (words.families == NULL || read_families (words.families, &options->plan.families, error))
         && (words.backend == NULL || read_backend (words.backend, &options->plan.backend, error))
         && read_counts (&words, options, error) && check_batch (options, words.batch, error)
         && read_length (&words, options, error)
         && (pisd_training_plan_complete (&options->plan, error)
             || (options->weights == NULL && cli_blame (NULL, error)))
         && check_weights (options, error) && check_files (options, error);
}

char *
cli_train_options_dup_command (const CliTrainOptions *options, guint64 n_steps)
{
  const PisdTrainingPlan *plan = &options->plan;
  const PisdEquation equation = pisd_settings_get_equation (&plan->settings);
  const PisdOperator *row = pisd_operator_get (equation.problem);
  g_auto (GStrv) families = pisd_training_plan_dup_families (plan);
  g_autofree char *names = g_strjoinv (",", families);
  g_autofree char *output = g_path_get_basename (options->output);
  g_autofree char *space = pisd_settings_dup_text (&plan->settings, pisd_settings_find ("space"));
  char buffer[PISD_NUMBER_SIZE];
  GString *text = g_string_new (NULL);

  g_string_printf (text, "pisd train --problem %s --space %s --families %s --modes %u", row->name,
                   space, names, plan->settings.modes);
  for (guint c = 0; c < row->n_constants; c++)
    g_string_append_printf (text, " --set %s=%s", row->constants[c].key,
                            pisd_number_format (equation.constants[c], buffer));
  g_string_append_printf (text,
                          " --width %u --blocks %u --levels %u --backend %s --batch %u "
                          "--warm-up %u --rate %s",
                          plan->shape.width, plan->shape.n_blocks, plan->shape.n_levels,
                          pisd_backend_get_name (plan->backend), plan->batch, plan->n_warm_up,
                          pisd_number_format (plan->rate, buffer));
  g_string_append_printf (text,
                          " --steps %" G_GUINT64_FORMAT " --seed %" G_GUINT64_FORMAT " --output %s",
                          n_steps, plan->seed, output);
  return g_string_free (text, FALSE);
}
