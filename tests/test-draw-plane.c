/* Points of a plane and small pictures lie where they belong, in the colours that they should. */
#include "pisd-draw-plane.h"

#include "pisd-test.h"

#define SIZE 220

static guint32
get_pixel (cairo_surface_t *image, double x, double y)
{
  const guint8 *row =
      cairo_image_surface_get_data (image) + (int) y * cairo_image_surface_get_stride (image);

  return ((const guint32 *) (gconstpointer) row)[(int) x] & 0xffffff;
}

static cairo_surface_t *
new_image (cairo_t **cr)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);

  *cr = cairo_create (image);
  cairo_set_source_rgb (*cr, 1, 1, 1);
  cairo_paint (*cr);
  return image;
}

/* y goes up; what is outside is cut off; a title makes the square smaller. */
static void
test_points (void)
{
  const double points[6] = { 1.0, 1.0, -1.0, -0.5, 0.0, 5.0 };
  const PisdBox box = { 0, 0, SIZE, SIZE };
  const PisdPlane plane = { .limit = 2.0, .n_points = 3, .points = points };
  const PisdPlane titled = { .title = "Title", .limit = 2.0 };
  const PisdBox square = pisd_plane_get_square (&plane, &box, 1.0);
  cairo_t *cr;
  cairo_surface_t *image = new_image (&cr);

  pisd_draw_plane (cr, &box, pisd_palette_get (FALSE), &plane, 1.0);
  cairo_surface_flush (image);
  g_assert_cmphex (
      get_pixel (image, square.x + 0.75 * square.width, square.y + 0.25 * square.height), !=,
      0xffffff);
  g_assert_cmphex (
      get_pixel (image, square.x + 0.25 * square.width, square.y + 0.625 * square.height), !=,
      0xffffff);
  g_assert_cmphex (
      get_pixel (image, square.x + 0.75 * square.width, square.y + 0.75 * square.height), ==,
      0xffffff);
  g_assert_cmpfloat (pisd_plane_get_square (&titled, &box, 1.0).width, <, square.width);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* Ink is dark, paper light. */
static void
test_pictures (void)
{
  const double pixels[8] = { 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0 };
  const PisdBox box = { 0, 0, SIZE, SIZE / 2 };
  const PisdPictures pictures = { .side = 2,
                                  .n = 2,
                                  .n_columns = 2,
                                  .pixels = pixels,
                                  .low = -1.0,
                                  .high = 1.0,
                                  .map = PISD_COLORMAP_GREY,
                                  .is_ink = TRUE };
  cairo_t *cr;
  cairo_surface_t *image = new_image (&cr);

  pisd_draw_pictures (cr, &box, pisd_palette_get (FALSE), &pictures, 1.0);
  cairo_surface_flush (image);
  g_assert_cmphex (get_pixel (image, SIZE / 4, SIZE / 4) & 0xff, <, 0x40);
  g_assert_cmphex (get_pixel (image, 3 * SIZE / 4, SIZE / 4) & 0xff, >, 0xc0);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* The ends of the colours are paper and ink; of fields they are as far from zero. */
static void
test_data (void)
{
  g_autoptr (PisdLabData) digits = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  const PisdLabData fields = { .id = PISD_LAB_FIELDS, .side = 16 };
  PisdPictures pictures = { .n_columns = 3 };

  pisd_pictures_set_data (&pictures, digits);
  g_assert_cmpuint (pictures.side, ==, 8);
  g_assert_true (pictures.is_ink);
  test_assert_close (pictures.low * digits->scale + digits->shift[0], -1.0, 1e-12);
  test_assert_close (pictures.high * digits->scale + digits->shift[0], 1.0, 1e-12);
  pisd_pictures_set_data (&pictures, &fields);
  g_assert_false (pictures.is_ink);
  g_assert_cmpfloat (pictures.low, ==, -pictures.high);
  g_assert_cmpuint (pictures.n_columns, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/plane/points", test_points);
  g_test_add_func ("/draw/plane/pictures", test_pictures);
  g_test_add_func ("/draw/plane/data", test_data);
  return g_test_run ();
}
