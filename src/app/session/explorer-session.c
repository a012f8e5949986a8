#include "explorer-session.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pisd-history.h"
#include "explorer-job.h"
#include "pisd-error.h"

/* What the program opens with, beside the settings' defaults. */
#define BUNDLED_SENSORS 500
#define BUNDLED_SENSOR_SEED 1

struct _ExplorerSession
{
  GObject parent_instance;

  PisdScenario *scenario;
  PisdHistory *history;
  double noise_sd;

  /* The stroke under way. */
  guint edit_depth;
  PisdScenario *before_edit;
  gboolean edit_refused; /* it has been said already */

  /* The run shown, running or not; NULL before the first. */
  ExplorerJob *job;
  guint run_id;
  PisdRepresentation *representation;
  PisdEnsemble *ensemble;      /* its finished samples, NULL: none */
  PisdGuidanceParameters sent; /* what the worker was told last */
  gboolean running;
  gboolean paused;
};

G_DEFINE_FINAL_TYPE (ExplorerSession, explorer_session, G_TYPE_OBJECT)

enum
{
  PROP_RUNNING = 1,
  PROP_PAUSED,
  PROP_N_SENSORS,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

enum
{
  SIGNAL_SCENARIO_CHANGED,
  SIGNAL_COMMITTED,
  SIGNAL_RUN_STARTED,
  SIGNAL_FRAME_READY,
  SIGNAL_FRAME,
  SIGNAL_ENSEMBLE,
  SIGNAL_RUN_FINISHED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
fail (ExplorerSession *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

/* Properties. */

static void
explorer_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerSession *self = EXPLORER_SESSION (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_N_SENSORS:
      g_value_set_uint (value, self->scenario->sensors->n);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, pisd_history_get_n_undo (self->history) > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, pisd_history_get_n_redo (self->history) > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_session_dispose (GObject *object)
{
  ExplorerSession *self = EXPLORER_SESSION (object);

  g_clear_pointer (&self->job, explorer_job_release);
  G_OBJECT_CLASS (explorer_session_parent_class)->dispose (object);
}

static void
explorer_session_finalize (GObject *object)
{
  ExplorerSession *self = EXPLORER_SESSION (object);

  pisd_scenario_free (self->scenario);
  pisd_scenario_free (self->before_edit);
  pisd_history_free (self->history);
  pisd_representation_free (self->representation);
  pisd_ensemble_unref (self->ensemble);
  G_OBJECT_CLASS (explorer_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const struct
  {
    guint id;
    const char *name;
  } flags[] = { { PROP_RUNNING, "running" },
                { PROP_PAUSED, "paused" },
                { PROP_CAN_UNDO, "can-undo" },
                { PROP_CAN_REDO, "can-redo" } };
  const GParamFlags access = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  for (guint k = 0; k < G_N_ELEMENTS (flags); k++)
    properties[flags[k].id] = g_param_spec_boolean (flags[k].name, NULL, NULL, FALSE, access);
  properties[PROP_N_SENSORS] =
      g_param_spec_uint ("n-sensors", NULL, NULL, 0, PISD_MAX_SENSORS, 0, access);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (GType type)
{
  static const struct
  {
    const char *name;
    GType argument; /* G_TYPE_NONE: none */
  } rows[N_SIGNALS] = {
    [SIGNAL_SCENARIO_CHANGED] = { "scenario-changed", G_TYPE_UINT },
    [SIGNAL_COMMITTED] = { "committed", G_TYPE_UINT },
    [SIGNAL_RUN_STARTED] = { "run-started", G_TYPE_UINT },
    [SIGNAL_FRAME_READY] = { "frame-ready", G_TYPE_NONE },
    [SIGNAL_FRAME] = { "frame", G_TYPE_POINTER },
    [SIGNAL_ENSEMBLE] = { "ensemble", G_TYPE_NONE },
    [SIGNAL_RUN_FINISHED] = { "run-finished", G_TYPE_NONE },
    [SIGNAL_FAILED] = { "failed", G_TYPE_STRING },
  };

  for (guint k = 0; k < N_SIGNALS; k++)
    signals[k] =
        g_signal_new (rows[k].name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      rows[k].argument == G_TYPE_NONE ? 0 : 1, rows[k].argument);
}

static void
explorer_session_class_init (ExplorerSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_session_get_property;
  object_class->dispose = explorer_session_dispose;
  object_class->finalize = explorer_session_finalize;
  install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
explorer_session_init (ExplorerSession *self)
{
  g_autoptr (GError) error = NULL;

  self->history = pisd_history_new (EXPLORER_UNDO_LEVELS);
  self->scenario = pisd_scenario_new ();
  if (!pisd_edit_set_random_instance (self->scenario, self->scenario->settings.family,
                                      self->scenario->settings.instance_seed, &error)
      || !pisd_edit_scatter (self->scenario, PISD_FIELD_A, BUNDLED_SENSORS, 0, BUNDLED_SENSOR_SEED,
                             &error))
    g_warning ("The bundled instance: %s", error->message);
}

ExplorerSession *
explorer_session_new (void)
{
  return g_object_new (EXPLORER_TYPE_SESSION, NULL);
}

const PisdScenario *
explorer_session_get_scenario (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), NULL);
  return self->scenario;
}

static char *
dup_field_counts (const PisdScenario *scenario)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < problem->n_fields; k++)
    g_string_append_printf (text, "%s%s\u00a0%u", k == 0 ? "" : ", ", problem->fields[k].name,
                            pisd_sensors_count (scenario->sensors, problem->fields[k].id));
  return g_string_free (text, FALSE);
}

void
explorer_session_describe_sensors (ExplorerSession *self, char **total, char **fields)
{
  const guint n = self->scenario->sensors->n;

  if (total != NULL)
    *total = g_strdup_printf (ngettext ("%u sensor", "%u sensors", n), n);
  if (fields != NULL)
    *fields = dup_field_counts (self->scenario);
}

void
explorer_session_get_preset (ExplorerSession *self, PisdSettings *settings)
{
  pisd_edit_get_preset (self->scenario, settings);
}

/* Changes of the scenario. */

/* New weights reach a run that they fit. */
static void
send_parameters (ExplorerSession *self)
{
  const PisdSettings *now = &self->scenario->settings;
  const PisdSettings *run = explorer_session_get_run_settings (self);

  if (!self->running || now->guidance != run->guidance || now->problem != run->problem
      || memcmp (&now->parameters, &self->sent, sizeof self->sent) == 0)
    return;
  self->sent = now->parameters;
  pisd_channel_set_parameters (explorer_job_get_channel (self->job), &self->sent);
}

static void
changed (ExplorerSession *self, guint flags)
{
  if (flags & PISD_CHANGE_SETTINGS)
    send_parameters (self);
  if (flags & PISD_CHANGE_SENSORS)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SENSORS]);
  g_signal_emit (self, signals[SIGNAL_SCENARIO_CHANGED], 0, flags);
}

static void
notify_history (ExplorerSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

/* The scenario became another than `before` (taken): one level of undo. */
static void
commit (ExplorerSession *self, PisdScenario *before, guint flags, const char *tag)
{
  pisd_history_push (self->history, before, tag, g_get_monotonic_time ());
  notify_history (self);
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, flags);
}

/* Takes the edited copy; nothing happens if it is equal. */
static void
adopt (ExplorerSession *self, PisdScenario *next, const char *tag)
{
  const guint flags = pisd_edit_diff (self->scenario, next);
  PisdScenario *before = self->scenario;

  if (flags == 0)
    {
      pisd_scenario_free (next);
      return;
    }
  self->scenario = next;
  changed (self, flags);
  if (self->edit_depth > 0)
    pisd_scenario_free (before);
  else
    commit (self, before, flags, tag);
}

/* Ends an edit of the copy `next` (taken): adopted, or dropped with a message where it failed. */
static gboolean
conclude (ExplorerSession *self, PisdScenario *next, gboolean success, GError *error)
{
  if (!success)
    {
      fail (self, error->message);
      g_error_free (error);
      pisd_scenario_free (next);
      return FALSE;
    }
  pisd_edit_follow_preset (self->scenario, next);
  adopt (self, next, NULL);
  return TRUE;
}

gboolean
explorer_session_set_problem (ExplorerSession *self, PisdProblemId problem, double wavenumber)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_set_problem (next, problem, wavenumber, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_set_random_instance (ExplorerSession *self, PisdFamily family, guint64 seed)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_set_random_instance (next, family, seed, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_set_source (ExplorerSession *self, const PisdField *source)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_set_source (next, source, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_open_truth (ExplorerSession *self, const char *path)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_open_truth (next, path, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_open_sensors (ExplorerSession *self, const char *path)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_open_sensors (next, path, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_open_scenario (ExplorerSession *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  PisdScenario *next;

  next = pisd_scenario_load (path, &error);
  if (next == NULL)
    {
      fail (self, error->message);
      return FALSE;
    }
  adopt (self, next, NULL);
  return TRUE;
}

gboolean
explorer_session_scatter (ExplorerSession *self, PisdFieldId field, guint n, guint64 seed)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_scatter (next, field, n, self->noise_sd, seed, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_place_grid (ExplorerSession *self,
                             PisdFieldId field,
                             guint n_rows,
                             guint n_columns)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success =
      pisd_edit_place_grid (next, field, n_rows, n_columns, self->noise_sd, &error);

  return conclude (self, next, success, error);
}

gboolean
explorer_session_place_ring (ExplorerSession *self, PisdFieldId field, guint n)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;
  const gboolean success = pisd_edit_place_ring (next, field, n, self->noise_sd, &error);

  return conclude (self, next, success, error);
}

void
explorer_session_clear_sensors (ExplorerSession *self)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  pisd_sensors_clear (next->sensors);
  conclude (self, next, TRUE, NULL);
}

/* The settings that say which truth there is go through the edits that make it. */
static gboolean
set_truth_setting (ExplorerSession *self, const PisdSettings *settings, gboolean *done)
{
  const PisdSettings *now = &self->scenario->settings;

  *done = TRUE;
  if (settings->problem != now->problem || settings->wavenumber != now->wavenumber)
    return explorer_session_set_problem (self, settings->problem, settings->wavenumber);
  if (settings->family != now->family || settings->instance_seed != now->instance_seed)
    return explorer_session_set_random_instance (self, settings->family, settings->instance_seed);
  *done = FALSE;
  return TRUE;
}

gboolean
explorer_session_set_setting (ExplorerSession *self, const char *key, const char *text)
{
  PisdSettings settings = self->scenario->settings;
  g_autoptr (GError) error = NULL;
  PisdScenario *next;
  gboolean done, success;

  if (!pisd_settings_set (&settings, key, text, &error) || !pisd_settings_check (&settings, &error))
    {
      fail (self, error->message);
      return FALSE;
    }
  success = set_truth_setting (self, &settings, &done);
  if (done)
    return success;
  next = pisd_scenario_dup (self->scenario);
  next->settings = settings;
  adopt (self, next, key);
  return TRUE;
}

gboolean
explorer_session_apply_preset (ExplorerSession *self, PisdGuidanceId guidance)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  next->settings.guidance = guidance;
  pisd_edit_get_preset (next, &next->settings);
  adopt (self, next, NULL);
  return TRUE;
}

/* Strokes. */

void
explorer_session_begin_edit (ExplorerSession *self)
{
  if (self->edit_depth++ > 0)
    return;
  self->before_edit = pisd_scenario_dup (self->scenario);
  self->edit_refused = FALSE;
}

void
explorer_session_end_edit (ExplorerSession *self)
{
  PisdScenario *before;
  guint flags, followed;

  g_return_if_fail (self->edit_depth > 0);
  if (--self->edit_depth > 0)
    return;
  before = g_steal_pointer (&self->before_edit);
  flags = pisd_edit_diff (before, self->scenario);
  if (flags == 0)
    {
      pisd_scenario_free (before);
      return;
    }
  pisd_edit_follow_preset (before, self->scenario);
  followed = pisd_edit_diff (before, self->scenario) & ~flags;
  if (followed != 0)
    changed (self, followed);
  commit (self, before, flags | followed, NULL);
}

static void
refuse_edit (ExplorerSession *self, const char *message)
{
  if (!self->edit_refused)
    fail (self, message);
  self->edit_refused = TRUE;
}

void
explorer_session_paint (ExplorerSession *self,
                        PisdFieldId field,
                        int i,
                        int j,
                        int radius,
                        gboolean erase)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  explorer_session_begin_edit (self);
  if (erase)
    pisd_edit_erase (self->scenario, field, i, j, radius);
  else if (!pisd_edit_paint (self->scenario, field, i, j, radius, self->noise_sd, &error))
    refuse_edit (self, error->message);
  changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_move_sensor (ExplorerSession *self,
                              PisdFieldId field,
                              int i,
                              int j,
                              int to_i,
                              int to_j)
{
  const int index = pisd_edit_find (self->scenario, field, i, j);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (index < 0)
    return;
  explorer_session_begin_edit (self);
  if (!pisd_edit_move (self->scenario, (guint) index, to_i, to_j, &error))
    refuse_edit (self, error->message);
  else
    changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_restart_edit (ExplorerSession *self)
{
  g_return_if_fail (self->before_edit != NULL);
  pisd_sensors_free (self->scenario->sensors);
  self->scenario->sensors = pisd_sensors_dup (self->before_edit->sensors);
  changed (self, PISD_CHANGE_SENSORS);
}

void
explorer_session_set_noise_sd (ExplorerSession *self, double sd)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && sd >= 0);
  self->noise_sd = sd;
}

double
explorer_session_get_noise_sd (ExplorerSession *self)
{
  return self->noise_sd;
}

static void
move_in_history (ExplorerSession *self, PisdScenario *(*move) (PisdHistory *, PisdScenario *) )
{
  PisdScenario *present = self->scenario;
  PisdScenario *other;

  if (self->edit_depth > 0)
    return; /* in the middle of a stroke there is nothing complete to go back from */
  other = move (self->history, present);
  if (other == NULL)
    return;
  self->scenario = other;
  changed (self, pisd_edit_diff (present, other));
  notify_history (self);
}

void
explorer_session_undo (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  move_in_history (self, pisd_history_undo);
}

void
explorer_session_redo (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  move_in_history (self, pisd_history_redo);
}

/* Runs. */

static void
set_state (ExplorerSession *self, gboolean running, gboolean paused)
{
  const gboolean was_running = self->running;
  const gboolean was_paused = self->paused;

  self->running = running;
  self->paused = paused;
  if (running != was_running)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (paused != was_paused)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static void
on_job_ready (ExplorerJob *job, gpointer target)
{
  ExplorerSession *self = target;

  if (job == self->job)
    g_signal_emit (self, signals[SIGNAL_FRAME_READY], 0);
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
  g_signal_emit (self, signals[SIGNAL_RUN_FINISHED], 0);
  if (error != NULL && !g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED))
    fail (self, error->message);
}

/* Ends the run shown; what the next one need not make again goes into the empty `cache`. */
static void
end_job (ExplorerSession *self, PisdRunCache *cache)
{
  if (self->job == NULL)
    return;
  explorer_job_stop (self->job);
  explorer_job_take_cache (self->job, cache);
  g_clear_pointer (&self->job, explorer_job_release);
}

static gboolean
start (ExplorerSession *self, PisdPace pace)
{
  const PisdSettings *settings = &self->scenario->settings;
  g_autoptr (GError) error = NULL;
  PisdRepresentation *representation;
  PisdRunCache cache = { 0 };

  if (!pisd_settings_check (settings, &error))
    {
      fail (self, error->message);
      return FALSE;
    }
  representation = pisd_representation_new (settings, &error);
  if (representation == NULL)
    {
      fail (self, error->message);
      return FALSE;
    }
  end_job (self, &cache);
  pisd_representation_free (self->representation);
  self->representation = representation;
  g_clear_pointer (&self->ensemble, pisd_ensemble_unref);
  self->sent = settings->parameters;
  self->job = explorer_job_start (++self->run_id, self->scenario, pace, &cache, G_OBJECT (self),
                                  on_job_ready, on_job_done);
  set_state (self, TRUE, pace == PISD_PACE_PAUSED);
  g_signal_emit (self, signals[SIGNAL_RUN_STARTED], 0, settings->steps);
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
explorer_session_step (ExplorerSession *self)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  /* The exact posterior has no steps. */
  if (!self->running && self->scenario->settings.guidance == PISD_GUIDANCE_EXACT)
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
  fail (self, message);
}

static gboolean
drain_ensemble (ExplorerSession *self)
{
  PisdEnsemble *ensemble = pisd_channel_take_ensemble (explorer_job_get_channel (self->job));

  if (ensemble == NULL)
    return FALSE;
  pisd_ensemble_unref (self->ensemble);
  self->ensemble = ensemble;
  g_signal_emit (self, signals[SIGNAL_ENSEMBLE], 0);
  return TRUE;
}

static gboolean
drain_frame (ExplorerSession *self)
{
  g_autoptr (PisdFrame) frame = pisd_channel_take (explorer_job_get_channel (self->job));

  if (frame == NULL)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, frame);
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

PisdResult *
explorer_session_get_result (ExplorerSession *self)
{
  return self->job == NULL || self->running ? NULL : explorer_job_get_result (self->job);
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

PisdRepresentation *
explorer_session_get_representation (ExplorerSession *self)
{
  return self->representation;
}
