#include "explorer-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-compare.h"
#include "explorer-display-panel.h"
#include "explorer-figures.h"
#include "explorer-files.h"
#include "explorer-guidance-panel.h"
#include "explorer-instance-panel.h"
#include "explorer-keys.h"
#include "explorer-sampler-panel.h"
#include "explorer-sensors-panel.h"

#define TOAST_SECONDS 6
/* At free pace drawing must not take the sampler's time: from picture to picture it takes so many
 * times as long as drawing one, within these limits, in microseconds. */
#define FREE_PACE_REST 8
#define FREE_PACE_SHORTEST 40000
#define FREE_PACE_LONGEST 200000

struct _ExplorerWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *title;
  GtkWidget *problem;
  GtkStringList *problem_names;
  GtkWidget *run_button;
  GtkWidget *toasts;
  GtkWidget *flap;
  GtkWidget *paned;
  GtkWidget *figures;
  GtkWidget *grid;
  GtkWidget *timeline;
  GtkWidget *instance_panel;
  GtkWidget *sensors_panel;
  GtkWidget *guidance_panel;
  GtkWidget *sampler_panel;
  GtkWidget *display_panel;

  ExplorerPreferences *preferences;
  ExplorerSession *session;
  ExplorerExact *exact;
  ExplorerLive *live;
  ExplorerBrush *brush;
  GtkNativeDialog *dialog;
  ExplorerExport dialog_kind;
  AdwToast *toast; /* shown, or NULL */
  char *last_toast;

  guint tick;
  guint exact_tick;
  gint64 drawn_at;  /* when the newest step shown was taken; 0: the run's first is to come */
  gint64 draw_time; /* what its picture took, microseconds */
  gboolean drawing; /* it is not painted yet */
  guint shown_step;
  gboolean follows; /* the newest step is shown as it comes */
  gboolean has_run; /* the bundled run was started */
  gboolean chrome;
  gboolean side_bar_before; /* H hid it */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerWindow, explorer_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_CHROME = 1,
  PROP_PREFERENCES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Toasts. */

static void
on_toast_dismissed (ExplorerWindow *self)
{
  self->toast = NULL;
}

/* A message that names file, place, what it got and what it expected is longer than a line. */
static AdwToast *
new_toast (const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);
  GtkWidget *label = gtk_label_new (message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  return toast;
}

/* One at a time: what is new replaces what is old. */
void
explorer_window_show_toast (ExplorerWindow *self, const char *message)
{
  g_return_if_fail (EXPLORER_IS_WINDOW (self) && message != NULL);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_free (self->last_toast);
  self->last_toast = g_strdup (message);
  self->toast = new_toast (message);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (on_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), self->toast);
}

/* What is shown. */

static void
show_figures (ExplorerWindow *self)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);
  const PisdSettings *run = explorer_session_get_run_settings (self->session);
  const PisdExact *exact = explorer_exact_get (self->exact);
  ExplorerFiguresData data = { .frame = explorer_view_grid_get_frame (grid),
                               .result = explorer_live_is_active (self->live)
                                             ? NULL
                                             : explorer_session_get_result (self->session),
                               .is_mean = !explorer_view_grid_is_frame_shown (grid),
                               .n_samples = run == NULL ? 1 : run->samples };

  explorer_view_grid_get_errors (grid, data.errors);
  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    {
      data.floors[k] = exact == NULL || k >= exact->n_fields ? NAN : exact->errors[k];
      data.calibration[k] = explorer_view_grid_get_calibration (grid, k);
    }
  explorer_figures_show (EXPLORER_FIGURES (self->figures), &data);
}

static void
show_frame (ExplorerWindow *self, PisdFrame *frame)
{
  self->shown_step = frame == NULL ? 0 : frame->step;
  explorer_view_grid_show_frame (EXPLORER_VIEW_GRID (self->grid), frame);
  show_figures (self);
  explorer_guidance_panel_show_frame (EXPLORER_GUIDANCE_PANEL (self->guidance_panel), frame);
  if (frame != NULL)
    explorer_timeline_set_step (EXPLORER_TIMELINE (self->timeline), frame->step);
}

static void
set_enabled (ExplorerWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
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
  set_enabled (self, "stop", running);
  set_enabled (self, "save-result", explorer_session_get_result (self->session) != NULL);
}

static void
update_history (ExplorerWindow *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  set_enabled (self, "undo", can_undo);
  set_enabled (self, "redo", can_redo);
}

static void
update_title (ExplorerWindow *self)
{
  g_autofree char *total = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *subtitle = NULL;

  explorer_session_describe_sensors (self->session, &total, &fields);
  subtitle = g_strdup_printf ("%s (%s)", total, fields);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
}

/* Frames. */

static PisdPace
get_pace (ExplorerWindow *self)
{
  /* A window that is not drawn has no frame clock to take frames at. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return PISD_PACE_FREE;
  return explorer_preferences_get (self->preferences, "pace");
}

static gboolean
is_time_to_draw (ExplorerWindow *self, gint64 now)
{
  const gint64 interval =
      CLAMP (FREE_PACE_REST * self->draw_time, FREE_PACE_SHORTEST, FREE_PACE_LONGEST);

  return explorer_session_get_pace (self->session) != PISD_PACE_FREE
         || now - self->drawn_at >= interval;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);
  const gint64 now = g_get_monotonic_time ();

  if (is_time_to_draw (self, now) && explorer_session_drain (self->session))
    {
      self->drawn_at = now;
      self->drawing = TRUE;
    }
  if (explorer_session_is_running (self->session) && !explorer_session_is_paused (self->session))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (ExplorerWindow *self)
{
  if (self->drawing)
    self->draw_time = g_get_monotonic_time () - self->drawn_at;
  self->drawing = FALSE;
}

static void
on_frame_ready (ExplorerWindow *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    explorer_session_drain (self->session);
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Steps that came between two display frames are on the curves as well. */
static void
add_to_timeline (ExplorerWindow *self, const PisdFrame *newest)
{
  ExplorerTimeline *timeline = EXPLORER_TIMELINE (self->timeline);

  for (guint step = explorer_timeline_get_n_reached (timeline); step < newest->step; step++)
    {
      g_autoptr (PisdFrame) frame = explorer_session_dup_frame (self->session, step);

      if (frame != NULL)
        explorer_timeline_add_frame (timeline, frame);
    }
  explorer_timeline_add_frame (timeline, newest);
}

static void
on_frame (ExplorerWindow *self, PisdFrame *frame)
{
  add_to_timeline (self, frame);
  if (self->follows)
    show_frame (self, frame);
}

static void
on_run_started (ExplorerWindow *self, guint n_steps)
{
  self->drawn_at = 0;
  self->follows = TRUE;
  explorer_timeline_start (EXPLORER_TIMELINE (self->timeline), n_steps);
  explorer_view_grid_start (EXPLORER_VIEW_GRID (self->grid));
  update_run_state (self);
}

static void
on_run_finished (ExplorerWindow *self)
{
  g_autoptr (PisdFrame) frame = explorer_session_dup_frame (self->session, self->shown_step);

  /* The exact posterior has no steps. */
  if (frame != NULL || explorer_session_get_result (self->session) != NULL)
    show_frame (self, frame);
  update_run_state (self);
}

static void
on_step_selected (ExplorerWindow *self, guint step)
{
  const guint n = explorer_session_get_n_frames (self->session);
  g_autoptr (PisdFrame) frame = NULL;

  if (n == 0)
    return;
  step = MIN (step, n - 1);
  explorer_live_dismiss (self->live);
  /* The worker may be a frame ahead of what the timeline knows. */
  self->follows = step + 1 >= explorer_timeline_get_n_reached (EXPLORER_TIMELINE (self->timeline));
  frame = explorer_session_dup_frame (self->session, step);
  if (frame != NULL)
    show_frame (self, frame);
}

/* The scenario. */

/* Motion comes just before a picture is drawn: the exact answer is computed meanwhile, not afterwards. */
static gboolean
on_exact_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);

  self->exact_tick = 0;
  explorer_exact_hurry (self->exact);
  return G_SOURCE_REMOVE;
}

static void
on_scenario_changed (ExplorerWindow *self, guint flags)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;

  self->updating = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->problem), settings->problem);
  self->updating = FALSE;
  if (flags & (PISD_CHANGE_SENSORS | PISD_CHANGE_PROBLEM))
    update_title (self);
  if (self->exact_tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->exact_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_exact_tick, NULL, NULL);
}

/* Unless the person holds a run to look at it. */
static void
run_again (ExplorerWindow *self)
{
  if (explorer_preferences_get (self->preferences, "follow")
      && !explorer_session_is_paused (self->session) && self->has_run)
    explorer_session_run (self->session, PISD_PACE_FREE);
}

/* The estimate follows the sensors. */
static void
on_committed (ExplorerWindow *self, guint flags)
{
  const guint data = PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SENSORS;

  /* Live solving follows by itself, and with a run when it has come to rest. */
  if ((flags & data) && !explorer_live_is_enabled (self->live))
    run_again (self);
}

static void
on_live_changed (ExplorerWindow *self)
{
  explorer_view_grid_set_live (EXPLORER_VIEW_GRID (self->grid),
                               explorer_live_is_active (self->live));
  show_figures (self);
}

static void
on_exact_changed (ExplorerWindow *self)
{
  explorer_view_grid_set_exact (EXPLORER_VIEW_GRID (self->grid), explorer_exact_get (self->exact));
  show_figures (self);
}

static void
on_problem_selected (ExplorerWindow *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->problem));
  const PisdSettings *settings;

  if (self->updating || self->session == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  settings = &explorer_session_get_scenario (self->session)->settings;
  if (!explorer_session_set_problem (self->session, selected, settings->wavenumber))
    on_scenario_changed (self, PISD_CHANGE_ALL);
}

/* Files. */

gboolean
explorer_window_open (ExplorerWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean success;

  g_return_val_if_fail (EXPLORER_IS_WINDOW (self) && path != NULL, FALSE);
  success = explorer_files_open (self->session, path, &error);
  if (error != NULL)
    explorer_window_show_toast (self, error->message);
  return success;
}

gboolean
explorer_window_save (ExplorerWindow *self, ExplorerExport kind, const char *path)
{
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *message = NULL;
  gboolean success;

  g_return_val_if_fail (EXPLORER_IS_WINDOW (self), FALSE);
  success = explorer_export_save (kind, self->session, EXPLORER_VIEW_GRID (self->grid),
                                  EXPLORER_TIMELINE (self->timeline), pisd_palette_get (dark), path,
                                  &error);
  message = success ? g_strdup_printf (_ ("Saved as %s"), name) : g_strdup (error->message);
  explorer_window_show_toast (self, message);
  return success;
}

static void
on_open_chosen (const char *path, gpointer data)
{
  explorer_window_open (data, path);
}

static void
on_save_chosen (const char *path, gpointer data)
{
  ExplorerWindow *self = data;

  explorer_window_save (self, self->dialog_kind, path);
}

static void
take_dialog (ExplorerWindow *self, GtkNativeDialog *dialog)
{
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (self->dialog);
  g_clear_object (&self->dialog);
  self->dialog = dialog;
}

static void
ask_open (ExplorerWindow *self, ExplorerFile kind)
{
  take_dialog (self, explorer_files_ask (GTK_WINDOW (self), explorer_files_get_title (kind), NULL,
                                         explorer_files_get_patterns (kind), on_open_chosen, self));
}

static void
ask_save (ExplorerWindow *self, ExplorerExport kind)
{
  self->dialog_kind = kind;
  take_dialog (self,
               explorer_files_ask (GTK_WINDOW (self), explorer_export_get_title (kind),
                                   explorer_export_get_name (kind),
                                   explorer_export_get_patterns (kind), on_save_chosen, self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  ExplorerWindow *self = data;
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  gboolean success = FALSE;

  for (GSList *link = files; link != NULL; link = link->next)
    {
      const char *path = g_file_peek_path (link->data);

      if (path != NULL)
        success = explorer_window_open (self, path) || success;
    }
  return success;
}

/* Actions. */

static void
action_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  self->has_run = TRUE;
  explorer_session_run (self->session, get_pace (self));
}

static void
action_toggle_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (!explorer_session_is_running (self->session))
    action_run (action, parameter, data);
  else if (explorer_session_is_paused (self->session))
    explorer_session_resume (self->session, get_pace (self));
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

static void
action_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_session_stop (EXPLORER_WINDOW (data)->session);
}

/* One click from any method to the estimate that follows the pointer. */
static void
change_live (GSimpleAction *action, GVariant *state, gpointer data)
{
  ExplorerWindow *self = data;
  const gboolean on = g_variant_get_boolean (state);

  explorer_preferences_set (self->preferences, "live", on);
  if (on && !explorer_live_is_enabled (self->live))
    explorer_session_apply_preset (self->session, PISD_GUIDANCE_SECOND_ORDER);
  if (on)
    explorer_live_show (self->live);
}

static void
update_live_action (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "live");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (explorer_live_is_enabled (self->live)));
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

static void
action_open_truth (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_open (data, EXPLORER_FILE_TRUTH);
}

static void
action_open_sensors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_open (data, EXPLORER_FILE_SENSORS);
}

static void
action_open_scenario (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_open (data, EXPLORER_FILE_SCENARIO);
}

static void
action_save_picture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_save (data, EXPLORER_EXPORT_PICTURE);
}

static void
action_save_result (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_save (data, EXPLORER_EXPORT_RESULT);
}

static void
action_save_sensors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_save (data, EXPLORER_EXPORT_SENSORS);
}

static void
action_save_scenario (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_save (data, EXPLORER_EXPORT_SCENARIO);
}

static void
action_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  GtkWidget *compare = explorer_compare_new (gtk_window_get_application (GTK_WINDOW (self)),
                                             explorer_session_get_scenario (self->session));

  gtk_window_present (GTK_WINDOW (compare));
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
  ExplorerWindow *self = data;

  self->chrome = !self->chrome;
  if (!self->chrome)
    {
      self->side_bar_before = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));
      explorer_window_show_toast (self, _ ("Press H to bring the controls back"));
    }
  else if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), self->chrome && self->side_bar_before);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHROME]);
}

static void
add_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "run", action_run },
    { "toggle-run", action_toggle_run },
    { "step", action_step },
    { "stop", action_stop },
    { "undo", action_undo },
    { "redo", action_redo },
    { "open-truth", action_open_truth },
    { "open-sensors", action_open_sensors },
    { "open-scenario", action_open_scenario },
    { "save-picture", action_save_picture },
    { "save-result", action_save_result },
    { "save-sensors", action_save_sensors },
    { "save-scenario", action_save_scenario },
    { "compare", action_compare },
    { "toggle-eraser", action_toggle_eraser },
    { "brush-smaller", action_brush_smaller },
    { "brush-larger", action_brush_larger },
    { "toggle-side-bar", action_toggle_side_bar },
    { "toggle-chrome", action_toggle_chrome },
    { .name = "live", .state = "false", .change_state = change_live },
  };
  g_autoptr (GPropertyAction) noisy =
      g_property_action_new ("show-noisy", self->grid, "show-noisy");
  g_autoptr (GPropertyAction) tool = g_property_action_new ("tool", self->brush, "tool");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (noisy));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (tool));
}

/* With a modifier these go through the focused widget first, so that an entry keeps its own undo.
 */
static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } rows[] = {
    { GDK_KEY_Return, GDK_CONTROL_MASK, "win.run" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "win.run" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_y, GDK_CONTROL_MASK, "win.redo" },
    { GDK_KEY_o, GDK_CONTROL_MASK, "win.open-scenario" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "win.save-scenario" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "win.save-picture" },
    { GDK_KEY_k, GDK_CONTROL_MASK, "win.compare" },
    { GDK_KEY_F9, 0, "win.toggle-side-bar" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    gtk_widget_class_add_binding_action (widget_class, rows[k].keyval, rows[k].modifiers,
                                         rows[k].action, NULL);
}

static void
add_keys (ExplorerWindow *self)
{
  static const ExplorerKey keys[] = {
    { GDK_KEY_space, "win.toggle-run" },
    { GDK_KEY_period, "win.step" },
    { GDK_KEY_KP_Decimal, "win.step" },
    { GDK_KEY_Escape, "win.stop" },
    { GDK_KEY_d, "win.show-noisy" },
    { GDK_KEY_e, "win.toggle-eraser" },
    { GDK_KEY_h, "win.toggle-chrome" },
    { GDK_KEY_l, "win.live" },
    { GDK_KEY_bracketleft, "win.brush-smaller" },
    { GDK_KEY_bracketright, "win.brush-larger" },
  };

  explorer_keys_install (GTK_WINDOW (self), keys, G_N_ELEMENTS (keys));
}

/* The window's own life. */

static void
on_style_changed (ExplorerWindow *self)
{
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  explorer_view_grid_set_palette (EXPLORER_VIEW_GRID (self->grid), pisd_palette_get (dark));
  explorer_timeline_set_palette (EXPLORER_TIMELINE (self->timeline), pisd_palette_get (dark));
}

static void
on_scheme_changed (ExplorerWindow *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  const int chosen = explorer_preferences_get (self->preferences, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[chosen]);
}

static void
on_pace_changed (ExplorerWindow *self)
{
  explorer_session_set_pace (self->session, get_pace (self));
}

/* A minimised window may not be drawn either. */
static void
on_surface_state (ExplorerWindow *self, GParamSpec *pspec, GdkToplevel *toplevel)
{
  const gboolean hidden = gdk_toplevel_get_state (toplevel) & GDK_TOPLEVEL_STATE_MINIMIZED;

  explorer_session_set_pace (self->session, hidden ? PISD_PACE_FREE : get_pace (self));
}

static void
explorer_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (explorer_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state",
                           G_CALLBACK (on_surface_state), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (on_after_paint), widget, G_CONNECT_SWAPPED);
}

static void
explorer_window_map (GtkWidget *widget)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);

  GTK_WIDGET_CLASS (explorer_window_parent_class)->map (widget);
  if (!self->has_run)
    {
      self->has_run = TRUE;
      explorer_session_run (self->session, get_pace (self));
    }
  else
    explorer_session_set_pace (self->session, get_pace (self));
}

static void
explorer_window_unmap (GtkWidget *widget)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);

  if (self->session != NULL)
    {
      explorer_session_set_pace (self->session, PISD_PACE_FREE);
      explorer_session_drain (self->session);
    }
  GTK_WIDGET_CLASS (explorer_window_parent_class)->unmap (widget);
}

static void
save_geometry (ExplorerWindow *self)
{
  const gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  explorer_preferences_set (self->preferences, "maximized", maximized);
  if (!adw_flap_get_folded (ADW_FLAP (self->flap)) && self->chrome)
    explorer_preferences_set (self->preferences, "side-bar",
                              adw_flap_get_reveal_flap (ADW_FLAP (self->flap)));
  if (maximized)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  explorer_preferences_set (self->preferences, "window-width", MAX (width, 360));
  explorer_preferences_set (self->preferences, "window-height", MAX (height, 300));
}

static gboolean
explorer_window_close_request (GtkWindow *window)
{
  ExplorerWindow *self = EXPLORER_WINDOW (window);

  save_geometry (self);
  explorer_session_stop (self->session);
  return GTK_WINDOW_CLASS (explorer_window_parent_class)->close_request (window);
}

static void
explorer_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerWindow *self = EXPLORER_WINDOW (object);

  switch (id)
    {
    case PROP_CHROME:
      g_value_set_boolean (value, self->chrome);
      break;
    case PROP_PREFERENCES:
      g_value_set_object (value, self->preferences);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PREFERENCES)
    EXPLORER_WINDOW (object)->preferences = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
connect_signals (ExplorerWindow *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const struct
  {
    gpointer sender;
    const char *signal;
    GCallback handler;
  } rows[] = {
    { self->session, "failed", G_CALLBACK (explorer_window_show_toast) },
    { self->session, "scenario-changed", G_CALLBACK (on_scenario_changed) },
    { self->session, "committed", G_CALLBACK (on_committed) },
    { self->session, "run-started", G_CALLBACK (on_run_started) },
    { self->session, "frame-ready", G_CALLBACK (on_frame_ready) },
    { self->session, "frame", G_CALLBACK (on_frame) },
    { self->session, "ensemble", G_CALLBACK (show_figures) },
    { self->session, "run-finished", G_CALLBACK (on_run_finished) },
    { self->exact, "changed", G_CALLBACK (on_exact_changed) },
    { self->live, "notify::active", G_CALLBACK (on_live_changed) },
    { self->live, "notify::enabled", G_CALLBACK (update_live_action) },
    { self->live, "rested", G_CALLBACK (run_again) },
    { self->session, "notify::running", G_CALLBACK (update_run_state) },
    { self->session, "notify::paused", G_CALLBACK (update_run_state) },
    { self->session, "notify::can-undo", G_CALLBACK (update_history) },
    { self->session, "notify::can-redo", G_CALLBACK (update_history) },
    { self->preferences, "notify::color-scheme", G_CALLBACK (on_scheme_changed) },
    { self->preferences, "notify::pace", G_CALLBACK (on_pace_changed) },
    { style, "notify::dark", G_CALLBACK (on_style_changed) },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_signal_connect_object (rows[k].sender, rows[k].signal, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
}

static void
give_models (ExplorerWindow *self)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);
  GtkWidget *panels[] = { self->instance_panel, self->sensors_panel, self->guidance_panel,
                          self->sampler_panel, self->display_panel };

  explorer_view_grid_set_models (grid, self->session, self->brush, self->preferences);
  explorer_display_panel_set_grid (EXPLORER_DISPLAY_PANEL (self->display_panel), grid);
  for (guint k = 0; k < G_N_ELEMENTS (panels); k++)
    explorer_panel_set_models (EXPLORER_PANEL (panels[k]), self->session, self->brush,
                               self->preferences);
}

static void
add_drop_target (ExplorerWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
explorer_window_constructed (GObject *object)
{
  ExplorerWindow *self = EXPLORER_WINDOW (object);

  G_OBJECT_CLASS (explorer_window_parent_class)->constructed (object);
  self->exact = explorer_exact_new (self->session);
  self->live = explorer_live_new (self->session, self->preferences);
  add_actions (self);
  add_keys (self);
  add_drop_target (self);
  give_models (self);
  connect_signals (self);
  on_scheme_changed (self);
  on_style_changed (self);
  on_scenario_changed (self, PISD_CHANGE_ALL);
  update_run_state (self);
  update_history (self);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap),
                            explorer_preferences_get (self->preferences, "side-bar"));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               explorer_preferences_get (self->preferences, "window-width"),
                               explorer_preferences_get (self->preferences, "window-height"));
  if (explorer_preferences_get (self->preferences, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
explorer_window_dispose (GObject *object)
{
  ExplorerWindow *self = EXPLORER_WINDOW (object);

  take_dialog (self, NULL);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->exact_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->exact_tick);
  self->exact_tick = 0;
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_WINDOW);
  if (self->exact != NULL)
    g_object_run_dispose (G_OBJECT (self->exact)); /* its worker may hold it a while longer */
  g_clear_object (&self->exact);
  g_clear_object (&self->live);
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session)); /* joins the thread, whoever still holds it */
  g_clear_object (&self->session);
  g_clear_object (&self->brush);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_window_parent_class)->dispose (object);
}

static void
explorer_window_finalize (GObject *object)
{
  g_free (EXPLORER_WINDOW (object)->last_toast);
  G_OBJECT_CLASS (explorer_window_parent_class)->finalize (object);
}

static void
ensure_types (void)
{
  g_type_ensure (EXPLORER_TYPE_DISPLAY_PANEL);
  g_type_ensure (EXPLORER_TYPE_FIGURES);
  g_type_ensure (EXPLORER_TYPE_GUIDANCE_PANEL);
  g_type_ensure (EXPLORER_TYPE_INSTANCE_PANEL);
  g_type_ensure (EXPLORER_TYPE_SAMPLER_PANEL);
  g_type_ensure (EXPLORER_TYPE_SENSORS_PANEL);
  g_type_ensure (EXPLORER_TYPE_TIMELINE);
  g_type_ensure (EXPLORER_TYPE_VIEW_GRID);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, problem_names);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, run_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, figures);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, timeline);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, instance_panel);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, sensors_panel);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, guidance_panel);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, sampler_panel);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, display_panel);
  gtk_widget_class_bind_template_callback (widget_class, explorer_window_show_toast);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_step_selected);
}

static void
explorer_window_class_init (ExplorerWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_window_get_property;
  object_class->set_property = explorer_window_set_property;
  object_class->constructed = explorer_window_constructed;
  object_class->dispose = explorer_window_dispose;
  object_class->finalize = explorer_window_finalize;
  widget_class->realize = explorer_window_realize;
  widget_class->map = explorer_window_map;
  widget_class->unmap = explorer_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_window_close_request;

  properties[PROP_CHROME] =
      g_param_spec_boolean ("chrome", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PREFERENCES] =
      g_param_spec_object ("preferences", NULL, NULL, EXPLORER_TYPE_PREFERENCES,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  ensure_types ();
  bind_template (widget_class);
  add_bindings (widget_class);
}

static void
explorer_window_init (ExplorerWindow *self)
{
  self->chrome = TRUE;
  self->follows = TRUE;
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint k = 0; k < PISD_N_PROBLEMS; k++)
    gtk_string_list_append (self->problem_names, _ (pisd_operator_get (k)->title));
  self->updating = FALSE;
  self->brush = explorer_brush_new ();
  self->session = explorer_session_new ();
}

GtkWidget *
explorer_window_new (AdwApplication *application, ExplorerPreferences *preferences)
{
  return g_object_new (EXPLORER_TYPE_WINDOW, "application", application, "preferences", preferences,
                       NULL);
}

ExplorerSession *
explorer_window_get_session (ExplorerWindow *self)
{
  return self->session;
}

ExplorerViewGrid *
explorer_window_get_grid (ExplorerWindow *self)
{
  return EXPLORER_VIEW_GRID (self->grid);
}

ExplorerExact *
explorer_window_get_exact (ExplorerWindow *self)
{
  return self->exact;
}

ExplorerLive *
explorer_window_get_live (ExplorerWindow *self)
{
  return self->live;
}

ExplorerTimeline *
explorer_window_get_timeline (ExplorerWindow *self)
{
  return EXPLORER_TIMELINE (self->timeline);
}

ExplorerBrush *
explorer_window_get_brush (ExplorerWindow *self)
{
  return self->brush;
}

guint
explorer_window_get_shown_step (ExplorerWindow *self)
{
  return self->shown_step;
}

const char *
explorer_window_get_last_toast (ExplorerWindow *self)
{
  return self->last_toast;
}

const char *
explorer_window_get_figure (ExplorerWindow *self, const char *name)
{
  return explorer_figures_get_text (EXPLORER_FIGURES (self->figures), name);
}
