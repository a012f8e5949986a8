/* A scenario in which nothing is as by default, and what tests of scenario files do with it. */
#pragma once

#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

typedef struct
{
  char *directory;
  char *path;       /* of a scenario in it */
  char *truth_path; /* DIRECTORY/demo-truth.npz */
} TestScenario;

static inline void
test_scenario_set_up (TestScenario *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "demo.pisd", NULL);
  fixture->truth_path = g_build_filename (fixture->directory, "demo-truth.npz", NULL);
}

static inline void
test_scenario_tear_down (TestScenario *fixture, gconstpointer data)
{
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->truth_path);
}

/* No setting at its default, sensors on both fields, the truth that the settings describe. */
static inline PisdScenario *
test_scenario_new (void)
{
  static const char *const rows[][2] = {
    { "problem", "helmholtz" },
    { "wavenumber", "3.3" },
    { "family", "blobs" },
    { "instance-seed", "18446744073709551615" },
    { "guidance", "dps" },
    { "sampler", "heun" },
    { "churn", "20.5" },
    { "churn-min", "0.07" },
    { "churn-max", "41" },
    { "churn-noise", "1.003" },
    { "schedule", "cosine" },
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
  pisd_sensors_edit (scenario->sensors)[3].t = 0.5;
  scenario->instance = pisd_instance_new_random (TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 3.3),
                                                 PISD_FAMILY_BLOBS, G_MAXUINT64, &error);
  g_assert_no_error (error);
  scenario->socket_name = g_strdup ("a model; with = signs");
  return scenario;
}

static inline void
test_assert_same_fields (const PisdInstance *a, const PisdInstance *b)
{
  for (guint field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
    {
      const PisdField *left = pisd_instance_get_field (a, field);
      const PisdField *right = pisd_instance_get_field (b, field);
      gsize size = pisd_field_get_n (left) * sizeof (double);

      g_assert_cmpmem (left->data, size, right->data, size);
    }
}

static inline void
test_assert_same_scenario (const PisdScenario *a, const PisdScenario *b)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *left = pisd_settings_dup_text (&a->settings, &infos[i]);
      g_autofree char *right = pisd_settings_dup_text (&b->settings, &infos[i]);

      g_assert_cmpstr (left, ==, right);
    }
  g_assert_cmpstr (a->socket_name, ==, b->socket_name);
  g_assert_true (pisd_sensors_equal (a->sensors, b->sensors));
  g_assert_true ((a->instance == NULL) == (b->instance == NULL));
  if (a->instance != NULL)
    test_assert_same_fields (a->instance, b->instance);
}

static inline PisdScenario *
test_save_and_load (const PisdScenario *scenario, const char *path)
{
  g_autoptr (GError) error = NULL;
  PisdScenario *back;

  pisd_scenario_save (scenario, path, &error);
  g_assert_no_error (error);
  back = pisd_scenario_load (path, &error);
  g_assert_no_error (error);
  return back;
}

/* A file of weights without any: a header with that fingerprint; NULL: with none. */
static inline void
test_write_weights (const char *path, const char *hash)
{
  g_autofree char *header =
      hash != NULL
          ? g_strdup_printf ("{\"__metadata__\":{\"x\":\"y\",\"data_sha256\":\"%s\"}}", hash)
          : g_strdup ("{}");
  const guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, strlen (header));
  test_write (path, bytes->data, bytes->len);
}

static inline PisdField *
test_draw_source (void)
{
  PisdField *source = pisd_field_new (PISD_GRID, PISD_GRID);

  for (guint i = 30; i < 60; i++)
    for (guint j = 50; j < 55; j++)
      source->data[i * PISD_GRID + j] = 1.1;
  return source;
}

static inline void
test_draw_truth (PisdScenario *scenario)
{
  g_autoptr (PisdField) source = test_draw_source ();
  PisdInstance *drawn = pisd_instance_new_from_source (
      TEST_EQUATION (scenario->settings.problem, scenario->settings.constants[0]), source, NULL,
      NULL);

  pisd_instance_unref (scenario->instance);
  scenario->instance = drawn;
}
