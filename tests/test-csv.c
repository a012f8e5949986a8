#include "pisd-csv.h"
#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

typedef struct
{
  char *directory;
  char *path; /* of a table in it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "table.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static PisdCsv *
open_text (const Fixture *fixture, const char *text)
{
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  PisdCsv *csv;

  test_write (fixture->path, text, -1);
  input = pisd_input_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  csv = pisd_csv_new (input, &error);
  g_assert_no_error (error);
  return csv;
}

/* All rows, as "cell|cell/cell|cell". */
static char *
read_rows (PisdCsv *csv, GError **error)
{
  GString *rows = g_string_new (NULL);
  PisdCsvStatus status;

  while ((status = pisd_csv_next (csv, error)) == PISD_CSV_ROW)
    {
      if (rows->len > 0)
        g_string_append_c (rows, '/');
      for (guint i = 0; i < pisd_csv_get_n_cells (csv); i++)
        g_string_append_printf (rows, "%s%s", i > 0 ? "|" : "", pisd_csv_get_cell (csv, i));
    }
  g_assert_true ((status == PISD_CSV_FAILED) == (*error != NULL));
  return g_string_free (rows, FALSE);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "\n\r\n ,\t,\n", "" },
    { "a,b\nc,d", "a|b/c|d" },
    { "a,b\rc,d\r\ne,f\n\ng,h\n", "a|b/c|d/e|f/g|h" },
    { "a,b,\n,c,\n", "a|b|/|c|" },
    { " a\t,\u00a0b\u2007,\ufeff c ", "a|b|c" },
    { "\"a,b\",\"c\"\"d\" ,\" e \"\n", "a,b|c\"d|e" },
    { "a\"b,c\n", "a\"b|c" },
    { "a;b\n1,5;2.5\n1,5,5;x,5\n", "a|b/1.5|2.5/1,5,5|x,5" },
    { "a\tb\n\t1,5\n", "a|b/|1.5" },
    { "a,b\n1;5,2\n", "a|b/1;5|2" },
    { "\"a;b\",c\n", "a;b|c" },
    { "sep=\t\na\tb,c\n", "a|b,c" },
    { "\nSep=;\na,b;c\nsep=,\n", "a,b|c/sep=," },
    { "\"sep=;\"\na;b\n", "a|b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdCsv) csv = open_text (fixture, rows[i][0]);
      g_autoptr (GError) error = NULL;
      g_autofree char *got = read_rows (csv, &error);

      g_assert_no_error (error);
      if (!g_str_equal (got, rows[i][1]))
        g_error ("row %u: got `%s`, expected `%s`", i, got, rows[i][1]);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "a,b\n\n\"c,d\n", ":3: ", "quote" },
    { "a,b\n\"c\"d,e\n", ":2: ", "quote" },
    { "a,b\r\xe4,c\r", ":2: ", "\\xe4" },
    { "\xff\xfe"
      "a",
      ":1: ", "UTF-16 (little-endian)" },
    { "sep=:\na:b\n", ":1: ", "comma, semicolon or tab" },
    { "sep=", ":1: ", "\"\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdCsv) csv = open_text (fixture, rows[i][0]);
      g_autoptr (GError) error = NULL;
      G_GNUC_UNUSED g_autofree char *got = read_rows (csv, &error);

      test_assert_error (&error, FORMAT, fixture->path, rows[i][1], rows[i][2], "read as");
    }
}

/* Place and dialect stand around what the caller found wrong. */
static void
test_fail_at (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdCsv) csv = open_text (fixture, "a;b;;\n\n1;2\n");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pisd_csv_next (csv, &error), ==, PISD_CSV_ROW);
  g_assert_cmpuint (pisd_csv_get_n_cells (csv), ==, 4);
  g_assert_cmpuint (pisd_csv_count_filled (csv), ==, 2);
  g_assert_cmpint (pisd_csv_next (csv, &error), ==, PISD_CSV_ROW);
  g_set_error_literal (&error, PISD_ERROR, PISD_ERROR_RANGE, "b: too large");
  g_assert_false (pisd_csv_fail_at (csv, &error));
  test_assert_error (&error, RANGE, "table.csv:3: b: too large (read as UTF-8 with semicolons)");
  g_assert_false (pisd_csv_fail_at (csv, NULL));
}

/* Rows are looked at one by one: a request to stop is heard after as many as were looked at, blank
 * ones too. */
static void
test_stops (Fixture *fixture, gconstpointer data)
{
  test_write (fixture->path, "a,b\n1,2\n\n\n3,4\n", -1);
  for (guint limit = 1; limit <= 6; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (PisdInput) input = pisd_input_open (fixture->path, cancel, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdCsv) csv = pisd_csv_new (input, &error);
      PisdCsvStatus status = PISD_CSV_FAILED;

      while (csv != NULL && (status = pisd_csv_next (csv, &error)) == PISD_CSV_ROW)
        ;
      g_assert_cmpuint (t.looks, ==, limit + 1);
      g_assert_cmpint (status, ==, PISD_CSV_FAILED);
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/files/csv/rows", test_rows);
  ADD ("/files/csv/refused", test_refused);
  ADD ("/files/csv/fail-at", test_fail_at);
  ADD ("/files/csv/stops", test_stops);
  return g_test_run ();
}
