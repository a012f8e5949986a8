/* Conditions of lessons: which there are, when they hold, and what is said of wrong ones. */

#include "pisd-lesson-condition.h"
#include "pisd-test-lesson.h"

static const PisdLessonSubject fields = { PISD_STAGE_FIELDS, 0 };

/* Five sensors on u, no run. */
static PisdScenario *
make_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  PisdSensor sensor = { .field = problem->fields[1].id, .y = 0.5 };

  scenario->settings.steps = 40;
  scenario->settings.guidance = PISD_GUIDANCE_DPS;
  for (guint k = 0; k < 5; k++)
    {
      sensor.x = 0.1 * (k + 1);
      pisd_sensors_add (scenario->sensors, &sensor);
    }
  return scenario;
}

/* What is not known holds in no way, not even as what it is not. */
static void
test_holds (void)
{
  static const struct
  {
    const char *text;
    gboolean holds;
  } rows[] = {
    { "sensors < 6", TRUE },
    { "sensors < 5", FALSE },
    { "sensors <= 5", TRUE },
    { "sensors > 4", TRUE },
    { "sensors > 5", FALSE },
    { "sensors >= 5", TRUE },
    { "sensors-u > 4", TRUE },
    { "sensors-a > 0", FALSE },
    { "steps >= 4e1", TRUE },
    { "guidance is dps", TRUE },
    { "guidance is pisd", FALSE },
    { "guidance is not pisd", TRUE },
    { "guidance is not dps", FALSE },
    { "did run", TRUE },
    { "did scrub", FALSE },
    { "did branch", TRUE },
    { "error-u < 1000", FALSE },
    { "error-u > 0", FALSE },
    { "exact-u >= 0", FALSE },
    { "sigma >= 0", FALSE },
    { "shown >= 0", FALSE },
    { "  sensors   <  6  and did run and guidance  is not  pisd ", TRUE },
    { "sensors < 6 and did scrub", FALSE },
  };
  g_autoptr (PisdScenario) scenario = make_scenario ();
  const PisdLessonFacts facts = { .scenario = scenario,
                                  .deeds = 1u << PISD_DEED_RUN | 1u << PISD_DEED_BRANCH };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdLessonCondition) condition =
          pisd_lesson_condition_new (rows[k].text, &fields, &error);

      g_assert_no_error (error);
      if (pisd_lesson_condition_holds (condition, &facts) != rows[k].holds)
        g_error ("`%s`: expected that it %s", rows[k].text, rows[k].holds ? "holds" : "does not");
    }
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    gboolean of_run, of_exact;
  } rows[] = {
    { "sensors < 1 and did run", FALSE, FALSE },
    { "guidance is pisd", FALSE, FALSE },
    { "error-u < 1", TRUE, FALSE },
    { "sensors < 1 and shown < 34", TRUE, FALSE },
    { "ratio-a < 1", TRUE, TRUE },
    { "exact-u < 1", TRUE, TRUE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (PisdLessonCondition) condition =
          pisd_lesson_condition_new (rows[k].text, &fields, NULL);

      g_assert_cmpint (pisd_lesson_condition_is_of_run (condition), ==, rows[k].of_run);
      g_assert_cmpint (pisd_lesson_condition_is_of_exact (condition), ==, rows[k].of_exact);
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text, *needle;
  } rows[] = {
    { "", "FACT < NUMBER" },
    { " and ", "FACT < NUMBER" },
    { "sensors", "FACT < NUMBER" },
    { "sensors <", "FACT < NUMBER" },
    { "sensors = 3", "FACT < NUMBER" },
    { "sensors < three", "FACT < NUMBER" },
    { "sensors < 3 4", "FACT < NUMBER" },
    { "sensors < 3 and", "FACT < NUMBER" },
    { "errors < 3", "got \"errors\"" },
    { "error-w < 3", "got \"error-w\"" },
    { "error- < 3", "got \"error-\"" },
    { "share-x > 1", "got \"share-x\"" },
    { "course-pde < 1", "got \"course-pde\"" },
    { "steps is 3", "a setting with choices" },
    { "error-u is small", "a setting with choices" },
    { "guidance is adam", "none, dps, pisd" },
    { "guidance is not", "none, dps, pisd" },
    { "guidance is not not pisd", "SETTING is CHOICE" },
    { "did nothing", "run, scrub, sensor" },
    { "did", "FACT < NUMBER" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      if (pisd_lesson_condition_new (rows[k].text, &fields, &error) != NULL)
        g_error ("`%s`: got a condition, expected an error", rows[k].text);
      if (strstr (error->message, rows[k].needle) == NULL)
        g_error ("`%s`: got `%s`, expected `%s`", rows[k].text, error->message, rows[k].needle);
    }
}

/* In a lab there are only runs. */
static void
test_lab (void)
{
  const PisdLessonSubject lab = { PISD_STAGE_TRAINING, 0 };
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (PISD_LAB_TRAINING);
  g_autoptr (PisdLessonCondition) condition =
      pisd_lesson_condition_new ("did run and norm < 7", &lab, NULL);
  const PisdLabResult result = { .lab = PISD_LAB_TRAINING, .norm = 6.5 };
  PisdLessonFacts facts = { .lab = setup, .deeds = 1u << PISD_DEED_RUN };
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_lesson_condition_holds (condition, &facts));
  facts.lab_result = &result;
  g_assert_true (pisd_lesson_condition_holds (condition, &facts));
  g_assert_null (pisd_lesson_condition_new ("did scrub", &lab, &error));
  g_assert_nonnull (strstr (error->message, "expected run"));
}

/* Every deed has a name that is found again. */
static void
test_deeds (void)
{
  for (PisdDeed deed = 0; deed < PISD_N_DEEDS; deed++)
    {
      PisdDeed found;

      g_assert_true (pisd_deed_find (pisd_deed_get_name (deed), &found));
      g_assert_cmpint (found, ==, deed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson-condition/holds", test_holds);
  g_test_add_func ("/model/lesson-condition/kinds", test_kinds);
  g_test_add_func ("/model/lesson-condition/wrong", test_wrong);
  g_test_add_func ("/model/lesson-condition/lab", test_lab);
  g_test_add_func ("/model/lesson-condition/deeds", test_deeds);
  return g_test_run ();
}
