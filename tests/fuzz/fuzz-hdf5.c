/* HDF5 and MATLAB 7.3: their list, and slices of their arrays. */
#include "fuzz.h"
#include "pisd-hdf5.h"
#include "pisd-test-hdf5.h"

static void
save (const char *path, gboolean is_matlab)
{
  static const double data[90] = { 1.0, -1.0, 1e30 };
  PisdArray field = {
    .name = (char *) "u", .n_dimensions = 2, .shape = { 9, 10 }, .data = (double *) data
  };
  PisdArray stack = {
    .name = (char *) "stack", .n_dimensions = 3, .shape = { 3, 5, 6 }, .data = (double *) data
  };
  const hid_t file = test_hdf5_create (path, is_matlab);

  test_hdf5_add (file, &field, is_matlab);
  test_hdf5_add (file, &stack, is_matlab);
  test_hdf5_close (file, path, is_matlab);
}

static gboolean
save_plain (const char *path, GError **error)
{
  save (path, FALSE);
  return TRUE;
}

static gboolean
save_matlab (const char *path, GError **error)
{
  save (path, TRUE);
  return TRUE;
}

/* A piece of 32 MB that is packed in three bytes, as it says. */
static gboolean
save_claim (const char *path, GError **error)
{
  static const hsize_t shape[] = { 4096, 32, 32 }, start[3] = { 0 };
  const hid_t file = test_hdf5_create (path, FALSE), list = H5Pcreate (H5P_DATASET_CREATE);
  const hid_t space = H5Screate_simple (3, shape, NULL);
  hid_t set;

  H5Pset_chunk (list, 3, shape);
  H5Pset_deflate (list, 1);
  set = H5Dcreate2 (file, "u", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  H5Dwrite_chunk (set, H5P_DEFAULT, 0, start, 3, "abc");
  H5Dclose (set);
  H5Sclose (space);
  H5Pclose (list);
  test_hdf5_close (file, path, FALSE);
  return TRUE;
}

static void
seed_hdf5 (GPtrArray *seeds)
{
  fuzz_add_saved (seeds, save_plain);
  fuzz_add_saved (seeds, save_matlab);
  fuzz_add_saved (seeds, save_claim);
}

static gboolean
read_array (PisdInput *input,
            const PisdArray *array,
            guint number,
            const PisdSlice *slice,
            double *out,
            GError **error)
{
  return pisd_hdf5_read_slice (input, array, slice, out, error);
}

static void
feed_hdf5 (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!pisd_hdf5_recognise (input))
    return;
  list = pisd_hdf5_list (input, &error);
  fuzz_read_slices (input, list, read_array);
  fuzz_check (list != NULL, &error);
}

/* The library has the bytes once more, and pages and caches of its own. */
const FuzzTarget fuzz_hdf5 = { "hdf5", seed_hdf5, feed_hdf5, 1000, 8 << 20, 1032 };
