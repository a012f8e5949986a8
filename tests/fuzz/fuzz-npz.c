/* Archives: their list, their comment, and a truth in them. */
#include "fuzz.h"
#include "pisd-npz-stream.h"
#include "pisd-npz-writer.h"
#include "pisd-npz.h"
#include "pisd-truth.h"

static gboolean
save_small (const char *path, GError **error)
{
  static const gsize shape[] = { 2, 3 };
  static const double data[6] = { 0.0, 1.0, 2.0, 3.0, 4.0, 5.0 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "a", 2, shape, data);
  pisd_npz_writer_add (writer, "u", 0, NULL, data);
  pisd_npz_writer_set_comment (writer, "said of it");
  return pisd_npz_writer_save (writer, path, error);
}

static gboolean
save_stream (const char *path, GError **error)
{
  static const gsize shape[] = { 2 };
  static const gint64 data[2] = { 7, -7 };
  g_autoptr (PisdNpzStream) stream = pisd_npz_stream_new (path, error);

  pisd_npz_stream_add (stream, "a", "i8", 1, shape);
  return pisd_npz_stream_append (stream, 0, data, sizeof data, error)
         && pisd_npz_stream_finish (stream, "", error);
}

/* Fields that solve nothing, but small when they are packed. */
static gboolean
save_truth (const char *path, GError **error)
{
  static const gsize shape[] = { PISD_GRID, PISD_GRID };
  g_autofree double *data = g_new0 (double, PISD_GRID *PISD_GRID);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "a", 2, shape, data);
  pisd_npz_writer_add (writer, "u", 2, shape, data);
  return pisd_npz_writer_save (writer, path, error);
}

static void
seed_npz (GPtrArray *seeds)
{
  fuzz_add_saved (seeds, save_small);
  fuzz_add_saved (seeds, save_stream);
  fuzz_add_saved (seeds, save_truth);
  fuzz_add_data (seeds, "faults/zero.npz");
}

static void
read_list (PisdInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = pisd_npz_list_from (input, &error);
  g_autofree char *comment = pisd_npz_dup_comment (input);

  fuzz_check (list != NULL, &error);
}

static void
read_arrays (PisdInput *input)
{
  static const char *const names[] = { "a", "u", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrays = pisd_npz_read_from (input, names, 1 << 28, &error);

  fuzz_check (arrays != NULL, &error);
}

static void
feed_npz (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;
  gboolean worked;

  read_list (input);
  read_arrays (input);
  worked = pisd_truth_open_from (scenario, input, &error);
  fuzz_check (worked, &error);
}

/* Deflate makes up to 1032 bytes of one, and a truth value of one byte takes eight. */
const FuzzTarget fuzz_npz = { "npz", seed_npz, feed_npz, 500, 4 << 20, 9 * 1032 };
