/* Bytes made small, and back within limits that are set before anything is read.
 *
 * Errors   PISD_ERROR_FORMAT, LIMIT, each beginning with the name that is given */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that it can make of one: 258 of 2 bits. */
#define PISD_DEFLATE_MOST_OF_ONE 1032

/* A stream of deflate alone, without a header of zlib or gzip. */
GBytes *pisd_deflate (gconstpointer bytes, gsize size);
/* The `n` bytes that it is said to hold; a stream of more or fewer is refused, and never more than
 * `n` are kept. */
GBytes *pisd_inflate (gconstpointer bytes, gsize size, gsize n, const char *name, GError **error);

G_END_DECLS
