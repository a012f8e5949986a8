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
      || memcmp (&now->parameters, &self->sent, sizeof self->sent) == 0)
    return;
  self->sent = now->parameters;
  pisd_channel_set_parameters (explorer_job_get_channel (self->job), &self->sent);
}

void
explorer_session_update_changes (ExplorerSession *self)
{
  const PisdScenario *run = explorer_session_get_run_scenario (self);

  self->changes = run == NULL ? 0 : pisd_name_find_changes (run, &self->sent, self->scenario);
}

static void
set_state (ExplorerSession *self, gboolean running, gboolean paused)
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

static void
on_job_ready (ExplorerJob *job, gpointer target)
{
  ExplorerSession *self = target;

  if (job == self->job)
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
  set_state (self, FALSE, FALSE);
  if (self->scenario->sensors->n == 0)
    explorer_spare_soon ();
  g_signal_emit_by_name (self, "run-finished");
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

/* Ends the run shown; what the next one need not make again goes into the empty `cache`, and is
 * returned where it decodes the frames of both. */
static PisdRepresentation *
end_job (ExplorerSession *self, const PisdSettings *next, PisdRunCache *cache)
{
  PisdRepresentation *representation = NULL;
  gboolean is_large;

  if (self->job == NULL)
    return NULL;
  is_large = explorer_job_get_scenario (self->job)->settings.samples > MANY_SAMPLES
             || explorer_job_get_scenario (self->job)->settings.steps > MANY_STEPS;
  explorer_job_stop (self->job);
  explorer_job_take_cache (self->job, cache);
  if (is_represented (self, next))
    representation = explorer_job_take_representation (self->job);
  g_clear_pointer (&self->job, explorer_job_release);
  g_clear_pointer (&self->ensemble, pisd_ensemble_free);
  if (is_large)
    explorer_spare_soon ();
  return representation;
}

static gboolean
start (ExplorerSession *self, PisdPace pace)
{
  const PisdSettings *settings = &self->scenario->settings;
  g_autoptr (GError) error = NULL;
  PisdRepresentation *representation;
  PisdRunCache cache = { 0 };

  if (!pisd_settings_check_in_words (settings, PISD_WORDS_TITLES, &error))
    {
      explorer_session_fail (self, error->message);
      return FALSE;
    }
  representation = end_job (self, settings, &cache);
  g_clear_pointer (&self->ensemble, pisd_ensemble_free);
  self->sent = settings->parameters;
  self->job =
      explorer_job_start (++self->run_id, self->scenario, pace, &cache, EXPLORER_JOB_DECODED,
                          representation, G_OBJECT (self), on_job_ready, on_job_done);
  explorer_session_update_changes (self);
  set_state (self, TRUE, pace == PISD_PACE_PAUSED);
  g_signal_emit_by_name (self, "run-started", settings->steps);
  return TRUE;
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
  set_state (self, TRUE, TRUE);
}

void
explorer_session_resume (ExplorerSession *self, PisdPace pace)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && pace != PISD_PACE_PAUSED);
  if (!self->running || !self->paused)
    return;
  pisd_channel_set_pace (explorer_job_get_channel (self->job), pace);
  set_state (self, TRUE, FALSE);
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

  set_state (self, self->running, self->running);
  explorer_session_fail (self, message);
}

static gboolean
drain_ensemble (ExplorerSession *self)
{
  PisdEnsemble *ensemble = pisd_channel_take_ensemble (explorer_job_get_channel (self->job));

  if (ensemble == NULL)
    return FALSE;
  pisd_ensemble_free (self->ensemble);
  self->ensemble = ensemble;
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
  return self->ensemble;
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
  return self->run_id;
}

const PisdGuidanceParameters *
explorer_session_get_parameters (ExplorerSession *self)
{
  return &self->sent;
}

guint
explorer_session_get_changes (ExplorerSession *self)
{
  return self->changes;
}

/* Steps of a run that has ended before its last one. */
static guint
count_steps (ExplorerSession *self)
{
  const PisdResult *result = explorer_session_get_result (self);

  if (result != NULL)
    return result->n_steps;
  return MAX (explorer_session_get_n_frames (self), 1) - 1;
}

gboolean
explorer_session_get_run_name (ExplorerSession *self, PisdName *name)
{
  const PisdSettings *settings = explorer_session_get_run_settings (self);
  const PisdResult *result = explorer_session_get_result (self);

  if (settings == NULL)
    return FALSE;
  pisd_name_init (name, settings);
  if (!self->running && (result == NULL || !result->complete))
    name->n_steps = count_steps (self);
  name->retuned = memcmp (&self->sent, &settings->parameters, sizeof self->sent) != 0;
  return TRUE;
}

PisdRepresentation *
explorer_session_get_representation (ExplorerSession *self)
{
  return self->job == NULL ? NULL : explorer_job_get_representation (self->job);
}
