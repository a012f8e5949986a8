#include "cli-lab-training-options.h"

#include "cli-figure.h"
#include "cli-files.h"
#include "cli-lab-training-table.h"
#include "cli-lab.h"
#include "cli-needs.h"

#define MOST_THREADS 1024
#define TABLE_SEEDS "20"
#define TABLE_STEPS "500000"

/* As written, NULL where not given. */
typedef struct
{
  char *target, *widths, *activations, *method;
  char *rate, *batch, *decay, *points, *tolerance, *until;
  char *steps, *seed, *seeds, *threads;
} Words;

static void
words_clear (Words *words)
{
  char *const texts[] = { words->target, words->widths,    words->activations, words->method,
                          words->rate,   words->batch,     words->decay,       words->points,
                          words->steps,  words->tolerance, words->until,       words->seed,
                          words->seeds,  words->threads };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

void
cli_lab_training_options_clear (CliLabTrainingOptions *options)
{
  pisd_regression_runs_free (options->runs);
  g_free (options->csv);
  g_free (options->png);
  g_free (options->json);
}

static const char summary[] =
    "Trains dense networks on a polynomial and follows loss, norm of the parameters and gradient:\n"
    "  pisd lab training --target p1 --activations gelu,softplus --seeds 3 --steps 20000 --png "
    "F.png\n"
    "  pisd lab training --target 'x^2 y - 1' --method flow --until 100 --csv F.csv\n"
    "Targets are p1, p2, p4, heat or a polynomial in x, y, z or x1 to x10 on [-1, 1]^d; x2 is a\n"
    "variable, 2x a product. The same seed gives the same bits, whatever the number of threads.";

static gboolean
parse_words (Words *words, CliLabTrainingOptions *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "target", 0, 0, G_OPTION_ARG_STRING, &words->target,
      "What is learned: p1 (default), p2, p4, heat or a polynomial", "P" },
    { "network", 0, 0, G_OPTION_ARG_STRING, &words->widths,
      "Widths of the layers (default: the target's own)", "1-10-20-10-1" },
    { "activations", 0, 0, G_OPTION_ARG_STRING, &words->activations,
      "One or several: logistic, tanh, softplus, gelu (default), swish, elu, relu, identity",
      "A,…" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &words->method,
      "adam (default), gradient (all points) or flow (in time)", "NAME" },
    { "rate", 0, 0, G_OPTION_ARG_STRING, &words->rate,
      "Learning rate (default: adam 0.005, gradient 0.001)", "R" },
    { "batch", 0, 0, G_OPTION_ARG_STRING, &words->batch, "Points of a step of adam (default 100)",
      "N" },
    { "weight-decay", 0, 0, G_OPTION_ARG_STRING, &words->decay,
      "Adds D |theta|^2 / 2 to the loss (default 0)", "D" },
    { "points", 0, 0, G_OPTION_ARG_STRING, &words->points, "Data (default 10000)", "N" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &words->steps, "How many (default 20000)", "N" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &words->until,
      "The flow ends at this time (default: by its steps)", "T" },
    { "tolerance", 0, 0, G_OPTION_ARG_STRING, &words->tolerance,
      "Relative error of a step of the flow (default 1e-6)", "E" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, "Of the first run (default 1)", "S" },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &words->seeds, "Runs of each activation (default 1)",
      "N" },
    { "table", 0, 0, G_OPTION_ARG_NONE, &self->table,
      "Beside published figures: p1 or p2, 20 seeds, " TABLE_STEPS
      " steps, which --seeds and --steps shorten",
      NULL },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, "0 (default): one a core", "T" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, "Write the course of every run", "F.csv" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json, "Write set-up and ends", "F.json" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png, "Write a figure; .svg and .pdf work too",
      "F.png" },
    { NULL },
  };

  return cli_parse_alone (entries, summary, argc, argv, error);
}

/* By the keys of the lab's set-up, but for seeds, which may be of any size here. */
static PisdLabSetup *
make_setup (const Words *words, GError **error)
{
  const guint64 most_seed = G_MAXINT64 - PISD_GROUP_MAX_RUNS;
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (PISD_LAB_TRAINING);
  const PisdLabValue values[] = {
    { "target", words->target },  { "method", words->method },
    { "network", words->widths }, { "rate", words->rate },
    { "batch", words->batch },    { "weight-decay", words->decay },
    { "points", words->points },  { "tolerance", words->tolerance },
    { "until", words->until },    { "steps", words->steps },
  };

  if (cli_lab_set (setup, G_N_ELEMENTS (values), values, error)
      && cli_parse_uint ("seed", words->seed, 0, most_seed, &setup->regression->seed, error)
      && cli_lab_check (setup, error))
    return g_steal_pointer (&setup);
  return NULL;
}

/* activations: [PISD_N_ACTIVATIONS]; none twice. */
static gboolean
read_activations (const char *text, PisdActivation *activations, guint *n, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *n = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      PisdActivation activation;

      if (!pisd_activation_parse (names[i], &activation, error))
        return cli_blame ("activations", error);
      for (guint k = 0; k < *n; k++)
        if (activations[k] == activation)
          {
            g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                         "--activations: got %s twice, expected it once", names[i]);
            return FALSE;
          }
      activations[(*n)++] = activation;
    }
  return TRUE;
}

static gboolean
check_files (CliLabTrainingOptions *self, GError **error)
{
  const CliFile files[] = {
    { "--csv", self->csv, TRUE, NULL },
    { "--json", self->json, TRUE, NULL },
    { "--png", self->png, TRUE, NULL },
  };

  return cli_files_check (files, G_N_ELEMENTS (files), error);
}

/* What is not given: of the table, or of a run. */
static void
fill_defaults (Words *words, gboolean table)
{
  if (words->activations == NULL)
    words->activations = g_strdup (table ? "gelu,swish,softplus,elu,tanh" : "gelu");
  if (words->seeds == NULL)
    words->seeds = g_strdup (table ? TABLE_SEEDS : "1");
  if (words->steps == NULL)
    words->steps = g_strdup (table ? TABLE_STEPS : "20000");
}

/* Options that say nothing beside some others. */
static gboolean
check_needs (const Words *words, gboolean table, const PisdRegressionPlan *plan, GError **error)
{
  const PisdDescentTraits *traits = pisd_descent_get_traits (plan->method);
  g_autofree char *by = g_strconcat ("--method ", traits->name, NULL);
  g_autofree char *on = g_strconcat ("--target ", plan->target_name, NULL);
  const CliCondition rate = { traits->rate > 0.0, by, "--method adam or gradient" };
  const CliCondition batch = { traits->batch > 0, by, "--method adam" };
  const CliCondition flow = { plan->method == PISD_DESCENT_FLOW, by, "--method flow" };
  const CliCondition adam = { plan->method == PISD_DESCENT_ADAM, by, "--method adam" };
  const CliCondition published = { g_str_equal (plan->target_name, "p1")
                                       || g_str_equal (plan->target_name, "p2"),
                                   on, "--target p1 or p2" };
  const CliNeed needs[] = {
    { "--rate", words->rate != NULL, &rate },
    { "--batch", words->batch != NULL, &batch },
    { "--until", words->until != NULL, &flow },
    { "--tolerance", words->tolerance != NULL, &flow },
    { "--table", table, &adam },
    { "--table", table, &published },
  };

  return cli_needs_check (needs, G_N_ELEMENTS (needs), error);
}

gboolean
cli_lab_training_options_parse (CliLabTrainingOptions *self, int argc, char **argv, GError **error)
{
  g_auto (Words) words = { NULL };
  PisdActivation activations[PISD_N_ACTIVATIONS];
  g_autoptr (PisdLabSetup) setup = NULL;
  guint n, n_seeds = 1;

  if (!parse_words (&words, self, argc, argv, error))
    return FALSE;
  fill_defaults (&words, self->table);
  setup = make_setup (&words, error);
  if (setup == NULL || !check_needs (&words, self->table, setup->regression, error)
      || !read_activations (words.activations, activations, &n, error)
      || !cli_parse_count ("seeds", words.seeds, 1, PISD_GROUP_MAX_RUNS, &n_seeds, error)
      || !cli_parse_count ("threads", words.threads, 0, MOST_THREADS, &self->n_threads, error))
    return FALSE;
  self->n_steps = setup->n_steps;
  self->runs = pisd_regression_runs_new (setup->regression, n, activations, n_seeds, error);
  if (self->runs == NULL)
    return cli_blame ("seeds", error);
  return (!self->table || cli_lab_training_check_table (self, error)) && check_files (self, error)
         && (self->png == NULL || cli_figure_complete_name (&self->png, error));
}
