#include "pisd-remarks.h"

#include <string.h>

#include "pisd-test-flow.h"

typedef struct
{
  PisdConsistency consistency;
  double mean_sd;
  const char *pieces[4]; /* of each sentence, in their order */
} Row;

static const Row rows[] = {
  { { 0 }, 0.0, { NULL } },
  { { .n_silent = 1 }, 0.0, { "1 reading says nothing" } },
  { { .n_silent = 7 }, 0.0, { "7 readings say nothing" } },
  { { .n_silent = 3, .n_wrong = 2, .first_wrong = 1 },
    0.0,
    { "Sensor 2, u at x = 0.25, y = 0, reads 3 where the equation fixes 0. 2 such",
      "3 readings say nothing" } },
  { { .n_extreme = 1, .first_extreme = 0, .deviations = 4e9 },
    0.0,
    { "Sensor 1, a at x = 0.5, y = 0.75, reads 1e+09: 4e+09 standard deviations" } },
  { { .scale = PISD_SCALE_TOO_SMALL, .ratio = 0.012 }, 0.0, { "standardised 0.012" } },
  { { .scale = PISD_SCALE_TOO_LARGE, .ratio = 35 }, 0.0, { "(“Unknown mean ±”)?" } },
  { { .scale = PISD_SCALE_TOO_LARGE, .ratio = 35 }, 1.0, { "do not state?" } },
  { { .is_cut = TRUE, .misfit = 40, .bend = 7 },
    0.0,
    { "too fast to be followed on fine grids: the estimate is that of a coarse one, 40 "
      "standard" } },
  { { .misfit = 3.5, .bend = 7 }, 0.0, { "No flow was found that meets the readings" } },
  { { .misfit = 2.5, .bend = 0.12 }, 0.0, { NULL } },
  { { .bend = 0.3 }, 0.0, { "samples moved by 0.3, below 0.13 expected" } },
  { { .n_extreme = 1,
      .deviations = 1e7,
      .n_wrong = 1,
      .first_wrong = 1,
      .n_silent = 1,
      .scale = PISD_SCALE_TOO_LARGE,
      .ratio = 1e6 },
    0.0,
    { "Sensor 1", "Sensor 2", "contradict the prior", "1 reading says" } },
};

static PisdScenario *
scenario_new (double mean_sd)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings.mean_sd = mean_sd;
  pisd_sensors_add (scenario->sensors,
                    &(const PisdSensor){ PISD_FIELD_A, 0.5, 0.75, 0.0, 1e9, 0.0 });
  pisd_sensors_add (scenario->sensors,
                    &(const PisdSensor){ PISD_FIELD_U, 0.25, 0.0, 1.0, 3.0, 0.0 });
  return scenario;
}

/* What the readings are beside the Gaussian prior says nothing of a learned one. */
static void
test_learned (void)
{
  const PisdConsistency consistency = { .scale = PISD_SCALE_TOO_SMALL, .ratio = 0.5 };
  g_autoptr (PisdScenario) scenario = scenario_new (0.0);
  g_auto (GStrv) remarks = NULL;

  g_assert_cmpuint (pisd_remarks_get_kinds (scenario, &consistency), !=, 0);
  scenario->settings.prior = PISD_PRIOR_LEARNED;
  remarks = pisd_remarks_new (scenario, &consistency);
  g_assert_null (remarks[0]);
  g_assert_cmpuint (pisd_remarks_get_kinds (scenario, &consistency), ==, 0);
}

/* One sentence a fault, the gravest first, with sensor, place and numbers. */
static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdScenario) scenario = scenario_new (rows[i].mean_sd);
      g_auto (GStrv) remarks = pisd_remarks_new (scenario, &rows[i].consistency);
      guint n = 0;

      while (n < G_N_ELEMENTS (rows[i].pieces) && rows[i].pieces[n] != NULL)
        n++;
      if (g_strv_length (remarks) != n)
        g_error ("row %u: got %u remarks, expected %u", i, g_strv_length (remarks), n);
      for (guint k = 0; k < n; k++)
        if (strstr (remarks[k], rows[i].pieces[k]) == NULL)
          g_error ("row %u: got \"%s\", expected \"%s\"", i, remarks[k], rows[i].pieces[k]);
    }
}

/* Other kinds have other bits, other sensors of the same kind have the same. */
static void
test_kinds (void)
{
  static const PisdConsistency kinds[] = {
    { 0 },
    { .n_silent = 2 },
    { .n_wrong = 2 },
    { .n_extreme = 2 },
    { .n_wrong = 2, .n_extreme = 2 },
    { .scale = PISD_SCALE_TOO_SMALL },
    { .scale = PISD_SCALE_TOO_LARGE },
    { .scale = PISD_SCALE_TOO_LARGE, .n_silent = 2 },
    { .is_cut = TRUE },
    { .bend = 1.0 },
  };
  g_autoptr (PisdScenario) scenario = scenario_new (0.0);
  PisdConsistency other = kinds[4];

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
      g_assert_true ((pisd_remarks_get_kinds (scenario, &kinds[i])
                      == pisd_remarks_get_kinds (scenario, &kinds[j]))
                     == (i == j));
  other.first_wrong = 5;
  other.n_extreme = 9;
  g_assert_cmpuint (pisd_remarks_get_kinds (scenario, &other), ==,
                    pisd_remarks_get_kinds (scenario, &kinds[4]));
}

/* Nothing is said up to the limit, nor of a number that there is not. */
static void
test_beyond (void)
{
  g_autofree char *text = pisd_remarks_dup_beyond (2.0 * PISD_CONSISTENCY_BEYOND);

  g_assert_null (pisd_remarks_dup_beyond (PISD_CONSISTENCY_BEYOND));
  g_assert_null (pisd_remarks_dup_beyond (NAN));
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "20 times as large"));
}

/* Of a flow: sensors at times between two frames; a steady equation has no times. */
static void
test_between_frames (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const PisdConsistency none = { 0 };
  const double times[] = { 1.0, 0.3, 0.3333, 0.9 };
  g_auto (GStrv) steady = NULL;
  g_auto (GStrv) remarks = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (times); k++)
    pisd_sensors_add (scenario->sensors,
                      &(const PisdSensor){ PISD_FIELD_U, 0.5, 0.5, times[k], 0.0, 0.0 });
  steady = pisd_remarks_new (scenario, &none);
  g_assert_cmpuint (g_strv_length (steady), ==, 0);
  g_assert_cmpuint (pisd_remarks_get_kinds (scenario, &none), ==, 0);
  scenario->settings.problem = test_flow_get_problem ();
  remarks = pisd_remarks_new (scenario, &none);
  g_assert_cmpuint (g_strv_length (remarks), ==, 1);
  g_assert_cmpuint (pisd_remarks_get_kinds (scenario, &none), !=, 0);
  g_assert_nonnull (strstr (remarks[0], "Sensor 2 is at t = 0.3, between two frames"));
  g_assert_nonnull (strstr (remarks[0], "t = 3/9. 2 such sensors in all"));
}

/* Sensors of a flow are called by the frame that they are on, and nobody is advised to a mean that
 * its equation does not have. */
static void
test_flow (void)
{
  const PisdConsistency consistency = { .n_extreme = 1,
                                        .first_extreme = 0,
                                        .n_wrong = 1,
                                        .first_wrong = 1,
                                        .scale = PISD_SCALE_TOO_LARGE,
                                        .ratio = 35 };
  g_autoptr (PisdScenario) scenario = scenario_new (0.0);
  g_auto (GStrv) remarks = NULL;

  pisd_sensors_edit (scenario->sensors)[1].t = 5 / 9.0;
  scenario->settings.problem = test_flow_get_problem ();
  remarks = pisd_remarks_new (scenario, &consistency);
  g_assert_cmpuint (g_strv_length (remarks), ==, 3);
  g_assert_nonnull (strstr (remarks[0], "Sensor 1, w(0) at x = 0.5"));
  g_assert_nonnull (strstr (remarks[1], "Sensor 2, w(5/9) at x = 0.25"));
  g_assert_nonnull (strstr (remarks[2], "do not state?"));
}

/* A truth that lost a mean, and one that lost what is rounding. */
static void
test_lost_mean (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdField) source = pisd_field_new (TEST_S, TEST_S);
  const PisdConsistency none = { 0 };

  scenario->settings.problem = test_flow_get_problem ();
  for (guint i = 0; i < 2; i++)
    {
      g_auto (GStrv) remarks = NULL;

      for (guint p = 0; p < TEST_S * TEST_S; p++)
        source->data[p] = sin (2.0 * G_PI * (p % TEST_S) / TEST_S) + (i == 0 ? 0.25 : 1e-6);
      pisd_instance_unref (scenario->instance);
      scenario->instance = pisd_instance_new_from_source (
          TEST_EQUATION (scenario->settings.problem, 1e-3), source, NULL, NULL);
      remarks = pisd_remarks_new (scenario, &none);
      g_assert_cmpuint (g_strv_length (remarks), ==, 1 - i);
      g_assert_true ((pisd_remarks_get_kinds (scenario, &none) == 0) == (i == 1));
      if (i == 0)
        g_assert_nonnull (strstr (remarks[0], "mean, 0.25, was taken away"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/model/remarks/sentences", test_sentences);
  g_test_add_func ("/model/remarks/kinds", test_kinds);
  g_test_add_func ("/model/remarks/beyond", test_beyond);
  g_test_add_func ("/model/remarks/between-frames", test_between_frames);
  g_test_add_func ("/model/remarks/flow", test_flow);
  g_test_add_func ("/model/remarks/lost-mean", test_lost_mean);
  g_test_add_func ("/model/remarks/learned", test_learned);
  return g_test_run ();
}
