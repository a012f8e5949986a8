/* Tables: sensors of every equation, points of a drawing; every dialect and encoding. */
#include "fuzz.h"
#include "pisd-csv.h"
#include "pisd-operator.h"
#include "pisd-sensors-csv.h"

static void
seed_csv (GPtrArray *seeds)
{
  static const char *const files[] = {
    "faults/blank-line-first.csv",       "faults/dialect-cr-only.csv",
    "faults/dialect-no-break-space.csv", "faults/dialect-row-numbers.csv",
    "faults/dialect-sep-line.csv",       "faults/dialect-semicolon-decimal-comma.csv",
    "faults/dialect-tabs.csv",           "faults/dialect-trailing-comma.csv",
    "faults/dialect-utf16.csv",          "faults/mark-then-blank.csv",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    fuzz_add_data (seeds, files[i]);
  fuzz_add_text (seeds, "\"field\",\"x\",\"y\",\"value\",t,sd\na,0.5,1e-3,-7,\"0,5\",0.1\n");
  fuzz_add_text (seeds, "field;x;y;value\r\nw;0,25;1;1,5e3\r\n\r\n;;;\r\nw;0,5;0;\"2\"\r\n");
}

static void
read_rows (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdCsv) csv = pisd_csv_new (input, &error);
  PisdCsvStatus status;

  while ((status = pisd_csv_next (csv, &error)) == PISD_CSV_ROW)
    for (guint i = 0; i < pisd_csv_get_n_cells (csv); i++)
      g_assert_true (g_utf8_validate (pisd_csv_get_cell (csv, i), -1, NULL));
  fuzz_check (status == PISD_CSV_END, &error);
}

static void
feed_csv (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);

  read_rows (bytes);
  pisd_sensors_csv_recognise (input);
  for (guint problem = 0; problem < PISD_N_PROBLEMS; problem++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSensors) sensors = pisd_sensors_load_csv_from (problem, input, &error);

      fuzz_check (sensors != NULL, &error);
    }
}

const FuzzTarget fuzz_csv = { "csv", seed_csv, feed_csv, 6000, 1 << 18, 64 };
