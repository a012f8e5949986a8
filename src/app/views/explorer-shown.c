#include "explorer-shown.h"

#include <glib/gi18n.h>
#include <math.h>

void
explorer_shown_clear (ExplorerShown *shown)
{
  g_clear_pointer (&shown->frame, pisd_frame_unref);
  g_clear_pointer (&shown->exact, pisd_exact_unref);
  g_clear_pointer (&shown->name, g_free);
}

void
explorer_shown_set_frame (ExplorerShown *shown, PisdFrame *frame)
{
  if (frame != NULL)
    pisd_frame_ref (frame);
  pisd_frame_unref (shown->frame);
  shown->frame = frame;
}

void
explorer_shown_set_exact (ExplorerShown *shown, PisdExact *exact)
{
  if (exact != NULL)
    pisd_exact_ref (exact);
  pisd_exact_unref (shown->exact);
  shown->exact = exact;
}

const PisdScenario *
explorer_shown_get_scenario (const ExplorerShown *shown)
{
  return explorer_session_get_scenario (shown->session);
}

static gboolean
is_of_run (const ExplorerShown *shown)
{
  return shown->estimate == EXPLORER_ESTIMATE_FRAME || shown->estimate == EXPLORER_ESTIMATE_ENSEMBLE
         || shown->estimate == EXPLORER_ESTIMATE_RESULT;
}

PisdScenario *
explorer_shown_dup_setup (const ExplorerShown *shown)
{
  PisdScenario *setup;

  if (!is_of_run (shown))
    return pisd_scenario_dup (explorer_shown_get_scenario (shown));
  setup = pisd_scenario_dup (explorer_session_get_run_scenario (shown->session));
  setup->settings.parameters = *explorer_session_get_parameters (shown->session);
  return setup;
}

const PisdField *
explorer_shown_get_truth (const ExplorerShown *shown, PisdFieldId id)
{
  return pisd_scenario_get_truth (explorer_shown_get_scenario (shown), id);
}

gboolean
explorer_shown_is_exact_of_another (const ExplorerShown *shown)
{
  const PisdSettings *settings = &explorer_shown_get_scenario (shown)->settings;

  return !pisd_method_get_prior (settings->prior)->is_gaussian
         && (shown->exact == NULL || !shown->exact->is_best);
}

gboolean
explorer_shown_is_run_of_this_truth (const ExplorerShown *shown)
{
  const PisdScenario *run = explorer_session_get_run_scenario (shown->session);

  return run != NULL && run->instance == explorer_shown_get_scenario (shown)->instance;
}

/* Of the run before: the session cannot decode it any more. */
static gboolean
is_frame_old (const ExplorerShown *shown)
{
  return shown->frame->run_id != explorer_session_get_run_id (shown->session);
}

/* A mean stands for the last step: earlier ones are those of the first sample. */
static gboolean
is_at_end (const ExplorerShown *shown)
{
  return shown->frame == NULL || is_frame_old (shown)
         || shown->frame->step == shown->frame->n_steps;
}

/* The mean of several samples is the result; with second order the discarded modes are only in
 * the result. */
static gboolean
is_result_more_than_frame (const ExplorerShown *shown, const PisdResult *result)
{
  const PisdMethod *method = pisd_method_get (result->settings.guidance);

  if (result->n_samples > 1 && !method->knows_mean)
    return explorer_preferences_get (shown->preferences, "sample-mean");
  return result->complete && method->conditions;
}

static ExplorerEstimate
choose (const ExplorerShown *shown)
{
  const PisdResult *result = explorer_session_get_result (shown->session);

  if (shown->live && shown->exact != NULL)
    return EXPLORER_ESTIMATE_LIVE;
  if (!explorer_session_has_run (shown->session))
    return EXPLORER_ESTIMATE_NONE;
  if (is_at_end (shown) && result != NULL && is_result_more_than_frame (shown, result))
    return EXPLORER_ESTIMATE_RESULT;
  if (is_at_end (shown) && explorer_session_get_ensemble (shown->session) != NULL
      && explorer_preferences_get (shown->preferences, "sample-mean"))
    return EXPLORER_ESTIMATE_ENSEMBLE;
  if (shown->frame != NULL && !is_frame_old (shown))
    return EXPLORER_ESTIMATE_FRAME;
  return shown->name != NULL ? EXPLORER_ESTIMATE_KEPT : EXPLORER_ESTIMATE_NONE;
}

static guint
count_samples (const ExplorerShown *shown)
{
  switch (shown->estimate)
    {
    case EXPLORER_ESTIMATE_ENSEMBLE:
      return explorer_session_get_ensemble (shown->session)->n;
    case EXPLORER_ESTIMATE_RESULT:
      return explorer_session_get_result (shown->session)->n_samples;
    default:
      return 1;
    }
}

/* What is kept of a run before keeps its name. */
static void
update_name (ExplorerShown *shown)
{
  PisdName name = { 0 };

  g_clear_pointer (&shown->name, g_free);
  if (shown->estimate == EXPLORER_ESTIMATE_NONE)
    return;
  if (shown->estimate != EXPLORER_ESTIMATE_LIVE
      && explorer_session_get_run_name (shown->session, &name))
    name.n_samples = count_samples (shown);
  shown->name = pisd_name_dup (&name);
}

void
explorer_shown_choose (ExplorerShown *shown)
{
  const gboolean live = shown->live && shown->exact != NULL;

  shown->estimate = choose (shown);
  if (shown->estimate == EXPLORER_ESTIMATE_KEPT)
    {
      shown->changes |= explorer_session_get_changes (shown->session);
      return;
    }
  shown->changes = live ? 0 : explorer_session_get_changes (shown->session);
  shown->run_id = live ? EXPLORER_RUN_LIVE : explorer_session_get_run_id (shown->session);
  update_name (shown);
}

char *
explorer_shown_dup_weights (const ExplorerShown *shown)
{
  const PisdScenario *run = explorer_session_get_run_scenario (shown->session);

  if (shown->name == NULL || shown->run_id == EXPLORER_RUN_LIVE
      || shown->estimate == EXPLORER_ESTIMATE_KEPT)
    return NULL;
  return pisd_name_dup_weights (run, explorer_session_get_parameters (shown->session));
}

const char *
explorer_shown_get_mark (const ExplorerShown *shown)
{
  if (shown->name == NULL || !shown->marks)
    return NULL;
  return pisd_name_get_mark (shown->changes);
}

gboolean
explorer_shown_is_noisy (const ExplorerShown *shown)
{
  return shown->noisy && shown->estimate == EXPLORER_ESTIMATE_FRAME && shown->frame->sigma > 0;
}

void
explorer_shown_decode (const ExplorerShown *shown, guint field, PisdField *out)
{
  const PisdFrame *frame = shown->frame;

  switch (shown->estimate)
    {
    case EXPLORER_ESTIMATE_LIVE:
      pisd_field_copy (shown->exact->mean[field], out);
      break;
    case EXPLORER_ESTIMATE_ENSEMBLE:
      pisd_field_copy (explorer_session_get_ensemble (shown->session)->mean[field], out);
      break;
    case EXPLORER_ESTIMATE_RESULT:
      pisd_field_copy (explorer_session_get_result (shown->session)->mean[field], out);
      break;
    case EXPLORER_ESTIMATE_FRAME:
      pisd_representation_decode_float (explorer_session_get_representation (shown->session),
                                        shown->noisy ? frame->state : frame->denoised, field, out);
      break;
    default:
      break;
    }
}

gboolean
explorer_shown_decode_state (const ExplorerShown *shown, guint field, PisdField *out)
{
  if (shown->frame == NULL || is_frame_old (shown) || !explorer_session_has_run (shown->session))
    return FALSE;
  pisd_representation_decode_float (explorer_session_get_representation (shown->session),
                                    shown->frame->state, field, out);
  return TRUE;
}

gboolean
explorer_shown_get_moments (const ExplorerShown *shown,
                            guint field,
                            const PisdField **mean,
                            const PisdField **sd,
                            guint *n_samples)
{
  const PisdResult *result = explorer_session_get_result (shown->session);
  const PisdEnsemble *ensemble = explorer_session_get_ensemble (shown->session);

  if (shown->live || !explorer_session_has_run (shown->session))
    return FALSE;
  if (result != NULL && pisd_result_has_spread (result))
    {
      *mean = result->mean[field];
      *sd = result->sd[field];
      if (n_samples != NULL)
        *n_samples = pisd_result_count_estimating (result);
      return TRUE;
    }
  if (ensemble == NULL || ensemble->n < 2)
    return FALSE;
  *mean = ensemble->mean[field];
  *sd = ensemble->sd[field];
  if (n_samples != NULL)
    *n_samples = ensemble->n;
  return TRUE;
}

double
explorer_shown_get_error (const ExplorerShown *shown, guint field)
{
  if (shown->name == NULL)
    return NAN;
  switch (shown->estimate)
    {
    case EXPLORER_ESTIMATE_LIVE:
      return shown->exact->errors[field];
    case EXPLORER_ESTIMATE_RESULT:
      return explorer_session_get_result (shown->session)->errors[field];
    case EXPLORER_ESTIMATE_ENSEMBLE:
      return NAN;
    default:
      return shown->frame == NULL ? NAN : shown->frame->errors[field];
    }
}

/* Words. */

static char *
dup_mean_title (const ExplorerShown *shown, const char *name)
{
  const guint n_all = explorer_session_get_run_settings (shown->session)->samples;
  const PisdResult *result = explorer_session_get_result (shown->session);
  const PisdEnsemble *ensemble = explorer_session_get_ensemble (shown->session);
  const guint n = result != NULL ? result->n_samples : ensemble->n;

  if (n == n_all)
    return g_strdup_printf (_ ("%s, mean of %u"), name, n);
  return g_strdup_printf (_ ("%s, mean of %u of %u"), name, n, n_all);
}

gboolean
explorer_shown_is_mean (const ExplorerShown *shown)
{
  const PisdResult *result = explorer_session_get_result (shown->session);

  if (shown->estimate == EXPLORER_ESTIMATE_RESULT)
    return result->n_samples > 1 && !pisd_method_get (result->settings.guidance)->knows_mean;
  return shown->estimate == EXPLORER_ESTIMATE_ENSEMBLE;
}

char *
explorer_shown_dup_estimate_title (const ExplorerShown *shown, const char *name)
{
  const PisdResult *result = explorer_session_get_result (shown->session);

  if (explorer_shown_is_mean (shown))
    return dup_mean_title (shown, name);
  if (shown->estimate == EXPLORER_ESTIMATE_LIVE)
    return g_strdup_printf (_ ("%s, live mean"), name);
  if (shown->estimate == EXPLORER_ESTIMATE_RESULT
      && pisd_method_get (result->settings.guidance)->knows_mean)
    return g_strdup_printf (_ ("%s, exact mean"), name);
  return g_strdup_printf (shown->noisy ? _ ("%s, state x") : _ ("%s, estimate D"), name);
}

const char *
explorer_shown_get_error_note (const ExplorerShown *shown)
{
  if (explorer_shown_get_scenario (shown)->instance == NULL)
    return _ ("The truth is not known");
  if (shown->frame != NULL && !explorer_shown_is_run_of_this_truth (shown))
    return _ ("Another truth than the run’s");
  return _ ("Press Run");
}
