/* `pisd info`: what it recognises and what it refuses. */
#include "cli-fixture.h"

#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "pisd-field.h"
#include "pisd-npz-writer.h"

static void
test_fields (CliFixture *self, gconstpointer data)
{
  cli_run (self, "info @DATA@/poisson-00.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "8 arrays");
  cli_assert_contains (self->out, "observed_a: 500\n");
  cli_assert_contains (self->out, "a: -0.752622 to 0.635683, norm 33.803");
  cli_assert_contains (self->out, "residual as poisson: 5-point");
  cli_assert_contains (self->out, "residual as helmholtz with wavenumber = 1: 5-point");
}

/* The number after `label`. */
static double
read_number (const char *text, const char *label)
{
  const char *place = strstr (text, label);

  if (place == NULL)
    g_error ("got `%s`, expected `%s` in it", text, label);
  return g_ascii_strtod (place + strlen (label), NULL);
}

/* A golden pair satisfies its own equation to rounding, and the other one visibly not. */
static void
test_residual_tells_the_problem (CliFixture *self, gconstpointer data)
{
  const char *poisson = "residual as poisson: 5-point ";
  const char *helmholtz = "residual as helmholtz with wavenumber = 1: 5-point ";

  cli_run (self, "info @DATA@/poisson-01.npz");
  g_assert_cmpfloat (read_number (self->out, poisson), <, 1e-10);
  g_assert_cmpfloat (read_number (self->out, helmholtz), >, 1e-3);
  cli_run (self, "info @DATA@/helmholtz-01.npz");
  g_assert_cmpfloat (read_number (self->out, helmholtz), <, 1e-10);
  g_assert_cmpfloat (read_number (self->out, poisson), >, 1e-3);
}

static void
test_sensors (CliFixture *self, gconstpointer data)
{
  cli_write (self, "s.csv",
             "field,x,y,value,sd\na,0.25,0.5,-2,0\na,1,0,3,0.1\nu,0.5,0.5,0.125,0\n");
  cli_run (self, "info s.csv");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "3 rows");
  cli_assert_contains (self->out,
                       "a: 2 sensors, x 0.25 to 1, y 0 to 0.5, value -2 to 3, 1 with noise");
  cli_assert_contains (self->out, "u: 1 sensor,");
}

static void
test_scenario (CliFixture *self, gconstpointer data)
{
  cli_write (self, "s.txt", "# a remark\n\n[scenario]\nsteps=17\nproblem=helmholtz\n");
  cli_run (self, "info s.txt");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "steps = 17\n");
  cli_assert_contains (self->out, "problem = helmholtz\n");
}

static void
test_lesson (CliFixture *self, gconstpointer data)
{
  cli_write (self, "l.txt",
             "[lesson]\ntitle = Small\n[setup]\nproblem = poisson\n[step]\nsay = One.\n"
             "[step]\nsay = Two.\n");
  cli_run (self, "info l.txt");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "title: Small\nsteps: 2\ntask: no\n");
}

static void
test_refusals (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "info", 2, "got 0 files, expected one" },
    { "info one two", 2, "got 2 files, expected one" },
    { "info missing.npz", 1, "missing.npz" },
    { "info .", 1, "cannot be read" },
    { "info empty", 1, "empty: not a file of this program" },
    { "info empty.csv", 1, "empty.csv: got an empty file" },
    { "info cut.npz", 1, "cut.npz: cannot be opened as an NPZ archive" },
    { "info picture", 1, "picture: not a file of this program" },
    { "info bad.csv", 1, "bad.csv" },
    { "info bad.txt", 1, "bad.txt" },
  };

  cli_write (self, "empty", "");
  cli_write (self, "empty.csv", "");
  cli_write (self, "cut.npz", "P");
  cli_write (self, "picture", "\x89PNG\r\n");
  cli_write (self, "bad.csv", "field,x,y,value\na,0.5,0.5\n");
  cli_write (self, "bad.txt", "[scenario]\nnonsense=1\n");
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* The lines of the description behind the file's name. */
static const char *
skip_name (const char *out)
{
  const char *end = strchr (out, ':');

  g_assert_nonnull (end);
  return end;
}

/* However a table is written, it says what the plain one says. */
static void
test_dialects (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name, *row; /* the same in plain CSV */
  } files[] = {
    { "dialect-cr-only.csv", "a,0.5,0.5,1\n" },
    { "dialect-no-break-space.csv", "a,0.5,0.5,1\n" },
    { "dialect-row-numbers.csv", "a,0.5,0.5,1\n" },
    { "dialect-semicolon-decimal-comma.csv", "a,0.5,0.5,1.25\n" },
    { "dialect-sep-line.csv", "a,0.5,0.5,1\n" },
    { "dialect-tabs.csv", "a,0.5,0.5,1\n" },
    { "dialect-trailing-comma.csv", "a,0.5,0.5,1\n" },
    { "dialect-utf16.csv", "a,0.5,0.5,1\n" },
    { "blank-line-first.csv", "a,0.5,0.5,1\n" },
    { "mark-then-blank.csv", "a,0.5,0.5,1\n" },
    { "one-ulp-above.csv", "a,0.5,0.5,1\na,1,0.5,1\n" },
    { "minus-1e-17.csv", "a,0.5,0.5,1\na,0,0.5,1\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *words = g_strconcat ("info @DATA@/faults/", files[i].name, NULL);
      g_autofree char *plain = g_strconcat ("field,x,y,value\n", files[i].row, NULL);
      g_autofree char *expected = NULL;

      cli_write (self, "plain.csv", plain);
      cli_run (self, "info plain.csv");
      cli_assert_status (self, 0);
      expected = g_strdup (skip_name (self->out));
      cli_run (self, words);
      cli_assert_status (self, 0);
      g_assert_cmpstr (skip_name (self->out), ==, expected);
    }
}

/* By content, not by name. */
static void
test_scenarios (CliFixture *self, gconstpointer data)
{
  static const char *const names[] = { "byte-order-mark.pisd", "long-comment.pisd", "my.scenario" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *words = g_strconcat ("info @DATA@/faults/", names[i], NULL);

      cli_run (self, words);
      cli_assert_status (self, 0);
      cli_assert_contains (self->out, ": scenario\n");
      cli_assert_contains (self->out, "problem = poisson\n");
    }
}

/* A pipe holds what a file holds, from its first byte. */
static void
test_pipe (CliFixture *self, gconstpointer data)
{
  static const char table[] = "field,x,y,value\na,0.25,0.5,-2\n";
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], table, strlen (table)), ==, strlen (table));
  close (fds[1]);
  g_subprocess_launcher_take_fd (self->launcher, fds[0], 3);
  cli_run (self, "info /dev/fd/3");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "sensor table, 1 row\na: 1 sensor, x 0.25 to 0.25");
}

/* Adds an array of a kind that is not ours to an archive, which is made where there is none. */
static void
write_text_array (const char *path, const char *member)
{
  static const char npy[] = "\x93NUMPY\x01\x00\x39\x00"
                            "{'descr': '<U4', 'fortran_order': False, 'shape': (), } \n";
  int code;
  zip_t *archive = zip_open (path, ZIP_CREATE, &code);

  g_assert_nonnull (archive);
  g_assert_cmpint (
      zip_file_add (archive, member, zip_source_buffer (archive, npy, sizeof npy - 1, 0), 0), >=,
      0);
  g_assert_cmpint (zip_close (archive), ==, 0);
}

/* Whatever a file or its name holds, nothing of it steers the terminal. */
static void
assert_harmless (const char *text)
{
  for (; *text != '\0'; text++)
    g_assert_true (*text == '\n' || !g_ascii_iscntrl (*text));
}

static void
test_controls (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = cli_path (self, "x.npz");

  cli_run (self, "info @DATA@/faults/control-group.pisd");
  cli_assert_refused (self, 1, "\\u001b[31mgroup", 0);
  assert_harmless (self->err);
  cli_run (self, "in\x1b[31mfo");
  g_assert_nonnull (strstr (self->err, "in\\u001b[31mfo"));
  assert_harmless (self->err);
  cli_run (self, "info no\x1b[31m.csv");
  cli_assert_refused (self, 1, "no\\u001b[31m.csv: cannot be opened", 0);
  assert_harmless (self->err);

  write_text_array (path, "x\nresidual: 0.npy");
  cli_run (self, "info x.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "1 array\n\"x\\u000aresidual: 0\": not readable");
  assert_harmless (self->out);
}

/* A pair of fields that are `scale` everywhere inside, in an archive. */
static void
write_pair (CliFixture *self, const char *name, double scale)
{
  const gsize shape[2] = { PISD_GRID, PISD_GRID };
  g_autofree char *path = cli_path (self, name);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    field->data[p] = scale;
  pisd_field_zero_boundary (field);
  pisd_npz_writer_add (writer, "a", 2, shape, field->data);
  pisd_npz_writer_add (writer, "u", 2, shape, field->data);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
}

/* Norms and residuals of fields whose squares are no numbers. */
static void
test_scales (CliFixture *self, gconstpointer data)
{
  cli_run (self, "info @DATA@/faults/zero.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "\na: 0 everywhere\nu: 0 everywhere\nresidual: none");

  write_pair (self, "tiny.npz", 1e-300);
  cli_run (self, "info tiny.npz");
  cli_assert_contains (self->out, "a: 0 to 1e-300, norm 1.26e-298\n");
  g_assert_null (strstr (self->out, "nan"));
  write_pair (self, "huge.npz", -1e307);
  cli_run (self, "info huge.npz");
  cli_assert_contains (self->out, "a: -1e+307 to 0, norm 1.26e+309\n");
  g_assert_null (strstr (self->out, "nan"));
}

/* An array of a kind that is not ours is said to be one; the others are described. */
static void
test_foreign (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = cli_path (self, "x.npz");

  write_pair (self, "x.npz", 1);
  write_text_array (path, "extra.npy");
  cli_run (self, "info x.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "3 arrays");
  cli_assert_contains (self->out, "extra: not readable here: element type: got \"<U4\"");
  cli_assert_contains (self->out, "a: 0 to 1, norm 126\n");
  cli_assert_contains (self->out, "residual as poisson");
}

/* Cut anywhere: refused by name, never a crash.  The last bytes hold the directory that all depends
 * on. */
static void
test_truncated (CliFixture *self, gconstpointer data)
{
  static const double parts[] = { 0.001, 0.25, 0.5, 0.999, 0.99999 };
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autofree char *cut = cli_path (self, "cut.npz");
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_assert_true (g_file_set_contents (cut, bytes, parts[i] * size, NULL));
      cli_run (self, "info cut.npz");
      cli_assert_refused (self, 1, "cut.npz", 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                      \
  g_test_add ("/cli/info/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("fields", test_fields);
  ADD ("residual-tells-the-problem", test_residual_tells_the_problem);
  ADD ("sensors", test_sensors);
  ADD ("scenario", test_scenario);
  ADD ("lesson", test_lesson);
  ADD ("refusals", test_refusals);
  ADD ("dialects", test_dialects);
  ADD ("scenarios", test_scenarios);
  ADD ("pipe", test_pipe);
  ADD ("controls", test_controls);
  ADD ("scales", test_scales);
  ADD ("foreign", test_foreign);
  ADD ("truncated", test_truncated);
  return g_test_run ();
}
