/* The archive that an NPZ file is, opened for libzip; reading it can be cancelled.
 *
 * Errors   PISD_ERROR_IO, FORMAT, CANCELLED as the input says */
#pragma once

#include <zip.h>

#include "pisd-input.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_t, zip_discard)

/* `input` has to outlive the archive. */
zip_t *pisd_npz_archive_open (PisdInput *input, GError **error);

G_END_DECLS
