/* A whole scenario as one line of text, which can be sent in a mail or a chat: the same bits come
 * back.
 *
 *   PISD1:            1 is the version of the form
 *   base64url of      checksum: first 8 bytes of SHA-256 of all that follows
 *                     size: bytes after inflation, 32 bits, least byte first
 *                     deflate of   the text of a scenario file, a zero, values of the truth
 *
 * The truth's values are there where it is not the random instance that the settings name: field 0
 * alone where solving gives the others bit for bit, otherwise all of them; 64 bits each, first the
 * last bytes of all of them, then those before, and so on, which deflates better.
 * A file of weights is named, with its whole path, and looked for beside the file that the text is
 * in where it is not there.
 *
 * Errors   PISD_ERROR_FORMAT (no such text, changed or cut on its way), LIMIT, UNKNOWN (a version
 *          from the future), and those of a scenario, each naming file and place */
#pragma once

#include "pisd-input.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* What text there can be of the most sensors and the longest truth is less than half of it. */
#define PISD_SETUP_TEXT_MAX (16 * 1024 * 1024)

char *pisd_setup_text_new (const PisdScenario *scenario, GError **error);
PisdScenario *pisd_setup_text_load_from (PisdInput *input, GError **error);
/* Whether it begins like one, of whatever version. */
gboolean pisd_setup_text_recognise (PisdInput *input);

G_END_DECLS
