/* MATLAB's files of version 5: their list, and slices of their arrays. */
#include <gio/gio.h>

#include "fuzz.h"
#include "pisd-mat.h"

#define HEADER_SIZE 128
#define TYPE_COMPRESSED 15

static GByteArray *
make_file (void)
{
  static const double data[12] = {
    0.0, -1.0, 1e300, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0
  };
  PisdArray field = {
    .name = (char *) "u", .n_dimensions = 2, .shape = { 3, 4 }, .data = (double *) data
  };
  PisdArray stack = {
    .name = (char *) "stack", .n_dimensions = 3, .shape = { 2, 3, 2 }, .data = (double *) data
  };
  PisdArray scalar = { .name = (char *) "one", .data = (double *) data };
  GByteArray *file = pisd_mat_format_header ();

  pisd_mat_format_array (file, &field, NULL);
  pisd_mat_format_array (file, &scalar, NULL);
  pisd_mat_format_array (file, &stack, NULL);
  return file;
}

/* The variables as one, packed, as MATLAB itself writes each: there is no writer of ours for it. */
static void
add_packed (GPtrArray *seeds, const GByteArray *file)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autofree guint8 *out = g_malloc (file->len);
  gsize n_read, n;
  guint32 tag[2] = { TYPE_COMPRESSED };
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  g_converter_convert (packer, file->data + HEADER_SIZE, file->len - HEADER_SIZE, out, file->len,
                       G_CONVERTER_INPUT_AT_END, &n_read, &n, NULL);
  tag[1] = (guint32) n;
  g_byte_array_append (packed, file->data, HEADER_SIZE);
  g_byte_array_append (packed, (const guint8 *) tag, sizeof tag);
  g_byte_array_append (packed, out, (guint) n);
  fuzz_add_bytes (seeds, packed->data, packed->len);
}

static void
seed_mat (GPtrArray *seeds)
{
  g_autoptr (GByteArray) file = make_file ();

  fuzz_add_bytes (seeds, file->data, file->len);
  add_packed (seeds, file);
}

static void
feed_mat (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!pisd_mat_recognise (input))
    return;
  list = pisd_mat_list (input, &error);
  fuzz_read_slices (input, list, pisd_mat_read_slice);
  fuzz_check (list != NULL, &error);
}

/* A slice has at most as many nodes as fuzz_read_slices() asks for. */
const FuzzTarget fuzz_mat = { "mat", seed_mat, feed_mat, 4000, 1 << 19, 64 };
