/* The linked views: one row a field, columns Estimate, Truth, Error (or Spread).  Decodes the frame
 * that is shown and no other, keeps the colour ranges, turns strokes into edits of the session.
 *
 * Properties: "show-noisy" (boolean: x instead of D), "third" (uint: ExplorerThird).
 * Signals:
 *   "notice" (char *message)   why a stroke does nothing, in plain words
 *   "fixed-changed" ()         the fixed ranges, or the rows they belong to */
#pragma once

#include <gtk/gtk.h>

#include "explorer-brush.h"
#include "explorer-field-view.h"
#include "explorer-preferences.h"
#include "explorer-session.h"
#include "pisd-color-range.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_COLUMN_ESTIMATE,
  EXPLORER_COLUMN_TRUTH,
  EXPLORER_COLUMN_THIRD,
  EXPLORER_N_COLUMNS
} ExplorerColumn;

typedef enum
{
  EXPLORER_THIRD_ERROR,
  EXPLORER_THIRD_SPREAD
} ExplorerThird;

#define EXPLORER_TYPE_VIEW_GRID (explorer_view_grid_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, EXPLORER, VIEW_GRID, GtkWidget)

/* Once, all three. */
void explorer_view_grid_set_models (ExplorerViewGrid *self,
                                    ExplorerSession *session,
                                    ExplorerBrush *brush,
                                    ExplorerPreferences *preferences);
void explorer_view_grid_set_palette (ExplorerViewGrid *self, const PisdPalette *palette);
/* A new run: the growing colour ranges begin anew. */
void explorer_view_grid_start (ExplorerViewGrid *self);
/* The step shown, of the session's run; NULL: none. */
void explorer_view_grid_show_frame (ExplorerViewGrid *self, PisdFrame *frame);
/* Borrowed; NULL if there is no frame shown. */
const PisdFrame *explorer_view_grid_get_frame (ExplorerViewGrid *self);
guint explorer_view_grid_get_n_rows (ExplorerViewGrid *self);
const PisdFieldInfo *explorer_view_grid_get_info (ExplorerViewGrid *self, guint row);
ExplorerFieldView *explorer_view_grid_get_view (ExplorerViewGrid *self,
                                                guint row,
                                                ExplorerColumn column);
/* What the Estimate column shows, decoded; borrowed, NULL without one. */
const PisdField *explorer_view_grid_get_estimate (ExplorerViewGrid *self, guint row);
const char *explorer_view_grid_get_readout (ExplorerViewGrid *self);
/* The fixed colour range of a row. */
void explorer_view_grid_get_fixed (ExplorerViewGrid *self, guint row, PisdColorRange *range);
void explorer_view_grid_set_fixed (ExplorerViewGrid *self, guint row, double min, double max);
/* All views as panels of a figure, row by row; borrowed from the views.  panels: [PISD_MAX_FIELDS *
 * EXPLORER_N_COLUMNS]. */
void explorer_view_grid_get_panels (ExplorerViewGrid *self,
                                    PisdPanel *panels,
                                    guint *n_rows,
                                    guint *n_columns);

G_END_DECLS
