/* The named arrays of a file, whichever format it has: an NPZ archive, one NumPy array, a MATLAB
 * file of version 5 or 7.3, HDF5.
 *
 * Errors   PISD_ERROR_IO, FORMAT, SHAPE, LIMIT, RANGE, CANCELLED, each naming the file
 * Threads  one at a time an input */
#pragma once

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

typedef struct _PisdArrays PisdArrays;

/* Whether it is a file of one of these formats that this build reads. */
gboolean pisd_arrays_recognise (PisdInput *input);
/* Reads what there is, and no data; `input` has to outlive it. */
PisdArrays *pisd_arrays_new (PisdInput *input, GError **error);
void pisd_arrays_free (PisdArrays *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdArrays, pisd_arrays_free)

PisdInput *pisd_arrays_get_input (const PisdArrays *self);
/* "NPZ archive" */
const char *pisd_arrays_get_format (const PisdArrays *self);
/* Whether its arrays have names of their own: the one of a .npy file is called `array`. */
gboolean pisd_arrays_is_npz (const PisdArrays *self);
/* PisdArray, without data; those that cannot be read say why. */
const GPtrArray *pisd_arrays_get_list (const PisdArrays *self);
/* One slice of array `number`; out: [shape[axes[0]], shape[axes[1]]].  The newest ones are kept, as
 * the way to one may be long. */
gboolean pisd_arrays_read_slice (PisdArrays *self,
                                 guint number,
                                 const PisdSlice *slice,
                                 double *out,
                                 GError **error);

G_END_DECLS
