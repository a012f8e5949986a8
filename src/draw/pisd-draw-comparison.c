#include "pisd-draw-comparison-plot.h"

#include "pisd-draw-panel.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures at scale 1. */
static const double margin = 14.0;
static const double caption_height = 26.0;
static const double head_height = 41.0;
static const double title_size = 13.0;
static const double detail_size = 11.5;
static const double row_label_width = 18.0;
static const double column_gap = 12.0;
static const double row_gap = 24.0;
static const double bar_gap = 8.0;
static const double bar_width = 54.0;
static const double least_plot = 215.0;
static const double least_pitch = 132.0; /* of columns: heads need it */
static const double roomy_side = 150.0;  /* two rows of this are better than one of twice that */

/* A saved picture measures this, in points. */
static const double save_width = 1280.0;
static const double save_height = 880.0;

static double
get_row_side (double scale, double height, guint n_rows)
{
  double room = height - (head_height + least_plot) * scale - (n_rows - 1) * row_gap * scale;

  return floor (room / n_rows);
}

/* Every field has a row where that leaves heatmaps of a good size, else only the field whose errors
 * are plotted. */
static double
choose_rows (PisdComparisonLayout *layout,
             const PisdComparison *comparison,
             double width_side,
             double height)
{
  double all = MIN (width_side, get_row_side (layout->scale, height, comparison->n_fields));
  double one = MIN (width_side, get_row_side (layout->scale, height, 1));

  if (all >= 0.8 * one || all >= roomy_side * layout->scale)
    {
      layout->n_rows = comparison->n_fields;
      for (guint r = 0; r < layout->n_rows; r++)
        layout->rows[r] = r;
      return MAX (all, 1.0);
    }
  layout->n_rows = 1;
  layout->rows[0] = comparison->field;
  return MAX (one, 1.0);
}

/* Heads above `n` columns, the first at (left, top), `pitch` apart, and below them squares of the
 * rows' side with a bar each; returns where they end. */
static double
place_columns (PisdComparisonLayout *layout,
               guint n,
               double left,
               double top,
               double pitch,
               double side)
{
  double s = layout->scale;

  for (guint c = 0; c < n; c++)
    layout->heads[c] =
        (PisdBox){ left + c * pitch, top, pitch - 0.5 * column_gap * s, head_height * s };
  top = round (top + head_height * s);
  for (guint r = 0; r < layout->n_rows; r++)
    {
      for (guint c = 0; c < n; c++)
        layout->heats[r][c] = (PisdBox){ round (left + c * pitch), top, side, side };
      layout->bars[r] =
          (PisdBox){ layout->heats[r][n - 1].x + side + bar_gap * s, top, bar_width * s, side };
      top += side + round (row_gap * s);
    }
  return top;
}

void
pisd_comparison_layout_init (PisdComparisonLayout *layout,
                             const PisdComparison *comparison,
                             const PisdBox *box)
{
  double s, besides, pitch, side, total, left, top;
  guint n;

  g_return_if_fail (layout != NULL && comparison != NULL && box != NULL);
  g_return_if_fail (comparison->n_columns > 0 && comparison->n_columns <= PISD_COMPARISON_MOST);

  *layout = (PisdComparisonLayout){ 0 };
  n = comparison->n_columns;
  s = layout->scale = CLAMP (sqrt (MIN (box->width / 1250.0, box->height / 800.0)), 0.82, 1.6);
  top = box->y + 0.6 * margin * s;
  layout->caption_y = top + 0.5 * caption_height * s;
  if (comparison->caption != NULL)
    top += caption_height * s;
  besides = (row_label_width + bar_gap + bar_width - column_gap) * s;
  pitch = floor ((box->width - 2.0 * margin * s - besides) / n);
  side = choose_rows (layout, comparison, pitch - column_gap * s,
                      box->y + box->height - margin * s - top);
  pitch = MIN (pitch, MAX (side + column_gap * s, least_pitch * s));
  total = n * pitch + besides;
  left = round (box->x + 0.5 * (box->width - total) + row_label_width * s);
  top = place_columns (layout, n, left, top, pitch, side);
  layout->area = (PisdBox){ box->x + margin * s, top, box->width - 2.0 * margin * s,
                            MAX (box->y + box->height - 0.5 * margin * s - top, 1.0) };
  pisd_comparison_plot_init (layout, comparison);
}

static void
draw_head (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           const PisdComparisonColumn *column,
           const PisdBox *head)
{
  double s = layout->scale;
  double x = head->x;
  double y = head->y + 13.0 * s;
  PisdTextStyle title = { .size = title_size * s, .bold = TRUE, .ink = &palette->text };
  PisdTextStyle detail = { .size = detail_size * s,
                           .ink = &palette->faint,
                           .max_width = head->width };

  if (column->ink >= 0)
    {
      PisdLine sample = { palette->method[column->ink], 3.5 * s, 4.5 * s,
                          column->dashed ? 3.0 * s : 0.0 };

      cairo_save (cr);
      cairo_set_line_cap (cr, column->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
      pisd_draw_segment (cr, &sample, x + 2.0 * s, y, x + 16.0 * s, y);
      cairo_restore (cr);
      x += 23.0 * s;
    }
  title.max_width = head->x + head->width - x;
  pisd_draw_text (cr, x, y, &title, column->title);
  if (column->detail != NULL)
    pisd_draw_text (cr, head->x, head->y + 30.0 * s, &detail, column->detail);
}

static PisdTextStyle
get_note_style (const PisdComparisonLayout *layout, const PisdPalette *palette)
{
  return (
      PisdTextStyle){ .size = detail_size * layout->scale, .ink = &palette->faint, .align = 0.5 };
}

static void
draw_row (cairo_t *cr,
          const PisdComparisonLayout *layout,
          const PisdPalette *palette,
          const PisdComparison *comparison,
          guint row)
{
  guint f = layout->rows[row];
  double limit = comparison->limits[f];
  const PisdBox *first = &layout->heats[row][0];
  PisdTextStyle label = {
    .size = 1.1 * title_size * layout->scale, .bold = TRUE, .ink = &palette->text, .align = 0.5
  };
  PisdTextStyle note = get_note_style (layout, palette);
  PisdColorScale scale = { comparison->map, -limit, limit, FALSE, FALSE };

  pisd_draw_text (cr, first->x - 0.62 * row_label_width * layout->scale,
                  first->y + 0.5 * first->height, &label, comparison->fields[f].name);
  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];
      const PisdBox *heat = &layout->heats[row][c];

      pisd_draw_outline (cr, heat, palette);
      if (column->fields[f] != NULL)
        pisd_draw_heatmap (cr, heat, column->fields[f], comparison->map, -limit, limit);
      else if (column->note != NULL)
        pisd_draw_note (cr, heat, 0.86, &note, column->note);
      if (c == 0 && comparison->sensors != NULL)
        pisd_draw_sensors (cr, heat, comparison->sensors, comparison->fields[f].id);
    }
  if (limit > 0.0)
    pisd_draw_color_scale (cr, &layout->bars[row], palette, &scale);
}

void
pisd_draw_comparison (cairo_t *cr,
                      const PisdComparisonLayout *layout,
                      const PisdPalette *palette,
                      const PisdComparison *comparison)
{
  PisdTextStyle style, note;

  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && comparison != NULL);

  style = (PisdTextStyle){ .size = 1.1 * title_size * layout->scale,
                           .ink = &palette->text,
                           .max_width = layout->area.width };
  note = get_note_style (layout, palette);
  cairo_save (cr);
  if (comparison->caption != NULL)
    pisd_draw_text (cr, layout->heads[0].x, layout->caption_y, &style, comparison->caption);
  for (guint c = 0; c < comparison->n_columns; c++)
    draw_head (cr, layout, palette, &comparison->columns[c], &layout->heads[c]);
  for (guint r = 0; r < layout->n_rows; r++)
    draw_row (cr, layout, palette, comparison, r);
  if (comparison->plot_note != NULL)
    pisd_draw_note (cr, &layout->area, 0.86, &note, comparison->plot_note);
  else
    pisd_draw_comparison_plot (cr, layout, palette, comparison);
  cairo_restore (cr);
}

typedef struct
{
  const PisdPalette *palette;
  const PisdComparison *comparison;
} Saved;

static void
draw_saved (cairo_t *cr, gconstpointer data)
{
  const Saved *saved = data;
  const PisdBox box = { 0.0, 0.0, save_width, save_height };
  PisdComparisonLayout layout;

  pisd_ink_set (cr, &saved->palette->background);
  cairo_paint (cr);
  pisd_comparison_layout_init (&layout, saved->comparison, &box);
  pisd_draw_comparison (cr, &layout, saved->palette, saved->comparison);
}

gboolean
pisd_draw_save_comparison (const char *path,
                           const PisdPalette *palette,
                           const PisdComparison *comparison,
                           GError **error)
{
  const Saved saved = { palette, comparison };

  g_return_val_if_fail (path != NULL && palette != NULL && comparison != NULL, FALSE);

  return pisd_draw_save (path, save_width, save_height, comparison->caption, draw_saved, &saved,
                         error);
}
