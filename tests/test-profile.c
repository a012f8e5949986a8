/* What stands along a line: exact where the field is bilinear, around a periodic edge, and which
 * sensors are near. */
#include "pisd-profile.h"

#include "pisd-operator.h"
#include "pisd-test.h"

static const PisdFieldInfo *
get_info (PisdProblemId problem)
{
  return &pisd_operator_get (problem)->fields[0];
}

/* 1 + 2 x - 3 y + 4 x y on every line, with its band; the distance is the line's length. */
static void
test_bilinear (void)
{
  const PisdFieldInfo *info = get_info (PISD_PROBLEM_POISSON);
  const PisdSegment segment = { 0.9, 0.05, 0.13, 0.71 };
  const double h = pisd_field_info_get_spacing (info);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) sd = pisd_field_new (PISD_GRID, PISD_GRID);
  const PisdProfileFields fields = { field, field, field, sd };
  g_autoptr (PisdProfile) profile = NULL;

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      {
        field->data[i * PISD_GRID + j] = 1 + 2 * j * h - 3 * i * h + 4 * i * h * j * h;
        sd->data[i * PISD_GRID + j] = 0.1 + 0.2 * i * h;
      }
  profile = pisd_profile_new (info, 0, &segment, &fields, NULL);
  g_assert_cmpuint (profile->n, ==, (guint) lround (2 * 0.77 / h) + 1);
  g_assert_cmpfloat_with_epsilon (profile->distance[profile->n - 1], hypot (0.77, 0.66), 1e-14);
  for (guint k = 0; k < profile->n; k++)
    {
      const double s = (double) k / (profile->n - 1), x = 0.9 - 0.77 * s, y = 0.05 + 0.66 * s;
      const double value = 1 + 2 * x - 3 * y + 4 * x * y;

      g_assert_cmpfloat_with_epsilon (profile->truth[k], value, 1e-12);
      g_assert_cmpfloat_with_epsilon (profile->estimate[k], value, 1e-12);
      g_assert_cmpfloat_with_epsilon (profile->low[k], value - 0.2 - 0.4 * y, 1e-12);
      g_assert_cmpfloat_with_epsilon (profile->high[k], value + 0.2 + 0.4 * y, 1e-12);
    }
}

/* Behind the last column of a periodic field its first one follows; nothing is made of what is not
 * known. */
static void
test_periodic (void)
{
  const PisdFieldInfo *info = get_info (PISD_PROBLEM_NAVIER_STOKES);
  const PisdSegment segment = { 0.0, 0.25, 1.0, 0.25 };
  g_autoptr (PisdField) field = pisd_field_info_new_field (info);
  const PisdProfileFields fields = { .truth = field };
  g_autoptr (PisdProfile) profile = NULL;

  for (guint j = 0; j < PISD_GRID; j++)
    field->data[32 * PISD_GRID + j] = j;
  profile = pisd_profile_new (info, 0, &segment, &fields, NULL);
  g_assert_cmpuint (profile->n, ==, 257);
  g_assert_cmpfloat (profile->truth[254], ==, 127.0);
  g_assert_cmpfloat (profile->truth[255], ==, 63.5);
  g_assert_cmpfloat (profile->truth[256], ==, 0.0);
  g_assert_true (profile->estimate == NULL && profile->low == NULL && profile->n_sensors == 0);
}

/* Along the line by their distance, of the frame and the field asked for, and none far beside it or
 * behind its end. */
static void
test_near (void)
{
  const PisdFieldInfo *info = get_info (PISD_PROBLEM_POISSON);
  const PisdSegment segment = { 0.2, 0.5, 0.8, 0.5 };
  static const PisdSensor placed[] = {
    { PISD_FIELD_A, 0.7, 0.51, 0.0, 7.0, 0.0 }, { PISD_FIELD_A, 0.3, 0.49, 0.0, 3.0, 0.0 },
    { PISD_FIELD_A, 0.5, 0.55, 0.0, 5.0, 0.0 }, { PISD_FIELD_A, 0.85, 0.5, 0.0, 8.0, 0.0 },
    { PISD_FIELD_U, 0.4, 0.5, 0.0, 4.0, 0.0 },
  };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdProfile) profile = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (placed); k++)
    pisd_sensors_add (sensors, &placed[k]);
  profile = pisd_profile_new (info, 0, &segment, &(PisdProfileFields){ 0 }, sensors);
  g_assert_cmpuint (profile->n_sensors, ==, 2);
  g_assert_cmpfloat_with_epsilon (profile->sensor_distance[0], 0.1, 1e-14);
  g_assert_cmpfloat_with_epsilon (profile->sensor_distance[1], 0.5, 1e-14);
  g_assert_cmpfloat (profile->sensor_value[0], ==, 3.0);
  g_assert_cmpfloat (profile->sensor_value[1], ==, 7.0);
}

/* A line of no length is one place twice. */
static void
test_point (void)
{
  const PisdFieldInfo *info = get_info (PISD_PROBLEM_POISSON);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  const PisdProfileFields fields = { .truth = field };
  g_autoptr (PisdProfile) profile =
      pisd_profile_new (info, 0, &(PisdSegment){ 1.0, 1.0, 1.0, 1.0 }, &fields, NULL);

  g_assert_cmpuint (profile->n, ==, 2);
  g_assert_cmpfloat (profile->distance[1], ==, 0.0);
  g_assert_cmpfloat (profile->truth[1], ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/profile/bilinear", test_bilinear);
  g_test_add_func ("/run/profile/periodic", test_periodic);
  g_test_add_func ("/run/profile/sensors", test_near);
  g_test_add_func ("/run/profile/point", test_point);
  return g_test_run ();
}
