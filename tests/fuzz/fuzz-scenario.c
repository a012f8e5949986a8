/* Scenario files.  Truths are left out: drawing them takes long, and other files are not ours. */
#include <string.h>

#include "fuzz.h"
#include "pisd-file-kind.h"
#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-sensor-row.h"
#include "pisd-truth.h"

#define NO_TRUTH "\n[truth]\nknown=false\n"

/* One of every equation, with every setting in it. */
static void
add_scenario (GPtrArray *seeds, const char *problem)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autofree char *text = NULL;
  PisdSensor sensor;
  gsize size;

  pisd_settings_set (&scenario->settings, "problem", problem, NULL);
  pisd_sensor_begin (&sensor);
  pisd_sensor_settle (&sensor, scenario->settings.problem);
  pisd_sensors_add (scenario->sensors, &sensor);
  pisd_sensors_add (scenario->sensors, &sensor);
  text = pisd_scenario_dup_text (scenario, &size, NULL);
  fuzz_add_bytes (seeds, text, size);
}

static void
seed_scenario (GPtrArray *seeds)
{
  fuzz_add_data (seeds, "faults/byte-order-mark.pisd");
  fuzz_add_data (seeds, "faults/control-group.pisd");
  fuzz_add_text (seeds, "[scenario]\nproblem=pois\\qson\\\n");
  fuzz_add_text (seeds, "[scenario]\nproblem=helmholtz\nwavenumber=3\ncourse-pde=0:1 1:0.5\n"
                        "[prior]\nweights=none.safetensors\n[sensors]\nrows=a,0.5,0.5,0,1,0;\n");
  for (guint problem = 0; problem < PISD_N_PROBLEMS; problem++)
    add_scenario (seeds, pisd_operator_get (problem)->name);
}

/* Text in UTF-16 stays as it is. */
static GBytes *
take_truth_away (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GByteArray *text = g_byte_array_new ();

  g_byte_array_append (text, data, (guint) size);
  if (size < 2 || (data[0] != 0xff && data[0] != 0xfe && data[0] != 0 && data[1] != 0))
    g_byte_array_append (text, (const guint8 *) NO_TRUTH, strlen (NO_TRUTH));
  return g_byte_array_free_to_bytes (text);
}

/* What is saved of it reads as the same. */
static void
save_again (const PisdScenario *scenario)
{
  g_autoptr (PisdScenario) again = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  char *text = pisd_scenario_dup_text (scenario, &size, &error);

  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, size);
  input = fuzz_open (bytes);
  again = pisd_scenario_load_from (input, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_equal (scenario->sensors, again->sensors));
}

static void
feed_scenario (GBytes *bytes)
{
  g_autoptr (GBytes) text = take_truth_away (bytes);
  g_autoptr (PisdInput) input = fuzz_open (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdScenario) scenario = pisd_scenario_load_from (input, &error);
  PisdFileKind kind;

  pisd_file_kind_recognise (input, &kind);
  if (scenario != NULL && scenario->instance == NULL)
    save_again (scenario);
  fuzz_check (scenario != NULL, &error);
}

const FuzzTarget fuzz_scenario = { "scenario", seed_scenario, feed_scenario, 700, 4 << 20, 256 };
