/* Bytes in order: as they stand and inflated, passed over, and cut off anywhere. */
#include <gio/gio.h>

#include "pisd-stream.h"
#include "pisd-test-files.h"

#define N 200000

static GBytes *
make_bytes (void)
{
  guint8 *bytes = g_malloc (N);

  for (guint i = 0; i < N; i++)
    bytes[i] = (guint8) (i * i / 7 + i);
  return g_bytes_new_take (bytes, N);
}

static GBytes *
pack (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  guint8 *packed = g_malloc (2 * N);
  gsize n_read, n_written;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), g_bytes_get_data (bytes, NULL), N,
                                        packed, 2 * N, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  return g_bytes_new_take (packed, n_written);
}

/* Three pieces with gaps between them, one longer than any block. */
static void
assert_pieces (PisdStream *stream, const guint8 *expected)
{
  static const struct
  {
    gsize skip, size;
  } pieces[] = { { 3, 1 }, { 100000, 70000 }, { 0, 5 } };
  gsize at = 0;

  for (guint k = 0; k < G_N_ELEMENTS (pieces); k++)
    {
      g_autofree guint8 *bytes = g_malloc (pieces[k].size);

      g_assert_true (pisd_stream_skip (stream, pieces[k].skip, NULL));
      g_assert_true (pisd_stream_read (stream, "piece", bytes, pieces[k].size, NULL));
      at += pieces[k].skip;
      g_assert_cmpmem (bytes, pieces[k].size, expected + at, pieces[k].size);
      at += pieces[k].size;
    }
}

static void
test_pieces (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  g_autoptr (GBytes) packed = pack (bytes);
  g_autoptr (PisdInput) plain_input = pisd_input_new_for_bytes ("plain", bytes);
  g_autoptr (PisdInput) packed_input = pisd_input_new_for_bytes ("packed", packed);
  g_autoptr (PisdStream) plain = pisd_stream_new (plain_input, 10);
  g_autoptr (PisdStream) inflated =
      pisd_stream_new_inflated (packed_input, 0, g_bytes_get_size (packed));
  const guint8 *expected = g_bytes_get_data (bytes, NULL);

  assert_pieces (plain, expected + 10);
  assert_pieces (inflated, expected);
}

/* Wherever the packed bytes end, or are not what they claim to be, that is said. */
static void
test_cut (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  g_autoptr (GBytes) packed = pack (bytes);
  g_autofree guint8 *out = g_malloc (N);
  const gsize sizes[] = { 0, 1, 2, 100, g_bytes_get_size (packed) / 2 };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, sizes[k]);
      g_autoptr (PisdInput) input = pisd_input_new_for_bytes ("cut", cut);
      g_autoptr (PisdStream) within = pisd_stream_new_inflated (input, 0, sizes[k]);
      g_autoptr (PisdStream) beyond = pisd_stream_new_inflated (input, 0, G_MAXUINT64);
      g_autoptr (PisdStream) plain = pisd_stream_new (input, 0);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_stream_read (within, "data", out, N, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
      g_clear_error (&error);
      g_assert_false (pisd_stream_read (beyond, "data", out, N, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
      g_clear_error (&error);
      g_assert_false (pisd_stream_read (plain, "data", out, N, &error));
      test_assert_error (&error, FORMAT, "data", "expected 200000");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/stream/pieces", test_pieces);
  g_test_add_func ("/files/stream/cut", test_cut);
  return g_test_run ();
}
