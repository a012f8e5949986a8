/* The linked views: a block a field, the columns that are chosen.  The grid decodes the
 * frame that is shown and no other, keeps the colour ranges, and turns strokes into edits of the
 * session.
 *
 * Properties:
 *   "show-noisy" (boolean)     the state x is shown instead of D
 *   "chrome" (boolean)         FALSE: for a lecture, with few columns, large words and no read-out
 * Signals:
 *   "notice" (char *message)   why a stroke does nothing, in plain words
 *   "fixed-changed" ()         the fixed ranges, or the rows they belong to
 *   "named" ()                 the name or the mark of what is shown
 *   "probed" ()                another node is pointed at, or none any more
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-brush.h"
#include "explorer-columns.h"
#include "explorer-field-row.h"
#include "explorer-gauge.h"
#include "explorer-inspector.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_VIEW_GRID (explorer_view_grid_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, EXPLORER, VIEW_GRID, GtkWidget)

/* The node that was pointed at last, and on the row of which field; (-1, -1): none yet.  Nodes that
 * the pointer only crosses on its way out of the views do not count. */
typedef struct
{
  guint row;
  int i, j;
} ExplorerProbe;

/* Called once, with all of them. */
void explorer_view_grid_set_models (ExplorerViewGrid *self,
                                    ExplorerSession *session,
                                    ExplorerFlow *flow,
                                    ExplorerBrush *brush,
                                    ExplorerPreferences *preferences);
void explorer_view_grid_set_palette (ExplorerViewGrid *self, const PisdPalette *palette);
/* The exact posterior mean (referenced; NULL: not known), for its column and for the live
 * estimate. */
void explorer_view_grid_set_exact (ExplorerViewGrid *self, PisdExact *exact);
/* Whether the Estimate column shows it. */
void explorer_view_grid_set_live (ExplorerViewGrid *self, gboolean live);
gboolean explorer_view_grid_is_live (ExplorerViewGrid *self);
/* A new run has begun: what is shown is of the one before. */
void explorer_view_grid_start (ExplorerViewGrid *self);
/* The step shown, of the session's run; NULL: none. */
void explorer_view_grid_show_frame (ExplorerViewGrid *self, PisdFrame *frame);
/* Borrowed; NULL if there is no frame shown. */
const PisdFrame *explorer_view_grid_get_frame (ExplorerViewGrid *self);
/* What the Estimate column shows: "PISD, 300 steps, seed 1"; NULL: nothing. */
const char *explorer_view_grid_get_name (ExplorerViewGrid *self);
/* "Sensors changed" a moment after that became true of it; NULL: it is of the set-up. */
const char *explorer_view_grid_get_mark (ExplorerViewGrid *self);
/* "weights: a 5, equation 1" of its run; NULL: it has none. */
char *explorer_view_grid_dup_weights (ExplorerViewGrid *self);
/* As explorer_shown_dup_setup() has it. */
PisdScenario *explorer_view_grid_dup_setup (ExplorerViewGrid *self);
/* What a row has computed of its field; NULL while there is no such row. */
const ExplorerFieldRow *explorer_view_grid_get_row (ExplorerViewGrid *self, guint row);
/* Borrowed. */
const ExplorerProbe *explorer_view_grid_get_probe (ExplorerViewGrid *self);
/* By the pointer or the keys: its numbers stand below the fields. */
gboolean explorer_view_grid_is_pointed (ExplorerViewGrid *self);
/* The line of numbers is not to be seen, where something else lies over it. */
void explorer_view_grid_cover_readout (ExplorerViewGrid *self, gboolean is_covered);
/* Which of what there is stands for the estimate. */
ExplorerEstimate explorer_view_grid_get_estimate_kind (ExplorerViewGrid *self);
/* The moment of the flow that is shown; borrowed. */
ExplorerFlow *explorer_view_grid_get_flow (ExplorerViewGrid *self);
/* Which frame of its field a row shows, and the relative errors of the estimate and of the exact
 * mean at it; NaN: not known. */
guint explorer_view_grid_get_moment (ExplorerViewGrid *self, guint row);
void explorer_view_grid_get_moment_errors (ExplorerViewGrid *self,
                                           guint row,
                                           double *estimate,
                                           double *exact);
/* explorer_shown_is_exact_of_another() */
gboolean explorer_view_grid_is_exact_of_another (ExplorerViewGrid *self);
/* Relative errors of the estimate against the truth, by the last frames; NaN: not known. */
void explorer_view_grid_get_errors (ExplorerViewGrid *self, double errors[PISD_MAX_FIELDS]);
/* Standard deviation of the standardised error over the nodes; NaN: not known. */
double explorer_view_grid_get_calibration (ExplorerViewGrid *self, guint row);
/* Whether what the Estimate column shows is the frame, not a mean. */
gboolean explorer_view_grid_is_frame_shown (ExplorerViewGrid *self);
/* Takes back the stroke under way, while the button may still be down; FALSE: there is none. */
gboolean explorer_view_grid_cancel_stroke (ExplorerViewGrid *self);
/* Takes guidance apart for the panes that show it; once. */
void explorer_view_grid_set_inspector (ExplorerViewGrid *self, ExplorerInspector *inspector);
/* What is measured with is drawn over the panes; once. */
void explorer_view_grid_set_gauge (ExplorerViewGrid *self, ExplorerGauge *gauge);
/* The line of the profile, through the node pointed at, or the middle, where it is not drawn. */
void explorer_view_grid_get_segment (ExplorerViewGrid *self, PisdSegment *segment);
/* What the samples say of a row: NULL where they have no spread. */
void explorer_view_grid_get_moments (ExplorerViewGrid *self,
                                     guint row,
                                     const PisdField **mean,
                                     const PisdField **sd);
/* What a pane shows; the preferences keep its pick. */
const ExplorerPane *explorer_view_grid_get_pane (ExplorerViewGrid *self,
                                                 guint row,
                                                 ExplorerColumn column);
void explorer_view_grid_set_pane (ExplorerViewGrid *self,
                                  guint row,
                                  ExplorerColumn column,
                                  const ExplorerPane *pane);
void explorer_view_grid_reset_panes (ExplorerViewGrid *self);
/* One pane alone; all of them again, FALSE: they are there. */
void explorer_view_grid_maximize (ExplorerViewGrid *self, guint row, ExplorerColumn column);
gboolean explorer_view_grid_restore (ExplorerViewGrid *self);
/* Of the pane with the focus, or else pointed at last: alone or with the others; its menu; a
 * divider or none; larger (1), smaller (-1), or all of the field (0), with all panes of its
 * kind. */
void explorer_view_grid_toggle_maximized (ExplorerViewGrid *self);
void explorer_view_grid_open_picker (ExplorerViewGrid *self);
void explorer_view_grid_toggle_split (ExplorerViewGrid *self);
/* Right of its divider stands the same of the next older run that is kept; after the oldest none
 * does.  FALSE: there is no other run. */
gboolean explorer_view_grid_step_run (ExplorerViewGrid *self);
void explorer_view_grid_zoom (ExplorerViewGrid *self, int direction);
/* The fixed colour range of a row. */
void explorer_view_grid_get_fixed (ExplorerViewGrid *self, guint row, PisdColorRange *range);
void explorer_view_grid_set_fixed (ExplorerViewGrid *self, guint row, double min, double max);
/* The views shown as panels of a figure, row by row; borrowed from the views.
 *
 * Shapes: panels [PISD_MAX_FIELDS * EXPLORER_N_COLUMNS]. */
void explorer_view_grid_get_panels (ExplorerViewGrid *self,
                                    PisdPanel *panels,
                                    guint *n_rows,
                                    guint *n_columns);

/* For tests: what is on screen. */
ExplorerFieldView *explorer_view_grid_get_view (ExplorerViewGrid *self,
                                                guint row,
                                                ExplorerColumn column);
/* What the Estimate column shows, decoded; borrowed, NULL without one. */
const PisdField *explorer_view_grid_get_estimate (ExplorerViewGrid *self, guint row);
const char *explorer_view_grid_get_readout (ExplorerViewGrid *self);

G_END_DECLS
