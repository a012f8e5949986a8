/* Charts of guidance taken apart: a place on them is a step, only what is known is drawn, and the
 * frequency weight stands at the height of the steps. */
#include "pisd-draw-inspection.h"

#include "pisd-test.h"

#define WIDTH 420
#define HEIGHT 240
#define N_STEPS 50

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

typedef struct
{
  PisdInspectionNumbers numbers[N_STEPS];
  gboolean is_known[N_STEPS];
  PisdInspectionCurves curves;
} Run;

/* Every second step is known: norms fall, shares change over, the cosine falls from 1 to -1. */
static void
run_init (Run *run, PisdInspectionChart chart)
{
  *run = (Run){ { { 0 } } };
  for (guint i = 0; i < N_STEPS; i++)
    {
      PisdInspectionNumbers *numbers = &run->numbers[i];
      const double share = (double) i / (N_STEPS - 1);

      run->is_known[i] = i % 2 == 0;
      numbers->step = i;
      numbers->norms[0] = exp (-0.1 * i);
      numbers->norms[1] = NAN;
      numbers->norms[PISD_TERM_PDE] = 0.01;
      numbers->shares[0] = 1.0 - share;
      numbers->shares[1] = NAN;
      numbers->shares[PISD_TERM_PDE] = share;
      numbers->total = numbers->update = numbers->cosine_fields = NAN;
      numbers->cosine_equation = 1.0 - 2.0 * share;
      numbers->cosine_update = NAN;
    }
  run->curves = (PisdInspectionCurves){ .problem = PISD_PROBLEM_POISSON,
                                        .kind = PISD_INSPECTION_GRADIENTS,
                                        .chart = chart,
                                        .n = N_STEPS,
                                        .numbers = run->numbers,
                                        .is_known = run->is_known,
                                        .step = 10.0,
                                        .note = "nothing" };
}

static cairo_surface_t *
draw (const PisdInspectionCurves *curves)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_draw_inspection_curves (cr, &box, pisd_palette_get (FALSE), curves, 1.0);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* Pixels that differ. */
static guint
count_changes (const PisdInspectionCurves *a, const PisdInspectionCurves *b)
{
  cairo_surface_t *images[] = { draw (a), draw (b) };
  const guint8 *data[2];
  guint n = 0;

  for (guint k = 0; k < 2; k++)
    data[k] = cairo_image_surface_get_data (images[k]);
  for (gsize i = 0; i < (gsize) cairo_image_surface_get_stride (images[0]) * HEIGHT; i++)
    n += data[0][i] != data[1][i];
  cairo_surface_destroy (images[0]);
  cairo_surface_destroy (images[1]);
  return n;
}

/* From left to right every step has its places, beside the plot there is none. */
static void
test_places (void)
{
  Run run;
  int last = -1;

  run_init (&run, PISD_INSPECTION_NORMS);
  for (double x = 0.0; x < WIDTH; x += 0.5)
    {
      const int step = pisd_inspection_curves_find_step (&box, &run.curves, 1.0, x, 0.5 * HEIGHT);

      if (step < 0)
        continue;
      g_assert_cmpint (step - last, >=, 0);
      g_assert_cmpint (step - last, <=, 1);
      last = step;
    }
  g_assert_cmpint (last, ==, N_STEPS - 1);
  g_assert_cmpint (pisd_inspection_curves_find_step (&box, &run.curves, 1.0, 1.0, 0.5 * HEIGHT), ==,
                   -1);
  g_assert_cmpint (pisd_inspection_curves_find_step (&box, &run.curves, 1.0, 0.5 * WIDTH, HEIGHT),
                   ==, -1);
}

/* What is not known changes no picture; what is, and the step that is marked, do. */
static void
test_known (void)
{
  for (PisdInspectionChart chart = 0; chart < PISD_INSPECTION_N_CHARTS; chart++)
    {
      Run run, other;

      run_init (&run, chart);
      run_init (&other, chart);
      other.curves.numbers = other.numbers;
      other.curves.is_known = other.is_known;
      other.numbers[21].norms[0] = other.numbers[21].shares[0] = 0.5;
      other.numbers[21].cosine_equation = 0.5;
      g_assert_cmpuint (count_changes (&run.curves, &other.curves), ==, 0);
      other.is_known[21] = TRUE;
      g_assert_cmpuint (count_changes (&run.curves, &other.curves), >, 20);
      other.is_known[21] = FALSE;
      other.curves.step = 30.0;
      g_assert_cmpuint (count_changes (&run.curves, &other.curves), >, 50);
    }
}

/* Nothing known is no curve. */
static void
test_nothing (void)
{
  Run run, other;

  run_init (&run, PISD_INSPECTION_COSINES);
  run_init (&other, PISD_INSPECTION_COSINES);
  for (guint i = 0; i < N_STEPS; i++)
    run.is_known[i] = other.is_known[i] = FALSE;
  g_assert_cmpint (
      pisd_inspection_curves_find_step (&box, &run.curves, 1.0, 0.5 * WIDTH, 0.5 * HEIGHT), ==, -1);
  other.curves.note = "another note";
  g_assert_cmpuint (count_changes (&run.curves, &other.curves), >, 0);
}

static guint
count_dark (const PisdInspectionShells *shells)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);
  guint n = 0;

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_draw_inspection_shells (cr, &box, pisd_palette_get (FALSE), shells,
                               PISD_INSPECTION_GRADIENTS, "nothing", 1.0);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  for (gsize i = 0; i < (gsize) cairo_image_surface_get_stride (image) * HEIGHT; i++)
    n += cairo_image_surface_get_data (image)[i] < 200;
  cairo_surface_destroy (image);
  return n;
}

/* A weight of the same shape as the steps lies on them, whatever its size. */
static void
test_weight (void)
{
  double step[8], same[8], none[8];
  PisdInspectionShells shells = { .n = 8, .gradient = none, .update = none, .step = step };
  guint n_same, n_larger;

  for (guint k = 0; k < 8; k++)
    {
      step[k] = pow (10.0, -0.3 * k);
      same[k] = 2.0 * step[k];
      none[k] = NAN;
    }
  shells.weight = same;
  n_same = count_dark (&shells);
  for (guint k = 0; k < 8; k++)
    same[k] *= 1000.0;
  n_larger = count_dark (&shells);
  g_assert_cmpuint (n_same, ==, n_larger);
  shells.weight = none;
  g_assert_cmpuint (count_dark (&shells), <, n_same);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/inspection/places", test_places);
  g_test_add_func ("/draw/inspection/known", test_known);
  g_test_add_func ("/draw/inspection/nothing", test_nothing);
  g_test_add_func ("/draw/inspection/weight", test_weight);
  return g_test_run ();
}
