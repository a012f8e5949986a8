#include "explorer-field-rows.h"

#include "explorer-fields.h"

/* Visits every view: column c of row k. */
#define FOR_EACH_VIEW(rows, k, c)       \
  for (guint k = 0; k < (rows)->n; k++) \
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)

gboolean
explorer_field_rows_set_problem (ExplorerFieldRows *rows, const PisdOperator *problem)
{
  const gboolean is_new = !explorer_fields_equal (rows->problem, problem);

  if (is_new)
    {
      explorer_field_rows_clear (rows);
      for (guint k = 0; k < problem->n_fields; k++)
        {
          explorer_field_row_init (&rows->items[k], &problem->fields[k], k, rows->panes[k]);
          for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
            explorer_pane_init (&rows->panes[k][c], c);
        }
    }
  for (guint k = 0; k < problem->n_fields; k++)
    rows->items[k].info = &problem->fields[k];
  rows->n = problem->n_fields;
  rows->problem = problem;
  return is_new;
}

void
explorer_field_rows_clear (ExplorerFieldRows *rows)
{
  const guint n = rows->n;

  rows->n = 0; /* the pointer leaves the view that it was on: who hears of it finds none of them */
  for (guint k = 0; k < n; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      {
        gtk_widget_unparent (GTK_WIDGET (rows->items[k].views[c]));
        gtk_widget_unparent (GTK_WIDGET (rows->items[k].bars[c]));
      }
  for (guint k = 0; k < n; k++)
    explorer_field_row_clear (&rows->items[k]);
  rows->problem = NULL;
  g_clear_pointer (&rows->truth, pisd_instance_unref);
}

ExplorerFieldRow *
explorer_field_rows_find (ExplorerFieldRows *rows, ExplorerFieldView *view)
{
  FOR_EACH_VIEW (rows, k, c)
  if (rows->items[k].views[c] == view)
    return &rows->items[k];
  return NULL;
}

/* The truth stays while steps go by: its views are drawn anew only where their colours change. */
static void
show_truths (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  PisdInstance *instance = explorer_shown_get_scenario (shown)->instance;
  const gboolean is_new = instance != rows->truth || instance == NULL;

  for (guint k = 0; k < rows->n; k++)
    {
      if (is_new)
        explorer_field_row_show_truth (&rows->items[k], shown);
      explorer_field_row_color_truth (&rows->items[k], shown);
    }
  if (!is_new)
    return;
  pisd_instance_unref (rows->truth);
  rows->truth = instance == NULL ? NULL : pisd_instance_ref (instance);
}

void
explorer_field_rows_forget_truth (ExplorerFieldRows *rows)
{
  g_clear_pointer (&rows->truth, pisd_instance_unref);
}

void
explorer_field_rows_show_mark (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  for (guint k = 0; k < rows->n; k++)
    explorer_field_row_show_mark (&rows->items[k], shown);
}

void
explorer_field_rows_update (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  if (shown->run_id != rows->run_id)
    explorer_field_rows_reset_ranges (rows);
  rows->run_id = shown->run_id;
  for (guint k = 0; k < rows->n; k++)
    explorer_field_row_update (&rows->items[k], shown);
  explorer_picks_widen (&rows->picks, rows->items, rows->n, shown);
  for (guint k = 0; k < rows->n; k++)
    explorer_field_row_show (&rows->items[k], shown);
  show_truths (rows, shown);
  explorer_field_rows_show_mark (rows, shown);
  explorer_field_rows_show_picks (rows, shown);
  explorer_field_rows_update_bars (rows);
}

void
explorer_field_rows_show_picks (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  explorer_picks_show (&rows->picks, rows->items, rows->n, shown);
}

void
explorer_field_rows_show_exact (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  for (guint k = 0; k < rows->n; k++)
    explorer_field_row_show_exact (&rows->items[k], shown);
}

static void
set_row_sensors (ExplorerFieldRow *row, const PisdSensors *sensors)
{
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_field_view_set_sensors (row->views[c], sensors, row->info, row->frame);
}

/* Colours are those of all frames already. */
void
explorer_field_rows_update_frames (ExplorerFieldRows *rows, const ExplorerShown *shown)
{
  const PisdSensors *sensors = explorer_shown_get_scenario (shown)->sensors;

  for (guint k = 0; k < rows->n; k++)
    if (explorer_field_row_update_frame (&rows->items[k], shown))
      set_row_sensors (&rows->items[k], sensors);
  explorer_field_rows_show_picks (rows, shown);
  explorer_field_rows_update_bars (rows);
}

void
explorer_field_rows_update_bars (ExplorerFieldRows *rows)
{
  FOR_EACH_VIEW (rows, k, c)
  {
    const gboolean of_modes = rows->panes[k][c].pick.of_modes;

    if (gtk_widget_get_child_visible (GTK_WIDGET (rows->items[k].bars[c])))
      explorer_color_bar_update (rows->items[k].bars[c], of_modes ? rows->mode_i : rows->cross_i,
                                 of_modes ? rows->mode_j : rows->cross_j);
  }
}

void
explorer_field_rows_set_sensors (ExplorerFieldRows *rows, const PisdSensors *sensors)
{
  for (guint k = 0; k < rows->n; k++)
    set_row_sensors (&rows->items[k], sensors);
}

void
explorer_field_rows_set_show_sensors (ExplorerFieldRows *rows, gboolean show)
{
  FOR_EACH_VIEW (rows, k, c)
  explorer_field_view_set_show_sensors (rows->items[k].views[c], show);
}

/* Errors and spreads of a vorticity are none. */
void
explorer_field_rows_set_flow (ExplorerFieldRows *rows, PisdFlow flow)
{
  static const ExplorerColumn columns[] = { EXPLORER_COLUMN_ESTIMATE, EXPLORER_COLUMN_TRUTH,
                                            EXPLORER_COLUMN_EXACT };

  for (guint k = 0; k < rows->n; k++)
    for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
      if (explorer_pane_is_own (&rows->panes[k][columns[c]], columns[c]))
        explorer_field_view_set_flow (rows->items[k].views[columns[c]],
                                      rows->items[k].info->is_vorticity ? flow : PISD_FLOW_NONE);
}

void
explorer_field_rows_set_brush (ExplorerFieldRows *rows, gboolean erasing, int radius)
{
  FOR_EACH_VIEW (rows, k, c)
  explorer_field_view_set_brush (rows->items[k].views[c], !rows->panes[k][c].pick.of_modes, erasing,
                                 radius);
}

void
explorer_field_rows_set_crosshair (ExplorerFieldRows *rows, int i, int j)
{
  rows->cross_i = i;
  rows->cross_j = j;
  FOR_EACH_VIEW (rows, k, c)
  if (!rows->panes[k][c].pick.of_modes)
    explorer_field_view_set_crosshair (rows->items[k].views[c], i, j);
  explorer_field_rows_update_bars (rows);
}

void
explorer_field_rows_set_mode_crosshair (ExplorerFieldRows *rows, int i, int j)
{
  rows->mode_i = i;
  rows->mode_j = j;
  FOR_EACH_VIEW (rows, k, c)
  if (rows->panes[k][c].pick.of_modes)
    explorer_field_view_set_crosshair (rows->items[k].views[c], i, j);
  explorer_field_rows_update_bars (rows);
}

void
explorer_field_rows_set_window (ExplorerFieldRows *rows,
                                gboolean of_modes,
                                const PisdWindow *window)
{
  FOR_EACH_VIEW (rows, k, c)
  if (rows->panes[k][c].pick.of_modes == of_modes)
    explorer_field_view_set_window (rows->items[k].views[c], window);
}

/* Maps of modes, and what no column is named for, have ranges of their own. */
static gboolean
panes_share (const ExplorerPane *a, const ExplorerPane *b, const ExplorerShown *shown)
{
  const PisdRangeMode mode = explorer_preferences_get (shown->preferences, "range-mode");

  return !a->pick.of_modes && !b->pick.of_modes
         && a->pick.quantity < (PisdQuantity) EXPLORER_N_COLUMNS
         && b->pick.quantity < (PisdQuantity) EXPLORER_N_COLUMNS
         && explorer_ranges_are_shared ((ExplorerColumn) a->pick.quantity,
                                        (ExplorerColumn) b->pick.quantity,
                                        explorer_shown_is_noisy (shown), mode);
}

gboolean
explorer_field_rows_share (const ExplorerFieldRows *rows,
                           const ExplorerShown *shown,
                           ExplorerColumn a,
                           ExplorerColumn b)
{
  for (guint k = 0; k < rows->n; k++)
    if (!panes_share (&rows->panes[k][a], &rows->panes[k][b], shown))
      return FALSE;
  return TRUE;
}

void
explorer_field_rows_set_palette (ExplorerFieldRows *rows, const PisdPalette *palette)
{
  FOR_EACH_VIEW (rows, k, c)
  {
    explorer_field_view_set_palette (rows->items[k].views[c], palette);
    explorer_color_bar_set_palette (rows->items[k].bars[c], palette);
  }
}

void
explorer_field_rows_reset_ranges (ExplorerFieldRows *rows)
{
  for (guint k = 0; k < rows->n; k++)
    explorer_ranges_reset (&rows->items[k].ranges);
}

void
explorer_field_rows_freeze_ranges (ExplorerFieldRows *rows)
{
  for (guint k = 0; k < rows->n; k++)
    if (rows->items[k].ranges.clean.valid)
      rows->items[k].ranges.fixed = rows->items[k].ranges.clean;
}

void
explorer_field_rows_get_panels (const ExplorerFieldRows *rows,
                                const gboolean shown[EXPLORER_N_COLUMNS],
                                PisdPanel *panels)
{
  guint n = 0;

  FOR_EACH_VIEW (rows, k, c)
  if (shown[c])
    explorer_field_view_get_panel (rows->items[k].views[c], &panels[n++]);
}
