/* One array, its header and its elements. */
#include "fuzz.h"
#include "pisd-npy.h"
#include "pisd-stream.h"

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

/* As the reader of an archive does, which has as many bytes. */
static void
convert (const PisdNpyHeader *header, PisdStream *stream, gsize size)
{
  const guint each = pisd_npy_get_element_size (header);
  g_autofree guint8 *raw = NULL;
  g_autofree double *out = NULL;

  if (header->n > size / each)
    return;
  raw = g_malloc (header->n * each);
  out = g_new (double, header->n);
  if (pisd_stream_read (stream, "data", raw, header->n * each, NULL))
    pisd_npy_convert (header, raw, out);
}

static void
feed_npy (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (PisdStream) stream = pisd_stream_new (input, 0);
  g_autoptr (GError) error = NULL;
  PisdNpyHeader header;
  const gboolean worked = pisd_npy_read_header (pisd_stream_read, stream, &header, &error);

  if (worked)
    convert (&header, stream, g_bytes_get_size (bytes));
  fuzz_check (worked, &error);
}

const FuzzTarget fuzz_npy = { "npy", seed_npy, feed_npy, 4000, 1 << 17, 32 };
