/* Set-ups as lines of a lesson make them: presets and what is said over them, sensors, truths. */

#include <glib/gstdio.h>

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit.h"
#include "pisd-lesson-setup.h"
#include "pisd-test-lesson.h"

/* Made of lines that are separated by semicolons; the first is on line 2. */
static PisdScenario *
make (PisdInput *file, const char *lines, GError **error)
{
  g_autofree char *broken = g_strdelimit (g_strdup (lines), ";", '\n');
  g_autofree char *text = g_strconcat ("[setup]\n", broken, "\n", NULL);
  g_autoptr (PisdInput) input = test_lesson_input (text);
  g_autoptr (GPtrArray) all = pisd_lesson_lines_read (input, error);

  g_assert_nonnull (all);
  g_ptr_array_remove_index (all, 0);
  return pisd_lesson_setup_make (all, 1, file != NULL ? file : input, error);
}

static PisdScenario *
make_good (const char *lines)
{
  g_autoptr (GError) error = NULL;
  PisdScenario *scenario = make (NULL, lines, &error);

  g_assert_no_error (error);
  return scenario;
}

/* A guidance brings its preset, for the sensors that there are; what a line says goes beyond it,
 * wherever it stands. */
static void
test_presets (void)
{
  g_autoptr (PisdScenario) plain = make_good ("sensors = grid u 6x5;guidance = pisd");
  g_autoptr (PisdScenario) said =
      make_good ("rate-low = 3;steps = 77;sensors = grid u 6x5;guidance = pisd");
  g_autoptr (PisdScenario) preset = pisd_scenario_dup (plain);

  pisd_edit_get_preset (plain, &preset->settings);
  g_assert_cmpuint (pisd_edit_diff (plain, preset), ==, 0);
  g_assert_cmpuint (plain->settings.steps, ==, preset->settings.steps);
  g_assert_cmpuint (said->settings.steps, ==, 77);
  g_assert_cmpfloat (said->settings.parameters.rate_low, ==, 3);
  g_assert_cmpint (said->settings.mode_set, ==, plain->settings.mode_set);
}

/* The same as by hand. */
static void
test_later_lines (void)
{
  g_autoptr (PisdScenario) scenario = make_good ("steps = 10;sensors = ring u 9;steps = 20;"
                                                 "sensors = none;sensors = ring u 4");

  g_assert_cmpuint (scenario->settings.steps, ==, 20);
  g_assert_cmpuint (scenario->sensors->n, ==, 4);
}

static const PisdFieldInfo *
get_field (const PisdScenario *scenario, guint f)
{
  return &pisd_operator_get (scenario->settings.problem)->fields[f];
}

/* As the edits of the window place them. */
static void
test_sensors (void)
{
  g_autoptr (PisdScenario) random =
      make_good ("sensors = random u 30 seed 3 noise 0.1;sensors =  random  a 7");
  g_autoptr (PisdScenario) grid = make_good ("sensors = grid a 4x7");
  g_autoptr (PisdScenario) ring = make_good ("sensors = ring u 12");
  g_autoptr (PisdScenario) other = make_good ("sensors = none");
  const PisdFieldId a = get_field (other, 0)->id, u = get_field (other, 1)->id;

  g_assert_cmpuint (other->sensors->n, ==, 0);
  g_assert_true (pisd_edit_scatter (other, u, 0, 30, 0.1, 3, NULL));
  g_assert_true (pisd_edit_scatter (other, a, 0, 7, 0, other->settings.instance_seed, NULL));
  g_assert_true (pisd_sensors_equal (random->sensors, other->sensors));
  pisd_sensors_clear (other->sensors);
  g_assert_true (pisd_edit_place_grid (other, a, 0, 4, 7, 0, NULL));
  g_assert_true (pisd_sensors_equal (grid->sensors, other->sensors));
  pisd_sensors_clear (other->sensors);
  g_assert_true (pisd_edit_place_ring (other, u, 0, 12, 0, NULL));
  g_assert_true (pisd_sensors_equal (ring->sensors, other->sensors));
}

static void
assert_place (const PisdSensor *sensor, double x, double y)
{
  g_assert_cmpfloat_with_epsilon (sensor->x, x, 1e-12);
  g_assert_cmpfloat_with_epsilon (sensor->y, y, 1e-12);
}

/* On the nearest nodes; a second one on a node is none. */
static void
test_single_and_block (void)
{
  g_autoptr (PisdScenario) single =
      make_good ("sensors = at u 0.25 1;sensors = at u 0.25 1;sensors = at a 0 0.5");
  g_autoptr (PisdScenario) block = make_good ("sensors = block u 2x3 0.2 0.1 0.4 0.9;"
                                              "sensors = block a 1x1 0 0 1 1");
  const double h = pisd_field_info_get_spacing (get_field (single, 0));

  g_assert_cmpuint (single->sensors->n, ==, 2);
  assert_place (&single->sensors->items[0], h * (int) (0.25 / h + 0.5), 1);
  assert_place (&single->sensors->items[1], 0, h * (int) (0.5 / h + 0.5));
  g_assert_cmpuint (block->sensors->n, ==, 7);
  assert_place (&block->sensors->items[0], h * (int) (0.2 / h + 0.5), h * (int) (0.1 / h + 0.5));
  assert_place (&block->sensors->items[4], h * (int) (0.4 / h + 0.5), 1);
  assert_place (&block->sensors->items[5], h * (int) (0.6 / h + 0.5), 1);
  assert_place (&block->sensors->items[6], h * (int) (0.5 / h + 0.5), h * (int) (0.5 / h + 0.5));
}

/* The readings have the noise, and the method is told something else. */
static void
test_trust (void)
{
  g_autoptr (PisdScenario) noisy = make_good ("sensors = grid u 3x3 noise 0.5");
  g_autoptr (PisdScenario) trusted =
      make_good ("sensors = grid a 2x2 noise 0.25;sensors = grid u 3x3 trust 0.125 noise 0.5");

  g_assert_cmpuint (trusted->sensors->n, ==, 13);
  for (guint s = 0; s < 13; s++)
    g_assert_cmpfloat (trusted->sensors->items[s].sd, ==, s < 4 ? 0.25 : 0.125);
  for (guint s = 0; s < 9; s++)
    {
      g_assert_cmpfloat (noisy->sensors->items[s].sd, ==, 0.5);
      g_assert_cmpfloat (trusted->sensors->items[4 + s].value, ==, noisy->sensors->items[s].value);
    }
}

/* Without a time on the last frame of the field. */
static void
test_times (void)
{
  g_autoptr (PisdScenario) flow =
      make_good ("problem = navier-stokes;sensors = grid u 2x2;sensors = grid u 3x3 time 0.4;"
                 "sensors = at u 1 1 time 0.4");
  const PisdFieldInfo *u = get_field (flow, 1);

  g_assert_cmpuint (pisd_sensors_count_on (flow->sensors, u, u->n_frames - 1), ==, 4);
  g_assert_cmpuint (pisd_sensors_count_on (flow->sensors, u, pisd_field_info_find_frame (u, 0.4)),
                    ==, 10);
  assert_place (&flow->sensors->items[13], 0, 0); /* it is periodic */
}

/* A file beside the lesson is the truth. */
static void
test_truth (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pisd-XXXXXX", NULL);
  g_autofree char *lesson = g_build_filename (folder, "x.lesson", NULL);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes (lesson, none);
  g_autofree char *golden = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-01.npz", NULL);
  g_autofree char *line = g_strconcat ("truth = ", golden, ";sensors = at a 0.5 0.5", NULL);
  g_autoptr (PisdScenario) random = make_good ("sensors = at a 0.5 0.5");
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdScenario) read = make (input, line, &error);
  g_autoptr (PisdScenario) none_there = NULL;

  g_assert_no_error (error);
  g_assert_false (pisd_instance_equal (read->instance, random->instance));
  g_assert_cmpfloat (read->sensors->items[0].value, !=, random->sensors->items[0].value);
  none_there = make (input, "truth = nowhere.npz", &error);
  g_assert_null (none_there);
  g_assert_nonnull (strstr (error->message, "x.lesson:2: "));
  g_assert_nonnull (strstr (error->message, folder)); /* it was looked for beside the lesson */
  g_rmdir (folder);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *lines;
    guint line;
    const char *needle;
  } rows[] = {
    { "steps = 0", 2, "steps" },
    { "steps = 10;steps = many", 3, "steps" },
    { "problem = heat", 2, "poisson" },
    { "problem = helmholtz;wavenumber = 4.442882938158366", 1, "4.44" }, /* resonance */
    { "sensors =", 2, "none, random, grid, ring, at, block" },
    { "sensors = some", 2, "none, random" },
    { "sensors = none u", 2, "none, random" },
    { "sensors = random", 2, "the field, its numbers" },
    { "sensors = random u", 2, "the field, its numbers" },
    { "sensors = random w 3", 2, "a field of the equation" },
    { "sensors = random u 0", 2, "a whole number from 1 to 16384" },
    { "sensors = random u 1e3", 2, "a whole number" },
    { "sensors = random u 99999", 2, "a whole number" },
    { "sensors = random u 9 seed", 2, "pairs of a word and a number" },
    { "sensors = random u 9 seed -1", 2, "a seed" },
    { "sensors = random u 9 noise -1", 2, "a standard deviation" },
    { "sensors = random u 9 trust x", 2, "a standard deviation" },
    { "sensors = random u 9 time 2", 2, "a number from 0 to 1" },
    { "sensors = random u 9 colour 2", 2, "seed, noise, trust, time" },
    { "sensors = grid u 9", 2, "ROWSxCOLUMNS" },
    { "sensors = grid u 9x", 2, "a whole number" },
    { "sensors = grid u 200x2", 2, "one sensor a node" },
    { "sensors = at u 0.5", 2, "the field, its numbers" },
    { "sensors = at u 0.5 1.5", 2, "a number from 0 to 1" },
    { "sensors = block u 2x2 0 0 1", 2, "the field, its numbers" },
    { "sensors = block u 2x2 0.5 0 0.6 1", 2, "within the square" },
    { "sensors = block u 100x100 0 0 1 1", 2, "1024" },
    { "sensors = ring u 4;sensors = ring u 4 time", 3, "pairs of a word" },
    { "truth = nowhere.npz", 2, "nowhere.npz" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      if (make (NULL, rows[k].lines, &error) != NULL)
        g_error ("`%s`: got a set-up, expected `%s`", rows[k].lines, rows[k].needle);
      test_lesson_assert_message (error->message, rows[k].line, rows[k].needle);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson-setup/presets", test_presets);
  g_test_add_func ("/model/lesson-setup/later-lines", test_later_lines);
  g_test_add_func ("/model/lesson-setup/sensors", test_sensors);
  g_test_add_func ("/model/lesson-setup/single-and-block", test_single_and_block);
  g_test_add_func ("/model/lesson-setup/trust", test_trust);
  g_test_add_func ("/model/lesson-setup/times", test_times);
  g_test_add_func ("/model/lesson-setup/truth", test_truth);
  g_test_add_func ("/model/lesson-setup/wrong", test_wrong);
  return g_test_run ();
}
