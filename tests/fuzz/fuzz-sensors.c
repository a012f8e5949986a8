/* Sensors as arrays, in every layout. */
#include <glib/gstdio.h>

#include "fuzz.h"
#include "pisd-npz-writer.h"
#include "pisd-sensors-arrays.h"

static const double numbers[] = { 0.25, 0.5, 0.75, 0.5, 0.25, 1.0 };

/* Adds arrays of two sensors. */
static void
add_columns (PisdNpzWriter *writer)
{
  static const char *const names[] = { "x", "y", "value" };
  static const gsize shape[] = { 2 };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    pisd_npz_writer_add (writer, names[k], 1, shape, numbers + k);
}

static gboolean
save_columns (const char *path, GError **error)
{
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  add_columns (writer);
  return pisd_npz_writer_save (writer, path, error);
}

static gboolean
save_columns_mat (const char *path, GError **error)
{
  g_autofree char *mat = g_strconcat (path, ".mat", NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  return save_columns (mat, error) && g_file_get_contents (mat, &bytes, &n, error)
         && g_unlink (mat) == 0 && g_file_set_contents (path, bytes, (gssize) n, error);
}

static gboolean
save_table (const char *path, GError **error)
{
  static const gsize shape[] = { 2, 3 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "u", 2, shape, numbers);
  return pisd_npz_writer_save (writer, path, error);
}

static void
seed_sensors (GPtrArray *seeds)
{
  fuzz_add_saved (seeds, save_columns);
  fuzz_add_saved (seeds, save_columns_mat);
  fuzz_add_saved (seeds, save_table);
}

static void
feed_sensors (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (GError) error = NULL;

  pisd_sensors_arrays_recognise (input);
  if (!pisd_arrays_recognise (input))
    return;
  sensors = pisd_sensors_load_arrays_from (PISD_PROBLEM_POISSON, input, &error);
  fuzz_check (sensors != NULL, &error);
}

/* Columns of the most sensors that there may be. */
const FuzzTarget fuzz_sensors = { "sensors", seed_sensors, feed_sensors, 300, 16 << 20, 1032 };
