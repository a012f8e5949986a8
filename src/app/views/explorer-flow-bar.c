#include "explorer-flow-bar.h"

#include <glib/gi18n.h>

struct _ExplorerFlowBar
{
  GtkWidget parent_instance;

  GtkWidget *words;
  GtkWidget *play;
  GtkWidget *track;
  GtkWidget *charts;
  GtkWidget *speed; /* a menu, which has the loop, too */

  ExplorerFlow *flow;
  ExplorerSession *session;
  ExplorerPreferences *preferences;
  guint tick;       /* 0: nothing is played, or nothing can be seen of it */
  gint64 ticked_at; /* time of the frame clock, microseconds; 0: not since it began */
  gboolean chrome;
};

enum
{
  PROP_CHROME = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ExplorerFlowBar, explorer_flow_bar, GTK_TYPE_WIDGET)

/* Playing. */

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerFlowBar *self = EXPLORER_FLOW_BAR (widget);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  explorer_flow_advance (self->flow, self->ticked_at == 0 ? 0 : now - self->ticked_at);
  self->ticked_at = now;
  if (explorer_flow_is_playing (self->flow))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
remove_tick (ExplorerFlowBar *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

/* A window that is not drawn has no frame clock. */
static void
update_tick (ExplorerFlowBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->flow == NULL || !explorer_flow_is_playing (self->flow)
      || !gtk_widget_get_mapped (widget))
    {
      remove_tick (self);
      return;
    }
  if (self->tick != 0)
    return;
  self->ticked_at = 0;
  self->tick = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

static void
on_playing_changed (ExplorerFlowBar *self)
{
  const gboolean playing = explorer_flow_is_playing (self->flow);
  const char *tooltip = playing ? _ ("Hold the flow (P)") : _ ("Play the flow (P)");

  gtk_button_set_icon_name (GTK_BUTTON (self->play),
                            playing ? "pisd-pause-symbolic" : "pisd-run-symbolic");
  gtk_widget_set_tooltip_text (self->play, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip, -1);
  update_tick (self);
}

static void
show_speed (ExplorerFlowBar *self)
{
  /* Translators: so many frames a second */
  g_autofree char *words =
      g_strdup_printf (_ ("%d / s"), explorer_preferences_get (self->preferences, "flow-speed"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->speed), words);
}

static void
on_scenario_changed (ExplorerFlowBar *self, guint flags)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);

  if ((flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_SENSORS)) == 0)
    return;
  explorer_flow_track_show (EXPLORER_FLOW_TRACK (self->track), problem, scenario->sensors);
  gtk_widget_set_visible (GTK_WIDGET (self), explorer_flow_get_info (self->flow)->n_frames > 1);
}

/* Life. */

static void
explorer_flow_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (explorer_flow_bar_parent_class)->map (widget);
  update_tick (EXPLORER_FLOW_BAR (widget));
}

static void
explorer_flow_bar_unmap (GtkWidget *widget)
{
  remove_tick (EXPLORER_FLOW_BAR (widget));
  GTK_WIDGET_CLASS (explorer_flow_bar_parent_class)->unmap (widget);
}

static void
set_chrome (ExplorerFlowBar *self, gboolean chrome)
{
  self->chrome = chrome;
  gtk_widget_set_visible (self->speed, chrome);
  (chrome ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self), "lecture");
}

static void
explorer_flow_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    g_value_set_boolean (value, EXPLORER_FLOW_BAR (object)->chrome);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_flow_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    set_chrome (EXPLORER_FLOW_BAR (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_flow_bar_dispose (GObject *object)
{
  ExplorerFlowBar *self = EXPLORER_FLOW_BAR (object);

  remove_tick (self);
  g_clear_object (&self->flow);
  g_clear_object (&self->session);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_FLOW_BAR);
  G_OBJECT_CLASS (explorer_flow_bar_parent_class)->dispose (object);
}

static void
explorer_flow_bar_class_init (ExplorerFlowBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_flow_bar_get_property;
  object_class->set_property = explorer_flow_bar_set_property;
  object_class->dispose = explorer_flow_bar_dispose;
  widget_class->map = explorer_flow_bar_map;
  widget_class->unmap = explorer_flow_bar_unmap;
  properties[PROP_CHROME] =
      g_param_spec_boolean ("chrome", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (EXPLORER_TYPE_FLOW_TRACK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-flow-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerFlowBar, words);
  gtk_widget_class_bind_template_child (widget_class, ExplorerFlowBar, play);
  gtk_widget_class_bind_template_child (widget_class, ExplorerFlowBar, track);
  gtk_widget_class_bind_template_child (widget_class, ExplorerFlowBar, charts);
  gtk_widget_class_bind_template_child (widget_class, ExplorerFlowBar, speed);
}

static void
explorer_flow_bar_init (ExplorerFlowBar *self)
{
  self->chrome = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
explorer_flow_bar_set_models (ExplorerFlowBar *self,
                              ExplorerFlow *flow,
                              ExplorerSession *session,
                              ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_FLOW_BAR (self) && self->flow == NULL);
  self->flow = g_object_ref (flow);
  self->session = g_object_ref (session);
  self->preferences = g_object_ref (preferences);
  explorer_flow_track_set_flow (EXPLORER_FLOW_TRACK (self->track), flow);
  g_signal_connect_object (preferences, "notify::flow-speed", G_CALLBACK (show_speed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "notify::playing", G_CALLBACK (on_playing_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  on_scenario_changed (self, PISD_CHANGE_ALL);
  on_playing_changed (self);
  show_speed (self);
}

void
explorer_flow_bar_set_palette (ExplorerFlowBar *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_FLOW_BAR (self));
  explorer_flow_track_set_palette (EXPLORER_FLOW_TRACK (self->track), palette);
}

ExplorerFlowTrack *
explorer_flow_bar_get_track (ExplorerFlowBar *self)
{
  g_return_val_if_fail (EXPLORER_IS_FLOW_BAR (self), NULL);
  return EXPLORER_FLOW_TRACK (self->track);
}
