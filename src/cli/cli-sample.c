#include "cli-common.h"

#include <stdio.h>

#include "cli-figure.h"
#include "cli-fit.h"
#include "cli-floor.h"
#include "cli-probe.h"
#include "cli-progress.h"
#include "cli-sample-options.h"
#include "cli-sample-print.h"
#include "cli-scenario.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-name.h"
#include "pisd-report.h"
#include "pisd-scenario-save.h"

/* Messages about one absence of a model are one message. */
#define ABSENCE G_TIME_SPAN_SECOND

/* The progress of a run, and what it waits for. */
typedef struct
{
  CliProgress progress;
  PisdChannel *channel; /* NULL: nobody asks for its steps */
  double patience;      /* seconds */
  gint64 heard;         /* when it was last said that it waits; 0: never */
  gboolean is_slow;     /* and that has been said */
} Heard;

static void
print_wait (const Heard *self, const GError *why)
{
  fprintf (stderr, "%s: %s; waiting up to %g s for it (model-wait)\n", g_get_prgname (),
           why->message, self->patience);
}

/* A model in another process has gone: that is said at once. */
static void
tell_stall (Heard *self)
{
  g_autoptr (GError) stall = pisd_channel_take_stall (self->channel);
  const gint64 now = g_get_monotonic_time ();

  if (stall == NULL)
    return;
  if (self->heard == 0 || now - self->heard > ABSENCE)
    print_wait (self, stall);
  self->heard = now;
}

/* Of samples that all wait for it one is enough. */
static void
tell_slow (Heard *self)
{
  g_autoptr (GError) notice = pisd_channel_take_notice (self->channel);

  if (notice == NULL || self->is_slow)
    return;
  print_wait (self, notice);
  self->is_slow = TRUE;
}

static gboolean
report_progress (guint64 done, guint64 total, gpointer data)
{
  Heard *self = data;

  if (self->channel != NULL)
    {
      tell_stall (self);
      tell_slow (self);
    }
  return cli_progress_step (done, total, &self->progress);
}

/* A stopped run keeps the samples that are finished; without any there is nothing to keep.
 * `branch`: NULL: it begins at the beginning. */
static PisdResult *
run (const PisdScenario *scenario,
     const PisdBranch *branch,
     PisdChannel *channel,
     guint n_threads,
     PisdRunCache *cache,
     CliSignals *signals,
     GError **error)
{
  g_autoptr (PisdResult) result = NULL;
  Heard heard = { .channel = channel, .patience = scenario->settings.model_wait };

  cli_progress_begin (&heard.progress, signals, "sampling", 1);
  result =
      pisd_run_branch (scenario, branch, channel, n_threads, report_progress, &heard, cache, error);
  cli_progress_end (&heard.progress);
  if (result == NULL || result->n_finished > 0)
    return g_steal_pointer (&result);
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED,
               "stopped after %u of %u steps, nothing written", result->n_steps,
               result->settings.steps);
  return NULL;
}

/* What there is to save and to say of a run. */
typedef struct
{
  PisdResult *result;
  PisdExact *exact; /* NULL: not known */
  char *left_out;   /* why not, or why without its spread; NULL: nothing is missing */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  pisd_result_free (self->result);
  pisd_exact_unref (self->exact);
  g_free (self->left_out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* What is missing, and why. */
static void
leave_out (Outcome *outcome, const char *what, const char *reason)
{
  g_free (outcome->left_out);
  outcome->left_out = g_strdup_printf ("%s is left out: %s", what, reason);
}

static gboolean
is_left_out (const GError *error)
{
  return g_error_matches (error, PISD_ERROR, PISD_ERROR_LIMIT)
         || g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED);
}

static gboolean
poll_progress (gpointer data)
{
  return !cli_progress_step (0, 1, data);
}

/* With the spread, which is for the report alone, or without it; FALSE with an error that is no
 * reason to leave it out. */
static gboolean
try_exact (const CliSampleOptions *options,
           const PisdScenario *scenario,
           const PisdRunCache *cache,
           gboolean with_sd,
           PisdCancel *cancel,
           Outcome *outcome,
           GError **error)
{
  g_autoptr (GError) own = NULL;

  outcome->exact =
      cli_floor_new (scenario, cache, with_sd, options->scenario.n_threads, cancel, &own);
  if (outcome->exact != NULL)
    return TRUE;
  leave_out (outcome,
             with_sd ? "the spread of the best possible estimate" : "the best possible estimate",
             own->message);
  if (is_left_out (own))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

/* The exact posterior, where it is known. */
static gboolean
find_exact (const CliSampleOptions *options,
            const PisdScenario *scenario,
            const PisdRunCache *cache,
            PisdCancel *cancel,
            Outcome *outcome,
            GError **error)
{
  g_autofree char *reason = cli_floor_dup_reason (scenario);
  gboolean with_sd =
      options->json != NULL && pisd_method_get (scenario->settings.guidance)->conditions;

  if (reason != NULL)
    leave_out (outcome, "the best possible estimate", reason);
  if (!cli_floor_has_exact (scenario))
    return TRUE;
  if (with_sd && !try_exact (options, scenario, cache, TRUE, cancel, outcome, error))
    return FALSE;
  return outcome->exact != NULL
         || try_exact (options, scenario, cache, FALSE, cancel, outcome, error);
}

/* Ctrl+C is heard here too; what the samples say is kept. */
static gboolean
add_exact (const CliSampleOptions *options,
           const PisdScenario *scenario,
           const PisdRunCache *cache,
           CliSignals *signals,
           Outcome *outcome,
           GError **error)
{
  CliProgress progress;
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (poll_progress, &progress);
  gboolean good;

  cli_progress_begin (&progress, signals, "best possible estimate", 1);
  good = find_exact (options, scenario, cache, cancel, outcome, error);
  cli_progress_end (&progress);
  return good;
}

static char *
dup_name (const PisdResult *result)
{
  PisdName name;

  pisd_name_init_result (&name, result);
  return pisd_name_dup (&name);
}

static gboolean
save (const CliSampleOptions *options,
      const PisdScenario *scenario,
      const Outcome *outcome,
      GError **error)
{
  g_autofree char *name = dup_name (outcome->result);

  if (options->save_scenario != NULL
      && !pisd_scenario_save (scenario, options->save_scenario, error))
    return FALSE;
  if (options->json != NULL
      && !pisd_result_save_json (outcome->result, scenario, name, outcome->exact, outcome->left_out,
                                 options->json, error))
    return FALSE;
  if (options->png != NULL
      && !cli_figure_save (outcome->result, scenario, outcome->exact, &options->frame_numbers,
                           &options->shown, options->flow_drawn, &options->paper, options->png,
                           error))
    return FALSE;
  if (options->animation != NULL
      && !cli_film_save (outcome->result, scenario, options->flow_drawn, options->animation, NULL,
                         error))
    return FALSE;
  return pisd_result_save_npz (outcome->result, scenario->sensors, name, options->output, error);
}

/* FALSE, with the error that ends the program, where somebody stopped it. */
static gboolean
check_whole (const Outcome *outcome, CliSignals *signals, GError **error)
{
  const PisdResult *result = outcome->result;

  if (result->complete && !(cli_signals_is_stopped (signals) && outcome->left_out != NULL))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped, %u of %u samples are written",
               result->n_finished, result->settings.samples);
  return FALSE;
}

/* Ctrl+C is heard here too; all files are written by then. */
static gboolean
print_probe (const CliSampleOptions *options,
             const PisdScenario *scenario,
             const CliProbe *probe,
             CliSignals *signals,
             Outcome *outcome,
             GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (signals);
  g_autofree char *reason = NULL;

  if (options->probe == NULL)
    return TRUE;
  if (!cli_probe_print (probe, outcome->result, scenario, options->scenario.n_threads, cancel,
                        &reason, error))
    return FALSE;
  if (reason != NULL && outcome->left_out == NULL)
    leave_out (outcome, "the Gaussian at the place of --probe", reason);
  return TRUE;
}

/* The run, of which the errors are printed, and the branch from its step, which goes through the
 * channel `kept`; NULL: nobody asks for its steps. */
static PisdResult *
run_branch (const CliSampleOptions *options,
            const PisdScenario *scenario,
            const PisdScenario *branched,
            PisdChannel *kept,
            PisdRunCache *cache,
            CliSignals *signals,
            GError **error)
{
  const guint n_threads = options->scenario.n_threads;
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) result = run (scenario, NULL, channel, n_threads, cache, signals, error);
  g_autoptr (PisdBranch) branch = NULL;
  g_autofree char *changes = NULL;

  if (result == NULL)
    return NULL;
  cli_sample_print_result (result, scenario, NULL);
  branch = pisd_branch_new (channel, (guint) options->branch.step, error);
  if (branch == NULL)
    return NULL;
  changes = options->branch.set != NULL ? g_strjoinv (", ", options->branch.set)
                                        : g_strdup ("nothing changed");
  printf ("\nbranch at step %s: %s\n", options->branch.at, changes);
  return run (branched, branch, kept, n_threads, cache, signals, error);
}

/* `branched`: the scenario of the branch from the run of `origin`; NULL: there is none. */
static gboolean
run_and_save (const CliSampleOptions *options,
              const PisdScenario *origin,
              const PisdScenario *branched,
              const CliProbe *probe,
              CliSignals *signals,
              GError **error)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (PisdRunCache) cache = { 0 };
  g_autoptr (PisdChannel) channel = NULL;
  const PisdScenario *scenario = branched != NULL ? branched : origin;
  gboolean good;

  pisd_budget_set_limit (options->scenario.n_megabytes << 20);
  if (options->png != NULL || options->animation != NULL)
    cli_warn_of_fonts (options->png != NULL ? options->png : options->animation);
  if (options->measure.watch != NULL
      || pisd_method_get_prior (scenario->settings.prior)->is_elsewhere)
    channel = pisd_channel_new (2, PISD_PACE_FREE, NULL, NULL);
  outcome.result =
      branched != NULL
          ? run_branch (options, origin, branched, channel, &cache, signals, error)
          : run (origin, NULL, channel, options->scenario.n_threads, &cache, signals, error);
  if (outcome.result == NULL || !add_exact (options, scenario, &cache, signals, &outcome, error))
    return FALSE;
  cli_signals_begin_save (signals);
  good = save (options, scenario, &outcome, error);
  cli_signals_end_save (signals);
  if (!good)
    return FALSE;
  cli_sample_print_result (outcome.result, scenario, outcome.exact);
  cli_sample_print_remarks (outcome.result, scenario, outcome.exact);
  if (!cli_measure_print (&options->measure, outcome.result, scenario, channel, error))
    return FALSE;
  if (!print_probe (options, scenario, probe, signals, &outcome, error))
    return FALSE;
  cli_remark (outcome.left_out);
  return check_whole (&outcome, signals, error);
}

/* What only says how pictures look needs one. */
static gboolean
check_drawn (const CliSampleOptions *options, GError **error)
{
  const struct
  {
    const char *name, *text;
  } looks[] = { { "frames", options->frames },
                { "show", options->show },
                { "size", options->size },
                { "dpi", options->dpi } };

  for (guint k = 0; k < G_N_ELEMENTS (looks); k++)
    if (looks[k].text != NULL && options->png == NULL)
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                     "got --%s without a picture, expected --png FIGURE.png too", looks[k].name);
        return FALSE;
      }
  if (options->flow != NULL && options->png == NULL && options->animation == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --flow without a picture, expected --png FIGURE.png or "
                           "--animation FLOW.gif too");
      return FALSE;
    }
  return TRUE;
}

/* Whether the equation has what pictures are to show. */
static gboolean
check_pictures (CliSampleOptions *options, PisdProblemId problem, GError **error)
{
  return cli_frames_check (&options->frame_numbers, problem, error)
         && (options->show == NULL
             || cli_show_parse (options->show, problem, &options->shown, error))
         && cli_flow_check (options->flow_drawn, problem, error)
         && (options->animation == NULL || cli_film_check (options->animation, problem, error));
}

gboolean
cli_sample (int argc, char **argv, GError **error)
{
  g_auto (CliSampleOptions) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdScenario) branched = NULL;
  CliProbe probe = { 0 };

  if (!cli_sample_options_parse (&options, argc, argv, error))
    return FALSE;
  if (options.scenario.list_settings)
    {
      cli_sample_print_settings ();
      return TRUE;
    }
  if (!cli_sample_options_check (&options, error) || !check_drawn (&options, error)
      || !cli_sample_options_check_files (&options, NULL, error))
    return FALSE;
  scenario = cli_scenario_make (&options.scenario, error);
  if (scenario == NULL || !cli_sample_options_check_files (&options, scenario->truth_path, error)
      || (options.fit_prior
          && !cli_fit_prior (scenario, options.scenario.n_threads, signals, error)))
    return FALSE;
  if (options.branch.at != NULL)
    branched = cli_branch_make_scenario (&options.branch, scenario, error);
  return (options.branch.at == NULL || branched != NULL)
         && check_pictures (&options, scenario->settings.problem, error)
         && (options.probe == NULL
             || cli_probe_parse ("--probe", options.probe, scenario->settings.problem, &probe,
                                 error))
         && (options.measure.watch == NULL
             || cli_probe_parse ("--watch", options.measure.watch, scenario->settings.problem,
                                 &options.measure.watched, error))
         && run_and_save (&options, scenario, branched, &probe, signals, error);
}
