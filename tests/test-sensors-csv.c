#include <unistd.h>

#include "pisd-sensors-csv.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "sensors.csv");
}

static void
test_csv_round_trip (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdSensors) sensors = test_sensors (8192);
  g_autoptr (PisdSensors) back = NULL;
  g_autoptr (GError) error = NULL;

  pisd_sensors_edit (sensors)[0].value = -0.0;
  pisd_sensors_edit (sensors)[1].value = 4.9406564584124654e-324;
  pisd_sensors_edit (sensors)[2].value = 1.7976931348623157e308;
  pisd_sensors_edit (sensors)[3] = sensors->items[4]; /* two at one place are fine */
  pisd_sensors_edit (sensors)[5].t = 0.3;
  g_assert_true (pisd_sensors_save_csv (sensors, fixture->path, &error));
  g_assert_no_error (error);
  back = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->n, ==, PISD_MAX_SENSORS);
  g_assert_true (pisd_sensors_equal (sensors, back));
  g_assert_true (signbit (back->items[0].value));
}

/* Sensors of a flow, with times and without; what is written of them is read back, and these bytes
 * are what is written. */
static void
test_csv_flow (TestFile *fixture, gconstpointer data)
{
  static const char written[] = "field,x,y,t,value,sd\n"
                                "a,0.25,0.5,0,-1.5,0\n"
                                "u,0,0.0078125,1,2,0.125\n"
                                "a,0.5,0.5,0,3,0\n"
                                "u,0.5,0.5,0.3333333333333333,4,0\n"
                                "u,0.5,0.5,0.4,5,0\n";
  PisdProblemId problem = test_flow_get_problem ();
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (PisdSensors) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  test_write (fixture->path,
              "sd;t;field;y;x;value\n0;0;a;0,5;0,25;-1,5\n0,125;1;u;0,0078125;1;2\n"
              "0;0;w;0,5;0,5;3\n0;0.3333333333333333;w;0,5;0,5;4\n0;0.4;w;0,5;0,5;5\n",
              -1);
  sensors = pisd_sensors_load_csv (problem, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_sensors_save_csv (sensors, fixture->path, &error));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, written);
  back = pisd_sensors_load_csv (problem, fixture->path, &error);
  g_assert_true (pisd_sensors_equal (sensors, back));

  test_write (fixture->path, "field,x,y,value\na,0,0,1\nu,0,0,2\nw,0,0,3\n", -1);
  pisd_sensors_free (g_steal_pointer (&back));
  back = pisd_sensors_load_csv (problem, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (back->items[1].t, ==, 1.0);
  g_assert_cmpfloat (back->items[2].t, ==, 0.0);
  g_assert_cmpint (back->items[2].field, ==, PISD_FIELD_A);
}

/* Every way of writing the same two sensors. */
static void
test_csv_accepted (TestFile *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "field,x,y,value\na,0.25,0.5,-1.5\nu,1,0,2\n",
    "field,x,y,value\na,0.25,0.5,-1.5\nu,1,0,2",
    ("\xef\xbb\xbf"
     "field,x,y,value\r\na,0.25,0.5,-1.5\r\nu,1,0,2\r\n"),
    "\n  \nvalue,y,x,field\n\n-1.5,0.5,0.25,a\n\t\n2,0,1,u\n\n\n",
    " field , x,\ty,value\n a ,0.25, 0.5 , -1.5\nu, 1 ,0,2e0\n",
    "\"field\",\"x\",\"y\",\"value\"\n\"a\",\"0.25\",0.5,\"-1.5\"\n\"u\",1,0,2\n",
    "sd,t,field,x,y,value\n0,0,a,0.25,0.5,-1.5\n0,1,u,1,0,2\n",
    "field,x,y,value\ra,0.25,0.5,-1.5\ru,1,0,2\r",
    "field,x,y,value\na,0.25,0.5,-1.5\ru,1,0,2\r\n",
    "field,x,y,value,\na,0.25,0.5,-1.5,\nu,1,0,2,\n,,,,\n",
    "field,x,y,value\na,0.25,0.5,-1.5,,\nu,1,0,2\n",
    ",field,x,y,value\n0,a,0.25,0.5,-1.5\n1,u,1,0,2\n",
    "\"\",\"field\",\"x\",\"y\",\"value\"\n\"1\",\"a\",0.25,0.5,-1.5\n\"2\",\"u\",1,0,2\n",
    "field;x;y;value\r\na;0,25;0,5;-1,5\r\nu;1;0;2\r\n",
    "field;x;y;value\na;0.25;0.5;-15e-1\nu;1;0;2\n",
    "field\tx\ty\tvalue\na\t0.25\t0,5\t-1.5\nu\t1\t0\t2\n",
    "\tfield\tx\ty\tvalue\n1\ta\t0.25\t0.5\t-1.5\n2\tu\t1\t0\t2\n",
    "sep=,\nfield,x,y,value\na,0.25,0.5,-1.5\nu,1,0,2\n",
    "\xef\xbb\xbfSEP=;\r\nfield;x;y;value\r\na;\"0,25\";0,5;-1,5\r\nu;1;0;2\r\n",
    "field,x,y,value\na,\u00a00.25,0.5\u202f,\u00a0-1.5\nu,1,0,2\n",
  };
  const PisdSensor expected[] = { { PISD_FIELD_A, 0.25, 0.5, 0, -1.5, 0 },
                                  { PISD_FIELD_U, 1, 0, 1, 2, 0 } };
  g_autoptr (PisdSensors) wanted = pisd_sensors_new ();

  for (guint i = 0; i < 2; i++)
    pisd_sensors_add (wanted, &expected[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSensors) sensors = NULL;

      test_write (fixture->path, texts[i], -1);
      sensors = pisd_sensors_load_csv (PISD_PROBLEM_HELMHOLTZ, fixture->path, &error);
      g_assert_no_error (error);
      g_assert_true (pisd_sensors_equal (sensors, wanted));
    }
}

typedef struct
{
  const char *text;
  PisdError code;
  const char *pieces[3]; /* of the message, beside the path */
} BadFile;

#define HEADER "field,x,y,value\n"

static const BadFile bad_files[] = {
  { "", PISD_ERROR_FORMAT, { "empty", "field, x, y, value" } },
  { "\n\n", PISD_ERROR_FORMAT, { "empty" } },
  { HEADER, PISD_ERROR_FORMAT, { "no rows" } },
  { HEADER "\n\r\n", PISD_ERROR_FORMAT, { "no rows" } },
  { "x,y,value\n0,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "field", "missing" } },
  { "field,y,value\na,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "column x ", "missing" } },
  { "field,x,y\na,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "column value ", "missing" } },
  { "field,x,x,y,value\na,0,0,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "\"x\"", "once" } },
  { "field,x,y,value,z\na,0,0,0,1\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"z\"", "sd" } },
  { "field,x,y,value,\na,0,0,0,1\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 5 cells" } },
  { "field,x,,y,value\na,0,0,0,1\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"\"" } },
  { ",,field,x,y,value\n0,0,a,0,0,1\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"\"" } },
  { "a,0,0,0\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"a\"" } },
  { "field|x|y|value\na|0|0|0\n", PISD_ERROR_UNKNOWN, { ":1: ", "field|x", "with commas" } },
  { "field x y value\na 0 0 0\n", PISD_ERROR_UNKNOWN, { ":1: ", "field x", "semicolons or tabs" } },
  { "sep=|\nfield|x|y|value\n", PISD_ERROR_FORMAT, { ":1: sep: ", "\"|\"", "semicolon or tab" } },
  { "field;x;y;value\na;1.000,5;0;0\n",
    PISD_ERROR_FORMAT,
    { ":2: x: ", "\"1.000,5\"", "semicolons" } },
  { "field;x;y;value\na,0,0,0\n", PISD_ERROR_FORMAT, { ":2: row: ", "1 cells", "semicolons" } },
  { HEADER "a,abc,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"abc\"", "a number" } },
  { HEADER "a,0,0,1\n\na,0,,1\n", PISD_ERROR_FORMAT, { ":4: y: ", "\"\"", "a number" } },
  { HEADER "a,0,0,1x\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1x\"", "a number" } },
  { HEADER "a,0,0,1 2\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1 2\"", "a number" } },
  { HEADER "a,0,0,nan\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"nan\"", "a number" } },
  { HEADER "a,0,0,-inf\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"-inf\"", "a number" } },
  { HEADER "a,0,0,1e999\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1e999\"", "a number" } },
  { HEADER "a,NaN,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"NaN\"", "a number" } },
  { HEADER "a,0x1,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"0x1\"", "a number" } },
  { HEADER "a,1.0001,0,1\n", PISD_ERROR_RANGE, { ":2: x: ", "\"1.0001\"", "0 to 1" } },
  { HEADER "a,0,-1e-9,1\n", PISD_ERROR_RANGE, { ":2: y: ", "\"-1e-9\"", "0 to 1" } },
  { "field,x,y,value,t\na,0,0,1,2\n", PISD_ERROR_RANGE, { ":2: t: ", "\"2\"", "0 to 1" } },
  { "field,x,y,value,sd\na,0,0,1,-1\n", PISD_ERROR_RANGE, { ":2: sd: ", "\"-1\"", "0 or more" } },
  { HEADER "v,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"v\"", "a or u for poisson" } },
  { HEADER "w,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"w\"", "a or u for poisson" } },
  { HEADER "A,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"A\"" } },
  { HEADER "a,0,0\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 3 cells", "expected 4" } },
  { HEADER "a,0,0,1,,3\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 6 cells", "expected 4" } },
  { HEADER "a,\"0,5\",0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"0,5\"", "with commas" } },
  { HEADER "a,0,0,\"1\n", PISD_ERROR_FORMAT, { ":2: ", "quote" } },
  { HEADER "a,0,0,\"1\"2\n", PISD_ERROR_FORMAT, { ":2: ", "quote" } },
  { HEADER "a,0,0,1\ra,0,0\n", PISD_ERROR_FORMAT, { ":3: row: ", "got 3 cells" } },
  { HEADER "\xf0\x9f,0,0,1\n", PISD_ERROR_FORMAT, { ":2: ", "\\xf0", "read as UTF-8" } },
  { HEADER "a,0,0,\xa0"
           "1\n",
    PISD_ERROR_FORMAT,
    { ":2: ", "\\xa0", "expected UTF-8 or UTF-16" } },
  { HEADER "\x1b[31m\u202e,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\\u001b[31m\\u202e" } },
};

static void
test_csv_refused (TestFile *fixture, gconstpointer data)
{
  const BadFile *bad = data;
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, bad->text, -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  g_test_message ("%s", error != NULL ? error->message : "no error");
  test_assert_error_at (bad->text, &error, bad->code,
                        (const char *const[]){ fixture->path, bad->pieces[0],
                                               bad->pieces[1] != NULL ? bad->pieces[1] : "",
                                               bad->pieces[2] != NULL ? bad->pieces[2] : "",
                                               NULL });
}

static void
test_csv_nul (TestFile *fixture, gconstpointer data)
{
  static const char text[] = HEADER "a,0,0\0,1\n";
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, text, sizeof text - 1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":2: ", "NUL");
}

static void
test_csv_long_line (TestFile *fixture, gconstpointer data)
{
  g_autofree char *zeros = g_strnfill (5000000, '0');
  g_autofree char *text = g_strconcat (HEADER "a,0,0,1", zeros, NULL);
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, text, -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":2: ", "1024 bytes");
  test_write (fixture->path, text + strlen (HEADER), -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":1: ", "1024 bytes");
}

static void
test_csv_unreadable (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, IO, fixture->path);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->directory, &error));
  test_assert_error (&error, IO, fixture->directory);
}

/* 16384 rows pass, one more is refused there and then: what follows in an endless file is never
 * read. */
static void
test_csv_limit (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < PISD_MAX_SENSORS; i++)
    g_string_append (text, "a,0.5,0.5,1\n");
  test_write (fixture->path, text->str, text->len);
  sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS);

  /* The row after the limit is never looked into, nor what follows: 8 GiB of a hole, full of NUL
   * bytes. */
  g_string_append (text, "a,0.5,0.5,1\nnot a row\n");
  test_write (fixture->path, text->str, text->len);
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (8) << 30), ==, 0);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, LIMIT, ":16386: ", "more than 16384");
}

/* The same text in UTF-16: with or without a mark, little-endian or big-endian. */
static GByteArray *
encode_utf_16 (const char *text, gboolean mark, gboolean big)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree gunichar2 *units = NULL;
  glong n;

  units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  for (glong i = mark ? -1 : 0; i < n; i++)
    {
      guint unit = i < 0 ? 0xfeff : units[i];
      const guint8 pair[2] = { big ? unit >> 8 : unit & 0xff, big ? unit & 0xff : unit >> 8 };

      g_byte_array_append (bytes, pair, 2);
    }
  return bytes;
}

static const char dialect_text[] = "field;x;y;value\r\na;0,25;0,5;-1,5\r\nu;1;0;\u00a02\r\n";

static void
test_csv_utf_16 (TestFile *fixture, gconstpointer data)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      g_autoptr (GByteArray) bytes = encode_utf_16 (dialect_text, kind & 1, kind & 2);
      g_autoptr (PisdSensors) sensors = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, bytes->data, bytes->len);
      sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sensors->n, ==, 2);
      g_assert_cmpfloat (sensors->items[0].x, ==, 0.25);
      g_assert_cmpfloat (sensors->items[0].value, ==, -1.5);
      g_assert_cmpfloat (sensors->items[1].value, ==, 2);
    }
}

/* Cut after any byte or with any bit flipped: whole rows, or a message about the file. */
static void
check_broken (const TestFile *fixture, const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdSensors) sensors = NULL;

  g_unlink (fixture->path); /* some file systems wait for the disc when a file is cut to nothing */
  test_write (fixture->path, bytes, size);
  sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_true ((sensors == NULL) == (error != NULL));
  if (sensors != NULL)
    g_assert_cmpuint (sensors->n, <=, 2);
  else
    g_assert_true (g_str_has_prefix (error->message, fixture->path));
}

static void
test_csv_broken (TestFile *fixture, gconstpointer data)
{
  for (guint kind = 0; kind < 5; kind++)
    {
      g_autoptr (GByteArray) bytes =
          kind < 4 ? encode_utf_16 (dialect_text, kind & 1, kind & 2) : g_byte_array_new ();

      if (kind == 4)
        g_byte_array_append (bytes, (const guint8 *) dialect_text, strlen (dialect_text));
      for (gsize size = 0; size < bytes->len; size++)
        check_broken (fixture, bytes->data, size);
      for (gsize bit = 0; bit < 8 * bytes->len; bit++)
        {
          bytes->data[bit / 8] ^= 1 << bit % 8;
          check_broken (fixture, bytes->data, bytes->len);
          bytes->data[bit / 8] ^= 1 << bit % 8;
        }
    }
}

/* Half a character at the end is said, with the encoding. */
static void
test_csv_odd (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = encode_utf_16 (dialect_text, TRUE, FALSE);
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, bytes->data, bytes->len - 1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":4: ", "UTF-16 (little-endian)", "semicolons");
}

/* Truncated anywhere, a file either still holds whole rows or is refused, and nothing leaks. */
static void
test_csv_truncated (TestFile *fixture, gconstpointer data)
{
  const char *text = "field,x,y,value,t,sd\na,0.25,0.5,-1.5,0,0.1\nu,0.125,1,22,1,0\n";

  for (gsize size = 0; size < strlen (text); size++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSensors) sensors = NULL;

      test_write (fixture->path, text, size);
      sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
      g_assert_true ((sensors == NULL) == (error != NULL));
      if (sensors != NULL)
        g_assert_cmpuint (sensors->n, <=, 2);
    }
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  ADD ("/setup/sensors-csv/round-trip", test_csv_round_trip);
  ADD ("/setup/sensors-csv/flow", test_csv_flow);
  ADD ("/setup/sensors-csv/accepted", test_csv_accepted);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup/sensors-csv/refused/%02u", i);

      g_test_add (path, TestFile, &bad_files[i], set_up, test_csv_refused, test_file_tear_down);
    }
  ADD ("/setup/sensors-csv/nul", test_csv_nul);
  ADD ("/setup/sensors-csv/long-line", test_csv_long_line);
  ADD ("/setup/sensors-csv/unreadable", test_csv_unreadable);
  ADD ("/setup/sensors-csv/limit", test_csv_limit);
  ADD ("/setup/sensors-csv/truncated", test_csv_truncated);
  ADD ("/setup/sensors-csv/utf-16", test_csv_utf_16);
  ADD ("/setup/sensors-csv/broken", test_csv_broken);
  ADD ("/setup/sensors-csv/odd", test_csv_odd);
  return g_test_run ();
}
