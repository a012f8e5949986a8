/* A text that a PNG carries beside its pixels, in an iTXt chunk of a keyword of ours.
 *
 * Pixels are not read.  Whoever has other chunks in the file may have anything in them; of those
 * that are looked at the size is checked against what the file has left before memory is taken.
 *
 * Errors   PISD_ERROR_IO, FORMAT, LIMIT, UNKNOWN (no such chunk), CANCELLED, naming file and chunk
 * Source   PNG specification, 3rd edition, 5.3 and 11.3.3.4 */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

/* UTF-8 is not checked.  More than `max` bytes are refused, packed or unpacked. */
GBytes *pisd_png_text_read (PisdInput *input, const char *keyword, gsize max, GError **error);
/* Whether it begins with the signature of PNG. */
gboolean pisd_png_recognise (PisdInput *input);

G_END_DECLS
