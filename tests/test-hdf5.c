/* HDF5 and MATLAB 7.3: shapes, slices, strangers, and files that are cut off or damaged. */
#include "pisd-hdf5.h"
#include "pisd-test-files.h"
#include "pisd-test-hdf5.h"

#define NY 9
#define NX 10
#define N_CASES 3

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "x.h5");
}

/* [case, y, x] */
static void
write_file (const char *path, gboolean is_matlab)
{
  double data[N_CASES * NY * NX];
  PisdArray stack = {
    .name = (char *) "stack", .n_dimensions = 3, .shape = { N_CASES, NY, NX }, .data = data
  };
  const hid_t file = test_hdf5_create (path, is_matlab);

  for (guint p = 0; p < G_N_ELEMENTS (data); p++)
    data[p] = p;
  test_hdf5_add (file, &stack, is_matlab);
  test_hdf5_close (file, path, is_matlab);
}

static void
assert_slices (PisdInput *input, gboolean is_matlab)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = pisd_hdf5_list (input, &error);
  double rows[NY * NX], columns[NX * NY];
  g_autofree char *shape = NULL;
  const PisdArray *array;

  g_assert_no_error (error);
  g_assert_true (pisd_hdf5_recognise (input));
  g_assert_true (pisd_hdf5_is_matlab (input) == is_matlab);
  g_assert_cmpuint (list->len, ==, 1);
  array = g_ptr_array_index (list, 0);
  shape = pisd_array_dup_shape (array);
  g_assert_cmpstr (shape, ==, "3x9x10");
  g_assert_true (pisd_hdf5_read_slice (
      input, array, &(PisdSlice){ .axes = { 1, 2 }, .start = { 2 } }, rows, &error));
  g_assert_true (pisd_hdf5_read_slice (
      input, array, &(PisdSlice){ .axes = { 2, 1 }, .start = { 2 } }, columns, &error));
  for (guint i = 0; i < NY; i++)
    for (guint j = 0; j < NX; j++)
      {
        g_assert_cmpfloat (rows[i * NX + j], ==, (2 * NY + i) * NX + j);
        g_assert_cmpfloat (columns[j * NY + i], ==, (2 * NY + i) * NX + j);
      }
}

/* As a file and, like a pipe, in memory. */
static void
test_slices (TestFile *fixture, gconstpointer data)
{
  for (guint is_matlab = 0; is_matlab < 2; is_matlab++)
    {
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (PisdInput) inside = NULL;
      g_autoptr (GBytes) bytes = NULL;

      write_file (fixture->path, is_matlab);
      input = pisd_input_open (fixture->path, NULL, NULL);
      assert_slices (input, is_matlab);
      bytes = pisd_input_read_all (input, 1 << 20, NULL);
      inside = pisd_input_new_for_bytes ("pipe", bytes);
      assert_slices (inside, is_matlab);
    }
}

/* [1, 2 NY, 2 NX] in the place of what was listed, in the same file. */
static void
test_rewritten (TestFile *fixture, gconstpointer data)
{
  for (guint is_matlab = 0; is_matlab < 2; is_matlab++)
    {
      g_autofree double *zeros = g_new0 (double, 4 * NY * NX);
      PisdArray larger = {
        .name = (char *) "stack", .n_dimensions = 3, .shape = { 1, 2 * NY, 2 * NX }, .data = zeros
      };
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GError) error = NULL;
      double out[NY * NX];
      hid_t file;

      write_file (fixture->path, is_matlab);
      input = pisd_input_open (fixture->path, NULL, NULL);
      list = pisd_hdf5_list (input, NULL);
      file = test_hdf5_create (fixture->path, is_matlab);
      test_hdf5_add (file, &larger, is_matlab);
      test_hdf5_close (file, fixture->path, is_matlab);
      g_assert_false (pisd_hdf5_read_slice (input, g_ptr_array_index (list, 0),
                                            &(PisdSlice){ .axes = { 1, 2 } }, out, &error));
      test_assert_error (&error, SHAPE, "got 1x18x20, expected 3x9x10");
    }
}

/* Another file in its place: the one that is open is read, or none, where the library insists on
 * its name. */
static void
test_replaced (TestFile *fixture, gconstpointer data)
{
  g_autofree char *other = g_strconcat (fixture->path, ".other", NULL);
  double zeros[NY * NX] = { 0 };
  PisdArray single = {
    .name = (char *) "other", .n_dimensions = 2, .shape = { NY, NX }, .data = zeros
  };
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const hid_t file = test_hdf5_create (other, FALSE);

  test_hdf5_add (file, &single, FALSE);
  test_hdf5_close (file, other, FALSE);
  write_file (fixture->path, FALSE);
  input = pisd_input_open (fixture->path, NULL, NULL);
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  list = pisd_hdf5_list (input, &error);
  if (list == NULL)
    test_assert_error (&error, FORMAT, "cannot be opened");
  else
    g_assert_cmpstr (((PisdArray *) g_ptr_array_index (list, 0))->name, ==, "stack");
}

/* Somebody else who waits for the library and is to stop. */
static gpointer
wait_in_vain (gpointer data)
{
  PisdInput *input = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_hdf5_list (input, &error));
  test_assert_error (&error, CANCELLED, pisd_input_get_name (input));
  return NULL;
}

/* Asked while the library is in use. */
static gboolean
let_other_wait (gpointer data)
{
  PisdInput **other = data;
  PisdInput *input = g_steal_pointer (other);

  if (input != NULL)
    g_thread_join (g_thread_new ("other", wait_in_vain, input));
  pisd_input_free (input);
  return FALSE;
}

/* Whoever waits until the library is free can stop waiting. */
static void
test_busy (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdInput) file = NULL;
  g_autoptr (PisdCancel) stopped = pisd_cancel_new ();
  PisdInput *other;
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (let_other_wait, &other);
  g_autoptr (PisdInput) input = NULL;

  write_file (fixture->path, FALSE);
  file = pisd_input_open (fixture->path, NULL, NULL);
  input = pisd_input_dup (file, cancel);
  pisd_cancel_trigger (stopped);
  other = pisd_input_dup (file, stopped);
  assert_slices (input, FALSE);
  g_assert_null (other);
}

static void
add_strangers (hid_t file)
{
  const hsize_t huge[] = { 1 << 20, 1 << 20 };
  const hid_t text = H5Tcopy (H5T_C_S1), scalar = H5Screate (H5S_SCALAR);
  const hid_t space = H5Screate_simple (2, huge, NULL), list = H5Pcreate (H5P_DATASET_CREATE);

  H5Dclose (H5Dcreate2 (file, "text", text, scalar, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Pset_chunk (list, 2, (const hsize_t[]){ 1 << 13, 1 << 13 });
  H5Dclose (H5Dcreate2 (file, "pieces", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, list, H5P_DEFAULT));
  H5Pset_layout (list, H5D_CONTIGUOUS);
  H5Pset_external (list, "/etc/hostname", 0, H5F_UNLIMITED);
  H5Dclose (H5Dcreate2 (file, "outside", H5T_NATIVE_UCHAR, space, H5P_DEFAULT, list, H5P_DEFAULT));
  H5Pclose (list);
  H5Sclose (space);
  H5Sclose (scalar);
  H5Tclose (text);
}

/* What lies in other files, is text or comes in pieces larger than memory should be. */
static void
test_strangers (TestFile *fixture, gconstpointer data)
{
  static const char *const says[] = { "other files", "pieces", "element type" };
  const hid_t file = test_hdf5_create (fixture->path, FALSE);
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GPtrArray) list = NULL;

  add_strangers (file);
  test_hdf5_close (file, fixture->path, FALSE);
  input = pisd_input_open (fixture->path, NULL, NULL);
  list = pisd_hdf5_list (input, NULL);
  g_assert_cmpuint (list->len, ==, 3);
  for (guint k = 0; k < 3; k++)
    {
      const PisdArray *array = g_ptr_array_index (list, k);

      g_assert_nonnull (array->unreadable);
      g_assert_nonnull (strstr (array->unreadable, says[k]));
    }
}

/* A packed data set in pieces of these sides, whose first piece has these bytes. */
static void
write_pieces (const char *path, const hsize_t *sides, const char *bytes)
{
  const hid_t file = test_hdf5_create (path, FALSE), list = H5Pcreate (H5P_DATASET_CREATE);
  const hid_t space = H5Screate_simple (3, (const hsize_t[]){ 4096, 2048, 2048 }, NULL);
  const hsize_t start[3] = { 0 };
  hid_t set;

  H5Pset_chunk (list, 3, sides);
  H5Pset_deflate (list, 1);
  set = H5Dcreate2 (file, "u", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  if (bytes[0] != '\0')
    H5Dwrite_chunk (set, H5P_DEFAULT, 0, start, strlen (bytes), bytes);
  H5Dclose (set);
  H5Pclose (list);
  H5Sclose (space);
  test_hdf5_close (file, path, FALSE);
}

/* What so few bytes cannot hold, a large piece that was never written, and pieces of one number
 * each, of which a slice has more than anybody should look for. */
static void
test_pieces (TestFile *fixture, gconstpointer data)
{
  static const struct
  {
    hsize_t sides[3];
    const char *bytes;
    int code;
  } rows[] = { { { 4096, 64, 64 }, "abc", PISD_ERROR_FORMAT },
               { { 4096, 64, 64 }, "", PISD_ERROR_LIMIT },
               { { 1, 1, 1 }, "", PISD_ERROR_LIMIT } };
  g_autofree double *out = g_new (double, 2048 * 2048);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GError) error = NULL;

      write_pieces (fixture->path, rows[k].sides, rows[k].bytes);
      input = pisd_input_open (fixture->path, NULL, NULL);
      list = pisd_hdf5_list (input, NULL);
      g_assert_false (pisd_hdf5_read_slice (input, g_ptr_array_index (list, 0),
                                            &(PisdSlice){ .axes = { 1, 2 } }, out, &error));
      g_assert_error (error, PISD_ERROR, rows[k].code);
    }
}

/* A type that says that its numbers have more bits than bytes: where 32 stand behind 0, as in its
 * header, there stand 8224. */
static void
test_bits (TestFile *fixture, gconstpointer data)
{
  const hid_t file = test_hdf5_create (fixture->path, FALSE);
  const hid_t space = H5Screate_simple (2, (const hsize_t[]){ NY, NX }, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gsize n;

  H5Dclose (H5Dcreate2 (file, "a", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Sclose (space);
  H5Fclose (file);
  bytes = test_read (fixture->path, &n);
  for (gsize at = 0; at + 12 <= n; at++)
    if (memcmp (bytes + at, "\x10\x08\0\0\4\0\0\0\0\0\x20\0", 12) == 0)
      bytes[at + 11] = 0x20;
  test_write (fixture->path, bytes, (gssize) n);
  input = pisd_input_open (fixture->path, NULL, NULL);
  list = pisd_hdf5_list (input, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_nonnull (((PisdArray *) g_ptr_array_index (list, 0))->unreadable);
}

/* Cut off anywhere: an error, or what is whole. */
static void
test_cut (TestFile *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size;

  write_file (fixture->path, FALSE);
  bytes = test_read (fixture->path, &size);
  for (gsize n = 0; n < size; n += 37)
    {
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, bytes, (gssize) n);
      input = pisd_input_open (fixture->path, NULL, NULL);
      list = pisd_hdf5_list (input, &error);
      g_assert_true ((list == NULL) == (error != NULL));
      g_assert_true (error == NULL || strchr (error->message, '\n') == NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/files/hdf5/slices", TestFile, NULL, set_up, test_slices, test_file_tear_down);
  g_test_add ("/files/hdf5/rewritten", TestFile, NULL, set_up, test_rewritten, test_file_tear_down);
  g_test_add ("/files/hdf5/replaced", TestFile, NULL, set_up, test_replaced, test_file_tear_down);
  g_test_add ("/files/hdf5/busy", TestFile, NULL, set_up, test_busy, test_file_tear_down);
  g_test_add ("/files/hdf5/strangers", TestFile, NULL, set_up, test_strangers, test_file_tear_down);
  g_test_add ("/files/hdf5/pieces", TestFile, NULL, set_up, test_pieces, test_file_tear_down);
  g_test_add ("/files/hdf5/bits", TestFile, NULL, set_up, test_bits, test_file_tear_down);
  g_test_add ("/files/hdf5/cut", TestFile, NULL, set_up, test_cut, test_file_tear_down);
  return g_test_run ();
}
