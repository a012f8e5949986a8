#include <locale.h>

#include "pisd-number.h"
#include "pisd-report.h"
#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-sensors-csv.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

/* Files are the same in a locale that writes 0,5.  Each test skips where the system has no such
 * locale. */

typedef struct
{
  gboolean german;
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "file", NULL);
  fixture->german = setlocale (LC_ALL, "de_DE.UTF-8") != NULL;
  if (!fixture->german)
    {
      g_test_skip ("there is no locale de_DE.UTF-8");
      return;
    }
  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  setlocale (LC_ALL, "C");
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* What people read has their decimal point, where it is a number. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = pisd_number_dup_local ("2.5e-3");
  g_autofree char *word = pisd_number_dup_local ("pisd.random");

  if (!fixture->german)
    return;
  g_assert_cmpstr (number, ==, "2,5e-3");
  g_assert_cmpstr (word, ==, "pisd.random");
}

static void
test_settings_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  if (!fixture->german)
    return;
  pisd_settings_init_default (&settings);
  g_assert_true (pisd_settings_set (&settings, "rho", "6.5", &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (settings.rho, ==, 6.5);
  text = pisd_settings_dup_text (&settings, pisd_settings_find ("rho"));
  g_assert_cmpstr (text, ==, "6.5");
  g_assert_false (pisd_settings_set (&settings, "rho", "6,5", &error));
  test_assert_error (&error, FORMAT, "\"6,5\"");
  g_assert_false (pisd_settings_set (&settings, "rate-high", "-0.5", &error));
  /* Messages are for people. */
  test_assert_error (&error, RANGE, "-0,5", "0 to 1000");
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdSensors) sensors = test_sensors (20);
  g_autoptr (PisdSensors) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!fixture->german)
    return;
  pisd_sensors_edit (sensors)[0] = (PisdSensor){ PISD_FIELD_A, 0.5, 0.25, 0, -1.5, 0 };
  g_assert_true (pisd_sensors_save_csv (sensors, fixture->path, &error));
  text = test_read (fixture->path, NULL);
  g_assert_true (g_str_has_prefix (text, "field,x,y,t,value,sd\na,0.5,0.25,0,-1.5,0\n"));
  back = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_equal (sensors, back));
}

static void
test_scenario (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!fixture->german)
    return;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = test_sensors (20);
  g_assert_true (pisd_scenario_save (scenario, fixture->path, &error));
  text = test_read (fixture->path, NULL);
  g_assert_nonnull (strstr (text, "beta1=0.985\n"));
  back = pisd_scenario_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_equal (scenario->sensors, back->sensors));
  g_assert_cmpfloat (back->settings.parameters.beta1, ==, 0.985);
}

static void
test_report (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdResult result = { .n_fields = 0, .seconds = 1.5, .truth_residual_fd = NAN };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!fixture->german)
    return;
  result.settings = scenario->settings;
  g_assert_true (
      pisd_result_save_json (&result, scenario, NULL, NULL, NULL, fixture->path, &error));
  text = test_read (fixture->path, NULL);
  g_assert_nonnull (strstr (text, "\"seconds\" : 1.5"));
  g_assert_nonnull (strstr (text, "\"beta1\" : 0.98"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/delivery/locale/typed", test_typed);
  ADD ("/delivery/locale/settings", test_settings_text);
  ADD ("/delivery/locale/csv", test_csv);
  ADD ("/delivery/locale/scenario", test_scenario);
  ADD ("/delivery/locale/report", test_report);
  return g_test_run ();
}
