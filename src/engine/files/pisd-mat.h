/* MATLAB's files of version 5 (and 6, 7), of which numeric arrays are read and written.
 *
 * Read     real arrays of every numeric class, packed or not, in either byte order
 * Written  double, not packed
 * Shapes   as MATLAB has them; its elements stand in Fortran order
 * Errors   PISD_ERROR_IO, FORMAT, SHAPE, LIMIT, CANCELLED; the caller adds file and array
 * Source   MathWorks, MAT-File Format */
#pragma once

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

gboolean pisd_mat_recognise (PisdInput *input);
/* One PisdArray a variable, without its data; one that cannot be read has the reason in
 * `unreadable`. */
GPtrArray *pisd_mat_list (PisdInput *input, GError **error);
/* listed: number `number` of that list, as which it must still be there. */
gboolean pisd_mat_read_slice (PisdInput *input,
                              const PisdArray *listed,
                              guint number,
                              const PisdSlice *slice,
                              double *out,
                              GError **error);

/* Adds a variable to a file that is being put together; data: [shape], C order. */
GByteArray *pisd_mat_format_header (void);
gboolean pisd_mat_format_array (GByteArray *file, const PisdArray *array, GError **error);

G_END_DECLS
