/* Names of estimates, and what tells that one belongs to another set-up. */

#include "pisd-name.h"

#include "pisd-test-flow.h"

#include <string.h>

#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"

static PisdScenario *
new_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();

  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 1, NULL));
  g_assert_true (pisd_edit_scatter (scenario, PISD_FIELD_A, 0, 20, 0, 1, NULL));
  return scenario;
}

typedef struct
{
  const char *guidance;
  guint samples, n_samples, n_steps;
  gboolean retuned;
  const char *text;
} Row;

static const Row rows[] = {
  { "pisd", 1, 1, 300, FALSE, "PISD, 300 steps, seed 18446744073709551615" },
  { "pisd", 1, 1, 120, FALSE, "PISD, stopped at step 120 of 300, seed 18446744073709551615" },
  { "dps", 1, 1, 300, TRUE,
    "DPS, 300 steps, seed 18446744073709551615, weights changed on the way" },
  { "none", 1, 1, 300, FALSE, "Unguided, 300 steps, seed 18446744073709551615" },
  { "second-order", 16, 16, 300, FALSE,
    "Second order, 300 steps, mean of 16, seed 18446744073709551615" },
  { "second-order", 16, 7, 300, FALSE,
    "Second order, 300 steps, mean of 7 of 16, seed 18446744073709551615" },
  { "second-order", 16, 1, 300, FALSE,
    "Second order, 300 steps, one of 16 samples, seed 18446744073709551615" },
  { "exact", 16, 16, 300, FALSE, "Exact posterior mean" },
};

static void
test_names (void)
{
  PisdSettings settings;
  PisdName name = { 0 };
  g_autofree char *live = pisd_name_dup (&name);

  pisd_settings_init_default (&settings);
  settings.seed = G_MAXUINT64;
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *text = NULL;

      g_assert_true (pisd_settings_set (&settings, "guidance", rows[k].guidance, NULL));
      settings.samples = rows[k].samples;
      pisd_name_init (&name, &settings);
      name.n_samples = rows[k].n_samples;
      name.n_steps = rows[k].n_steps;
      name.retuned = rows[k].retuned;
      text = pisd_name_dup (&name);
      g_assert_cmpstr (text, ==, rows[k].text);
    }
  g_assert_cmpstr (live, ==, "Live: exact for these sensors");
}

static void
test_weights (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  PisdSettings *settings = &scenario->settings;
  g_autofree char *weights = NULL;
  g_autofree char *sensors = pisd_name_dup_sensors (scenario);

  settings->parameters.zeta[PISD_TERM_OBS (0)] = 0.25;
  settings->parameters.zeta[PISD_TERM_PDE] = 1e9;
  weights = pisd_name_dup_weights (scenario, &settings->parameters);
  g_assert_cmpstr (weights, ==, "weights: a 0.25, equation 1e+09");
  g_assert_cmpstr (sensors, ==, "20 sensors (a\u00a020, u\u00a00)");
  settings->guidance = PISD_GUIDANCE_EXACT;
  g_assert_null (pisd_name_dup_weights (scenario, &settings->parameters));
}

/* Each edit, what it is called, and that taking it back leaves nothing. */

static void
edit_equation (PisdScenario *scenario)
{
  g_assert_true (
      pisd_edit_set_equation (scenario, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2 } }, NULL));
}

static void
edit_truth (PisdScenario *scenario)
{
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 2, NULL));
}

static void
edit_sensors (PisdScenario *scenario)
{
  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_U, 0, 5, 6, 0, 0, NULL));
}

static void
edit_reading (PisdScenario *scenario)
{
  pisd_sensors_edit (scenario->sensors)[3].sd += 0.5;
}

static void
edit_steps (PisdScenario *scenario)
{
  scenario->settings.steps++;
}

static void
edit_weight (PisdScenario *scenario)
{
  scenario->settings.parameters.zeta[PISD_TERM_PDE] *= 2;
}

static void
edit_mean (PisdScenario *scenario)
{
  scenario->settings.mean_sd = 1;
}

static const struct
{
  void (*edit) (PisdScenario *scenario);
  const char *mark;
} edits[] = {
  { edit_equation, "Equation changed" }, { edit_truth, "Truth changed" },
  { edit_sensors, "Sensors changed" },   { edit_reading, "Sensors changed" },
  { edit_steps, "Settings changed" },    { edit_weight, "Settings changed" },
  { edit_mean, "Settings changed" },
};

static guint
find_changes (const PisdScenario *run, const PisdScenario *now)
{
  return pisd_name_find_changes (run, &run->settings.parameters, now);
}

static void
test_marks (void)
{
  g_autoptr (PisdScenario) run = new_scenario ();

  g_assert_null (pisd_name_get_mark (find_changes (run, run)));
  for (guint k = 0; k < G_N_ELEMENTS (edits); k++)
    {
      g_autoptr (PisdScenario) now = pisd_scenario_dup (run);

      edits[k].edit (now);
      g_assert_cmpstr (pisd_name_get_mark (find_changes (run, now)), ==, edits[k].mark);
      g_assert_cmpstr (pisd_name_get_mark (find_changes (now, run)), ==, edits[k].mark);
    }
}

/* What a run heard while it ran is of the run. */
static void
test_weights_of_the_end (void)
{
  g_autoptr (PisdScenario) run = new_scenario ();
  g_autoptr (PisdScenario) now = pisd_scenario_dup (run);

  edit_weight (now);
  g_assert_cmpuint (find_changes (run, now), ==, PISD_CHANGE_SETTINGS);
  g_assert_cmpuint (pisd_name_find_changes (run, &now->settings.parameters, now), ==, 0);
}

/* Sensors of a flow are counted by what titles call its frames. */
static void
test_counts_of_flow (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autofree char *none = NULL, *one = NULL, *several = NULL;
  PisdSensor sensor = { PISD_FIELD_U, 0.5, 0.5, 5 / 9.0, 0.0, 0.0 };

  scenario->settings.problem = test_flow_get_problem ();
  none = pisd_name_dup_counts (scenario);
  g_assert_cmpstr (none, ==, "w(0)\u00a00, w(t)\u00a00");
  pisd_sensors_add (scenario->sensors, &sensor);
  one = pisd_name_dup_counts (scenario);
  g_assert_cmpstr (one, ==, "w(0)\u00a00, w(5/9)\u00a01");
  sensor.t = 1.0;
  pisd_sensors_add (scenario->sensors, &sensor);
  several = pisd_name_dup_counts (scenario);
  g_assert_cmpstr (several, ==, "w(0)\u00a00, w(t)\u00a02 on 2 frames");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/model/name/names", test_names);
  g_test_add_func ("/model/name/weights", test_weights);
  g_test_add_func ("/model/name/marks", test_marks);
  g_test_add_func ("/model/name/weights-of-the-end", test_weights_of_the_end);
  g_test_add_func ("/model/name/counts-of-flow", test_counts_of_flow);
  return g_test_run ();
}
