#include "explorer-view-grid-private.h"

#include <math.h>

const PisdFrame *
explorer_view_grid_get_frame (ExplorerViewGrid *self)
{
  return self->shown.frame;
}

const char *
explorer_view_grid_get_name (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return self->shown.name;
}

const char *
explorer_view_grid_get_mark (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return explorer_shown_get_mark (&self->shown);
}

PisdScenario *
explorer_view_grid_dup_setup (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return explorer_shown_dup_setup (&self->shown);
}

char *
explorer_view_grid_dup_weights (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return explorer_shown_dup_weights (&self->shown);
}

gboolean
explorer_view_grid_is_live (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), FALSE);
  return self->shown.live;
}

const ExplorerFieldRow *
explorer_view_grid_get_row (ExplorerViewGrid *self, guint row)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return row < self->rows.n && explorer_view_grid_has_rows (self) ? &self->rows.items[row] : NULL;
}

const ExplorerProbe *
explorer_view_grid_get_probe (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return &self->probe;
}

void
explorer_view_grid_cover_readout (ExplorerViewGrid *self, gboolean is_covered)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  gtk_widget_set_opacity (self->readout, is_covered ? 0.0 : 1.0);
}

gboolean
explorer_view_grid_is_pointed (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), FALSE);
  return self->is_pointed;
}

ExplorerEstimate
explorer_view_grid_get_estimate_kind (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), EXPLORER_ESTIMATE_NONE);
  return self->shown.estimate;
}

ExplorerFieldView *
explorer_view_grid_get_view (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  g_return_val_if_fail (row < self->rows.n && column < EXPLORER_N_COLUMNS, NULL);
  return self->rows.items[row].views[column];
}

const PisdField *
explorer_view_grid_get_estimate (ExplorerViewGrid *self, guint row)
{
  g_return_val_if_fail (row < self->rows.n, NULL);
  return self->rows.items[row].has_estimate ? self->rows.items[row].estimate : NULL;
}

const char *
explorer_view_grid_get_readout (ExplorerViewGrid *self)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (self->readout));
}

void
explorer_view_grid_get_fixed (ExplorerViewGrid *self, guint row, PisdColorRange *range)
{
  g_return_if_fail (row < self->rows.n);
  *range = self->rows.items[row].ranges.fixed;
}

ExplorerFlow *
explorer_view_grid_get_flow (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NULL);
  return self->flow;
}

guint
explorer_view_grid_get_moment (ExplorerViewGrid *self, guint row)
{
  return row < self->rows.n ? self->rows.items[row].frame : 0;
}

void
explorer_view_grid_get_moment_errors (ExplorerViewGrid *self,
                                      guint row,
                                      double *estimate,
                                      double *exact)
{
  const ExplorerFieldRow *item = &self->rows.items[row];

  *estimate = *exact = NAN;
  if (row >= self->rows.n || !explorer_view_grid_has_rows (self))
    return;
  *estimate = explorer_field_row_get_frame_error (item, &self->shown);
  *exact = explorer_field_row_get_exact_error (item, &self->shown);
}

gboolean
explorer_view_grid_is_exact_of_another (ExplorerViewGrid *self)
{
  return explorer_shown_is_exact_of_another (&self->shown);
}

void
explorer_view_grid_get_errors (ExplorerViewGrid *self, double errors[PISD_MAX_FIELDS])
{
  const guint n = explorer_view_grid_has_rows (self) ? self->rows.n : 0;

  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    errors[k] = k < n ? explorer_field_row_get_error (&self->rows.items[k], &self->shown) : NAN;
}

void
explorer_view_grid_get_moments (ExplorerViewGrid *self,
                                guint row,
                                const PisdField **mean,
                                const PisdField **sd)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && row < self->rows.n);
  if (!explorer_shown_get_moments (&self->shown, row, mean, sd, NULL))
    *mean = *sd = NULL;
}

double
explorer_view_grid_get_calibration (ExplorerViewGrid *self, guint row)
{
  return row < self->rows.n ? self->rows.items[row].calibration : NAN;
}

gboolean
explorer_view_grid_is_frame_shown (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), FALSE);
  return self->shown.estimate == EXPLORER_ESTIMATE_FRAME
         || self->shown.estimate == EXPLORER_ESTIMATE_KEPT;
}

void
explorer_view_grid_get_panels (ExplorerViewGrid *self,
                               PisdPanel *panels,
                               guint *n_rows,
                               guint *n_columns)
{
  gboolean shown[EXPLORER_N_COLUMNS];

  *n_columns = explorer_columns_choose (
      self->preferences, self->chrome ? EXPLORER_N_COLUMNS : EXPLORER_LECTURE_COLUMNS, shown);
  *n_rows = self->rows.n;
  if (self->mark_delay != 0)
    explorer_view_grid_show_mark (self); /* a picture that is kept waits for nothing */
  if (self->only_row >= 0)
    {
      explorer_field_view_get_panel (self->rows.items[self->only_row].views[self->only_column],
                                     panels);
      *n_rows = *n_columns = 1;
      return;
    }
  explorer_field_rows_get_panels (&self->rows, shown, panels);
}
