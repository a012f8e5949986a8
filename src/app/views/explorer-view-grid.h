/* The linked views: one row a field, the columns that are chosen and fit.  Decodes the frame that is shown and no
 * other, keeps the colour ranges, turns strokes into edits of the session.
 *
 * What the Estimate column shows, first that applies: the posterior mean, live; of a run that is through or whose first
 * sample is at its last step, the result or the mean of the samples so far; the frame.
 * Properties: "show-noisy" (boolean: x instead of D).
 * Signals:
 *   "notice" (char *message)   why a stroke does nothing, in plain words
 *   "fixed-changed" ()         the fixed ranges, or the rows they belong to */
#pragma once

#include <gtk/gtk.h>

#include "explorer-brush.h"
#include "explorer-field-view.h"
#include "explorer-preferences.h"
#include "explorer-session.h"
#include "pisd-exact.h"
#include "pisd-color-range.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_COLUMN_ESTIMATE,
  EXPLORER_COLUMN_TRUTH,
  EXPLORER_COLUMN_ERROR,
  EXPLORER_COLUMN_EXACT,        /* the posterior mean */
  EXPLORER_COLUMN_SPREAD,       /* standard deviation of the samples */
  EXPLORER_COLUMN_STANDARDIZED, /* (truth - mean) / standard deviation */
  EXPLORER_N_COLUMNS
} ExplorerColumn;

#define EXPLORER_TYPE_VIEW_GRID (explorer_view_grid_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, EXPLORER, VIEW_GRID, GtkWidget)

/* Once, all three. */
void explorer_view_grid_set_models (ExplorerViewGrid *self,
                                    ExplorerSession *session,
                                    ExplorerBrush *brush,
                                    ExplorerPreferences *preferences);
void explorer_view_grid_set_palette (ExplorerViewGrid *self, const PisdPalette *palette);
/* The best possible estimate (referenced; NULL: not known), for its column and for the live estimate. */
void explorer_view_grid_set_exact (ExplorerViewGrid *self, PisdExact *exact);
/* Whether the Estimate column shows it. */
void explorer_view_grid_set_live (ExplorerViewGrid *self, gboolean live);
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
/* Relative errors of what the Estimate column shows against the truth; NaN: not known. */
void explorer_view_grid_get_errors (ExplorerViewGrid *self, double errors[PISD_MAX_FIELDS]);
/* Standard deviation of the standardised error over the nodes; NaN: not known. */
double explorer_view_grid_get_calibration (ExplorerViewGrid *self, guint row);
/* Whether what the Estimate column shows is the frame, not a mean. */
gboolean explorer_view_grid_is_frame_shown (ExplorerViewGrid *self);
/* Chosen in the preferences and wide enough. */
gboolean explorer_view_grid_is_column_shown (ExplorerViewGrid *self, ExplorerColumn column);
/* The name that a column has in the preferences: "column-truth". */
const char *explorer_view_grid_get_column_key (ExplorerColumn column);
const char *explorer_view_grid_get_readout (ExplorerViewGrid *self);
/* The fixed colour range of a row. */
void explorer_view_grid_get_fixed (ExplorerViewGrid *self, guint row, PisdColorRange *range);
void explorer_view_grid_set_fixed (ExplorerViewGrid *self, guint row, double min, double max);
/* The views shown as panels of a figure, row by row; borrowed from the views.  panels: [PISD_MAX_FIELDS *
 * EXPLORER_N_COLUMNS]. */
void explorer_view_grid_get_panels (ExplorerViewGrid *self,
                                    PisdPanel *panels,
                                    guint *n_rows,
                                    guint *n_columns);

G_END_DECLS
