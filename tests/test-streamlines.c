#include "pisd-streamlines.h"

#include "pisd-test.h"

#define N 128
#define SPACING (1.0 / 18)

typedef PisdComplex (*Flow) (double x, double y);

/* psi = cos 2 pi x cos 2 pi y */
static PisdComplex
get_vortices (double x, double y)
{
  return (PisdComplex){ -cos (2.0 * G_PI * x) * sin (2.0 * G_PI * y),
                        sin (2.0 * G_PI * x) * cos (2.0 * G_PI * y) };
}

/* psi = cos 2 pi (x + 2 y) / 2 pi + 1/2 sin 4 pi x / 4 pi + 1/4 sin 2 pi (2 y - x) / 2 pi */
static PisdComplex
get_mixed (double x, double y)
{
  double a = 2.0 * G_PI * (x + 2.0 * y), b = 4.0 * G_PI * x, c = 2.0 * G_PI * (2.0 * y - x);

  return (PisdComplex){ -2.0 * sin (a) + 0.5 * cos (c), sin (a) - 0.5 * cos (b) + 0.25 * cos (c) };
}

static PisdComplex
get_uniform (double x, double y)
{
  return (PisdComplex){ 1.0, 0.0 };
}

static PisdComplex *
new_flow (Flow flow)
{
  PisdComplex *z = g_new (PisdComplex, N * N);

  for (guint p = 0; p < N * N; p++)
    z[p] = flow ((double) (p % N) / N, (double) (p / N) / N);
  return z;
}

static double
get_way (double from, double to)
{
  double way = to - from;

  return way - floor (way + 0.5);
}

static double
get_distance (const PisdPoint *a, const PisdPoint *b)
{
  return hypot (get_way (a->x, b->x), get_way (a->y, b->y));
}

/* The stream function is the same all along a line, to 1 % of its range, and points follow the
 * flow, half a node after half a node. */
static void
test_along (void)
{
  g_autofree PisdComplex *z = new_flow (get_vortices);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new (N, z, SPACING);

  g_assert_cmpuint (lines->n_lines, >, 10);
  for (guint line = 0; line < lines->n_lines; line++)
    {
      const PisdPoint *first = &lines->points[lines->first[line]];
      double psi = cos (2.0 * G_PI * first->x) * cos (2.0 * G_PI * first->y);

      for (guint k = lines->first[line] + 1; k < lines->first[line + 1]; k++)
        {
          PisdPoint at = lines->points[k], before = lines->points[k - 1];
          PisdComplex v = get_vortices (0.5 * (at.x + before.x), 0.5 * (at.y + before.y));
          double dx = at.x - before.x, dy = at.y - before.y;

          test_assert_close (cos (2.0 * G_PI * at.x) * cos (2.0 * G_PI * at.y), psi, 0.02);
          g_assert_cmpfloat (dx * v.re + dy * v.im, >=, 0.0);
          test_assert_below (hypot (dx, dy), 1.01 / N);
        }
    }
}

/* All lines of those vortices close on themselves but those that others stop. */
static void
test_closed (void)
{
  g_autofree PisdComplex *z = new_flow (get_vortices);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new (N, z, SPACING);
  guint n_closed = 0;

  for (guint line = 0; line < lines->n_lines; line++)
    n_closed += get_distance (&lines->points[lines->first[line]],
                              &lines->points[lines->first[line + 1] - 1])
                < 1e-9;
  g_assert_cmpuint (2 * n_closed, >, lines->n_lines);
}

/* No point comes nearer to another line than a third of a spacing, and no place that moves is further
 * from every line than one and a half. */
static void
test_even (void)
{
  g_autofree PisdComplex *z = new_flow (get_mixed);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new (N, z, SPACING);
  double nearest = 1.0, widest = 0.0;

  for (guint line = 0; line < lines->n_lines; line++)
    for (guint k = lines->first[line]; k < lines->first[line + 1]; k++)
      for (guint other = lines->first[line + 1]; other < lines->first[lines->n_lines]; other++)
        nearest = MIN (nearest, get_distance (&lines->points[k], &lines->points[other]));
  for (guint p = 0; p < N * N; p += 7)
    {
      PisdPoint at = { (double) (p % N) / N, (double) (p / N) / N };
      double gap = 1.0;

      for (guint k = 0; k < lines->first[lines->n_lines]; k++)
        gap = MIN (gap, get_distance (&at, &lines->points[k]));
      widest = MAX (widest, gap);
    }
  g_assert_cmpfloat (nearest, >, 0.36 * SPACING);
  test_assert_below (widest, 1.5 * SPACING);
}

/* The same velocity has the same lines; a faster one, too. */
static void
test_same (void)
{
  g_autofree PisdComplex *z = new_flow (get_mixed);
  g_autoptr (PisdStreamlines) once = pisd_streamlines_new (N, z, SPACING);
  g_autoptr (PisdStreamlines) again = NULL;

  for (guint p = 0; p < N * N; p++)
    z[p] = (PisdComplex){ 4.0 * z[p].re, 4.0 * z[p].im };
  again = pisd_streamlines_new (N, z, SPACING);
  g_assert_cmpmem (once->first, sizeof (guint) * (once->n_lines + 1), again->first,
                   sizeof (guint) * (again->n_lines + 1));
  g_assert_cmpmem (once->points, sizeof (PisdPoint) * once->first[once->n_lines], again->points,
                   sizeof (PisdPoint) * again->first[again->n_lines]);
}

/* A uniform flow: straight lines once around, without a jump at the edge. */
static void
test_around (void)
{
  g_autofree PisdComplex *z = new_flow (get_uniform);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new (N, z, SPACING);

  g_assert_cmpuint (lines->n_lines, >=, 16);
  g_assert_cmpuint (lines->n_lines, <=, 18);
  for (guint line = 0; line < lines->n_lines; line++)
    {
      const PisdPoint *a = &lines->points[lines->first[line]];
      const PisdPoint *b = &lines->points[lines->first[line + 1] - 1];

      test_assert_close (b->x - a->x, 1.0, 1e-9);
      test_assert_close (b->y, a->y, 1e-9);
    }
}

/* Where nothing moves there are no lines. */
static void
test_still (void)
{
  g_autofree PisdComplex *z = g_new0 (PisdComplex, N * N);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new (N, z, SPACING);
  g_autoptr (PisdStreamlines) short_lines = pisd_streamlines_new_short (N, z, SPACING);

  g_assert_cmpuint (lines->n_lines, ==, 0);
  g_assert_cmpuint (short_lines->n_lines, ==, 0);
  z[17].re = NAN;
  pisd_streamlines_free (lines);
  lines = pisd_streamlines_new (N, z, SPACING);
  g_assert_cmpuint (lines->n_lines, ==, 0);
}

static double
get_length (const PisdStreamlines *lines, guint line)
{
  double length = 0.0;

  for (guint k = lines->first[line] + 1; k < lines->first[line + 1]; k++)
    length += hypot (lines->points[k].x - lines->points[k - 1].x,
                     lines->points[k].y - lines->points[k - 1].y);
  return length;
}

/* Short lines are as long as the speed in their middle says, and lie at the same places whatever
 * the velocity. */
static void
test_short (void)
{
  g_autofree PisdComplex *z = new_flow (get_vortices);
  g_autofree PisdComplex *uniform = new_flow (get_uniform);
  g_autoptr (PisdStreamlines) lines = pisd_streamlines_new_short (N, z, SPACING);
  g_autoptr (PisdStreamlines) all = pisd_streamlines_new_short (N, uniform, SPACING);

  g_assert_cmpuint (all->n_lines, ==, 18 * 20);
  g_assert_cmpuint (lines->n_lines, >, 18 * 20 * 3 / 4);
  g_assert_cmpuint (lines->n_lines, <=, all->n_lines);
  for (guint line = 0; line < lines->n_lines; line++)
    {
      PisdPoint middle = lines->points[(lines->first[line] + lines->first[line + 1] - 1) / 2];
      PisdComplex v = get_vortices (middle.x, middle.y);
      double nearest = 1.0;

      test_assert_close (get_length (lines, line), SPACING * hypot (v.re, v.im), 0.05 * SPACING);
      for (guint other = 0; other < all->n_lines; other++)
        nearest =
            MIN (nearest,
                 get_distance (&middle,
                               &all->points[(all->first[other] + all->first[other + 1] - 1) / 2]));
      test_assert_below (nearest, 1e-12);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/streamlines/along", test_along);
  g_test_add_func ("/maths/streamlines/closed", test_closed);
  g_test_add_func ("/maths/streamlines/even", test_even);
  g_test_add_func ("/maths/streamlines/same", test_same);
  g_test_add_func ("/maths/streamlines/around", test_around);
  g_test_add_func ("/maths/streamlines/still", test_still);
  g_test_add_func ("/maths/streamlines/short", test_short);
  return g_test_run ();
}
