#include "explorer-view-grid-private.h"

#include <glib/gi18n.h>

#include "explorer-pane-popover.h"
#include "explorer-view-layout.h"
#include "explorer-zoom.h"

/* A key makes what is seen so many times as large. */
#define KEY_ZOOM 1.5

/* Which pane. */

static gboolean
find_pane (ExplorerViewGrid *self, GtkWidget *view, guint *row, ExplorerColumn *column)
{
  for (guint k = 0; k < self->rows.n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      if (GTK_WIDGET (self->rows.items[k].views[c]) == view)
        {
          *row = k;
          *column = c;
          return TRUE;
        }
  return FALSE;
}

static gboolean
is_on_screen (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  return row < self->rows.n
         && gtk_widget_get_child_visible (GTK_WIDGET (self->rows.items[row].views[column]));
}

/* The one with the focus, or the one that was pointed at last, or the first. */
static gboolean
find_active (ExplorerViewGrid *self, guint *row, ExplorerColumn *column)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  if (find_pane (self, focus, row, column) && is_on_screen (self, *row, *column))
    return TRUE;
  *row = self->probe.row;
  *column = self->pointed_column;
  if (is_on_screen (self, *row, *column))
    return TRUE;
  for (*row = 0; *row < self->rows.n; (*row)++)
    for (*column = 0; *column < EXPLORER_N_COLUMNS; (*column)++)
      if (is_on_screen (self, *row, *column))
        return TRUE;
  return FALSE;
}

/* What panes show. */

static void
apply_windows (ExplorerViewGrid *self)
{
  explorer_field_rows_set_window (&self->rows, FALSE, &self->windows[FALSE]);
  explorer_field_rows_set_window (&self->rows, TRUE, &self->windows[TRUE]);
}

/* Pictures that became others are drawn with what belongs to them. */
static void
show_panes (ExplorerViewGrid *self)
{
  explorer_field_rows_forget_truth (&self->rows);
  explorer_view_grid_update_overlays (self);
  explorer_view_grid_update_brush (self);
  explorer_view_grid_update (self);
  apply_windows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* columns may share their bars now */
}

void
explorer_view_grid_read_panes (ExplorerViewGrid *self)
{
  g_autofree char *text = explorer_preferences_dup_text (self->preferences, "panes");

  if (self->rows.problem != NULL)
    explorer_panes_read (self->rows.panes, self->rows.problem, text);
}

static void
on_panes_changed (ExplorerViewGrid *self)
{
  if (!explorer_view_grid_has_rows (self))
    return;
  explorer_view_grid_read_panes (self);
  show_panes (self);
}

static void
keep_panes (ExplorerViewGrid *self)
{
  g_autofree char *before = explorer_preferences_dup_text (self->preferences, "panes");
  g_autofree char *text = explorer_panes_dup_text (self->rows.panes, self->rows.problem, before);

  explorer_preferences_set_text (self->preferences, "panes", text);
}

void
explorer_view_grid_set_pane (ExplorerViewGrid *self,
                             guint row,
                             ExplorerColumn column,
                             const ExplorerPane *pane)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && row < self->rows.n
                    && column < EXPLORER_N_COLUMNS);
  self->rows.panes[row][column] = *pane;
  keep_panes (self);
  show_panes (self);
}

const ExplorerPane *
explorer_view_grid_get_pane (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  g_return_val_if_fail (row < self->rows.n && column < EXPLORER_N_COLUMNS, NULL);
  return &self->rows.panes[row][column];
}

void
explorer_view_grid_reset_panes (ExplorerViewGrid *self)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  for (guint k = 0; k < self->rows.n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_pane_init (&self->rows.panes[k][c], c);
  keep_panes (self);
  show_panes (self);
}

void
explorer_view_grid_toggle_split (ExplorerViewGrid *self)
{
  ExplorerColumn column;
  ExplorerPane pane;
  guint row;

  if (!find_active (self, &row, &column))
    return;
  pane = self->rows.panes[row][column];
  explorer_pane_split (&pane, !pane.is_split);
  explorer_view_grid_set_pane (self, row, column, &pane);
}

/* Of the present equation, and not the one shown: the newest that is older than `id`, which is any
 * for 0; NULL: there is none. */
static const ExplorerRun *
find_older_run (ExplorerViewGrid *self, guint id)
{
  const GPtrArray *runs = explorer_session_get_runs (self->session);

  for (guint k = runs->len; k-- > 0;)
    {
      const ExplorerRun *run = g_ptr_array_index (runs, k);

      if ((id == 0 || run->id < id) && run != explorer_session_get_shown_run (self->session)
          && explorer_session_shares_equation (self->session, run))
        return run;
    }
  return NULL;
}

gboolean
explorer_view_grid_step_run (ExplorerViewGrid *self)
{
  const ExplorerRun *run;
  ExplorerColumn column;
  ExplorerPane pane;
  guint row;

  if (!find_active (self, &row, &column))
    return TRUE;
  pane = self->rows.panes[row][column];
  run = find_older_run (self, pane.is_split ? pane.run : 0);
  if (run == NULL && !pane.is_split)
    return FALSE;
  if (run == NULL || !pane.is_split)
    explorer_pane_split (&pane, run != NULL);
  if (pane.run == EXPLORER_PANE_THIS_RUN)
    pane.beside = pane.pick;
  pane.run = run == NULL ? EXPLORER_PANE_THIS_RUN : run->id;
  explorer_view_grid_set_pane (self, row, column, &pane);
  return TRUE;
}

static void
open_picker (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  explorer_pane_popover_open (self, row, column);
}

void
explorer_view_grid_open_picker (ExplorerViewGrid *self)
{
  ExplorerColumn column;
  guint row;

  if (find_active (self, &row, &column))
    open_picker (self, row, column);
}

/* One pane alone. */

static void
set_only (ExplorerViewGrid *self, int row, ExplorerColumn column)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->only_row = row;
  self->only_column = column;
  explorer_view_layout_set_only (EXPLORER_VIEW_LAYOUT (layout), row, column);
}

void
explorer_view_grid_maximize (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && row < self->rows.n);
  set_only (self, (int) row, column);
}

gboolean
explorer_view_grid_restore (ExplorerViewGrid *self)
{
  if (self->only_row < 0)
    return FALSE;
  set_only (self, -1, 0);
  return TRUE;
}

void
explorer_view_grid_toggle_maximized (ExplorerViewGrid *self)
{
  ExplorerColumn column;
  guint row;

  if (!explorer_view_grid_restore (self) && find_active (self, &row, &column))
    explorer_view_grid_maximize (self, row, column);
}

/* Zoom. */

void
explorer_view_grid_zoom (ExplorerViewGrid *self, int direction)
{
  ExplorerColumn column;
  gboolean of_modes;
  double x, y;
  guint row;

  if (!find_active (self, &row, &column))
    return;
  of_modes = self->rows.panes[row][column].pick.of_modes;
  explorer_field_view_get_place (self->rows.items[row].views[column], &x, &y);
  if (direction == 0)
    self->windows[of_modes] = (PisdWindow){ 0 };
  else
    explorer_zoom_by (&self->windows[of_modes], direction > 0 ? KEY_ZOOM : 1.0 / KEY_ZOOM, x, y);
  apply_windows (self);
}

void
explorer_view_grid_reveal (ExplorerViewGrid *self, int i, int j)
{
  PisdWindow *window = &self->windows[FALSE];

  explorer_zoom_reveal (window, (j + 0.5) / PISD_GRID, (i + 0.5) / PISD_GRID, 0.5 / PISD_GRID);
  apply_windows (self);
}

static void
on_zoom (ExplorerViewGrid *self, double factor, double x, double y, ExplorerFieldView *view)
{
  explorer_zoom_by (&self->windows[explorer_field_view_is_of_modes (view)], factor, x, y);
  apply_windows (self);
}

static void
on_pan (ExplorerViewGrid *self, double dx, double dy, ExplorerFieldView *view)
{
  explorer_zoom_move (&self->windows[explorer_field_view_is_of_modes (view)], dx, dy);
  apply_windows (self);
}

static void
on_divide (ExplorerViewGrid *self, double divider, GtkWidget *view)
{
  ExplorerColumn column;
  guint row;

  if (!find_pane (self, view, &row, &column))
    return;
  self->rows.panes[row][column].divider = divider;
  explorer_field_rows_show_picks (&self->rows, &self->shown);
}

static void
on_pick (ExplorerViewGrid *self, GtkWidget *view)
{
  ExplorerColumn column;
  guint row;

  if (find_pane (self, view, &row, &column))
    open_picker (self, row, column);
}

static void
on_maximize (ExplorerViewGrid *self, GtkWidget *view)
{
  ExplorerColumn column;
  guint row;

  if (!explorer_view_grid_restore (self) && find_pane (self, view, &row, &column))
    explorer_view_grid_maximize (self, row, column);
}

void
explorer_view_grid_connect_view (ExplorerViewGrid *self, GtkWidget *view)
{
  static const struct
  {
    const char *name;
    GCallback handler;
  } handlers[] = { { "zoom", G_CALLBACK (on_zoom) },
                   { "pan", G_CALLBACK (on_pan) },
                   { "divide", G_CALLBACK (on_divide) },
                   { "pick", G_CALLBACK (on_pick) },
                   { "maximize", G_CALLBACK (on_maximize) } };

  for (guint k = 0; k < G_N_ELEMENTS (handlers); k++)
    g_signal_connect_object (view, handlers[k].name, handlers[k].handler, self, G_CONNECT_SWAPPED);
  explorer_field_view_add_picker (EXPLORER_FIELD_VIEW (view));
}

static void
on_inspection (ExplorerViewGrid *self)
{
  if (!explorer_view_grid_has_rows (self))
    return;
  explorer_view_grid_choose (self); /* the result that was shown goes when a run begins */
  explorer_field_rows_show_picks (&self->rows, &self->shown);
  explorer_field_rows_update_bars (&self->rows);
}

void
explorer_view_grid_set_inspector (ExplorerViewGrid *self, ExplorerInspector *inspector)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  explorer_picks_set_inspector (&self->rows.picks, inspector);
  g_signal_connect_object (inspector, "inspection", G_CALLBACK (on_inspection), self,
                           G_CONNECT_SWAPPED);
}

/* A run that stands right of a divider may be gone, or shown. */
static void
on_runs_changed (ExplorerViewGrid *self)
{
  for (guint k = 0; k < self->rows.n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      if (self->rows.panes[k][c].is_split && self->rows.panes[k][c].run != EXPLORER_PANE_THIS_RUN)
        {
          explorer_view_grid_update (self);
          return;
        }
}

void
explorer_view_grid_connect_panes (ExplorerViewGrid *self)
{
  g_signal_connect_object (self->preferences, "notify::panes", G_CALLBACK (on_panes_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "runs-changed", G_CALLBACK (on_runs_changed), self,
                           G_CONNECT_SWAPPED);
}
