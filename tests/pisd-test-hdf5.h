/* HDF5 files for tests, with or without the block that makes them MATLAB's. */
#pragma once

#include <hdf5.h>
#include <stdio.h>
#include <string.h>

#include "pisd-array.h"

#define TEST_HDF5_BLOCK 512

static inline hid_t
test_hdf5_create (const char *path, gboolean is_matlab)
{
  const hid_t list = H5Pcreate (H5P_FILE_CREATE);
  hid_t file;

  if (is_matlab)
    H5Pset_userblock (list, TEST_HDF5_BLOCK);
  file = H5Fcreate (path, H5F_ACC_TRUNC, list, H5P_DEFAULT);
  H5Pclose (list);
  g_assert_cmpint (file, >=, 0);
  return file;
}

/* What MATLAB writes in front. */
static inline void
test_hdf5_close (hid_t file, const char *path, gboolean is_matlab)
{
  FILE *stream;

  H5Fclose (file);
  if (!is_matlab)
    return;
  stream = fopen (path, "r+b");
  g_assert_nonnull (stream);
  fputs ("MATLAB 7.3 MAT-file, Platform: GLNXA64", stream);
  fclose (stream);
}

/* In single precision, packed in pieces of one slice; MATLAB's axes go the other way round. */
static inline void
test_hdf5_add (hid_t file, const PisdArray *array, gboolean is_matlab)
{
  const gsize n = pisd_array_get_n (array);
  g_autofree double *data = g_new (double, n);
  hsize_t shape[PISD_ARRAY_MAX_DIMENSIONS], piece[PISD_ARRAY_MAX_DIMENSIONS];
  hid_t space, list, set;

  for (guint d = 0; d < array->n_dimensions; d++)
    {
      shape[d] = array->shape[is_matlab ? array->n_dimensions - 1 - d : d];
      piece[d] = shape[d] >= 8 ? shape[d] : 1;
    }
  for (gsize c = 0; c < n; c++)
    data[is_matlab ? pisd_shape_fortran_index (array->n_dimensions, array->shape, c) : c] =
        array->data[c];
  space = H5Screate_simple ((int) array->n_dimensions, shape, NULL);
  list = H5Pcreate (H5P_DATASET_CREATE);
  H5Pset_chunk (list, (int) array->n_dimensions, piece);
  H5Pset_deflate (list, 1);
  set = H5Dcreate2 (file, array->name, H5T_IEEE_F32LE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  g_assert_cmpint (H5Dwrite (set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), >=, 0);
  H5Dclose (set);
  H5Pclose (list);
  H5Sclose (space);
}
