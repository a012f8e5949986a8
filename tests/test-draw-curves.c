/* pisd-draw-curves and its layout, pisd-draw-lines and pisd-draw-trace. */
#include "pisd-draw-curves.h"

#include "pisd-draw-lines.h"
#include "pisd-draw-trace.h"
#include "pisd-test.h"

static const PisdBox box = { 0.0, 0.0, 900.0, 200.0 };

/* loss of a, error of u; the rest unknown. */
static void
add_step (PisdCurves *curves, guint step, double loss, double error)
{
  g_autoptr (PisdFrame) frame = pisd_frame_new (1);

  for (guint k = 0; k < PISD_N_TERMS; k++)
    frame->losses[k] = NAN;
  frame->step = step;
  frame->n_steps = curves->n_steps;
  frame->sigma = NAN;
  frame->losses[PISD_TERM_OBS (0)] = loss;
  frame->errors[0] = NAN;
  frame->errors[1] = error;
  frame->parameters_changed = step == 3;
  pisd_curves_add_frame (curves, frame);
}

/* Steps come in any order; what is known without a gap is counted. */
static void
test_order (void)
{
  g_autoptr (PisdCurves) curves = pisd_curves_new ();

  g_assert_cmpint (curves->last, ==, -1);
  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 10);
  add_step (curves, 5, 50.0, 0.5);
  g_assert_cmpuint (curves->n_known, ==, 0);
  g_assert_cmpint (curves->last, ==, 5);
  add_step (curves, 1, 10.0, 0.1);
  add_step (curves, 0, 1.0, 0.9);
  g_assert_cmpuint (curves->n_known, ==, 2);
  for (guint step = 2; step <= 4; step++)
    add_step (curves, step, 1.0, 0.9);
  g_assert_cmpuint (curves->n_known, ==, 6);
  g_assert_cmpint (curves->last, ==, 5);
  g_assert_cmpfloat (curves->values[PISD_CURVE_LOSS (0)][5], ==, 50.0);
  test_assert_close (curves->values[PISD_CURVE_ERROR (1)][1], 10.0, 1e-12); /* percent */
  g_assert_true (isnan (curves->values[PISD_CURVE_LOSS (0)][7]));
  g_assert_true (curves->marked[3] && !curves->marked[2]);
  g_assert_true (curves->present[PISD_CURVE_LOSS (0)] && !curves->present[PISD_CURVE_LOSS (1)]);
  curves->hidden[PISD_CURVE_LOSS (0)] = TRUE;
  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 20);
  g_assert_cmpint (curves->last, ==, -1);
  g_assert_cmpuint (curves->n_known, ==, 0);
  g_assert_false (curves->present[PISD_CURVE_LOSS (0)]);
  g_assert_true (curves->hidden[PISD_CURVE_LOSS (0)]);
}

/* Every step has a place, and its place finds the step again. */
static void
test_places (void)
{
  static const guint lengths[] = { 1, 7, 300, 700 };

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      g_autoptr (PisdCurves) curves = pisd_curves_new ();
      PisdCurvesLayout layout;

      pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), lengths[k]);
      pisd_curves_layout_init (&layout, curves, &box, 20.0, 1.0);
      for (guint step = 0; step <= lengths[k]; step++)
        {
          double x = pisd_curves_layout_get_x (&layout, step);

          g_assert_cmpuint (pisd_curves_layout_get_step (&layout, x), ==, step);
        }
      g_assert_cmpuint (pisd_curves_layout_get_step (&layout, -1e6), ==, 0);
      g_assert_cmpuint (pisd_curves_layout_get_step (&layout, 1e6), ==, lengths[k]);
    }
}

/* Axes hold all visible values between round ends; hiding a curve frees its room. */
static void
test_axes (void)
{
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  PisdCurvesLayout layout;

  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 10);
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  g_assert_cmpfloat (layout.axes[PISD_AXIS_LEFT].high, ==, layout.axes[PISD_AXIS_LEFT].low);
  add_step (curves, 0, 3e5, 1.3);
  add_step (curves, 1, 2e-3, 0.03);
  add_step (curves, 2, 0.0, NAN); /* neither has a place on a log axis */
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  test_assert_close (layout.axes[PISD_AXIS_LEFT].low, -3.0, 1e-12);
  test_assert_close (layout.axes[PISD_AXIS_LEFT].high, 6.0, 1e-12);
  test_assert_close (layout.axes[PISD_AXIS_RIGHT].low, log10 (2.0), 1e-12);
  test_assert_close (layout.axes[PISD_AXIS_RIGHT].high, log10 (200.0), 1e-12);
  g_assert_cmpfloat (layout.legend[PISD_CURVE_LOSS (0)].width, >, 20.0);
  g_assert_cmpfloat (layout.legend[PISD_CURVE_LOSS (1)].width, ==, 0.0);
  curves->hidden[PISD_CURVE_ERROR (1)] = TRUE;
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  g_assert_cmpfloat (layout.axes[PISD_AXIS_RIGHT].high, ==, layout.axes[PISD_AXIS_RIGHT].low);
  g_assert_cmpfloat (layout.legend[PISD_CURVE_ERROR (1)].width, >, 20.0);
}

static cairo_surface_t *
draw (const PisdCurves *curves, int scale)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) box.width * scale,
                                                       (int) box.height * scale);
  cairo_t *cr;
  PisdCurvesLayout layout;

  cairo_surface_set_device_scale (image, scale, scale);
  cr = cairo_create (image);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  pisd_draw_curve_lines (cr, &layout, pisd_palette_get (FALSE), curves);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* 1 where the image is no longer white. */
static double
get_darkness (cairo_surface_t *image, int x, int y)
{
  const guint8 *pixel = cairo_image_surface_get_data (image)
                        + (gssize) y * cairo_image_surface_get_stride (image) + 4 * x;

  return 1.0 - (pixel[0] + pixel[1] + pixel[2]) / 765.0;
}

static double
sum_darkness (cairo_surface_t *image)
{
  double sum = 0.0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      sum += get_darkness (image, x, y);
  return sum;
}

/* One step of 10000 that sticks out is still seen. */
static void
test_spike (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      g_autoptr (PisdCurves) curves = pisd_curves_new ();
      PisdCurvesLayout layout;
      cairo_surface_t *image;
      double x, y;
      double darkest = 0.0;

      pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 10000);
      for (guint step = 0; step <= 10000; step++)
        add_step (curves, step, step == 6543 ? 9e4 : 2.0, NAN);
      pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
      image = draw (curves, scale);
      x = pisd_curves_layout_get_x (&layout, 6543) * scale;
      y = pisd_scale_get_place (&layout.axes[PISD_AXIS_LEFT], 4.0) * scale;
      for (int k = -2; k <= 2; k++)
        darkest = MAX (darkest, get_darkness (image, (int) x + k, (int) y));
      g_assert_cmpfloat (darkest, >, 0.4);
      cairo_surface_destroy (image);
    }
}

/* A gap of steps that are not yet known is bridged, one without a value is not. */
static void
test_gaps (void)
{
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  cairo_surface_t *bridged, *broken;
  PisdCurvesLayout layout;
  int x, y;

  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 1000);
  for (guint step = 0; step <= 1000; step++)
    if (step < 400 || step > 600)
      add_step (curves, step, 10.0, NAN);
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  x = (int) pisd_curves_layout_get_x (&layout, 500);
  y = (int) pisd_scale_get_place (&layout.axes[PISD_AXIS_LEFT], 1.0);
  y = MAX (y, (int) layout.plot.y);
  bridged = draw (curves, 1);
  for (guint step = 400; step <= 600; step++)
    add_step (curves, step, NAN, NAN);
  broken = draw (curves, 1);
  g_assert_cmpfloat (get_darkness (bridged, x, y), >, 0.2);
  g_assert_cmpfloat (get_darkness (broken, x, y), ==, 0.0);
  g_assert_cmpfloat (get_darkness (broken, (int) layout.plot.x + 20, y), >, 0.2);
  cairo_surface_destroy (bridged);
  cairo_surface_destroy (broken);
}

static void
test_hidden (void)
{
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  cairo_surface_t *image;

  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 100);
  for (guint step = 0; step <= 100; step++)
    add_step (curves, step, 10.0 + step, NAN);
  image = draw (curves, 1);
  g_assert_cmpfloat (sum_darkness (image), >, 100.0);
  cairo_surface_destroy (image);
  curves->hidden[PISD_CURVE_LOSS (0)] = TRUE;
  image = draw (curves, 1);
  g_assert_cmpfloat (sum_darkness (image), ==, 0.0);
  cairo_surface_destroy (image);
}

/* The curve of both painters: two waves, the steeper one about 60 degrees at most. */
static double
wave (double x)
{
  return 100.0 + 40.0 * sin (x / 50.0) + 12.0 * sin (x / 9.0);
}

/* What is painted pixel by pixel looks like cairo's stroke. */
static void
test_trace (void)
{
  const PisdInk black = { 0.0, 0.0, 0.0, 1.0 };

  for (double width = 1.0; width <= 4.0; width += 0.7)
    {
      cairo_surface_t *stroked = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 200);
      cairo_surface_t *traced = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 200);
      g_autoptr (PisdTrace) trace = pisd_trace_new (0, 400, 0, 200);
      cairo_t *cr = cairo_create (traced);
      double difference = 0.0;
      double ink;

      cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
      cairo_paint (cr);
      cairo_destroy (cr);
      cr = cairo_create (stroked);
      cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
      cairo_paint (cr);
      pisd_trace_move_to (trace, 0.0, wave (0.0));
      for (double x = 0.0; x <= 400.0; x += 1.0)
        {
          cairo_line_to (cr, x, wave (x));
          pisd_trace_line_to (trace, x, wave (x));
        }
      cairo_set_source_rgb (cr, 0.0, 0.0, 0.0);
      cairo_set_line_width (cr, width);
      cairo_stroke (cr);
      cairo_destroy (cr);
      pisd_trace_paint (trace, traced, &black, width, 0.0, 0.0);
      ink = sum_darkness (stroked);
      test_assert_close (sum_darkness (traced) / ink, 1.0, 0.05);
      for (int y = 0; y < 200; y++)
        for (int x = 0; x < 400; x++)
          difference += fabs (get_darkness (stroked, x, y) - get_darkness (traced, x, y));
      test_assert_below (difference / ink, 0.12);
      cairo_surface_destroy (stroked);
      cairo_surface_destroy (traced);
    }
}

/* Painting stays inside the given columns and rows. */
static void
test_trace_clip (void)
{
  const PisdInk black = { 0.0, 0.0, 0.0, 1.0 };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
  g_autoptr (PisdTrace) trace = pisd_trace_new (20, 60, 30, 70);

  pisd_trace_move_to (trace, -50.0, -500.0);
  pisd_trace_line_to (trace, 150.0, 600.0);
  pisd_trace_paint (trace, image, &black, 5.0, 0.0, 0.0);
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 100; x++)
      {
        const guint8 *pixel = cairo_image_surface_get_data (image)
                              + y * cairo_image_surface_get_stride (image) + 4 * x;
        gboolean inside = x >= 20 && x < 80 && y >= 30 && y < 70;

        g_assert_true (inside || pixel[3] == 0);
      }
  cairo_surface_destroy (image);
}

/* A legend that is too long for its line is smaller, with its gaps and swatches, not cut. */
static void
test_narrow_legend (void)
{
  const PisdBox narrow = { 0.0, 0.0, 130.0, 200.0 };
  g_autoptr (PisdCurves) curves = pisd_curves_new ();
  PisdCurvesLayout layout;

  pisd_curves_start (curves, pisd_operator_get (PISD_PROBLEM_POISSON), 10);
  add_step (curves, 0, 3e5, 1.3);
  pisd_curves_layout_init (&layout, curves, &box, 0.0, 1.0);
  g_assert_cmpfloat (layout.legend_scale, ==, layout.scale);
  pisd_curves_layout_init (&layout, curves, &narrow, 0.0, 1.0);
  g_assert_cmpfloat (layout.legend_scale, <, layout.scale);
  g_assert_cmpfloat (layout.legend_end, <=, narrow.width + 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/curves/order", test_order);
  g_test_add_func ("/draw/curves/places", test_places);
  g_test_add_func ("/draw/curves/axes", test_axes);
  g_test_add_func ("/draw/curves/spike", test_spike);
  g_test_add_func ("/draw/curves/gaps", test_gaps);
  g_test_add_func ("/draw/curves/hidden", test_hidden);
  g_test_add_func ("/draw/curves/narrow-legend", test_narrow_legend);
  g_test_add_func ("/draw/trace/like-cairo", test_trace);
  g_test_add_func ("/draw/trace/clip", test_trace_clip);
  return g_test_run ();
}
