#include <zip.h>

#include "pisd-arrays.h"
#include "pisd-npz-writer.h"
#include "pisd-test-files.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "truth.npz");
}

static void
write_pair (const char *path)
{
  const double a[6] = { 1, -2.5, 3, 4, -0.0, 1e-300 }, u[2] = { 7, 8 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;

  pisd_npz_writer_add (writer, "a", 2, (const gsize[]){ 2, 3 }, a);
  pisd_npz_writer_add (writer, "u", 1, (const gsize[]){ 2 }, u);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

/* The bytes are those that numpy.lib.format describes. */
static void
test_written_bytes (TestFile *fixture, gconstpointer data)
{
  const gsize shape[2] = { 1, 2 };
  const double values[2] = { 1, 2 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  zip_t *archive;
  zip_file_t *file;
  char bytes[256];
  int code;

  pisd_npz_writer_add (writer, "x", 2, shape, values);
  g_assert_true (pisd_npz_writer_save (writer, fixture->path, NULL));
  archive = zip_open (fixture->path, ZIP_RDONLY, &code);
  g_assert_nonnull (archive);
  file = zip_fopen (archive, "x.npy", 0);
  g_assert_cmpint (zip_fread (file, bytes, sizeof bytes), ==, 128 + 16);
  g_assert_cmpmem (bytes, 10, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_assert_cmpmem (bytes + 10, 60, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }  ",
                   60);
  g_assert_cmpint (bytes[127], ==, '\n');
  g_assert_cmpmem (bytes + 128, 16, values, 16);
  zip_fclose (file);
  zip_discard (archive);
}

/* Every date in an archive is the first that the format knows, 1 January 1980: at byte 10 of a local
 * header, at byte 12 of a central one, two bytes of time and two of date.  Returns how many. */
static guint
check_dates (const char *bytes, gsize n)
{
  static const char first_date[] = { 0x00, 0x00, 0x21, 0x00 };
  guint n_headers = 0;

  for (gsize k = 0; k + 20 < n; k++)
    {
      gboolean is_local = memcmp (bytes + k, "PK\3\4", 4) == 0;

      if (!is_local && memcmp (bytes + k, "PK\1\2", 4) != 0)
        continue;
      g_assert_cmpmem (bytes + k + (is_local ? 10 : 12), 4, first_date, 4);
      n_headers++;
    }
  return n_headers;
}

/* No dates: equal arrays make equal files, whenever they are written. */
static void
test_deterministic (TestFile *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_first, n_second;

  write_pair (fixture->path);
  first = test_read (fixture->path, &n_first);
  write_pair (fixture->path);
  second = test_read (fixture->path, &n_second);
  g_assert_cmpmem (first, n_first, second, n_second);
  g_assert_cmpuint (check_dates (first, n_first), ==, 4);
}

static void
test_save_failure (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "x.npz", NULL);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;
  const double one = 1;

  pisd_npz_writer_add (writer, "a", 0, NULL, &one);
  g_assert_false (pisd_npz_writer_save (writer, path, &error));
  test_assert_error (&error, IO, path);
}

/* An array that is too large is said when the archive is saved, and none is written. */
static void
test_too_large (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;
  const double one = 1;

  pisd_npz_writer_add (writer, "w_samples", 1, (const gsize[]){ (gsize) 1 << 30 }, &one);
  pisd_npz_writer_add (writer, "a", 0, NULL, &one);
  g_assert_false (pisd_npz_writer_save (writer, fixture->path, &error));
  test_assert_error (&error, LIMIT, "truth.npz: `w_samples`: shape: got 1073741824 numbers");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* The name says the format; of several arrays a single one is those that were marked. */
static void
test_forms (TestFile *fixture, gconstpointer data)
{
  static const double values[] = { 1, 2, 3, 4, 5, 6 };
  const gsize shape[] = { 3 };
  g_autofree char *npy = g_build_filename (fixture->directory, "x.NPY", NULL);
  g_autofree char *mat = g_build_filename (fixture->directory, "x.mat", NULL);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdArrays) arrays = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n;

  pisd_npz_writer_add (writer, "first", 1, shape, values);
  pisd_npz_writer_add (writer, "other", 0, NULL, values);
  g_assert_false (pisd_npz_writer_save (writer, npy, &error));
  test_assert_error (&error, SHAPE, "x.NPY: got 2 arrays", ".npz or .mat");
  pisd_npz_writer_add (writer, "second", 1, shape, values + 3);
  pisd_npz_writer_mark (writer);
  g_assert_true (pisd_npz_writer_save (writer, npy, &error));
  bytes = test_read (npy, &n);
  g_assert_cmpmem (bytes + n - 3 * sizeof (double), 3 * sizeof (double), values + 3,
                   3 * sizeof (double));
  g_assert_true (pisd_npz_writer_save (writer, mat, &error));
  input = pisd_input_open (mat, NULL, &error);
  arrays = pisd_arrays_new (input, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pisd_arrays_get_list (arrays)->len, ==, 3);
  g_assert_cmpstr (pisd_arrays_get_format (arrays), ==, "MATLAB file of version 5");
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/files/npz-writer/written-bytes", test_written_bytes);
  ADD ("/files/npz-writer/deterministic", test_deterministic);
  ADD ("/files/npz-writer/save-failure", test_save_failure);
  ADD ("/files/npz-writer/too-large", test_too_large);
  ADD ("/files/npz-writer/forms", test_forms);
  return g_test_run ();
}
