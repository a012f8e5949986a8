#include "explorer-training-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-lab-board.h"
#include "explorer-number.h"
#include "explorer-palette.h"
#include "explorer-training-chart.h"
#include "pisd-theory.h"

/* What is set up, or that it has changed since. */
void
explorer_training_show_caption (ExplorerTraining *self)
{
  g_autofree char *caption = NULL;

  if (self->runs == NULL)
    caption = g_strdup (_ ("Why training never stops"));
  else if (!explorer_training_setup_equal (self->setup, self->ran))
    caption = g_strdup (_ ("Set-up changed: train again with Ctrl+Enter"));
  else
    caption = pisd_regression_runs_dup_caption (self->runs);
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
}

guint
explorer_training_get_watched (ExplorerTraining *self)
{
  const guint k = adw_combo_row_get_selected (ADW_COMBO_ROW (self->watched));

  return k < self->logs->len ? k : 0;
}

static const PisdRegressionLog *
get_watched (ExplorerTraining *self)
{
  return g_ptr_array_index (self->logs, explorer_training_get_watched (self));
}

static char *
dup_digits (double value)
{
  return isnan (value) ? g_strdup ("–") : explorer_number_format_digits (value, 3);
}

/* Steps a second of all runs together, while it goes on. */
static char *
dup_speed (ExplorerTraining *self)
{
  const gint64 now = self->begun > 0 ? g_get_monotonic_time () - self->begun : 0;
  const double seconds = (self->spent + now) / (double) G_USEC_PER_SEC;
  const double speed = pisd_regression_group_get_done (self->group) / fmax (seconds, 1e-3);
  g_autofree char *digits = explorer_number_format (round (speed / 100.0) * 100.0);

  return seconds < 0.2 ? g_strdup ("") : g_strdup_printf (_ (" · %s steps a second"), digits);
}

static char *
dup_status (ExplorerTraining *self)
{
  const PisdRegressionRow *row = pisd_regression_log_get_last (get_watched (self));
  const PisdRegressionRow *whole = pisd_regression_log_get_last_whole (get_watched (self));
  g_autofree char *loss = dup_digits (whole != NULL ? whole->loss : NAN);
  g_autofree char *gradient = dup_digits (whole != NULL ? whole->gradient : NAN);
  g_autofree char *norm = dup_digits (row != NULL ? row->norm : NAN);
  g_autofree char *time = dup_digits (row != NULL ? row->time : NAN);
  g_autofree char *speed = dup_speed (self);
  const guint64 step = row != NULL ? row->step : 0;

  if (self->ran->method == PISD_DESCENT_FLOW)
    return g_strdup_printf (_ ("t = %s, step %u · loss %s · |θ| = %s · |∇L| = %s%s"), time,
                            (guint) step, loss, norm, gradient, speed);
  return g_strdup_printf (_ ("step %u of %u · loss %s · |θ| = %s · |∇L| = %s%s"), (guint) step,
                          (guint) self->ran->n_steps, loss, norm, gradient, speed);
}

/* What ended a run before its time, or what the one that is watched looks like. */
static char *
dup_judgement (ExplorerTraining *self)
{
  const guint watched = explorer_training_get_watched (self);
  PisdGrowth growth;

  for (guint k = 0; k < self->logs->len; k++)
    {
      g_autofree char *message = pisd_regression_group_dup_message (self->group, k);

      if (message != NULL)
        return g_strdup_printf ("%s: %s", self->runs->names[k], message);
    }
  pisd_growth_init (&growth, get_watched (self));
  return pisd_theory_dup_judgement (self->runs->names[watched], &growth);
}

static double
get_fraction (ExplorerTraining *self)
{
  const PisdRegressionRow *row = pisd_regression_log_get_last (get_watched (self));

  if (self->ran->method == PISD_DESCENT_FLOW)
    return row != NULL ? fmin (row->time / self->ran->until, 1.0) : 0.0;
  return pisd_regression_group_get_done (self->group)
         / ((double) self->ran->n_steps * self->logs->len);
}

void
explorer_training_refresh (ExplorerTraining *self)
{
  g_autofree char *status = NULL, *judgement = NULL;

  for (guint k = 0; k < self->logs->len; k++)
    pisd_regression_group_follow (self->group, k, g_ptr_array_index (self->logs, k));
  pisd_training_look_update (self->look, (const PisdRegressionLog *const *) self->logs->pdata);
  for (guint c = 0; c < G_N_ELEMENTS (self->charts); c++)
    explorer_charts_update (EXPLORER_CHARTS (self->charts[c]));
  status = dup_status (self);
  judgement = dup_judgement (self);
  explorer_lab_set_text (self->status, status);
  explorer_lab_set_text (self->judgement, judgement);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->board), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  status, -1);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), get_fraction (self));
}

void
explorer_training_show_palette (ExplorerTraining *self)
{
  for (guint c = 0; c < G_N_ELEMENTS (self->charts); c++)
    explorer_charts_set_palette (EXPLORER_CHARTS (self->charts[c]), explorer_palette_get ());
}

/* Takes it; the one before goes. */
void
explorer_training_set_look (ExplorerTraining *self, PisdTrainingLook *look)
{
  for (guint c = 0; c < G_N_ELEMENTS (self->charts); c++)
    explorer_training_chart_set_look (EXPLORER_TRAINING_CHART (self->charts[c]), look);
  pisd_training_look_free (self->look);
  self->look = look;
  if (look != NULL)
    explorer_lab_board_set_wide (EXPLORER_LAB_BOARD (self->board),
                                 pisd_training_look_get_panels (look) != NULL);
}
