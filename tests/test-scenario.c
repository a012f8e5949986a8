#include <unistd.h>

#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-scenario.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

typedef struct
{
  char *directory;
  char *path;       /* of a scenario in it */
  char *truth_path; /* DIRECTORY/demo-truth.npz */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "demo.pisd", NULL);
  fixture->truth_path = g_build_filename (fixture->directory, "demo-truth.npz", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->truth_path);
}

/* No setting at its default, sensors on both fields, the truth that the settings describe. */
static PisdScenario *
make_scenario (void)
{
  static const char *const rows[][2] = {
    { "problem", "helmholtz" },
    { "wavenumber", "3.3" },
    { "family", "blobs" },
    { "instance-seed", "18446744073709551615" },
    { "guidance", "dps" },
    { "sampler", "heun" },
    { "steps", "77" },
    { "samples", "4" },
    { "seed", "123456789012345" },
    { "mode-set", "hyperbolic" },
    { "modes", "32" },
    { "sigma-min", "0.0031" },
    { "sigma-max", "60.1" },
    { "rho", "6.9" },
    { "zeta-obs-a", "0.3333333333333333" },
    { "zeta-obs-u", "41" },
    { "zeta-pde", "1e-7" },
    { "rate-low", "0.11" },
    { "rate-high", "0.012" },
    { "cutoff", "11.5" },
    { "beta1", "0.9" },
    { "beta2", "0.99" },
    { "late-start", "0.75" },
    { "late-factor", "0.2" },
  };
  PisdScenario *scenario = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    pisd_settings_set (&scenario->settings, rows[i][0], rows[i][1], &error);
  g_assert_no_error (error);
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = test_sensors (30);
  scenario->sensors->items[3].t = 0.5;
  scenario->instance = pisd_instance_new_random (TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 3.3),
                                                 PISD_FAMILY_BLOBS, G_MAXUINT64, &error);
  g_assert_no_error (error);
  return scenario;
}

static void
assert_same_fields (const PisdInstance *a, const PisdInstance *b)
{
  for (guint field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
    {
      const PisdField *left = pisd_instance_get_field (a, field);
      const PisdField *right = pisd_instance_get_field (b, field);
      gsize size = pisd_field_get_n (left) * sizeof (double);

      g_assert_cmpmem (left->data, size, right->data, size);
    }
}

static void
assert_same (const PisdScenario *a, const PisdScenario *b)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *left = pisd_settings_dup_text (&a->settings, &infos[i]);
      g_autofree char *right = pisd_settings_dup_text (&b->settings, &infos[i]);

      g_assert_cmpstr (left, ==, right);
    }
  g_assert_true (pisd_sensors_equal (a->sensors, b->sensors));
  g_assert_true ((a->instance == NULL) == (b->instance == NULL));
  if (a->instance != NULL)
    assert_same_fields (a->instance, b->instance);
}

static PisdScenario *
save_and_load (const PisdScenario *scenario, const char *path)
{
  g_autoptr (GError) error = NULL;
  PisdScenario *back;

  pisd_scenario_save (scenario, path, &error);
  g_assert_no_error (error);
  back = pisd_scenario_load (path, &error);
  g_assert_no_error (error);
  return back;
}

static PisdField *
draw_source (void)
{
  PisdField *source = pisd_field_new (PISD_GRID, PISD_GRID);

  for (guint i = 30; i < 60; i++)
    for (guint j = 50; j < 55; j++)
      source->data[i * PISD_GRID + j] = 1.1;
  return source;
}

static void
draw (PisdScenario *scenario)
{
  g_autoptr (PisdField) source = draw_source ();
  PisdInstance *drawn = pisd_instance_new_from_source (
      TEST_EQUATION (scenario->settings.problem, scenario->settings.constants[0]), source, NULL);

  pisd_instance_unref (scenario->instance);
  scenario->instance = drawn;
}

static void
test_dup (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdScenario) copy = NULL;

  scenario->truth_path = g_strdup ("x.npz");
  copy = pisd_scenario_dup (scenario);
  assert_same (scenario, copy);
  g_assert_cmpstr (copy->truth_path, ==, "x.npz");
  pisd_sensors_clear (copy->sensors);
  g_assert_cmpuint (scenario->sensors->n, ==, 60);
  pisd_scenario_free (NULL);
}

static void
test_task (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const PisdSensor a = { .field = PISD_FIELD_A }, u = { .field = PISD_FIELD_U };

  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_FORWARD);
  pisd_sensors_add (scenario->sensors, &u);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_INVERSE);
  pisd_sensors_add (scenario->sensors, &a);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_BOTH);
  pisd_sensors_remove (scenario->sensors, 0);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_FORWARD);
}

/* The random truth needs no file. */
static void
test_random_truth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdScenario) back = save_and_load (scenario, fixture->path);

  assert_same (scenario, back);
  g_assert_null (back->truth_path);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

static void
test_no_truth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdScenario) back = NULL;

  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  back = save_and_load (scenario, fixture->path);
  g_assert_null (back->instance);
  assert_same (scenario, back);
}

/* A hand-drawn truth is written beside the scenario, and both may move together. */
static void
test_drawn_truth (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = g_build_filename (fixture->directory, "moved", NULL);
  g_autofree char *moved_path = g_build_filename (moved, "other.pisd", NULL);
  g_autofree char *moved_truth = g_build_filename (moved, "demo-truth.npz", NULL);
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (PisdScenario) again = NULL;
  g_autoptr (GError) error = NULL;

  draw (scenario);
  back = save_and_load (scenario, fixture->path);
  assert_same (scenario, back);
  g_assert_cmpstr (back->truth_path, ==, fixture->truth_path);

  g_assert_cmpint (g_mkdir (moved, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->path, moved_path), ==, 0);
  g_assert_cmpint (g_rename (fixture->truth_path, moved_truth), ==, 0);
  again = pisd_scenario_load (moved_path, &error);
  g_assert_no_error (error);
  assert_same (scenario, again);
}

/* A truth file keeps its place: relative below the scenario, else absolute. */
static void
test_file_truth (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "späte ; Daten", NULL);
  g_autofree char *inner_path = g_build_filename (folder, "inner.pisd", NULL);
  g_autofree char *text = NULL;
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (PisdScenario) beside = NULL;
  g_autoptr (PisdScenario) above = NULL;

  draw (scenario);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  scenario->truth_path = g_build_filename (folder, " t.npz", NULL);
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));

  beside = save_and_load (scenario, fixture->path);
  assert_same (scenario, beside);
  text = test_read (fixture->path, NULL);
  g_assert_null (strstr (text, fixture->directory));

  scenario->truth_path[strlen (scenario->truth_path) - 1] = 'Z';
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));
  above = save_and_load (scenario, inner_path);
  assert_same (scenario, above);
  g_free (scenario->truth_path);
  scenario->truth_path = g_build_filename (fixture->directory, "up.npz", NULL);
  g_assert_true (pisd_instance_save_npz (scenario->instance, scenario->truth_path, NULL));
  pisd_scenario_free (above);
  above = save_and_load (scenario, inner_path);
  g_assert_cmpstr (above->truth_path, ==, scenario->truth_path);
  assert_same (scenario, above);
}

static void
test_full_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;

  pisd_sensors_free (scenario->sensors);
  scenario->sensors = test_sensors (PISD_MAX_SENSORS / 2);
  back = save_and_load (scenario, fixture->path);
  g_assert_true (pisd_sensors_equal (scenario->sensors, back->sensors));
}

/* What is not said is as by default. */
static void
test_minimal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdScenario) wanted = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;

  test_write (fixture->path,
              "# a comment\n[scenario]\nsteps=12\n\n[truth]\nknown=true\n[sensors]\nrows=\n", -1);
  scenario = pisd_scenario_load (fixture->path, &error);
  g_assert_no_error (error);
  wanted->settings.steps = 12;
  wanted->instance =
      pisd_instance_new_random (TEST_EQUATION (PISD_PROBLEM_POISSON, 1), PISD_FAMILY_GRF, 1, NULL);
  assert_same (scenario, wanted);
}

/* The same whatever editor wrote it. */
static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const char marked[] = "\xef\xbb\xbf[scenario]\r\nsteps=12\r\n";
  static const char wide[] =
      "\xff\xfe[\0s\0c\0e\0n\0a\0r\0i\0o\0]\0\n\0s\0t\0e\0p\0s\0=\0001\0002\0";
  const struct
  {
    const char *bytes;
    gsize n;
  } files[] = { { marked, sizeof marked - 1 }, { wide, sizeof wide - 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (PisdScenario) scenario = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, files[i].bytes, files[i].n);
      scenario = pisd_scenario_load (fixture->path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (scenario->settings.steps, ==, 12);
    }
}

typedef struct
{
  const char *text;
  PisdError code;
  const char *pieces[3];
} BadFile;

#define S "[scenario]\n"

static const BadFile bad_files[] = {
  { "", PISD_ERROR_FORMAT, { "[scenario]", "", "" } },
  { "[truth]\n", PISD_ERROR_FORMAT, { "[scenario]", "", "" } },
  { "steps=3\n", PISD_ERROR_FORMAT, { "scenario", "", "" } },
  { S "nonsense\n", PISD_ERROR_FORMAT, { "nonsense", "", "" } },
  { "\x01\xff\xfe", PISD_ERROR_FORMAT, { "scenario", "", "" } },
  { S "colour=1\n", PISD_ERROR_UNKNOWN, { "[scenario]", "\"colour\"", "zeta-pde" } },
  { S "steps[de]=3\n", PISD_ERROR_UNKNOWN, { "\"steps[de]\"", "", "" } },
  { S "[colours]\n", PISD_ERROR_UNKNOWN, { "\"colours\"", "scenario, truth or sensors", "" } },
  { S "[truth]\nseed=1\n", PISD_ERROR_UNKNOWN, { "[truth]", "\"seed\"", "file or known" } },
  { S "[sensors]\nrow=\n", PISD_ERROR_UNKNOWN, { "[sensors]", "\"row\"", "rows" } },
  { S "steps=0\n", PISD_ERROR_RANGE, { "[scenario] steps", "got 0", "1 to 10000" } },
  { S "steps=many\n", PISD_ERROR_FORMAT, { "[scenario] steps", "\"many\"", "whole number" } },
  { S "steps=\n", PISD_ERROR_FORMAT, { "[scenario] steps", "\"\"", "whole number" } },
  { S "rho=0,5\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"0,5\"", "a number" } },
  { S "rho=nan\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"nan\"", "a number" } },
  { S "rho=\xff\n", PISD_ERROR_FORMAT, { "scenario", "\\xff", "UTF-8" } },
  { S "[\x1b[31mgroup]\n", PISD_ERROR_FORMAT, { "\\u001b[31mgroup", "", "" } },
  { S "\x1b[31m\n", PISD_ERROR_FORMAT, { "\\u001b[31m", "", "" } },
  { S "\x1b]0;x\a=1\n", PISD_ERROR_FORMAT, { "\\u001b]0;x\\u0007", "", "" } },
  { S "rho=\\q\x1b\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\\u001b", "" } },
  { S "[truth]\nfile=\x1b.npz\n", PISD_ERROR_IO, { "[truth] file", "\\u001b.npz", "" } },
  { S "rho=\\q\n", PISD_ERROR_FORMAT, { "[scenario] rho", "", "" } },
  { S "sampler=rk4\n", PISD_ERROR_UNKNOWN, { "[scenario] sampler", "\"rk4\"", "euler" } },
  { S "sigma-min=9\nsigma-max=8\n", PISD_ERROR_RANGE, { "[scenario] sigma-min", "got 9", "8" } },
  { S "mode-set=hyperbolic\nmodes=4\n", PISD_ERROR_RANGE, { "[scenario] modes", "got 4", "12" } },
  { S "problem=helmholtz\nwavenumber=4.442882938158366\n",
    PISD_ERROR_RESONANCE,
    { "19.739", "", "" } },
  { S "[truth]\nfile=none.npz\n", PISD_ERROR_IO, { "[truth] file", "none.npz", "" } },
  { S "[truth]\nfile=\n", PISD_ERROR_FORMAT, { "[truth] file", "\"\"", "NPZ" } },
  { S "[truth]\nfile=demo.pisd\n", PISD_ERROR_FORMAT, { "[truth] file", "demo.pisd", "" } },
  { S "[truth]\nknown=maybe\n",
    PISD_ERROR_FORMAT,
    { "[truth] known", "\"maybe\"", "true or false" } },
  { S "[truth]\nknown=false\nfile=x\n",
    PISD_ERROR_FORMAT,
    { "[truth] known", "\"false\"", "file" } },
  { S "[sensors]\nrows=a,0,0,0,1\n", PISD_ERROR_FORMAT, { "sensor 1", "5 cells", "6" } },
  { S "[sensors]\nrows=a,0,0,0,1,0;a,0,2,0,1,0\n",
    PISD_ERROR_RANGE,
    { "sensor 2: y", "\"2\"", "0 to 1" } },
  { S "[sensors]\nrows=a,0,0,0,1,0;;\n", PISD_ERROR_FORMAT, { "sensor 2", "cells", "6" } },
  { S "[sensors]\nrows=w,0,0,0,1,0;\n",
    PISD_ERROR_UNKNOWN,
    { "sensor 1: field", "\"w\"", "a or u" } },
  { S "[sensors]\nrows=a,0,0,0,nan,0;\n", PISD_ERROR_FORMAT, { "sensor 1: value", "\"nan\"", "" } },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const BadFile *bad = data;
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, bad->text, -1);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_true (error == NULL || strchr (error->message, '\x1b') == NULL);
  test_assert_error_at (
      bad->text, &error, bad->code,
      (const char *const[]){ fixture->path, bad->pieces[0], bad->pieces[1], bad->pieces[2], NULL });
}

static void
test_too_many_sensors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (S "[sensors]\nrows=");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= PISD_MAX_SENSORS; i++)
    g_string_append (text, "a,0,0,0,1,0;");
  test_write (fixture->path, text->str, text->len);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, LIMIT, fixture->path, "[sensors] rows", "16384");
}

static void
test_huge_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, S, -1);
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (1) << 34), ==, 0);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, LIMIT, fixture->path, "16777216 bytes");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, IO, fixture->path);
  g_assert_null (pisd_scenario_load (fixture->directory, &error));
  g_assert_nonnull (error);
}

/* Cut anywhere, a scenario is loaded whole, with fewer keys, or refused: never a crash or a leak.
 */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autofree char *bytes = NULL;
  gsize size;

  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  scenario->sensors->n = 3;
  g_assert_true (pisd_scenario_save (scenario, fixture->path, NULL));
  bytes = test_read (fixture->path, &size);
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr (PisdScenario) cut = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, bytes, n);
      cut = pisd_scenario_load (fixture->path, &error);
      g_assert_true ((cut == NULL) == (error != NULL));
    }
}

static void
test_save_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "x.pisd", NULL);
  g_autoptr (PisdScenario) scenario = make_scenario ();
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_scenario_save (scenario, path, &error));
  test_assert_error (&error, IO, path);
  draw (scenario);
  g_assert_false (pisd_scenario_save (scenario, path, &error));
  test_assert_error (&error, IO, "x-truth.npz");
  g_free (scenario->truth_path);
  scenario->truth_path = g_strdup ("\xff.npz");
  g_assert_false (pisd_scenario_save (scenario, fixture->path, &error));
  test_assert_error (&error, FORMAT, fixture->path, "\\xff.npz");
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/scenario/dup", test_dup);
  g_test_add_func ("/setup/scenario/task", test_task);
  ADD ("/setup/scenario/random-truth", test_random_truth);
  ADD ("/setup/scenario/no-truth", test_no_truth);
  ADD ("/setup/scenario/drawn-truth", test_drawn_truth);
  ADD ("/setup/scenario/file-truth", test_file_truth);
  ADD ("/setup/scenario/full-set", test_full_set);
  ADD ("/setup/scenario/minimal", test_minimal);
  ADD ("/setup/scenario/encodings", test_encodings);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup/scenario/refused/%02u", i);

      g_test_add (path, Fixture, &bad_files[i], set_up, test_refused, tear_down);
    }
  ADD ("/setup/scenario/too-many-sensors", test_too_many_sensors);
  ADD ("/setup/scenario/huge-file", test_huge_file);
  ADD ("/setup/scenario/unreadable", test_unreadable);
  ADD ("/setup/scenario/truncated", test_truncated);
  ADD ("/setup/scenario/save-failure", test_save_failure);
  return g_test_run ();
}
