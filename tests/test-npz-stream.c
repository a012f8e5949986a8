#define _GNU_SOURCE /* memmem () */
#include <string.h>

#include "pisd-npz-stream.h"

#include "pisd-npz.h"
#include "pisd-test-files.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "fields.npz");
}

/* Two arrays whose elements come in turn: [5, 3] of float32 and [5] of int64. */
static PisdNpzStream *
start (TestFile *fixture, guint numbers[2])
{
  g_autoptr (GError) error = NULL;
  PisdNpzStream *stream = pisd_npz_stream_new (fixture->path, &error);

  g_assert_no_error (error);
  numbers[0] = pisd_npz_stream_add (stream, "a", "f4", 2, (const gsize[]){ 5, 3 });
  numbers[1] = pisd_npz_stream_add (stream, "seed", "i8", 1, (const gsize[]){ 5 });
  return stream;
}

static void
append_row (PisdNpzStream *stream, const guint numbers[2], guint i)
{
  const float row[] = { i, i + 0.25f, -1.0f };
  const gint64 seed = 100 + i;
  g_autoptr (GError) error = NULL;

  pisd_npz_stream_append (stream, numbers[0], row, sizeof row, &error);
  g_assert_no_error (error);
  pisd_npz_stream_append (stream, numbers[1], &seed, sizeof seed, &error);
  g_assert_no_error (error);
}

static void
write_all (TestFile *fixture)
{
  guint numbers[2];
  g_autoptr (PisdNpzStream) stream = start (fixture, numbers);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    append_row (stream, numbers, i);
  pisd_npz_stream_finish (stream, "five rows", &error);
  g_assert_no_error (error);
}

/* What was written is read, sums of the members and the comment included. */
static void
test_round_trip (TestFile *fixture, gconstpointer data)
{
  static const char *const names[] = { "a", "seed", NULL };
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *comment = NULL;

  write_all (fixture);
  arrays = pisd_npz_read (fixture->path, names, 100, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    {
      const PisdArray *a = arrays->pdata[0], *seed = arrays->pdata[1];

      g_assert_cmpfloat (a->data[3 * i], ==, i);
      g_assert_cmpfloat (a->data[3 * i + 1], ==, i + 0.25);
      g_assert_cmpfloat (a->data[3 * i + 2], ==, -1.0);
      g_assert_cmpfloat (seed->data[i], ==, 100 + i);
    }
  input = pisd_input_open (fixture->path, NULL, NULL);
  comment = pisd_npz_dup_comment (input);
  g_assert_cmpstr (comment, ==, "five rows");
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

/* The same arrays, the same bytes; a flipped bit of an element is found by its sum. */
static void
test_bytes (TestFile *fixture, gconstpointer data)
{
  static const char *const names[] = { "a", NULL };
  const float wanted = 3.25f;
  gsize n, n_again;
  g_autofree char *bytes = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  char *place;

  write_all (fixture);
  bytes = test_read (fixture->path, &n);
  write_all (fixture);
  again = test_read (fixture->path, &n_again);
  g_assert_cmpmem (bytes, n, again, n_again);
  place = memmem (bytes, n, &wanted, sizeof wanted);
  g_assert_nonnull (place);
  *place ^= 1;
  test_write (fixture->path, bytes, (gssize) n);
  g_assert_null (pisd_npz_read (fixture->path, names, 100, &error));
  test_assert_error (&error, FORMAT, fixture->path);
}

/* Of what was begun and not finished nothing is left, and the old file stands. */
static void
test_unfinished (TestFile *fixture, gconstpointer data)
{
  guint numbers[2];
  PisdNpzStream *stream;
  g_autofree char *temporary = NULL, *bytes = NULL;
  gsize n;

  test_write (fixture->path, "old", 3);
  stream = start (fixture, numbers);
  append_row (stream, numbers, 0);
  temporary = g_strdup (pisd_npz_stream_get_temporary (stream));
  g_assert_true (g_file_test (temporary, G_FILE_TEST_EXISTS));
  pisd_npz_stream_free (stream);
  g_assert_false (g_file_test (temporary, G_FILE_TEST_EXISTS));
  bytes = test_read (fixture->path, &n);
  g_assert_cmpmem (bytes, n, "old", 3);
}

#define ADD(name, function) \
  g_test_add ("/files/npz-stream/" name, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("bytes", test_bytes);
  ADD ("unfinished", test_unfinished);
  return g_test_run ();
}
