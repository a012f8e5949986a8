/* HDF5 in pieces: packed in every way that is legal, never written, and hostile ones. */
#include <gio/gio.h>

#include "pisd-hdf5.h"
#include "pisd-test-files.h"
#include "pisd-test-hdf5.h"

/* [y, x] in pieces of [P, P]; those at the lower and right edges stand over. */
#define NY 12
#define NX 20
#define P 8
#define N_PIECES 6
#define SIZE (P * P * sizeof (gint16))

#define DEFLATE 'd'
#define SHUFFLE 's'
#define PLAIN_EDGES 'e'

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "x.h5");
}

static hid_t
create_set (hid_t file, const char *filters)
{
  const hid_t space = H5Screate_simple (2, (const hsize_t[]){ NY, NX }, NULL);
  const hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  const gint16 fill = -7;
  hid_t set;

  H5Pset_chunk (list, 2, (const hsize_t[]){ P, P });
  H5Pset_fill_value (list, H5T_NATIVE_INT16, &fill);
  for (const char *filter = filters; *filter != '\0'; filter++)
    if (*filter == DEFLATE)
      H5Pset_deflate (list, 6);
    else if (*filter == PLAIN_EDGES)
      H5Pset_chunk_opts (list, H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS);
    else
      H5Pset_shuffle (list);
  set = H5Dcreate2 (file, "a", H5T_STD_I16BE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  g_assert_cmpint (set, >=, 0);
  H5Pclose (list);
  H5Sclose (space);
  return set;
}

/* Element (i, j) is 100 i + j. */
static void
write_whole (const char *path, const char *filters)
{
  const hid_t file = test_hdf5_create (path, FALSE), set = create_set (file, filters);
  gint16 data[NY * NX];

  for (guint c = 0; c < NY * NX; c++)
    data[c] = (gint16) (100 * (c / NX) + c % NX);
  H5Dwrite (set, H5T_NATIVE_INT16, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
  H5Dclose (set);
  H5Fclose (file);
}

/* The first piece as it stands in the file before it is packed. */
static void
fill_piece (guint8 *bytes, gboolean is_shuffled)
{
  for (guint c = 0; c < P * P; c++)
    {
      const guint16 value = (guint16) (100 * (c / P) + c % P);

      bytes[is_shuffled ? c : 2 * c] = (guint8) (value >> 8);
      bytes[is_shuffled ? P * P + c : 2 * c + 1] = value & 0xff;
    }
}

static gsize
deflate (const guint8 *bytes, gsize size, guint8 *packed, gsize room)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  gsize n_read, n_written;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), bytes, size, packed, room,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  return n_written;
}

/* One record of the index: where its piece is, and what it is. */
typedef struct
{
  hsize_t start[2];
  uint32_t skipped;
  gsize size;
  const guint8 *bytes;
} Record;

static void
write_records (const char *path, const char *filters, const Record *records, guint n)
{
  const hid_t file = test_hdf5_create (path, FALSE), set = create_set (file, filters);

  for (guint k = 0; k < n; k++)
    g_assert_cmpint (H5Dwrite_chunk (set, H5P_DEFAULT, records[k].skipped, records[k].start,
                                     records[k].size, records[k].bytes),
                     >=, 0);
  H5Dclose (set);
  H5Fclose (file);
}

static gboolean
read_at (const char *path, double *out, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  g_autoptr (GPtrArray) list = pisd_hdf5_list (input, NULL);
  g_autoptr (PisdInput) again = pisd_input_dup (input, cancel);
  const PisdArray *array = g_ptr_array_index (list, 0);

  g_assert_null (array->unreadable);
  return pisd_hdf5_read_slice (again, array, &(PisdSlice){ .axes = { 0, 1 } }, out, error);
}

/* The first piece has its numbers, and all others were never written, or the whole is there. */
static void
assert_read (const char *path, gboolean is_whole)
{
  g_autoptr (GError) error = NULL;
  double out[NY * NX];

  read_at (path, out, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < NY; i++)
    for (guint j = 0; j < NX; j++)
      g_assert_cmpfloat (out[i * NX + j], ==, is_whole || (i < P && j < P) ? 100.0 * i + j : -7);
}

static void
test_filters (TestFile *fixture, gconstpointer data)
{
  static const char *const legal[] = { "", "d", "sd", "sde" }, *const strange[] = { "s", "dd", "ds",
                                                                                    "ssd" };

  for (guint k = 0; k < G_N_ELEMENTS (legal); k++)
    {
      write_whole (fixture->path, legal[k]);
      assert_read (fixture->path, TRUE);
    }
  for (guint k = 0; k < G_N_ELEMENTS (strange); k++)
    {
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (GPtrArray) list = NULL;
      const PisdArray *array;

      write_whole (fixture->path, strange[k]);
      input = pisd_input_open (fixture->path, NULL, NULL);
      list = pisd_hdf5_list (input, NULL);
      array = g_ptr_array_index (list, 0);
      g_assert_nonnull (array->unreadable);
      g_assert_nonnull (strstr (array->unreadable, "packed otherwise"));
    }
}

/* Filters that a piece was not worth. */
static void
test_skipped (TestFile *fixture, gconstpointer data)
{
  static const struct
  {
    const char *filters;
    uint32_t skipped;
    gboolean is_packed, is_shuffled;
  } rows[] = { { "d", 0, TRUE, FALSE },  { "d", 1, FALSE, FALSE }, { "sd", 0, TRUE, TRUE },
               { "sd", 1, TRUE, FALSE }, { "sd", 2, FALSE, TRUE }, { "sd", 3, FALSE, FALSE },
               { "", 0, FALSE, FALSE } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      guint8 bytes[SIZE], packed[2 * SIZE];
      Record record = { .skipped = rows[k].skipped, .size = SIZE, .bytes = bytes };

      fill_piece (bytes, rows[k].is_shuffled);
      if (rows[k].is_packed)
        {
          record.size = deflate (bytes, SIZE, packed, sizeof packed);
          record.bytes = packed;
        }
      write_records (fixture->path, rows[k].filters, &record, 1);
      assert_read (fixture->path, FALSE);
    }
}

static void
assert_damaged (const char *path)
{
  g_autoptr (GError) error = NULL;
  double out[NY * NX];

  g_assert_false (read_at (path, out, NULL, &error));
  test_assert_error (&error, FORMAT, "damaged piece");
}

/* Pieces that hold less or more than a piece, or end too early. */
static void
test_damaged (TestFile *fixture, gconstpointer data)
{
  const guint8 bytes[2 * SIZE] = { 0 };
  guint8 packed[4 * SIZE];
  const gsize sizes[] = { 0, 2, SIZE - 1, SIZE + 1, 2 * SIZE };
  Record record = { .bytes = packed };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      record.size = deflate (bytes, sizes[k], packed, sizeof packed);
      write_records (fixture->path, "d", &record, 1);
      assert_damaged (fixture->path);
    }
  record.size = deflate (bytes, SIZE, packed, sizeof packed) - 5;
  write_records (fixture->path, "d", &record, 1);
  assert_damaged (fixture->path);
  record = (Record){ .skipped = 1, .size = SIZE - 1, .bytes = bytes };
  write_records (fixture->path, "d", &record, 1);
  assert_damaged (fixture->path);
}

/* The file's index is one node: 24 bytes, then records: size, mask, three places, an address. */
static void
patch_record (const char *path, guint number, guint32 size, guint64 x)
{
  g_autofree char *bytes = NULL;
  gsize n;

  bytes = test_read (path, &n);
  for (gsize at = 0; at + 24 + 80 <= n; at++)
    if (memcmp (bytes + at, "TREE\1\0", 6) == 0)
      {
        char *record = bytes + at + 24 + 40 * number;

        memcpy (record, &size, sizeof size);
        memcpy (record + 16, &x, sizeof x);
      }
  test_write (path, bytes, (gssize) n);
}

/* Two records of the first piece: a list has the first of them first, but whoever looks it up finds
 * the second.  The first says that it has few bytes, or none. */
static void
test_twins (TestFile *fixture, gconstpointer data)
{
  guint8 bytes[SIZE], packed[4 * SIZE];
  const gsize n_packed = (fill_piece (bytes, FALSE), deflate (bytes, SIZE, packed, sizeof packed));
  const gsize n_short = deflate (bytes, 2, packed + 2 * SIZE, 2 * SIZE);
  const Record good[] = { { .size = 4, .bytes = packed },
                          { .start = { 0, P }, .size = n_packed, .bytes = packed } };
  const Record bad[] = { good[0],
                         { .start = { 0, P }, .size = n_short, .bytes = packed + 2 * SIZE } };

  for (guint size = 0; size <= 4; size += 4)
    {
      write_records (fixture->path, "d", good, 2);
      patch_record (fixture->path, 0, size, 0);
      patch_record (fixture->path, 1, (guint32) n_packed, 0);
      assert_read (fixture->path, FALSE);
      write_records (fixture->path, "d", bad, 2);
      patch_record (fixture->path, 0, size, 0);
      patch_record (fixture->path, 1, (guint32) n_short, 0);
      assert_damaged (fixture->path);
    }
}

/* A record that says that it has no bytes is no piece that was never written; one that is not
 * packed and says that it has few is read as a whole. */
static void
test_short_record (TestFile *fixture, gconstpointer data)
{
  guint8 bytes[SIZE];
  const Record record = { .size = SIZE, .bytes = bytes };

  fill_piece (bytes, FALSE);
  write_records (fixture->path, "d", &record, 1);
  patch_record (fixture->path, 0, 0, 0);
  assert_damaged (fixture->path);
  for (guint size = 0; size < SIZE; size += SIZE - 1)
    {
      write_records (fixture->path, "", &record, 1);
      patch_record (fixture->path, 0, size, 0);
      assert_read (fixture->path, FALSE);
    }
}

/* Looks that are left until it is to stop. */
static gboolean
count_down (gpointer data)
{
  guint *left = data;

  return *left == 0 || --*left == 0;
}

/* It is asked for every piece and every row. */
static void
test_cancelled (TestFile *fixture, gconstpointer data)
{
  static const char *const filters[] = { "", "d" };

  for (guint k = 0; k < G_N_ELEMENTS (filters); k++)
    {
      guint left = k == 0 ? N_PIECES + NY : N_PIECES;
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (count_down, &left);
      g_autoptr (GError) error = NULL;
      double out[NY * NX];

      write_whole (fixture->path, filters[k]);
      g_assert_false (read_at (fixture->path, out, cancel, &error));
      test_assert_error (&error, CANCELLED, fixture->path);
    }
}

/* 300 x 300 pieces of one element each. */
static void
test_too_many (TestFile *fixture, gconstpointer data)
{
  const hid_t file = test_hdf5_create (fixture->path, FALSE);
  const hid_t space = H5Screate_simple (2, (const hsize_t[]){ 300, 300 }, NULL);
  const hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  g_autofree double *out = g_new (double, 300 * 300);
  g_autoptr (GError) error = NULL;

  H5Pset_chunk (list, 2, (const hsize_t[]){ 1, 1 });
  H5Dclose (H5Dcreate2 (file, "a", H5T_STD_I16BE, space, H5P_DEFAULT, list, H5P_DEFAULT));
  H5Pclose (list);
  H5Sclose (space);
  H5Fclose (file);
  g_assert_false (read_at (fixture->path, out, NULL, &error));
  test_assert_error (&error, LIMIT, "got a slice in 90000 pieces, expected at most 65536");
}

#define ADD(name, function) \
  g_test_add ("/files/hdf5-pieces/" name, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("filters", test_filters);
  ADD ("skipped", test_skipped);
  ADD ("damaged", test_damaged);
  ADD ("twins", test_twins);
  ADD ("short-record", test_short_record);
  ADD ("cancelled", test_cancelled);
  ADD ("too-many", test_too_many);
  return g_test_run ();
}
