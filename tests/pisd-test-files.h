/* What tests of files need: a directory of their own, files with given bytes, errors looked at
 * closely. */
#pragma once

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "pisd-error.h"

static inline char *
test_directory_new (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("pisd-test-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

static inline void
test_directory_remove (const char *directory)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        test_directory_remove (path);
      else
        g_unlink (path);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (directory);
}

/* A fixture: a directory of the test's own and the path of a file in it, which is not there yet. */
typedef struct
{
  char *directory;
  char *path;
} TestFile;

static inline void
test_file_init (TestFile *self, const char *name)
{
  self->directory = test_directory_new ();
  self->path = g_build_filename (self->directory, name, NULL);
}

static inline void
test_file_tear_down (TestFile *self, gconstpointer data)
{
  test_directory_remove (self->directory);
  g_free (self->directory);
  g_free (self->path);
}

static inline guint
test_directory_count (const char *directory)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

/* size < 0: a text. */
static inline void
test_write (const char *path, const void *bytes, gssize size)
{
  gsize n = size < 0 ? strlen (bytes) : (gsize) size;
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static inline char *
test_read (const char *path, gsize *size)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, size, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The error is of that code, on one line, and its message holds every piece.  It is then cleared.
 */
static inline void
test_assert_error_at (const char *where, GError **error, PisdError code, const char *const *pieces)
{
  if (*error == NULL)
    g_error ("%s: got no error, expected %s", where, pisd_error_get_meaning (code));
  if (!g_error_matches (*error, PISD_ERROR, code))
    g_error ("%s: got \"%s\", expected an error for: %s", where, (*error)->message,
             pisd_error_get_meaning (code));
  if (strchr ((*error)->message, '\n') != NULL)
    g_error ("%s: got \"%s\", expected one line", where, (*error)->message);
  for (; *pieces != NULL; pieces++)
    if (strstr ((*error)->message, *pieces) == NULL)
      g_error ("%s: got \"%s\", expected it to hold \"%s\"", where, (*error)->message, *pieces);
  g_clear_error (error);
}

#define test_assert_error(error, code, ...)                   \
  test_assert_error_at (G_STRLOC, (error), PISD_ERROR_##code, \
                        (const char *const[]){ __VA_ARGS__, NULL })
