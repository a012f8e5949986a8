#include "pisd-line.h"

/* From (0, 0) to (i, j): single steps, none of them away from the goal, as many as the longer side,
 * and never further than half a node from the straight line. */
static void
check_line (int i, int j)
{
  PisdLine line = { 0 };
  int n = 0;
  int last_i = 0;
  int last_j = 0;

  while (pisd_line_step (&line, i, j))
    {
      double cross = (double) line.i * j - (double) line.j * i; /* distance times length */

      n++;
      g_assert_cmpint (ABS (line.i - last_i), <=, 1);
      g_assert_cmpint (ABS (line.j - last_j), <=, 1);
      g_assert_cmpint (ABS (i - line.i), <=, ABS (i - last_i));
      g_assert_cmpint (ABS (j - line.j), <=, ABS (j - last_j));
      g_assert_cmpfloat (ABS (cross), <=, 0.5 * MAX (ABS (i), ABS (j)) + 1e-9);
      last_i = line.i;
      last_j = line.j;
      g_assert_cmpint (n, <=, MAX (ABS (i), ABS (j)));
    }
  g_assert_cmpint (line.i, ==, i);
  g_assert_cmpint (line.j, ==, j);
  g_assert_cmpint (n, ==, MAX (ABS (i), ABS (j)));
}

static void
test_all_directions (void)
{
  for (int i = -20; i <= 20; i++)
    for (int j = -20; j <= 20; j++)
      check_line (i, j);
  check_line (127, 3);
  check_line (-500, 1);
}

/* A goal that changes on the way: on from where the walk is. */
static void
test_new_goal (void)
{
  PisdLine line = { .i = 5, .j = 5 };

  g_assert_false (pisd_line_step (&line, 5, 5));
  g_assert_true (pisd_line_step (&line, 5, 9));
  g_assert_cmpint (line.j, ==, 6);
  while (pisd_line_step (&line, 8, 6))
    g_assert_cmpint (line.j, ==, 6);
  g_assert_cmpint (line.i, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/line/all-directions", test_all_directions);
  g_test_add_func ("/app/line/new-goal", test_new_goal);
  return g_test_run ();
}
