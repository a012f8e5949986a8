#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-save.h"
#include "pisd-test-files.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "result.bin");
}

static void
assert_content (const char *path, const char *expected, gsize size)
{
  gsize n;
  g_autofree char *bytes = test_read (path, &n);

  g_assert_cmpmem (bytes, n, expected, size);
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_create (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  mode_t mask = umask (027);

  g_assert_true (pisd_save_bytes (fixture->path, "a\0b", 3, &error));
  umask (mask);
  g_assert_no_error (error);
  assert_content (fixture->path, "a\0b", 3);
  g_assert_cmpuint (get_mode (fixture->path), ==, 0640);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

static void
test_replace (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, "old", 3);
  g_assert_cmpint (g_chmod (fixture->path, 0604), ==, 0);
  g_assert_true (pisd_save_bytes (fixture->path, NULL, 0, &error));
  g_assert_no_error (error);
  assert_content (fixture->path, "", 0);
  g_assert_cmpuint (get_mode (fixture->path), ==, 0604);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

static void
test_relative (TestFile *fixture, gconstpointer data)
{
  g_autofree char *before = g_get_current_dir ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chdir (fixture->directory), ==, 0);
  g_assert_true (pisd_save_bytes ("result.bin", "x", 1, &error));
  g_assert_cmpint (g_chdir (before), ==, 0);
  assert_content (fixture->path, "x", 1);
}

static void
test_longest_name (TestFile *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_save_bytes (path, "x", 1, &error));
  assert_content (path, "x", 1);
}

static void
test_link (TestFile *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->directory, "link", NULL);
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, "old", 3);
  g_assert_cmpint (symlink ("result.bin", link), ==, 0);
  g_assert_true (pisd_save_bytes (link, "new", 3, &error));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_content (fixture->path, "new", 3);
}

static void
test_no_directory (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "x", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_save_bytes (path, "x", 1, &error));
  test_assert_error (&error, IO, path);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
}

/* A name may hold anything; a message about it does not. */
static void
test_strange_name (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "no\x1b[31mne", "x\n", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_save_bytes (path, "x", 1, &error));
  test_assert_error (&error, IO, fixture->directory, "no\\u001b[31mne", "x\\u000a: ");
}

static void
test_file_as_directory (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "x", NULL);
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, "old", 3);
  g_assert_false (pisd_save_bytes (path, "x", 1, &error));
  test_assert_error (&error, IO, path);
  assert_content (fixture->path, "old", 3);
}

static void
test_target_is_directory (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_save_bytes (fixture->directory, "x", 1, &error));
  test_assert_error (&error, IO, fixture->directory);
  g_assert_true (g_file_test (fixture->directory, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
}

/* Renaming over a pipe or a device would take it away from everybody.  A pipe stands for both: it
 * is the test's own. */
static void
test_pipe (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (pisd_save_bytes (fixture->path, "x", 1, &error));
  test_assert_error (&error, IO, fixture->path, "regular file");
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_true (S_ISFIFO (info.st_mode));
}

/* The disk is full half-way: as a limit on the size of files. */
static void
test_full_disk (TestFile *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc0 (1 << 20);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gboolean ok;

  test_write (fixture->path, "old", 3);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 10000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  ok = pisd_save_bytes (fixture->path, big, 1 << 20, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (ok);
  test_assert_error (&error, IO, fixture->path, "cannot be written");
  assert_content (fixture->path, "old", 3);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

/* What cannot be saved is refused before, with the same words, and the folder stays as it was. */
static void
test_check (TestFile *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (300, 'n');
  g_autofree char *too_long = g_build_filename (fixture->directory, name, NULL);
  g_autofree char *nowhere = g_build_filename (fixture->directory, "none", "x", NULL);
  const char *const bad[] = { "", too_long, nowhere, fixture->directory, "/dev/null", "/proc/x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) before = NULL;
      g_autoptr (GError) after = NULL;

      g_assert_false (pisd_save_check (bad[i], &before));
      g_assert_false (pisd_save_bytes (bad[i], "x", 1, &after));
      g_assert_cmpstr (before->message, ==, after->message);
      test_assert_error (&before, IO, bad[i]);
    }
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
}

/* A check writes nothing: neither a new file nor over an old one. */
static void
test_check_writes_nothing (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_save_check (fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 0);
  test_write (fixture->path, "old", 3);
  g_assert_true (pisd_save_check (fixture->path, &error));
  g_assert_no_error (error);
  assert_content (fixture->path, "old", 3);
  g_assert_cmpuint (test_directory_count (fixture->directory), ==, 1);
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/base/save/create", test_create);
  ADD ("/base/save/replace", test_replace);
  ADD ("/base/save/relative", test_relative);
  ADD ("/base/save/longest-name", test_longest_name);
  ADD ("/base/save/link", test_link);
  ADD ("/base/save/no-directory", test_no_directory);
  ADD ("/base/save/strange-name", test_strange_name);
  ADD ("/base/save/file-as-directory", test_file_as_directory);
  ADD ("/base/save/target-is-directory", test_target_is_directory);
  ADD ("/base/save/pipe", test_pipe);
  ADD ("/base/save/full-disk", test_full_disk);
  ADD ("/base/save/check", test_check);
  ADD ("/base/save/check-writes-nothing", test_check_writes_nothing);
  return g_test_run ();
}
