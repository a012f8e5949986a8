#include "explorer-training-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-entry.h"
#include "explorer-log-slider.h"
#include "explorer-number.h"
#include "explorer-spin.h"
#include "pisd-target.h"
#include "pisd-theory.h"

static void
fill_names (ExplorerTraining *self)
{
  for (guint t = 0; t < pisd_target_count (); t++)
    gtk_string_list_append (self->target_names, pisd_target_get (t)->name);
  gtk_string_list_append (self->target_names, _ ("Your own polynomial"));
  for (guint m = 0; m < PISD_N_DESCENTS; m++)
    gtk_string_list_append (self->method_names, _ (pisd_descent_get_traits (m)->title));
}

static void
on_activation_toggled (ExplorerTraining *self)
{
  explorer_training_take_rows (self, NULL);
}

void
explorer_training_fill_rows (ExplorerTraining *self)
{
  GtkWidget *const spins[] = { self->batch, self->points, self->steps, self->seeds, self->seed };

  self->updating = TRUE;
  fill_names (self);
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    {
      self->checks[a] = gtk_check_button_new_with_label (_ (pisd_activation_get_traits (a)->title));
      gtk_flow_box_insert (GTK_FLOW_BOX (self->activations), self->checks[a], -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (self->checks[a]), FALSE);
      g_signal_connect_swapped (self->checks[a], "toggled", G_CALLBACK (on_activation_toggled),
                                self);
    }
  for (guint k = 0; k < G_N_ELEMENTS (spins); k++)
    explorer_spin_install (spins[k]);
  self->updating = FALSE;
}

/* Of runs that cannot be there is none: why is said where that is wanted. */
static void
show_theory (ExplorerTraining *self, gboolean says)
{
  g_autoptr (GError) error = NULL;
  guint wrong;
  g_autoptr (PisdRegressionRuns) runs = explorer_training_setup_make (self->setup, &wrong, &error);
  g_autofree char *text = runs != NULL ? pisd_theory_dup_text (runs->plans[0]) : NULL;

  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (self->theory), text);
  else if (says)
    explorer_training_refuse (self, wrong, error->message);
}

/* Rows that have nothing to say are not there. */
static void
show_possible (ExplorerTraining *self)
{
  const PisdDescentTraits *traits = pisd_descent_get_traits (self->setup->method);
  const gboolean is_own = self->setup->target == pisd_target_count ();

  gtk_widget_set_visible (self->polynomial_row, is_own);
  gtk_widget_set_visible (self->formula_row, !is_own);
  if (!is_own)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->formula_row),
                                   pisd_target_get (self->setup->target)->formula);
  gtk_widget_set_visible (self->rate, traits->rate > 0.0);
  gtk_widget_set_visible (self->batch_row, traits->batch > 0);
  gtk_widget_set_visible (self->until_row, self->setup->method == PISD_DESCENT_FLOW);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.undo",
                                 pisd_undo_get_n (self->undo, PISD_UNDO_BACK) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.redo",
                                 pisd_undo_get_n (self->undo, PISD_UNDO_FORTH) > 0);
}

static void
show_text (GtkWidget *entry, const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  explorer_entry_mark (entry, FALSE);
}

static void
show_setup (ExplorerTraining *self, gboolean says)
{
  const ExplorerTrainingSetup *setup = self->setup;
  const PisdDescentTraits *traits = pisd_descent_get_traits (setup->method);
  g_autofree char *until = explorer_number_format (setup->until);

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->target), setup->target);
  show_text (self->polynomial, setup->polynomial);
  show_text (self->network, setup->widths);
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[a]), setup->uses[a]);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->method), setup->method);
  explorer_log_slider_set_preset (EXPLORER_LOG_SLIDER (self->rate),
                                  traits->rate > 0.0 ? traits->rate : NAN);
  explorer_log_slider_set_value (EXPLORER_LOG_SLIDER (self->rate), setup->rate);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->batch), setup->batch);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->points), setup->n_points);
  explorer_log_slider_set_value (EXPLORER_LOG_SLIDER (self->decay), setup->decay);
  show_text (self->until, until);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->steps), setup->n_steps);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->seeds), setup->n_seeds);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->seed), setup->seed);
  self->updating = FALSE;
  show_possible (self);
  show_theory (self, says);
  explorer_training_show_caption (self);
  explorer_lab_lesson_tell_changed (EXPLORER_LAB_LESSON (self->lesson));
}

void
explorer_training_show_setup (ExplorerTraining *self)
{
  show_setup (self, FALSE);
}

static ExplorerTrainingSetup *
read_rows (ExplorerTraining *self)
{
  ExplorerTrainingSetup *setup = explorer_training_setup_dup (self->setup);

  setup->target = adw_combo_row_get_selected (ADW_COMBO_ROW (self->target));
  g_free (setup->polynomial);
  setup->polynomial = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->polynomial)));
  g_free (setup->widths);
  setup->widths = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->network)));
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    setup->uses[a] = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[a]));
  setup->method = adw_combo_row_get_selected (ADW_COMBO_ROW (self->method));
  setup->rate = explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (self->rate));
  setup->batch = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->batch));
  setup->n_points = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->points));
  setup->decay = explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (self->decay));
  setup->n_steps = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->steps));
  setup->n_seeds = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->seeds));
  setup->seed = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->seed));
  return setup;
}

/* FALSE: what is typed is no number, which is said. */
static gboolean
read_until (ExplorerTraining *self, ExplorerTrainingSetup *setup)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->until));

  if (explorer_number_parse (text, &setup->until) && setup->until > 0.0)
    return TRUE;
  setup->until = self->setup->until;
  explorer_entry_refuse (self->until, _ ("End time: expected a number above 0"));
  return FALSE;
}

/* Puts the set-up away, unless the change belongs to the one before. */
static void
put_away (ExplorerTraining *self, const char *tag)
{
  const gint64 now = g_get_monotonic_time ();

  if (pisd_undo_joins (self->undo, tag, now))
    explorer_training_setup_free (self->setup);
  else
    pisd_undo_push (self->undo, self->setup, tag, now);
}

void
explorer_training_take_rows (ExplorerTraining *self, const char *tag)
{
  g_autoptr (ExplorerTrainingSetup) setup = NULL;

  if (self->updating)
    return;
  setup = read_rows (self);
  if (!read_until (self, setup) || explorer_training_setup_equal (setup, self->setup))
    return;
  explorer_training_setup_follow (setup, self->setup);
  put_away (self, tag);
  self->setup = g_steal_pointer (&setup);
  show_setup (self, TRUE);
}

void
explorer_training_take_setup (ExplorerTraining *self, ExplorerTrainingSetup *setup)
{
  put_away (self, NULL);
  self->setup = setup;
  show_setup (self, FALSE);
}

void
explorer_training_move (ExplorerTraining *self, PisdUndoWay way)
{
  if (pisd_undo_get_n (self->undo, way) == 0)
    return;
  self->setup = pisd_undo_move (self->undo, way, self->setup);
  explorer_training_show_setup (self);
}

void
explorer_training_refuse (ExplorerTraining *self, guint wrong, const char *message)
{
  GtkWidget *const entries[] = { self->polynomial, self->network };

  if (wrong < G_N_ELEMENTS (entries))
    explorer_entry_mark (entries[wrong], TRUE);
  explorer_toasts_show (self->toasts, message);
}
