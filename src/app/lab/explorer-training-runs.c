#include "explorer-training-private.h"

#include "explorer-keys.h"
#include "explorer-spare.h"
#include "explorer-yielding.h"

#define REST 15 /* of drawing */

gboolean
explorer_training_is_going (ExplorerTraining *self)
{
  return self->tick != 0 && !pisd_regression_group_is_stopped (self->group);
}

/* What the actions can do now, and what the first button does. */
void
explorer_training_update_actions (ExplorerTraining *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean going = explorer_training_is_going (self);
  const gboolean is_held = going && pisd_regression_group_is_held (self->group);

  gtk_widget_action_set_enabled (widget, "training.stop", going);
  gtk_widget_action_set_enabled (widget, "training.step", !going || is_held);
  gtk_widget_action_set_enabled (widget, "training.save", self->group != NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->toggle),
                            going && !is_held ? "pisd-pause-symbolic" : "pisd-run-symbolic");
  gtk_widget_set_opacity (self->progress, going ? 1.0 : 0.0);
}

/* The clock of the speed goes while the runs do. */
void
explorer_training_keep_time (ExplorerTraining *self, gboolean going)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->begun > 0)
    self->spent += now - self->begun;
  self->begun = going ? now : 0;
}

/* While runs go on what has come of them is looked for, as often as its drawing is cheap. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerTraining *self = EXPLORER_TRAINING (widget);
  const gint64 now = g_get_monotonic_time ();
  const gboolean is_through = pisd_regression_group_is_through (self->group);
  const guint64 done = pisd_regression_group_get_done (self->group);

  if (!is_through && (done == self->shown || !explorer_lab_pace_is_due (&self->pace, now)))
    return G_SOURCE_CONTINUE;
  self->shown = done;
  explorer_lab_pace_begin (&self->pace, now);
  if (is_through)
    {
      self->tick = 0;
      explorer_training_keep_time (self, FALSE);
    }
  explorer_training_refresh (self);
  if (!is_through)
    return G_SOURCE_CONTINUE;
  explorer_training_update_actions (self);
  explorer_lab_lesson_tell_ended (EXPLORER_LAB_LESSON (self->lesson));
  explorer_spare_soon ();
  return G_SOURCE_REMOVE;
}

/* Runs. */

void
explorer_training_forget_runs (ExplorerTraining *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  explorer_training_set_look (self, NULL);
  g_clear_pointer (&self->group, pisd_regression_group_free);
  g_clear_pointer (&self->runs, pisd_regression_runs_free);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->ran, explorer_training_setup_free);
  g_array_set_size (self->flags, 0);
}

/* One row of the list for each run. */
static void
list_runs (ExplorerTraining *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->watched_names));

  self->updating = TRUE;
  gtk_string_list_splice (self->watched_names, 0, n, (const char *const *) self->runs->names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->watched), 0);
  self->updating = FALSE;
}

static void
take_runs (ExplorerTraining *self, PisdRegressionRuns *runs, PisdRegressionGroup *group)
{
  self->runs = runs;
  self->group = group;
  self->ran = explorer_training_setup_dup (self->setup);
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_regression_log_free);
  for (guint k = 0; k < runs->n_runs; k++)
    g_ptr_array_add (self->logs, pisd_regression_log_new (runs->plans[k]->n_layers));
  list_runs (self);
  explorer_training_set_look (self, pisd_training_look_new (runs));
  pisd_training_look_set_logarithmic (self->look,
                                      gtk_switch_get_active (GTK_SWITCH (self->logarithmic)));
  self->spent = 0;
  self->begun = 0;
  self->pace = (ExplorerLabPace){ .rest = REST };
  self->shown = 0;
}

/* What is needed to start a group, and what comes of it. */
typedef struct
{
  const PisdRegressionRuns *runs;
  guint64 n_steps;
  gboolean held;
  PisdRegressionGroup *group;
  GError **error;
} Start;

static void
start_group (gpointer data)
{
  Start *start = data;

  start->group =
      pisd_regression_group_new ((const PisdRegressionPlan *const *) start->runs->plans,
                                 start->runs->n_runs, start->n_steps, 0, start->held, start->error);
}

/* FALSE: it cannot be run, which is said. */
gboolean
explorer_training_start (ExplorerTraining *self, gboolean held)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdRegressionRuns) runs = NULL;
  Start start;
  guint wrong;

  if (!explorer_keys_commit (GTK_WINDOW (self)))
    return FALSE;
  explorer_training_take_rows (self, NULL);
  runs = explorer_training_setup_make (self->setup, &wrong, &error);
  start = (Start){ runs, self->setup->n_steps, held, NULL, &error };
  if (runs != NULL)
    explorer_yielding_start (start_group, &start);
  if (start.group == NULL)
    {
      explorer_training_refuse (self, wrong, error->message);
      return FALSE;
    }
  explorer_training_forget_runs (self);
  take_runs (self, g_steal_pointer (&runs), start.group);
  gtk_widget_hide (self->empty);
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  explorer_training_keep_time (self, !held);
  explorer_training_show_caption (self);
  explorer_training_refresh (self);
  explorer_training_update_actions (self);
  explorer_lab_lesson_tell_begun (EXPLORER_LAB_LESSON (self->lesson));
  return TRUE;
}
