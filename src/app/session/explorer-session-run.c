#include "explorer-session-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "explorer-spare.h"
#include "pisd-error.h"

/* New weights reach a run that they fit. */
void
explorer_session_send_parameters (ExplorerSession *self)
{
  const PisdSettings *now = &self->scenario->settings;
  const PisdSettings *run = explorer_session_get_run_settings (self);

  if (!self->running || now->guidance != run->guidance || now->problem != run->problem
      || memcmp (&now->parameters, &self->run->sent, sizeof now->parameters) == 0)
    return;
  self->run->sent = now->parameters;
  pisd_channel_set_parameters (explorer_job_get_channel (self->job), &self->run->sent);
}

void
explorer_session_update_changes (ExplorerSession *self)
{
  const PisdScenario *run = explorer_session_get_run_scenario (self);

  self->changes = run == NULL ? 0 : pisd_name_find_changes (run, &self->run->sent, self->scenario);
}

void
explorer_session_set_state (ExplorerSession *self, gboolean running, gboolean paused)
{
  const gboolean was_running = self->running;
  const gboolean was_paused = self->paused;

  self->running = running;
  self->paused = paused;
  if (running != was_running)
    g_object_notify (G_OBJECT (self), "running");
  if (paused != was_paused)
    g_object_notify (G_OBJECT (self), "paused");
}

/* A model in another process does not answer as it should: the run is paused until it goes on. */
static void
drain_stall (ExplorerSession *self)
{
  g_autoptr (GError) stall = pisd_channel_take_stall (explorer_job_get_channel (self->job));
  g_autofree char *message = NULL;

  if (stall == NULL)
    return;
  message =
      g_strdup_printf (_ ("%s. The run is paused, and goes on when you let it."), stall->message);
  explorer_session_set_state (self, self->running, self->running);
  explorer_session_fail (self, message);
}

/* One that is slow is waited for, and that is said. */
static void
drain_notice (ExplorerSession *self)
{
  g_autoptr (GError) notice = pisd_channel_take_notice (explorer_job_get_channel (self->job));
  g_autofree char *message = NULL;

  if (notice == NULL)
    return;
  message = g_strdup_printf (_ ("%s. It is waited for; Esc stops the run."), notice->message);
  explorer_session_fail (self, message);
}

static void
on_job_ready (ExplorerJob *job, gpointer target)
{
  ExplorerSession *self = target;

  if (job != self->job)
    return;
  drain_stall (self);
  drain_notice (self);
  g_signal_emit_by_name (self, "frame-ready");
}

/* A run that was replaced meanwhile is none of ours: its thread is joined, its frames are gone. */
static void
on_job_done (ExplorerJob *job, gpointer target)
{
  ExplorerSession *self = target;
  const GError *error;

  if (job != self->job)
    return;
  explorer_session_drain (self);
  error = explorer_job_get_error (job);
  explorer_session_set_state (self, FALSE, FALSE);
  if (self->scenario->sensors->n == 0)
    explorer_spare_soon ();
  g_signal_emit_by_name (self, "run-finished");
  explorer_session_keep_budget (self);
  if (error != NULL && !g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED))
    explorer_session_fail (self, error->message);
}

/* Samples and steps beyond which a run that ends gives its memory back to the system. */
#define MANY_SAMPLES 64
#define MANY_STEPS 2000

/* Whether its latents are those of the settings: scales of a flow take time to simulate. */
static gboolean
is_represented (ExplorerSession *self, const PisdSettings *settings)
{
  const PisdSettings *before = explorer_session_get_run_settings (self);

  return before != NULL && pisd_settings_same_latent (before, settings);
}

/* Whether it has come to something that can be looked at. */
static gboolean
is_worth_keeping (const ExplorerRun *run)
{
  return explorer_run_count_steps (run) > 0 || explorer_job_get_result (run->job) != NULL;
}

void
explorer_session_leave_run (ExplorerSession *self, PisdRunCache *cache)
{
  ExplorerRun *run = self->run;
  const PisdSettings *settings;

  if (run == NULL)
    return;
  settings = &explorer_run_get_scenario (run)->settings;
  explorer_job_stop (run->job);
  explorer_job_take_cache (run->job, cache);
  if (settings->samples > MANY_SAMPLES || settings->steps > MANY_STEPS)
    explorer_spare_soon ();
  self->run = NULL;
  self->job = NULL;
  if (!is_worth_keeping (run))
    g_ptr_array_remove (self->runs, run);
}

/* What decodes the frames of the run shown, where those of the next one are decoded likewise. */
static PisdRepresentation *
take_representation (ExplorerSession *self, const PisdSettings *next)
{
  if (self->job == NULL || !is_represented (self, next))
    return NULL;
  explorer_job_stop (self->job);
  return explorer_job_take_representation (self->job);
}

gboolean
explorer_session_start (ExplorerSession *self,
                        const PisdScenario *scenario,
                        PisdBranch *branch,
                        PisdPace pace)
{
  const PisdSettings *settings = &scenario->settings;
  const guint origin = branch != NULL ? self->run->id : 0;
  g_autoptr (GError) error = NULL;
  PisdRepresentation *representation;
  PisdRunCache cache = { 0 };

  if (!pisd_settings_check_in_words (settings, PISD_WORDS_TITLES, &error))
    {
      explorer_session_fail (self, error->message);
      return FALSE;
    }
  representation = take_representation (self, settings);
  explorer_session_leave_run (self, &cache);
  self->job =
      explorer_job_start (++self->n_runs, scenario, branch, pace, &cache, EXPLORER_JOB_DECODED,
                          representation, G_OBJECT (self), on_job_ready, on_job_done);
  self->run = explorer_run_new (self->n_runs, self->job);
  self->run->origin = origin;
  self->run->branch_step = branch != NULL ? pisd_branch_get_step (branch) : 0;
  g_ptr_array_add (self->runs, self->run);
  explorer_session_update_changes (self);
  explorer_session_set_state (self, TRUE, pace == PISD_PACE_PAUSED);
  g_signal_emit_by_name (self, "run-started", settings->steps);
  explorer_session_keep_budget (self);
  return TRUE;
}

static gboolean
start (ExplorerSession *self, PisdPace pace)
{
  return explorer_session_start (self, self->scenario, NULL, pace);
}

gboolean
explorer_session_run (ExplorerSession *self, PisdPace pace)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  return start (self, pace);
}

void
explorer_session_pause (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (!self->running || self->paused)
    return;
  pisd_channel_set_pace (explorer_job_get_channel (self->job), PISD_PACE_PAUSED);
  explorer_session_set_state (self, TRUE, TRUE);
}

void
explorer_session_resume (ExplorerSession *self, PisdPace pace)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && pace != PISD_PACE_PAUSED);
  if (!self->running || !self->paused)
    return;
  pisd_channel_set_pace (explorer_job_get_channel (self->job), pace);
  explorer_session_set_state (self, TRUE, FALSE);
}

void
explorer_session_set_pace (ExplorerSession *self, PisdPace pace)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && pace != PISD_PACE_PAUSED);
  if (self->running && !self->paused)
    pisd_channel_set_pace (explorer_job_get_channel (self->job), pace);
}

void
explorer_session_allow (ExplorerSession *self, guint n_steps)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (n_steps > 0 && explorer_session_get_pace (self) == PISD_PACE_GRANTED)
    pisd_channel_allow (explorer_job_get_channel (self->job), n_steps);
}

void
explorer_session_step (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (!self->running && !pisd_method_get (self->scenario->settings.guidance)->makes_steps)
    {
      explorer_session_run (self, PISD_PACE_FREE);
      return;
    }
  if (!self->running && !start (self, PISD_PACE_PAUSED))
    return;
  explorer_session_pause (self);
  pisd_channel_allow (explorer_job_get_channel (self->job), 1);
}

void
explorer_session_stop (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (self->running)
    pisd_channel_cancel (explorer_job_get_channel (self->job));
}

PisdPace
explorer_session_get_pace (ExplorerSession *self)
{
  return self->running ? pisd_channel_get_pace (explorer_job_get_channel (self->job))
                       : PISD_PACE_FREE;
}

gboolean
explorer_session_is_running (ExplorerSession *self)
{
  return self->running;
}

gboolean
explorer_session_is_paused (ExplorerSession *self)
{
  return self->paused;
}

static void
report_broken (ExplorerSession *self, const PisdFrame *frame)
{
  g_autofree char *message =
      g_strdup_printf (_ ("Step %u: %s became infinite or undefined. The run is paused; smaller "
                          "weights or step sizes may help."),
                       frame->step, frame->broken);

  explorer_session_set_state (self, self->running, self->running);
  explorer_session_fail (self, message);
}

static gboolean
drain_ensemble (ExplorerSession *self)
{
  PisdEnsemble *ensemble = pisd_channel_take_ensemble (explorer_job_get_channel (self->job));

  if (ensemble == NULL)
    return FALSE;
  pisd_ensemble_free (self->run->ensemble);
  self->run->ensemble = ensemble;
  g_signal_emit_by_name (self, "ensemble");
  return TRUE;
}

static gboolean
drain_frame (ExplorerSession *self)
{
  g_autoptr (PisdFrame) frame = pisd_channel_take (explorer_job_get_channel (self->job));

  if (frame == NULL)
    return FALSE;
  g_signal_emit_by_name (self, "frame", frame);
  if (frame->broken != NULL)
    report_broken (self, frame);
  return TRUE;
}

gboolean
explorer_session_drain (ExplorerSession *self)
{
  gboolean drained;

  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  if (self->job == NULL)
    return FALSE;
  drain_stall (self);
  drained = drain_frame (self);
  return drain_ensemble (self) || drained;
}

guint
explorer_session_get_n_frames (ExplorerSession *self)
{
  return self->job == NULL ? 0 : pisd_channel_get_n_frames (explorer_job_get_channel (self->job));
}

PisdFrame *
explorer_session_dup_frame (ExplorerSession *self, guint step)
{
  if (self->job == NULL)
    return NULL;
  return pisd_channel_dup_frame (explorer_job_get_channel (self->job), step);
}

PisdCheckpoint *
explorer_session_dup_checkpoint (ExplorerSession *self, guint step)
{
  if (self->job == NULL)
    return NULL;
  return pisd_channel_dup_checkpoint (explorer_job_get_channel (self->job), step);
}

PisdResult *
explorer_session_get_result (ExplorerSession *self)
{
  return self->job == NULL || self->running ? NULL : explorer_job_get_result (self->job);
}

ExplorerJob *
explorer_session_ref_job (ExplorerSession *self)
{
  return explorer_session_get_result (self) == NULL ? NULL : explorer_job_ref (self->job);
}

PisdEnsemble *
explorer_session_get_ensemble (ExplorerSession *self)
{
  return self->run == NULL ? NULL : self->run->ensemble;
}

const PisdSettings *
explorer_session_get_run_settings (ExplorerSession *self)
{
  const PisdScenario *scenario = explorer_session_get_run_scenario (self);

  return scenario == NULL ? NULL : &scenario->settings;
}

const PisdScenario *
explorer_session_get_run_scenario (ExplorerSession *self)
{
  return self->job == NULL ? NULL : explorer_job_get_scenario (self->job);
}

gboolean
explorer_session_share_tables (ExplorerSession *self, PisdRunCache *cache)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  return self->job != NULL && explorer_job_share_tables (self->job, cache);
}

gboolean
explorer_session_has_run (ExplorerSession *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self);

  return run != NULL && pisd_settings_same_equation (run, &self->scenario->settings);
}

guint
explorer_session_get_run_id (ExplorerSession *self)
{
  return self->run == NULL ? 0 : self->run->id;
}

const PisdGuidanceParameters *
explorer_session_get_parameters (ExplorerSession *self)
{
  return self->run == NULL ? NULL : &self->run->sent;
}

guint
explorer_session_get_changes (ExplorerSession *self)
{
  return self->changes;
}

gboolean
explorer_session_get_run_name (ExplorerSession *self, PisdName *name)
{
  if (self->run == NULL)
    return FALSE;
  explorer_run_get_name (self->run, self->running, name);
  return TRUE;
}

PisdRepresentation *
explorer_session_get_representation (ExplorerSession *self)
{
  return self->job == NULL ? NULL : explorer_job_get_representation (self->job);
}
