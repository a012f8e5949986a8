/* A set-up that is sent as a picture, as text and as a scenario file is the same one to the last
 * bit, and so is its run. */
#include "pisd-bundle.h"
#include "pisd-draw-save.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"
#include "pisd-test-scenario.h"
#include "pisd-truth.h"

#define N_STEPS 2
#define N_SENSORS 40

/* Set-ups. */

static PisdScenario *
make_scenario (const char *problem)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  g_assert_true (pisd_settings_set (settings, "problem", problem, NULL));
  g_assert_true (pisd_settings_set (settings, "instance-seed", "7", NULL));
  settings->seed = 11;
  return scenario;
}

/* Sensors that read the truth, with noise or without. */
static void
place (PisdScenario *scenario, PisdFieldId field, double noise)
{
  g_assert_true (
      pisd_sensors_scatter (scenario->sensors, scenario->instance, field, N_SENSORS, noise, 5));
  scenario->settings.steps = N_STEPS;
  scenario->settings.samples = 1;
}

static PisdScenario *
make_random (const char *directory)
{
  PisdScenario *scenario = make_scenario ("poisson");

  g_assert_true (pisd_truth_set_random (scenario, NULL));
  place (scenario, PISD_FIELD_U, 0.013);
  return scenario;
}

static PisdScenario *
make_drawn (const char *directory)
{
  PisdScenario *scenario = make_scenario ("poisson");
  g_autoptr (PisdField) source = test_draw_source ();

  g_assert_true (pisd_truth_set_source (scenario, source, NULL));
  place (scenario, PISD_FIELD_A, 0.0);
  scenario->settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  return scenario;
}

static PisdScenario *
make_from_file (const char *directory)
{
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "helmholtz-00.npz", NULL);
  PisdScenario *scenario = make_scenario ("helmholtz");

  g_assert_true (pisd_truth_open (scenario, path, NULL));
  place (scenario, PISD_FIELD_U, 0.1);
  return scenario;
}

static PisdScenario *
make_flow (const char *directory)
{
  PisdScenario *scenario = make_scenario ("navier-stokes");

  g_assert_true (pisd_truth_set_random (scenario, NULL));
  place (scenario, PISD_FIELD_A, 0.02);
  return scenario;
}

/* A copy of the program's own weights is a file of one's own. */
static PisdScenario *
make_learned (const char *directory)
{
  const PisdBundle *bundle = pisd_bundle_find (PISD_PROBLEM_POISSON);
  g_autoptr (PisdInput) input = pisd_bundle_open (bundle);
  g_autoptr (GBytes) weights = pisd_input_read_all (input, 16 * 1024 * 1024, NULL);
  PisdScenario *scenario = make_random (directory);

  scenario->weights_path = g_build_filename (directory, "own.safetensors", NULL);
  test_write (scenario->weights_path, g_bytes_get_data (weights, NULL),
              (gssize) g_bytes_get_size (weights));
  scenario->settings.prior = PISD_PRIOR_LEARNED;
  scenario->settings.space = bundle->space;
  scenario->settings.modes = bundle->modes;
  return scenario;
}

/* Ways. */

static void
draw_nothing (cairo_t *cr, gconstpointer data)
{
}

static void
save_picture (const PisdScenario *scenario, const char *path, GError **error)
{
  g_auto (PisdPaper) paper = { 0 };

  if (pisd_draw_save_carry (path, scenario, &paper, error))
    pisd_draw_save (path, &paper, 8.0, 8.0, NULL, draw_nothing, NULL, error);
}

static void
save_text (const PisdScenario *scenario, const char *path, GError **error)
{
  g_autofree char *text = pisd_setup_text_new (scenario, error);

  test_write (path, text, -1);
}

static void
save_scenario (const PisdScenario *scenario, const char *path, GError **error)
{
  pisd_scenario_save (scenario, path, error);
}

static const struct
{
  const char *name;
  void (*save) (const PisdScenario *scenario, const char *path, GError **error);
} ways[] = {
  { "sent.png", save_picture },
  { "sent.txt", save_text },
  { "sent.pisd", save_scenario },
};

static PisdResult *
run (const PisdScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  PisdResult *result = pisd_run (scenario, NULL, 1, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_same_run (const PisdResult *a, const PisdResult *b)
{
  for (guint f = 0; f < a->n_fields; f++)
    {
      const gsize size = pisd_field_get_n (a->mean[f]) * sizeof (double);

      g_assert_cmpfloat (pisd_field_get_largest (a->mean[f]), >, 0.0);
      g_assert_cmpmem (a->mean[f]->data, size, b->mean[f]->data, size);
    }
}

static void
test_same (gconstpointer data)
{
  PisdScenario *(*make) (const char *directory) = data;
  g_autofree char *directory = test_directory_new ();
  g_autoptr (PisdScenario) scenario = make (directory);
  g_autoptr (PisdResult) result = run (scenario);
  const gboolean is_flow = pisd_operator_get (scenario->settings.problem)->whole != NULL;

  for (guint k = 0; k < G_N_ELEMENTS (ways); k++)
    {
      g_autofree char *path = g_build_filename (directory, ways[k].name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdScenario) back = NULL;
      g_autoptr (PisdResult) again = NULL;

      ways[k].save (scenario, path, &error);
      g_assert_no_error (error);
      back = pisd_setup_load (path, &error);
      g_assert_no_error (error);
      test_assert_same_scenario (scenario, back);
      if (k > 0 && is_flow)
        continue; /* that run takes long, and it is of the same bits */
      again = run (back);
      assert_same_run (result, again);
    }
  test_directory_remove (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/share/random", make_random, test_same);
  g_test_add_data_func ("/share/drawn", make_drawn, test_same);
  g_test_add_data_func ("/share/file", make_from_file, test_same);
  g_test_add_data_func ("/share/flow", make_flow, test_same);
  g_test_add_data_func ("/share/learned", make_learned, test_same);
  return g_test_run ();
}
