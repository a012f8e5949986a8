/* Safetensors files: what is written is read again, and whatever is wrong is refused. */
#include "pisd-safetensors.h"

#include <math.h>

#include "pisd-half.h"
#include "pisd-safetensors-writer.h"
#include "pisd-test-files.h"

#define N_X 6
static const gsize shape_x[] = { 2, 3 };
static const float data_x[N_X] = { 1.0f, -2.5f, 0.1f, 65504.0f, -1e-7f, 0.0f };
static const float one = 3.0f;

static void
set_up (TestFile *self, gconstpointer data)
{
  test_file_init (self, "x.safetensors");
}

/* Two tensors and metadata that need every kind of escape. */
static GBytes *
make_file (void)
{
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  pisd_safetensors_writer_describe (writer, "command", "say \"a\\b\"\n\xc3\xa4");
  pisd_safetensors_writer_add (writer, "whole", PISD_TENSOR_F32, 2, shape_x, data_x);
  pisd_safetensors_writer_add (writer, "half", PISD_TENSOR_F16, 2, shape_x, data_x);
  pisd_safetensors_writer_add (writer, "one", PISD_TENSOR_F16, 0, NULL, &one);
  bytes = pisd_safetensors_writer_format (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

static PisdSafetensors *
read_bytes (TestFile *self, const void *bytes, gsize size, GError **error)
{
  g_autoptr (PisdInput) input = NULL;

  g_unlink (self->path); /* a file system may sync one that is written over */
  test_write (self->path, bytes, size);
  input = pisd_input_open (self->path, NULL, NULL);
  g_assert_nonnull (input);
  return pisd_safetensors_read_from (input, error);
}

static void
test_round_trip (TestFile *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_file ();
  gsize size;
  gconstpointer start = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdSafetensors) file = read_bytes (self, start, size, &error);
  float x[N_X];

  g_assert_no_error (error);
  g_assert_cmpuint (pisd_safetensors_get_n_tensors (file), ==, 3);
  g_assert_cmpstr (pisd_safetensors_get_metadata (file, "command"), ==, "say \"a\\b\"\n\xc3\xa4");
  g_assert_null (pisd_safetensors_get_metadata (file, "none"));
  g_assert_true (pisd_safetensors_load (file, "whole", 2, shape_x, x, &error));
  g_assert_cmpmem (x, sizeof x, data_x, sizeof data_x);
  g_assert_true (pisd_safetensors_load (file, "half", 2, shape_x, x, &error));
  for (guint i = 0; i < N_X; i++)
    g_assert_cmpfloat (x[i], ==, pisd_half_to_float (pisd_half_from_float (data_x[i])));
  g_assert_true (pisd_safetensors_load (file, "one", 0, NULL, x, &error));
  g_assert_cmpfloat (x[0], ==, one);
  g_assert_cmpuint (size % 2, ==, 0);
}

/* The bytes are the format's, not only ours. */
static void
test_layout (TestFile *self, gconstpointer data)
{
  static const char header[] = "{\"__metadata__\":{\"data_sha256\":\"";
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *start;
  gsize size;

  pisd_safetensors_writer_add (writer, "one", PISD_TENSOR_F32, 0, NULL, &one);
  bytes = pisd_safetensors_writer_format (writer, NULL);
  start = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (start + 8, strlen (header), header, strlen (header));
  g_assert_cmpuint (start[0] + 256 * start[1], ==, size - 8 - 4);
  g_assert_cmpmem (start + 2, 6, "\0\0\0\0\0\0", 6);
  g_assert_cmpuint ((size - 4) % 8, ==, 0);
  g_assert_cmpmem (start + size - 4, 4, "\0\0\x40\x40", 4);
}

static void
assert_refused (TestFile *self, const void *bytes, gsize size, const char *needle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdSafetensors) file = read_bytes (self, bytes, size, &error);

  if (file != NULL)
    g_error ("got a file, expected it to be refused: %s", needle);
  g_assert_true (error->domain == PISD_ERROR);
  g_assert_nonnull (strstr (error->message, "x.safetensors: "));
  if (strstr (error->message, needle) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, needle);
}

/* Cut at every byte. */
static void
test_truncated (TestFile *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_file ();
  gsize size;
  gconstpointer start = g_bytes_get_data (bytes, &size);

  for (gsize n = 0; n < size; n++)
    assert_refused (self, start, n, "got ");
}

/* Every bit of the header and its length: the file is refused, or its numbers are what they were. */
static void
test_flipped (TestFile *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_file ();
  gsize size;
  gconstpointer start = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (start, size);
  gsize n_header = 8 + copy[0] + 256 * copy[1];
  guint n_refused = 0;

  for (gsize i = 0; i < 8 * n_header; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSafetensors) file = NULL;
      float x[N_X];

      copy[i / 8] ^= 1u << i % 8;
      file = read_bytes (self, copy, size, &error);
      n_refused += file == NULL;
      if (file != NULL && pisd_safetensors_load (file, "whole", 2, shape_x, x, NULL))
        g_assert_cmpmem (x, sizeof x, data_x, sizeof data_x);
      copy[i / 8] ^= 1u << i % 8;
    }
  g_assert_cmpuint (n_refused, >, 5 * n_header);
}

/* Any bit of the data, by the hash. */
static void
test_hash (TestFile *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_file ();
  gsize size;
  gconstpointer start = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (start, size);

  copy[size - 1] ^= 1;
  assert_refused (self, copy, size, "data: got the SHA-256 ");
}

/* Headers with the number of zeros that follow them. */
typedef struct
{
  const char *header;
  gsize n_data;
  const char *needle;
} Row;

#define T(members) "{\"x\":{" members "}}"
#define TYPE "\"dtype\":\"F32\""
#define SHAPE "\"shape\":[1]"
#define AT(a, b) "\"data_offsets\":[" #a "," #b "]"
#define GOOD TYPE "," SHAPE "," AT (0, 4)

static const Row rows[] = {
  { "", 0, "header, byte 0: got its end, expected `{`" },
  { "[]", 0, "header, byte 0: got `[`, expected `{`" },
  { "null", 0, "header, byte 0: got `n`, expected `{`" },
  /* What could steer a terminal, in one byte or two. */
  { "\x1b{}", 0, "header, byte 0: got `\\u001b`, expected `{`" },
  { "\xc2\x9b{}", 0, "header, byte 0: got `\\u009b`, expected `{`" },
  { "{\"x\":1}", 0, "header, byte 5: got `1`, expected `{`" },
  { "{x:1}", 0, "header, byte 1: got `x`, expected `\"`" },
  { "{} {}", 0, "header, byte 3: got `{`, expected the header's end" },
  { "{\"x\xff\":{}}", 0, "header, byte 3: got a byte that is not UTF-8" },
  { "{\"\\u0000\":{}}", 0, "expected a character other than that" },
  { "{\"\\ud800\\u0041\":{}}", 0, "expected a character other than that" },
  { "{\"\\ud800\":{}}", 0, "expected the second half of a character" },
  { "{\"\\x\":{}}", 0, "expected an escaped character" },
  { "{\"a\nb\":{}}", 0, "expected a printable character" },
  { "{\"__metadata__\":{\"a\":1}}", 0, "expected `\"`" },
  { "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0, "the key \"a\" twice" },
  { "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "the name \"__metadata__\" twice" },
  { "{\"x\":{" GOOD "},\"x\":{" GOOD "}}", 4, "the name \"x\" twice" },
  { T (GOOD "," TYPE), 4, "tensor \"x\": got the member \"dtype\" twice" },
  { T (GOOD ",\"y\":1"), 4, "tensor \"x\": got the member \"y\", expected dtype" },
  { T (TYPE "," SHAPE), 4, "tensor \"x\": got no data_offsets" },
  { T (SHAPE "," AT (0, 4)), 4, "tensor \"x\": got no dtype" },
  { T ("\"dtype\":\"F33\"," SHAPE "," AT (0, 4)), 4, "dtype: got \"F33\"" },
  { T (TYPE ",\"shape\":[-1]," AT (0, 4)), 4, "got `-`, expected a whole number" },
  { T (TYPE ",\"shape\":[1.5]," AT (0, 4)), 4, "got `.`, expected `,` or `]`" },
  { T (TYPE ",\"shape\":[[1]]," AT (0, 4)), 4, "got `[`, expected a whole number" },
  { T (TYPE ",\"shape\":[1,1,1,1,1,1,1,1,1]," AT (0, 4)), 4, "so many numbers are too many" },
  { T (TYPE ",\"shape\":[18446744073709551616]," AT (0, 4)), 4, "a number that has 64 bits" },
  { T (TYPE ",\"shape\":[4294967296,4294967296]," AT (0, 0)), 0, "more elements than 64 bits" },
  { T (TYPE ",\"shape\":[4611686018427387905]," AT (0, 4)), 4, "more elements than 64 bits" },
  { T (TYPE ",\"shape\":[2]," AT (0, 4)), 4, "got 4 bytes, expected the 8 of 2 numbers F32" },
  { T (TYPE "," SHAPE "," AT (4, 0)), 4, "got the end 0, expected at least the beginning 4" },
  { T (TYPE "," SHAPE "," AT (4, 8)), 8, "got the beginning 4, expected 0" },
  { T (TYPE "," SHAPE "," AT (0, 4)), 5, "data: got 5 bytes, expected the 4 of all tensors" },
  { T (TYPE "," SHAPE "," AT (0, 4)), 3, "data: got 3 bytes, expected the 4 of all tensors" },
  { T (TYPE "," SHAPE ",\"data_offsets\":[0,4,8]"), 4, "so many numbers are too many" },
  { T (TYPE "," SHAPE ",\"data_offsets\":[0]"), 4, "got 1 numbers, expected 2" },
  { "{\"x\":{" GOOD "},\"y\":{" TYPE "," SHAPE "," AT (2, 6) "}}", 6, "got the beginning 2" },
  { "{\"x\":{" GOOD "},\"y\":{" GOOD "}}", 4, "got the beginning 0, expected 4" },
  { "{\"x\":{" GOOD "},\"y\":{" TYPE "," SHAPE "," AT (8, 12) "}}", 12, "got the beginning 8" },
};

/* length: what the file says, whatever the header has. */
static GByteArray *
build (const char *header, gsize n_header, guint64 length, gsize n_data)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree guint8 *zeros = g_new0 (guint8, n_data + 1);

  length = GUINT64_TO_LE (length);
  g_byte_array_append (file, (const guint8 *) &length, 8);
  g_byte_array_append (file, (const guint8 *) header, n_header);
  return g_byte_array_append (file, zeros, n_data);
}

static void
test_headers (TestFile *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n = strlen (rows[i].header);
      g_autoptr (GByteArray) file = build (rows[i].header, n, n, rows[i].n_data);

      assert_refused (self, file->data, file->len, rows[i].needle);
    }
}

/* Lengths that lie, and what is deeper or longer than anybody needs. */
static void
test_lengths (TestFile *self, gconstpointer data)
{
  static const guint64 lengths[] = { G_MAXUINT64, G_MAXUINT64 - 7, G_MAXINT64, 1ull << 32 };
  g_autofree char *deep = g_strnfill (2000000, '[');
  g_autofree char *nested = g_strconcat ("{\"x\":{\"shape\":", deep, NULL);
  g_autoptr (GByteArray) file = build (nested, strlen (nested), strlen (nested), 0);

  assert_refused (self, file->data, file->len, "got `[`, expected a whole number");
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) lying = build ("{}", 2, lengths[i], 0);

      assert_refused (self, lying->data, lying->len, "length of the header: got ");
    }
}

/* A key and its text are short, and there may be many of them in a small file. */
static void
test_keys (TestFile *self, gconstpointer data)
{
  g_autoptr (GString) header = g_string_new ("{\"__metadata__\":{\"0\":\"\"");
  g_autoptr (GByteArray) file = NULL;

  for (guint i = 1; i <= PISD_SAFETENSORS_MAX_KEYS; i++)
    g_string_append_printf (header, ",\"%u\":\"\"", i);
  g_string_append (header, "}}");
  file = build (header->str, header->len, header->len, 0);
  assert_refused (self, file->data, file->len, "got more, expected at most 1024 keys");
}

/* Where numbers are read: other shapes, types, names, and what is no number. */
static void
test_load (TestFile *self, gconstpointer data)
{
  static const char header[] = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                               "\"b\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]}}";
  static const gsize two = 2, three = 3;
  g_autoptr (GByteArray) bytes = build (header, strlen (header), strlen (header), 24);
  g_autoptr (PisdSafetensors) file = NULL;
  const guint32 nan = GUINT32_TO_LE (0x7fc00000u);
  const struct
  {
    const char *name;
    const gsize *shape;
    PisdError code;
    const char *needle;
  } wrong[] = {
    { "a", &two, PISD_ERROR_NUMERIC, "tensor \"a\": element 1: got nan, expected a finite" },
    { "a", &three, PISD_ERROR_SHAPE, "tensor \"a\": shape: got 2, expected 3" },
    { "b", &two, PISD_ERROR_SHAPE, "tensor \"b\": dtype: got I64, expected F32" },
    { "c", &two, PISD_ERROR_FORMAT, "tensor \"c\": got none of that name" },
  };

  memcpy (bytes->data + bytes->len - 20, &nan, sizeof nan);
  file = read_bytes (self, bytes->data, bytes->len, NULL);
  g_assert_nonnull (file);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      float out[3] = { 7.0f, 7.0f, 7.0f };

      g_assert_false (pisd_safetensors_load (file, wrong[i].name, 1, wrong[i].shape, out, &error));
      g_assert_error (error, PISD_ERROR, (int) wrong[i].code);
      g_assert_nonnull (strstr (error->message, wrong[i].needle));
      g_assert_cmpfloat (out[0], ==, 7.0f);
    }
}

static void
test_writer (TestFile *self, gconstpointer data)
{
  static const float bad[] = { NAN, INFINITY, 65520.0f };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
      g_autoptr (GError) error = NULL;

      pisd_safetensors_writer_add (writer, "x", PISD_TENSOR_F16, 0, NULL, &bad[i]);
      g_assert_false (pisd_safetensors_writer_save (writer, self->path, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
      g_assert_cmpuint (test_directory_count (self->directory), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add ("/files/safetensors/" path, TestFile, NULL, set_up, function, test_file_tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("layout", test_layout);
  ADD ("truncated", test_truncated);
  ADD ("flipped", test_flipped);
  ADD ("hash", test_hash);
  ADD ("headers", test_headers);
  ADD ("lengths", test_lengths);
  ADD ("keys", test_keys);
  ADD ("load", test_load);
  ADD ("writer", test_writer);
  return g_test_run ();
}
