#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-hint.h"
#include "explorer-keys.h"

#define SAMPLES_OF_MEAN "16" /* as the hint says */

void
explorer_window_set_enabled (ExplorerWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Steps of another equation cannot be shown. */
static void
update_save_steps (ExplorerWindow *self)
{
  explorer_window_set_enabled (self, "save-steps", explorer_session_has_run (self->session));
}

static void
update_run_state (ExplorerWindow *self)
{
  const gboolean running = explorer_session_is_running (self->session);
  const gboolean paused = explorer_session_is_paused (self->session);
  const gboolean moving = running && !paused;
  const char *tooltip = moving    ? _ ("Pause (Space)")
                        : running ? _ ("Go on (Space)")
                                  : _ ("Run (Space or Ctrl+Enter)");

  gtk_button_set_icon_name (GTK_BUTTON (self->run_button),
                            moving ? "pisd-pause-symbolic" : "pisd-run-symbolic");
  gtk_widget_set_tooltip_text (self->run_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip, -1);
  explorer_window_set_enabled (self, "stop",
                               running || explorer_exact_can_stop (self->exact)
                                   || explorer_spread_can_stop (self->spread)
                                   || explorer_loader_get_reading (self->loader) != NULL);
  update_save_steps (self);
  explorer_window_set_enabled (self, "save-result",
                               explorer_session_get_result (self->session) != NULL);
}

static void
update_history (ExplorerWindow *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  explorer_window_set_enabled (self, "undo", can_undo);
  explorer_window_set_enabled (self, "redo", can_redo);
}

/* What entries have to say. */
static void
action_say (GSimpleAction *action, GVariant *message, gpointer data)
{
  explorer_window_show_toast (data, g_variant_get_string (message, NULL));
}

static void
action_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (!explorer_keys_commit (GTK_WINDOW (self)))
    return; /* what was typed is not what would run */
  self->has_run = TRUE;
  explorer_session_run (self->session, explorer_window_get_pace (self));
}

/* What the hint at the mean offers. */
static void
action_run_mean (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  explorer_hint_hide (EXPLORER_HINT (self->mean_hint));
  if (explorer_session_set_setting (self->session, "samples", SAMPLES_OF_MEAN))
    action_run (action, parameter, data);
}

static void
action_toggle_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (!explorer_session_is_running (self->session))
    action_run (action, parameter, data);
  else if (explorer_session_is_paused (self->session))
    explorer_session_resume (self->session, explorer_window_get_pace (self));
  else
    explorer_session_pause (self->session);
}

/* The step that is computed is the one to see. */
static void
action_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  self->has_run = TRUE;
  self->follows = TRUE;
  explorer_session_step (self->session);
}

/* A file that is being read, alone; else the run, and what is computed beside it. */
static void
stop (ExplorerWindow *self)
{
  if (explorer_loader_stop (self->loader))
    return;
  explorer_session_stop (self->session);
  explorer_exact_stop (self->exact);
  explorer_spread_stop (self->spread);
}

static void
action_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  stop (data);
}

/* Esc: a stroke under way is taken back, or one that is being solved, else films that are written
 * stop, else a pane that is alone has the others beside it again, else what goes on stops. */
static void
action_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (!explorer_course_editor_leave (EXPLORER_COURSE_EDITOR (self->course_editor))
      && !explorer_view_grid_cancel_stroke (EXPLORER_VIEW_GRID (self->grid))
      && !explorer_session_stop_solving (self->session) && !explorer_saver_stop (self->saver)
      && !explorer_view_grid_restore (EXPLORER_VIEW_GRID (self->grid)))
    stop (self);
}

static void
change_pace (GSimpleAction *action, GVariant *state, gpointer data)
{
  ExplorerWindow *self = data;
  const guint pace = g_variant_get_uint32 (state);

  if (pace < EXPLORER_N_PACES)
    explorer_preferences_set (self->preferences, "pace", (int) pace);
}

static void
update_pace_action (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "pace");
  const int pace = explorer_preferences_get (self->preferences, "pace");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_uint32 ((guint32) pace));
}

static void
action_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_session_undo (EXPLORER_WINDOW (data)->session);
}

static void
action_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_session_redo (EXPLORER_WINDOW (data)->session);
}

/* What asks for a path: one row an action. */
static const struct
{
  const char *name;
  void (*ask) (ExplorerWindow *self, guint kind);
  guint kind;
} paths[] = {
  { "open-truth", explorer_window_ask_open, PISD_FILE_KIND_FIELDS },
  { "open-sensors", explorer_window_ask_open, PISD_FILE_KIND_SENSORS },
  { "open-scenario", explorer_window_ask_open, PISD_FILE_KIND_SCENARIO },
  { "open-picture", explorer_window_ask_open, PISD_FILE_KIND_PICTURE },
  { "open-weights", explorer_window_ask_open, PISD_FILE_KIND_WEIGHTS },
  { "open-lesson", explorer_window_ask_open, PISD_FILE_KIND_LESSON },
  { "save-picture", explorer_window_ask_save, EXPLORER_EXPORT_PICTURE },
  { "save-flow", explorer_window_ask_save, EXPLORER_EXPORT_FLOW },
  { "save-steps", explorer_window_ask_save, EXPLORER_EXPORT_STEPS },
  { "save-result", explorer_window_ask_save, EXPLORER_EXPORT_RESULT },
  { "save-sensors", explorer_window_ask_save, EXPLORER_EXPORT_SENSORS },
  { "save-scenario", explorer_window_ask_save, EXPLORER_EXPORT_SCENARIO },
};

static void
action_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint k = 0; k < G_N_ELEMENTS (paths); k++)
    if (g_str_equal (paths[k].name, name))
      paths[k].ask (data, paths[k].kind);
}

static void
add_path_actions (ExplorerWindow *self)
{
  for (guint k = 0; k < G_N_ELEMENTS (paths); k++)
    {
      const GActionEntry entry = { paths[k].name, action_path };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
}

static void
add_property_actions (ExplorerWindow *self)
{
  const struct
  {
    const char *name;
    gpointer object;
  } rows[] = { { "show-noisy", self->grid },
               { "tool", self->brush },
               { "probe-chart", self->preferences },
               { "flow-loop", self->preferences },
               { "flow-speed", self->preferences } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GPropertyAction) action =
          g_property_action_new (rows[k].name, rows[k].object, rows[k].name);

      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

static void
action_clear_sensors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_session_clear_sensors (EXPLORER_WINDOW (data)->session);
}

static void
action_toggle_eraser (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerBrush *brush = EXPLORER_WINDOW (data)->brush;
  const gboolean erasing = explorer_brush_get_tool (brush) == EXPLORER_TOOL_ERASER;

  explorer_brush_set_tool (brush, erasing ? EXPLORER_TOOL_BRUSH : EXPLORER_TOOL_ERASER);
}

static void
action_brush_smaller (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_brush_resize (EXPLORER_WINDOW (data)->brush, -1);
}

static void
action_brush_larger (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_brush_resize (EXPLORER_WINDOW (data)->brush, 1);
}

static void
action_toggle_side_bar (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const gboolean reveal = !adw_flap_get_reveal_flap (ADW_FLAP (self->flap));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), reveal);
}

static void
action_toggle_chrome (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_toggle_chrome (data);
}

static void
connect_signals (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->preferences, "notify::pace", G_CALLBACK (update_pace_action) },
    { self->session, "notify::running", G_CALLBACK (update_run_state) },
    { self->session, "notify::paused", G_CALLBACK (update_run_state) },
    { self->session, "run-started", G_CALLBACK (update_run_state) },
    { self->session, "run-finished", G_CALLBACK (update_run_state) },
    { self->session, "scenario-changed", G_CALLBACK (update_save_steps) },
    { self->exact, "notify::can-stop", G_CALLBACK (update_run_state) },
    { self->spread, "changed", G_CALLBACK (update_run_state) },
    { self->loader, "notify::reading", G_CALLBACK (update_run_state) },
    { self->session, "notify::can-undo", G_CALLBACK (update_history) },
    { self->session, "notify::can-redo", G_CALLBACK (update_history) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
}

void
explorer_window_add_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "say", action_say, "s" },
    { "run", action_run },
    { "run-mean", action_run_mean },
    { "toggle-run", action_toggle_run },
    { "step", action_step },
    { "stop", action_stop },
    { "cancel", action_cancel },
    { "undo", action_undo },
    { "redo", action_redo },
    { "clear-sensors", action_clear_sensors },
    { "toggle-eraser", action_toggle_eraser },
    { "brush-smaller", action_brush_smaller },
    { "brush-larger", action_brush_larger },
    { "toggle-side-bar", action_toggle_side_bar },
    { "toggle-chrome", action_toggle_chrome },
    { .name = "pace", .parameter_type = "u", .state = "uint32 0", .change_state = change_pace },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_path_actions (self);
  add_property_actions (self);
  explorer_window_add_flow_actions (self);
  explorer_window_add_beside_actions (self);
  explorer_window_add_lab_actions (self);
  explorer_window_add_lesson_actions (self);
  explorer_window_add_live_action (self);
  explorer_window_add_pane_actions (self);
  explorer_window_add_share_actions (self);
  explorer_window_add_measure_actions (self);
  connect_signals (self);
  update_run_state (self);
  update_history (self);
  update_pace_action (self);
}

/* With a modifier these go through the focused widget first, so that an entry keeps its own undo.
 * Of several for one action a menu shows the last. */
void
explorer_window_add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } rows[] = {
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "win.run" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "win.run" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_y, GDK_CONTROL_MASK, "win.redo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_o, GDK_CONTROL_MASK, "win.open-scenario" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "win.save-scenario" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "win.save-picture" },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.copy-setup" },
    { GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.paste-setup" },
    { GDK_KEY_k, GDK_CONTROL_MASK, "win.compare" },
    { GDK_KEY_i, GDK_CONTROL_MASK, "win.inspect" },
    { GDK_KEY_r, GDK_CONTROL_MASK, "win.runs" },
    { GDK_KEY_b, GDK_CONTROL_MASK, "win.branch" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "win.sweep" },
    { GDK_KEY_KP_1, GDK_CONTROL_MASK, "win.diffusion" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "win.diffusion" },
    { GDK_KEY_KP_2, GDK_CONTROL_MASK, "win.training" },
    { GDK_KEY_2, GDK_CONTROL_MASK, "win.training" },
    { GDK_KEY_l, GDK_CONTROL_MASK, "win.lessons" },
    { GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences" },
    { GDK_KEY_Delete, GDK_CONTROL_MASK, "win.clear-sensors" },
    { GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.drop-runs" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "win.sensor-table" },
    { GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.unpin-all" },
    { GDK_KEY_F9, 0, "win.toggle-side-bar" },
    { GDK_KEY_F11, 0, "explorer.fullscreen" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    gtk_widget_class_add_binding_action (widget_class, rows[k].keyval, rows[k].modifiers,
                                         rows[k].action, NULL);
}

void
explorer_window_add_keys (ExplorerWindow *self)
{
  static const ExplorerKey keys[] = {
    { GDK_KEY_space, "win.toggle-run" },
    { GDK_KEY_period, "win.step" },
    { GDK_KEY_KP_Decimal, "win.step" },
    { GDK_KEY_Escape, "win.cancel" },
    { GDK_KEY_d, "win.show-noisy" },
    { GDK_KEY_e, "win.toggle-eraser" },
    { GDK_KEY_h, "win.toggle-chrome" },
    { GDK_KEY_w, "win.next-course" },
    { GDK_KEY_l, "win.live" },
    { GDK_KEY_p, "win.play-flow" },
    { GDK_KEY_c, "win.flow-charts" },
    { GDK_KEY_m, "win.probe-chart" },
    { GDK_KEY_z, "win.measure(uint32 1)" },
    { GDK_KEY_x, "win.turn-profile" },
    { GDK_KEY_k, "win.measure(uint32 3)" },
    { GDK_KEY_o, "win.measure(uint32 4)" },
    { GDK_KEY_t, "win.pin" },
    { GDK_KEY_s, "win.step-flow-lines" },
    { GDK_KEY_b, "win.flow-back" },
    { GDK_KEY_n, "win.flow-forward" },
    { GDK_KEY_bracketleft, "win.brush-smaller" },
    { GDK_KEY_bracketright, "win.brush-larger" },
    { GDK_KEY_f, "win.maximize-pane" },
    { GDK_KEY_q, "win.pick-quantity" },
    { GDK_KEY_v, "win.split-pane" },
    { GDK_KEY_r, "win.split-run" },
    { GDK_KEY_plus, "win.zoom-panes(1)" },
    { GDK_KEY_KP_Add, "win.zoom-panes(1)" },
    { GDK_KEY_minus, "win.zoom-panes(-1)" },
    { GDK_KEY_KP_Subtract, "win.zoom-panes(-1)" },
    { GDK_KEY_0, "win.zoom-panes(0)" },
    { GDK_KEY_KP_0, "win.zoom-panes(0)" },
    { GDK_KEY_Page_Down, "win.lesson-next" },
    { GDK_KEY_KP_Page_Down, "win.lesson-next" },
    { GDK_KEY_Page_Up, "win.lesson-back" },
    { GDK_KEY_KP_Page_Up, "win.lesson-back" },
  };

  explorer_keys_install (GTK_WINDOW (self), keys, G_N_ELEMENTS (keys));
}
