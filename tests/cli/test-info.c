/* `pisd info`: what it recognises and what it refuses. */
#include "cli-fixture.h"

#include <string.h>

static void
test_fields (CliFixture *self, gconstpointer data)
{
  cli_run (self, "info @DATA@/poisson-00.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "8 arrays");
  cli_assert_contains (self->out, "observed_a: 500\n");
  cli_assert_contains (self->out, "a: -0.752622 to 0.635683, norm 33.803");
  cli_assert_contains (self->out, "residual as poisson: 5-point");
  cli_assert_contains (self->out, "residual as helmholtz with k = 1: 5-point");
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
  const char *helmholtz = "residual as helmholtz with k = 1: 5-point ";

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
test_refusals (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *words;
    int status;
    const char *needle;
  } rows[] = {
    { "info", 2, "got 0 files, expected one" },
    { "info one two", 2, "got 2 files, expected one" },
    { "info missing.npz", 1, "missing.npz" },
    { "info .", 1, "cannot be read" },
    { "info empty", 1, "empty: not a file of this program" },
    { "info picture", 1, "picture: not a file of this program" },
    { "info bad.csv", 1, "bad.csv" },
    { "info bad.txt", 1, "bad.txt" },
  };

  cli_write (self, "empty", "");
  cli_write (self, "picture", "\x89PNG\r\n");
  cli_write (self, "bad.csv", "field,x,y,value\na,0.5,0.5\n");
  cli_write (self, "bad.txt", "[scenario]\nnonsense=1\n");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cli_run (self, rows[i].words);
      cli_assert_refused (self, rows[i].status, rows[i].needle, 4);
    }
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
  ADD ("refusals", test_refusals);
  ADD ("truncated", test_truncated);
  return g_test_run ();
}
