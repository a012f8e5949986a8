#include "pisd-sort.h"

#include "pisd-test.h"

static void
test_order (void)
{
  const double sorted[5] = { -INFINITY, -2.0, 0.5, 0.5, INFINITY };
  double values[5] = { 0.5, INFINITY, -2.0, 0.5, -INFINITY };

  pisd_sort (5, values);
  g_assert_cmpmem (values, sizeof values, sorted, sizeof sorted);
}

/* The middle one of an odd number, between the two middle ones of an even number. */
static void
test_median (void)
{
  double values[4] = { 7.0, 1.0, 4.0, 2.0 };

  g_assert_cmpfloat (pisd_sort_median (1, values), ==, 7.0);
  g_assert_cmpfloat (pisd_sort_median (3, values), ==, 4.0);
  g_assert_cmpfloat (pisd_sort_median (4, values), ==, 3.0);
  g_assert_cmpfloat (values[0], ==, 1.0);
  g_assert_cmpfloat (values[3], ==, 7.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sort/order", test_order);
  g_test_add_func ("/base/sort/median", test_median);
  return g_test_run ();
}
