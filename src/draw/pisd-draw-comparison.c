#include "pisd-draw-comparison-plot.h"

#include "pisd-draw-mark.h"
#include "pisd-draw-panel.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures at scale 1. */
static const double margin = 14.0;
static const double caption_height = 26.0;
static const double head_height = 57.0;
static const double title_size = 13.0;
static const double detail_size = 11.5;
static const double row_label_width = 18.0;
static const double column_gap = 12.0;
static const double row_gap = 24.0;
static const double bar_gap = 8.0;
static const double bar_width = 54.0;
static const double least_plot = 215.0;
static const double swatch = 23.0;       /* before a title */
static const double least_pitch = 105.0; /* of columns: numbers below the titles need it */
static const double most_plot = 0.4;     /* of the height, however large the type */
static const double least_head = 0.6;    /* of the type above columns, before it is cut */
static const double least_title = 0.85;  /* of that, for one that is longer than the others */
static const double good_head = 0.85;    /* columns are not chosen so narrow that it is less */
static const double roomy_side = 150.0;  /* two rows of this are better than one of twice that */

/* A saved picture measures this, in points. */
static const double save_width = 1280.0;
static const double save_height = 880.0;

/* One way to arrange the columns. */
typedef struct
{
  guint n_bands, n_in_band;
  gboolean all; /* fields, a row each, or only the one whose errors are plotted */
  double head;  /* scale of the type above the columns */
  double pitch, side;
  double worth; /* the side, less where heads are small */
} Packing;

/* What there is to arrange them in. */
typedef struct
{
  double scale;
  double width, height; /* of everything below the caption */
  double besides;       /* beside the columns of a band */
  double plot;          /* height that the plot keeps */
  double least_pitch;   /* of columns whose heads have their full size */
} Room;

static void
packing_init (Packing *packing,
              const PisdComparison *comparison,
              const Room *room,
              guint n_bands,
              gboolean all)
{
  double s = room->scale;
  guint n_rows = n_bands * (all ? comparison->n_fields : 1);
  double height;

  packing->n_bands = n_bands;
  packing->n_in_band = (comparison->n_columns + n_bands - 1) / n_bands;
  packing->all = all;
  packing->pitch = floor ((room->width - room->besides) / packing->n_in_band);
  packing->head = s * CLAMP (packing->pitch / room->least_pitch, least_head, 1.0);
  height = room->height - room->plot - n_bands * head_height * packing->head
           - (n_rows - 1) * row_gap * s;
  packing->side = MAX (floor (MIN (packing->pitch - column_gap * s, height / n_rows)), 1.0);
  packing->worth = packing->side * (packing->pitch < good_head * room->least_pitch ? 0.75 : 1.0);
}

/* The number of bands that makes heatmaps largest. */
static Packing
find_largest (const PisdComparison *comparison, const Room *room, gboolean all)
{
  Packing best = { 0 };

  for (guint n = 1; n <= comparison->n_columns; n++)
    {
      Packing packing;

      packing_init (&packing, comparison, room, n, all);
      if (packing.worth > best.worth)
        best = packing;
    }
  return best;
}

/* Every field has a row where that leaves heatmaps of a good size, else only the field whose errors
 * are plotted. */
static Packing
choose_packing (const PisdComparison *comparison, const Room *room)
{
  Packing all = find_largest (comparison, room, TRUE);
  Packing one = find_largest (comparison, room, FALSE);

  return all.worth >= 0.8 * one.worth || all.worth >= roomy_side * room->scale ? all : one;
}

static void
take_packing (PisdComparisonLayout *layout,
              const PisdComparison *comparison,
              const Packing *packing)
{
  layout->n_bands = packing->n_bands;
  layout->n_in_band = packing->n_in_band;
  layout->head = packing->head;
  layout->n_rows = packing->all ? comparison->n_fields : 1;
  for (guint r = 0; r < layout->n_rows; r++)
    layout->rows[r] = packing->all ? r : comparison->field;
}

/* Heads above the columns of a band, the first at (left, top), `pitch` apart, and below them
 * squares of the rows' side with a bar each; returns where they end. */
static double
place_band (PisdComparisonLayout *layout,
            guint band,
            guint n_columns,
            double left,
            double top,
            double pitch,
            double side)
{
  double s = layout->scale;
  double height = head_height * layout->head;
  guint first = band * layout->n_in_band;
  guint end = MIN (first + layout->n_in_band, n_columns);

  for (guint c = first; c < end; c++)
    layout->heads[c] =
        (PisdBox){ left + (c - first) * pitch, top, pitch - 0.5 * column_gap * s, height };
  top = round (top + height);
  for (guint r = 0; r < layout->n_rows; r++)
    {
      for (guint c = first; c < end; c++)
        layout->heats[r][c] = (PisdBox){ round (left + (c - first) * pitch), top, side, side };
      layout->bars[r][band] =
          (PisdBox){ layout->heats[r][end - 1].x + side + bar_gap * s, top, bar_width * s, side };
      top += side + round (row_gap * s);
    }
  return top;
}

static double
get_least_pitch (const PisdComparison *comparison, double scale)
{
  PisdTextStyle style = { .size = title_size * scale, .bold = TRUE };
  double widest = 0.0;

  for (guint c = 0; c < comparison->n_columns; c++)
    {
      g_autofree char *title = g_markup_escape_text (comparison->columns[c].title, -1);

      widest = MAX (widest, pisd_text_get_width (&style, title));
    }
  return MAX (widest + (swatch + column_gap) * scale, least_pitch * scale);
}

static double
place_columns (PisdComparisonLayout *layout,
               const PisdComparison *comparison,
               const PisdBox *box,
               double top)
{
  double s = layout->scale;
  Room room = { .scale = s,
                .width = box->width - 2.0 * margin * s,
                .height = box->y + box->height - margin * s - top,
                .besides = (row_label_width + bar_gap + bar_width - column_gap) * s,
                .plot = MIN (least_plot * s, most_plot * box->height),
                .least_pitch = get_least_pitch (comparison, s) };
  Packing packing = choose_packing (comparison, &room);
  double pitch = MIN (packing.pitch, MAX (packing.side + column_gap * s, room.least_pitch));
  double total = packing.n_in_band * pitch + room.besides;
  double left = round (box->x + 0.5 * (box->width - total) + row_label_width * s);

  take_packing (layout, comparison, &packing);
  for (guint b = 0; b < layout->n_bands; b++)
    top = place_band (layout, b, comparison->n_columns, left, top, pitch, packing.side);
  return top;
}

void
pisd_comparison_layout_init (PisdComparisonLayout *layout,
                             const PisdComparison *comparison,
                             const PisdBox *box,
                             double type)
{
  double s, top;

  g_return_if_fail (layout != NULL && comparison != NULL && box != NULL && type > 0.0);
  g_return_if_fail (comparison->n_columns > 0 && comparison->n_columns <= PISD_COMPARISON_MOST);

  *layout = (PisdComparisonLayout){ 0 };
  s = CLAMP (sqrt (MIN (box->width / 1250.0, box->height / 800.0)), 0.82, 1.6) * type;
  layout->scale = s;
  top = box->y + 0.6 * margin * s;
  layout->caption_y = top + 0.5 * caption_height * s;
  if (comparison->caption != NULL)
    top += caption_height * s;
  top = place_columns (layout, comparison, box, top);
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
  double s = layout->head;
  double x = head->x;
  double y = head->y + 13.0 * s;
  PisdTextStyle title = { .size = title_size * s, .bold = TRUE, .ink = &palette->text };
  PisdTextStyle detail = { .size = detail_size * s,
                           .ink = &palette->faint,
                           .max_width = head->width };
  PisdTextStyle number = { .size = detail_size * s,
                           .ink = &palette->text,
                           .max_width = head->width };

  if (column->ink >= 0)
    {
      PisdLine sample = { *pisd_comparison_get_ink (palette, column), 3.5 * s, 4.5 * s,
                          column->dashed ? 3.0 * s : 0.0 };

      cairo_save (cr);
      cairo_set_line_cap (cr, column->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
      pisd_draw_segment (cr, &sample, x + 2.0 * s, y, x + 16.0 * s, y);
      cairo_restore (cr);
      x += swatch * s;
    }
  title.max_width = head->x + head->width - x;
  pisd_draw_fitted_text (cr, x, y, &title, least_title, column->title);
  if (column->detail != NULL)
    pisd_draw_fitted_text (cr, head->x, head->y + 30.0 * s, &detail, least_head, column->detail);
  if (column->number != NULL)
    pisd_draw_fitted_text (cr, head->x, head->y + 46.0 * s, &number, least_head, column->number);
}

static PisdTextStyle
get_note_style (const PisdComparisonLayout *layout, const PisdPalette *palette)
{
  return (
      PisdTextStyle){ .size = detail_size * layout->scale, .ink = &palette->faint, .align = 0.5 };
}

static void
draw_heat (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           const PisdComparison *comparison,
           guint row,
           guint c)
{
  guint f = layout->rows[row];
  double limit = comparison->limits[f];
  const PisdComparisonColumn *column = &comparison->columns[c];
  const PisdBox *heat = &layout->heats[row][c];
  PisdTextStyle note = get_note_style (layout, palette);

  pisd_draw_outline (cr, heat, palette);
  if (column->fields[f] != NULL)
    pisd_draw_heatmap (cr, heat, column->fields[f], comparison->map, -limit, limit);
  else if (column->note != NULL)
    pisd_draw_note (cr, heat, 0.86, &note, column->note);
  if (c == 0 && comparison->sensors != NULL)
    pisd_draw_sensors (cr, heat, palette, comparison->sensors, &comparison->fields[f],
                       comparison->frames[f]);
}

/* What is longer than a letter or two stands upright. */
static void
draw_row_label (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *label)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (g_utf8_strlen (label, -1) > 2)
    cairo_rotate (cr, -0.5 * G_PI);
  pisd_draw_text (cr, 0.0, 0.0, style, label);
  cairo_restore (cr);
}

/* Names the field at the left of each of its rows, and the colours at the right. */
static void
draw_row (cairo_t *cr,
          const PisdComparisonLayout *layout,
          const PisdPalette *palette,
          const PisdComparison *comparison,
          guint row)
{
  guint f = layout->rows[row];
  double limit = comparison->limits[f];
  PisdTextStyle label = {
    .size = 1.1 * title_size * layout->scale, .bold = TRUE, .ink = &palette->text, .align = 0.5
  };
  PisdColorScale scale = { comparison->map, -limit, limit, FALSE, FALSE };
  g_autofree char *symbol =
      pisd_field_info_dup_symbol (&comparison->fields[f], comparison->frames[f]);

  for (guint c = 0; c < comparison->n_columns; c++)
    draw_heat (cr, layout, palette, comparison, row, c);
  for (guint b = 0; b < layout->n_bands; b++)
    {
      const PisdBox *first = &layout->heats[row][b * layout->n_in_band];

      draw_row_label (cr, first->x - 0.62 * row_label_width * layout->scale,
                      first->y + 0.5 * first->height, &label, symbol);
      if (limit > 0.0)
        pisd_draw_color_scale (cr, &layout->bars[row][b], palette, &scale);
    }
}

/* What is of yesterday fades: pictures and numbers of all columns but the first, and the plot, with
 * the reason across it. */
static void
draw_mark (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           const PisdComparison *comparison)
{
  for (guint c = 1; c < comparison->n_columns; c++)
    {
      pisd_draw_veil (cr, &layout->heads[c], palette);
      for (guint r = 0; r < layout->n_rows; r++)
        pisd_draw_veil (cr, &layout->heats[r][c], palette);
    }
  pisd_draw_veil (cr, &layout->area, palette);
  pisd_draw_mark (cr, &layout->plot, 1.4 * layout->scale, palette, comparison->mark);
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
  if (comparison->mark != NULL)
    draw_mark (cr, layout, palette, comparison);
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
  pisd_comparison_layout_init (&layout, saved->comparison, &box, 1.0);
  pisd_draw_comparison (cr, &layout, saved->palette, saved->comparison);
}

gboolean
pisd_draw_save_comparison (const char *path,
                           const PisdPaper *paper,
                           const PisdPalette *palette,
                           const PisdComparison *comparison,
                           GError **error)
{
  const Saved saved = { palette, comparison };

  g_return_val_if_fail (path != NULL && palette != NULL && comparison != NULL, FALSE);

  return pisd_draw_save (path, paper, save_width, save_height, comparison->caption, draw_saved,
                         &saved, error);
}
