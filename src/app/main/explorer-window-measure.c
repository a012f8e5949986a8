#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-measure-chart.h"
#include "explorer-sensor-table.h"

/* One chart stands beside the run's curves: the other one makes room. */

static void
on_measure_changed (ExplorerWindow *self)
{
  if (explorer_preferences_get (self->preferences, "measure") != EXPLORER_MEASURE_NONE)
    explorer_preferences_set (self->preferences, "probe-chart", FALSE);
}

static void
on_probe_chart_changed (ExplorerWindow *self)
{
  if (explorer_preferences_get (self->preferences, "probe-chart"))
    explorer_preferences_set (self->preferences, "measure", EXPLORER_MEASURE_NONE);
}

static void
update_state (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "measure");
  const int measure = explorer_preferences_get (self->preferences, "measure");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_uint32 ((guint32) measure));
}

static void
toggle (ExplorerWindow *self, int measure)
{
  const int now = explorer_preferences_get (self->preferences, "measure");

  explorer_preferences_set (self->preferences, "measure",
                            now == measure ? EXPLORER_MEASURE_NONE : measure);
}

/* The chosen one, chosen again, goes. */
static void
change_measure (GSimpleAction *action, GVariant *state, gpointer data)
{
  toggle (data, (int) g_variant_get_uint32 (state));
}

/* Along x, along y, none. */
static void
action_turn_profile (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const gboolean is_shown =
      explorer_preferences_get (self->preferences, "measure") == EXPLORER_MEASURE_PROFILE;
  const ExplorerLine line = explorer_gauge_get_line (self->gauge);

  if (!is_shown || line == EXPLORER_LINE_DRAWN)
    explorer_gauge_set_line (self->gauge, EXPLORER_LINE_ROW);
  else if (line == EXPLORER_LINE_ROW)
    explorer_gauge_set_line (self->gauge, EXPLORER_LINE_COLUMN);
  explorer_preferences_set (self->preferences, "measure",
                            is_shown && line == EXPLORER_LINE_COLUMN ? EXPLORER_MEASURE_NONE
                                                                     : EXPLORER_MEASURE_PROFILE);
}

static gboolean
on_menu_gone (gpointer data)
{
  ExplorerWindow *self = data;

  self->menu_delay = 0;
  return G_SOURCE_REMOVE;
}

/* A menu that closes leaves the pointer on what lies below it, before its item is activated: meant
 * is what was pointed at as it opened. */
static void
on_menu (ExplorerWindow *self, GParamSpec *pspec, GtkWidget *menu)
{
  g_clear_handle_id (&self->menu_delay, g_source_remove);
  if (gtk_widget_get_visible (menu))
    self->menu_probe = *explorer_view_grid_get_probe (EXPLORER_VIEW_GRID (self->grid));
  else
    self->menu_delay = g_idle_add (on_menu_gone, self);
}

static const ExplorerProbe *
get_probe (ExplorerWindow *self)
{
  return self->menu_delay != 0 ? &self->menu_probe
                               : explorer_view_grid_get_probe (EXPLORER_VIEW_GRID (self->grid));
}

/* The node pointed at; what is pinned is shown. */
static void
action_pin (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const ExplorerProbe *probe = get_probe (self);

  if (probe->i < 0)
    explorer_window_show_toast (self, _ ("Point at a node first"));
  else if (!explorer_gauge_toggle_pin (self->gauge, (guint) probe->i, (guint) probe->j))
    explorer_window_show_toast (self, _ ("Five nodes are pinned, and no more: unpin one"));
  else
    explorer_preferences_set (self->preferences, "measure", EXPLORER_MEASURE_PINS);
}

static void
action_unpin_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_gauge_unpin_all (EXPLORER_WINDOW (data)->gauge);
}

static void
update_pins (ExplorerWindow *self)
{
  explorer_window_set_enabled (self, "unpin-all", explorer_gauge_get_n_pins (self->gauge) > 0);
}

/* One for all times that it is asked for; closing it destroys it. */
static void
action_sensor_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (self->sensor_table == NULL)
    g_set_weak_pointer (&self->sensor_table,
                        explorer_sensor_table_new (gtk_window_get_application (GTK_WINDOW (self)),
                                                   self->session, self->gauge));
  gtk_window_present (GTK_WINDOW (self->sensor_table));
}

void
explorer_window_add_measure_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "measure",
      .parameter_type = "u",
      .state = "uint32 0",
      .change_state = change_measure },
    { "turn-profile", action_turn_profile },
    { "pin", action_pin },
    { "sensor-table", action_sensor_table },
    { "unpin-all", action_unpin_all },
  };
  const ExplorerWindowSignal signals[] = {
    { self->preferences, "notify::measure", G_CALLBACK (on_measure_changed) },
    { self->preferences, "notify::measure", G_CALLBACK (update_state) },
    { self->preferences, "notify::probe-chart", G_CALLBACK (on_probe_chart_changed) },
    { self->gauge, "changed", G_CALLBACK (update_pins) },
    { gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu_button)), "notify::visible",
      G_CALLBACK (on_menu) },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  explorer_window_connect (self, signals, G_N_ELEMENTS (signals));
  on_measure_changed (self);
  update_pins (self);
  update_state (self);
}

void
explorer_window_give_measure (ExplorerWindow *self)
{
  explorer_view_grid_set_gauge (EXPLORER_VIEW_GRID (self->grid), self->gauge);
  explorer_measure_chart_set_models (EXPLORER_MEASURE_CHART (self->measure_chart),
                                     EXPLORER_VIEW_GRID (self->grid), self->session, self->spread,
                                     self->gauge, self->preferences);
}
