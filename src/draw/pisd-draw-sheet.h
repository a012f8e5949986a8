/* A contact sheet: one small picture for each value of one setting, or of two, in one range of
 * colours, with the error below each and a frame around the best.
 *
 * The values of two settings are the heads of rows and columns; those of one are wrapped like words
 * and stand below their pictures.
 *
 * Units: places and sizes are in user units of the Cairo context. */
#pragma once

#include "pisd-draw-paper.h"
#include "pisd-draw.h"

G_BEGIN_DECLS

#define PISD_SHEET_MAX_AXES 2

typedef struct
{
  const char *title; /* "Weight of the equation" */
  guint n;
  const char *const *values; /* [n] */
} PisdSheetAxis;

typedef struct
{
  const PisdField *field; /* NULL: the note stands in its place */
  const char *note;
  double error; /* relative; NaN: unknown */
} PisdSheetCell;

typedef struct
{
  const char *caption; /* above all; NULL: none */
  guint n_axes;        /* 1 or 2: the first goes down, the second across */
  PisdSheetAxis axes[PISD_SHEET_MAX_AXES];
  const PisdSheetCell *cells; /* row after row */
  double limit;               /* colours go from -limit to limit */
} PisdSheet;

typedef struct
{
  double scale; /* of type and spacing */
  PisdBox area; /* of all */
  guint n_rows, n_columns, n_cells;
  double side;         /* of a picture */
  double left, top;    /* of the first one */
  double across, down; /* from one to the next */
  PisdBox bar;         /* of the colours */
} PisdSheetLayout;

/* `scale`: of the type. */
void pisd_sheet_layout_init (PisdSheetLayout *layout,
                             const PisdSheet *sheet,
                             const PisdBox *box,
                             double scale);
/* The picture of a cell. */
PisdBox pisd_sheet_layout_get_cell (const PisdSheetLayout *layout, guint cell);
/* The cell at a place, the words below its picture included; -1: there is none. */
int pisd_sheet_layout_find (const PisdSheetLayout *layout, double x, double y);

/* Index of the cell with the smallest error; -1: no error is known, or one alone. */
int pisd_sheet_find_best (const PisdSheet *sheet);
/* `selected`: cell with a second frame; -1: none. */
void pisd_draw_sheet (cairo_t *cr,
                      const PisdSheetLayout *layout,
                      const PisdPalette *palette,
                      const PisdSheet *sheet,
                      int selected);
/* Saves as .png, .svg or .pdf, by the path's ending; atomically.  paper: as
 * pisd_draw_save() has it.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save_sheet (const char *path,
                               const PisdPaper *paper,
                               const PisdPalette *palette,
                               const PisdSheet *sheet,
                               GError **error);

G_END_DECLS
