/* What is drawn of samples of the diffusion lab. */

#include "pisd-draw-diffusion-look.h"
#include "pisd-test.h"

#define N 1200

/* Of points: as many of the fresh data as of the samples, beside each other and with their paths. */
static void
test_points (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MIXTURE, NULL, NULL);
  g_autofree double *points = g_new0 (double, 2 * N);
  g_autofree double *paths = g_new0 (double, 2 * 4 * 5);
  const PisdDiffusionSamples samples = {
    .data = data, .seed = 3, .n = N, .samples = points, .n_paths = 5, .n_stops = 3, .paths = paths
  };
  g_autoptr (PisdDiffusionLook) look = pisd_diffusion_look_new (&samples);
  const PisdDiffusionFigure *figure = pisd_diffusion_look_get_figure (look);
  double fresh[2];

  pisd_lab_data_draw (data, 3, PISD_LAB_FRESH, 1, fresh, NULL);
  g_assert_cmpuint (figure->n_planes, ==, 3);
  g_assert_cmpuint (figure->n_pictures, ==, 0);
  g_assert_cmpuint (figure->planes[0].n_points, ==, 1000);
  g_assert_cmpmem (figure->planes[0].points, sizeof fresh, fresh, sizeof fresh);
  g_assert_true (figure->planes[1].points == points);
  g_assert_true (figure->planes[2].states == paths);
  g_assert_cmpuint (figure->planes[2].n_lines, ==, 5);
}

/* Of digits: whole rows, a column of one label. */
static void
test_pictures (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  g_autofree double *pixels = g_new0 (double, 64 * 30);
  const PisdDiffusionSamples samples = { .data = data, .seed = 3, .n = 30, .samples = pixels };
  g_autoptr (PisdDiffusionLook) look = pisd_diffusion_look_new (&samples);
  const PisdDiffusionFigure *figure = pisd_diffusion_look_get_figure (look);

  g_assert_cmpuint (figure->n_planes, ==, 0);
  g_assert_cmpuint (figure->n_pictures, ==, 2);
  g_assert_cmpuint (figure->pictures[0].n, ==, 30);
  g_assert_cmpuint (figure->pictures[0].n_columns, ==, 10);
  g_assert_true (figure->pictures[1].pixels == pixels);
}

/* Pixels from one column to another that are not white. */
static guint
count_inked (const PisdDiffusionFigure *figure, guint from, guint to)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 120);
  cairo_t *cr = cairo_create (surface);
  const PisdBox box = { 0, 0, 300, 120 };
  guint n = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  pisd_draw_diffusion (cr, &box, pisd_palette_get (FALSE), figure);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint y = 0; y < 120; y++)
    {
      const guint32 *row =
          (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                        + y * cairo_image_surface_get_stride (surface));

      for (guint x = from; x < to; x++)
        n += (row[x] & 0xffffff) != 0xffffff;
    }
  cairo_surface_destroy (surface);
  return n;
}

/* Each in its third of the box: points in the middle one move with the samples alone. */
static void
test_drawn (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MIXTURE, NULL, NULL);
  g_autofree double *points = g_new0 (double, 2 * N);
  PisdDiffusionSamples samples = { .data = data, .n = N, .samples = points };
  g_autoptr (PisdDiffusionLook) look = pisd_diffusion_look_new (&samples);
  const PisdDiffusionFigure *figure = pisd_diffusion_look_get_figure (look);
  const guint left = count_inked (figure, 0, 100), middle = count_inked (figure, 100, 200);

  for (guint i = 0; i < 2 * N; i++)
    points[i] = 2.0 * sin (1.3 * i);
  g_assert_cmpuint (count_inked (figure, 0, 100), ==, left);
  g_assert_cmpuint (count_inked (figure, 100, 200), >, middle + 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/diffusion-look/points", test_points);
  g_test_add_func ("/draw/diffusion-look/pictures", test_pictures);
  g_test_add_func ("/draw/diffusion-look/drawn", test_drawn);
  return g_test_run ();
}
