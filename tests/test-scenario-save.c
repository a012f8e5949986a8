#include "pisd-scenario-save.h"

#include "pisd-test-flow.h"
#include "pisd-test-scenario.h"
#include "pisd-truth.h"

/* The random truth needs no file. */
static void
test_random_truth (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) back = test_save_and_load (scenario, fixture->path);

  test_assert_same_scenario (scenario, back);
  g_assert_null (back->truth_path);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

static void
test_no_truth (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;

  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  back = test_save_and_load (scenario, fixture->path);
  g_assert_null (back->instance);
  test_assert_same_scenario (scenario, back);
}

/* A flow: its sensors keep their frames, and a drawn one is saved beside it, frame by frame. */
static void
test_flow (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdField) source = test_draw_source ();
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  pisd_settings_set_equation (&scenario->settings, TEST_EQUATION (test_flow_get_problem (), 1e-3));
  pisd_truth_set_source (scenario, source, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < 9; k++)
    pisd_sensors_add (scenario->sensors,
                      &(const PisdSensor){ PISD_FIELD_U, 0.5, 0.25, (k + 1) / 9.0, 0.1 * k, 0.0 });
  back = test_save_and_load (scenario, fixture->path);
  test_assert_same_scenario (scenario, back);
  test_assert_below (pisd_instance_get_mismatch (back->instance), 1e-12);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "rows=u,0.5,0.25,0.1111111111111111,0,0;"));
}

/* A hand-drawn truth is written beside the scenario, and both may move together. */
static void
test_drawn_truth (TestScenario *fixture, gconstpointer data)
{
  g_autofree char *moved = g_build_filename (fixture->directory, "moved", NULL);
  g_autofree char *moved_path = g_build_filename (moved, "other.pisd", NULL);
  g_autofree char *moved_truth = g_build_filename (moved, "demo-truth.npz", NULL);
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (PisdScenario) again = NULL;
  g_autoptr (GError) error = NULL;

  test_draw_truth (scenario);
  back = test_save_and_load (scenario, fixture->path);
  test_assert_same_scenario (scenario, back);
  g_assert_cmpstr (back->truth_path, ==, fixture->truth_path);

  g_assert_cmpint (g_mkdir (moved, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->path, moved_path), ==, 0);
  g_assert_cmpint (g_rename (fixture->truth_path, moved_truth), ==, 0);
  again = pisd_scenario_load (moved_path, &error);
  g_assert_no_error (error);
  test_assert_same_scenario (scenario, again);
}

/* The truth of a scenario that is replaced stays until the new one is there: by turns each has one of
 * two names, and what is the same is not written again. */
static void
test_drawn_again (TestScenario *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->directory, "demo-truth-2.npz", NULL);
  const char *const names[] = { fixture->truth_path, other, fixture->truth_path };
  g_autoptr (PisdScenario) scenario = test_scenario_new ();

  test_draw_truth (scenario);
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autoptr (PisdScenario) back = test_save_and_load (scenario, fixture->path);
      g_autoptr (PisdScenario) same = test_save_and_load (scenario, fixture->path);

      g_assert_cmpstr (back->truth_path, ==, names[k]);
      g_assert_cmpstr (same->truth_path, ==, names[k]);
      test_assert_same_scenario (scenario, same);
      g_assert_cmpuint (test_directory_count (fixture->directory), ==, 2);
      scenario->settings.constants[0] += 0.25; /* another solution of the same source */
      test_draw_truth (scenario);
    }
}

/* A set-up that undo has brought back names a file that has gone with a later one. */
static void
test_drawn_undone (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) first = NULL;
  g_autoptr (PisdScenario) back = NULL;

  test_draw_truth (scenario);
  first = test_save_and_load (scenario, fixture->path);
  scenario->settings.constants[0] += 0.25;
  test_draw_truth (scenario);
  pisd_scenario_free (test_save_and_load (scenario, fixture->path));
  g_assert_false (g_file_test (first->truth_path, G_FILE_TEST_EXISTS));
  back = test_save_and_load (first, fixture->path);
  test_assert_same_scenario (first, back);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 2);
}

/* A truth file keeps its place: relative below the scenario, else absolute. */
static void
test_file_truth (TestScenario *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "späte ; Daten", NULL);
  g_autofree char *inner_path = g_build_filename (folder, "inner.pisd", NULL);
  g_autofree char *text = NULL;
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) beside = NULL;
  g_autoptr (PisdScenario) above = NULL;

  test_draw_truth (scenario);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  scenario->truth_path = g_build_filename (folder, " t.npz", NULL);
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));

  beside = test_save_and_load (scenario, fixture->path);
  test_assert_same_scenario (scenario, beside);
  text = test_read (fixture->path, NULL);
  g_assert_null (strstr (text, fixture->directory));

  scenario->truth_path[strlen (scenario->truth_path) - 1] = 'Z';
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));
  above = test_save_and_load (scenario, inner_path);
  test_assert_same_scenario (scenario, above);
  g_free (scenario->truth_path);
  scenario->truth_path = g_build_filename (fixture->directory, "up.npz", NULL);
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));
  pisd_scenario_free (above);
  above = test_save_and_load (scenario, inner_path);
  g_assert_cmpstr (above->truth_path, ==, scenario->truth_path);
  test_assert_same_scenario (scenario, above);
}

static void
test_full_set (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;

  pisd_sensors_free (scenario->sensors);
  scenario->sensors = test_sensors (PISD_MAX_SENSORS / 2);
  back = test_save_and_load (scenario, fixture->path);
  g_assert_true (pisd_sensors_equal (scenario->sensors, back->sensors));
}

static void
test_save_failure (TestScenario *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "x.pisd", NULL);
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_scenario_save (scenario, path, &error));
  test_assert_error (&error, IO, path);
  test_draw_truth (scenario);
  g_assert_false (pisd_scenario_save (scenario, path, &error));
  test_assert_error (&error, IO, "x-truth.npz");
  g_free (scenario->truth_path);
  scenario->truth_path = g_strdup ("/\xff.npz"); /* wherever the test runs */
  g_assert_false (pisd_scenario_save (scenario, fixture->path, &error));
  test_assert_error (&error, FORMAT, fixture->path, "\\xff.npz");
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
}

#define ADD(path, function) \
  g_test_add (path, TestScenario, NULL, test_scenario_set_up, function, test_scenario_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  ADD ("/setup/scenario-save/random-truth", test_random_truth);
  ADD ("/setup/scenario-save/no-truth", test_no_truth);
  ADD ("/setup/scenario-save/drawn-truth", test_drawn_truth);
  ADD ("/setup/scenario-save/drawn-again", test_drawn_again);
  ADD ("/setup/scenario-save/drawn-undone", test_drawn_undone);
  ADD ("/setup/scenario-save/flow", test_flow);
  ADD ("/setup/scenario-save/file-truth", test_file_truth);
  ADD ("/setup/scenario-save/full-set", test_full_set);
  ADD ("/setup/scenario-save/failure", test_save_failure);
  return g_test_run ();
}
