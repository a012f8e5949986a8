#include "explorer-session-private.h"

#include "explorer-spare.h"
#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"

/* What the program opens with, beside the settings' defaults. */
#define BUNDLED_SENSORS 500
#define BUNDLED_SENSOR_SEED 1

G_DEFINE_FINAL_TYPE (ExplorerSession, explorer_session, G_TYPE_OBJECT)

enum
{
  PROP_RUNNING = 1,
  PROP_PAUSED,
  PROP_N_SENSORS,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_NOISE_SD,
  N_PROPS
};

enum
{
  SIGNAL_SCENARIO_CHANGED,
  SIGNAL_COMMITTED,
  SIGNAL_EDIT_CANCELLED,
  SIGNAL_DRAWN,
  SIGNAL_ADJUSTED,
  SIGNAL_FOLLOWED,
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

void
explorer_session_fail (ExplorerSession *self, const char *message)
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
    case PROP_NOISE_SD:
      g_value_set_double (value, self->noise_sd);
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
  explorer_session_forget_drawing (self);
  G_OBJECT_CLASS (explorer_session_parent_class)->dispose (object);
}

static void
explorer_session_finalize (GObject *object)
{
  ExplorerSession *self = EXPLORER_SESSION (object);

  pisd_scenario_free (self->scenario);
  pisd_scenario_free (self->before_edit);
  pisd_history_free (self->history);
  pisd_ensemble_free (self->ensemble);
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
  properties[PROP_NOISE_SD] =
      g_param_spec_double ("noise-sd", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, access);
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
    [SIGNAL_EDIT_CANCELLED] = { "edit-cancelled", G_TYPE_NONE },
    [SIGNAL_DRAWN] = { "drawn", G_TYPE_NONE },
    [SIGNAL_ADJUSTED] = { "adjusted", G_TYPE_POINTER },
    [SIGNAL_FOLLOWED] = { "followed", G_TYPE_NONE },
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

static PisdHistory *
new_history (void)
{
  return pisd_history_new (EXPLORER_UNDO_LEAST, EXPLORER_UNDO_MOST, EXPLORER_UNDO_BYTES);
}

static void
explorer_session_init (ExplorerSession *self)
{
  g_autoptr (GError) error = NULL;
  PisdFieldId source;

  self->history = new_history ();
  self->scenario = pisd_scenario_new ();
  source = pisd_operator_get (self->scenario->settings.problem)->fields[0].id;
  if (!pisd_edit_set_random_instance (self->scenario, self->scenario->settings.family,
                                      self->scenario->settings.instance_seed, &error)
      || !pisd_edit_scatter (self->scenario, source, 0, BUNDLED_SENSORS, 0, BUNDLED_SENSOR_SEED,
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

/* Changes of the scenario. */

/* Without sensors nothing is needed of what was made of them. */
static void
give_back (ExplorerSession *self)
{
  if (self->job != NULL && !self->running)
    explorer_job_forget_readings (self->job);
  explorer_spare_soon ();
}

void
explorer_session_changed (ExplorerSession *self, guint flags)
{
  if (flags & PISD_CHANGE_SETTINGS)
    explorer_session_send_parameters (self);
  explorer_session_update_changes (self);
  if (flags & PISD_CHANGE_SENSORS)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SENSORS]);
  if ((flags & PISD_CHANGE_SENSORS) && self->scenario->sensors->n == 0)
    give_back (self);
  g_signal_emit (self, signals[SIGNAL_SCENARIO_CHANGED], 0, flags);
}

static void
notify_history (ExplorerSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

void
explorer_session_begin (ExplorerSession *self, PisdScenario *scenario)
{
  PisdScenario *before;

  g_return_if_fail (EXPLORER_IS_SESSION (self) && self->job == NULL && self->edit_depth == 0);
  before = self->scenario;
  self->scenario = scenario;
  pisd_history_free (self->history);
  self->history = new_history ();
  notify_history (self);
  explorer_session_changed (self, pisd_edit_diff (before, scenario));
  pisd_scenario_free (before);
}

void
explorer_session_commit (ExplorerSession *self, PisdScenario *before, guint flags, const char *tag)
{
  pisd_history_push (self->history, before, tag, g_get_monotonic_time ());
  notify_history (self);
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, flags);
}

void
explorer_session_adopt (ExplorerSession *self, PisdScenario *next, const char *tag)
{
  const guint flags = pisd_edit_diff (self->scenario, next);
  PisdScenario *before = self->scenario;

  if (flags == 0)
    {
      pisd_scenario_free (next);
      return;
    }
  self->scenario = next;
  explorer_session_changed (self, flags);
  if (self->edit_depth > 0)
    pisd_scenario_free (before);
  else
    explorer_session_commit (self, before, flags, tag);
}

gboolean
explorer_session_conclude (ExplorerSession *self, PisdScenario *next, GError *error)
{
  gboolean followed;

  if (error != NULL)
    {
      explorer_session_fail (self, error->message);
      g_error_free (error);
      pisd_scenario_free (next);
      return FALSE;
    }
  followed = pisd_edit_follow_preset (self->scenario, next);
  explorer_session_adopt (self, next, NULL);
  if (followed)
    g_signal_emit (self, signals[SIGNAL_FOLLOWED], 0);
  return TRUE;
}

static void
move_in_history (ExplorerSession *self,
                 PisdScenario *(*move) (PisdHistory *, const PisdScenario *) )
{
  PisdScenario *present = self->scenario;
  PisdScenario *other;
  guint flags;

  if (self->edit_depth > 0)
    return; /* in the middle of a stroke there is nothing complete to go back from */
  other = move (self->history, present);
  if (other == NULL)
    return;
  flags = pisd_edit_diff (present, other);
  self->scenario = other;
  explorer_session_changed (self, flags);
  pisd_scenario_free (present);
  notify_history (self);
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, flags);
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
