#include "explorer-training-private.h"

#include <glib/gi18n.h>

#include "explorer-keys.h"
#include "explorer-lab-board.h"
#include "explorer-log-slider.h"
#include "explorer-palette.h"
#include "explorer-session.h"
#include "explorer-training-chart.h"

G_DEFINE_FINAL_TYPE (ExplorerTraining, explorer_training, ADW_TYPE_WINDOW)

static void
on_changed (ExplorerTraining *self)
{
  explorer_training_take_rows (self, NULL);
}

/* What changes many times in a row, as a button of it is held, is taken back at once. */
static void
on_spun (ExplorerTraining *self, GtkWidget *spin)
{
  explorer_training_take_rows (self, gtk_buildable_get_buildable_id (GTK_BUILDABLE (spin)));
}

/* Where the rate changed is marked: the newest step of the first run. */
static void
mark_change (ExplorerTraining *self)
{
  const PisdRegressionRow *row = pisd_regression_log_get_last (g_ptr_array_index (self->logs, 0));
  const double step = row != NULL ? row->step : 0.0;

  g_array_append_val (self->flags, step);
  pisd_training_look_set_flags (self->look, self->flags->len,
                                (const double *) (gpointer) self->flags->data);
}

/* The rate alone is also that of the runs that go on. */
static void
follow_rate (ExplorerTraining *self)
{
  if (self->tick == 0 || self->setup->rate == self->ran->rate)
    return;
  pisd_regression_group_set_rate (self->group, self->setup->rate);
  self->ran->rate = self->setup->rate;
  for (guint k = 0; k < self->runs->n_runs; k++)
    self->runs->plans[k]->rate = self->setup->rate;
  mark_change (self);
  explorer_training_show_caption (self);
}

static void
on_slider_changed (ExplorerTraining *self, double value, GtkWidget *slider)
{
  explorer_training_take_rows (self, gtk_buildable_get_buildable_id (GTK_BUILDABLE (slider)));
  follow_rate (self);
}

static void
on_slider_refused (ExplorerTraining *self, const char *text)
{
  explorer_toasts_refuse_number (self->toasts, text);
}

static void
on_logarithmic (ExplorerTraining *self)
{
  if (self->look == NULL)
    return;
  pisd_training_look_set_logarithmic (self->look,
                                      gtk_switch_get_active (GTK_SWITCH (self->logarithmic)));
  explorer_training_refresh (self);
}

static void
on_watched (ExplorerTraining *self)
{
  const guint k = adw_combo_row_get_selected (ADW_COMBO_ROW (self->watched));

  if (self->updating || self->look == NULL || k >= self->logs->len)
    return;
  pisd_training_look_watch (self->look, k);
  explorer_training_refresh (self);
}

static void
on_style_changed (ExplorerTraining *self)
{
  explorer_training_show_palette (self);
}

/* Actions. */

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_training_start (EXPLORER_TRAINING (widget), FALSE);
}

static void
action_toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);
  gboolean held;

  if (!explorer_training_is_going (self))
    {
      explorer_training_start (self, FALSE);
      return;
    }
  held = !pisd_regression_group_is_held (self->group);
  pisd_regression_group_hold (self->group, held);
  explorer_training_keep_time (self, !held);
  explorer_training_update_actions (self);
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);

  if (explorer_training_is_going (self) || explorer_training_start (self, TRUE))
    pisd_regression_group_allow (self->group);
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);

  pisd_regression_group_stop (self->group);
  explorer_training_update_actions (self);
}

/* What took long is not lost by one key: the first one stops it. */
static void
action_escape (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (explorer_training_is_going (EXPLORER_TRAINING (widget)))
    action_stop (widget, name, parameter);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);

  explorer_training_move (self, PISD_UNDO_BACK);
  follow_rate (self);
}

static void
action_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);

  explorer_training_move (self, PISD_UNDO_FORTH);
  follow_rate (self);
}

static void
action_logarithmic (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkSwitch *logarithmic = GTK_SWITCH (EXPLORER_TRAINING (widget)->logarithmic);

  gtk_switch_set_active (logarithmic, !gtk_switch_get_active (logarithmic));
}

/* What an entry cannot take (explorer-entry.h). */
static void
action_say (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_toasts_show (EXPLORER_TRAINING (widget)->toasts, g_variant_get_string (parameter, NULL));
}

static void
on_save_chosen (const char *path, gpointer data)
{
  explorer_training_save (data, path);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const patterns[] = { "*.png", "*.svg", "*.pdf", "*.csv", NULL };

  explorer_file_saving_ask (EXPLORER_TRAINING (widget)->saving, _ ("Save Charts or Courses"),
                            _ ("training.png"), patterns, on_save_chosen);
}

/* The window's own life. */

static gboolean
explorer_training_close_request (GtkWindow *window)
{
  explorer_training_forget_runs (EXPLORER_TRAINING (window));
  return GTK_WINDOW_CLASS (explorer_training_parent_class)->close_request (window);
}

static void
explorer_training_dispose (GObject *object)
{
  ExplorerTraining *self = EXPLORER_TRAINING (object);

  if (self->board != NULL)
    explorer_training_forget_runs (self);
  g_clear_pointer (&self->saving, explorer_file_saving_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_TRAINING);
  g_clear_pointer (&self->toasts, explorer_toasts_free);
  G_OBJECT_CLASS (explorer_training_parent_class)->dispose (object);
}

static void
explorer_training_finalize (GObject *object)
{
  ExplorerTraining *self = EXPLORER_TRAINING (object);

  explorer_training_setup_free (self->setup);
  pisd_undo_free (self->undo);
  g_array_unref (self->flags);
  G_OBJECT_CLASS (explorer_training_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, ExplorerTraining, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-training.ui");
  BIND (caption);
  BIND (toggle);
  BIND (overlay);
  BIND (target);
  BIND (target_names);
  BIND (formula_row);
  BIND (polynomial_row);
  BIND (polynomial);
  BIND (network);
  BIND (activations);
  BIND (method);
  BIND (method_names);
  BIND (rate);
  BIND (batch_row);
  BIND (batch);
  BIND (points);
  BIND (decay);
  BIND (until_row);
  BIND (until);
  BIND (steps);
  BIND (seeds);
  BIND (seed);
  BIND (logarithmic);
  BIND (watched);
  BIND (watched_names);
  BIND (theory);
  BIND (board);
  BIND (empty);
  BIND (progress);
  BIND (status);
  BIND (judgement);
  BIND (lesson);
  BIND (controls);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_spun);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_refused);
  gtk_widget_class_bind_template_callback (widget_class, on_logarithmic);
  gtk_widget_class_bind_template_callback (widget_class, on_watched);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } rows[] = {
    { "training.start", action_start },   { "training.toggle", action_toggle },
    { "training.step", action_step },     { "training.stop", action_stop },
    { "training.escape", action_escape }, { "training.undo", action_undo },
    { "training.redo", action_redo },     { "training.logarithmic", action_logarithmic },
    { "training.save", action_save },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    gtk_widget_class_install_action (widget_class, rows[k].name, NULL, rows[k].activate);
  gtk_widget_class_install_action (widget_class, "win.say", "s", action_say);
  explorer_keys_bind_undo (widget_class, "training.undo", "training.redo");
  explorer_keys_bind_run (widget_class, "training.start", "training.save");
  explorer_keys_bind_close (widget_class, NULL);
}

static void
explorer_training_class_init (ExplorerTrainingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_training_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_training_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_training_close_request;
  g_type_ensure (EXPLORER_TYPE_LOG_SLIDER);
  g_type_ensure (EXPLORER_TYPE_LAB_BOARD);
  g_type_ensure (EXPLORER_TYPE_LAB_LESSON);
  bind_template (widget_class);
  add_actions (widget_class);
}

/* What was learned comes first. */
static void
add_charts (ExplorerTraining *self)
{
  for (guint c = 0; c < G_N_ELEMENTS (self->charts); c++)
    {
      const guint chart = c == 0 ? PISD_TRAINING_N_CHARTS : c - 1;

      self->charts[c] = explorer_training_chart_new (chart);
      explorer_lab_board_append (EXPLORER_LAB_BOARD (self->board), self->charts[c]);
    }
}

static void
explorer_training_init (ExplorerTraining *self)
{
  static const ExplorerKey keys[] = {
    { GDK_KEY_space, "training.toggle" },    { GDK_KEY_period, "training.step" },
    { GDK_KEY_KP_Decimal, "training.step" }, { GDK_KEY_l, "training.logarithmic" },
    { GDK_KEY_Escape, "training.escape" },   EXPLORER_LAB_LESSON_KEYS,
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->setup = explorer_training_setup_new ();
  self->undo = pisd_undo_new (EXPLORER_UNDO_LEAST, (GDestroyNotify) explorer_training_setup_free);
  self->flags = g_array_new (FALSE, FALSE, sizeof (double));
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  self->saving = explorer_file_saving_new (GTK_WINDOW (self), self->toasts);
  explorer_lab_pace_watch (&self->pace, GTK_WIDGET (self));
  add_charts (self);
  explorer_training_give_lesson (self);
  explorer_keys_install (GTK_WINDOW (self), keys, G_N_ELEMENTS (keys));
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
  explorer_training_fill_rows (self);
  explorer_training_show_setup (self);
  explorer_training_update_actions (self);
}

GtkWidget *
explorer_training_new (GtkApplication *application)
{
  return g_object_new (EXPLORER_TYPE_TRAINING, "application", application, NULL);
}
