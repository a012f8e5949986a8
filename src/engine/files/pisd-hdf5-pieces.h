/* Data sets of HDF5 that are stored in pieces: packed ones are unpacked here, as the library
 * believes what a file says of them.
 *
 * Errors   PISD_ERROR_FORMAT, LIMIT, CANCELLED; the caller adds file and array
 * Threads  under the lock of pisd-hdf5.c alone
 * Source   The HDF Group, HDF5 File Format Specification */
#pragma once

#include <hdf5.h>

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

/* Bytes of one piece. */
#define PISD_HDF5_MAX_PIECE (256 * 1024 * 1024)

/* How many filters pack its pieces: 0, none; 1, deflate; 2, deflate behind a shuffle of elements of
 * that many bytes; -1, others, which are not read.  list: the set's properties. */
int pisd_hdf5_count_filters (hid_t list, gsize element_size);

/* Looks at all pieces that the slice has a part of, and reads that part where they are packed; of
 * others the library reads it.  array, slice: with the axes of the file. */
gboolean pisd_hdf5_read_pieces (PisdInput *input,
                                hid_t set,
                                const PisdArray *array,
                                const PisdSlice *slice,
                                double *out,
                                GError **error);

G_END_DECLS
