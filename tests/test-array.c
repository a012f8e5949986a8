#include "pisd-array.h"

static void
test_shape (void)
{
  const gsize shape[4] = { 2, 3, 4, 5 };
  g_autoptr (PisdArray) array = pisd_array_new ("a", 4, shape);
  g_autoptr (PisdArray) scalar = pisd_array_new ("one", 0, NULL);
  g_autofree char *text = pisd_array_dup_shape (array);
  g_autofree char *none = pisd_array_dup_shape (scalar);

  g_assert_cmpstr (text, ==, "2x3x4x5");
  g_assert_cmpstr (none, ==, "scalar");
  g_assert_cmpuint (pisd_array_get_n (array), ==, 120);
  g_assert_cmpuint (pisd_array_get_n (scalar), ==, 1);
  g_assert_null (array->data);
  pisd_array_free (NULL);
}

static void
test_count (void)
{
  const gsize large[2] = { (gsize) 1 << 32, (gsize) 1 << 32 }, empty[2] = { 0, 6 };
  gsize n = 7;

  g_assert_false (pisd_shape_count (2, large, &n));
  g_assert_cmpuint (n, ==, 7);
  g_assert_true (pisd_shape_count (2, empty, &n));
  g_assert_cmpuint (n, ==, 0);
}

/* In Fortran order element (i, j, k) of [2, 3, 4] lies at i + 2 (j + 3 k), in C order at
 * (3 i + j) 4 + k. */
static void
test_fortran (void)
{
  const gsize shape[3] = { 2, 3, 4 };

  for (gsize i = 0; i < 2; i++)
    for (gsize j = 0; j < 3; j++)
      for (gsize k = 0; k < 4; k++)
        g_assert_cmpuint (pisd_shape_fortran_index (3, shape, (3 * i + j) * 4 + k), ==,
                          i + 2 * (j + 3 * k));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/array/shape", test_shape);
  g_test_add_func ("/files/array/count", test_count);
  g_test_add_func ("/files/array/fortran", test_fortran);
  return g_test_run ();
}
