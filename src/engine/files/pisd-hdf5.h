/* HDF5 files, and MATLAB's of version 7.3, which are HDF5 with the axes the other way round.
 *
 * Shapes   as HDF5 has them in C order; of MATLAB's files as MATLAB has them
 * Errors   PISD_ERROR_IO, FORMAT, SHAPE, LIMIT; the caller adds file and array
 * Threads  any: libhdf5 is called under one lock, as it is not made for threads, and says nothing
 *          on its own
 * Source   The HDF Group, HDF5 Reference Manual */
#pragma once

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

gboolean pisd_hdf5_recognise (PisdInput *input);
/* Whether MATLAB has written it. */
gboolean pisd_hdf5_is_matlab (PisdInput *input);
/* One PisdArray a data set, named by its path without the first stroke, without its data; one that
 * cannot be read has the reason in `unreadable`. */
GPtrArray *pisd_hdf5_list (PisdInput *input, GError **error);
/* array: of that list. */
gboolean pisd_hdf5_read_slice (PisdInput *input,
                               const PisdArray *array,
                               const PisdSlice *slice,
                               double *out,
                               GError **error);

G_END_DECLS
