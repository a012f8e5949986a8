#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-passing-popover.h"
#include "explorer-runs.h"
#include "explorer-side-bar.h"

void
explorer_window_branch (ExplorerWindow *self)
{
  if (!explorer_keys_commit (GTK_WINDOW (self)))
    return; /* what was typed is not what would run */
  if (explorer_session_branch (self->session, self->shown_step, explorer_window_get_pace (self)))
    self->has_run = TRUE;
}

/* One for all times that it is asked for; closing it destroys it. */
void
explorer_window_show_runs (ExplorerWindow *self)
{
  GtkWidget *runs = self->runs;

  if (runs == NULL)
    {
      runs = explorer_runs_new (gtk_window_get_application (GTK_WINDOW (self)), self->session,
                                self->flow);
      g_set_weak_pointer (&self->runs, runs);
      g_signal_connect_object (runs, "step-selected", G_CALLBACK (explorer_window_select_step),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (runs, "branch", G_CALLBACK (explorer_window_branch), self,
                               G_CONNECT_SWAPPED);
    }
  explorer_window_update_runs (self);
  gtk_window_present (GTK_WINDOW (runs));
}

void
explorer_window_update_runs (ExplorerWindow *self)
{
  explorer_window_set_enabled (self, "branch",
                               explorer_session_can_branch (self->session, self->shown_step));
  if (self->runs != NULL)
    explorer_runs_show_step (EXPLORER_RUNS (self->runs), self->shown_step);
}

/* The run that the shown one is a branch of, from there on, as far as it is kept. */
void
explorer_window_show_fork (ExplorerWindow *self)
{
  const ExplorerRun *run = explorer_session_get_shown_run (self->session);
  const ExplorerRun *origin =
      run->origin == 0 ? NULL : explorer_session_find_run (self->session, run->origin);
  const PisdSettings *settings = &explorer_run_get_scenario (run)->settings;
  PisdCurves *curves;

  if (run->origin == 0)
    return;
  curves = pisd_curves_new ();
  pisd_curves_start (curves, pisd_operator_get (settings->problem), settings->steps);
  for (guint k = run->branch_step; origin != NULL && k < explorer_run_count_steps (origin); k++)
    {
      g_autoptr (PisdFrame) frame =
          pisd_channel_dup_frame (explorer_job_get_channel (origin->job), k);

      pisd_curves_add_frame (curves, frame);
    }
  explorer_timeline_set_origin (EXPLORER_TIMELINE (self->timeline), curves, run->branch_step);
}

/* The menu of the step that is clicked on. */

static void
show_menu (ExplorerWindow *self, double x, double y)
{
  g_autoptr (GMenu) model = g_menu_new ();
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };
  GtkWidget *menu;

  g_menu_append (model, _ ("_Branch at the Step Shown"), "win.branch");
  g_menu_append (model, _ ("Inspect _Guidance…"), "win.inspect");
  g_menu_append (model, _ ("R_uns…"), "win.runs");
  menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  explorer_passing_popover_attach (menu, self->timeline);
  gtk_popover_set_position (GTK_POPOVER (menu), GTK_POS_TOP);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &at);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
on_secondary_click (ExplorerWindow *self, int n_press, double x, double y)
{
  explorer_timeline_select_at (EXPLORER_TIMELINE (self->timeline), x);
  show_menu (self, x, y);
}

static gboolean
on_menu_key (GtkWidget *timeline, GVariant *arguments, gpointer data)
{
  show_menu (data, 0.5 * gtk_widget_get_width (timeline), 0.5 * gtk_widget_get_height (timeline));
  return TRUE;
}

static void
add_menu (ExplorerWindow *self, GtkWidget *widget)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "released", G_CALLBACK (on_secondary_click), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (
          gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                       gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
          gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (widget, keys);
}

/* The editor of a course lies over the timeline, in the same place. */
void
explorer_window_connect_runs (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->session, "run-started", G_CALLBACK (explorer_window_update_runs) },
  };

  add_menu (self, self->timeline);
  add_menu (self, self->course_editor);
  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
  explorer_window_update_runs (self);
  explorer_course_editor_set_models (EXPLORER_COURSE_EDITOR (self->course_editor), self->session,
                                     EXPLORER_TIMELINE (self->timeline));
  explorer_side_bar_set_course_editor (EXPLORER_SIDE_BAR (self->side_bar),
                                       G_OBJECT (self->course_editor));
}
