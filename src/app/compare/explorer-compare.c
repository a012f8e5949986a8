#include "explorer-compare-private.h"

#include <glib/gi18n.h>

#include "explorer-compare-view.h"
#include "explorer-field-switch.h"
#include "explorer-keys.h"
#include "explorer-palette.h"
#include "explorer-plan-popover.h"
#include "pisd-draw-save.h"
#include "pisd-name.h"

/* Between two pictures of a run: drawing must not take the samplers' time. */
#define DRAW_INTERVAL 50000 /* microseconds */

G_DEFINE_FINAL_TYPE (ExplorerCompare, explorer_compare, ADW_TYPE_WINDOW)

/* What is shown. */

static void
refresh (ExplorerCompare *self)
{
  self->drawn = explorer_compare_picture_update (self->picture);
  explorer_compare_view_show (EXPLORER_COMPARE_VIEW (self->view), self->drawn);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerCompare *self = EXPLORER_COMPARE (widget);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (now - self->drawn_at < DRAW_INTERVAL)
    return G_SOURCE_CONTINUE;
  self->drawn_at = now;
  if (explorer_comparison_drain (self->comparison))
    refresh (self);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_ready (ExplorerCompare *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* While methods run all show their newest step. */
static void
on_changed (ExplorerCompare *self)
{
  const gboolean running = explorer_comparison_is_running (self->comparison);

  gtk_widget_set_sensitive (self->scrubber, !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.stop", running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.save", !running);
  refresh (self);
}

static void
on_fraction_changed (ExplorerCompare *self)
{
  const double percent = gtk_adjustment_get_value (self->fraction);
  g_autofree char *text = g_strdup_printf ("%.0f\u2009%%", percent);

  gtk_label_set_text (GTK_LABEL (self->percent), text);
  if (self->picture == NULL)
    return;
  explorer_compare_picture_set_fraction (self->picture, percent / 100.0);
  refresh (self);
}

static void
on_fraction_selected (ExplorerCompare *self, double fraction)
{
  if (!explorer_comparison_is_running (self->comparison))
    gtk_adjustment_set_value (self->fraction, 100.0 * fraction);
}

static void
on_axis_toggled (ExplorerCompare *self)
{
  const gboolean active = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_evaluations));

  explorer_compare_picture_set_axis (self->picture, active ? PISD_COMPARISON_EVALUATIONS
                                                           : PISD_COMPARISON_FRACTION);
  refresh (self);
}

static void
on_field_chosen (gpointer target, guint field)
{
  ExplorerCompare *self = target;

  explorer_compare_picture_set_field (self->picture, field);
  refresh (self);
}

static void
on_style_changed (ExplorerCompare *self)
{
  explorer_charts_set_palette (EXPLORER_CHARTS (self->view), explorer_palette_get ());
}

/* The title says what is compared, or what has changed since. */
static void
show_heading (ExplorerCompare *self)
{
  g_autofree char *caption = explorer_compare_picture_dup_caption (self->picture);

  gtk_label_set_text (GTK_LABEL (self->caption), self->stale != NULL ? self->stale : caption);
  gtk_widget_set_tooltip_text (self->heading, caption);
}

/* Whether another start would run something else. */
static void
on_scenario_changed (ExplorerCompare *self)
{
  const PisdScenario *now = explorer_session_get_scenario (self->session);
  const PisdScenario *then = explorer_comparison_get_plan (self->comparison)->scenario;
  const guint changes = pisd_name_find_changes (then, &then->settings.parameters, now);
  const char *mark = pisd_name_get_mark (changes);

  g_free (self->stale);
  self->stale = mark == NULL ? NULL : g_strdup_printf (_ ("%s, run again"), mark);
  explorer_compare_picture_set_mark (self->picture, self->stale);
  show_heading (self);
  refresh (self);
}

/* Unless the main window has another equation by now. */
static void
on_moment_changed (ExplorerCompare *self)
{
  const PisdScenario *scenario = explorer_comparison_get_plan (self->comparison)->scenario;
  const PisdFieldInfo *info = explorer_flow_get_info (self->flow);

  if (pisd_problem_find_field (scenario->settings.problem, info->id) != info)
    return;
  explorer_compare_picture_set_time (self->picture, explorer_flow_get_time (self->flow));
  refresh (self);
}

/* Actions. */

static void adopt_scenario (ExplorerCompare *self);

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerCompare *self = EXPLORER_COMPARE (widget);

  gtk_popover_popdown (GTK_POPOVER (self->set_up));
  explorer_plan_popover_read (EXPLORER_PLAN_POPOVER (self->set_up),
                              explorer_comparison_get_plan (self->comparison));
  if (self->stale != NULL)
    adopt_scenario (self);
  gtk_adjustment_set_value (self->fraction, 100.0);
  explorer_comparison_start (self->comparison);
  show_heading (self);
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_comparison_stop (EXPLORER_COMPARE (widget)->comparison);
}

void
explorer_compare_choose_priors (ExplorerCompare *self)
{
  g_return_if_fail (EXPLORER_IS_COMPARE (self));
  explorer_plan_popover_choose_priors (EXPLORER_PLAN_POPOVER (self->set_up));
}

static void
action_priors (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_compare_choose_priors (EXPLORER_COMPARE (widget));
  action_start (widget, name, parameter);
}

/* What is written, by a thread. */
typedef struct
{
  PisdComparison *comparison;
  PisdScenario *scenario;
  const PisdPalette *palette;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  pisd_comparison_free (content->comparison);
  pisd_scenario_free (content->scenario);
  g_free (content);
}

static gboolean
write_content (gpointer data, const char *path, GError **error)
{
  const Content *content = data;

  g_auto (PisdPaper) paper = { 0 };

  return pisd_draw_save_carry (path, content->scenario, &paper, error)
         && pisd_draw_save_comparison (path, &paper, content->palette, content->comparison, error);
}

void
explorer_compare_save (ExplorerCompare *self, const char *path)
{
  g_autofree char *target = pisd_draw_save_dup_path (path);
  Content *content;

  g_return_if_fail (EXPLORER_IS_COMPARE (self) && path != NULL);

  content = g_new (Content, 1);
  *content =
      (Content){ explorer_compare_picture_dup (self->picture),
                 pisd_scenario_dup (explorer_comparison_get_plan (self->comparison)->scenario),
                 explorer_palette_get () };
  explorer_file_saving_start (self->saving, target, write_content, content, content_free);
}

static void
on_save_chosen (const char *path, gpointer data)
{
  explorer_compare_save (data, path);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const patterns[] = { "*.png", "*.svg", "*.pdf", NULL };

  explorer_file_saving_ask (EXPLORER_COMPARE (widget)->saving, _ ("Save Picture"),
                            _ ("methods.png"), patterns, on_save_chosen);
}

/* The window's own life. */

/* The picture is of one scenario. */
static void
make_picture (ExplorerCompare *self)
{
  const PisdScenario *scenario = explorer_comparison_get_plan (self->comparison)->scenario;

  explorer_compare_view_show (EXPLORER_COMPARE_VIEW (self->view), NULL);
  g_clear_pointer (&self->picture, explorer_compare_picture_free);
  self->picture = explorer_compare_picture_new (self->comparison);
  explorer_compare_picture_set_time (self->picture, explorer_flow_get_time (self->flow));
  on_axis_toggled (self);
  explorer_field_switch_fill (GTK_BOX (self->fields), scenario->settings.problem, on_field_chosen,
                              G_OBJECT (self));
  explorer_field_switch_choose (GTK_BOX (self->fields), scenario);
}

/* From now on it is the main window's set-up of today that is compared. */
static void
adopt_scenario (ExplorerCompare *self)
{
  explorer_comparison_stop (self->comparison);
  g_clear_pointer (&self->stale, g_free);
  explorer_plan_set_scenario (explorer_comparison_get_plan (self->comparison),
                              explorer_session_get_scenario (self->session));
  explorer_plan_popover_show (EXPLORER_PLAN_POPOVER (self->set_up),
                              explorer_comparison_get_plan (self->comparison));
  make_picture (self);
}

static void
explorer_compare_map (GtkWidget *widget)
{
  ExplorerCompare *self = EXPLORER_COMPARE (widget);

  GTK_WIDGET_CLASS (explorer_compare_parent_class)->map (widget);
  if (explorer_comparison_get_track (self->comparison, EXPLORER_PLAN_AS_SET) == NULL)
    gtk_widget_activate_action (widget, "compare.start", NULL);
}

static gboolean
explorer_compare_close_request (GtkWindow *window)
{
  explorer_comparison_stop (EXPLORER_COMPARE (window)->comparison);
  return GTK_WINDOW_CLASS (explorer_compare_parent_class)->close_request (window);
}

static void
explorer_compare_dispose (GObject *object)
{
  ExplorerCompare *self = EXPLORER_COMPARE (object);

  g_clear_pointer (&self->saving, explorer_file_saving_free);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->comparison != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->comparison, self);
      g_object_run_dispose (G_OBJECT (self->comparison)); /* joins the threads */
    }
  if (self->view != NULL)
    explorer_compare_view_show (EXPLORER_COMPARE_VIEW (self->view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_COMPARE);
  g_clear_pointer (&self->picture, explorer_compare_picture_free);
  g_clear_object (&self->comparison);
  g_clear_object (&self->session);
  g_clear_object (&self->flow);
  g_clear_pointer (&self->stale, g_free);
  g_clear_pointer (&self->toasts, explorer_toasts_free);
  G_OBJECT_CLASS (explorer_compare_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, heading);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, caption);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, overlay);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, view);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, fields);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, scrubber);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, percent);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, by_fraction);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, by_evaluations);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, set_up);
  gtk_widget_class_bind_template_child (widget_class, ExplorerCompare, fraction);
  gtk_widget_class_bind_template_callback (widget_class, on_fraction_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_fraction_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_axis_toggled);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "compare.start", NULL, action_start);
  gtk_widget_class_install_action (widget_class, "compare.priors", NULL, action_priors);
  gtk_widget_class_install_action (widget_class, "compare.stop", NULL, action_stop);
  gtk_widget_class_install_action (widget_class, "compare.save", NULL, action_save);
  explorer_keys_bind_run (widget_class, "compare.start", "compare.save");
  explorer_keys_bind_close (widget_class, "window.close");
}

static void
explorer_compare_class_init (ExplorerCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_compare_dispose;
  widget_class->map = explorer_compare_map;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_compare_close_request;
  g_type_ensure (EXPLORER_TYPE_COMPARE_VIEW);
  g_type_ensure (EXPLORER_TYPE_PLAN_POPOVER);
  bind_template (widget_class);
  add_actions (widget_class);
}

static void
explorer_compare_init (ExplorerCompare *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  self->saving = explorer_file_saving_new (GTK_WINDOW (self), self->toasts);
  on_fraction_changed (self);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
}

GtkWidget *
explorer_compare_new (GtkApplication *application,
                      ExplorerSession *session,
                      ExplorerFlow *flow,
                      ExplorerPreferences *preferences)
{
  ExplorerCompare *self = g_object_new (EXPLORER_TYPE_COMPARE, "application", application, NULL);
  ExplorerPlanPopover *set_up = EXPLORER_PLAN_POPOVER (self->set_up);

  self->session = g_object_ref (session);
  self->flow = g_object_ref (flow);
  self->comparison = explorer_comparison_new (explorer_session_get_scenario (session));
  explorer_plan_popover_set_preferences (set_up, preferences);
  explorer_plan_popover_show (set_up, explorer_comparison_get_plan (self->comparison));
  make_picture (self);
  g_signal_connect_swapped (self->comparison, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect_swapped (self->comparison, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "notify::frame", G_CALLBACK (on_moment_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
