/* Whole figures (pisd-draw-figure), and what they are made of: pisd-draw-panel, -heatmap, -colorbar,
 * -sensors, -readout, -palette, -plot, -save. */
#include "pisd-draw-figure.h"

#include "pisd-draw-panel.h"
#include "pisd-error.h"
#include "pisd-test.h"

#include <glib/gstdio.h>

/* An image of n x n units at `scale` pixels a unit, painted in one grey. */
static cairo_surface_t *
create_image (int n, int scale, double grey)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, n * scale, n * scale);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (image, scale, scale);
  return image;
}

static guint32
get_pixel (cairo_surface_t *image, double x, double y)
{
  const guint8 *data;
  int stride = cairo_image_surface_get_stride (image);

  cairo_surface_flush (image);
  data = cairo_image_surface_get_data (image);
  g_assert_true (x >= 0.0 && x < cairo_image_surface_get_width (image));
  g_assert_true (y >= 0.0 && y < cairo_image_surface_get_height (image));
  return ((const guint32 *) (gconstpointer) (data + (gsize) y * stride))[(gsize) x] & 0xffffff;
}

static double
get_grey (guint32 pixel)
{
  return (((pixel >> 16) & 255) + ((pixel >> 8) & 255) + (pixel & 255)) / 765.0;
}

static guint32
get_color (PisdColormap map, double value, double min, double max)
{
  guint32 color;

  pisd_colormap_apply (map, &value, 1, min, max, &color);
  return color & 0xffffff;
}

static PisdField *
create_random (guint lane)
{
  PisdField *field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autofree double *values = test_random (PISD_GRID * PISD_GRID, lane);

  memcpy (field->data, values, PISD_GRID * PISD_GRID * sizeof (double));
  return field;
}

/* Every node's middle has the node's colour, to the bit. */
static void
check_nodes (cairo_surface_t *image,
             const PisdBox *box,
             int scale,
             const PisdField *field,
             PisdColormap map)
{
  g_autofree guint32 *colors = g_new (guint32, pisd_field_get_n (field));

  pisd_colormap_apply (map, field->data, pisd_field_get_n (field), -2.0, 2.0, colors);
  for (guint i = 0; i < field->ny; i++)
    for (guint j = 0; j < field->nx; j++)
      {
        double x = (box->x + (j + 0.5) / field->nx * box->width) * scale;
        double y = (box->y + (i + 0.5) / field->ny * box->height) * scale;
        guint32 got = get_pixel (image, x, y);
        guint32 expected = colors[i * field->nx + j] & 0xffffff;

        if (got != expected)
          g_error ("box %g, scale %d, node (%u, %u): got %06x, expected %06x", box->width, scale, i,
                   j, got, expected);
      }
}

static void
test_heatmap_colors (void)
{
  static const struct
  {
    double offset, size;
    int scale;
  } rows[] = { { 0, 128, 1 },   { 3, 256, 1 }, { 5, 317, 1 }, { 2.5, 200, 1 },
               { 7, 400.4, 1 }, { 1, 128, 2 }, { 4, 301, 2 }, { 2, 150, 3 } };
  g_autoptr (PisdField) field = create_random (1);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    for (guint map = 0; map < PISD_N_COLORMAPS; map++)
      {
        PisdBox box = { rows[k].offset, rows[k].offset, rows[k].size, rows[k].size };
        cairo_surface_t *image = create_image (420, rows[k].scale, 0.5);
        cairo_t *cr = cairo_create (image);

        pisd_draw_heatmap (cr, &box, field, (PisdColormap) map, -2.0, 2.0);
        cairo_destroy (cr);
        check_nodes (image, &box, rows[k].scale, field, (PisdColormap) map);
        cairo_surface_destroy (image);
      }
}

/* Crisp: between two nodes there are only their two colours; outside the box nothing changes. */
static void
test_heatmap_crisp (void)
{
  g_autoptr (PisdField) field = pisd_field_new (2, 2);
  PisdBox box = { 10.0, 10.0, 101.0, 101.0 };
  cairo_surface_t *image = create_image (120, 1, 0.5);
  cairo_t *cr = cairo_create (image);
  guint32 low = get_color (PISD_COLORMAP_GREY, 0.0, 0.0, 1.0);
  guint32 high = get_color (PISD_COLORMAP_GREY, 1.0, 0.0, 1.0);
  guint32 around = get_pixel (image, 0, 0);

  field->data[1] = field->data[2] = 1.0;
  pisd_draw_heatmap (cr, &box, field, PISD_COLORMAP_GREY, 0.0, 1.0);
  cairo_destroy (cr);
  for (int y = 0; y < 120; y++)
    for (int x = 0; x < 120; x++)
      {
        gboolean inside = x >= 10 && x < 111 && y >= 10 && y < 111;
        guint32 pixel = get_pixel (image, x, y);

        if (inside)
          g_assert_true (pixel == low || pixel == high);
        else
          g_assert_cmphex (pixel, ==, around);
      }
  /* row 0 is at the top, column 0 at the left */
  g_assert_cmphex (get_pixel (image, 20, 20), ==, low);
  g_assert_cmphex (get_pixel (image, 100, 20), ==, high);
  cairo_surface_destroy (image);
}

/* Special values: the neutral colour at 0, NaN and what lies outside the range in colours of their
 * own. */
static void
test_heatmap_special (void)
{
  g_autoptr (PisdField) field = pisd_field_new (2, 2);
  PisdBox box = { 0.0, 0.0, 64.0, 64.0 };
  cairo_surface_t *image = create_image (64, 1, 0.5);
  cairo_t *cr = cairo_create (image);
  guint32 neutral;
  int r, g, b;

  field->data[0] = 0.0;
  field->data[1] = NAN;
  field->data[2] = -1.5;
  field->data[3] = 1.5;
  pisd_draw_heatmap (cr, &box, field, PISD_COLORMAP_DIVERGING, -1.0, 1.0);
  cairo_destroy (cr);
  neutral = get_pixel (image, 16, 16);
  r = (neutral >> 16) & 255;
  g = (neutral >> 8) & 255;
  b = neutral & 255;
  g_assert_cmpint (MAX (r, MAX (g, b)) - MIN (r, MIN (g, b)), <=, 6);
  g_assert_cmpint (r, >=, 225);
  g_assert_cmphex (get_pixel (image, 48, 16), ==,
                   pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, NAN) & 0xffffff);
  g_assert_cmphex (get_pixel (image, 16, 48), ==,
                   pisd_colormap_get_under (PISD_COLORMAP_DIVERGING) & 0xffffff);
  g_assert_cmphex (get_pixel (image, 48, 48), ==,
                   pisd_colormap_get_over (PISD_COLORMAP_DIVERGING) & 0xffffff);
  cairo_surface_destroy (image);
}

/* The bar shows the map from bottom to top. */
static void
test_colorbar (void)
{
  for (guint map = 0; map < PISD_N_COLORMAPS; map++)
    {
      PisdBox box = { 10.0, 20.0, 54.0, 257.0 };
      PisdColorScale scale = { .map = (PisdColormap) map, .min = -1.0, .max = 1.0 };
      cairo_surface_t *image = create_image (300, 1, 1.0);
      cairo_t *cr = cairo_create (image);

      pisd_draw_color_scale (cr, &box, pisd_palette_get (FALSE), &scale);
      cairo_destroy (cr);
      for (int k = 8; k < 250; k += 11)
        {
          guint32 got = get_pixel (image, 15, 20 + k);
          guint32 expected =
              get_color ((PisdColormap) map, 1.0 - 2.0 * (k + 0.5) / 257.0, -1.0, 1.0);

          test_assert_close (get_grey (got), get_grey (expected), 0.02);
        }
      cairo_surface_destroy (image);
    }
}

/* Numbers stand to the right of the bar, in the text's colour, none of them outside the box. */
static void
test_colorbar_numbers (void)
{
  PisdBox box = { 10.0, 20.0, 54.0, 200.0 };
  PisdColorScale scale = { .map = PISD_COLORMAP_GREY, .min = -0.5, .max = 0.5 };
  cairo_surface_t *image = create_image (240, 1, 1.0);
  cairo_t *cr = cairo_create (image);
  guint n_dark = 0;

  pisd_draw_color_scale (cr, &box, pisd_palette_get (FALSE), &scale);
  cairo_destroy (cr);
  for (int y = 0; y < 240; y++)
    for (int x = 26; x < 240; x++)
      {
        gboolean dark = get_grey (get_pixel (image, x, y)) < 0.5;

        if (dark)
          g_assert_cmpint (x, <, 64);
        n_dark += dark ? 1 : 0;
      }
  g_assert_cmpuint (n_dark, >, 50);
  cairo_surface_destroy (image);
}

static gboolean
has_ink (cairo_surface_t *image, int x, int top, int bottom)
{
  for (int y = top; y < bottom; y++)
    if (get_grey (get_pixel (image, x, y)) < 0.6)
      return TRUE;
  return FALSE;
}

/* The longest row of columns with ink, gaps between the letters of a number included. */
static int
find_longest (cairo_surface_t *image, int top, int bottom)
{
  int longest = 0, begun = 0, newest = -10;

  for (int x = 0; x < cairo_image_surface_get_width (image); x++)
    {
      if (!has_ink (image, x, top, bottom))
        continue;
      begun = x - newest > 3 ? x : begun;
      newest = x;
      longest = MAX (longest, x - begun + 1);
    }
  return longest;
}

/* However short a bar that lies is, its numbers stand apart. */
static void
test_colorbar_short (void)
{
  for (int width = 60; width < 200; width += 10)
    {
      PisdBox box = { 20.0, 20.0, width, PISD_COLOR_SCALE_HEIGHT };
      PisdColorScale scale = {
        .map = PISD_COLORMAP_GREY, .min = -0.043, .max = 0.043, .across = TRUE
      };
      cairo_surface_t *image = create_image (240, 1, 1.0);
      cairo_t *cr = cairo_create (image);
      int longest;

      pisd_draw_color_scale (cr, &box, pisd_palette_get (FALSE), &scale);
      cairo_destroy (cr);
      longest = find_longest (image, 34, 48);
      g_test_message ("%d: %d", width, longest);
      g_assert_cmpint (longest, >, 8);
      g_assert_cmpint (longest, <, 42); /* of "−0.04" */
      cairo_surface_destroy (image);
    }
}

static void
add_sensor (PisdSensors *sensors, PisdFieldId field, double x, double y)
{
  PisdSensor sensor = { .field = field, .x = x, .y = y };

  g_assert_true (pisd_sensors_add (sensors, &sensor));
}

/* On any grey, at any scale, a dot's middle and its rim differ, and one of them differs from the
 * ground. */
static void
test_sensors_visible (void)
{
  for (int scale = 1; scale <= 3; scale++)
    for (double ground = 0.0; ground <= 1.0; ground += 0.25)
      {
        g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
        PisdBox box = { 8.0, 8.0, 256.0, 256.0 };
        cairo_surface_t *image = create_image (272, scale, ground);
        cairo_t *cr = cairo_create (image);
        double x = (8.0 + (31 + 0.5) * 2.0) * scale; /* column 31 */
        double y = (8.0 + (90 + 0.5) * 2.0) * scale; /* row 90 */
        double darkest = 1.0;
        double middle;

        add_sensor (sensors, PISD_FIELD_A, 31 / 127.0, 90 / 127.0);
        pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, test_info (PISD_FIELD_A),
                           0);
        cairo_destroy (cr);
        middle = get_grey (get_pixel (image, x, y));
        for (double r = 0.0; r < 8.0 * scale; r += 0.5)
          darkest = MIN (darkest, get_grey (get_pixel (image, x + r, y)));
        test_assert_close (middle, 1.0, 0.02);
        test_assert_below (darkest, 0.45);
        cairo_surface_destroy (image);
      }
}

/* Exactly where the node is: the dot's centre of mass, on and off the grid. */
static void
test_sensors_place (void)
{
  static const double places[][2] = { { 0.5, 0.5 },
                                      { 17 / 127.0, 101 / 127.0 },
                                      { 0.3137, 0.7777 } };

  for (guint k = 0; k < G_N_ELEMENTS (places); k++)
    {
      g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
      PisdBox box = { 8.0, 8.0, 333.0, 333.0 };
      cairo_surface_t *image = create_image (350, 1, 0.0);
      cairo_t *cr = cairo_create (image);
      double mass = 0.0;
      double mean_x = 0.0;
      double mean_y = 0.0;

      add_sensor (sensors, PISD_FIELD_U, places[k][0], places[k][1]);
      pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, test_info (PISD_FIELD_U), 0);
      cairo_destroy (cr);
      for (int y = 0; y < 350; y++)
        for (int x = 0; x < 350; x++)
          {
            double weight = get_grey (get_pixel (image, x, y));

            weight = weight > 0.1 ? weight : 0.0; /* without the rim */
            mass += weight;
            mean_x += weight * (x + 0.5);
            mean_y += weight * (y + 0.5);
          }
      g_assert_cmpfloat (mass, >, 1.0);
      test_assert_close (mean_x / mass, 8.0 + (places[k][0] * 127.0 + 0.5) / 128.0 * 333.0, 0.3);
      test_assert_close (mean_y / mass, 8.0 + (places[k][1] * 127.0 + 0.5) / 128.0 * 333.0, 0.3);
      cairo_surface_destroy (image);
    }
}

/* In a periodic field node i lies at i / 128, and what lies behind the last node is before the first
 * one; sensors of other frames are not drawn. */
static void
test_sensors_periodic (void)
{
  static const PisdFieldInfo w = {
    .id = PISD_FIELD_U, .basis = PISD_BASIS_PERIODIC, .n_frames = 2, .times = { 0.0, 1.0 }
  };
  static const double places[][2] = { { 64 / 128.0, 64.5 },
                                      { 127 / 128.0, 127.5 },
                                      { 127.75 / 128.0, 0.25 } };

  for (guint k = 0; k < G_N_ELEMENTS (places); k++)
    for (guint frame = 0; frame < 2; frame++)
      {
        g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
        PisdBox box = { 40.0, 40.0, 256.0, 256.0 };
        cairo_surface_t *image = create_image (336, 1, 0.0);
        cairo_t *cr = cairo_create (image);
        const double x = 40.0 + 2.0 * places[k][1], y = 40.0 + 2.0 * 64.5;
        const PisdSensor sensor = { PISD_FIELD_U, places[k][0], 0.5, 1.0, 0.0, 0.0 };

        pisd_sensors_add (sensors, &sensor);
        pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, &w, frame);
        cairo_destroy (cr);
        test_assert_close (get_grey (get_pixel (image, x, y)), frame, 0.02);
        cairo_surface_destroy (image);
      }
}

static guint
count_changed (cairo_surface_t *image, guint32 ground)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      n += get_pixel (image, x, y) != ground ? 1 : 0;
  return n;
}

static void
test_sensors_field (void)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  PisdBox box = { 0.0, 0.0, 128.0, 128.0 };
  cairo_surface_t *image = create_image (128, 1, 0.5);
  cairo_t *cr = cairo_create (image);
  guint32 ground = get_pixel (image, 0, 0);

  add_sensor (sensors, PISD_FIELD_A, 0.5, 0.5);
  pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, test_info (PISD_FIELD_U), 0);
  g_assert_cmpuint (count_changed (image, ground), ==, 0);
  pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, test_info (PISD_FIELD_A), 0);
  g_assert_cmpuint (count_changed (image, ground), >, 4);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* Thousands of dots are smaller than few, so that the field shows between them. */
static void
test_sensors_many (void)
{
  guint covered[2];

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
      PisdBox box = { 0.0, 0.0, 512.0, 512.0 };
      cairo_surface_t *image = create_image (512, 1, 0.5);
      cairo_t *cr = cairo_create (image);
      guint32 ground = get_pixel (image, 0, 0);
      guint n = k == 0 ? 4 : 4096;

      for (guint s = 0; s < n; s++)
        add_sensor (sensors, PISD_FIELD_A, (s % 64 + 0.5) / 64.0, (s / 64 + 0.5) / 64.0);
      pisd_draw_sensors (cr, &box, pisd_palette_get (FALSE), sensors, test_info (PISD_FIELD_A), 0);
      cairo_destroy (cr);
      covered[k] = count_changed (image, ground) / n;
      cairo_surface_destroy (image);
    }
  g_assert_cmpuint (4 * covered[1], <, covered[0]);
  g_assert_cmpuint (covered[1], <, 64); /* of the 64 pixels that each dot has for itself */
}

/* Square cells inside the box, nothing overlaps, at every size that a window may have. */
static void
test_panel_layout (void)
{
  for (int width = 150; width < 1200; width += 37)
    for (int height = 120; height < 1000; height += 41)
      {
        PisdBox box = { 3.0, 4.0, width, height };
        PisdPanelLayout layout;

        pisd_panel_layout_init (&layout, &box, PISD_GRID, PISD_GRID);
        g_assert_cmpfloat (layout.heat.width, ==, layout.heat.height);
        g_assert_cmpfloat (layout.heat.width, >=, 60.0);
        g_assert_cmpfloat (layout.heat.x, ==, round (layout.heat.x));
        g_assert_cmpfloat (layout.title.y, >=, box.y);
        g_assert_cmpfloat (layout.title.y + layout.title.height, <=, layout.heat.y);
        g_assert_cmpfloat (layout.heat.y + layout.heat.height, <=, box.y + box.height);
        g_assert_cmpfloat (layout.heat.x, >=, box.x);
        g_assert_cmpfloat (layout.bar.x, >=, layout.heat.x + layout.heat.width);
        g_assert_cmpfloat (layout.bar.x + layout.bar.width, <=, box.x + box.width);
      }
}

typedef struct
{
  char *folder;
  PisdField *field;
  PisdSensors *sensors;
  PisdPanel panels[4];
} Figure;

static void
figure_set_up (Figure *figure, gconstpointer data)
{
  figure->folder = g_dir_make_tmp ("pisd-draw-XXXXXX", NULL);
  g_assert_nonnull (figure->folder);
  figure->field = create_random (2);
  figure->field->data[5000] = NAN;
  figure->sensors = test_sensors (20);
  for (guint k = 0; k < 4; k++)
    figure->panels[k] = (PisdPanel){ .title = "<Title> & more",
                                     .field = k == 3 ? NULL : figure->field,
                                     .note = "no truth",
                                     .sensors = k == 0 ? figure->sensors : NULL,
                                     .sensor_info = test_info (PISD_FIELD_A),
                                     .map = PISD_COLORMAP_VIRIDIS,
                                     .min = -2.0,
                                     .max = 2.0 };
}

static void
figure_tear_down (Figure *figure, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (figure->folder), ==, 0); /* fails where a file was left behind */
  g_free (figure->folder);
  pisd_field_free (figure->field);
  pisd_sensors_free (figure->sensors);
}

/* The bytes of a saved figure; the file is gone afterwards. */
static char *
save_figure (Figure *figure, const char *name, const PisdFigure *what, gsize *size)
{
  g_autofree char *path = g_build_filename (figure->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  pisd_draw_save_figure (path, NULL, pisd_palette_get (FALSE), what, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, size, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  return bytes;
}

static guint32
read_big_endian (const char *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
contains (const char *bytes, gsize size, const char *text)
{
  gsize n = strlen (text);

  for (gsize k = 0; k + n <= size; k++)
    if (memcmp (bytes + k, text, n) == 0)
      return TRUE;
  return FALSE;
}

/* The figure's panels, n_rows x n_columns of them, and nothing else. */
static PisdFigure
describe_figure (const Figure *figure, const char *caption, guint n_rows, guint n_columns)
{
  return (PisdFigure){ .caption = caption,
                       .panels = figure->panels,
                       .n_rows = n_rows,
                       .n_columns = n_columns,
                       .step = -1 };
}

/* Magic and size: a PNG has two pixels for each point of the same figure as SVG and PDF. */
static void
test_figure_formats (Figure *figure, gconstpointer data)
{
  for (guint n_columns = 1; n_columns <= 2; n_columns++)
    {
      PisdFigure what = describe_figure (figure, "A caption", 2, n_columns);
      gsize png_n, svg_n, pdf_n;
      g_autofree char *png = save_figure (figure, "f.png", &what, &png_n);
      g_autofree char *svg = save_figure (figure, "f.SVG", &what, &svg_n);
      g_autofree char *pdf = save_figure (figure, "f.pdf", &what, &pdf_n);
      guint width = read_big_endian (png + 16) / 2;
      guint height = read_big_endian (png + 20) / 2;
      g_autofree char *svg_size = g_strdup_printf ("width=\"%upt\" height=\"%upt\"", width, height);
      g_autofree char *pdf_size = g_strdup_printf ("MediaBox [ 0 0 %u %u ]", width, height);

      g_assert_cmpuint (png_n, >, 1000);
      g_assert_cmpmem (png, 8, "\x89PNG\r\n\x1a\n", 8);
      g_assert_true (g_str_has_prefix (svg, "<?xml"));
      g_assert_cmpmem (pdf, 5, "%PDF-", 5);
      g_assert_cmpuint (width, >, 300 * n_columns);
      g_assert_cmpuint (height, >, 500);
      g_assert_true (contains (svg, svg_n, svg_size));
      /* eight pixels a node, which no viewer blurs visibly */
      g_assert_true (contains (svg, svg_n, "width=\"1024\" height=\"1024\""));
      g_assert_true (contains (pdf, pdf_n, pdf_size));
    }
}

/* A copy is the same figure when all that it was copied from has changed. */
static void
test_figure_dup (Figure *figure, gconstpointer data)
{
  const PisdOperator *equation = pisd_operator_get (PISD_PROBLEM_POISSON);
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  g_autoptr (PisdFrame) frame = pisd_frame_new (1);
  g_autoptr (PisdFigure) copy = NULL;
  PisdFigure what = describe_figure (figure, "A caption", 2, 2);
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;
  gsize n, n_copy;

  frame->step = 1;
  frame->sigma = 3.0;
  pisd_curves_start (curves, equation, 2);
  pisd_curves_add_frame (curves, frame);
  what.curves = curves;
  expected = save_figure (figure, "f.png", &what, &n);
  copy = pisd_figure_dup (&what);
  pisd_curves_start (curves, equation, 1);
  memset (figure->field->data, 0, pisd_field_get_n (figure->field) * sizeof (double));
  pisd_sensors_clear (figure->sensors);
  got = save_figure (figure, "f.png", copy, &n_copy);
  g_assert_cmpmem (got, n_copy, expected, n);
}

/* The file shows the field: its NaN and all else. */
static void
test_figure_content (Figure *figure, gconstpointer data)
{
  g_autofree char *path = g_build_filename (figure->folder, "f.png", NULL);
  guint32 nan = pisd_colormap_lookup (PISD_COLORMAP_VIRIDIS, NAN) & 0xffffff;
  PisdFigure what = describe_figure (figure, NULL, 1, 1);
  cairo_surface_t *image;
  guint n_nan = 0;

  g_assert_true (pisd_draw_save_figure (path, NULL, pisd_palette_get (TRUE), &what, NULL));
  image = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      n_nan += get_pixel (image, x, y) == nan ? 1 : 0;
  g_assert_cmpuint (n_nan, >=, 9); /* one node of the 128 x 128, some pixels wide */
  g_assert_cmpuint (n_nan, <=, 36);
  cairo_surface_destroy (image);
  g_unlink (path);
}

static guint
count_pixels (cairo_surface_t *image, const PisdInk *ink, int from, int to)
{
  guint32 color = (guint32) lround (255.0 * ink->r) << 16 | (guint32) lround (255.0 * ink->g) << 8
                  | (guint32) lround (255.0 * ink->b);
  guint n = 0;

  for (int y = from; y < to; y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      n += get_pixel (image, x, y) == color ? 1 : 0;
  return n;
}

/* Curves stand below the panels, in their colours, with a line at the step shown; a run without steps has none. */
static void
test_figure_curves (Figure *figure, gconstpointer data)
{
  const PisdPalette *palette = pisd_palette_get (FALSE);
  g_autofree char *path = g_build_filename (figure->folder, "f.png", NULL);
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  PisdFigure what = describe_figure (figure, NULL, 1, 2);
  int heights[3];

  what.curves = curves;
  for (guint k = 0; k < 3; k++)
    {
      cairo_surface_t *image;
      int bottom;

      if (k == 1)
        {
          pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 10);
          for (guint step = 0; step <= 10; step++)
            {
              g_autoptr (PisdFrame) frame = pisd_frame_new (1);

              frame->step = step;
              frame->n_steps = 10;
              frame->sigma = 80.0 / (step + 1.0);
              pisd_curves_add_frame (curves, frame);
            }
        }
      what.step = k == 2 ? 4 : -1;
      g_assert_true (pisd_draw_save_figure (path, NULL, palette, &what, NULL));
      image = cairo_image_surface_create_from_png (path);
      bottom = heights[k] = cairo_image_surface_get_height (image);
      if (k > 0)
        {
          g_assert_cmpint (bottom, >=, heights[0] + 200);
          g_assert_cmpuint (count_pixels (image, &palette->sigma, heights[0], bottom), >, 200);
        }
      g_assert_cmpuint (count_pixels (image, &palette->accent, MIN (heights[0], bottom - 1), bottom)
                            > 100,
                        ==, k == 2);
      cairo_surface_destroy (image);
      g_unlink (path);
    }
  g_assert_cmpint (heights[2], ==, heights[1]);
}

static void
test_figure_bad_ending (Figure *figure, gconstpointer data)
{
  static const char *const names[] = { "figure.gif", "figure", "figure.png.txt", "png" };
  PisdFigure what = describe_figure (figure, NULL, 1, 1);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autofree char *path = g_build_filename (figure->folder, names[k], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_draw_save_figure (path, NULL, pisd_palette_get (FALSE), &what, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, "got"));
      g_assert_nonnull (strstr (error->message, "expected"));
      g_assert_nonnull (strstr (error->message, ".svg"));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_figure_no_folder (Figure *figure, gconstpointer data)
{
  g_autofree char *path = g_build_filename (figure->folder, "missing", "f.png", NULL);
  PisdFigure what = describe_figure (figure, NULL, 1, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_draw_save_figure (path, NULL, pisd_palette_get (FALSE), &what, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  g_assert_nonnull (strstr (error->message, path));
}

#define ADD_FIGURE(path, test) \
  g_test_add (path, Figure, NULL, figure_set_up, test, figure_tear_down)

/* A panel of 300 units, alone in an image. */
static cairo_surface_t *
draw_one_panel (const PisdPanel *panel, PisdPanelLayout *layout)
{
  const PisdBox box = { 0.0, 0.0, 300.0, 300.0 };
  cairo_surface_t *image = create_image (300, 1, 1.0);
  cairo_t *cr = cairo_create (image);

  pisd_draw_panel (cr, &box, pisd_palette_get (FALSE), panel);
  cairo_destroy (cr);
  pisd_panel_layout_init (layout, &box, panel->field->ny, panel->field->nx);
  return image;
}

/* A window shows its part of the field as large as the heatmap, and nothing beyond it. */
static void
test_window (void)
{
  g_autoptr (PisdField) field = create_random (3);
  const PisdPanel panel = { .title = "",
                            .field = field,
                            .map = PISD_COLORMAP_VIRIDIS,
                            .min = -2.0,
                            .max = 2.0,
                            .window = { 0.5, 0.25, 0.125 } };
  PisdPanelLayout layout;
  cairo_surface_t *image = draw_one_panel (&panel, &layout);

  for (guint i = 0; i < 16; i++)
    for (guint j = 0; j < 16; j++)
      g_assert_cmphex (
          get_pixel (image, layout.heat.x + (j + 0.5) / 16 * layout.heat.width,
                     layout.heat.y + (i + 0.5) / 16 * layout.heat.height),
          ==,
          get_color (PISD_COLORMAP_VIRIDIS, field->data[(32 + i) * PISD_GRID + 64 + j], -2.0, 2.0));
  g_assert_cmpfloat_with_epsilon (get_grey (get_pixel (image, 1.0, layout.heat.y + 60.0)), 1.0,
                                  1e-9);
  cairo_surface_destroy (image);
}

/* Left of the divider is the panel, right of it what stands beside, with its own colours; a figure
 * that is copied keeps it. */
static void
test_beside (void)
{
  g_autoptr (PisdField) left = pisd_field_new (2, 2), right = pisd_field_new (2, 2);
  const PisdPanel beside = { .field = right, .map = PISD_COLORMAP_GREY, .min = -1.0, .max = 1.0 };
  const PisdPanel panel = { .title = "",
                            .field = left,
                            .map = PISD_COLORMAP_VIRIDIS,
                            .min = -1.0,
                            .max = 1.0,
                            .beside = &beside,
                            .divider = 0.25 };
  const PisdFigure figure = { .panels = &panel, .n_rows = 1, .n_columns = 1, .step = -1 };
  g_autoptr (PisdFigure) copy = pisd_figure_dup (&figure);
  g_autofree char *range = pisd_panel_dup_range_beside (&panel, &beside);
  PisdPanelLayout layout;
  cairo_surface_t *image = draw_one_panel (&copy->panels[0], &layout);
  const double y = layout.heat.y + 0.2 * layout.heat.height;

  g_assert_cmpstr (range, ==, "\u22121 … 1");
  g_assert_cmphex (get_pixel (image, layout.heat.x + 0.2 * layout.heat.width, y), ==,
                   get_color (PISD_COLORMAP_VIRIDIS, 0.0, -1.0, 1.0));
  g_assert_cmphex (get_pixel (image, layout.heat.x + 0.3 * layout.heat.width, y), ==,
                   get_color (PISD_COLORMAP_GREY, 0.0, -1.0, 1.0));
  g_assert_cmphex (get_pixel (image, layout.heat.x + 0.25 * layout.heat.width, y), !=,
                   get_color (PISD_COLORMAP_GREY, 0.0, -1.0, 1.0));
  cairo_surface_destroy (image);
}

/* Wave numbers are written on a map of modes, and on no field. */
static void
test_wave_numbers (void)
{
  g_autoptr (PisdField) field = pisd_field_new (44, 44);
  PisdPanel panel = { .title = "",
                      .field = field,
                      .map = PISD_COLORMAP_VIRIDIS,
                      .min = -1.0,
                      .max = 1.0,
                      .basis = PISD_BASIS_COSINE };

  for (guint of_modes = 0; of_modes < 2; of_modes++)
    {
      PisdPanelLayout layout;
      cairo_surface_t *image;
      guint n = 0;

      panel.of_modes = of_modes;
      image = draw_one_panel (&panel, &layout);
      for (double x = 1.0; x < layout.heat.width - 1.0; x++)
        n += get_pixel (image, layout.heat.x + x, layout.heat.y + 2.0)
             != get_color (PISD_COLORMAP_VIRIDIS, 0.0, -1.0, 1.0);
      g_assert_cmpint (n > 0, ==, of_modes);
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/heatmap/colors", test_heatmap_colors);
  g_test_add_func ("/draw/heatmap/crisp", test_heatmap_crisp);
  g_test_add_func ("/draw/heatmap/special", test_heatmap_special);
  g_test_add_func ("/draw/colorbar/colors", test_colorbar);
  g_test_add_func ("/draw/colorbar/numbers", test_colorbar_numbers);
  g_test_add_func ("/draw/colorbar/short", test_colorbar_short);
  g_test_add_func ("/draw/sensors/visible", test_sensors_visible);
  g_test_add_func ("/draw/sensors/place", test_sensors_place);
  g_test_add_func ("/draw/sensors/periodic", test_sensors_periodic);
  g_test_add_func ("/draw/sensors/field", test_sensors_field);
  g_test_add_func ("/draw/sensors/many", test_sensors_many);
  g_test_add_func ("/draw/panel/layout", test_panel_layout);
  g_test_add_func ("/draw/panel/window", test_window);
  g_test_add_func ("/draw/panel/beside", test_beside);
  g_test_add_func ("/draw/panel/wave-numbers", test_wave_numbers);
  ADD_FIGURE ("/draw/figure/formats", test_figure_formats);
  ADD_FIGURE ("/draw/figure/dup", test_figure_dup);
  ADD_FIGURE ("/draw/figure/content", test_figure_content);
  ADD_FIGURE ("/draw/figure/curves", test_figure_curves);
  ADD_FIGURE ("/draw/figure/bad-ending", test_figure_bad_ending);
  ADD_FIGURE ("/draw/figure/no-folder", test_figure_no_folder);
  return g_test_run ();
}
