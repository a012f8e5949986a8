#include <sys/stat.h>
#include <unistd.h>

#include "pisd-input.h"
#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "some\x1b.txt");
}

static void
assert_reads (PisdInput *input, gsize max, const char *expected, gboolean expect_whole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_whole;
  gconstpointer got;
  gsize n;

  bytes = pisd_input_read (input, max, &is_whole, &error);
  g_assert_no_error (error);
  got = g_bytes_get_data (bytes, &n);
  g_assert_cmpmem (got, n, expected, strlen (expected));
  g_assert_cmpint (is_whole, ==, expect_whole);
}

/* The same part can be read any number of times. */
static void
assert_is_text (PisdInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) all = NULL;

  assert_reads (input, 2, "ab", FALSE);
  assert_reads (input, 4, "abcd", TRUE);
  assert_reads (input, 100, "abcd", TRUE);
  assert_reads (input, 0, "", FALSE);
  all = pisd_input_read_all (input, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (all), ==, 4);
  g_assert_null (pisd_input_read_all (input, 3, &error));
  test_assert_error (&error, LIMIT, pisd_input_get_name (input), "at most 3");
}

static void
test_file (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = NULL;
  FILE *stream;

  test_write (fixture->path, "abcd", 4);
  input = pisd_input_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pisd_input_get_path (input), ==, fixture->path);
  g_assert_true (g_str_has_suffix (pisd_input_get_name (input), "some\\u001b.txt"));
  stream = pisd_input_dup_stream (input);
  g_assert_cmpint (fgetc (stream), ==, 'a');
  assert_is_text (input);
  g_assert_cmpint (fgetc (stream), ==, 'b');
  fclose (stream);
}

static void
test_pipe (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autofree char *path = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], "abcd", 4), ==, 4);
  close (fds[1]);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  input = pisd_input_open (path, NULL, &error);
  close (fds[0]);
  g_assert_no_error (error);
  g_assert_null (pisd_input_dup_stream (input));
  assert_is_text (input);
}

/* A device without an end is given up at the limit. */
static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_input_open ("/dev/zero", NULL, &error));
  test_assert_error (&error, LIMIT, "/dev/zero", "268435456");
}

/* A device without an end is given up as soon as somebody asks for it, too. */
static void
test_stops (void)
{
  for (guint limit = 0; limit < 4; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_input_open ("/dev/zero", cancel, &error));
      test_assert_error (&error, CANCELLED, "/dev/zero");
      g_assert_cmpuint (t.looks, ==, limit + 1);
    }
}

/* Nobody writes into the pipe. */
static void
test_waits (TestFile *fixture, gconstpointer data)
{
  TestTrip t = { 0, 2 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (pisd_input_open (fixture->path, cancel, &error));
  test_assert_error (&error, CANCELLED, "some\\u001b.txt");
  g_assert_cmpuint (t.looks, ==, 3);
}

static void
test_unreadable (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_input_open (fixture->path, NULL, &error));
  test_assert_error (&error, IO, "some\\u001b.txt: cannot be opened");
  g_assert_null (pisd_input_open (fixture->directory, NULL, &error));
  test_assert_error (&error, IO, fixture->directory, "cannot be read");
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/files/input/file", test_file);
  g_test_add_func ("/files/input/pipe", test_pipe);
  g_test_add_func ("/files/input/endless", test_endless);
  g_test_add_func ("/files/input/stops", test_stops);
  ADD ("/files/input/waits", test_waits);
  ADD ("/files/input/unreadable", test_unreadable);
  return g_test_run ();
}
