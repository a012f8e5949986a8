/* MATLAB's version 5: what is written is read, packed or not, in either byte order, of every class; and a hostile file
 * is an error and no more. */
#include <gio/gio.h>

#include "pisd-mat.h"
#include "pisd-test-files.h"

#define NY 3
#define NX 4
#define N_CASES 2

/* [case, y, x]: 100 case + 10 y + x */
static void
fill (double *data)
{
  for (guint c = 0; c < N_CASES; c++)
    for (guint i = 0; i < NY; i++)
      for (guint j = 0; j < NX; j++)
        data[(c * NY + i) * NX + j] = 100 * c + 10 * i + j;
}

static GByteArray *
make_file (void)
{
  double data[N_CASES * NY * NX], one = 7;
  PisdArray stack = {
    .name = (char *) "stack", .n_dimensions = 3, .shape = { N_CASES, NY, NX }, .data = data
  };
  PisdArray scalar = { .name = (char *) "one", .data = &one };
  GByteArray *file = pisd_mat_format_header ();

  fill (data);
  g_assert_true (pisd_mat_format_array (file, &scalar, NULL));
  g_assert_true (pisd_mat_format_array (file, &stack, NULL));
  return file;
}

static PisdInput *
open_bytes (gconstpointer bytes, gsize size)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);

  return pisd_input_new_for_bytes ("x.mat", copy);
}

/* Case 1, columns first. */
static void
assert_file (PisdInput *input, guint n)
{
  const PisdSlice slice = { .axes = { 2, 1 }, .start = { 1 } };
  g_autoptr (GPtrArray) list = pisd_mat_list (input, NULL);
  g_autofree char *shape = NULL;
  double out[NX * NY];

  g_assert_true (pisd_mat_recognise (input));
  g_assert_nonnull (list);
  g_assert_cmpuint (list->len, ==, n);
  g_assert_cmpstr (((PisdArray *) g_ptr_array_index (list, n - 1))->name, ==, "stack");
  shape = pisd_array_dup_shape (g_ptr_array_index (list, n - 1));
  g_assert_cmpstr (shape, ==, "2x3x4");
  g_assert_true (
      pisd_mat_read_slice (input, g_ptr_array_index (list, n - 1), n - 1, &slice, out, NULL));
  for (guint j = 0; j < NX; j++)
    for (guint i = 0; i < NY; i++)
      g_assert_cmpfloat (out[j * NY + i], ==, 100 + 10 * i + j);
}

static void
test_round_trip (void)
{
  g_autoptr (GByteArray) file = make_file ();
  g_autoptr (PisdInput) input = open_bytes (file->data, file->len);

  assert_file (input, 2);
}

/* The second variable packed: MATLAB's own default. */
static void
test_packed (void)
{
  g_autoptr (GByteArray) file = make_file ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  const guint start = 128 + 8 + 8 + 8 + 8 + 8 + 8 + 8 + 8 + 8; /* header, and the number `one` */
  guint8 packed[4096];
  guint32 tag[2] = { 15 };
  gsize n_read, n_written;
  g_autoptr (PisdInput) input = NULL;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), file->data + start,
                                        file->len - start, packed, sizeof packed,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  tag[1] = (guint32) n_written;
  g_byte_array_set_size (file, start);
  g_byte_array_append (file, (const guint8 *) tag, sizeof tag);
  g_byte_array_append (file, packed, (guint) n_written);
  input = open_bytes (file->data, file->len);
  assert_file (input, 2);
}

/* A file of the other byte order, put together number by number; the class is double, the storage
 * int16, as MATLAB does where no digit is lost; its name stands in a tag. */
static void
put (GByteArray *file, guint32 value)
{
  const guint32 swapped = GUINT32_SWAP_LE_BE (value);

  g_byte_array_append (file, (const guint8 *) &swapped, sizeof swapped);
}

static GByteArray *
make_swapped (guint32 class, guint32 type)
{
  static const guint32 head[] = { 14, 112, 6, 8 }, shape[] = { 5, 12, N_CASES, NY, NX, 0 };
  GByteArray *file = g_byte_array_new ();

  g_byte_array_set_size (file, 128);
  memset (file->data, ' ', 124);
  memcpy (file->data + 124, "\x01\x00MI", 4);
  for (guint k = 0; k < G_N_ELEMENTS (head); k++)
    put (file, head[k]);
  put (file, class);
  put (file, 0);
  for (guint k = 0; k < G_N_ELEMENTS (shape); k++)
    put (file, shape[k]);
  put (file, 1);
  put (file, 5);
  g_byte_array_append (file, (const guint8 *) "stack\0\0\0", 8);
  put (file, type);
  put (file, 2 * N_CASES * NY * NX);
  for (guint j = 0; j < NX; j++)
    for (guint i = 0; i < NY; i++)
      for (guint c = 0; c < N_CASES; c++)
        {
          const guint16 value = GUINT16_SWAP_LE_BE ((guint16) (100 * c + 10 * i + j));

          g_byte_array_append (file, (const guint8 *) &value, sizeof value);
        }
  return file;
}

static void
test_swapped (void)
{
  g_autoptr (GByteArray) file = make_swapped (6, 3);
  g_autoptr (PisdInput) input = open_bytes (file->data, file->len);

  assert_file (input, 1);
}

static void
test_strangers (void)
{
  static const struct
  {
    guint32 class, type;
    const char *says;
  } rows[] = {
    { 4, 3, "text" }, { 6 | 0x0800, 3, "complex" }, { 6, 16, "kind 16" }, { 6, 9, "shape" }
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GByteArray) file = make_swapped (rows[k].class, rows[k].type);
      g_autoptr (PisdInput) input = open_bytes (file->data, file->len);
      g_autoptr (GPtrArray) list = pisd_mat_list (input, NULL);
      const PisdArray *array;

      g_assert_nonnull (list);
      array = g_ptr_array_index (list, 0);
      g_assert_nonnull (array->unreadable);
      g_assert_nonnull (strstr (array->unreadable, rows[k].says));
    }
}

/* A string, table or datetime, which has no shape, between numbers. */
static void
test_object (void)
{
  static const guint32 object[] = { 14, 56, 6, 8, 17, 0, 1 << 16 | 1, 's', 4 << 16 | 1 };
  static const char rest[28] = "MCOS\1\0\0\0\6\0\0\0string\0\0\16";
  g_autoptr (GByteArray) file = make_file ();
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const PisdArray *array;

  g_byte_array_append (all, file->data, 128);
  g_byte_array_append (all, (const guint8 *) object, sizeof object);
  g_byte_array_append (all, (const guint8 *) rest, sizeof rest);
  g_byte_array_append (all, file->data + 128, file->len - 128);
  input = open_bytes (all->data, all->len);
  assert_file (input, 3);
  list = pisd_mat_list (input, NULL);
  array = g_ptr_array_index (list, 0);
  g_assert_cmpstr (array->name, ==, "s");
  g_assert_nonnull (strstr (array->unreadable, "an object"));
}

/* Whatever is done to it, there is a list and a slice, or an error. */
static void
look_at (gconstpointer bytes, gsize size)
{
  g_autoptr (PisdInput) input = open_bytes (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = pisd_mat_list (input, &error);

  g_assert_true ((list == NULL) == (error != NULL));
  for (guint k = 0; list != NULL && k < list->len; k++)
    {
      const PisdArray *array = g_ptr_array_index (list, k);
      const PisdSlice slice = { .axes = { 0, 1 } };
      g_autofree double *out = NULL;

      if (array->unreadable != NULL || array->n_dimensions < 2
          || !pisd_slice_check (&slice, array->n_dimensions, array->shape, NULL))
        continue;
      out = g_new (double, array->shape[0] * array->shape[1]);
      pisd_mat_read_slice (input, array, k, &slice, out, NULL);
    }
}

static void
test_hostile (void)
{
  g_autoptr (GByteArray) file = make_file ();

  for (guint n = 0; n < file->len; n++)
    look_at (file->data, n);
  for (guint at = 124; at < file->len; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        file->data[at] ^= 1 << bit;
        look_at (file->data, file->len);
        file->data[at] ^= 1 << bit;
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/mat/round-trip", test_round_trip);
  g_test_add_func ("/files/mat/packed", test_packed);
  g_test_add_func ("/files/mat/swapped", test_swapped);
  g_test_add_func ("/files/mat/strangers", test_strangers);
  g_test_add_func ("/files/mat/object", test_object);
  g_test_add_func ("/files/mat/hostile", test_hostile);
  return g_test_run ();
}
