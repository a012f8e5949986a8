#include "explorer-flow.h"

/* What is not drawn for long, in microseconds, is not made up for. */
#define LONGEST_ELAPSED 500000

struct _ExplorerFlow
{
  GObject parent_instance;

  ExplorerPreferences *preferences;
  const PisdFieldInfo *info; /* whose frames are the moments */
  guint frame;
  gboolean playing;
  double due; /* frames that are to be shown and are not yet */
};

G_DEFINE_FINAL_TYPE (ExplorerFlow, explorer_flow, G_TYPE_OBJECT)

enum
{
  PROP_N_FRAMES = 1,
  PROP_FRAME,
  PROP_PLAYING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
get_n_frames (ExplorerFlow *self)
{
  return self->info == NULL ? 1 : self->info->n_frames; /* while it is made there is none */
}

static void
set_frame (ExplorerFlow *self, guint frame)
{
  if (frame == self->frame)
    return;
  self->frame = frame;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

static void
explorer_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerFlow *self = EXPLORER_FLOW (object);

  switch (id)
    {
    case PROP_N_FRAMES:
      g_value_set_uint (value, get_n_frames (self));
      break;
    case PROP_FRAME:
      g_value_set_uint (value, self->frame);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_flow_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FRAME)
    explorer_flow_select (EXPLORER_FLOW (object), g_value_get_uint (value));
  else if (id == PROP_PLAYING)
    explorer_flow_set_playing (EXPLORER_FLOW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_flow_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_FLOW (object)->preferences);
  G_OBJECT_CLASS (explorer_flow_parent_class)->dispose (object);
}

static void
explorer_flow_class_init (ExplorerFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = explorer_flow_get_property;
  object_class->set_property = explorer_flow_set_property;
  object_class->dispose = explorer_flow_dispose;
  properties[PROP_N_FRAMES] = g_param_spec_uint ("n-frames", NULL, NULL, 1, PISD_MAX_FRAMES, 1,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRAME] =
      g_param_spec_uint ("frame", NULL, NULL, 0, PISD_MAX_FRAMES - 1, 0, flags);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
explorer_flow_init (ExplorerFlow *self)
{
}

/* The first of the fields that have most frames. */
static const PisdFieldInfo *
find_longest (const PisdOperator *problem)
{
  const PisdFieldInfo *longest = &problem->fields[0];

  for (guint k = 1; k < problem->n_fields; k++)
    if (problem->fields[k].n_frames > longest->n_frames)
      longest = &problem->fields[k];
  return longest;
}

static gboolean
have_same_times (const PisdFieldInfo *a, const PisdFieldInfo *b)
{
  if (a == NULL || a->n_frames != b->n_frames)
    return FALSE;
  for (guint n = 0; n < a->n_frames; n++)
    if (a->times[n] != b->times[n])
      return FALSE;
  return TRUE;
}

static void
on_scenario_changed (ExplorerFlow *self, guint flags, ExplorerSession *session)
{
  const PisdScenario *scenario = explorer_session_get_scenario (session);
  const PisdFieldInfo *before = self->info;

  if ((flags & PISD_CHANGE_PROBLEM) == 0)
    return;
  self->info = find_longest (pisd_operator_get (scenario->settings.problem));
  if (have_same_times (before, self->info))
    return;
  explorer_flow_set_playing (self, FALSE);
  set_frame (self, self->info->n_frames - 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FRAMES]);
}

ExplorerFlow *
explorer_flow_new (ExplorerSession *session, ExplorerPreferences *preferences)
{
  ExplorerFlow *self = g_object_new (EXPLORER_TYPE_FLOW, NULL);

  self->preferences = g_object_ref (preferences);
  on_scenario_changed (self, PISD_CHANGE_PROBLEM, session);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

const PisdFieldInfo *
explorer_flow_get_info (ExplorerFlow *self)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW (self), NULL);
  return self->info;
}

guint
explorer_flow_get_frame (ExplorerFlow *self)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW (self), 0);
  return self->frame;
}

double
explorer_flow_get_time (ExplorerFlow *self)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW (self), 0.0);
  return self->info->times[self->frame];
}

guint
explorer_flow_find_frame (ExplorerFlow *self, const PisdFieldInfo *info)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW (self) && info != NULL, 0);
  return pisd_field_info_find_frame (info, explorer_flow_get_time (self));
}

void
explorer_flow_select (ExplorerFlow *self, guint frame)
{
  g_return_if_fail (EXPLORER_IS_FLOW (self));
  explorer_flow_set_playing (self, FALSE);
  set_frame (self, MIN (frame, get_n_frames (self) - 1));
}

void
explorer_flow_move (ExplorerFlow *self, gint64 move)
{
  g_return_if_fail (EXPLORER_IS_FLOW (self));
  explorer_flow_select (self,
                        (guint) CLAMP (self->frame + move, 0, (gint64) get_n_frames (self) - 1));
}

gboolean
explorer_flow_is_playing (ExplorerFlow *self)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW (self), FALSE);
  return self->playing;
}

void
explorer_flow_set_playing (ExplorerFlow *self, gboolean playing)
{
  g_return_if_fail (EXPLORER_IS_FLOW (self));
  playing = playing && get_n_frames (self) > 1;
  if (playing == self->playing)
    return;
  self->playing = playing;
  self->due = 0.0;
  if (playing && self->frame == get_n_frames (self) - 1)
    set_frame (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

void
explorer_flow_advance (ExplorerFlow *self, gint64 elapsed)
{
  const double speed = explorer_preferences_get (self->preferences, "flow-speed");
  const guint last = get_n_frames (self) - 1;
  guint n;

  g_return_if_fail (EXPLORER_IS_FLOW (self));
  if (!self->playing)
    return;
  self->due += speed * 1e-6 * (double) CLAMP (elapsed, 0, LONGEST_ELAPSED);
  n = (guint) self->due;
  self->due -= n;
  if (n == 0)
    return;
  if (explorer_preferences_get (self->preferences, "flow-loop"))
    set_frame (self, (self->frame + n) % (last + 1));
  else if (self->frame + n <= last)
    set_frame (self, self->frame + n);
  else
    {
      set_frame (self, last);
      explorer_flow_set_playing (self, FALSE);
    }
}
