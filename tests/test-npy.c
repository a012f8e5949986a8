#include "pisd-npy.h"
#include "pisd-test-files.h"

#define LITTLE (G_BYTE_ORDER == G_LITTLE_ENDIAN)

/* Bytes that are read from front to back. */
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
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, "%s: too short", what);
      return FALSE;
    }
  memcpy (bytes, source->bytes + source->at, size);
  source->at += size;
  return TRUE;
}

/* What is written is read back: header, and elements bit for bit, behind a multiple of 64. */
static void
test_round_trip (void)
{
  const gsize shape[3] = { 2, 1, 3 };
  const double values[6] = { 1, -0.0, 1e-308, 4.9e-324, -1e308, 6 };
  g_autoptr (GByteArray) npy = pisd_npy_format (3, shape, values, NULL);
  Source source = { npy->data, npy->len, 0 };
  g_autoptr (GError) error = NULL;
  PisdNpyHeader header;
  double back[6];

  g_assert_true (pisd_npy_read_header (read_source, &source, &header, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (source.at % 64, ==, 0);
  g_assert_cmpuint (header.n_dimensions, ==, 3);
  g_assert_cmpmem (header.shape, sizeof shape, shape, sizeof shape);
  g_assert_cmpuint (header.n, ==, 6);
  g_assert_cmpuint (pisd_npy_get_element_size (&header), ==, 8);
  g_assert_false (header.fortran_order || header.swapped);
  g_assert_cmpuint (source.size - source.at, ==, sizeof values);
  pisd_npy_convert (&header, npy->data + source.at, back);
  g_assert_cmpmem (back, sizeof back, values, sizeof values);
}

/* Cut after any byte of its header, a file is refused. */
static void
test_truncated (void)
{
  const double value = 1;
  g_autoptr (GByteArray) npy = pisd_npy_format (0, NULL, &value, NULL);

  for (gsize size = 0; size < npy->len - sizeof value; size++)
    {
      Source source = { npy->data, size, 0 };
      g_autoptr (GError) error = NULL;
      PisdNpyHeader header;

      g_assert_false (pisd_npy_read_header (read_source, &source, &header, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
    }
}

typedef struct
{
  const char *descr;
  guint size; /* bytes of an element; 0: refused */
  gboolean swapped;
} TypeRow;

/* What numpy.dtype () takes for one of our types, with and without a byte order. */
static const TypeRow types[] = {
  { "f8", 8, FALSE },      { "f4", 4, FALSE },       { "i8", 8, FALSE },    { "u1", 1, FALSE },
  { "float64", 8, FALSE }, { "int32", 4, FALSE },    { "bool", 1, FALSE },  { "|f8", 8, FALSE },
  { "=f8", 8, FALSE },     { "<f8", 8, !LITTLE },    { ">f8", 8, LITTLE },  { ">u1", 1, FALSE },
  { "<c8", 0, FALSE },     { "<float64", 0, FALSE }, { "<", 0, FALSE },     { "", 0, FALSE },
  { "|S2", 0, FALSE },     { "<U3", 0, FALSE },      { "float", 0, FALSE },
};

static void
test_types (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'descr': '%s', 'fortran_order': False, 'shape': (128L, 2), }\n", types[i].descr);
      g_autoptr (GError) error = NULL;
      PisdNpyHeader header;
      gboolean ok = pisd_npy_parse_header (text, strlen (text), &header, &error);

      if (ok != (types[i].size > 0))
        g_error ("`%s`: got %s", types[i].descr, ok ? "taken" : error->message);
      if (!ok)
        {
          test_assert_error (&error, SHAPE, "element type", "float64");
          continue;
        }
      g_assert_cmpuint (pisd_npy_get_element_size (&header), ==, types[i].size);
      g_assert_cmpint (header.swapped, ==, types[i].swapped);
      g_assert_cmpuint (header.shape[0], ==, 128);
      g_assert_cmpuint (header.n, ==, 256);
    }
}

/* What GLib cannot count in one piece is refused before a number is read. */
static void
test_too_large (void)
{
  const gsize shape[] = { PISD_NPY_MOST_NUMBERS + 1 };
  const double value = 1;
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_npy_format (1, shape, &value, &error));
  test_assert_error (&error, LIMIT, "shape: got 536870784 numbers", "at most 536870783");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/npy/round-trip", test_round_trip);
  g_test_add_func ("/files/npy/truncated", test_truncated);
  g_test_add_func ("/files/npy/types", test_types);
  g_test_add_func ("/files/npy/too-large", test_too_large);
  return g_test_run ();
}
