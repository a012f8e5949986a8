#include <string.h>

#include "pisd-field.h"
#include "pisd-test.h"

static PisdField *
make (guint ny, guint nx, guint lane)
{
  PisdField *field = pisd_field_new (ny, nx);
  g_autofree double *v = test_random (ny * nx, lane);

  memcpy (field->data, v, ny * nx * sizeof *v);
  return field;
}

static void
test_new (void)
{
  g_autoptr (PisdField) field = pisd_field_new (3, 5);

  g_assert_cmpuint (pisd_field_get_n (field), ==, 15);
  for (guint i = 0; i < 15; i++)
    g_assert_cmpfloat (field->data[i], ==, 0);
  pisd_field_free (NULL);
}

static void
test_dup (void)
{
  g_autoptr (PisdField) field = make (4, 3, 0);
  g_autoptr (PisdField) copy = pisd_field_dup (field);
  g_autoptr (PisdField) third = pisd_field_new (4, 3);

  g_assert_cmpmem (field->data, 96, copy->data, 96);
  copy->data[5] += 1;
  g_assert_cmpfloat (field->data[5], !=, copy->data[5]);
  pisd_field_copy (copy, third);
  g_assert_cmpmem (copy->data, 96, third->data, 96);
}

static void
test_finite (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY };
  g_autoptr (PisdField) field = make (4, 3, 0);

  g_assert_true (pisd_field_is_finite (field));
  g_assert_true (pisd_all_finite (0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      field->data[11] = bad[i];
      g_assert_false (pisd_field_is_finite (field));
    }
}

static void
test_range (void)
{
  g_autoptr (PisdField) field = pisd_field_new (1, 5);
  const double values[] = { NAN, 3, -INFINITY, -2, INFINITY };
  double min = 7, max = 7;

  memcpy (field->data, values, sizeof values);
  g_assert_true (pisd_field_get_range (field, &min, &max));
  g_assert_cmpfloat (min, ==, -2);
  g_assert_cmpfloat (max, ==, 3);

  field->data[1] = field->data[3] = NAN;
  g_assert_false (pisd_field_get_range (field, &min, &max));
  g_assert_cmpfloat (min, ==, 0);
  g_assert_cmpfloat (max, ==, 0);
}

static void
test_error (void)
{
  g_autoptr (PisdField) truth = make (8, 8, 1);
  g_autoptr (PisdField) x = pisd_field_dup (truth);
  g_autoptr (PisdField) zero = pisd_field_new (8, 8);

  g_assert_cmpfloat (pisd_field_relative_error (x, truth), ==, 0);
  test_assert_close (pisd_field_relative_error (zero, truth), 1, 1e-15);
  for (guint i = 0; i < 64; i++)
    x->data[i] *= 1.25;
  test_assert_close (pisd_field_relative_error (x, truth), 0.25, 1e-14);
  test_assert_close (pisd_field_norm (x), 1.25 * pisd_field_norm (truth), 1e-13);
  g_assert_true (isnan (pisd_field_relative_error (x, zero)));
}

/* Squares that leave the range of doubles do not matter. */
static void
test_extreme (void)
{
  static const double factors[] = { 1e-310, 1e-200, 1e300 };
  g_autoptr (PisdField) truth = make (8, 8, 1);
  double norm = pisd_field_norm (truth);

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      g_autoptr (PisdField) scaled = pisd_field_dup (truth);
      g_autoptr (PisdField) x = pisd_field_dup (truth);

      for (guint j = 0; j < 64; j++)
        {
          scaled->data[j] *= factors[i];
          x->data[j] = 1.25 * scaled->data[j];
        }
      test_assert_close (pisd_field_norm (scaled) / factors[i], norm, 1e-10);
      test_assert_close (pisd_field_relative_error (x, scaled), 0.25, 1e-10);
    }
}

static void
test_boundary (void)
{
  g_autoptr (PisdField) field = make (5, 4, 2);
  g_autoptr (PisdField) zeroed = pisd_field_dup (field);

  pisd_field_zero_boundary (zeroed);
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < 4; j++)
      {
        gboolean inside = i > 0 && i < 4 && j > 0 && j < 3;

        g_assert_cmpfloat (zeroed->data[i * 4 + j], ==, inside ? field->data[i * 4 + j] : 0);
      }
}

static void
test_edges (void)
{
  for (guint i = 0; i < PISD_GRID; i++)
    {
      double position = (double) i / (PISD_GRID - 1);

      g_assert_true (pisd_grid_is_boundary (position, 0.5) == (i == 0 || i == PISD_GRID - 1));
      g_assert_true (pisd_grid_is_boundary (0.5, position) == (i == 0 || i == PISD_GRID - 1));
    }
}

static void
test_largest (void)
{
  g_autoptr (PisdField) field = pisd_field_new (1, 3);

  g_assert_cmpfloat (pisd_field_get_largest (NULL), ==, 0.0);
  g_assert_cmpfloat (pisd_field_get_largest (field), ==, 0.0);
  field->data[0] = -5.0;
  field->data[1] = 3.0;
  field->data[2] = INFINITY;
  g_assert_cmpfloat (pisd_field_get_largest (field), ==, 5.0);
}

/* A frame is a square of the field's own rows. */
static void
test_frame (void)
{
  g_autoptr (PisdField) field = make (3 * 5, 5, 0);
  const PisdField frame = pisd_field_get_frame (field, 1);

  g_assert_cmpuint (pisd_field_count_frames (field), ==, 3);
  g_assert_cmpuint (frame.ny, ==, 5);
  g_assert_cmpuint (frame.nx, ==, 5);
  g_assert_true (frame.data == field->data + 5 * 5);
  g_assert_true (pisd_field_get_last_frame (field).data == field->data + 2 * 5 * 5);
  g_assert_true (pisd_field_get_value (field, 1, 3, 2) == field->data[(5 + 3) * 5 + 2]);
  g_assert_true (isnan (pisd_field_get_value (NULL, 0, 0, 0)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/field/new", test_new);
  g_test_add_func ("/base/field/dup", test_dup);
  g_test_add_func ("/base/field/finite", test_finite);
  g_test_add_func ("/base/field/range", test_range);
  g_test_add_func ("/base/field/relative-error", test_error);
  g_test_add_func ("/base/field/extreme", test_extreme);
  g_test_add_func ("/base/field/boundary", test_boundary);
  g_test_add_func ("/base/field/largest", test_largest);
  g_test_add_func ("/base/field/frame", test_frame);
  g_test_add_func ("/base/field/edges", test_edges);
  return g_test_run ();
}
