/* The fingerprint of a safetensors file: what its metadata say is the SHA-256 of its data.
 *
 * Reads the header alone; of what has a path, a regular file alone. Whether the data have that hash
 * is found out by whoever reads them.
 * Threads: any. */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

/* Whether that is a SHA-256: 64 hexadecimal digits. */
gboolean pisd_safetensors_is_hash (const char *text);
/* NULL: there is no such file, or it says nothing. */
char *pisd_safetensors_find_hash (const char *path);
/* The same of a file that is open, or in memory. */
char *pisd_safetensors_find_hash_in (PisdInput *input);

G_END_DECLS
