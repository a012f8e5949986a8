/* One row of the linked views: what a field's columns show, in which colours and under which
 * titles. */
#pragma once

#include "explorer-color-bar.h"
#include "explorer-pane.h"
#include "explorer-ranges.h"
#include "explorer-shown.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdFieldInfo *info;
  guint index;                                  /* in the problem's table */
  guint frame;                                  /* of the field, that the columns show */
  ExplorerFieldView *views[EXPLORER_N_COLUMNS]; /* children of the grid */
  ExplorerColorBar *bars[EXPLORER_N_COLUMNS];   /* likewise; of the columns up to each */
  ExplorerPane *panes;                          /* [EXPLORER_N_COLUMNS] borrowed */
  /* With all frames of the field. */
  PisdField *estimate;     /* what the Estimate column shows */
  PisdField *state;        /* x, where that column is chosen */
  PisdField *error;        /* estimate - truth */
  PisdField *standardized; /* (truth - mean) / standard deviation, NaN without */
  gboolean has_estimate, has_state, has_error, has_standardized;
  double calibration; /* root mean square of `standardized`, NaN without */
  ExplorerRanges ranges;
} ExplorerFieldRow;

/* Without views.  panes: what its columns show, where that is not their own. */
void explorer_field_row_init (ExplorerFieldRow *row,
                              const PisdFieldInfo *info,
                              guint index,
                              ExplorerPane *panes);
void explorer_field_row_clear (ExplorerFieldRow *row);
/* The view of a column, and a new bar for it, become children of `next`'s parent, before `next`. */
void explorer_field_row_take_view (ExplorerFieldRow *row,
                                   ExplorerColumn column,
                                   ExplorerFieldView *view,
                                   GtkWidget *next);
/* Computes what the columns show, with its ranges, ... */
void explorer_field_row_update (ExplorerFieldRow *row, const ExplorerShown *shown);
/* ... which become wider by what another run shows, with all frames, ... */
void explorer_field_row_widen (ExplorerFieldRow *row,
                               const ExplorerShown *shown,
                               ExplorerColumn column,
                               const PisdField *field);
/* ... and shows it, but for the truth, which stays while steps go by, and for panes that show
 * something else. */
void explorer_field_row_show (ExplorerFieldRow *row, const ExplorerShown *shown);
/* The columns show another frame of what was computed.  FALSE: the field has none at the moment
 * shown but the one that it shows already. */
gboolean explorer_field_row_update_frame (ExplorerFieldRow *row, const ExplorerShown *shown);
/* Marks the columns that come from the estimate, or takes the marks away. */
void explorer_field_row_show_mark (ExplorerFieldRow *row, const ExplorerShown *shown);
/* Its title names the prior that it is of. */
void explorer_field_row_show_exact (ExplorerFieldRow *row, const ExplorerShown *shown);
void explorer_field_row_show_truth (ExplorerFieldRow *row, const ExplorerShown *shown);
/* The truth has the colours of the estimate, which change with the steps. */
void explorer_field_row_color_truth (ExplorerFieldRow *row, const ExplorerShown *shown);
/* "Source a", "Vorticity w(5/9)"; brief: the symbol. */
char *explorer_field_row_dup_name (const ExplorerFieldRow *row, gboolean brief);
/* The title of what a column is named for. */
char *explorer_field_row_dup_title (const ExplorerFieldRow *row,
                                    const ExplorerShown *shown,
                                    ExplorerColumn column,
                                    gboolean brief);
/* Its colours: map and range of the panel. */
void explorer_field_row_get_colors (const ExplorerFieldRow *row,
                                    const ExplorerShown *shown,
                                    ExplorerColumn column,
                                    PisdPanel *panel);
/* Relative error of the estimate against the truth, by its last frame; NaN: not known. */
double explorer_field_row_get_error (const ExplorerFieldRow *row, const ExplorerShown *shown);
/* Those of the frame shown: of the estimate, and of the exact mean. */
double explorer_field_row_get_frame_error (const ExplorerFieldRow *row, const ExplorerShown *shown);
double explorer_field_row_get_exact_error (const ExplorerFieldRow *row, const ExplorerShown *shown);

G_END_DECLS
