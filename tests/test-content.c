/* What an opened file holds, and what becomes of a scenario with it. */

#include "pisd-content.h"

#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test.h"
#include "pisd-truth.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "some.file");
}

/* A truth, and no sensors. */
static PisdScenario *
new_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();

  g_assert_true (pisd_truth_set_random (scenario, NULL));
  return scenario;
}

static PisdContent *
read_content (TestFile *fixture, const PisdScenario *scenario, PisdCancel *cancel, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (&scenario->settings);
  g_autoptr (PisdInput) input = pisd_input_open (fixture->path, cancel, NULL);

  g_assert_nonnull (input);
  return pisd_content_read (input, &equation, error);
}

static PisdContent *
read_text (TestFile *fixture, const char *text, const PisdScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  PisdContent *content;

  test_write (fixture->path, text, strlen (text));
  content = read_content (fixture, scenario, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* Readings that contradict the truth end it; the scenario itself is left alone. */
static void
test_readings (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content =
      read_text (fixture, "field,x,y,value\na,0.5,0.5,1e9\n", scenario);
  g_autoptr (PisdScenario) other = pisd_content_dup_scenario (content, scenario);

  g_assert_false (pisd_content_is_whole (content));
  g_assert_cmpuint (other->sensors->n, ==, 1);
  g_assert_null (other->instance);
  g_assert_cmpuint (scenario->sensors->n, ==, 0);
  g_assert_nonnull (scenario->instance);
}

/* The fields come with the path, by which they are saved, and fit their equation alone. */
static void
test_fields (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdScenario) other = NULL;
  g_autoptr (PisdContent) content = NULL;

  g_assert_true (pisd_instance_save_npz (scenario->instance, fixture->path, NULL));
  content = read_content (fixture, scenario, NULL, NULL);
  other = pisd_content_dup_scenario (content, scenario);
  g_assert_true (pisd_instance_equal (other->instance, scenario->instance));
  g_assert_cmpstr (other->truth_path, ==, fixture->path);
  scenario->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_false (pisd_content_fits (content, scenario));
}

/* A scenario is put in the place of any. */
static void
test_scenario (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = read_text (fixture, "[scenario]\nsteps=12\n", scenario);
  g_autoptr (PisdScenario) other = NULL;

  scenario->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_true (pisd_content_is_whole (content));
  g_assert_true (pisd_content_fits (content, scenario));
  other = pisd_content_dup_scenario (content, scenario);
  g_assert_cmpuint (other->settings.steps, ==, 12);
  g_assert_cmpint (other->settings.problem, ==, PISD_PROBLEM_POISSON);
}

static void
test_refused (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, "words", 5);
  g_assert_null (read_content (fixture, scenario, NULL, &error));
  test_assert_error (&error, UNKNOWN, "some.file: this kind of file cannot be opened");
}

/* Whatever it is at, it says that it was stopped, and not that it is a strange file. */
static void
test_stops (TestFile *fixture, gconstpointer data)
{
  static const char text[] = "field,x,y,value\na,0.5,0.5,1\na,0.25,0.5,1\n";
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = NULL;
  guint limit;

  test_write (fixture->path, text, strlen (text));
  for (limit = 0; content == NULL; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (GError) error = NULL;

      content = read_content (fixture, scenario, cancel, &error);
      if (content == NULL)
        test_assert_error (&error, CANCELLED, "some.file");
    }
  g_assert_cmpuint (limit, >, 5);
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/model/content/sensors", test_readings);
  ADD ("/model/content/fields", test_fields);
  ADD ("/model/content/scenario", test_scenario);
  ADD ("/model/content/refused", test_refused);
  ADD ("/model/content/stops", test_stops);
  return g_test_run ();
}
