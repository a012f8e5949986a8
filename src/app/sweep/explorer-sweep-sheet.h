/* The contact sheet of a sweep, as it grows: a picture a cell, chosen by pointer or arrow keys.
 *
 * Signals: "selected" ()     another cell is selected, or none any more
 *          "activated" ()    the selected cell is to be opened: a double click, Enter
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw-sheet.h"
#include "pisd-sweep-queue.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SWEEP_SHEET (explorer_sweep_sheet_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSweepSheet, explorer_sweep_sheet, EXPLORER, SWEEP_SHEET, GtkWidget)

/* Another sweep, borrowed until the next one; NULL: none. */
void explorer_sweep_sheet_set_queue (ExplorerSweepSheet *self, PisdSweepQueue *queue);
void explorer_sweep_sheet_set_field (ExplorerSweepSheet *self, guint field);
void explorer_sweep_sheet_set_palette (ExplorerSweepSheet *self, const PisdPalette *palette);
/* Something has come of its cells. */
void explorer_sweep_sheet_update (ExplorerSweepSheet *self);
/* -1: none. */
int explorer_sweep_sheet_get_selected (ExplorerSweepSheet *self);

/* For tests: where the cells are, as last drawn. */
const PisdSheetLayout *explorer_sweep_sheet_get_layout (ExplorerSweepSheet *self);

/* The sheet of a queue, for whoever draws it: its cells point to the queue's own, and what has to
 * be kept for it is kept in it. */
typedef struct
{
  PisdSheet sheet;
  PisdSheetCell *cells;
} ExplorerSheet;

void explorer_sheet_init (ExplorerSheet *sheet, PisdSweepQueue *queue, guint field);
void explorer_sheet_clear (ExplorerSheet *sheet);

G_END_DECLS
