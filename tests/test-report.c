#include <json-glib/json-glib.h>

#include "pisd-npz.h"
#include "pisd-report.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define N_SAMPLES 3
#define NAME "PISD, 7 steps, mean of 3, seed 1"
#define N_STEPS 4

typedef struct
{
  char *directory, *npz, *json;
  PisdScenario *scenario;
  PisdResult result;
} Fixture;

static PisdField *
make_field (guint lane)
{
  PisdField *field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autofree double *v = test_random (PISD_GRID * PISD_GRID, lane);

  memcpy (field->data, v, PISD_GRID * PISD_GRID * sizeof *v);
  return field;
}

/* A result whose every number is different, without a truth. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  PisdResult *result = &fixture->result;

  fixture->directory = test_directory_new ();
  fixture->npz = g_build_filename (fixture->directory, "o.npz", NULL);
  fixture->json = g_build_filename (fixture->directory, "r.json", NULL);
  fixture->scenario = pisd_scenario_new ();
  pisd_sensors_free (fixture->scenario->sensors);
  fixture->scenario->sensors = test_sensors (10);
  pisd_sensors_edit (fixture->scenario->sensors)[0].t = 0.25;

  pisd_settings_init_default (&result->settings);
  result->n_fields = 2;
  result->n_samples = N_SAMPLES;
  result->complete = TRUE;
  result->n_steps = N_STEPS;
  result->n_evaluations = 7;
  result->setup_seconds = 0.5;
  result->seconds = 2.25;
  result->residual_fd = 0.125;
  result->residual_spectral = 0.0625;
  result->truth_residual_fd = result->truth_residual_spectral = NAN;
  result->errors[0] = 0.1;
  result->errors[1] = NAN;
  result->losses = g_malloc (N_STEPS * sizeof *result->losses);
  for (guint step = 0; step < N_STEPS; step++)
    for (guint term = 0; term < PISD_N_TERMS; term++)
      result->losses[step][term] = term == PISD_TERM_OBS (1) ? NAN : 10.0 * step + term;
  for (guint f = 0; f < 2; f++)
    {
      result->mean[f] = make_field (f);
      result->sd[f] = make_field (10 + f);
      result->samples[f] = test_random (N_SAMPLES * PISD_GRID * PISD_GRID, 20 + f);
    }
  result->sd[1]->data[5] = NAN;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint f = 0; f < 2; f++)
    {
      pisd_field_free (fixture->result.mean[f]);
      pisd_field_free (fixture->result.sd[f]);
      g_free (fixture->result.samples[f]);
    }
  g_free (fixture->result.losses);
  pisd_scenario_free (fixture->scenario);
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->npz);
  g_free (fixture->json);
}

static void
assert_array (const PisdArray *array, const char *name, const char *shape, const double *data)
{
  g_autofree char *got = pisd_array_dup_shape (array);
  gsize size = pisd_array_get_n (array) * sizeof *data;

  g_assert_cmpstr (array->name, ==, name);
  g_assert_cmpstr (got, ==, shape);
  g_assert_cmpmem (array->data, size, data, size);
}

static void
test_npz (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a_mean", "a_sd",      "a_samples", "u_mean",
                                       "u_sd",   "u_samples", "sensors",   NULL };
  const PisdSensors *sensors = fixture->scenario->sensors;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  const PisdArray *rows;

  g_assert_true (pisd_result_save_npz (&fixture->result, sensors, NAME, fixture->npz, &error));
  g_assert_no_error (error);
  input = pisd_input_open (fixture->npz, NULL, NULL);
  list = pisd_npz_list_from (input, NULL);
  g_assert_cmpuint (list->len, ==, 7); /* its name is no array */
  name = pisd_npz_dup_comment (input);
  g_assert_cmpstr (name, ==, NAME);
  arrays = pisd_npz_read (fixture->npz, names, N_SAMPLES * PISD_GRID * PISD_GRID, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < 2; f++)
    {
      assert_array (arrays->pdata[3 * f], names[3 * f], "128x128", fixture->result.mean[f]->data);
      assert_array (arrays->pdata[3 * f + 1], names[3 * f + 1], "128x128",
                    fixture->result.sd[f]->data);
      assert_array (arrays->pdata[3 * f + 2], names[3 * f + 2], "3x128x128",
                    fixture->result.samples[f]);
    }
  rows = arrays->pdata[6];
  g_assert_cmpuint (rows->shape[0], ==, 20);
  g_assert_cmpuint (rows->shape[1], ==, 6);
  for (guint i = 0; i < 20; i++)
    {
      const PisdSensor *s = &sensors->items[i];
      const double row[6] = { s->field, s->x, s->y, s->t, s->value, s->sd };

      g_assert_cmpmem (rows->data + 6 * i, sizeof row, row, sizeof row);
    }
}

static void
test_npz_no_sensors (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "sensors", NULL };
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_result_save_npz (&fixture->result, none, NULL, fixture->npz, &error));
  arrays = pisd_npz_read (fixture->npz, names, 1, &error);
  g_assert_no_error (error);
  assert_array (arrays->pdata[0], "sensors", "0x6", NULL);
}

/* Writes the report and reads it with a strict parser. */
static JsonParser *
save_and_parse (Fixture *fixture, const PisdExact *exact, const char *left_out)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_result_save_json (&fixture->result, fixture->scenario, NAME, exact, left_out,
                                        fixture->json, &error));
  g_assert_no_error (error);
  json_parser_load_from_file (parser, fixture->json, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&parser);
}

static JsonObject *
get_root (JsonParser *parser)
{
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = save_and_parse (fixture, NULL, NULL);
  JsonObject *root = get_root (parser), *pair;

  g_assert_cmpstr (json_object_get_string_member (root, "version"), ==, PISD_VERSION);
  g_assert_cmpstr (json_object_get_string_member (root, "name"), ==, NAME);
  g_assert_cmpstr (json_object_get_string_member (root, "problem"), ==, "poisson");
  g_assert_cmpint (json_object_get_int_member (root, "n_sensors"), ==, 20);
  g_assert_cmpint (json_object_get_int_member (root, "n_sensors_moved_to_frame"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (root, "samples"), ==, N_SAMPLES);
  g_assert_cmpint (json_object_get_int_member (root, "steps"), ==, N_STEPS);
  g_assert_cmpint (json_object_get_int_member (root, "evaluations"), ==, 7);
  g_assert_true (json_object_get_boolean_member (root, "complete"));
  g_assert_cmpfloat (json_object_get_double_member (root, "seconds"), ==, 2.25);
  g_assert_cmpfloat (json_object_get_double_member (root, "setup_seconds"), ==, 0.5);
  g_assert_cmpfloat (json_object_get_double_member (root, "error_a"), ==, 0.1);
  g_assert_true (json_object_get_null_member (root, "error_u"));
  g_assert_true (json_object_get_null_member (root, "floor_a"));
  g_assert_true (json_object_get_null_member (root, "floor_u"));
  g_assert_true (json_object_get_null_member (root, "floor_n"));
  g_assert_true (json_object_get_null_member (root, "calibration_a"));
  g_assert_true (json_object_get_null_member (root, "exact_left_out"));
  pair = json_object_get_object_member (root, "residual_fd");
  g_assert_cmpfloat (json_object_get_double_member (pair, "estimate"), ==, 0.125);
  g_assert_true (json_object_get_null_member (pair, "truth"));
  pair = json_object_get_object_member (root, "residual_spectral");
  g_assert_cmpfloat (json_object_get_double_member (pair, "estimate"), ==, 0.0625);
}

/* Numbers that are null say why. */
static void
test_json_left_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = save_and_parse (fixture, NULL, "it is \"left out\": no room");
  JsonObject *root = get_root (parser);

  g_assert_true (json_object_get_null_member (root, "floor_n"));
  g_assert_cmpstr (json_object_get_string_member (root, "exact_left_out"), ==,
                   "it is \"left out\": no room");
}

static void
fill (PisdField *field, double value)
{
  for (gsize i = 0; i < pisd_field_get_n (field); i++)
    field->data[i] = value;
}

/* A truth of zero, means and spreads of one value but for a node that is fixed: standardised errors
 * are known. */
static void
test_json_exact (Fixture *fixture, gconstpointer data)
{
  static const double means[] = { 3, -0.5 }, spreads[] = { 2, 0.25 };
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (JsonParser) without = NULL;
  g_autoptr (JsonParser) other = NULL;
  PisdExact exact = {
    .n_fields = 2, .errors = { 0.5, 0.25 }, .expected = { 0.4, 0.2 }, .is_best = TRUE, .n_sites = 17
  };

  fixture->scenario->instance =
      pisd_instance_new_from_source (TEST_EQUATION (PISD_PROBLEM_POISSON, 1), zero, NULL, NULL);
  for (guint f = 0; f < 2; f++)
    {
      exact.mean[f] = pisd_field_new (PISD_GRID, PISD_GRID);
      exact.sd[f] = pisd_field_new (PISD_GRID, PISD_GRID);
      fill (exact.mean[f], means[f]);
      fill (exact.sd[f], spreads[f]);
      exact.mean[f]->data[7] = 100;
      exact.sd[f]->data[7] = 0;
    }
  parser = save_and_parse (fixture, &exact, NULL);
  g_assert_cmpint (json_object_get_int_member (get_root (parser), "floor_n"), ==, 17);
  g_assert_cmpfloat (json_object_get_double_member (get_root (parser), "floor_a"), ==, 0.5);
  g_assert_cmpfloat (json_object_get_double_member (get_root (parser), "floor_u"), ==, 0.25);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (get_root (parser), "calibration_a"), 1.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (get_root (parser), "calibration_u"), 2.0, 1e-12);
  for (guint f = 0; f < 2; f++)
    g_clear_pointer (&exact.sd[f], pisd_field_free);
  without = save_and_parse (fixture, &exact, NULL);
  g_assert_true (json_object_get_null_member (get_root (without), "calibration_a"));
  g_assert_false (json_object_get_null_member (get_root (without), "floor_a"));
  exact.is_best = FALSE;
  other = save_and_parse (fixture, &exact, NULL);
  g_assert_true (json_object_get_null_member (get_root (other), "floor_a"));
  g_assert_true (json_object_get_null_member (get_root (other), "floor_n"));
  g_assert_cmpfloat (json_object_get_double_member (get_root (other), "exact_error_a"), ==, 0.5);
  g_assert_cmpfloat (json_object_get_double_member (get_root (other), "expected_error_u"), ==, 0.2);
  for (guint f = 0; f < 2; f++)
    pisd_field_free (exact.mean[f]);
}

/* On the last frames means of 3 with spreads of 2, on all others 0 with 1. */
static PisdExact
exact_of_flow (void)
{
  PisdExact exact = { .n_fields = 2 };

  for (guint f = 0; f < 2; f++)
    {
      const guint n_frames = f == 0 ? 1 : 9;

      exact.mean[f] = pisd_field_new (n_frames * PISD_GRID, PISD_GRID);
      exact.sd[f] = pisd_field_new (n_frames * PISD_GRID, PISD_GRID);
      fill (exact.sd[f], 1.0);
      for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
        {
          exact.mean[f]->data[(n_frames - 1) * PISD_GRID * PISD_GRID + p] = 3.0;
          exact.sd[f]->data[(n_frames - 1) * PISD_GRID * PISD_GRID + p] = 2.0;
        }
    }
  return exact;
}

/* Frames of a flow, each with its time and its error; the calibration of a field is that of its
 * last one, as its error is. */
static void
test_json_flow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdEquation equation = *TEST_EQUATION (PISD_PROBLEM_NAVIER_STOKES, 1e-3);
  PisdExact exact = exact_of_flow ();
  g_autoptr (JsonParser) parser = NULL;
  JsonArray *frames;
  PisdField *later;

  fixture->result.settings.problem = fixture->scenario->settings.problem = equation.problem;
  fixture->scenario->instance = pisd_instance_new_from_source (&equation, zero, NULL, NULL);
  later = pisd_instance_get_fields (fixture->scenario->instance)[1];
  memset (later->data, 0, sizeof (double) * pisd_field_get_n (later));
  fixture->result.frame_errors[0][0] = 0.5;
  for (guint i = 0; i < 9; i++)
    fixture->result.frame_errors[1][i] = i == 3 ? NAN : 0.125 * i;
  parser = save_and_parse (fixture, &exact, NULL);
  frames = json_object_get_array_member (get_root (parser), "frames");
  g_assert_cmpuint (json_array_get_length (frames), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      JsonObject *frame = json_array_get_object_element (frames, i);

      g_assert_cmpfloat (json_object_get_double_member (frame, "t"), ==, i / 9.0);
      if (i == 4)
        g_assert_true (json_object_get_null_member (frame, "error"));
      else
        g_assert_cmpfloat (json_object_get_double_member (frame, "error"), ==,
                           i == 0 ? 0.5 : 0.125 * (i - 1));
    }
  for (guint f = 0; f < 2; f++)
    {
      g_assert_cmpfloat_with_epsilon (
          json_object_get_double_member (get_root (parser),
                                         f == 0 ? "calibration_a" : "calibration_u"),
          1.5, 1e-12);
      pisd_field_free (exact.mean[f]);
      pisd_field_free (exact.sd[f]);
    }
}

static void
test_json_losses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = save_and_parse (fixture, NULL, NULL);
  JsonObject *losses = json_object_get_object_member (get_root (parser), "losses");

  g_assert_cmpuint (json_object_get_size (losses), ==, PISD_N_TERMS);
  for (guint term = 0; term < PISD_N_TERMS; term++)
    {
      JsonArray *array =
          json_object_get_array_member (losses, pisd_term_get_name (PISD_PROBLEM_POISSON, term));

      g_assert_cmpuint (json_array_get_length (array), ==, N_STEPS);
      for (guint step = 0; step < N_STEPS; step++)
        if (term == PISD_TERM_OBS (1))
          g_assert_true (json_array_get_null_element (array, step));
        else
          g_assert_cmpfloat (json_array_get_double_element (array, step), ==, 10.0 * step + term);
    }
}

/* Every setting is there, and --set takes it back. */
static void
test_json_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  const PisdSettingInfo *infos;
  JsonObject *settings;
  guint n;

  fixture->result.settings.seed = (G_GUINT64_CONSTANT (1) << 53) - 1;
  fixture->result.settings.instance_seed = G_MAXUINT64;
  fixture->result.settings.parameters.zeta[PISD_TERM_PDE] = 1 / 3.0;
  parser = save_and_parse (fixture, NULL, NULL);
  settings = json_object_get_object_member (get_root (parser), "settings");
  infos = pisd_settings_get_infos (&n);
  g_assert_cmpuint (json_object_get_size (settings), ==, n);

  g_assert_cmpfloat (json_object_get_double_member (settings, "zeta-pde"), ==, 1 / 3.0);
  g_assert_cmpint (json_object_get_int_member (settings, "seed"), ==, 9007199254740991);
  g_assert_cmpstr (json_object_get_string_member (settings, "instance-seed"), ==,
                   "18446744073709551615");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_object_get_member (settings, infos[i].key);
      GType expected =
          infos[i].type == PISD_SETTING_DOUBLE ? G_TYPE_DOUBLE
          : infos[i].type == PISD_SETTING_CHOICE || infos[i].type == PISD_SETTING_COURSE
              ? G_TYPE_STRING
              : G_TYPE_INT64;

      g_assert_nonnull (node);
      if (!g_str_equal (infos[i].key, "instance-seed"))
        g_assert_cmpstr (g_type_name (json_node_get_value_type (node)), ==, g_type_name (expected));
    }
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "x", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      pisd_result_save_json (&fixture->result, fixture->scenario, NULL, NULL, NULL, path, &error));
  test_assert_error (&error, IO, path);
  g_assert_false (
      pisd_result_save_npz (&fixture->result, fixture->scenario->sensors, NAME, path, &error));
  test_assert_error (&error, IO, path);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/delivery/report/npz", test_npz);
  ADD ("/delivery/report/npz-no-sensors", test_npz_no_sensors);
  ADD ("/delivery/report/json", test_json);
  ADD ("/delivery/report/json-exact", test_json_exact);
  ADD ("/delivery/report/json-flow", test_json_flow);
  ADD ("/delivery/report/json-left-out", test_json_left_out);
  ADD ("/delivery/report/json-losses", test_json_losses);
  ADD ("/delivery/report/json-settings", test_json_settings);
  ADD ("/delivery/report/failure", test_failure);
  return g_test_run ();
}
