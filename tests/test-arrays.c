/* Every format has its arrays listed and read alike, and each error names file and array. */
#include "pisd-arrays.h"
#include "pisd-npz-writer.h"
#include "pisd-test-files.h"

#define NY 9
#define NX 12

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "x");
}

static char *
write_as (const TestFile *fixture, const char *suffix)
{
  const gsize shape[] = { 2, NY, NX };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  char *path = g_strconcat (fixture->path, suffix, NULL);
  double data[2 * NY * NX];

  for (guint p = 0; p < G_N_ELEMENTS (data); p++)
    data[p] = p;
  pisd_npz_writer_add (writer, "array", 3, shape, data);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  return path;
}

static void
test_formats (TestFile *fixture, gconstpointer data)
{
  static const struct
  {
    const char *suffix, *format;
  } rows[] = { { ".npz", "NPZ archive" },
               { ".npy", "NumPy array" },
               { ".mat", "MATLAB file of version 5" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *path = write_as (fixture, rows[k].suffix);
      g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
      g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, NULL);
      g_autoptr (GError) error = NULL;
      const PisdArray *array;
      double out[NX * NY];

      g_assert_true (pisd_arrays_recognise (input));
      g_assert_cmpstr (pisd_arrays_get_format (arrays), ==, rows[k].format);
      g_assert_true (pisd_arrays_is_npz (arrays) == (k == 0));
      g_assert_cmpuint (pisd_arrays_get_list (arrays)->len, ==, 1);
      array = g_ptr_array_index (pisd_arrays_get_list (arrays), 0);
      g_assert_cmpstr (array->name, ==, "array");
      g_assert_true (pisd_arrays_read_slice (
          arrays, 0, &(PisdSlice){ .axes = { 2, 1 }, .start = { 1 } }, out, NULL));
      g_assert_cmpfloat (out[3 * NY + 5], ==, (NY + 5) * NX + 3);
      g_assert_false (pisd_arrays_read_slice (
          arrays, 0, &(PisdSlice){ .axes = { 2, 1 }, .start = { 2 } }, out, &error));
      test_assert_error (&error, RANGE, path, "\"array\"", "got 2, expected 0 to 1");
    }
}

/* A file that ends in its numbers; one that is no such file at all. */
static void
test_cut (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = write_as (fixture, ".npy");
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  bytes = test_read (path, &size);
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (PisdArrays) arrays = NULL;
      double out[NX * NY];

      test_write (path, bytes, k == 0 ? (gssize) size - 8 : 20);
      input = pisd_input_open (path, NULL, NULL);
      arrays = pisd_arrays_new (input, &error);
      if (arrays != NULL)
        g_assert_false (pisd_arrays_read_slice (
            arrays, 0, &(PisdSlice){ .axes = { 1, 2 }, .start = { 1 } }, out, &error));
      test_assert_error (&error, FORMAT, path, "expected");
    }
}

/* Twice as many nodes along each side, in the same file, while it stands open. */
static void
rewrite_larger (const char *path, const char *suffix)
{
  const gsize shape[] = { 2, 2 * NY, 2 * NX };
  g_autofree double *data = g_new0 (double, 2 * 2 * NY * 2 * NX);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *larger = g_strconcat (path, suffix, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  pisd_npz_writer_add (writer, "array", 3, shape, data);
  g_assert_true (pisd_npz_writer_save (writer, larger, NULL));
  bytes = test_read (larger, &size);
  test_write (path, bytes, (gssize) size);
}

/* Room is made for what was listed, and no more is read into it. */
static void
test_rewritten (TestFile *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { ".npz", ".npy", ".mat" };

  for (guint k = 0; k < G_N_ELEMENTS (suffixes); k++)
    {
      g_autofree char *path = write_as (fixture, suffixes[k]);
      g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
      g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, NULL);
      g_autoptr (GError) error = NULL;
      double out[NX * NY];

      rewrite_larger (path, suffixes[k]);
      g_assert_false (pisd_arrays_read_slice (
          arrays, 0, &(PisdSlice){ .axes = { 1, 2 }, .start = { 1 } }, out, &error));
      test_assert_error (&error, SHAPE, path, "\"array\"", "got 2x18x24, expected 2x9x12");
    }
}

/* An archive of two members of one name: NY x NX zeros, and 1 x 2 ones. */
static void
write_twins (const char *path)
{
  const double zeros[NY * NX] = { 0 }, ones[] = { 1, 1 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *bytes = NULL;
  gsize size;

  pisd_npz_writer_add (writer, "a", 2, (const gsize[]){ NY, NX }, zeros);
  pisd_npz_writer_add (writer, "b", 2, (const gsize[]){ 1, 2 }, ones);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  bytes = test_read (path, &size);
  for (gsize k = 0; k + 5 < size; k++)
    if (memcmp (bytes + k, "b.npy", 5) == 0)
      bytes[k] = 'a';
  test_write (path, bytes, (gssize) size);
}

/* Each of the two is read as itself. */
static void
test_twins (TestFile *fixture, gconstpointer data)
{
  const PisdSlice slice = { .axes = { 0, 1 } };
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdArrays) arrays = NULL;
  g_autoptr (GError) error = NULL;
  double out[2];
  g_autofree char *path = g_strconcat (fixture->path, ".npz", NULL);

  write_twins (path);
  input = pisd_input_open (path, NULL, NULL);
  arrays = pisd_arrays_new (input, NULL);
  g_assert_cmpuint (pisd_arrays_get_list (arrays)->len, ==, 2);
  g_assert_true (pisd_arrays_read_slice (arrays, 1, &slice, out, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (out[0], ==, 1);
  g_assert_cmpfloat (out[1], ==, 1);
}

static guint
count (const char *text, const char *piece)
{
  guint n = 0;

  for (text = strstr (text, piece); text != NULL; text = strstr (text + 1, piece))
    n++;
  return n;
}

/* What is of no format says which there are; an archive that was cut off says so by its name; and
 * no message names the file twice. */
static void
test_no_format (TestFile *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { ".mat", ".npz", ".NPZ" };
  static const char *const says[] = { "expected one of: NPZ archive, NumPy array, MATLAB",
                                      "cannot be opened as an NPZ archive",
                                      "cannot be opened as an NPZ archive" };

  for (guint k = 0; k < G_N_ELEMENTS (suffixes); k++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[k], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdInput) input = NULL;

      test_write (path, "MATLAB 4, or anything", -1);
      input = pisd_input_open (path, NULL, NULL);
      g_assert_null (pisd_arrays_new (input, &error));
      g_assert_cmpuint (count (error->message, path), ==, 1);
      test_assert_error (&error, FORMAT, path, says[k]);
    }
}

/* An archive that is none any more when it is read. */
static void
test_named_once (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = write_as (fixture, ".npz");
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, NULL);
  g_autoptr (GError) error = NULL;
  double out[NX * NY];

  test_write (path, "PK, cut off", -1);
  g_assert_false (pisd_arrays_read_slice (
      arrays, 0, &(PisdSlice){ .axes = { 1, 2 }, .start = { 1 } }, out, &error));
  g_assert_cmpuint (count (error->message, path), ==, 1);
  test_assert_error (&error, FORMAT, path, "cannot be opened as an NPZ archive");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/files/arrays/formats", TestFile, NULL, set_up, test_formats, test_file_tear_down);
  g_test_add ("/files/arrays/cut", TestFile, NULL, set_up, test_cut, test_file_tear_down);
  g_test_add ("/files/arrays/rewritten", TestFile, NULL, set_up, test_rewritten,
              test_file_tear_down);
  g_test_add ("/files/arrays/twins", TestFile, NULL, set_up, test_twins, test_file_tear_down);
  g_test_add ("/files/arrays/no-format", TestFile, NULL, set_up, test_no_format,
              test_file_tear_down);
  g_test_add ("/files/arrays/named-once", TestFile, NULL, set_up, test_named_once,
              test_file_tear_down);
  return g_test_run ();
}
