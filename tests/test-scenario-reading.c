/* How a file of other people is read is kept in the scenario: as it was found, it is found again. */
#include "pisd-scenario-reading.h"

#include <math.h>

#include "pisd-test-scenario.h"
#include "pisd-truth.h"

static void
test_keys (void)
{
  const PisdReading reading = { .names = { (char *) "a;b c", (char *) "u" },
                                .is_xy = TRUE,
                                .factor = -1.0 / 3,
                                .index = 7,
                                .n_cases = 10 };
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_auto (PisdReadingWish) wish = { 0 };

  pisd_reading_wish_init (&wish);
  g_assert_true (pisd_scenario_load_reading (keys, &wish, NULL));
  g_assert_false (pisd_reading_wish_is_any (&wish));
  g_assert_true (pisd_scenario_store_reading (keys, NULL, NULL));
  g_assert_true (pisd_scenario_store_reading (keys, &reading, NULL));
  g_assert_true (pisd_scenario_load_reading (keys, &wish, NULL));
  g_assert_cmpstr (wish.names[0], ==, "a;b c");
  g_assert_cmpstr (wish.names[1], ==, "u");
  g_assert_cmpint (wish.order, ==, 1);
  g_assert_cmpfloat (wish.factor, ==, -1.0 / 3);
  g_assert_cmpint (wish.index, ==, 7);
}

/* A key file is UTF-8, which an array's name need not be. */
static void
test_names (void)
{
  g_autofree char *name = g_strdup ("Stra\xdf");
  const PisdReading reading = { .names = { name, NULL }, .factor = 1 };
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_scenario_store_reading (keys, &reading, &error));
  test_assert_error (&error, FORMAT, "Stra\\xdf", "a name in UTF-8");
  g_assert_false (g_key_file_has_group (keys, "truth"));
}

static void
test_refused (void)
{
  static const char *const rows[][3] = {
    { "order", "zz", "yx or xy" },      { "factor", "0", "not 0" },
    { "factor", "nan", "not 0" },       { "index", "-1", "whole number" },
    { "index", "1.5", "whole number" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GKeyFile) keys = g_key_file_new ();
      g_auto (PisdReadingWish) wish = { 0 };
      g_autoptr (GError) error = NULL;

      pisd_reading_wish_init (&wish);
      g_key_file_set_string (keys, "truth", rows[k][0], rows[k][1]);
      g_assert_false (pisd_scenario_load_reading (keys, &wish, &error));
      test_assert_error (&error, FORMAT, "[truth]", rows[k][0], rows[k][1], rows[k][2]);
    }
}

/* [x, y] stays [x, y], though the equation would not tell. */
static void
test_scenario (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *path = g_build_filename (fixture->directory, "theirs.mat", NULL);
  g_auto (PisdReadingWish) wish = { 0 };
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_instance_save_npz (scenario->instance, path, &error));
  input = pisd_input_open (path, NULL, &error);
  pisd_reading_wish_init (&wish);
  wish.order = 1;
  g_assert_true (pisd_truth_open_wished (scenario, input, &wish, &error));
  back = test_save_and_load (scenario, fixture->path);
  g_assert_true (pisd_instance_get_reading (back->instance)->is_xy);
  test_assert_same_scenario (scenario, back);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/scenario-reading/keys", test_keys);
  g_test_add_func ("/setup/scenario-reading/refused", test_refused);
  g_test_add_func ("/setup/scenario-reading/names", test_names);
  g_test_add ("/setup/scenario-reading/scenario", TestScenario, NULL, test_scenario_set_up,
              test_scenario, test_scenario_tear_down);
  return g_test_run ();
}
