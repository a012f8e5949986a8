#include <math.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include "pisd-npz-writer.h"
#include "pisd-npz.h"
#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define LITTLE (G_BYTE_ORDER == G_LITTLE_ENDIAN)

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "truth.npz");
}

static void
append_length (GByteArray *npy, guint32 n, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = n >> (8 * i);

      g_byte_array_append (npy, &byte, 1);
    }
}

/* A .npy file of that format version with this header and these bytes behind it. */
static GByteArray *
make_npy (guint version, const char *header, const void *data, gsize size)
{
  GByteArray *npy = g_byte_array_new ();
  const guint8 minor_version[2] = { version, 0 };

  g_byte_array_append (npy, (const guint8 *) "\x93NUMPY", 6);
  g_byte_array_append (npy, minor_version, 2);
  append_length (npy, strlen (header), version == 1 ? 2 : 4);
  g_byte_array_append (npy, (const guint8 *) header, strlen (header));
  if (size > 0)
    g_byte_array_append (npy, data, size);
  return npy;
}

/* An archive with one member of these bytes. */
static void
write_member (const char *path, const char *name, const void *bytes, gsize size)
{
  int code = 0;
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);
  zip_source_t *source;

  g_assert_nonnull (archive);
  source = zip_source_buffer (archive, bytes, size, 0);
  g_assert_cmpint (zip_file_add (archive, name, source, 0), >=, 0);
  g_assert_cmpint (zip_close (archive), ==, 0);
}

static GPtrArray *
list (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);

  return input != NULL ? pisd_npz_list_from (input, error) : NULL;
}

static GPtrArray *
read_a (const char *path, GError **error)
{
  static const char *const names[] = { "a", NULL };

  return pisd_npz_read (path, names, 1000, error);
}

/* Reads an archive whose `a` has this header and these data. */
static GPtrArray *
read_made (TestFile *fixture,
           guint version,
           const char *header,
           const void *data,
           gsize size,
           GError **error)
{
  g_autoptr (GByteArray) npy = make_npy (version, header, data, size);

  write_member (fixture->path, "a.npy", npy->data, npy->len);
  return read_a (fixture->path, error);
}

static void
write_example (const char *path)
{
  const gsize shape[3] = { 2, 3, 1 };
  const double a[6] = { 1, -2.5, NAN, INFINITY, -0.0, 1e-300 }, u[2] = { 7, 8 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;

  pisd_npz_writer_add (writer, "a", 3, shape, a);
  pisd_npz_writer_add (writer, "u", 1, shape, u);
  pisd_npz_writer_add (writer, "one", 0, NULL, u);
  pisd_npz_writer_add (writer, "none", 2, (const gsize[]){ 0, 6 }, NULL);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

static const char *const example_names[] = { "none", "a", "one", "u", NULL };

/* Whether these are the arrays of the example, bit for bit. */
static gboolean
is_example (GPtrArray *arrays)
{
  const double a[6] = { 1, -2.5, NAN, INFINITY, -0.0, 1e-300 }, u[2] = { 7, 8 };
  const PisdArray *none = arrays->pdata[0], *first = arrays->pdata[1];
  const PisdArray *one = arrays->pdata[2], *second = arrays->pdata[3];

  return arrays->len == 4 && none->n_dimensions == 2 && none->shape[0] == 0 && none->shape[1] == 6
         && first->n_dimensions == 3 && first->shape[0] == 2 && first->shape[1] == 3
         && first->shape[2] == 1 && memcmp (first->data, a, sizeof a) == 0 && one->n_dimensions == 0
         && one->data[0] == 7 && second->n_dimensions == 1 && second->shape[0] == 2
         && memcmp (second->data, u, sizeof u) == 0 && g_str_equal (none->name, "none")
         && g_str_equal (second->name, "u");
}

static void
test_round_trip (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shape = NULL;

  write_example (fixture->path);
  arrays = pisd_npz_read (fixture->path, example_names, 6, &error);
  g_assert_no_error (error);
  g_assert_true (is_example (arrays));
  g_assert_cmpuint (pisd_array_get_n (arrays->pdata[0]), ==, 0);
  g_assert_cmpuint (pisd_array_get_n (arrays->pdata[1]), ==, 6);
  g_assert_cmpuint (pisd_array_get_n (arrays->pdata[2]), ==, 1);

  listed = list (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->len, ==, 4);
  shape = pisd_array_dup_shape (listed->pdata[0]);
  g_assert_cmpstr (shape, ==, "2x3x1");
  g_assert_cmpstr (((PisdArray *) listed->pdata[0])->name, ==, "a");
  g_assert_null (((PisdArray *) listed->pdata[0])->data);
}

/* Archives that NumPy itself has written. */
static void
test_numpy (void)
{
  static const char *const names[] = { "a", "u", "observed_a", NULL };
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  const PisdArray *a, *observed;

  arrays = pisd_npz_read (path, names, 128 * 128, &error);
  g_assert_no_error (error);
  a = arrays->pdata[0];
  g_assert_cmpuint (a->n_dimensions, ==, 2);
  g_assert_cmpuint (a->shape[0], ==, 128);
  g_assert_cmpuint (a->shape[1], ==, 128);
  observed = arrays->pdata[2];
  g_assert_cmpuint (pisd_array_get_n (observed), ==, 500);
  for (guint i = 0; i < 500; i++)
    g_assert_true (observed->data[i] >= 0 && observed->data[i] < 128 * 128
                   && observed->data[i] == floor (observed->data[i]));
}

/* Elements of [2, 3] arrays of every type, little-endian. */
static const float f4[6] = { 1.5f, -2, 3, 4e30f, 5, -6.25f };
static const double f8[6] = { 1.5, -2, 3, 4e300, 5, -6.25 };
static const gint32 i4[6] = { 1, -2, 3, G_MAXINT32, G_MININT32, 6 };
static const gint64 i8[6] = { 1, -2, 3, G_GINT64_CONSTANT (1) << 52, -5, 6 };
static const guint8 u1[6] = { 0, 1, 127, 128, 255, 6 };
static const guint8 b1[6] = { 0, 1, 0, 2, 255, 1 };

typedef struct
{
  const char *code;
  guint size;
  const void *data;
  double values[6];
} TypeRow;

static const TypeRow types[] = {
  { "f4", 4, f4, { 1.5, -2, 3, 4e30f, 5, -6.25 } },
  { "f8", 8, f8, { 1.5, -2, 3, 4e300, 5, -6.25 } },
  { "i4", 4, i4, { 1, -2, 3, 2147483647.0, -2147483648.0, 6 } },
  { "i8", 8, i8, { 1, -2, 3, 4503599627370496.0, -5, 6 } },
  { "u1", 1, u1, { 0, 1, 127, 128, 255, 6 } },
  { "b1", 1, b1, { 0, 1, 0, 1, 1, 1 } },
};

/* The elements in the order and byte order that a header claims. */
static void
arrange (const TypeRow *type, gboolean fortran, gboolean swap, guint8 *out)
{
  for (guint c = 0; c < 6; c++)
    {
      guint source = fortran ? (c % 2) * 3 + c / 2 : c;
      const guint8 *element = (const guint8 *) type->data + source * type->size;

      for (guint b = 0; b < type->size; b++)
        out[c * type->size + b] = element[swap ? type->size - 1 - b : b];
    }
}

static void
check_type (TestFile *fixture, const TypeRow *type, char order, gboolean fortran, guint version)
{
  g_autofree char *header =
      g_strdup_printf ("{'descr': '%c%s', 'fortran_order': %s, 'shape': (2, 3), }\n", order,
                       type->code, fortran ? "True" : "False");
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  const PisdArray *array;
  guint8 raw[48];

  arrange (type, fortran, order == (LITTLE ? '>' : '<'), raw);
  arrays = read_made (fixture, version, header, raw, 6 * type->size, &error);
  g_assert_no_error (error);
  array = arrays->pdata[0];
  g_assert_cmpuint (array->n_dimensions, ==, 2);
  for (guint i = 0; i < 6; i++)
    if (array->data[i] != type->values[i])
      g_error ("%s element %u: got %g, expected %g", header, i, array->data[i], type->values[i]);
}

static void
test_types (TestFile *fixture, gconstpointer data)
{
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint fortran = 0; fortran < 2; fortran++)
      for (guint version = 1; version <= 3; version++)
        {
          check_type (fixture, &types[t], '<', fortran, version);
          check_type (fixture, &types[t], '>', fortran, version);
          check_type (fixture, &types[t], types[t].size == 1 ? '|' : '=', fortran, version);
        }
}

static void
test_refused_types (TestFile *fixture, gconstpointer data)
{
  static const char *const descrs[] = {
    "'<c8'", "'<c16'", "'<U4'",     "'|S3'",  "'|O'",           "'<f2'",     "'<f16'",
    "'<i3'", "'<u6'",  "'<m8[ns]'", "'|V16'", "'f2'",           "''",        "'<f88'",
    "'|u3'", "'<'",    "'*f8'",     "'<F8'",  "[('x', '<f8')]", "'<float64'"
  };

  for (guint i = 0; i < G_N_ELEMENTS (descrs); i++)
    {
      g_autofree char *header =
          g_strdup_printf ("{'descr': %s, 'fortran_order': False, 'shape': (2, 3), }\n", descrs[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_made (fixture, 1, header, f8, sizeof f8, &error));
      test_assert_error (&error, SHAPE, fixture->path, "\"a\"", "element type", "float64");
    }
}

/* Fortran order in four dimensions: element (i, j, k, l) is 1000 i + 100 j + 10 k + l. */
static void
test_fortran (TestFile *fixture, gconstpointer data)
{
  const guint shape[4] = { 2, 3, 4, 5 };
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  const double *p;
  double values[120];
  guint n = 0;

  for (guint l = 0; l < shape[3]; l++)
    for (guint k = 0; k < shape[2]; k++)
      for (guint j = 0; j < shape[1]; j++)
        for (guint i = 0; i < shape[0]; i++)
          values[n++] = 1000 * i + 100 * j + 10 * k + l;
  arrays = read_made (fixture, 1,
                      LITTLE ? "{'descr':'<f8','fortran_order':True,'shape':(2,3,4,5)}"
                             : "{'descr':'>f8','fortran_order':True,'shape':(2,3,4,5)}",
                      values, sizeof values, &error);
  g_assert_no_error (error);

  p = ((PisdArray *) arrays->pdata[0])->data;
  for (guint i = 0; i < shape[0]; i++)
    for (guint j = 0; j < shape[1]; j++)
      for (guint k = 0; k < shape[2]; k++)
        for (guint l = 0; l < shape[3]; l++)
          g_assert_cmpfloat (*p++, ==, 1000 * i + 100 * j + 10 * k + l);
}

static void
test_headers (TestFile *fixture, gconstpointer data)
{
  static const char *const headers[] = {
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n",
    "{\"shape\": (2,3), \"descr\": \"<f8\", \"fortran_order\": False}",
    " \t{ 'shape' :( 2 , 3 , ) ,'fortran_order':False,'descr':'<f8',}  \n  \n",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }",
    "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1, 6, 1), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (0006,), }",
  };
  double values[6];

  for (guint i = 0; i < 6; i++)
    {
      guint64 bits;

      memcpy (&bits, &f8[i], sizeof bits);
      bits = GUINT64_TO_LE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GPtrArray) arrays = NULL;
      g_autoptr (GError) error = NULL;

      arrays = read_made (fixture, 1, headers[i], values, sizeof values, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (((PisdArray *) arrays->pdata[0])->data, sizeof f8, f8, sizeof f8);
    }
}

typedef struct
{
  const char *header;
  PisdError code;
  const char *piece;
} HeaderRow;

#define START "{'descr': '<f8', 'fortran_order': False, 'shape': "

static const HeaderRow bad_headers[] = {
  { "", PISD_ERROR_FORMAT, "dictionary" },
  { "{", PISD_ERROR_FORMAT, "keys" },
  { "{}", PISD_ERROR_FORMAT, "keys" },
  { "[]", PISD_ERROR_FORMAT, "dictionary" },
  { START "(6,)", PISD_ERROR_FORMAT, "comma" },
  { START "(6,),", PISD_ERROR_FORMAT, "keys" },
  { START "(6,)} x", PISD_ERROR_FORMAT, "nothing behind" },
  { START "(6,)}}", PISD_ERROR_FORMAT, "nothing behind" },
  { START "(6)}", PISD_ERROR_FORMAT, "tuple" },
  { START "6}", PISD_ERROR_FORMAT, "parentheses" },
  { START "(,)}", PISD_ERROR_FORMAT, "length" },
  { START "(6,,)}", PISD_ERROR_FORMAT, "length" },
  { START "(2 3)}", PISD_ERROR_FORMAT, "comma" },
  { START "(-6,)}", PISD_ERROR_FORMAT, "length" },
  { START "(6.0,)}", PISD_ERROR_FORMAT, "comma" },
  { START "(6LL,)}", PISD_ERROR_FORMAT, "comma" },
  { START "(L,)}", PISD_ERROR_FORMAT, "length" },
  { START "(6,", PISD_ERROR_FORMAT, "length" },
  { START "(6,), 'shape': (6,)}", PISD_ERROR_FORMAT, "once" },
  { START "(6,), 'more': 1}", PISD_ERROR_FORMAT, "once" },
  { START "(6,) 'x'}", PISD_ERROR_FORMAT, "comma" },
  { START "(1,1,1,1,1,6)}", PISD_ERROR_SHAPE, "dimensions" },
  { START "(1001,)}", PISD_ERROR_LIMIT, "1001 elements" },
  { START "(100,100,1,1)}", PISD_ERROR_LIMIT, "10000 elements" },
  { START "(18446744073709551616,)}", PISD_ERROR_LIMIT, "64 bits" },
  { START "(18446744073709551615,)}", PISD_ERROR_LIMIT, "elements" },
  { START "(4294967296,4294967296)}", PISD_ERROR_LIMIT, "64 bits" },
  { START "(2305843009213693952,)}", PISD_ERROR_LIMIT, "elements" },
  { START "(5,)}", PISD_ERROR_FORMAT, "more than the 40 bytes" },
  { START "(7,)}", PISD_ERROR_FORMAT, "got 48 bytes, expected 56" },
  { START "()}", PISD_ERROR_FORMAT, "more than the 8 bytes" },
  { START "(0,)}", PISD_ERROR_FORMAT, "more than the 0 bytes" },
  { "{'descr': '<f8', 'fortran_order': false, 'shape': (6,)}", PISD_ERROR_FORMAT, "True or False" },
  { "{'descr': '<f8', 'fortran_order': 0, 'shape': (6,)}", PISD_ERROR_FORMAT, "True or False" },
  { "{'descr': <f8, 'fortran_order': False, 'shape': (6,)}", PISD_ERROR_FORMAT, "in quotes" },
  { "{'descr': '<f8, 'fortran_order': False, 'shape': (6,)}", PISD_ERROR_SHAPE, "element type" },
  { "{'descr: 1}", PISD_ERROR_FORMAT, "keys" },
  { "{'descr' '<f8'}", PISD_ERROR_FORMAT, "colon" },
  { "{'descr': '<f8'}", PISD_ERROR_FORMAT, "keys" },
  { "{descr: '<f8'}", PISD_ERROR_FORMAT, "keys" },
};

static void
test_bad_headers (TestFile *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_headers); i++)
    for (guint version = 1; version <= 3; version++)
      {
        const HeaderRow *row = &bad_headers[i];
        g_autoptr (GError) error = NULL;

        g_assert_null (read_made (fixture, version, row->header, f8, sizeof f8, &error));
        test_assert_error_at (row->header, &error, row->code,
                              (const char *const[]){ fixture->path, "\"a\"", row->piece, NULL });
      }
}

/* A good file whose magic, version or length are not. */
static void
test_bad_prefix (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) npy = make_npy (2, START "(6,)}\n", f8, sizeof f8);
  g_autoptr (GError) error = NULL;

  npy->data[6] = 4;
  write_member (fixture->path, "a.npy", npy->data, npy->len);
  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, FORMAT, "4.0", "1.0, 2.0 or 3.0");
  npy->data[6] = 2;
  npy->data[0] = 'x';
  write_member (fixture->path, "a.npy", npy->data, npy->len);
  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, FORMAT, "NumPy array");
  npy->data[0] = 0x93;
  memset (npy->data + 8, 0xff, 4);
  write_member (fixture->path, "a.npy", npy->data, npy->len);
  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, LIMIT, "4294967295 bytes", "65536");
  write_member (fixture->path, "a.npy", npy->data, 0);
  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, FORMAT, "got 0 bytes");
}

/* Every bit of prefix and header flipped, in an archive whose checksum is right. */
static void
test_flipped_header (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) npy = make_npy (
      1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }   \n", f8, sizeof f8);
  guint n_refused = 0, n_header = npy->len - sizeof f8;

  for (guint i = 0; i < n_header; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GPtrArray) arrays = NULL;
        g_autoptr (GError) error = NULL;

        npy->data[i] ^= 1 << bit;
        write_member (fixture->path, "a.npy", npy->data, npy->len);
        arrays = read_a (fixture->path, &error);
        npy->data[i] ^= 1 << bit;
        g_assert_true ((arrays == NULL) == (error != NULL));
        if (arrays != NULL)
          g_assert_cmpuint (pisd_array_get_n (arrays->pdata[0]) * 8, ==, sizeof f8);
        n_refused += arrays == NULL;
      }
  /* What may pass: another blank for a blank, another byte order or kind of quotes, and the like.
   */
  g_assert_cmpuint (n_refused, >, n_header * 8 * 9 / 10);
}

/* An archive cut after any byte is refused. */
static void
test_truncated (TestFile *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size;

  write_example (fixture->path);
  bytes = test_read (fixture->path, &size);
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, bytes, n);
      g_assert_null (pisd_npz_read (fixture->path, example_names, 100, &error));
      g_assert_true (error->domain == PISD_ERROR);
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_clear_error (&error);
      g_assert_null (list (fixture->path, &error));
      g_assert_nonnull (error);
    }
}

/* With any byte changed, an archive is refused or still holds the same arrays. */
static void
test_flipped (TestFile *fixture, gconstpointer data)
{
  const guint8 masks[] = { 0x01, 0x80, 0xff };
  g_autofree char *bytes = NULL;
  guint n_refused = 0;
  gsize size;

  write_example (fixture->path);
  bytes = test_read (fixture->path, &size);
  for (gsize i = 0; i < size; i++)
    for (guint m = 0; m < G_N_ELEMENTS (masks); m++)
      {
        g_autoptr (GPtrArray) arrays = NULL;
        g_autoptr (GPtrArray) listed = NULL;
        g_autoptr (GError) error = NULL;

        bytes[i] ^= masks[m];
        test_write (fixture->path, bytes, size);
        bytes[i] ^= masks[m];
        arrays = pisd_npz_read (fixture->path, example_names, 100, &error);
        g_assert_true ((arrays == NULL) == (error != NULL));
        if (arrays != NULL && !is_example (arrays))
          g_error ("byte %" G_GSIZE_FORMAT " ^ 0x%02x went unnoticed", i, masks[m]);
        n_refused += arrays == NULL;
        listed = list (fixture->path, NULL);
      }
  g_assert_cmpuint (n_refused, >, size * G_N_ELEMENTS (masks) / 2);
}

/* Bytes of memory that this process ever held at once. */
static gsize
get_peak_memory (void)
{
  g_autofree char *status = test_read ("/proc/self/status", NULL);
  const char *line = g_strstr_len (status, -1, "VmHWM:");

  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

#define BOMB (64 * 1024 * 1024)

/* Zeros that deflate to a thousandth: `shape` is what the header claims they are. */
static void
write_bomb (const char *path, const char *shape)
{
  g_autofree char *header = g_strdup_printf (START "%s, }\n", shape);
  g_autofree guint8 *zeros = g_malloc0 (BOMB);
  g_autoptr (GByteArray) npy = make_npy (1, header, zeros, BOMB);

  write_member (path, "a.npy", npy->data, npy->len);
}

static void
test_bomb (TestFile *fixture, gconstpointer data)
{
  static const char *const shapes[] = { "(8388608,)", "(10,)" };
  static const PisdError codes[] = { PISD_ERROR_LIMIT, PISD_ERROR_FORMAT };

  if (g_test_subprocess ())
    {
      const char *path = g_getenv ("PISD_TEST_BOMB");
      guint kind = g_ascii_strtoull (g_getenv ("PISD_TEST_BOMB_KIND"), NULL, 10);
      g_autoptr (GError) error = NULL;
      gsize before = get_peak_memory ();

      g_assert_null (read_a (path, &error));
      test_assert_error_at (G_STRLOC, &error, codes[kind], (const char *const[]){ path, NULL });
      g_assert_cmpuint (get_peak_memory () - before, <, BOMB / 8);
      return;
    }

  /* A process of its own, whose peak is not that of making the bomb. */
  for (guint kind = 0; kind < G_N_ELEMENTS (shapes); kind++)
    {
      g_autofree char *text = g_strdup_printf ("%u", kind);
      GStatBuf info;

      write_bomb (fixture->path, shapes[kind]);
      g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
      g_assert_cmpint (info.st_size, <, BOMB / 500);
      g_setenv ("PISD_TEST_BOMB", fixture->path, TRUE);
      g_setenv ("PISD_TEST_BOMB_KIND", text, TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
    }
}

/* Sanitizers have addresses for more than any machine's memory. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define LIMITED 0
#else
#define LIMITED 1
#endif

/* From here on so many more bytes of memory can be had. */
static void
limit_memory (gsize more)
{
  g_autofree char *text = test_read ("/proc/self/statm", NULL);
  const gsize now = g_ascii_strtoull (text, NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);

  if (LIMITED)
    g_assert_cmpint (setrlimit (RLIMIT_AS, &(struct rlimit){ now + more, now + more }), ==, 0);
}

/* A header may claim any number of elements that the caller allows: room is made for what is there.
 */
static void
test_claims (TestFile *fixture, gconstpointer data)
{
  static const char *const names[] = { "a", NULL };
  g_autoptr (GByteArray) npy = NULL;
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      limit_memory (64 << 20);
      g_assert_null (pisd_npz_read (g_getenv ("PISD_TEST_CLAIMS"), names, 1 << 28, &error));
      test_assert_error (&error, FORMAT, "array \"a\": data: got 5 bytes, expected 1073741824");
      return;
    }
  npy = make_npy (1, START "(134217728,), }\n", "short", 5);
  write_member (fixture->path, "a.npy", npy->data, npy->len);
  g_setenv ("PISD_TEST_CLAIMS", fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_missing (TestFile *fixture, gconstpointer data)
{
  static const char *const names[] = { "a", "w", NULL };
  g_autoptr (GError) error = NULL;

  write_example (fixture->path);
  g_assert_null (pisd_npz_read (fixture->path, names, 100, &error));
  test_assert_error (&error, FORMAT, fixture->path, "\"w\" is missing",
                     "got \"a\", \"u\", \"one\", \"none\"", "expected \"w\"");
  write_member (fixture->path, "readme.txt", "x", 1);
  g_assert_null (pisd_npz_read (fixture->path, names, 100, &error));
  test_assert_error (&error, FORMAT, fixture->path, "no arrays");
  /* A name from a hostile archive is not put on the terminal as it is. */
  write_member (fixture->path, "\x1b[31m.npy", "x", 1);
  g_assert_null (pisd_npz_read (fixture->path, names, 100, &error));
  g_assert_nonnull (error);
  g_assert_null (strchr (error->message, '\x1b'));
}

/* Only what is asked for is looked at. */
static void
test_others_ignored (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) npy = make_npy (1, START "(6,)}\n", f8, sizeof f8);
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  const PisdArray *a, *b;
  zip_t *archive;
  int code;

  if (!LITTLE)
    {
      g_test_skip ("the header says little-endian");
      return;
    }
  write_member (fixture->path, "a.npy", npy->data, npy->len);
  archive = zip_open (fixture->path, 0, &code);
  g_assert_nonnull (archive);
  g_assert_cmpint (zip_file_add (archive, "b.npy", zip_source_buffer (archive, "junk", 4, 0), 0),
                   >=, 0);
  g_assert_cmpint (zip_close (archive), ==, 0);

  arrays = read_a (fixture->path, &error);
  g_assert_no_error (error);
  g_clear_pointer (&arrays, g_ptr_array_unref);
  /* A list says of each whether it can be read. */
  arrays = list (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arrays->len, ==, 2);
  a = arrays->pdata[0];
  b = arrays->pdata[1];
  g_assert_null (a->unreadable);
  g_assert_cmpuint (a->shape[0], ==, 6);
  g_assert_cmpstr (b->name, ==, "b");
  g_assert_nonnull (strstr (b->unreadable, "got 4 bytes"));
}

static void
test_not_an_archive (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, IO, fixture->path);
  g_assert_null (read_a (fixture->directory, &error));
  test_assert_error (&error, IO, fixture->directory);
  test_write (fixture->path, "", 0);
  g_assert_null (read_a (fixture->path, &error));
  test_assert_error (&error, FORMAT, fixture->path);
  test_write (fixture->path, "field,x,y,value\n", -1);
  g_assert_null (list (fixture->path, &error));
  test_assert_error (&error, FORMAT, fixture->path);
}

/* What is written into the pipe, by a thread of its own: a pipe holds less than an archive. */
typedef struct
{
  int fd;
  char *bytes;
  gsize size;
} Pour;

static gpointer
pour (gpointer data)
{
  Pour *self = data;

  g_assert_cmpint (write (self->fd, self->bytes, self->size), ==, self->size);
  close (self->fd);
  return NULL;
}

/* A pipe is read once, and its arrays can be listed and read like those of a file. */
static void
test_pipe (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  GThread *thread;
  Pour job;
  int fds[2];

  write_example (fixture->path);
  bytes = test_read (fixture->path, &job.size);
  g_assert_cmpint (pipe (fds), ==, 0);
  job.fd = fds[1];
  job.bytes = bytes;
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  thread = g_thread_new ("pour", pour, &job);
  input = pisd_input_open (path, NULL, &error);
  g_thread_join (thread);
  close (fds[0]);
  g_assert_no_error (error);
  listed = pisd_npz_list_from (input, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->len, ==, 4);
  arrays = pisd_npz_read_from (input, example_names, 100, &error);
  g_assert_no_error (error);
  g_assert_true (is_example (arrays));
}

/* A request to stop is heard before every array. */
static void
test_stops (TestFile *fixture, gconstpointer data)
{
  write_example (fixture->path);
  for (guint limit = 0; limit < 3; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (PisdInput) input = pisd_input_open (fixture->path, cancel, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_npz_read_from (input, example_names, 6, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (pisd_npz_list_from (input, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
    }
}

/* More members than are read at once. */
#define N_MEMBERS 3000

static void
write_members (const char *path)
{
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

  g_assert_nonnull (archive);
  for (guint k = 0; k < N_MEMBERS; k++)
    {
      g_autofree char *name = g_strdup_printf ("member-%u", k);

      g_assert_cmpint (
          zip_file_add (archive, name, zip_source_buffer (archive, NULL, 0, 0), ZIP_FL_ENC_UTF_8),
          >=, 0);
    }
  g_assert_cmpint (zip_set_archive_comment (archive, "words", 5), ==, 0);
  g_assert_cmpint (zip_close (archive), ==, 0);
}

/* And in the middle of the list of members. */
static void
test_stops_in_list (TestFile *fixture, gconstpointer data)
{
  TestTrip never = { 0, G_MAXUINT }, soon = { 0, N_MEMBERS / 2 };
  g_autoptr (PisdCancel) patient = pisd_cancel_new_polling (test_trip, &never);
  g_autoptr (PisdCancel) hasty = pisd_cancel_new_polling (test_trip, &soon);
  g_autoptr (PisdInput) first = NULL, second = NULL;
  g_autofree char *comment = NULL;

  write_members (fixture->path);
  first = pisd_input_open (fixture->path, patient, NULL);
  comment = pisd_npz_dup_comment (first);
  g_assert_cmpstr (comment, ==, "words");
  g_assert_cmpuint (never.looks, >, N_MEMBERS);
  second = pisd_input_open (fixture->path, hasty, NULL);
  g_assert_null (pisd_npz_dup_comment (second));
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/files/npz/round-trip", test_round_trip);
  g_test_add_func ("/files/npz/numpy", test_numpy);
  ADD ("/files/npz/types", test_types);
  ADD ("/files/npz/refused-types", test_refused_types);
  ADD ("/files/npz/fortran", test_fortran);
  ADD ("/files/npz/headers", test_headers);
  ADD ("/files/npz/bad-headers", test_bad_headers);
  ADD ("/files/npz/bad-prefix", test_bad_prefix);
  ADD ("/files/npz/flipped-header", test_flipped_header);
  ADD ("/files/npz/truncated", test_truncated);
  ADD ("/files/npz/flipped", test_flipped);
  ADD ("/files/npz/bomb", test_bomb);
  ADD ("/files/npz/claims", test_claims);
  ADD ("/files/npz/missing", test_missing);
  ADD ("/files/npz/stops", test_stops);
  ADD ("/files/npz/stops-in-list", test_stops_in_list);
  ADD ("/files/npz/others-ignored", test_others_ignored);
  ADD ("/files/npz/not-an-archive", test_not_an_archive);
  ADD ("/files/npz/pipe", test_pipe);
  return g_test_run ();
}
