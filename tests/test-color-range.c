#include "pisd-color-range.h"

#include "pisd-test.h"

/* 0, 1, ... n - 1, shuffled by a step that has no common factor with n, plus an offset. */
static PisdField *
create_ramp (guint ny, guint nx, double offset)
{
  PisdField *field = pisd_field_new (ny, nx);
  gsize n = pisd_field_get_n (field);

  for (gsize k = 0; k < n; k++)
    field->data[k] = (double) ((k * 7919) % n) + offset;
  return field;
}

static void
assert_range (const PisdColorRange *range, double min, double max)
{
  g_assert_true (range->valid);
  test_assert_close (range->min, min, 1e-12 * (1.0 + fabs (min)));
  test_assert_close (range->max, max, 1e-12 * (1.0 + fabs (max)));
}

static void
test_grow (void)
{
  g_autoptr (PisdField) wide = create_ramp (10, 10, -20.0); /* -20 .. 79 */
  g_autoptr (PisdField) narrow = create_ramp (5, 5, 10.0);  /*  10 .. 34 */
  g_autoptr (PisdField) above = create_ramp (5, 5, 100.0);  /* 100 .. 124 */
  PisdColorRange range = { 0 };

  pisd_color_range_update (&range, PISD_RANGE_GROW, FALSE, narrow);
  assert_range (&range, 10.0, 34.0);
  pisd_color_range_update (&range, PISD_RANGE_GROW, FALSE, wide);
  assert_range (&range, -20.0, 79.0);
  pisd_color_range_update (&range, PISD_RANGE_GROW, FALSE, narrow);
  assert_range (&range, -20.0, 79.0);
  pisd_color_range_update (&range, PISD_RANGE_GROW, FALSE, above);
  assert_range (&range, -20.0, 124.0);
  pisd_color_range_update (&range, PISD_RANGE_GROW, TRUE, narrow);
  assert_range (&range, -124.0, 124.0);
}

static void
test_step (void)
{
  g_autoptr (PisdField) wide = create_ramp (10, 10, -20.0);
  g_autoptr (PisdField) narrow = create_ramp (5, 5, 10.0);
  PisdColorRange range = { 0 };

  pisd_color_range_update (&range, PISD_RANGE_STEP, FALSE, wide);
  assert_range (&range, -20.0, 79.0);
  pisd_color_range_update (&range, PISD_RANGE_STEP, FALSE, narrow);
  assert_range (&range, 10.0, 34.0);
  pisd_color_range_update (&range, PISD_RANGE_STEP, TRUE, narrow);
  assert_range (&range, -34.0, 34.0);
}

static void
test_fixed (void)
{
  g_autoptr (PisdField) field = create_ramp (10, 10, -20.0);
  PisdColorRange range = { -1.0, 3.0, TRUE };
  PisdColorRange unset = { 0 };

  pisd_color_range_update (&range, PISD_RANGE_FIXED, TRUE, field);
  assert_range (&range, -1.0, 3.0);
  pisd_color_range_update (&unset, PISD_RANGE_FIXED, FALSE, field);
  assert_range (&unset, -20.0, 79.0);
}

/* 101 values 0 .. 100: the percentiles are the numbers themselves; outliers must not matter. */
static void
test_percentile (void)
{
  g_autoptr (PisdField) field = create_ramp (1, 101, 0.0);
  g_autoptr (PisdField) pair = create_ramp (1, 2, 0.0);
  PisdColorRange range = { 0 };

  pisd_color_range_update (&range, PISD_RANGE_PERCENTILE, FALSE, field);
  assert_range (&range, 2.0, 98.0);
  for (gsize k = 0; k < 101; k++)
    if (field->data[k] == 100.0)
      field->data[k] = 1e9;
  pisd_color_range_update (&range, PISD_RANGE_PERCENTILE, FALSE, field);
  assert_range (&range, 2.0, 98.0);
  pisd_color_range_update (&range, PISD_RANGE_PERCENTILE, TRUE, field);
  assert_range (&range, -98.0, 98.0);
  /* between two values: linear */
  pisd_color_range_update (&range, PISD_RANGE_PERCENTILE, FALSE, pair);
  assert_range (&range, 0.02, 0.98);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/* Selection against sorting, on values with many ties too. */
static void
test_percentile_sorted (void)
{
  for (guint lane = 0; lane < 20; lane++)
    {
      gsize n = 50 * (lane + 1);
      g_autoptr (PisdField) field = pisd_field_new (1, (guint) n);
      g_autofree double *values = test_random (n, lane);
      PisdColorRange range = { 0 };
      double place = 0.02 * (double) (n - 1);
      gsize k = (gsize) place;

      for (gsize i = 0; i < n; i++)
        field->data[i] = values[i] = lane % 2 == 0 ? values[i] : round (2.0 * values[i]);
      qsort (values, n, sizeof (double), compare);
      pisd_color_range_update (&range, PISD_RANGE_PERCENTILE, FALSE, field);
      test_assert_close (range.min, values[k] + (place - (double) k) * (values[k + 1] - values[k]),
                         1e-12);
    }
}

static void
test_symmetric (void)
{
  g_autoptr (PisdField) field = create_ramp (10, 10, -20.0);
  PisdColorRange range = { -500.0, 500.0, TRUE };

  pisd_color_range_update (&range, PISD_RANGE_SYMMETRIC, FALSE, field);
  assert_range (&range, -79.0, 79.0);
}

/* Values that are not finite are passed over; without any other the range stays as it is. */
static void
test_not_finite (void)
{
  g_autoptr (PisdField) some = create_ramp (10, 10, -20.0);
  g_autoptr (PisdField) none = pisd_field_new (3, 3);

  for (gsize k = 0; k < 9; k++)
    none->data[k] = k % 2 == 0 ? NAN : INFINITY;
  for (gsize k = 0; k < 100; k++)
    if (some->data[k] == 79.0)
      some->data[k] = INFINITY;
  for (guint mode = 0; mode < PISD_N_RANGES; mode++)
    {
      PisdColorRange unset = { 0 };
      PisdColorRange set = { -1.0, 2.0, TRUE };
      PisdColorRange range = { 0 };

      pisd_color_range_update (&unset, (PisdRangeMode) mode, FALSE, none);
      g_assert_false (unset.valid);
      pisd_color_range_update (&set, (PisdRangeMode) mode, FALSE, none);
      assert_range (&set, -1.0, 2.0);
      pisd_color_range_update (&range, (PisdRangeMode) mode, FALSE, some);
      g_assert_true (range.valid);
      g_assert_cmpfloat (range.max, <=, 78.0);
    }
}

/* The truth's range, with room for estimates up to a point; what is shown where the truth is flat. */
static void
test_limit (void)
{
  static const struct
  {
    double truth, shown, headroom, limit;
  } rows[] = {
    { 2.0, 1.0, 1.3, 2.0 },       { 2.0, 2.2, 1.3, 2.2 }, { 2.0, 1e7, 1.3, 2.6 },
    { 2.0, 1e7, 1.0, 2.0 },       { 0.0, 3.0, 1.3, 3.0 }, { 1e-300, 3.0, 1.0, 3.0 },
    { 1e-300, 0.0, 1.0, 1e-300 }, { 0.0, 0.0, 1.3, 0.0 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_assert_cmpfloat (pisd_color_limit (rows[k].truth, rows[k].shown, rows[k].headroom), ==,
                       rows[k].limit);
}

static void
test_own (void)
{
  g_autoptr (PisdField) field = pisd_field_new (1, 2);
  double min, max;

  pisd_color_get_symmetric (field, &min, &max);
  g_assert_cmpfloat (min, ==, -1.0);
  g_assert_cmpfloat (max, ==, 1.0);
  field->data[1] = -5.0;
  pisd_color_get_symmetric (field, &min, &max);
  g_assert_cmpfloat (min, ==, -5.0);
  g_assert_cmpfloat (max, ==, 5.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/color-range/grow", test_grow);
  g_test_add_func ("/draw/color-range/step", test_step);
  g_test_add_func ("/draw/color-range/fixed", test_fixed);
  g_test_add_func ("/draw/color-range/percentile", test_percentile);
  g_test_add_func ("/draw/color-range/percentile-sorted", test_percentile_sorted);
  g_test_add_func ("/draw/color-range/symmetric", test_symmetric);
  g_test_add_func ("/draw/color-range/not-finite", test_not_finite);
  g_test_add_func ("/draw/color-range/limit", test_limit);
  g_test_add_func ("/draw/color-range/own", test_own);
  return g_test_run ();
}
