/* Edits of a scenario: sensors, truth, presets, and what they changed. */

#include "pisd-edit.h"

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-error.h"
#include "pisd-prior-choice.h"
#include "pisd-sources.h"
#include "pisd-truth.h"

static PisdScenario *
new_scenario (guint n_sensors)
{
  PisdScenario *scenario = pisd_scenario_new ();
  const PisdSettings *settings = &scenario->settings;

  g_assert_true (
      pisd_edit_set_random_instance (scenario, settings->family, settings->instance_seed, NULL));
  if (n_sensors > 0)
    g_assert_true (pisd_edit_scatter (scenario, PISD_FIELD_A, 0, n_sensors, 0, 1, NULL));
  return scenario;
}

/* What was changed, and nothing else. */

static void
test_diff (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (20);
  g_autoptr (PisdScenario) other = pisd_scenario_dup (scenario);

  g_assert_cmpuint (pisd_edit_diff (scenario, other), ==, 0);
  g_assert_true (pisd_edit_paint (other, PISD_FIELD_U, 0, 5, 6, 0, 0, NULL));
  g_assert_cmpuint (pisd_edit_diff (scenario, other), ==, PISD_CHANGE_SENSORS);
  other->settings.steps++;
  g_assert_cmpuint (pisd_edit_diff (scenario, other), ==,
                    PISD_CHANGE_SENSORS | PISD_CHANGE_SETTINGS);
  g_assert_true (
      pisd_edit_set_equation (other, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2 } }, NULL));
  g_assert_cmpuint (pisd_edit_diff (scenario, other), ==, PISD_CHANGE_ALL);
  g_assert_cmpuint (pisd_edit_diff (other, scenario), ==, PISD_CHANGE_ALL);
}

/* Sensors. */

static void
test_grid (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (30);

  g_assert_true (pisd_edit_place_grid (scenario, PISD_FIELD_U, 0, 3, 5, 0, NULL));
  g_assert_cmpuint (pisd_sensors_count (scenario->sensors, PISD_FIELD_A), ==, 30);
  g_assert_cmpuint (pisd_sensors_count (scenario->sensors, PISD_FIELD_U), ==, 15);
  for (guint r = 0; r < 3; r++)
    for (guint c = 0; c < 5; c++)
      g_assert_cmpint (pisd_edit_find (scenario, PISD_FIELD_U, 0,
                                       (int) ((2 * r + 1) * PISD_GRID / 6),
                                       (int) ((2 * c + 1) * PISD_GRID / 10)),
                       >=, 0);
}

static void
test_ring_of_four (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (0);

  g_assert_true (pisd_edit_place_ring (scenario, PISD_FIELD_A, 0, 4, 0, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 4);
  for (guint k = 0; k < 4; k++)
    {
      const PisdSensor *sensor = &scenario->sensors->items[k];
      const double to_edge = MIN (MIN (sensor->x, 1 - sensor->x), MIN (sensor->y, 1 - sensor->y));
      const double to_middle = MAX (ABS (sensor->x - 0.5), ABS (sensor->y - 0.5));

      g_assert_cmpfloat (to_edge, <, 1.5 / (PISD_GRID - 1));
      g_assert_cmpfloat (to_middle, >, 0.45);
    }
}

static void
test_disc (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (0);

  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_A, 0, 60, 60, 2, 0, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 13); /* nodes within two of one */
  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_A, 0, 60, 60, 2, 0, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 13);
  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_A, 0, 0, 0, 1, 0, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 16); /* the square ends there */
  pisd_edit_erase (scenario, PISD_FIELD_U, 0, 60, 60, 2);
  g_assert_cmpuint (scenario->sensors->n, ==, 16); /* they are of the other field */
  pisd_edit_erase (scenario, PISD_FIELD_A, 0, 60, 60, 2);
  g_assert_cmpuint (scenario->sensors->n, ==, 3);
}

static void
test_move (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  double other;

  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_A, 0, 10, 10, 0, 0.1, NULL));
  g_assert_true (pisd_edit_paint (scenario, PISD_FIELD_A, 0, 20, 20, 0, 0.1, NULL));
  other = scenario->sensors->items[1].value;
  g_assert_true (pisd_edit_move (scenario, 0, 30, 40, NULL));
  g_assert_cmpint (pisd_edit_find (scenario, PISD_FIELD_A, 0, 10, 10), ==, -1);
  g_assert_cmpint (pisd_edit_find (scenario, PISD_FIELD_A, 0, 30, 40), ==, 0);
  g_assert_cmpfloat (scenario->sensors->items[1].value, ==, other);
  g_assert_true (pisd_edit_move (scenario, 0, 20, 20, NULL)); /* another one is in the way */
  g_assert_cmpint (pisd_edit_find (scenario, PISD_FIELD_A, 0, 30, 40), ==, 0);
}

static void
test_sensors_refused (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (7);
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      pisd_edit_scatter (scenario, PISD_FIELD_A, 0, PISD_MAX_SENSORS + 1, 0, 1, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_cmpuint (pisd_edit_diff (before, scenario), ==, 0);
  pisd_truth_forget (scenario);
  g_assert_false (pisd_edit_place_grid (scenario, PISD_FIELD_A, 0, 2, 2, 0, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
  g_assert_true (pisd_sensors_equal (before->sensors, scenario->sensors));
}

/* Truth. */

static double
read_truth (const PisdScenario *scenario, const PisdSensor *sensor)
{
  const PisdField *field = pisd_instance_get_field (scenario->instance, sensor->field);
  const gsize i = (gsize) (sensor->y * (PISD_GRID - 1) + 0.5);
  const gsize j = (gsize) (sensor->x * (PISD_GRID - 1) + 0.5);

  return field->data[i * PISD_GRID + j];
}

static void
test_sensors_read_anew (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (25);

  g_assert_true (pisd_edit_scatter (scenario, PISD_FIELD_U, 0, 25, 0, 2, NULL));
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_BLOBS, 11, NULL));
  g_assert_true (
      pisd_edit_set_equation (scenario, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 3 } }, NULL));
  g_assert_cmpint (pisd_truth_get_kind (scenario), ==, PISD_TRUTH_RANDOM);
  for (guint k = 0; k < scenario->sensors->n; k++)
    g_assert_cmpfloat (scenario->sensors->items[k].value, ==,
                       read_truth (scenario, &scenario->sensors->items[k]));
}

/* pi sqrt 2 is a resonance of the square. */
static void
test_problem_refused (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (5);
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_edit_set_equation (
      scenario, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { G_PI * G_SQRT2 } }, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RESONANCE);
  g_assert_cmpuint (pisd_edit_diff (before, scenario), ==, 0);
}

/* Presets. */

static void
test_preset (void)
{
  g_autoptr (PisdScenario) before = new_scenario (50);
  g_autoptr (PisdScenario) after = NULL;
  PisdSettings preset;

  pisd_edit_get_preset (before, &before->settings);
  after = pisd_scenario_dup (before);
  pisd_sensors_clear (after->sensors);
  g_assert_true (pisd_edit_scatter (after, PISD_FIELD_U, 0, 50, 0, 1, NULL));
  pisd_edit_follow_preset (before, after);
  g_assert_false (pisd_edit_same_settings (&before->settings, &after->settings));
  pisd_edit_get_preset (after, &preset);
  g_assert_true (pisd_edit_same_settings (&preset, &after->settings));
}

/* What was chosen by hand stays, before the edit or with it; the rest follows. */
static void
test_preset_by_hand (void)
{
  g_autoptr (PisdScenario) before = new_scenario (50);
  g_autoptr (PisdScenario) after = NULL;
  g_auto (GStrv) followed = NULL;
  g_autofree char *line = NULL;
  PisdSettings preset;

  pisd_edit_get_preset (before, &before->settings);
  before->settings.rho += 1;
  before->settings.parameters.rate_low = 0.3;
  after = pisd_scenario_dup (before);
  after->settings.parameters.beta2 = 0.5;
  g_assert_true (pisd_edit_scatter (after, PISD_FIELD_U, 0, 50, 0, 1, NULL));
  g_assert_true (pisd_edit_follow_preset (before, after));
  g_assert_cmpfloat (after->settings.rho, ==, before->settings.rho);
  g_assert_cmpfloat (after->settings.parameters.rate_low, ==, 0.3);
  g_assert_cmpfloat (after->settings.parameters.beta2, ==, 0.5);
  pisd_edit_get_preset (after, &preset);
  g_assert_cmpmem (after->settings.parameters.zeta, sizeof preset.parameters.zeta,
                   preset.parameters.zeta, sizeof preset.parameters.zeta);
  followed = pisd_edit_get_followed (after);
  g_assert_true (g_strv_contains ((const char *const *) followed, "zeta-obs-u"));
  g_assert_false (g_strv_contains ((const char *const *) followed, "rate-low"));
  line = pisd_edit_dup_followed (after);
  g_assert_cmpstr (
      line, ==, "Weights follow 100 sensors (a\u00a050, u\u00a050), except what was set by hand");
}

/* One sensor more of 51 is no news; another method is, and leaves everything alone. */
static void
test_preset_is_near (void)
{
  g_autoptr (PisdScenario) before = new_scenario (50);
  g_autoptr (PisdScenario) after = NULL;
  PisdSettings settings;

  g_assert_true (pisd_edit_scatter (before, PISD_FIELD_U, 0, 50, 0, 1, NULL));
  pisd_edit_get_preset (before, &before->settings);
  after = pisd_scenario_dup (before);
  g_assert_true (pisd_edit_scatter (after, PISD_FIELD_U, 0, 51, 0, 1, NULL));
  g_assert_false (pisd_edit_follow_preset (before, after));
  g_assert_false (pisd_edit_same_settings (&before->settings, &after->settings));

  after->settings.guidance = PISD_GUIDANCE_DPS;
  settings = after->settings;
  g_assert_false (pisd_edit_follow_preset (before, after));
  g_assert_true (pisd_edit_same_settings (&settings, &after->settings));
  g_assert_null (pisd_edit_dup_followed (after));
}

/* Momentum goes with the steps. */
static void
test_preset_steps (void)
{
  g_autoptr (PisdScenario) before = new_scenario (0);
  g_autoptr (PisdScenario) after = NULL;

  g_assert_true (pisd_edit_scatter (before, PISD_FIELD_U, 0, 50, 0, 1, NULL));
  pisd_edit_get_preset (before, &before->settings);
  after = pisd_scenario_dup (before);
  after->settings.steps = 2000;
  g_assert_false (pisd_edit_follow_preset (before, after));
  g_assert_cmpfloat (before->settings.parameters.beta1, <, 0.95);
  g_assert_cmpfloat (after->settings.parameters.beta1, ==, 0.985);
}

/* A source with a mean, drawn by hand. */
static void
draw_bump (PisdScenario *scenario)
{
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);

  for (guint i = 40; i < 70; i++)
    for (guint j = 30; j < 80; j++)
      source->data[i * PISD_GRID + j] = 1.0;
  g_assert_true (pisd_edit_set_source (scenario, source, NULL));
}

/* The prior's mean goes with the truth. */
static void
test_mean_follows (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 3, NULL));
  g_assert_cmpfloat (settings->mean_sd, ==, 0.0);
  draw_bump (scenario);
  g_assert_cmpfloat (settings->mean_sd, ==, PISD_PRIOR_MEAN_SD);
  g_assert_true (
      pisd_edit_set_equation (scenario, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2.0 } }, NULL));
  g_assert_cmpfloat (settings->mean_sd, ==, PISD_PRIOR_MEAN_SD);
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 4, NULL));
  g_assert_cmpfloat (settings->mean_sd, ==, 0.0);
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_INCLUSIONS, 4, NULL));
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_INCLUSIONS);
  g_assert_cmpfloat (settings->mean_sd, ==, pisd_family_get_mean_sd (PISD_FAMILY_INCLUSIONS));
}

/* And so does its family: a random truth's own, that of a truth of no family as it was, and one
 * that an equation does not have becomes its first. */
static void
test_family_follows (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_BLOBS, 4, NULL));
  draw_bump (scenario);
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_BLOBS);
  g_assert_cmpfloat (settings->mean_sd, ==, pisd_family_get_mean_sd (PISD_FAMILY_BLOBS));
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 4, NULL));
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_GRF);
  settings->prior_family = PISD_FAMILY_ANY;
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_BLOBS, 4, NULL));
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_ANY);
  g_assert_true (pisd_edit_set_equation (
      scenario, &(PisdEquation){ PISD_PROBLEM_NAVIER_STOKES, { 1e-3 } }, NULL));
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_GRF);
}

/* A value that somebody chose stays. */
static void
test_mean_stays (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();

  draw_bump (scenario);
  scenario->settings.mean_sd = 0.0;
  draw_bump (scenario);
  g_assert_cmpfloat (scenario->settings.mean_sd, ==, 0.0);
  scenario->settings.mean_sd = 5.0;
  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 4, NULL));
  g_assert_cmpfloat (scenario->settings.mean_sd, ==, 5.0);
}

/* Another mean of the prior makes another answer, so that what follows the truth follows it. */
static void
test_mean_is_a_change (void)
{
  g_autoptr (PisdScenario) before = pisd_scenario_new ();
  g_autoptr (PisdScenario) after = pisd_scenario_dup (before);

  g_assert_cmpuint (pisd_edit_diff (before, after), ==, 0);
  after->settings.mean_sd = 1.0;
  g_assert_cmpuint (pisd_edit_diff (before, after), ==,
                    PISD_CHANGE_INSTANCE | PISD_CHANGE_SETTINGS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/edit/diff", test_diff);
  g_test_add_func ("/model/edit/sensors/grid", test_grid);
  g_test_add_func ("/model/edit/sensors/ring-of-four", test_ring_of_four);
  g_test_add_func ("/model/edit/sensors/disc", test_disc);
  g_test_add_func ("/model/edit/sensors/move", test_move);
  g_test_add_func ("/model/edit/sensors/refused", test_sensors_refused);
  g_test_add_func ("/model/edit/truth/sensors-read-anew", test_sensors_read_anew);
  g_test_add_func ("/model/edit/truth/problem-refused", test_problem_refused);
  g_test_add_func ("/model/edit/preset", test_preset);
  g_test_add_func ("/model/edit/preset-by-hand", test_preset_by_hand);
  g_test_add_func ("/model/edit/preset-is-near", test_preset_is_near);
  g_test_add_func ("/model/edit/preset-steps", test_preset_steps);
  g_test_add_func ("/model/edit/mean-follows", test_mean_follows);
  g_test_add_func ("/model/edit/family-follows", test_family_follows);
  g_test_add_func ("/model/edit/mean-stays", test_mean_stays);
  g_test_add_func ("/model/edit/mean-is-a-change", test_mean_is_a_change);
  return g_test_run ();
}
