#include "explorer-sweep-private.h"

#include <glib/gi18n.h>

#include "explorer-field-switch.h"
#include "explorer-keys.h"
#include "explorer-palette.h"
#include "explorer-spare.h"
#include "explorer-yielding.h"
#include "pisd-name.h"

/* Between two pictures: drawing must not take the runs' time. */
#define DRAW_INTERVAL 50000 /* microseconds */

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerSweep, explorer_sweep, ADW_TYPE_WINDOW)

/* What is shown. */

/* "2 × 3 runs of Poisson, PISD", or what has changed since. */
static void
show_caption (ExplorerSweep *self)
{
  const PisdScenario *now = explorer_session_get_scenario (self->session);
  const PisdScenario *then =
      self->queue != NULL ? pisd_sweep_queue_get_sweep (self->queue)->base : now;
  const guint changes = pisd_name_find_changes (then, &then->settings.parameters, now);
  const char *mark = pisd_name_get_mark (changes);
  g_autofree char *stale = mark == NULL ? NULL : g_strdup_printf (_ ("%s, run again"), mark);
  g_autofree char *sensors = pisd_name_dup_sensors (then);
  g_autofree char *what =
      g_strdup_printf ("%s · %s · %s", pisd_operator_get (then->settings.problem)->title, sensors,
                       pisd_name_get_method (then->settings.guidance));

  gtk_label_set_text (GTK_LABEL (self->caption), stale != NULL ? stale : what);
  gtk_widget_set_tooltip_text (self->caption, what);
}

static void
show_status (ExplorerSweep *self)
{
  g_autofree char *status = explorer_sweep_dup_status (self);
  const guint n_cells = pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (self->queue));

  gtk_label_set_text (GTK_LABEL (self->status), status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sheet), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  status, -1);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 pisd_sweep_queue_get_done (self->queue) / (1000.0 * n_cells));
}

static void
update_actions (ExplorerSweep *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const int selected = explorer_sweep_sheet_get_selected (EXPLORER_SWEEP_SHEET (self->sheet));

  gtk_widget_action_set_enabled (widget, "sweep.stop", self->running);
  gtk_widget_action_set_enabled (widget, "sweep.save", self->queue != NULL && !self->running);
  /* The main window that would run it may have been closed. */
  gtk_widget_action_set_enabled (
      widget, "sweep.open",
      selected >= 0 && g_signal_has_handler_pending (self, signals[OPEN], 0, FALSE));
  gtk_widget_action_set_enabled (widget, "sweep.start", !self->running);
  gtk_widget_set_opacity (self->progress, self->running ? 1.0 : 0.0);
}

static void
refresh (ExplorerSweep *self)
{
  const gboolean running = !pisd_sweep_queue_is_through (self->queue);

  explorer_sweep_sheet_update (EXPLORER_SWEEP_SHEET (self->sheet));
  if (running != self->running)
    {
      self->running = running;
      update_actions (self);
    }
  show_status (self);
}

/* While runs go on what has come of them is looked for once a picture. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerSweep *self = EXPLORER_SWEEP (widget);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);
  const guint64 done = pisd_sweep_queue_get_done (self->queue);
  const gboolean is_through = pisd_sweep_queue_is_through (self->queue);

  if (!is_through && (now - self->drawn_at < DRAW_INTERVAL || done == self->shown))
    return G_SOURCE_CONTINUE;
  self->drawn_at = now;
  self->shown = done;
  refresh (self);
  if (!is_through)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  explorer_spare_soon ();
  return G_SOURCE_REMOVE;
}

static void
on_selected (ExplorerSweep *self)
{
  if (self->queue == NULL)
    return;
  update_actions (self);
  show_status (self);
}

static void
on_activated (ExplorerSweep *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sweep.open", NULL);
}

static void
on_field_chosen (gpointer target, guint field)
{
  ExplorerSweep *self = target;

  self->field = field;
  explorer_sweep_sheet_set_field (EXPLORER_SWEEP_SHEET (self->sheet), field);
  if (self->queue != NULL)
    show_status (self);
}

static void
on_style_changed (ExplorerSweep *self)
{
  explorer_sweep_sheet_set_palette (EXPLORER_SWEEP_SHEET (self->sheet), explorer_palette_get ());
}

/* What is varied. */

static void
forget_queue (ExplorerSweep *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  explorer_sweep_sheet_set_queue (EXPLORER_SWEEP_SHEET (self->sheet), NULL);
  gtk_widget_show (self->empty);
  g_clear_pointer (&self->queue, pisd_sweep_queue_free);
}

/* NULL where an axis cannot be used, which is marked and said. */
static PisdSweep *
make_sweep (ExplorerSweep *self)
{
  g_autoptr (PisdSweep) sweep = pisd_sweep_new (explorer_session_get_scenario (self->session));

  for (guint a = 0; a < PISD_SWEEP_MAX_AXES; a++)
    {
      ExplorerSweepAxis *axis = EXPLORER_SWEEP_AXIS (self->axes[a]);
      g_autofree char *text = explorer_sweep_axis_dup_text (axis);
      g_autoptr (GError) error = NULL;

      if (text != NULL)
        pisd_sweep_add_axis (sweep, text, &error);
      explorer_sweep_axis_set_error (axis, error != NULL ? error->message : NULL);
      if (error == NULL)
        continue;
      explorer_toasts_show (self->toasts, error->message);
      return NULL;
    }
  return g_steal_pointer (&sweep);
}

static void
show_fields (ExplorerSweep *self, const PisdScenario *scenario)
{
  explorer_field_switch_fill (GTK_BOX (self->fields), scenario->settings.problem, on_field_chosen,
                              G_OBJECT (self));
  explorer_field_switch_choose (GTK_BOX (self->fields), scenario);
}

static void
offer_axes (ExplorerSweep *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const gboolean has_weights =
      pisd_method_get (scenario->settings.guidance)->uses & PISD_USES_WEIGHTS;

  explorer_sweep_axis_set_scenario (EXPLORER_SWEEP_AXIS (self->axes[0]), scenario,
                                    has_weights ? "zeta-pde" : "sensors", FALSE);
  explorer_sweep_axis_set_scenario (EXPLORER_SWEEP_AXIS (self->axes[1]), scenario, "", TRUE);
}

static void
on_scenario_changed (ExplorerSweep *self)
{
  offer_axes (self);
  show_caption (self);
}

/* Actions. */

typedef struct
{
  const PisdSweep *sweep;
  PisdSweepQueue *queue;
} Start;

static void
start_queue (gpointer data)
{
  Start *start = data;

  start->queue = pisd_sweep_queue_new (start->sweep, 0);
}

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerSweep *self = EXPLORER_SWEEP (widget);
  g_autoptr (PisdSweep) sweep = make_sweep (self);
  Start start = { sweep, NULL };

  if (sweep == NULL)
    return;
  forget_queue (self);
  show_fields (self, sweep->base);
  explorer_yielding_start (start_queue, &start);
  self->queue = start.queue;
  self->n_started++;
  self->shown = 0;
  explorer_sweep_sheet_set_queue (EXPLORER_SWEEP_SHEET (self->sheet), self->queue);
  gtk_widget_hide (self->empty);
  self->tick = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
  show_caption (self);
  self->running = TRUE;
  update_actions (self);
  refresh (self);
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pisd_sweep_queue_stop (EXPLORER_SWEEP (widget)->queue);
  gtk_widget_action_set_enabled (widget, "sweep.stop", FALSE);
}

/* What took long is not lost by one key: the first one stops it. */
static void
action_escape (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (EXPLORER_SWEEP (widget)->running)
    action_stop (widget, name, parameter);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerSweep *self = EXPLORER_SWEEP (widget);
  const int selected = explorer_sweep_sheet_get_selected (EXPLORER_SWEEP_SHEET (self->sheet));
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdScenario) scenario =
      pisd_sweep_make_scenario (pisd_sweep_queue_get_sweep (self->queue), selected, &error);

  if (scenario != NULL)
    g_signal_emit (self, signals[OPEN], 0, scenario);
  else
    explorer_toasts_show (self->toasts, error->message);
}

static void
on_save_chosen (const char *path, gpointer data)
{
  explorer_sweep_save (data, path);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const patterns[] = { "*.png", "*.svg", "*.pdf", "*.csv", NULL };

  explorer_file_saving_ask (EXPLORER_SWEEP (widget)->saving, _ ("Save Sheet or Table"),
                            _ ("sweep.png"), patterns, on_save_chosen);
}

/* The window's own life. */

static gboolean
explorer_sweep_close_request (GtkWindow *window)
{
  forget_queue (EXPLORER_SWEEP (window));
  return GTK_WINDOW_CLASS (explorer_sweep_parent_class)->close_request (window);
}

static void
explorer_sweep_dispose (GObject *object)
{
  ExplorerSweep *self = EXPLORER_SWEEP (object);

  if (self->sheet != NULL)
    forget_queue (self);
  g_clear_pointer (&self->saving, explorer_file_saving_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_SWEEP);
  g_clear_object (&self->session);
  g_clear_pointer (&self->toasts, explorer_toasts_free);
  G_OBJECT_CLASS (explorer_sweep_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-sweep.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, caption);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, overlay);
  gtk_widget_class_bind_template_child_full (widget_class, "down", FALSE,
                                             G_STRUCT_OFFSET (ExplorerSweep, axes[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "across", FALSE,
                                             G_STRUCT_OFFSET (ExplorerSweep, axes[1]));
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, sheet);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, empty);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, fields);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, progress);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSweep, status);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sweep.start", NULL, action_start);
  gtk_widget_class_install_action (widget_class, "sweep.stop", NULL, action_stop);
  gtk_widget_class_install_action (widget_class, "sweep.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "sweep.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "sweep.escape", NULL, action_escape);
  explorer_keys_bind_run (widget_class, "sweep.start", "sweep.save");
  explorer_keys_bind_close (widget_class, "sweep.escape");
}

static void
explorer_sweep_class_init (ExplorerSweepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_sweep_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_sweep_close_request;
  signals[OPEN] = g_signal_new ("open", EXPLORER_TYPE_SWEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (EXPLORER_TYPE_SWEEP_AXIS);
  g_type_ensure (EXPLORER_TYPE_SWEEP_SHEET);
  bind_template (widget_class);
  add_actions (widget_class);
}

static void
explorer_sweep_init (ExplorerSweep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  self->saving = explorer_file_saving_new (GTK_WINDOW (self), self->toasts);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
  update_actions (self);
}

GtkWidget *
explorer_sweep_new (GtkApplication *application, ExplorerSession *session)
{
  ExplorerSweep *self = g_object_new (EXPLORER_TYPE_SWEEP, "application", application, NULL);

  self->session = g_object_ref (session);
  offer_axes (self);
  show_fields (self, explorer_session_get_scenario (session));
  show_caption (self);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
