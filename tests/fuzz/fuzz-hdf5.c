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

static void
seed_hdf5 (GPtrArray *seeds)
{
  fuzz_add_saved (seeds, save_plain);
  fuzz_add_saved (seeds, save_matlab);
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
const FuzzTarget fuzz_hdf5 = { "hdf5", seed_hdf5, feed_hdf5, 300, 8 << 20, 1032 };
