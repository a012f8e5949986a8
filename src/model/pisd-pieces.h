/* Bytes cut into pieces, which those that are alike over long stretches share: levels of undo, of
 * which one has a sensor more or less than the other.
 *
 * Cuts    they follow from the bytes just before, so that pieces are the same again a little behind
 *         what was put in or left out; or they are even, of what never changes its length
 * Form    an array of GBytes; one after the other they are what was cut
 * Threads any
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pieces that `beside` (NULL: none) has too are shared with it, and where all are, the array. */
GPtrArray *pisd_pieces_new (const guint8 *bytes, gsize n, GPtrArray *beside);
/* Of `size` bytes each, but for the last. */
GPtrArray *pisd_pieces_new_even (const guint8 *bytes, gsize n, gsize size, GPtrArray *beside);
GByteArray *pisd_pieces_join (const GPtrArray *pieces);
/* Bytes of the pieces that the set `seen` does not have, which has them from then on. */
gsize pisd_pieces_count_bytes (const GPtrArray *pieces, GHashTable *seen);

G_END_DECLS
