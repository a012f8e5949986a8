/* Reading of NumPy's .npz archives of .npy arrays.
 *
 * Errors   PISD_ERROR_IO, FORMAT, SHAPE, LIMIT: file, array, got, expected
 * Threads  one at a time an input
 * Source   pisd-npy.h; archives through libzip
 */
#pragma once

#include "pisd-array.h"
#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

/* What the name of an array's member ends in. */
#define PISD_NPZ_SUFFIX ".npy"

/* All arrays with the given names (NULL-terminated), in that order, as doubles in C order; other
 * members are not even inflated.  An array may hold at most `max_elements`; nothing larger is ever
 * allocated (zip bombs). */
GPtrArray *pisd_npz_read_from (PisdInput *input,
                               const char *const *names,
                               gsize max_elements,
                               GError **error);
/* For tests: the same of a path. */
GPtrArray *pisd_npz_read (const char *path,
                          const char *const *names,
                          gsize max_elements,
                          GError **error);

/* One slice of array `number` of pisd_npz_list_from(), which must be as it was listed; the caller
 * adds file and array to errors. */
gboolean pisd_npz_read_slice (PisdInput *input,
                              const PisdArray *listed,
                              guint number,
                              const PisdSlice *slice,
                              double *out,
                              GError **error);

/* One PisdArray an array of the archive, without its data.  One that pisd_npz_read() would
 * refuse is listed with the reason in `unreadable`. */
GPtrArray *pisd_npz_list_from (PisdInput *input, GError **error);

/* What the archive says of itself as a whole; NULL: nothing, or it cannot be opened. */
char *pisd_npz_dup_comment (PisdInput *input);

G_END_DECLS
