/* Courses of weights: pisd-course, the settings that hold them, and the guidance that follows. */
#include "pisd-course.h"

#include "pisd-error.h"
#include "pisd-guidance.h"
#include "pisd-name.h"
#include "pisd-run.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define STEPS 12

static PisdCourse
parse (const char *text)
{
  PisdCourse course = { 0 };
  g_autoptr (GError) error = NULL;

  pisd_course_parse (text, &course, &error);
  g_assert_no_error (error);
  return course;
}

/* At the points what they say, between them the straight line, beyond them the outermost. */
static void
test_values (void)
{
  const PisdCourse none = { 0 }, one = parse ("0.3:2.5"), few = parse ("0.25:1  0.5:0.2 1:3");

  for (double t = 0.0; t <= 1.0; t += 0.125)
    {
      g_assert_cmpfloat (pisd_course_get (&none, t), ==, 1.0);
      g_assert_cmpfloat (pisd_course_get (&one, t), ==, 2.5);
    }
  g_assert_cmpfloat (pisd_course_get (&few, 0.0), ==, 1.0);
  g_assert_cmpfloat (pisd_course_get (&few, 0.25), ==, 1.0);
  test_assert_close (pisd_course_get (&few, 0.375), 0.6, 1e-15);
  g_assert_cmpfloat (pisd_course_get (&few, 0.5), ==, 0.2);
  test_assert_close (pisd_course_get (&few, 0.75), 1.6, 1e-15);
  g_assert_cmpfloat (pisd_course_get (&few, 1.0), ==, 3.0);
}

static void
test_text (void)
{
  static const char *const texts[] = { "", "0:1", "0:1 0.5:0.2 1:1",
                                       "0.1:0 0.30000000000000004:7" };
  const PisdCourse spaced = parse (" 0:1,\t0.5:2  ");
  g_autofree char *tidy = pisd_course_dup_text (&spaced);

  g_assert_cmpstr (tidy, ==, "0:1 0.5:2");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const PisdCourse course = parse (texts[i]);
      g_autofree char *text = pisd_course_dup_text (&course);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

/* Every message says which setting, which point, what it got and what it expected. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *text, *point, *got, *expected;
    PisdError code;
  } rows[] = {
    { "x", "point 1", "\"x\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "0:1 0.5", "point 2", "\"0.5\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "0:1:2", "point 1", "\"0:1:2\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "nan:1", "point 1", "\"nan:1\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "0:inf", "point 1", "\"0:inf\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { ":", "point 1", "\":\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "0,5:1", "point 1", "\"0\"", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "0:1\n1:1", "point 1", "0:1", "as in 0.5:0.2", PISD_ERROR_FORMAT },
    { "-0.1:1", "point 1", "\"-0.1:1\"", "from 0 to 1", PISD_ERROR_RANGE },
    { "0:1 1.1:1", "point 2", "\"1.1:1\"", "from 0 to 1", PISD_ERROR_RANGE },
    { "0.5:1 0.5:2", "point 2", "\"0.5:2\"", "later", PISD_ERROR_RANGE },
    { "1:1 0:1", "point 2", "\"0:1\"", "later", PISD_ERROR_RANGE },
    { "0:-1", "point 1", "\"0:-1\"", "from 0 to 1000", PISD_ERROR_RANGE },
    { "0:1001", "point 1", "\"0:1001\"", "from 0 to 1000", PISD_ERROR_RANGE },
    { "0:1 .1:1 .2:1 .3:1 .4:1 .5:1 .6:1 .7:1 .8:1 .85:1 .9:1 .95:1 1:2", "point 13", "\"1:2\"",
      "at most 12", PISD_ERROR_LIMIT },
  };
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  g_assert_true (pisd_settings_set (&settings, "course-pde", "0:3", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;

      g_assert_false (pisd_settings_set (&settings, "course-pde", rows[i].text, &error));
      g_assert_error (error, PISD_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, "course-pde: "));
      g_assert_nonnull (strstr (error->message, rows[i].point));
      g_assert_nonnull (strstr (error->message, rows[i].got));
      g_assert_nonnull (strstr (error->message, rows[i].expected));
      kept = pisd_settings_dup_text (&settings, pisd_settings_find ("course-pde"));
      g_assert_cmpstr (kept, ==, "0:3");
    }
}

static PisdScenario *
scenario_new (PisdGuidanceId guidance)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  *settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  pisd_settings_apply_preset (settings, guidance, PISD_TASK_FORWARD, FALSE);
  settings->steps = STEPS;
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (settings->problem, 1.0), PISD_FAMILY_GRF, 5, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 40, 0.0, 6);
  return scenario;
}

static PisdScenario *
scenario_new_with (const PisdScenario *scenario, const char *pde, const char *obs_a)
{
  PisdScenario *copy = pisd_scenario_dup (scenario);

  g_assert_true (pisd_settings_set (&copy->settings, "course-pde", pde, NULL));
  g_assert_true (pisd_settings_set (&copy->settings, "course-obs-a", obs_a, NULL));
  return copy;
}

static gboolean
is_same (const PisdScenario *a, const PisdScenario *b)
{
  g_autoptr (PisdResult) one = pisd_run (a, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdResult) other = pisd_run (b, NULL, 1, NULL, NULL, NULL);

  return memcmp (one->samples[0], other->samples[0], sizeof (double) * PISD_GRID * PISD_GRID) == 0;
}

/* A course of ones leaves every bit, a course of twos is a weight that is twice as large, another
 * one leads elsewhere; methods without weights do not look at it. */
static void
test_runs (gconstpointer data)
{
  const PisdGuidanceId guidance = GPOINTER_TO_INT (data);
  g_autoptr (PisdScenario) plain = scenario_new (guidance);
  g_autoptr (PisdScenario) ones = scenario_new_with (plain, "0:1 0.4:1 1:1", "0.5:1");
  g_autoptr (PisdScenario) twos = scenario_new_with (plain, "0:2", "0:2 1:2");
  g_autoptr (PisdScenario) ramp = scenario_new_with (plain, "", "0:1 1:0");
  g_autoptr (PisdScenario) twice = pisd_scenario_dup (plain);
  const gboolean weighs = pisd_method_get (guidance)->uses & PISD_USES_WEIGHTS;

  twice->settings.parameters.zeta[PISD_TERM_PDE] *= 2.0;
  twice->settings.parameters.zeta[PISD_TERM_OBS (0)] *= 2.0;
  g_assert_true (is_same (plain, ones));
  g_assert_true (is_same (twice, twos));
  g_assert_cmpint (is_same (plain, ramp), ==, !weighs);
}

/* The weight in force is the method's own, as it was set last, times the course of that moment. */
static void
test_weights (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_GUIDANCE_DPS);
  g_autoptr (PisdRepresentation) representation =
      pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdGuidance) dps = pisd_guidance_new (PISD_GUIDANCE_DPS, representation);
  g_autoptr (PisdGuidance) pisd = pisd_guidance_new (PISD_GUIDANCE_PISD, representation);
  PisdGuidanceParameters parameters = scenario->settings.parameters;
  double zeta[PISD_N_TERMS];

  parameters.zeta[PISD_TERM_PDE] = 6.0;
  parameters.zeta[PISD_TERM_OBS (0)] = 5.0;
  parameters.late_start = 0.8;
  parameters.late_factor = 0.1;
  parameters.courses[PISD_TERM_PDE] = parse ("0:1 1:3");
  parameters.courses[PISD_TERM_OBS (0)] = parse ("0.5:2");
  pisd_guidance_get_weights (pisd, &parameters, 3, 12, zeta);
  g_assert_cmpfloat (zeta[PISD_TERM_PDE], ==, 9.0);
  g_assert_cmpfloat (zeta[PISD_TERM_OBS (0)], ==, 10.0);
  pisd_guidance_get_weights (dps, &parameters, 3, 12, zeta);
  g_assert_cmpfloat (zeta[PISD_TERM_PDE], ==, 0.0);
  pisd_guidance_get_weights (dps, &parameters, 12, 12, zeta);
  g_assert_cmpfloat (zeta[PISD_TERM_PDE], ==, 18.0);
  g_assert_cmpfloat (zeta[PISD_TERM_OBS (0)], ==, 1.0);
}

/* Names of runs and of their weights tell of it, where the method has weights. */
static void
test_names (void)
{
  g_autoptr (PisdScenario) plain = scenario_new (PISD_GUIDANCE_PISD);
  g_autoptr (PisdScenario) ramp = scenario_new_with (plain, "0:1 0.5:0.2 1:1", "");
  g_autofree char *without = pisd_name_dup_weights (plain, &plain->settings.parameters);
  g_autofree char *with = pisd_name_dup_weights (ramp, &ramp->settings.parameters);
  g_autofree char *called = NULL;
  g_autofree char *unguided = NULL;
  PisdName name;

  g_assert_null (strstr (without, "→"));
  g_assert_nonnull (strstr (with, "equation 0.0005 × 1 → 0.2 → 1"));
  pisd_name_init (&name, &ramp->settings);
  called = pisd_name_dup (&name);
  g_assert_nonnull (strstr (called, "weights with a course"));
  ramp->settings.guidance = PISD_GUIDANCE_NONE;
  unguided = pisd_name_dup (&name);
  g_assert_null (strstr (unguided, "course"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/course/values", test_values);
  g_test_add_func ("/model/course/text", test_text);
  g_test_add_func ("/model/course/hostile", test_hostile);
  g_test_add_func ("/model/course/weights", test_weights);
  g_test_add_func ("/model/course/names", test_names);
  for (guint g = 0; g < PISD_N_GUIDANCES; g++)
    {
      g_autofree char *path =
          g_strdup_printf ("/model/course/runs/%s", pisd_method_get (g)->choice.name);

      g_test_add_data_func (path, GUINT_TO_POINTER (g), test_runs);
    }
  return g_test_run ();
}
