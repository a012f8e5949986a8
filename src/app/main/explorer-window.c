#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-flow-bar.h"
#include "explorer-flow-charts.h"
#include "explorer-name-line.h"
#include "explorer-number-bar.h"
#include "explorer-hint.h"
#include "explorer-lesson-list.h"
#include "explorer-lesson-page.h"
#include "explorer-measure-chart.h"
#include "explorer-palette.h"
#include "explorer-probe-chart.h"
#include "explorer-side-bar.h"

G_DEFINE_FINAL_TYPE (ExplorerWindow, explorer_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_CHROME = 1,
  PROP_PREFERENCES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

void
explorer_window_show_toast (ExplorerWindow *self, const char *message)
{
  g_return_if_fail (EXPLORER_IS_WINDOW (self) && message != NULL);
  explorer_toasts_show (self->toasts, message);
}

void
explorer_window_toggle_chrome (ExplorerWindow *self)
{
  self->chrome = !self->chrome;
  if (!self->chrome)
    {
      explorer_window_leave_lessons (self);
      self->side_bar_before = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));
      explorer_window_show_toast (self, _ ("Press H to bring the controls back"));
    }
  else
    explorer_toasts_dismiss (self->toasts);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), self->chrome && self->side_bar_before);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHROME]);
}

/* The window's own life. */

static void
on_style_changed (ExplorerWindow *self)
{
  explorer_view_grid_set_palette (EXPLORER_VIEW_GRID (self->grid), explorer_palette_get ());
  explorer_window_style_flow (self);
  explorer_charts_set_palette (EXPLORER_CHARTS (self->probe_chart), explorer_palette_get ());
  explorer_charts_set_palette (EXPLORER_CHARTS (self->measure_chart), explorer_palette_get ());
  explorer_timeline_set_palette (EXPLORER_TIMELINE (self->timeline), explorer_palette_get ());
  explorer_course_editor_set_palette (EXPLORER_COURSE_EDITOR (self->course_editor),
                                      explorer_palette_get ());
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
explorer_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (explorer_window_parent_class)->realize (widget);
  explorer_window_watch_surface (EXPLORER_WINDOW (widget));
}

/* The first key is a shortcut, not one of the first widget's. */
static void
explorer_window_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (explorer_window_parent_class)->show (widget);
  gtk_window_set_focus (GTK_WINDOW (widget), NULL);
}

static void
explorer_window_map (GtkWidget *widget)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);

  GTK_WIDGET_CLASS (explorer_window_parent_class)->map (widget);
  if (!self->has_run)
    explorer_window_run_first (self);
  else
    explorer_session_set_pace (self->session, explorer_window_get_pace (self));
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
  if (self->keeper != NULL)
    explorer_keeper_end (self->keeper);
  explorer_loader_stop (self->loader);
  explorer_saver_stop (self->saver);
  explorer_session_stop (self->session);
  explorer_exact_stop (self->exact);
  explorer_spread_stop (self->spread);
  explorer_where_stop (self->where);
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

void
explorer_window_connect (ExplorerWindow *self, const ExplorerWindowSignal *rows, guint n)
{
  for (guint k = 0; k < n; k++)
    g_signal_connect_object (rows[k].sender, rows[k].signal, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
}

static void
connect_style (ExplorerWindow *self)
{
  g_signal_connect_object (self->preferences, "notify::color-scheme",
                           G_CALLBACK (on_scheme_changed), self, G_CONNECT_SWAPPED);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_scheme_changed (self);
  on_style_changed (self);
}

static void
restore_geometry (ExplorerWindow *self)
{
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap),
                            explorer_preferences_get (self->preferences, "side-bar"));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               explorer_preferences_get (self->preferences, "window-width"),
                               explorer_preferences_get (self->preferences, "window-height"));
  if (explorer_preferences_get (self->preferences, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
give_models (ExplorerWindow *self)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);

  explorer_view_grid_set_models (grid, self->session, self->flow, self->brush, self->preferences);
  explorer_view_grid_set_inspector (grid, self->inspector);
  explorer_window_give_flow (self);
  explorer_probe_chart_set_models (EXPLORER_PROBE_CHART (self->probe_chart), grid, self->session,
                                   self->spread, self->preferences);
  explorer_window_give_measure (self);
  explorer_side_bar_set_models (EXPLORER_SIDE_BAR (self->side_bar), self->session, self->flow,
                                self->brush, self->preferences, grid, self->where);
}

static void
explorer_window_constructed (GObject *object)
{
  ExplorerWindow *self = EXPLORER_WINDOW (object);

  G_OBJECT_CLASS (explorer_window_parent_class)->constructed (object);
  self->flow = explorer_flow_new (self->session, self->preferences);
  self->exact = explorer_exact_new (self->session);
  self->spread = explorer_spread_new (self->session, self->exact);
  self->where = explorer_where_new (self->session);
  self->inspector = explorer_inspector_new (self->session);
  self->live = explorer_live_new (self->session, self->preferences);
  self->lesson.watch = explorer_lesson_watch_new (self->session, self->exact);
  self->loader = explorer_loader_new (self->session);
  self->saver = explorer_saver_new ();
  explorer_window_add_actions (self);
  explorer_window_add_keys (self);
  explorer_window_add_drop_target (self);
  give_models (self);
  connect_style (self);
  explorer_window_connect_preferences (self);
  explorer_window_connect_scenario (self);
  explorer_window_connect_frames (self);
  explorer_window_connect_runs (self);
  explorer_window_connect_files (self);
  explorer_window_connect_lessons (self);
  restore_geometry (self);
}

static void
remove_tick (ExplorerWindow *self, guint *tick)
{
  if (*tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), *tick);
  *tick = 0;
}

static void
explorer_window_dispose (GObject *object)
{
  ExplorerWindow *self = EXPLORER_WINDOW (object);

  explorer_window_take_dialog (self, NULL);
  explorer_window_close_lesson (self); /* what was seen before it is what is kept */
  if (self->reading != NULL)
    gtk_window_destroy (GTK_WINDOW (self->reading));
  if (self->runs != NULL)
    gtk_window_destroy (GTK_WINDOW (self->runs));
  if (self->sensor_table != NULL)
    gtk_window_destroy (GTK_WINDOW (self->sensor_table));
  if (self->inspect != NULL)
    gtk_window_destroy (GTK_WINDOW (self->inspect));
  if (self->preferences_window != NULL) /* first: what was typed there still counts */
    gtk_window_destroy (GTK_WINDOW (self->preferences_window));
  remove_tick (self, &self->tick);
  remove_tick (self, &self->exact_tick);
  g_clear_handle_id (&self->file_delay, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_WINDOW);
  g_clear_handle_id (&self->menu_delay, g_source_remove); /* an open menu is closed by then */
  if (self->inspector != NULL)
    g_object_run_dispose (G_OBJECT (self->inspector)); /* as below */
  g_clear_object (&self->inspector);
  if (self->spread != NULL)
    g_object_run_dispose (G_OBJECT (self->spread)); /* ends its worker, whoever still holds it */
  g_clear_object (&self->spread);
  if (self->where != NULL)
    g_object_run_dispose (G_OBJECT (self->where)); /* likewise */
  g_clear_object (&self->where);
  if (self->exact != NULL)
    g_object_run_dispose (G_OBJECT (self->exact)); /* likewise */
  g_clear_object (&self->exact);
  if (self->loader != NULL)
    g_object_run_dispose (G_OBJECT (self->loader)); /* likewise */
  g_clear_object (&self->loader);
  g_clear_object (&self->saver); /* which goes when everything is written */
  if (self->keeper != NULL)
    g_object_run_dispose (G_OBJECT (self->keeper)); /* likewise, but for the session */
  g_clear_object (&self->keeper);
  g_clear_object (&self->live);
  explorer_window_clear_lesson (self);
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session)); /* joins the thread, whoever still holds it */
  g_clear_object (&self->session);
  g_clear_object (&self->flow);
  g_clear_object (&self->brush);
  g_clear_object (&self->gauge);
  g_clear_object (&self->preferences);
  g_clear_weak_pointer (&self->preferences_window);
  g_clear_weak_pointer (&self->lab_lesson);
  G_OBJECT_CLASS (explorer_window_parent_class)->dispose (object);
}

static void
explorer_window_finalize (GObject *object)
{
  explorer_toasts_free (EXPLORER_WINDOW (object)->toasts);
  G_OBJECT_CLASS (explorer_window_parent_class)->finalize (object);
}

static void
ensure_types (void)
{
  g_type_ensure (EXPLORER_TYPE_FLOW_CHARTS);
  g_type_ensure (EXPLORER_TYPE_NAME_LINE);
  g_type_ensure (EXPLORER_TYPE_NUMBER_BAR);
  g_type_ensure (EXPLORER_TYPE_FLOW_BAR);
  g_type_ensure (EXPLORER_TYPE_PROBE_CHART);
  g_type_ensure (EXPLORER_TYPE_MEASURE_CHART);
  g_type_ensure (EXPLORER_TYPE_HINT);
  g_type_ensure (EXPLORER_TYPE_LESSON_LIST);
  g_type_ensure (EXPLORER_TYPE_LESSON_PAGE);
  g_type_ensure (EXPLORER_TYPE_SIDE_BAR);
  g_type_ensure (EXPLORER_TYPE_TIMELINE);
  g_type_ensure (EXPLORER_TYPE_COURSE_EDITOR);
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
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, numbers);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, name_line);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, flow_bar);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, mean_hint);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, lost_hint);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, charts);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, probe_chart);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, measure_chart);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, timeline);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, course_editor);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, side_bar);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, lessons);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, lesson_list);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWindow, lesson_page);
  gtk_widget_class_bind_template_callback (widget_class, explorer_window_show_toast);
  gtk_widget_class_bind_template_callback (widget_class, explorer_window_select_problem);
  gtk_widget_class_bind_template_callback (widget_class, explorer_window_select_step);
  gtk_widget_class_bind_template_callback (widget_class, explorer_window_show_inspect);
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
  widget_class->show = explorer_window_show;
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
  gtk_widget_class_install_property_action (widget_class, "explorer.fullscreen", "fullscreened");
  explorer_window_add_bindings (widget_class);
}

static void
explorer_window_init (ExplorerWindow *self)
{
  self->chrome = TRUE;
  self->follows = TRUE;
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  for (guint k = 0; k < pisd_operator_get_n (); k++)
    gtk_string_list_append (self->problem_names, _ (pisd_operator_get (k)->title));
  self->updating = FALSE;
  self->brush = explorer_brush_new ();
  self->gauge = explorer_gauge_new ();
  self->session = explorer_session_new ();
}

GtkWidget *
explorer_window_new (AdwApplication *application, ExplorerPreferences *preferences)
{
  return g_object_new (EXPLORER_TYPE_WINDOW, "application", application, "preferences", preferences,
                       NULL);
}
