#include "explorer-live.h"

struct _ExplorerLive
{
  GObject parent_instance;

  ExplorerSession *session;
  ExplorerPreferences *preferences;
  gboolean enabled;
  gboolean active;
  gboolean newer; /* something has changed since the run shown began */
  guint rest;     /* timeout, 0: none */
};

G_DEFINE_FINAL_TYPE (ExplorerLive, explorer_live, G_TYPE_OBJECT)

enum
{
  PROP_ENABLED = 1,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  SIGNAL_RESTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
can_follow (const PisdSettings *settings)
{
  return pisd_method_get_prior (settings->prior)->is_gaussian
         && pisd_method_get (settings->guidance)->conditions;
}

static void
set_active (ExplorerLive *self, gboolean active)
{
  if (active == self->active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
update_enabled (ExplorerLive *self)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;
  const gboolean enabled =
      can_follow (settings) && explorer_preferences_get (self->preferences, "live");

  if (enabled == self->enabled)
    return;
  self->enabled = enabled;
  if (!enabled)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      set_active (self, FALSE);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/* A stroke that is held may still be taken back: the run waits until it is over. */
static gboolean
on_rest (gpointer data)
{
  ExplorerLive *self = data;

  if (explorer_session_is_editing (self->session))
    return G_SOURCE_CONTINUE;
  self->rest = 0;
  g_signal_emit (self, signals[SIGNAL_RESTED], 0);
  return G_SOURCE_REMOVE;
}

/* Whoever holds a run looks at its step; it stays. */
static void
on_scenario_changed (ExplorerLive *self, guint flags)
{
  const guint data = PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SENSORS;

  update_enabled (self);
  if ((flags & data) == 0 || !self->enabled || explorer_session_is_paused (self->session))
    return;
  self->newer = TRUE;
  if (explorer_preferences_get (self->preferences, "follow"))
    explorer_session_stop (self->session); /* what it computes is of yesterday */
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (EXPLORER_LIVE_REST, on_rest, self);
  set_active (self, TRUE);
}

static void
on_run_started (ExplorerLive *self)
{
  self->newer = FALSE;
  g_clear_handle_id (&self->rest, g_source_remove);
}

void
explorer_live_settle (ExplorerLive *self)
{
  const PisdScenario *now = explorer_session_get_scenario (self->session);
  const PisdScenario *run = explorer_session_get_run_scenario (self->session);
  const PisdResult *result = explorer_session_get_result (self->session);

  if (result == NULL || !result->complete || (pisd_edit_diff (run, now) & PISD_CHANGE_DATA))
    return;
  on_run_started (self);
  set_active (self, FALSE);
}

/* Not before: until the new run has something to show, the mean stays. */
static void
on_run_shown (ExplorerLive *self)
{
  if (!self->newer)
    set_active (self, FALSE);
}

static void
explorer_live_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerLive *self = EXPLORER_LIVE (object);

  switch (id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_live_dispose (GObject *object)
{
  ExplorerLive *self = EXPLORER_LIVE (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_live_parent_class)->dispose (object);
}

static void
explorer_live_class_init (ExplorerLiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags access = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = explorer_live_get_property;
  object_class->dispose = explorer_live_dispose;
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, access);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, access);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_RESTED] = g_signal_new ("rested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_live_init (ExplorerLive *self)
{
}

ExplorerLive *
explorer_live_new (ExplorerSession *session, ExplorerPreferences *preferences)
{
  ExplorerLive *self = g_object_new (EXPLORER_TYPE_LIVE, NULL);
  const struct
  {
    gpointer sender;
    const char *signal;
    GCallback handler;
  } rows[] = {
    { session, "scenario-changed", G_CALLBACK (on_scenario_changed) },
    { session, "edit-cancelled", G_CALLBACK (explorer_live_settle) },
    { session, "run-started", G_CALLBACK (on_run_started) },
    { session, "frame", G_CALLBACK (on_run_shown) },
    { session, "ensemble", G_CALLBACK (on_run_shown) },
    { session, "run-finished", G_CALLBACK (on_run_shown) },
    { preferences, "notify::live", G_CALLBACK (update_enabled) },
  };

  self->session = g_object_ref (session);
  self->preferences = g_object_ref (preferences);
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_signal_connect_object (rows[k].sender, rows[k].signal, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
  update_enabled (self);
  return self;
}

gboolean
explorer_live_is_enabled (ExplorerLive *self)
{
  g_return_val_if_fail (EXPLORER_IS_LIVE (self), FALSE);
  return self->enabled;
}

PisdGuidanceId
explorer_live_get_method (void)
{
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    if (pisd_method_get (m)->conditions && pisd_method_get (m)->makes_steps)
      return m;
  g_return_val_if_reached (PISD_GUIDANCE_NONE);
}

const char *
explorer_live_get_prior (void)
{
  for (guint p = 0; p < PISD_N_PRIORS; p++)
    if (pisd_method_get_prior (p)->is_gaussian)
      return pisd_method_get_prior (p)->choice.name;
  g_return_val_if_reached (NULL);
}

gboolean
explorer_live_is_active (ExplorerLive *self)
{
  g_return_val_if_fail (EXPLORER_IS_LIVE (self), FALSE);
  return self->active;
}

void
explorer_live_show (ExplorerLive *self)
{
  g_return_if_fail (EXPLORER_IS_LIVE (self));
  if (!self->enabled)
    return;
  self->newer = TRUE;
  set_active (self, TRUE);
}

void
explorer_live_dismiss (ExplorerLive *self)
{
  g_return_if_fail (EXPLORER_IS_LIVE (self));
  set_active (self, FALSE);
}
