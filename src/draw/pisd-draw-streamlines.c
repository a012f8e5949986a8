#include "pisd-draw-streamlines.h"
#include "pisd-draw-pixels.h"
#include "pisd-draw-strokes.h"
#include "pisd-draw-text.h"
#include "pisd-velocity.h"

#include <math.h>

static const PisdInk core_ink = { 0.09, 0.10, 0.12, 1.0 };
static const PisdInk rim_ink = { 1.0, 1.0, 1.0, 0.8 };

/* Measures for a heatmap of `usual` units, and how much smaller or larger they get. */
static const double usual = 330.0;
static const double least_scale = 0.66;
static const double most_scale = 2.0;
static const double line_spacing = 17.0;
static const double arrow_spacing = 21.0;
static const double width = 1.2;
static const double rim_width = 0.95;
static const double least_rim = 0.85; /* whatever the scale */
static const double head_length = 6.4;
static const double head_half = 2.5;
static const double head_spacing = 120.0; /* along a line */
static const double least_line = 32.0;    /* a shorter one has no head */
static const double least_head = 0.5;     /* of its size, on a short line */
static const double most_of_line = 0.55;  /* that a head takes */
static const double point_spacing = 2.0;  /* nearer points are left out */

static double
get_scale (const PisdBox *heat)
{
  return CLAMP (MIN (heat->width, heat->height) / usual, least_scale, most_scale);
}

PisdStreamlines *
pisd_flow_create_lines (PisdFlow flow, const PisdComplex *z, const PisdBox *heat)
{
  double units, spacing;

  g_return_val_if_fail (flow < PISD_N_FLOWS && z != NULL && heat != NULL, NULL);

  if (flow == PISD_FLOW_NONE || heat->width < 1.0 || heat->height < 1.0)
    return NULL;
  units = (flow == PISD_FLOW_LINES ? line_spacing : arrow_spacing) * get_scale (heat);
  spacing = CLAMP (units / MIN (heat->width, heat->height), 1.0 / 40, 1.0 / 5);
  return flow == PISD_FLOW_LINES ? pisd_streamlines_new (PISD_GRID, z, spacing)
                                 : pisd_streamlines_new_short (PISD_GRID, z, spacing);
}

typedef struct
{
  PisdPoint corner[3]; /* the tip first */
} Head;

/* What is drawn, in user units. */
typedef struct
{
  const PisdBox *heat;
  double scale;
  GArray *points; /* of PisdPoint */
  GArray *first;  /* of guint: where a piece of a line begins in the points, and their end */
  GArray *heads;  /* of Head */
} Drawing;

static void
drawing_init (Drawing *self, const PisdBox *heat)
{
  *self = (Drawing){ heat, get_scale (heat), g_array_new (FALSE, FALSE, sizeof (PisdPoint)),
                     g_array_new (FALSE, FALSE, sizeof (guint)),
                     g_array_new (FALSE, FALSE, sizeof (Head)) };
}

static void
drawing_clear (Drawing *self)
{
  g_array_unref (self->points);
  g_array_unref (self->first);
  g_array_unref (self->heads);
}

/* In user units, periods beside the heatmap where the point lies there. */
static PisdPoint
get_place (const PisdBox *heat, const PisdPoint *point, const PisdPoint *shift)
{
  const double half = 0.5 / PISD_GRID;

  return (PisdPoint){ heat->x + (point->x + half - shift->x) * heat->width,
                      heat->y + (point->y + half - shift->y) * heat->height };
}

/* The whole periods by which a point lies beside the heatmap. */
static PisdPoint
get_shift (const PisdPoint *point)
{
  const double half = 0.5 / PISD_GRID;

  return (PisdPoint){ floor (point->x + half), floor (point->y + half) };
}

static void
begin_piece (Drawing *self)
{
  g_array_append_val (self->first, self->points->len);
}

static void
add_point (Drawing *self, const PisdPoint *point, const PisdPoint *shift)
{
  PisdPoint place = get_place (self->heat, point, shift);

  g_array_append_val (self->points, place);
}

/* Where the line leaves the heatmap a piece ends just outside, and the next one begins just outside
 * on the other side. */
static void
add_line (Drawing *self, guint n, const PisdPoint *points)
{
  PisdPoint shift = get_shift (&points[0]), last = points[0];
  const double least = point_spacing * MIN (self->scale, 1.0) / self->heat->width;

  begin_piece (self);
  add_point (self, &points[0], &shift);
  for (guint k = 1; k < n; k++)
    {
      PisdPoint now = get_shift (&points[k]);
      gboolean leaves = now.x != shift.x || now.y != shift.y;

      if (!leaves && k + 1 < n && hypot (points[k].x - last.x, points[k].y - last.y) < least)
        continue;
      add_point (self, &points[k], &shift);
      if (leaves)
        {
          begin_piece (self);
          add_point (self, &last, &now);
          add_point (self, &points[k], &now);
        }
      shift = now;
      last = points[k];
    }
}

/* At a point of a line that comes from another one.  `factor`: of its size; `tip`: the share of it
 * that lies beyond the point. */
static void
add_head (Drawing *self, const PisdPoint *at, const PisdPoint *from, double factor, double tip)
{
  PisdPoint shift = get_shift (at), place = get_place (self->heat, at, &shift);
  double dx = (at->x - from->x) * self->heat->width, dy = (at->y - from->y) * self->heat->height;
  double size = factor * self->scale / MAX (sqrt (dx * dx + dy * dy), 1e-9);
  double length = head_length * size, half = head_half * size;
  Head head;

  head.corner[0] = (PisdPoint){ place.x + tip * length * dx, place.y + tip * length * dy };
  for (guint k = 1; k < 3; k++)
    {
      double side = k == 1 ? half : -half;

      head.corner[k] = (PisdPoint){ place.x + (tip - 1.0) * length * dx - side * dy,
                                    place.y + (tip - 1.0) * length * dy + side * dx };
    }
  g_array_append_val (self->heads, head);
}

static double
get_length (guint n, const PisdPoint *points)
{
  double length = 0.0;

  for (guint k = 1; k < n; k++)
    {
      double dx = points[k].x - points[k - 1].x, dy = points[k].y - points[k - 1].y;

      length += sqrt (dx * dx + dy * dy);
    }
  return length;
}

/* Heads every so often along a line, the first and the last one half as far from its ends. */
static void
add_heads (Drawing *self, guint n, const PisdPoint *points)
{
  double length = get_length (n, points) * self->heat->width / self->scale;
  guint n_heads = MAX (1, (guint) (length / head_spacing + 0.5));

  if (length < least_line)
    return;
  for (guint k = 0; k < n_heads; k++)
    {
      guint at = MAX (1, (guint) ((k + 0.5) * (n - 1) / n_heads + 0.5));

      add_head (self, &points[at], &points[at - 1], 1.0, 0.5);
    }
}

/* At the end of a short line, smaller where the line is. */
static void
add_tip (Drawing *self, guint n, const PisdPoint *points)
{
  double length = get_length (n, points) * self->heat->width / self->scale;
  double factor = CLAMP (most_of_line * length / head_length, least_head, 1.0);

  add_head (self, &points[n - 1], &points[n - 2], factor, 0.3);
}

static void
add_all (Drawing *self, PisdFlow flow, const PisdStreamlines *lines)
{
  for (guint line = 0; line < lines->n_lines; line++)
    {
      guint n = lines->first[line + 1] - lines->first[line];
      const PisdPoint *points = lines->points + lines->first[line];

      if (n < 2)
        continue;
      add_line (self, n, points);
      if (flow == PISD_FLOW_LINES)
        add_heads (self, n, points);
      else
        add_tip (self, n, points);
    }
  g_array_append_val (self->first, self->points->len);
}

static PisdPen
get_pen (const Drawing *self, const PisdPalette *palette, double pixels)
{
  double scale = palette->weight * pixels;

  return (PisdPen){ core_ink, rim_ink, width * self->scale * scale,
                    MAX (rim_width * self->scale, least_rim) * scale };
}

/* As paths, for documents. */

static void
trace_heads (const Drawing *self, cairo_t *cr)
{
  for (guint k = 0; k < self->heads->len; k++)
    {
      const Head *head = &g_array_index (self->heads, Head, k);

      for (guint c = 0; c < 3; c++)
        cairo_line_to (cr, head->corner[c].x, head->corner[c].y);
      cairo_close_path (cr);
      cairo_new_sub_path (cr);
    }
}

static void
trace_lines (const Drawing *self, cairo_t *cr)
{
  for (guint piece = 0; piece + 1 < self->first->len; piece++)
    {
      cairo_new_sub_path (cr);
      for (guint k = g_array_index (self->first, guint, piece);
           k < g_array_index (self->first, guint, piece + 1); k++)
        {
          const PisdPoint *point = &g_array_index (self->points, PisdPoint, k);

          cairo_line_to (cr, point->x, point->y);
        }
    }
}

static void
stroke (const Drawing *self, cairo_t *cr, const PisdPalette *palette)
{
  const PisdPen pen = get_pen (self, palette, 1.0);

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  trace_lines (self, cr);
  cairo_new_sub_path (cr);
  trace_heads (self, cr);
  pisd_ink_set (cr, &pen.rim);
  cairo_set_line_width (cr, pen.width + 2.0 * pen.rim_width);
  cairo_stroke (cr);
  trace_lines (self, cr);
  pisd_ink_set (cr, &pen.core);
  cairo_set_line_width (cr, pen.width);
  cairo_stroke (cr);
  trace_heads (self, cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
}

/* As pixels. */

static void
place_all (GArray *points,
           gsize n_points,
           cairo_t *cr,
           const PisdPixels *pixels,
           const PisdArea *area)
{
  for (gsize k = 0; k < n_points; k++)
    {
      PisdPoint *point = &((PisdPoint *) (gpointer) points->data)[k];

      pisd_pixels_place (pixels, cr, &point->x, &point->y);
      point->x -= area->x;
      point->y -= area->y;
    }
}

static void
add_strokes (const Drawing *self, PisdStrokes *strokes)
{
  for (guint piece = 0; piece + 1 < self->first->len; piece++)
    for (guint k = g_array_index (self->first, guint, piece) + 1;
         k < g_array_index (self->first, guint, piece + 1); k++)
      {
        const PisdPoint *a = &g_array_index (self->points, PisdPoint, k - 1), *b = a + 1;

        pisd_strokes_add_line (strokes, a->x, a->y, b->x, b->y);
      }
  for (guint k = 0; k < self->heads->len; k++)
    {
      const PisdPoint *c = g_array_index (self->heads, Head, k).corner;
      const double x[] = { c[0].x, c[1].x, c[2].x }, y[] = { c[0].y, c[1].y, c[2].y };

      pisd_strokes_add_triangle (strokes, x, y);
    }
}

static void
paint (Drawing *self, cairo_t *cr, const PisdPalette *palette, const PisdPixels *pixels)
{
  const PisdArea area = pisd_pixels_get_area (pixels, cr, self->heat, 0);
  const PisdPen pen = get_pen (self, palette, pixels->size);
  g_autoptr (PisdStrokes) strokes = pisd_strokes_new (area.width, area.height, &pen);
  cairo_surface_t *image;

  place_all (self->points, self->points->len, cr, pixels, &area);
  place_all (self->heads, 3 * (gsize) self->heads->len, cr, pixels, &area);
  add_strokes (self, strokes);
  image = pisd_strokes_create_image (strokes);
  pisd_pixels_paint (pixels, cr, image, &area);
  cairo_surface_destroy (image);
}

void
pisd_draw_streamlines (cairo_t *cr,
                       const PisdBox *heat,
                       const PisdPalette *palette,
                       PisdFlow flow,
                       const PisdStreamlines *lines)
{
  PisdPixels pixels;
  Drawing drawing;

  g_return_if_fail (cr != NULL && heat != NULL && palette != NULL && lines != NULL);

  if (lines->n_lines == 0 || heat->width < 1.0 || heat->height < 1.0)
    return;
  drawing_init (&drawing, heat);
  add_all (&drawing, flow, lines);
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, heat->x, heat->y, heat->width, heat->height);
  cairo_clip (cr);
  if (pisd_pixels_init (&pixels, cr))
    paint (&drawing, cr, palette, &pixels);
  else
    stroke (&drawing, cr, palette);
  cairo_restore (cr);
  drawing_clear (&drawing);
}

void
pisd_draw_flow (cairo_t *cr,
                const PisdBox *heat,
                const PisdPalette *palette,
                PisdFlow flow,
                const PisdField *vorticity)
{
  g_autoptr (PisdVelocity) velocity = NULL;
  g_autoptr (PisdStreamlines) lines = NULL;

  g_return_if_fail (vorticity->ny == PISD_GRID && vorticity->nx == PISD_GRID);

  if (flow == PISD_FLOW_NONE)
    return;
  velocity = pisd_velocity_new ();
  lines = pisd_flow_create_lines (flow, pisd_velocity_compute (velocity, vorticity->data), heat);
  if (lines != NULL)
    pisd_draw_streamlines (cr, heat, palette, flow, lines);
}
