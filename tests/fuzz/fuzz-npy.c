/* One array, its header and its elements. */
#include <string.h>

#include "fuzz.h"
#include "pisd-error.h"
#include "pisd-npy.h"

static void
seed_npy (GPtrArray *seeds)
{
  static const gsize shape[] = { 2, 1, 3 };
  static const double data[6] = { 0.0, -1.0, 1e300, 3.0, 4.0, 5.0 };
  static const char *const old = "\x93NUMPY\x02\x00\x4c\x00\x00\x00"
                                 "{\"descr\": '>i4', 'shape': (2L, 1L,), 'fortran_order': True}"
                                 "               \n";
  static const guint8 elements[8] = { 0, 0, 0, 1, 0, 0, 0, 2 };
  const gsize n_old = 12 + 76;
  g_autoptr (GByteArray) bytes = NULL;

  for (guint n = 0; n <= G_N_ELEMENTS (shape); n++)
    {
      g_autoptr (GByteArray) npy = pisd_npy_format (n, shape, data, NULL);

      fuzz_add_bytes (seeds, npy->data, npy->len);
    }
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) old, n_old);
  g_byte_array_append (bytes, elements, sizeof elements);
  fuzz_add_bytes (seeds, bytes->data, bytes->len);
}

typedef struct
{
  const guint8 *bytes;
  gsize size, at;
} Source;

static gboolean
read_source (gpointer data, const char *what, void *bytes, gsize size, GError **error)
{
  Source *source = data;

  if (size > source->size - source->at)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "%s: got less, expected %zu bytes", what,
                            size);
  if (size > 0)
    memcpy (bytes, source->bytes + source->at, size);
  source->at += size;
  return TRUE;
}

/* As the reader of an archive does, which has as many bytes. */
static void
convert (const PisdNpyHeader *header, const Source *source)
{
  const guint each = pisd_npy_get_element_size (header);
  g_autofree guint8 *raw = NULL;
  g_autofree double *out = NULL;

  if (header->n > (source->size - source->at) / each)
    return;
  raw = g_malloc (header->n * each);
  out = g_new (double, header->n);
  if (header->n > 0)
    memcpy (raw, source->bytes + source->at, header->n * each);
  pisd_npy_convert (header, raw, out);
}

static void
feed_npy (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  PisdNpyHeader header;
  Source source = { 0 };
  gboolean worked;

  source.bytes = g_bytes_get_data (bytes, &source.size);
  worked = pisd_npy_read_header (read_source, &source, &header, &error);
  if (worked)
    convert (&header, &source);
  fuzz_check (worked, &error);
}

const FuzzTarget fuzz_npy = { "npy", seed_npy, feed_npy, 4000, 1 << 17, 32 };
