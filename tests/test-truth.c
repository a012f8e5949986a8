/* Where a scenario's truth comes from. */

#include "pisd-truth.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-test.h"

static PisdField *
new_bump (void)
{
  PisdField *source = pisd_field_new (PISD_GRID, PISD_GRID);

  source->data[(gsize) 40 * PISD_GRID + 70] = 1;
  return source;
}

static char *
save_truth (const PisdScenario *scenario, char **folder)
{
  g_autoptr (GError) error = NULL;
  char *path;

  *folder = g_dir_make_tmp ("pisd-truth-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (*folder, "truth.npz", NULL);
  g_assert_true (pisd_instance_save_npz (scenario->instance, path, &error));
  g_assert_no_error (error);
  return path;
}

static void
remove_truth (const char *folder, const char *path)
{
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_kinds (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdField) source = new_bump ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_NONE);
  g_assert_true (pisd_truth_set_random (scenario, NULL));
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_RANDOM);
  scenario->settings.instance_seed++; /* the settings name another one now */
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_DRAWN);
  g_assert_true (pisd_truth_set_source (scenario, source, NULL));
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_DRAWN);
  path = save_truth (scenario, &folder);
  g_assert_true (pisd_truth_open (scenario, path, NULL));
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_FILE);
  g_assert_true (pisd_truth_open (scenario, scenario->truth_path, NULL)); /* its own, once more */
  g_assert_cmpstr (scenario->truth_path, ==, path);
  pisd_truth_forget (scenario);
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_NONE);
  g_assert_null (scenario->truth_path);
  remove_truth (folder, path);
}

/* A file with the same fields is another truth: it is saved otherwise. */
static void
test_equal (void)
{
  g_autoptr (PisdScenario) a = pisd_scenario_new ();
  g_autoptr (PisdScenario) b = pisd_scenario_new ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_assert_true (pisd_truth_equal (a, b));
  g_assert_true (pisd_truth_set_random (a, NULL));
  g_assert_false (pisd_truth_equal (a, b));
  g_assert_true (pisd_truth_set_random (b, NULL));
  g_assert_true (a->instance != b->instance && pisd_truth_equal (a, b));
  b->settings.instance_seed++;
  g_assert_true (pisd_truth_set_random (b, NULL));
  g_assert_false (pisd_truth_equal (a, b));
  path = save_truth (b, &folder);
  pisd_truth_forget (a);
  a->instance = pisd_instance_ref (b->instance);
  g_assert_true (pisd_truth_equal (a, b));
  g_assert_true (pisd_truth_open (a, path, NULL));
  g_assert_false (pisd_truth_equal (a, b));
  remove_truth (folder, path);
}

static void
test_failure_changes_nothing (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;
  PisdInstance *instance;

  g_assert_true (pisd_truth_set_random (scenario, NULL));
  instance = scenario->instance;
  g_assert_false (pisd_truth_open (scenario, "/nowhere/at/all.npz", &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  g_assert_true (scenario->instance == instance && scenario->truth_path == NULL);
}

static const PisdField *
get_source (const PisdScenario *scenario)
{
  return pisd_instance_get_field (scenario->instance, PISD_FIELD_A);
}

/* A source drawn by hand is kept, a random one is drawn anew, and none stays none. */
static void
test_solve_again (void)
{
  g_autoptr (PisdScenario) before = pisd_scenario_new ();
  g_autoptr (PisdScenario) after = NULL;
  g_autoptr (PisdField) source = new_bump ();

  after = pisd_scenario_dup (before);
  after->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  after->settings.constants[0] = 3;
  after->settings.instance_seed++;
  g_assert_true (pisd_truth_solve_again (after, before, NULL));
  g_assert_null (after->instance);

  g_assert_true (pisd_truth_set_source (before, source, NULL));
  g_assert_true (pisd_truth_solve_again (after, before, NULL));
  g_assert_cmpint (pisd_instance_get_equation (after->instance)->problem, ==,
                   PISD_PROBLEM_HELMHOLTZ);
  g_assert_cmpfloat (pisd_field_relative_error (get_source (after), source), ==, 0);
  g_assert_cmpfloat (
      pisd_field_relative_error (pisd_instance_get_field (after->instance, PISD_FIELD_U),
                                 pisd_instance_get_field (before->instance, PISD_FIELD_U)),
      >, 1e-3);

  g_assert_true (pisd_truth_set_random (before, NULL));
  g_assert_true (pisd_truth_solve_again (after, before, NULL));
  g_assert_cmpint (pisd_truth_get_kind (after), ==, PISD_TRUTH_RANDOM);
  g_assert_cmpfloat (pisd_field_relative_error (get_source (after), get_source (before)), >, 0.1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/truth/kinds", test_kinds);
  g_test_add_func ("/setup/truth/equal", test_equal);
  g_test_add_func ("/setup/truth/failure-changes-nothing", test_failure_changes_nothing);
  g_test_add_func ("/setup/truth/solve-again", test_solve_again);
  return g_test_run ();
}
