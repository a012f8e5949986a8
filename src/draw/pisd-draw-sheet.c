#include "pisd-draw-sheet.h"

#include <math.h>

#include "pisd-draw-panel.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"
#include "pisd-number.h"

/* Measures at scale 1. */
static const double margin = 14.0;
static const double caption_height = 28.0;
static const double type_size = 12.0;
static const double head_height = 22.0; /* of the columns' values, and of their title */
static const double head_width = 74.0;  /* of the rows' values */
static const double title_width = 22.0; /* of the rows' title, which is turned */
static const double line_height = 18.0; /* of the words below a picture */
static const double gap = 10.0;         /* between pictures */
static const double bar_gap = 14.0;
static const double least_side = 24.0;
static const double least_size = 0.65; /* of the type, before it is cut */

/* A saved sheet has pictures of this side, in points. */
static const double save_side = 190.0;

static guint
count_cells (const PisdSheet *sheet)
{
  guint n = 1;

  for (guint a = 0; a < sheet->n_axes; a++)
    n *= sheet->axes[a].n;
  return n;
}

/* What is not pictures: heads above them and beside them, margins and the colour bar. */
static void
measure_rest (const PisdSheet *sheet, double s, double *width, double *height)
{
  const gboolean has_heads = sheet->n_axes > 1;

  *width = s * (2.0 * margin + bar_gap + PISD_COLOR_SCALE_WIDTH);
  *height = s * (2.0 * margin + (sheet->caption != NULL ? caption_height : 0.0));
  if (has_heads)
    *width += s * (head_width + title_width);
  *height += s * (has_heads ? 2.0 : 1.0) * head_height;
}

static double
get_side (const PisdSheetLayout *layout, guint n_columns, double width, double height)
{
  const double s = layout->scale;
  const guint n_rows = (layout->n_cells + n_columns - 1) / n_columns;
  const double side = MIN (width / n_columns - gap * s, height / n_rows - (gap + line_height) * s);

  return MAX (floor (side), least_side);
}

/* The values of one axis in as many columns as make the pictures largest. */
static guint
choose_columns (const PisdSheetLayout *layout, double width, double height)
{
  guint best = 1;

  for (guint n = 2; n <= layout->n_cells; n++)
    if (get_side (layout, n, width, height) > get_side (layout, best, width, height))
      best = n;
  return best;
}

void
pisd_sheet_layout_init (PisdSheetLayout *layout,
                        const PisdSheet *sheet,
                        const PisdBox *box,
                        double scale)
{
  double width, height;

  g_return_if_fail (layout != NULL && sheet != NULL && box != NULL && sheet->n_axes > 0);

  measure_rest (sheet, scale, &width, &height);
  *layout = (PisdSheetLayout){ .scale = scale, .area = *box, .n_cells = count_cells (sheet) };
  layout->n_columns = sheet->n_axes > 1
                          ? sheet->axes[1].n
                          : choose_columns (layout, box->width - width, box->height - height);
  layout->n_rows = (layout->n_cells + layout->n_columns - 1) / layout->n_columns;
  layout->side = get_side (layout, layout->n_columns, box->width - width, box->height - height);
  layout->across = layout->side + gap * scale;
  layout->down = layout->side + (gap + line_height) * scale;
  layout->left = round (box->x + width - scale * (margin + bar_gap + PISD_COLOR_SCALE_WIDTH));
  layout->top = round (box->y + height - scale * margin);
  layout->bar =
      (PisdBox){ layout->left + layout->n_columns * layout->across + scale * bar_gap - scale * gap,
                 layout->top, scale * PISD_COLOR_SCALE_WIDTH, layout->side };
}

PisdBox
pisd_sheet_layout_get_cell (const PisdSheetLayout *layout, guint cell)
{
  const guint row = cell / layout->n_columns, column = cell % layout->n_columns;

  return (PisdBox){ layout->left + column * layout->across, layout->top + row * layout->down,
                    layout->side, layout->side };
}

int
pisd_sheet_layout_find (const PisdSheetLayout *layout, double x, double y)
{
  double column, row;
  guint cell;

  if (layout->n_cells == 0)
    return -1;
  column = floor ((x - layout->left) / layout->across);
  row = floor ((y - layout->top) / layout->down);
  if (column < 0.0 || row < 0.0 || column >= layout->n_columns || row >= layout->n_rows)
    return -1;
  cell = (guint) row * layout->n_columns + (guint) column;
  return cell < layout->n_cells ? (int) cell : -1;
}

int
pisd_sheet_find_best (const PisdSheet *sheet)
{
  int best = -1;
  guint n_known = 0;

  for (guint k = 0; k < count_cells (sheet); k++)
    {
      if (!isfinite (sheet->cells[k].error))
        continue;
      n_known++;
      if (best < 0 || sheet->cells[k].error < sheet->cells[best].error)
        best = k;
    }
  return n_known > 1 ? best : -1;
}

/* A frame outside the picture, so wide. */
static void
draw_frame (cairo_t *cr, const PisdBox *heat, const PisdInk *ink, double offset, double width)
{
  cairo_rectangle (cr, heat->x - offset, heat->y - offset, heat->width + 2.0 * offset,
                   heat->height + 2.0 * offset);
  cairo_set_line_width (cr, width);
  pisd_ink_set (cr, ink);
  cairo_stroke (cr);
}

/* "0.1: 2.31 %" below a picture that has no heads, else the error alone. */
static char *
dup_label (const PisdSheet *sheet, guint cell, gboolean is_best)
{
  const double error = sheet->cells[cell].error;
  g_autofree char *value =
      sheet->n_axes == 1 ? pisd_number_dup_local (sheet->axes[0].values[cell]) : NULL;
  g_autofree char *number =
      isfinite (error) ? g_strdup_printf ("%.3g\u2009%%", 100.0 * error) : NULL;
  GString *label = g_string_new (is_best ? "★ " : "");

  g_string_append (label, value != NULL ? value : "");
  g_string_append (label, value != NULL && number != NULL ? ": " : "");
  g_string_append (label, number != NULL ? number : "");
  return g_string_free (label, FALSE);
}

static void
draw_cell (cairo_t *cr,
           const PisdSheetLayout *layout,
           const PisdPalette *palette,
           const PisdSheet *sheet,
           guint index,
           gboolean is_best)
{
  const PisdSheetCell *cell = &sheet->cells[index];
  const PisdBox heat = pisd_sheet_layout_get_cell (layout, index);
  const double s = layout->scale;
  PisdTextStyle style = { .size = type_size * s,
                          .bold = is_best,
                          .ink = &palette->text,
                          .align = 0.5,
                          .max_width = layout->side };
  g_autofree char *label = dup_label (sheet, index, is_best);

  if (cell->field != NULL)
    pisd_draw_heatmap (cr, &heat, cell->field, PISD_COLORMAP_DIVERGING, -sheet->limit,
                       sheet->limit);
  pisd_draw_outline (cr, &heat, palette);
  pisd_draw_fitted_text (cr, heat.x + 0.5 * heat.width,
                         heat.y + heat.height + 0.5 * line_height * s, &style, least_size, label);
  style.ink = &palette->faint;
  style.bold = FALSE;
  if (cell->field == NULL && cell->note != NULL)
    pisd_draw_note (cr, &heat, 0.85, &style, cell->note);
  if (is_best)
    draw_frame (cr, &heat, &palette->text, 2.0 * s, 1.5 * s * palette->weight);
}

/* One value of an axis; numbers as people read them. */
static void
draw_value (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *value)
{
  g_autofree char *text = pisd_number_dup_local (value);

  pisd_draw_fitted_text (cr, x, y, style, least_size, text);
}

/* Values above the columns, and what they are values of. */
static void
draw_column_heads (cairo_t *cr,
                   const PisdSheetLayout *layout,
                   const PisdPalette *palette,
                   const PisdSheetAxis *axis)
{
  const double s = layout->scale, width = layout->n_columns * layout->across - gap * s;
  PisdTextStyle style = {
    .size = type_size * s, .ink = &palette->text, .align = 0.5, .max_width = layout->across
  };

  for (guint k = 0; k < axis->n; k++)
    draw_value (cr, layout->left + k * layout->across + 0.5 * layout->side,
                layout->top - 0.5 * head_height * s, &style, axis->values[k]);
  style.bold = TRUE;
  style.max_width = width;
  pisd_draw_fitted_text (cr, layout->left + 0.5 * width, layout->top - 1.5 * head_height * s,
                         &style, least_size, axis->title);
}

static void
draw_row_heads (cairo_t *cr,
                const PisdSheetLayout *layout,
                const PisdPalette *palette,
                const PisdSheetAxis *axis)
{
  const double s = layout->scale, height = layout->n_rows * layout->down - gap * s;
  PisdTextStyle style = {
    .size = type_size * s, .ink = &palette->text, .align = 1.0, .max_width = (head_width - 8.0) * s
  };

  for (guint k = 0; k < axis->n; k++)
    draw_value (cr, layout->left - 8.0 * s, layout->top + k * layout->down + 0.5 * layout->side,
                &style, axis->values[k]);
  style.bold = TRUE;
  style.align = 0.5;
  style.max_width = height;
  cairo_save (cr);
  cairo_translate (cr, layout->left - (head_width + 0.5 * title_width) * s,
                   layout->top + 0.5 * height);
  cairo_rotate (cr, -G_PI / 2.0);
  pisd_draw_fitted_text (cr, 0.0, 0.0, &style, least_size, axis->title);
  cairo_restore (cr);
}

/* The title of a single axis stands above the pictures. */
static void
draw_heads (cairo_t *cr,
            const PisdSheetLayout *layout,
            const PisdPalette *palette,
            const PisdSheet *sheet)
{
  const double s = layout->scale;
  const PisdTextStyle style = { .size = type_size * s,
                                .bold = TRUE,
                                .ink = &palette->text,
                                .max_width = layout->n_columns * layout->across };

  if (sheet->n_axes > 1)
    {
      draw_row_heads (cr, layout, palette, &sheet->axes[0]);
      draw_column_heads (cr, layout, palette, &sheet->axes[1]);
    }
  else
    pisd_draw_fitted_text (cr, layout->left, layout->top - 0.5 * head_height * s, &style,
                           least_size, sheet->axes[0].title);
}

static void
draw_caption (cairo_t *cr,
              const PisdSheetLayout *layout,
              const PisdPalette *palette,
              const char *caption)
{
  const double s = layout->scale;
  const PisdTextStyle style = { .size = type_size * s,
                                .ink = &palette->text,
                                .max_width = layout->area.width - 2.0 * margin * s };

  pisd_draw_fitted_text (cr, layout->area.x + margin * s,
                         layout->area.y + (margin + 0.35 * caption_height) * s, &style, least_size,
                         caption);
}

void
pisd_draw_sheet (cairo_t *cr,
                 const PisdSheetLayout *layout,
                 const PisdPalette *palette,
                 const PisdSheet *sheet,
                 int selected)
{
  const int best = pisd_sheet_find_best (sheet);
  const PisdColorScale scale = { .map = PISD_COLORMAP_DIVERGING,
                                 .min = -sheet->limit,
                                 .max = sheet->limit };

  if (sheet->caption != NULL)
    draw_caption (cr, layout, palette, sheet->caption);
  draw_heads (cr, layout, palette, sheet);
  for (guint k = 0; k < layout->n_cells; k++)
    draw_cell (cr, layout, palette, sheet, k, best == (int) k);
  pisd_draw_color_scale (cr, &layout->bar, palette, &scale);
  if (selected >= 0 && selected < (int) layout->n_cells)
    {
      const PisdBox heat = pisd_sheet_layout_get_cell (layout, selected);

      draw_frame (cr, &heat, &palette->accent, 4.0 * layout->scale,
                  2.0 * layout->scale * palette->weight);
    }
}

/* Saving. */

typedef struct
{
  const PisdSheet *sheet;
  const PisdPalette *palette;
  PisdSheetLayout layout;
} Saved;

static void
draw_saved (cairo_t *cr, gconstpointer data)
{
  const Saved *saved = data;

  pisd_ink_set (cr, &saved->palette->background);
  cairo_paint (cr);
  pisd_draw_sheet (cr, &saved->layout, saved->palette, saved->sheet, -1);
}

gboolean
pisd_draw_save_sheet (const char *path,
                      const PisdPaper *paper,
                      const PisdPalette *palette,
                      const PisdSheet *sheet,
                      GError **error)
{
  Saved saved = { sheet, palette, { 0 } };
  const guint n = count_cells (sheet);
  const guint n_columns = sheet->n_axes > 1 ? sheet->axes[1].n : (guint) ceil (sqrt (n));
  const guint n_rows = (n + n_columns - 1) / n_columns;
  PisdBox box = { 0.0, 0.0, 0.0, 0.0 };

  measure_rest (sheet, 1.0, &box.width, &box.height);
  box.width += n_columns * (save_side + gap);
  box.height += n_rows * (save_side + gap + line_height);
  pisd_sheet_layout_init (&saved.layout, sheet, &box, 1.0);
  return pisd_draw_save (path, paper, box.width, box.height, sheet->caption, draw_saved, &saved,
                         error);
}
