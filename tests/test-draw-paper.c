/* Sizes of pictures, and the bytes of a PNG. */
#include "pisd-draw-paper.h"

#include <math.h>

#include "pisd-draw-figure.h"
#include "pisd-draw-png.h"
#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test-png.h"
#include "pisd-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *size;
    double dpi, width, height;
  } rows[] = {
    { NULL, 300, 0, 0 },
    { "1200x800", 200, 432, 288 },
    { "1200X800", 72, 1200, 800 },
    { "25.4x50.8mm", 600, 72, 144 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      PisdPaper paper;

      g_assert_true (pisd_paper_parse (rows[k].size, rows[k].dpi, "--size", &paper, NULL));
      g_assert_cmpfloat_with_epsilon (paper.width, rows[k].width, 1e-9);
      g_assert_cmpfloat_with_epsilon (paper.height, rows[k].height, 1e-9);
      g_assert_cmpfloat (paper.dpi, ==, rows[k].dpi);
      g_assert_null (paper.setup);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *size;
    double dpi;
    PisdError code;
    const char *needle;
  } rows[] = {
    { "1200", 144, PISD_ERROR_FORMAT, "--size: got \"1200\", expected pixels as 1200x800" },
    { "x800", 144, PISD_ERROR_FORMAT, "got \"x800\"" },
    { "1200x-800", 144, PISD_ERROR_FORMAT, "got \"1200x-800\"" },
    { "1200x800cm", 144, PISD_ERROR_FORMAT, "got \"1200x800cm\"" },
    { "nanx1", 144, PISD_ERROR_FORMAT, "got \"nanx1\"" },
    { "15x800", 144, PISD_ERROR_LIMIT,
      "15 x 800 pixels at 144 dpi, expected sides of 16 to 32767" },
    { "32768x100", 144, PISD_ERROR_LIMIT, "32768 x 100 pixels" },
    { "20000x20000", 144, PISD_ERROR_LIMIT, "at most 100 million" },
    { "1e300x1e300mm", 144, PISD_ERROR_LIMIT, "expected sides" },
    { "100x100", 19, PISD_ERROR_RANGE, "got 19 dpi, expected 20 to 2400" },
    { "100x100", NAN, PISD_ERROR_RANGE, "expected 20 to 2400" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;
      PisdPaper paper;

      g_assert_false (pisd_paper_parse (rows[k].size, rows[k].dpi, "--size", &paper, &error));
      g_assert_error (error, PISD_ERROR, (int) rows[k].code);
      if (strstr (error->message, rows[k].needle) == NULL)
        g_error ("got `%s`, expected `%s` in it", error->message, rows[k].needle);
    }
}

/* Pixels. */

typedef struct
{
  const GByteArray *bytes;
  gsize at;
} Source;

static cairo_status_t
read_source (void *closure, unsigned char *data, unsigned int n)
{
  Source *source = closure;

  if (n > source->bytes->len - source->at)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->bytes->data + source->at, n);
  source->at += n;
  return CAIRO_STATUS_SUCCESS;
}

/* Cairo reads back the pixels that were written, whatever stands in the byte that it does not
 * use. */
static void
test_pixels (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 37, 5), *back;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 *data = cairo_image_surface_get_data (image);
  const int stride = cairo_image_surface_get_stride (image);
  Source source = { bytes, 0 };

  for (int i = 0; i < 5 * stride; i++)
    data[i] = (guint8) (7 * i + i / 11);
  cairo_surface_mark_dirty (image);
  g_assert_cmpint (pisd_draw_append_png (image, NULL, bytes), ==, CAIRO_STATUS_SUCCESS);
  back = cairo_image_surface_create_from_png_stream (read_source, &source);
  g_assert_cmpint (cairo_surface_status (back), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 37; x++)
      {
        const guint32 *was = (const guint32 *) (data + y * stride) + x;
        const guint32 *is = (const guint32 *) (cairo_image_surface_get_data (back)
                                               + y * cairo_image_surface_get_stride (back))
                            + x;

        g_assert_cmphex (*was & 0xffffff, ==, *is & 0xffffff);
      }
  cairo_surface_destroy (back);
  cairo_surface_destroy (image);
}

/* Figures. */

static char *
save_figure (const char *name, const PisdPaper *paper, gsize *size)
{
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  const PisdPanel panels[] = { { .field = field, .title = "a", .max = 1.0 },
                               { .field = field, .title = "u", .max = 1.0 } };
  const PisdFigure figure = {
    .caption = "words", .panels = panels, .n_rows = 1, .n_columns = 2, .step = -1
  };
  g_autoptr (GError) error = NULL;
  char *bytes;

  pisd_draw_save_figure (path, paper, pisd_palette_get (FALSE), &figure, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, size, NULL));
  test_directory_remove (directory);
  return bytes;
}

static guint32
read_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* Exactly the pixels that were asked for, whatever the proportions, and their number a metre. */
static void
test_sizes (void)
{
  static const struct
  {
    const char *size;
    double dpi;
    guint32 width, height, a_metre;
  } rows[] = {
    { "1200x800", 200, 1200, 800, 7874 }, { "333x1000", 77, 333, 1000, 3031 },
    { "1601x97", 144, 1601, 97, 5669 },   { "80x60mm", 300, 945, 709, 11811 },
    { NULL, 144, 1384, 0, 5669 },         { NULL, 72, 692, 0, 2835 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *bytes = NULL;
      const guint8 *chunk;
      PisdPaper paper;
      guint32 n;
      gsize size;

      g_assert_true (pisd_paper_parse (rows[k].size, rows[k].dpi, "x", &paper, NULL));
      bytes = save_figure ("f.png", &paper, &size);
      chunk = test_png_find ((const guint8 *) bytes, size, "IHDR", &n);
      g_assert_cmpuint (read_number (chunk), ==, rows[k].width);
      if (rows[k].height > 0)
        g_assert_cmpuint (read_number (chunk + 4), ==, rows[k].height);
      chunk = test_png_find ((const guint8 *) bytes, size, "pHYs", &n);
      g_assert_cmpuint (read_number (chunk), ==, rows[k].a_metre);
      g_assert_cmpuint (read_number (chunk + 4), ==, rows[k].a_metre);
      g_assert_cmpuint (chunk[8], ==, 1);
      g_assert_null (test_png_find ((const guint8 *) bytes, size, "iTXt", &n));
    }
}

/* A page of vectors is as large in points. */
static void
test_vectors (void)
{
  g_autofree char *svg = NULL;
  PisdPaper paper;
  gsize size;

  g_assert_true (pisd_paper_parse ("1200x800", 200, "x", &paper, NULL));
  svg = save_figure ("f.svg", &paper, &size);
  g_assert_nonnull (strstr (svg, "width=\"432\" height=\"288\""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/paper/parse", test_parse);
  g_test_add_func ("/draw/paper/refused", test_refused);
  g_test_add_func ("/draw/paper/pixels", test_pixels);
  g_test_add_func ("/draw/paper/sizes", test_sizes);
  g_test_add_func ("/draw/paper/vectors", test_vectors);
  return g_test_run ();
}
