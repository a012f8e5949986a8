/* Charts of the training lab: bands and medians, what each chart draws, files. */
#include <math.h>

#include <glib/gstdio.h>

#include "pisd-draw-training-look.h"
#include "pisd-draw-training-series.h"
#include "pisd-test.h"

#define WIDTH 420
#define HEIGHT 300

/* The median lies in the middle, the band from the lowest to the highest; points at which a curve
 * is not known go. */
static void
test_band (void)
{
  const double one[] = { 1.0, 5.0, NAN, 4.0 }, two[] = { 2.0, 3.0, 1.0, 8.0 },
               three[] = { 9.0, 4.0, 1.0, 6.0 }, places[] = { 0.0, 1.0, 2.0, 3.0 };
  const double *const curves[] = { one, two, three };
  g_auto (PisdTrainingSeries) series = { NULL };
  const PisdSeries *band;

  pisd_training_series_init (&series);
  pisd_training_series_take_band (&series, "band", 4, g_memdup2 (places, sizeof places), 3, curves,
                                  (PisdLine){ .width = 1.0 });
  pisd_training_series_take_band (&series, "line", 4, g_memdup2 (places, sizeof places), 1, curves,
                                  (PisdLine){ .width = 1.0 });
  band = &g_array_index (series.series, PisdSeries, 0);
  g_assert_cmpuint (band->n, ==, 3);
  test_assert_close (band->y[0], 2.0, 0.0);
  test_assert_close (band->low[0], 1.0, 0.0);
  test_assert_close (band->high[0], 9.0, 0.0);
  test_assert_close (band->x[2], 3.0, 0.0);
  test_assert_close (band->y[2], 6.0, 0.0);
  band = &g_array_index (series.series, PisdSeries, 1);
  g_assert_cmpuint (band->n, ==, 3);
  g_assert_null (band->low);
}

/* Two activations with two seeds each, trained to their end. */
typedef struct
{
  PisdRegressionRuns *runs;
  PisdRegressionGroup *group;
  PisdRegressionLog *logs[4];
  PisdTrainingLook *look;
} Trained;

static void
trained_set_up (Trained *self, gconstpointer target)
{
  static const PisdActivation activations[] = { PISD_ACTIVATION_TANH, PISD_ACTIVATION_RELU };
  g_autoptr (PisdRegressionPlan) plan = pisd_regression_plan_new (target, PISD_DESCENT_ADAM, NULL);

  plan->n_points = 200;
  plan->batch = 20;
  self->runs = pisd_regression_runs_new (plan, 2, activations, 2, NULL);
  self->group = pisd_regression_group_new ((const PisdRegressionPlan *const *) self->runs->plans, 4,
                                           120, 1, FALSE, NULL);
  g_assert_true (pisd_regression_group_wait (self->group, 60 * G_USEC_PER_SEC));
  for (guint k = 0; k < 4; k++)
    self->logs[k] = pisd_regression_group_dup_log (self->group, k);
  self->look = pisd_training_look_new (self->runs);
  pisd_training_look_update (self->look, (const PisdRegressionLog *const *) self->logs);
}

static void
trained_tear_down (Trained *self, gconstpointer target)
{
  pisd_training_look_free (self->look);
  for (guint k = 0; k < 4; k++)
    pisd_regression_log_free (self->logs[k]);
  pisd_regression_group_free (self->group);
  pisd_regression_runs_free (self->runs);
}

/* Pixels that are nearer to an ink than a twentieth. */
static guint
count_pixels (cairo_surface_t *image, const PisdInk *ink)
{
  const guint8 *row = cairo_image_surface_get_data (image);
  guint n = 0;

  for (guint y = 0; y < HEIGHT; y++, row += cairo_image_surface_get_stride (image))
    for (guint x = 0; x < WIDTH; x++)
      {
        const guint32 pixel = ((const guint32 *) (gconstpointer) row)[x];
        const double r = (pixel >> 16 & 255) / 255.0, g = (pixel >> 8 & 255) / 255.0,
                     b = (pixel & 255) / 255.0;

        n += fabs (r - ink->r) + fabs (g - ink->g) + fabs (b - ink->b) < 0.05;
      }
  return n;
}

/* How many pixels have the colour of a group. */
static guint
draw (const Trained *trained, guint chart, guint group)
{
  const PisdPalette *palette = pisd_palette_get (FALSE);
  const PisdInk ink = pisd_training_series_get_line (palette, group).ink;
  const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);
  guint n;

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  if (chart == PISD_TRAINING_N_CHARTS)
    pisd_draw_training_function (cr, &box, palette, pisd_training_look_get_function (trained->look),
                                 1.0);
  else
    pisd_draw_training_chart (cr, &box, palette, pisd_training_look_get_courses (trained->look),
                              chart, 1.0);
  cairo_surface_flush (image);
  n = count_pixels (image, &ink);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return n;
}

/* Every chart has a line in the colour of each group, or of the run that is watched. */
static void
test_charts (Trained *trained, gconstpointer target)
{
  for (guint chart = 0; chart <= PISD_TRAINING_N_CHARTS; chart++)
    {
      gboolean of_one = chart == PISD_TRAINING_GROWTH || chart == PISD_TRAINING_DIRECTION;

      g_assert_cmpuint (draw (trained, chart, 0), >, 100);
      if (of_one)
        g_assert_cmpuint (draw (trained, chart, 1), ==, 0);
      else
        g_assert_cmpuint (draw (trained, chart, 1), >, 100);
    }
  pisd_training_look_watch (trained->look, 2);
  g_assert_cmpuint (draw (trained, PISD_TRAINING_DIRECTION, 0), ==, 0);
  g_assert_cmpuint (draw (trained, PISD_TRAINING_DIRECTION, 1), >, 100);
  g_assert_null (pisd_training_look_get_panels (trained->look));
}

/* Each chart says its numbers at a place, lines without a name of their own among them. */
static void
test_readouts (Trained *trained, gconstpointer target)
{
  const PisdPalette *palette = pisd_palette_get (FALSE);
  const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };
  const PisdInk white = { 1.0, 1.0, 1.0, 1.0 };

  for (guint chart = 0; chart < PISD_TRAINING_N_CHARTS; chart++)
    {
      cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
      cairo_t *cr = cairo_create (image);

      cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
      cairo_paint (cr);
      pisd_draw_training_chart_readout (cr, &box, palette,
                                        pisd_training_look_get_courses (trained->look), chart, 1.0,
                                        0.6 * WIDTH);
      cairo_surface_flush (image);
      g_assert_cmpuint (count_pixels (image, &white), <, WIDTH * HEIGHT);
      cairo_destroy (cr);
      cairo_surface_destroy (image);
    }
}

/* With two variables there are panels, of which the third is the first less the second. */
static void
test_panels (Trained *trained, gconstpointer target)
{
  const PisdPanel *panels = pisd_training_look_get_panels (trained->look);

  g_assert_null (pisd_training_look_get_function (trained->look));
  for (gsize i = 0; i < pisd_field_get_n (panels[0].field); i++)
    test_assert_close (panels[2].field->data[i],
                       panels[0].field->data[i] - panels[1].field->data[i], 0.0);
  test_assert_close (panels[1].field->data[0], -1.0, 1e-15); /* x = y = -1 */
  test_assert_close (panels[1].field->data[64], 3.0, 1e-15); /* x = 1, y = -1 */
  g_assert_cmpfloat (panels[2].max, ==, -panels[2].min);
}

/* Another run, and back: the panels are those of the run that is watched, though nothing is new. */
static void
test_watched (Trained *trained, gconstpointer target)
{
  const PisdPanel *panels = pisd_training_look_get_panels (trained->look);
  const double first = panels[0].field->data[0];

  pisd_training_look_watch (trained->look, 2);
  pisd_training_look_update (trained->look, (const PisdRegressionLog *const *) trained->logs);
  g_assert_cmpfloat (panels[0].field->data[0], !=, first);
  pisd_training_look_watch (trained->look, 0);
  pisd_training_look_update (trained->look, (const PisdRegressionLog *const *) trained->logs);
  g_assert_cmpfloat (panels[0].field->data[0], ==, first);
}

static void
test_saved (Trained *trained, gconstpointer target)
{
  g_autofree char *folder = g_dir_make_tmp ("pisd-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "f.pdf", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  const PisdTrainingFigure figure = {
    .caption = "caption",
    .courses = pisd_training_look_get_courses (trained->look),
    .function = pisd_training_look_get_function (trained->look),
    .panels = pisd_training_look_get_panels (trained->look),
  };

  g_assert_true (pisd_draw_save_training (path, pisd_palette_get (TRUE), &figure, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
  g_remove (path);
  g_rmdir (folder);
}

#define ADD(path, target, function) \
  g_test_add ("/draw/training/" path, Trained, target, trained_set_up, function, trained_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/training/band", test_band);
  ADD ("charts", "p1", test_charts);
  ADD ("readouts", "p1", test_readouts);
  ADD ("panels", "2x - y^2 + 2", test_panels);
  ADD ("watched", "x y", test_watched);
  ADD ("saved-line", "x1 x2 x3", test_saved);
  ADD ("saved-grid", "x y", test_saved);
  return g_test_run ();
}
