/* All rows of the linked views: what is told to every view, and which row a view belongs to. */
#pragma once

#include "explorer-picks.h"

G_BEGIN_DECLS

typedef struct
{
  ExplorerFieldRow items[PISD_MAX_FIELDS];
  guint n;
  const PisdOperator *problem; /* whose fields they are; NULL: none */
  PisdInstance *truth;         /* what the Truth column holds; owned */
  guint run_id;                /* of the estimate that the ranges are of */
  int cross_i, cross_j;        /* the cross-hair; -1: nowhere */
  int mode_i, mode_j;          /* the one of maps of modes */
  ExplorerPanes panes;         /* what each pane shows */
  ExplorerPicks picks;         /* of the panes that do not show their own */
} ExplorerFieldRows;

/* Makes rows for the problem's fields.  TRUE if they are new and lack views and bars; FALSE if the
 * problem has the fields that were there before, and the views stay, with cross-hair, focus and
 * ranges. */
gboolean explorer_field_rows_set_problem (ExplorerFieldRows *rows, const PisdOperator *problem);
/* Takes views and bars from their parent. */
void explorer_field_rows_clear (ExplorerFieldRows *rows);
/* NULL where no row has that view. */
ExplorerFieldRow *explorer_field_rows_find (ExplorerFieldRows *rows, ExplorerFieldView *view);

/* Shows what there is; the ranges that grow begin anew where it is of another run than before. */
void explorer_field_rows_update (ExplorerFieldRows *rows, const ExplorerShown *shown);
/* The next update shows the truth anew, as panes that show something else do not keep it. */
void explorer_field_rows_forget_truth (ExplorerFieldRows *rows);
/* The exact answer is of another prior than before. */
void explorer_field_rows_show_exact (ExplorerFieldRows *rows, const ExplorerShown *shown);
/* Panes that do not show their own show what they have, anew. */
void explorer_field_rows_show_picks (ExplorerFieldRows *rows, const ExplorerShown *shown);
/* The rows of fields that change with time show the moment. */
void explorer_field_rows_update_frames (ExplorerFieldRows *rows, const ExplorerShown *shown);
/* Marks what is of another set-up, or takes the marks away. */
void explorer_field_rows_show_mark (ExplorerFieldRows *rows, const ExplorerShown *shown);
/* The bars show what their views do; after these got others to explain. */
void explorer_field_rows_update_bars (ExplorerFieldRows *rows);
/* Those of the frames shown are drawn; after these became others, too. */
void explorer_field_rows_set_sensors (ExplorerFieldRows *rows, const PisdSensors *sensors);
void explorer_field_rows_set_show_sensors (ExplorerFieldRows *rows, gboolean show);
/* radius: in nodes. */
/* How the velocity is drawn over what is a vorticity. */
void explorer_field_rows_set_flow (ExplorerFieldRows *rows, PisdFlow flow);
void explorer_field_rows_set_brush (ExplorerFieldRows *rows, gboolean erasing, int radius);
/* The part of the field that is seen, in panes of nodes or in those of modes. */
void explorer_field_rows_set_window (ExplorerFieldRows *rows,
                                     gboolean of_modes,
                                     const PisdWindow *window);
/* The cross-hair of all maps of modes; (-1, -1): in none. */
void explorer_field_rows_set_mode_crosshair (ExplorerFieldRows *rows, int i, int j);
/* Whether two columns have one range in every row, and can do with one colour bar. */
gboolean explorer_field_rows_share (const ExplorerFieldRows *rows,
                                    const ExplorerShown *shown,
                                    ExplorerColumn a,
                                    ExplorerColumn b);
/* The cross-hair at a node in every view; (-1, -1): in none. */
void explorer_field_rows_set_crosshair (ExplorerFieldRows *rows, int i, int j);
void explorer_field_rows_set_palette (ExplorerFieldRows *rows, const PisdPalette *palette);
/* The ranges that grow begin anew. */
void explorer_field_rows_reset_ranges (ExplorerFieldRows *rows);
/* The fixed ranges become what the ranges just are. */
void explorer_field_rows_freeze_ranges (ExplorerFieldRows *rows);
/* The views of the columns marked, row by row, as panels of a figure; borrowed from the views. */
void explorer_field_rows_get_panels (const ExplorerFieldRows *rows,
                                     const gboolean shown[EXPLORER_N_COLUMNS],
                                     PisdPanel *panels);

G_END_DECLS
