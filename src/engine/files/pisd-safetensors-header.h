/* The header of a safetensors file: JSON of one known form, read without recursion.
 *
 * Errors  PISD_ERROR_FORMAT, LIMIT: byte of the header, got, expected; the caller adds the file */
#pragma once

#include "pisd-safetensors.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *tensors; /* of PisdTensor, in the header's order */
  GPtrArray *keys;    /* of the metadata, in the header's order, and ... */
  GPtrArray *values;  /* ... its values */
} PisdSafetensorsHeader;

void pisd_safetensors_header_clear (PisdSafetensorsHeader *header);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdSafetensorsHeader, pisd_safetensors_header_clear)

/* text: [size], not terminated.  `header` is empty; what it holds after a failure is to be cleared,
 * too. */
gboolean pisd_safetensors_header_parse (const char *text,
                                        gsize size,
                                        PisdSafetensorsHeader *header,
                                        GError **error);

G_END_DECLS
