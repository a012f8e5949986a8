#include "pisd-draw-pixels.h"

#include <math.h>

/* White with a dark rim: one of the two stands out on any colour. */
static const double rim[4] = { 0.05, 0.06, 0.08, 0.92 };

/* In images a dot is stamped from drawings of it, one for every quarter of a pixel in either
 * direction. */
#define N_PHASES 4

typedef struct
{
  double radius, rim_width;
} Dot;

/* Size of a dot: a fixed share of the view, less where many of them would run together. */
static Dot
choose_dot (const PisdBox *box, guint n, double weight)
{
  double by_view = 0.011 * MIN (box->width, box->height);
  double by_count = 0.175 * sqrt (box->width * box->height / MAX (n, 1));
  double radius = CLAMP (MIN (by_view, by_count), 1.0, 6.0);

  return (Dot){ radius, MAX (0.45, 0.28 * radius) * weight };
}

static void
draw_dot (cairo_t *cr, double x, double y, const Dot *dot)
{
  cairo_arc (cr, x, y, dot->radius + dot->rim_width, 0.0, 2.0 * G_PI);
  cairo_set_source_rgba (cr, rim[0], rim[1], rim[2], rim[3]);
  cairo_fill (cr);
  cairo_arc (cr, x, y, MAX (dot->radius - dot->rim_width, 0.6), 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill (cr);
}

/* The sensors that are drawn. */
typedef struct
{
  const PisdSensors *sensors;
  const PisdFieldInfo *info;
  guint frame;
} Drawn;

/* Middle of the rectangle of the node at that coordinate, as a part of the box; places between the
 * nodes follow in proportion, and those behind the last node of a periodic field stand before the
 * first one. */
static double
get_part (const PisdFieldInfo *info, double coordinate)
{
  double part = (coordinate / pisd_field_info_get_spacing (info) + 0.5) / PISD_GRID;

  return pisd_basis_is_periodic (info->basis) ? part - floor (part) : part;
}

/* FALSE for a sensor of another frame. */
static gboolean
find_place (const Drawn *drawn, guint k, const PisdBox *box, double *x, double *y)
{
  const PisdSensor *sensor = &drawn->sensors->items[k];

  if (!pisd_sensor_is_on (sensor, drawn->info, drawn->frame))
    return FALSE;
  *x = box->x + get_part (drawn->info, sensor->x) * box->width;
  *y = box->y + get_part (drawn->info, sensor->y) * box->height;
  return TRUE;
}

static void
draw_dots (cairo_t *cr, const PisdBox *box, const Drawn *drawn, const Dot *dot)
{
  double x, y;

  for (guint k = 0; k < drawn->sensors->n; k++)
    if (find_place (drawn, k, box, &x, &y))
      draw_dot (cr, x, y, dot);
}

static cairo_surface_t *
create_stamp (const Dot *dot, int middle, guint phase_x, guint phase_y)
{
  cairo_surface_t *stamp =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2 * middle + 1, 2 * middle + 1);
  cairo_t *cr = cairo_create (stamp);

  draw_dot (cr, middle + (double) phase_x / N_PHASES, middle + (double) phase_y / N_PHASES, dot);
  cairo_destroy (cr);
  cairo_surface_flush (stamp); /* its pixels are read */
  return stamp;
}

/* to = from + (1 - alpha of from) to, of premultiplied channels, two at a time. */
static guint32
blend_over (guint32 from, guint32 to)
{
  const guint32 rest = 255 - (from >> 24);
  guint32 low = (to & 0x00ff00ff) * rest + 0x00800080;
  guint32 high = ((to >> 8) & 0x00ff00ff) * rest + 0x00800080;

  low = ((low + ((low >> 8) & 0x00ff00ff)) >> 8) & 0x00ff00ff;
  high = (high + ((high >> 8) & 0x00ff00ff)) & 0xff00ff00;
  return from + (low | high);
}

/* What of the stamp lies beyond the layer is left out. */
static void
put_stamp (cairo_surface_t *layer, cairo_surface_t *stamp, int left, int top)
{
  const int size = cairo_image_surface_get_width (stamp);
  const int width = cairo_image_surface_get_width (layer);
  const int height = cairo_image_surface_get_height (layer);
  guchar *to = cairo_image_surface_get_data (layer);
  const guchar *from = cairo_image_surface_get_data (stamp);

  for (int i = MAX (0, -top); i < MIN (size, height - top); i++)
    {
      guint32 *to_row =
          (guint32 *) (gpointer) (to + (gsize) (top + i) * cairo_image_surface_get_stride (layer));
      const guint32 *from_row =
          (const guint32 *) (gconstpointer) (from
                                             + (gsize) i * cairo_image_surface_get_stride (stamp));

      for (int j = MAX (0, -left); j < MIN (size, width - left); j++)
        to_row[left + j] = blend_over (from_row[j], to_row[left + j]);
    }
}

/* The stamps are put together on a layer of their own: painted one by one, thousands of them take
 * Cairo longer than everything else in the window. */
static void
stamp_dots (cairo_t *cr,
            const PisdBox *box,
            const Drawn *drawn,
            const Dot *dot,
            const PisdPixels *pixels)
{
  const Dot scaled = { dot->radius * pixels->size, dot->rim_width * pixels->size };
  const int middle = (int) ceil (scaled.radius + scaled.rim_width) + 1;
  const PisdArea area = pisd_pixels_get_area (pixels, cr, box, middle);
  cairo_surface_t *layer =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, area.width, area.height);
  cairo_surface_t *stamps[N_PHASES * N_PHASES] = { NULL };

  for (guint k = 0; k < drawn->sensors->n; k++)
    {
      guint phase_x, phase_y;
      cairo_surface_t **stamp;
      double x, y;

      if (!find_place (drawn, k, box, &x, &y))
        continue;
      pisd_pixels_place (pixels, cr, &x, &y);
      phase_x = (guint) ((x - floor (x)) * N_PHASES);
      phase_y = (guint) ((y - floor (y)) * N_PHASES);
      stamp = &stamps[phase_y * N_PHASES + phase_x];
      if (*stamp == NULL)
        *stamp = create_stamp (&scaled, middle, phase_x, phase_y);
      put_stamp (layer, *stamp, (int) floor (x) - middle - area.x,
                 (int) floor (y) - middle - area.y);
    }
  pisd_pixels_paint (pixels, cr, layer, &area);
  cairo_surface_destroy (layer);
  for (guint k = 0; k < G_N_ELEMENTS (stamps); k++)
    g_clear_pointer (&stamps[k], cairo_surface_destroy);
}

void
pisd_draw_sensors (cairo_t *cr,
                   const PisdBox *box,
                   const PisdPalette *palette,
                   const PisdSensors *sensors,
                   const PisdFieldInfo *info,
                   guint frame)
{
  const Drawn drawn = { sensors, info, frame };
  PisdPixels pixels;
  Dot dot;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && sensors != NULL
                    && info != NULL);

  dot = choose_dot (box, pisd_sensors_count_on (sensors, info, frame), palette->weight);
  cairo_save (cr);
  cairo_new_path (cr);
  if (pisd_pixels_init (&pixels, cr))
    stamp_dots (cr, box, &drawn, &dot, &pixels);
  else
    draw_dots (cr, box, &drawn, &dot);
  cairo_restore (cr);
}
