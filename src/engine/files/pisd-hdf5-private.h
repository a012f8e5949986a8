/* What the parts of HDF5's reader share: handles that close themselves, and the library's reasons.
 *
 * Threads  under the lock of pisd-hdf5.c alone */
#pragma once

#include <glib.h>
#include <hdf5.h>

G_BEGIN_DECLS

/* Handles of the library, closed in whatever order; a negative one is none. */
static inline void
pisd_hdf5_close_file (hid_t *id)
{
  if (*id >= 0)
    H5Fclose (*id);
}

static inline void
pisd_hdf5_close_object (hid_t *id)
{
  if (*id >= 0)
    H5Oclose (*id);
}

static inline void
pisd_hdf5_close_space (hid_t *id)
{
  if (*id >= 0)
    H5Sclose (*id);
}

static inline void
pisd_hdf5_close_type (hid_t *id)
{
  if (*id >= 0)
    H5Tclose (*id);
}

static inline void
pisd_hdf5_close_list (hid_t *id)
{
  if (*id >= 0)
    H5Pclose (*id);
}

#define OWNED(kind) __attribute__ ((cleanup (pisd_hdf5_close_##kind))) hid_t

/* FALSE, with PISD_ERROR_FORMAT and what the library says of its last failure. */
gboolean pisd_hdf5_fail (const char *what, GError **error);

G_END_DECLS
