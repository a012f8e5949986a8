#include "pisd-pieces.h"

#include <string.h>

#define LEAST 64
#define MOST 4096

/* Whether a piece ends with these four bytes: of 256 hashes one does, so that pieces have some 300
 * bytes. */
static gboolean
ends_piece (const guint8 *bytes)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);
  return (guint32) (word * 2654435761u) >> 24 == 0;
}

static gsize
find_end (const guint8 *bytes, gsize n)
{
  gsize size = LEAST;

  while (size < n && size < MOST && !ends_piece (bytes + size - sizeof (guint32)))
    size++;
  return MIN (size, n);
}

static void
free_piece (gpointer piece)
{
  g_bytes_unref (piece);
}

/* The set of the pieces, each as its own key. */
static GHashTable *
collect (const GPtrArray *pieces)
{
  GHashTable *set = g_hash_table_new (g_bytes_hash, g_bytes_equal);

  for (guint k = 0; pieces != NULL && k < pieces->len; k++)
    g_hash_table_add (set, g_ptr_array_index (pieces, k));
  return set;
}

/* One that is known, or a new one, which is known from then on. */
static GBytes *
make_piece (const guint8 *bytes, gsize n, GHashTable *known)
{
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, n);
  GBytes *piece = g_hash_table_lookup (known, key);

  if (piece != NULL)
    return g_bytes_ref (piece);
  piece = g_bytes_new (bytes, n);
  g_hash_table_add (known, piece);
  return piece;
}

static gboolean
same_pieces (const GPtrArray *a, const GPtrArray *b)
{
  return a->len == b->len
         && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof *a->pdata) == 0);
}

/* Of `even` bytes each, or, where that is 0, wherever bytes end a piece. */
static GPtrArray *
cut (const guint8 *bytes, gsize n, gsize even, GPtrArray *beside)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (free_piece);
  g_autoptr (GHashTable) known = collect (beside);

  for (gsize at = 0, size; at < n; at += size)
    {
      size = even > 0 ? MIN (even, n - at) : find_end (bytes + at, n - at);
      g_ptr_array_add (pieces, make_piece (bytes + at, size, known));
    }
  if (beside != NULL && same_pieces (pieces, beside))
    return g_ptr_array_ref (beside);
  return g_steal_pointer (&pieces);
}

GPtrArray *
pisd_pieces_new (const guint8 *bytes, gsize n, GPtrArray *beside)
{
  g_return_val_if_fail (bytes != NULL || n == 0, NULL);

  return cut (bytes, n, 0, beside);
}

GPtrArray *
pisd_pieces_new_even (const guint8 *bytes, gsize n, gsize size, GPtrArray *beside)
{
  g_return_val_if_fail ((bytes != NULL || n == 0) && size > 0, NULL);

  return cut (bytes, n, size, beside);
}

GByteArray *
pisd_pieces_join (const GPtrArray *pieces)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint k = 0; k < pieces->len; k++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (pieces, k), &size);

      g_byte_array_append (bytes, data, (guint) size);
    }
  return bytes;
}

gsize
pisd_pieces_count_bytes (const GPtrArray *pieces, GHashTable *seen)
{
  gsize n = 0;

  for (guint k = 0; k < pieces->len; k++)
    if (g_hash_table_add (seen, g_ptr_array_index (pieces, k)))
      n += g_bytes_get_size (g_ptr_array_index (pieces, k));
  return n;
}
