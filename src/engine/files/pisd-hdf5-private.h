/* What the parts of pisd-hdf5.h share: handles that close themselves, and how a data set is packed.
 *
 * Errors   PISD_ERROR_FORMAT, SHAPE, LIMIT, CANCELLED
 * Threads  the lock of libhdf5 is held */
#pragma once

#include <hdf5.h>

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

/* Handles of the library, closed in whatever order; a negative one is none. */
static inline void
close_file (hid_t *id)
{
  if (*id >= 0)
    H5Fclose (*id);
}

static inline void
close_object (hid_t *id)
{
  if (*id >= 0)
    H5Oclose (*id);
}

static inline void
close_space (hid_t *id)
{
  if (*id >= 0)
    H5Sclose (*id);
}

static inline void
close_type (hid_t *id)
{
  if (*id >= 0)
    H5Tclose (*id);
}

static inline void
close_list (hid_t *id)
{
  if (*id >= 0)
    H5Pclose (*id);
}

#define OWNED(kind) __attribute__ ((cleanup (close_##kind))) hid_t

/* "WHAT: " and what the library says; returns FALSE. */
gboolean pisd_hdf5_fail (const char *what, GError **error);
/* Whether the numbers lie in this file, in pieces that may be unpacked. */
gboolean pisd_hdf5_check_storage (hid_t set, GError **error);
/* Whether all pieces that the slice has a part of are whole, and not too many.
 * array: its shape, as the file has it. */
gboolean pisd_hdf5_check_pieces (PisdInput *input,
                                 hid_t set,
                                 const PisdArray *array,
                                 const PisdSlice *slice,
                                 GError **error);

G_END_DECLS
