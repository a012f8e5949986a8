/* Sensors as arrays: every layout in every format gives the same sensors as the CSV table, and what is wrong is said
 * with file, row and column. */
#include "pisd-sensors-arrays.h"

#include <math.h>

#include "pisd-error.h"
#include "pisd-file-kind.h"
#include "pisd-npz-writer.h"
#include "pisd-sensors-csv.h"
#include "pisd-test-files.h"
#ifdef PISD_WITH_HDF5
#include "pisd-test-hdf5.h"
#endif

#define N 3

static const double xs[N] = { 0.25, 0.5, 1 }, ys[N] = { 0, 0.125, 0.75 },
                    values[N] = { 1, -2, 0.03125 }, sds[N] = { 0, 0.5, 0 }, fields[N] = { 1, 0, 1 };

/* An array of a file; n_dimensions 0: there is none. */
typedef struct
{
  const char *name;
  guint n_dimensions;
  gsize shape[2];
  const double *data;
} Array;

static PisdSensors *
load (const char *path, PisdProblemId problem, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);

  g_assert_nonnull (input);
  return pisd_sensors_load_from (problem, input, error);
}

static char *
write_arrays (TestFile *file, const char *name, const Array *arrays, guint n)
{
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  char *path = g_build_filename (file->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < n && arrays[k].n_dimensions > 0; k++)
    pisd_npz_writer_add (writer, arrays[k].name, arrays[k].n_dimensions, arrays[k].shape,
                         arrays[k].data);
  pisd_npz_writer_save (writer, path, &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
is_sensors (const char *path)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  PisdFileKind kind;

  return pisd_file_kind_recognise (input, &kind) && kind == PISD_FILE_KIND_SENSORS;
}

static PisdSensors *
make_sensors (gboolean has_field)
{
  PisdSensors *sensors = pisd_sensors_new ();

  for (guint i = 0; i < N; i++)
    {
      const PisdFieldId field = has_field ? (PisdFieldId) fields[i] : PISD_FIELD_A;
      const PisdSensor sensor = { field,     xs[i],
                                  ys[i],     pisd_field_id_get_time (field),
                                  values[i], has_field ? sds[i] : 0 };

      pisd_sensors_add (sensors, &sensor);
    }
  return sensors;
}

/* Rows of the columns. */
static void
fill_table (guint n_columns, const double *const columns[], double *table)
{
  for (guint i = 0; i < N; i++)
    for (guint c = 0; c < n_columns; c++)
      table[i * n_columns + c] = columns[c][i];
}

/* One array each, of one dimension or of two, in three formats. */
static void
test_columns (TestFile *file, gconstpointer data)
{
  static const Array layouts[][6] = {
    { { "x", 1, { N }, xs },
      { "y", 2, { N, 1 }, ys },
      { "value", 2, { 1, N }, values },
      { "sd", 1, { N }, sds },
      { "field", 1, { N }, fields },
      { "other", 2, { 1, N }, xs } },
    { { "value", 1, { N }, values }, { "x", 1, { N }, xs }, { "y", 1, { N }, ys } },
  };
  static const char *const names[] = { "s.npz", "s.mat" };

  for (guint l = 0; l < G_N_ELEMENTS (layouts); l++)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      {
        g_autofree char *path = write_arrays (file, names[k], layouts[l], 6);
        g_autoptr (PisdSensors) expected = make_sensors (l == 0), got = NULL;
        g_autoptr (GError) error = NULL;

        got = load (path, PISD_PROBLEM_POISSON, &error);
        g_assert_no_error (error);
        g_assert_true (pisd_sensors_equal (got, expected));
        g_assert_true (is_sensors (path));
      }
}

#ifdef PISD_WITH_HDF5
/* The same, packed, in HDF5 and MATLAB 7.3. */
static void
test_hdf5 (TestFile *file, gconstpointer data)
{
  static const gsize shape[] = { N, 1 };
  const struct
  {
    const char *name;
    const double *data;
  } columns[] = { { "x", xs }, { "y", ys }, { "value", values } };
  g_autoptr (PisdSensors) expected = make_sensors (FALSE);

  for (guint is_matlab = 0; is_matlab < 2; is_matlab++)
    {
      const hid_t hdf5 = test_hdf5_create (file->path, is_matlab);
      g_autoptr (PisdSensors) got = NULL;
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (columns); k++)
        {
          g_autoptr (PisdArray) array = pisd_array_new (columns[k].name, 1 + is_matlab, shape);

          array->data = g_memdup2 (columns[k].data, sizeof xs);
          test_hdf5_add (hdf5, array, is_matlab);
        }
      test_hdf5_close (hdf5, file->path, is_matlab);
      got = load (file->path, PISD_PROBLEM_POISSON, &error);
      g_assert_no_error (error);
      g_assert_true (pisd_sensors_equal (got, expected));
    }
}
#endif

/* Tables: of the first field, of one by name, and with all columns. */
static void
test_tables (TestFile *file, gconstpointer data)
{
  static const double times[N] = { 1, 1, 1 };
  const double *const of_field[] = { xs, ys, values }, *const of_all[] = { fields, xs,     ys,
                                                                           times,  values, sds };
  double table[N * 3], all[N * 6];
  const Array arrays[] = { { "whatever", 2, { N, 3 }, table }, { "sensors", 2, { N, 6 }, all } };
  g_autofree char *npy = NULL, *npz = NULL;
  g_autoptr (PisdSensors) first = make_sensors (FALSE), rich = make_sensors (TRUE), a = NULL,
                          b = NULL;
  g_autoptr (GError) error = NULL;

  fill_table (3, of_field, table);
  fill_table (6, of_all, all);
  for (guint i = 0; i < N; i++)
    all[6 * i + 3] = rich->items[i].t;
  npy = write_arrays (file, "s.npy", &arrays[0], 1);
  a = load (npy, PISD_PROBLEM_POISSON, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_equal (a, first));
  g_assert_true (is_sensors (npy));
  npz = write_arrays (file, "s.npz", &arrays[1], 1);
  b = load (npz, PISD_PROBLEM_POISSON, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_equal (b, rich));
}

/* More than a side of a field may have, and a CSV table through the same door. */
static void
test_many (TestFile *file, gconstpointer data)
{
  const guint n = 5000;
  g_autofree double *numbers = g_new0 (double, n);
  const Array arrays[] = { { "x", 1, { n }, numbers },
                           { "y", 1, { n }, numbers },
                           { "value", 1, { n }, numbers } };
  g_autofree char *path = write_arrays (file, "s.npz", arrays, 3);
  g_autoptr (PisdSensors) many = load (path, PISD_PROBLEM_POISSON, NULL), csv = NULL;

  g_assert_cmpuint (many->n, ==, n);
  g_assert_true (g_file_set_contents (file->path, "field,x,y,value\nu,0.5,0.5,1\n", -1, NULL));
  csv = load (file->path, PISD_PROBLEM_POISSON, NULL);
  g_assert_cmpuint (csv->n, ==, 1);
}

static void
test_refused (TestFile *file, gconstpointer data)
{
  static const double bad_x[N] = { 0, 1.5, 0 }, nan_value[N] = { 0, 0, NAN },
                      no_field[N] = { 0, 1, 7 }, square[64 * 64];
  const gsize too_many = PISD_MAX_SENSORS + 1;
  g_autofree double *many = g_new0 (double, too_many);
  const struct
  {
    Array arrays[4];
    PisdError code;
    const char *says;
  } rows[] = {
    { { { "x", 1, { N }, bad_x }, { "y", 1, { N }, ys }, { "value", 1, { N }, values } },
      PISD_ERROR_RANGE,
      "s.npz: row 2: x: got \"1.5\", expected 0 to 1" },
    { { { "x", 1, { N }, xs }, { "y", 1, { N }, ys }, { "value", 1, { N }, nan_value } },
      PISD_ERROR_FORMAT,
      "s.npz: row 3: value: got \"nan\", expected a number" },
    { { { "x", 1, { N }, xs },
        { "y", 1, { N }, ys },
        { "value", 1, { N }, values },
        { "field", 1, { N }, no_field } },
      PISD_ERROR_UNKNOWN,
      "s.npz: row 3: field: got \"7\", expected a or u for poisson" },
    { { { "x", 1, { N }, xs }, { "y", 1, { 2 }, ys }, { "value", 1, { N }, values } },
      PISD_ERROR_SHAPE,
      "s.npz: array y: got 2, expected 3 numbers" },
    { { { "x", 2, { 3, 2 }, square }, { "y", 1, { N }, ys }, { "value", 1, { N }, values } },
      PISD_ERROR_SHAPE,
      "s.npz: array x: got 3x2, expected a column" },
    { { { "x", 1, { too_many }, many },
        { "y", 1, { too_many }, many },
        { "value", 1, { too_many }, many } },
      PISD_ERROR_LIMIT,
      "s.npz: rows: got more than 16384" },
    { { { "x", 1, { 0 }, xs }, { "y", 1, { 0 }, ys }, { "value", 1, { 0 }, values } },
      PISD_ERROR_FORMAT,
      "s.npz: got no rows" },
    { { { "sensors", 2, { N, 2 }, square } },
      PISD_ERROR_SHAPE,
      "array sensors: got 3x2, expected N x 3" },
    { { { "w", 2, { N, 3 }, square } }, PISD_ERROR_UNKNOWN, "field: got \"w\", expected a or u" },
    { { { "q", 2, { 64, 64 }, square }, { "r", 1, { N }, xs } },
      PISD_ERROR_SHAPE,
      "s.npz: arrays: got none that holds sensors" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *path = write_arrays (file, "s.npz", rows[k].arrays, 4);
      g_autoptr (GError) error = NULL;

      g_assert_null (load (path, PISD_PROBLEM_POISSON, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, PISD_ERROR, (gint) rows[k].code);
      g_assert_nonnull (strstr (error->message, rows[k].says));
    }
}

/* Files that end too early, at every byte, and true fields, which are none. */
static void
test_hostile (TestFile *file, gconstpointer data)
{
  static const Array arrays[] = { { "x", 1, { N }, xs },
                                  { "y", 1, { N }, ys },
                                  { "value", 1, { N }, values } };
  static const char *const names[] = { "s.npz", "s.mat" };
  g_autofree char *truth = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);

  g_assert_false (is_sensors (truth));
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autofree char *path = write_arrays (file, names[k], arrays, 3), *bytes = NULL;
      gsize n;

      g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
      for (gsize cut = 0; cut < n; cut++)
        {
          g_autoptr (GBytes) part = g_bytes_new_static (bytes, cut);
          g_autoptr (PisdInput) input = pisd_input_new_for_bytes (names[k], part);
          g_autoptr (GError) error = NULL;
          g_autoptr (PisdSensors) sensors =
              pisd_sensors_load_arrays_from (PISD_PROBLEM_POISSON, input, &error);

          pisd_sensors_arrays_recognise (input);
          if (sensors == NULL)
            g_assert_true (g_str_has_prefix (error->message, names[k]));
          else
            g_assert_cmpuint (sensors->n, ==, N);
        }
    }
}

static void
set_up (TestFile *file, gconstpointer data)
{
  test_file_init (file, "s.h5");
}

#define ADD(path, function) \
  g_test_add ("/setup/sensors-arrays/" path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("columns", test_columns);
#ifdef PISD_WITH_HDF5
  ADD ("hdf5", test_hdf5);
#endif
  ADD ("tables", test_tables);
  ADD ("many", test_many);
  ADD ("refused", test_refused);
  ADD ("hostile", test_hostile);
  return g_test_run ();
}
