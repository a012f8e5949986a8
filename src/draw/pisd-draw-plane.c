#include "pisd-draw-plane.h"

#include <math.h>

#include "pisd-draw-chart.h"
#include "pisd-draw-text.h"

/* Measures at scale 1. */
static const double title_height = 22.0;
static const double title_size = 12.5;
static const double note_size = 12.0;
static const double dot = 1.7;
static const double ghost_dot = 1.1;
static const double margin = 3.0;

/* Of an arrow, as parts of its square. */
#define ARROW_LENGTH 0.85
#define ARROW_HEAD 0.3
#define MOST_DOTS_LARGE 600
#define PICTURE_GAP 0.08
#define FIELD_LIMIT 3.0 /* of standardised fields */

/* The colour of a label, or of what has none. */
static const PisdInk *
get_ink (const PisdPalette *palette, const guint *labels, guint index)
{
  const PisdInk *const inks[] = {
    &palette->loss[0],   &palette->error[0],  &palette->equation, &palette->sigma,
    &palette->method[4], &palette->method[1], &palette->loss[1],  &palette->error[1],
    &palette->accent,    &palette->method[3],
  };

  return inks[(labels != NULL ? labels[index] : 0) % G_N_ELEMENTS (inks)];
}

PisdBox
pisd_plane_get_square (const PisdPlane *plane, const PisdBox *box, double type)
{
  const double top = plane->title != NULL ? title_height * type : 0.0;
  const double side = floor (MAX (MIN (box->width, box->height - top) - 2.0 * margin, 1.0));

  return (PisdBox){ floor (box->x + (box->width - side) / 2.0), floor (box->y + top + margin), side,
                    side };
}

static void
draw_title (cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            const char *title,
            double type)
{
  const PisdTextStyle style = { .size = title_size * type,
                                .bold = TRUE,
                                .ink = &palette->text,
                                .align = 0.5,
                                .max_width = box->width };

  if (title != NULL)
    pisd_draw_fitted_text (cr, box->x + box->width / 2.0, box->y + 0.5 * title_height * type,
                           &style, 0.75, title);
}

static void
draw_note (cairo_t *cr,
           const PisdBox *square,
           const PisdPalette *palette,
           const char *note,
           double type)
{
  const PisdTextStyle style = { .size = note_size * type, .ink = &palette->faint, .align = 0.5 };

  if (note != NULL)
    pisd_draw_note (cr, square, 0.8, &style, note);
}

static void
place (const PisdBox *square, double limit, const double *point, double *x, double *y)
{
  *x = square->x + square->width * (point[0] + limit) / (2.0 * limit);
  *y = square->y + square->height * (limit - point[1]) / (2.0 * limit);
}

static void
draw_ghosts (cairo_t *cr,
             const PisdBox *square,
             const PisdPalette *palette,
             const PisdPlane *plane,
             double type)
{
  double x, y;

  pisd_ink_set_faded (cr, &palette->faint, 0.45);
  for (guint i = 0; i < plane->n_ghosts; i++)
    {
      place (square, plane->limit, plane->ghosts + 2 * i, &x, &y);
      cairo_rectangle (cr, x - ghost_dot * type / 2, y - ghost_dot * type / 2, ghost_dot * type,
                       ghost_dot * type);
    }
  cairo_fill (cr);
}

/* Many points are small. */
static void
draw_points (cairo_t *cr,
             const PisdBox *square,
             const PisdPalette *palette,
             const PisdPlane *plane,
             double type)
{
  const double radius =
      dot * type * palette->weight * (plane->n_points > MOST_DOTS_LARGE ? 0.75 : 1.2);
  double x, y;

  for (guint i = 0; i < plane->n_points; i++)
    {
      place (square, plane->limit, plane->points + 2 * i, &x, &y);
      pisd_ink_set_faded (cr, get_ink (palette, plane->labels, i), 0.85);
      cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_lines (cairo_t *cr,
            const PisdBox *square,
            const PisdPalette *palette,
            const PisdPlane *plane,
            double type)
{
  double x, y;

  cairo_set_line_width (cr, 0.8 * type * palette->weight);
  for (guint i = 0; i < plane->n_lines; i++)
    {
      pisd_ink_set_faded (cr, get_ink (palette, plane->labels, i), 0.4);
      for (guint k = 0; k <= plane->n_stops; k++)
        {
          place (square, plane->limit, plane->states + 2 * (k * plane->n_states + i), &x, &y);
          cairo_line_to (cr, x, y);
        }
      cairo_stroke (cr);
    }
}

static double
find_longest (const PisdPlane *plane)
{
  double longest = 0.0;

  for (guint i = 0; i < plane->n_arrows * plane->n_arrows; i++)
    longest = MAX (longest, hypot (plane->arrows[2 * i], plane->arrows[2 * i + 1]));
  return longest;
}

/* The root of the length, beside the longest one, so that short ones are seen. */
static void
draw_arrow (cairo_t *cr, double x, double y, const double *arrow, double longest, double side)
{
  const double length = hypot (arrow[0], arrow[1]);
  const double scale = ARROW_LENGTH * side / sqrt (MAX (length * longest, 1e-300));
  const double dx = scale * arrow[0], dy = -scale * arrow[1];
  const double tip_x = x + dx / 2.0, tip_y = y + dy / 2.0;

  cairo_move_to (cr, x - dx / 2.0, y - dy / 2.0);
  cairo_line_to (cr, tip_x, tip_y);
  cairo_move_to (cr, tip_x - ARROW_HEAD * (dx + 0.6 * dy), tip_y - ARROW_HEAD * (dy - 0.6 * dx));
  cairo_line_to (cr, tip_x, tip_y);
  cairo_line_to (cr, tip_x - ARROW_HEAD * (dx - 0.6 * dy), tip_y - ARROW_HEAD * (dy + 0.6 * dx));
}

static void
draw_arrows (cairo_t *cr,
             const PisdBox *square,
             const PisdPalette *palette,
             const PisdPlane *plane,
             double type)
{
  const double longest = find_longest (plane), side = square->width / MAX (plane->n_arrows, 1);

  pisd_ink_set_faded (cr, &palette->text, 0.7);
  cairo_set_line_width (cr, type * palette->weight);
  for (guint i = 0; i < plane->n_arrows; i++)
    for (guint j = 0; j < plane->n_arrows; j++)
      draw_arrow (cr, square->x + (j + 0.5) * side, square->y + square->height - (i + 0.5) * side,
                  plane->arrows + 2 * (i * plane->n_arrows + j), longest, side);
  cairo_stroke (cr);
}

void
pisd_draw_plane (cairo_t *cr,
                 const PisdBox *box,
                 const PisdPalette *palette,
                 const PisdPlane *plane,
                 double type)
{
  const PisdBox square = pisd_plane_get_square (plane, box, type);

  g_return_if_fail (cr != NULL && palette != NULL && plane != NULL && plane->limit > 0.0);

  draw_title (cr, box, palette, plane->title, type);
  cairo_save (cr);
  cairo_rectangle (cr, square.x, square.y, square.width, square.height);
  cairo_clip (cr);
  if (plane->field != NULL)
    pisd_draw_heatmap (cr, &square, plane->field, plane->map, plane->low, plane->high);
  draw_ghosts (cr, &square, palette, plane, type);
  draw_lines (cr, &square, palette, plane, type);
  draw_points (cr, &square, palette, plane, type);
  draw_arrows (cr, &square, palette, plane, type);
  cairo_restore (cr);
  pisd_draw_frame (cr, &square, palette);
  draw_note (cr, &square, palette, plane->note, type);
}

/* Pictures. */

static void
draw_captions (cairo_t *cr,
               const PisdPalette *palette,
               const PisdPictures *pictures,
               double left,
               double top,
               double step,
               double type)
{
  const PisdTextStyle style = {
    .size = 0.85 * note_size * type, .ink = &palette->faint, .align = 0.5, .max_width = step
  };

  for (guint j = 0; pictures->captions != NULL && j < pictures->n_columns; j++)
    pisd_draw_text (cr, left + (j + 0.5) * step, top, &style, pictures->captions[j]);
}

/* Paper is -1 and ink 1 before they are standardised. */
void
pisd_pictures_set_data (PisdPictures *pictures, const PisdLabData *data)
{
  const gboolean is_ink = data->id != PISD_LAB_FIELDS;

  pictures->side = data->side;
  pictures->is_ink = is_ink;
  pictures->map = is_ink ? PISD_COLORMAP_GREY : PISD_COLORMAP_DIVERGING;
  pictures->low = is_ink ? (-1.0 - data->shift[0]) / data->scale : -FIELD_LIMIT;
  pictures->high = is_ink ? (1.0 - data->shift[0]) / data->scale : FIELD_LIMIT;
}

static void
draw_picture (cairo_t *cr, const PisdBox *cell, const PisdPictures *pictures, guint number)
{
  g_autoptr (PisdField) field = pisd_field_new (pictures->side, pictures->side);
  const gsize n = pisd_field_get_n (field);
  const double sign = pictures->is_ink ? -1.0 : 1.0;

  for (gsize k = 0; k < n; k++)
    field->data[k] = sign * CLAMP (pictures->pixels[number * n + k], pictures->low, pictures->high);
  pisd_draw_heatmap (cr, cell, field, pictures->map,
                     pictures->is_ink ? -pictures->high : pictures->low,
                     pictures->is_ink ? -pictures->low : pictures->high);
}

void
pisd_draw_pictures (cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    const PisdPictures *pictures,
                    double type)
{
  const guint columns = MAX (pictures->n_columns, 1), rows = (pictures->n + columns - 1) / columns;
  const double head = pictures->title != NULL ? title_height * type : 0.0;
  const double foot = pictures->captions != NULL ? title_height * type : 0.0;
  const double step =
      floor (MIN (box->width / columns, (box->height - head - foot) / MAX (rows, 1)));
  const double left = floor (box->x + (box->width - step * columns) / 2.0), top = box->y + head;

  draw_title (cr, box, palette, pictures->title, type);
  draw_note (cr, box, palette, pictures->note, type);
  if (pictures->n == 0 || step < 2.0)
    return;
  for (guint i = 0; i < pictures->n; i++)
    {
      const PisdBox cell = { left + i % columns * step + PICTURE_GAP / 2.0 * step,
                             top + i / columns * step + PICTURE_GAP / 2.0 * step,
                             (1.0 - PICTURE_GAP) * step, (1.0 - PICTURE_GAP) * step };

      draw_picture (cr, &cell, pictures, i);
    }
  draw_captions (cr, palette, pictures, left, top + rows * step + 0.5 * foot, step, type);
}
