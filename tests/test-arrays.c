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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/files/arrays/formats", TestFile, NULL, set_up, test_formats, test_file_tear_down);
  g_test_add ("/files/arrays/cut", TestFile, NULL, set_up, test_cut, test_file_tear_down);
  return g_test_run ();
}
