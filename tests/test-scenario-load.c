#include "pisd-scenario-begin.h"
#include "pisd-scenario-load.h"

#include <unistd.h>

#include "pisd-prior-choice.h"
#include "pisd-sources.h"
#include "pisd-test-scenario.h"

/* What is not said is as by default. */
static void
test_minimal (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdScenario) wanted = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;

  test_write (fixture->path,
              "# a comment\n[scenario]\nsteps=12\n\n[truth]\nknown=true\n[sensors]\nrows=\n", -1);
  scenario = pisd_scenario_load (fixture->path, &error);
  g_assert_no_error (error);
  wanted->settings.steps = 12;
  wanted->instance =
      pisd_instance_new_random (TEST_EQUATION (PISD_PROBLEM_POISSON, 1), PISD_FAMILY_GRF, 1, NULL);
  test_assert_same_scenario (scenario, wanted);
}

/* The same whatever editor wrote it. */
static void
test_encodings (TestScenario *fixture, gconstpointer data)
{
  static const char marked[] = "\xef\xbb\xbf[scenario]\r\nsteps=12\r\n";
  static const char wide[] =
      "\xff\xfe[\0s\0c\0e\0n\0a\0r\0i\0o\0]\0\n\0s\0t\0e\0p\0s\0=\0001\0002\0";
  const struct
  {
    const char *bytes;
    gsize n;
  } files[] = { { marked, sizeof marked - 1 }, { wide, sizeof wide - 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (PisdScenario) scenario = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, files[i].bytes, files[i].n);
      scenario = pisd_scenario_load (fixture->path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (scenario->settings.steps, ==, 12);
    }
}

typedef struct
{
  const char *text;
  PisdError code;
  const char *pieces[3];
} BadFile;

#define S "[scenario]\n"

static const BadFile bad_files[] = {
  { "", PISD_ERROR_FORMAT, { "[scenario]", "", "" } },
  { "[truth]\n", PISD_ERROR_FORMAT, { "[scenario]", "", "" } },
  { "steps=3\n", PISD_ERROR_FORMAT, { "scenario", "", "" } },
  { S "nonsense\n", PISD_ERROR_FORMAT, { "nonsense", "", "" } },
  { "\x01\xff\xfe", PISD_ERROR_FORMAT, { "as text", "UTF-8", "" } },
  { S "colour=1\n", PISD_ERROR_UNKNOWN, { "[scenario]", "\"colour\"", "zeta-pde" } },
  { S "steps[de]=3\n", PISD_ERROR_UNKNOWN, { "\"steps[de]\"", "", "" } },
  { S "[colours]\n",
    PISD_ERROR_UNKNOWN,
    { "\"colours\"", "scenario, truth, prior or sensors", "" } },
  { S "[truth]\nseed=1\n", PISD_ERROR_UNKNOWN, { "[truth]", "\"seed\"", "file or known" } },
  { S "[prior]\nweight=w\n", PISD_ERROR_UNKNOWN, { "[prior]", "\"weight\"", "weights" } },
  { S "[prior]\nweights=\n",
    PISD_ERROR_FORMAT,
    { "[prior] weights", "\"\"", "the path of a file of weights" } },
  { S "[prior]\nweights-sha256=12ab\n",
    PISD_ERROR_FORMAT,
    { "[prior] weights-sha256", "\"12ab\"", "64 hexadecimal digits" } },
  { S "[sensors]\nrow=\n", PISD_ERROR_UNKNOWN, { "[sensors]", "\"row\"", "rows" } },
  { S "steps=0\n", PISD_ERROR_RANGE, { "[scenario] steps", "got 0", "1 to 10000" } },
  { S "steps=many\n", PISD_ERROR_FORMAT, { "[scenario] steps", "\"many\"", "whole number" } },
  { S "steps=\n", PISD_ERROR_FORMAT, { "[scenario] steps", "\"\"", "whole number" } },
  { S "rho=0,5\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"0,5\"", "a number" } },
  { S "rho=nan\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"nan\"", "a number" } },
  { S "rho=\xff\n", PISD_ERROR_FORMAT, { "as text", "\\xff", "UTF-8" } },
  { S "[\x1b[31mgroup]\n", PISD_ERROR_FORMAT, { "\\u001b[31mgroup", "", "" } },
  { S "\x1b[31m\n", PISD_ERROR_FORMAT, { "\\u001b[31m", "", "" } },
  { S "\x1b]0;x\a=1\n", PISD_ERROR_FORMAT, { "\\u001b]0;x\\u0007", "", "" } },
  { S "rho=\\q\x1b\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\\u001b", "" } },
  { S "[truth]\nfile=\x1b.npz\n", PISD_ERROR_IO, { "[truth] file", "\\u001b.npz", "" } },
  { S "rho=\\q\n", PISD_ERROR_FORMAT, { "[scenario] rho", "", "" } },
  /* Two false escapes, of which GLib alone would warn. */
  { S "rho=\\q\\\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"\\q\\\"", "last backslash" } },
  { S "rho=\\\\\n", PISD_ERROR_FORMAT, { "[scenario] rho", "\"\\\"", "a number" } },
  { S "sampler=rk4\n", PISD_ERROR_UNKNOWN, { "[scenario] sampler", "\"rk4\"", "euler" } },
  { S "sigma-min=9\nsigma-max=8\n", PISD_ERROR_RANGE, { "[scenario] sigma-min", "got 9", "8" } },
  { S "mode-set=hyperbolic\nmodes=4\n", PISD_ERROR_RANGE, { "[scenario] modes", "got 4", "12" } },
  { S "problem=helmholtz\nwavenumber=4.442882938158366\n",
    PISD_ERROR_RESONANCE,
    { "19.739", "", "" } },
  { S "[truth]\nfile=none.npz\n", PISD_ERROR_IO, { "[truth] file", "none.npz", "" } },
  { S "[truth]\nfile=\n", PISD_ERROR_FORMAT, { "[truth] file", "\"\"", "a file" } },
  { S "[truth]\nfile=demo.pisd\n", PISD_ERROR_FORMAT, { "[truth] file", "demo.pisd", "" } },
  { S "[truth]\nfile=x\nindex=\\q\n", PISD_ERROR_FORMAT, { "[truth] index", "", "" } },
  { S "[truth]\nfile=x\norder=\\q\\\n",
    PISD_ERROR_FORMAT,
    { "[truth] order", "last backslash", "" } },
  { S "[truth]\nfile=x\narrays=a;b;c;\n", PISD_ERROR_FORMAT, { "arrays", "got 3", "1 or 2" } },
  { S "[truth]\nknown=maybe\n",
    PISD_ERROR_FORMAT,
    { "[truth] known", "\"maybe\"", "true or false" } },
  { S "[truth]\nknown=false\nfile=x\n",
    PISD_ERROR_FORMAT,
    { "[truth] known", "\"false\"", "file" } },
  { S "[sensors]\nrows=a,0,0,0,1\n", PISD_ERROR_FORMAT, { "sensor 1", "5 cells", "6" } },
  { S "[sensors]\nrows=a,0,0,0,1,0;a,0,2,0,1,0\n",
    PISD_ERROR_RANGE,
    { "sensor 2: y", "\"2\"", "0 to 1" } },
  { S "[sensors]\nrows=a,0,0,0,1,0;;\n", PISD_ERROR_FORMAT, { "sensor 2", "cells", "6" } },
  { S "[sensors]\nrows=w,0,0,0,1,0;\n",
    PISD_ERROR_UNKNOWN,
    { "sensor 1: field", "\"w\"", "a or u" } },
  { S "[sensors]\nrows=a,0,0,0,nan,0;\n", PISD_ERROR_FORMAT, { "sensor 1: value", "\"nan\"", "" } },
};

static void
test_refused (TestScenario *fixture, gconstpointer data)
{
  const BadFile *bad = data;
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, bad->text, -1);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_true (error == NULL || strchr (error->message, '\x1b') == NULL);
  test_assert_error_at (
      bad->text, &error, bad->code,
      (const char *const[]){ fixture->path, bad->pieces[0], bad->pieces[1], bad->pieces[2], NULL });
}

static void
test_too_many_sensors (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (S "[sensors]\nrows=");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= PISD_MAX_SENSORS; i++)
    g_string_append (text, "a,0,0,0,1,0;");
  test_write (fixture->path, text->str, text->len);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, LIMIT, fixture->path, "[sensors] rows", "16384");
}

static void
test_huge_file (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, S, -1);
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (1) << 34), ==, 0);
  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, LIMIT, fixture->path, "16777216 bytes");
}

static void
test_unreadable (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_scenario_load (fixture->path, &error));
  test_assert_error (&error, IO, fixture->path);
  g_assert_null (pisd_scenario_load (fixture->directory, &error));
  g_assert_nonnull (error);
}

/* Cut anywhere, a scenario is loaded whole, with fewer keys, or refused: never a crash or a leak.
 */
static void
test_truncated (TestScenario *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *bytes = NULL;
  gsize size;

  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  scenario->sensors->n = 3;
  g_assert_true (pisd_scenario_save (scenario, fixture->path, NULL));
  bytes = test_read (fixture->path, &size);
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr (PisdScenario) cut = NULL;
      g_autoptr (GError) error = NULL;

      test_write (fixture->path, bytes, n);
      cut = pisd_scenario_load (fixture->path, &error);
      g_assert_true ((cut == NULL) == (error != NULL));
    }
}

/* Family and mean of the prior that nobody set are what the truth asks for; what is set stays, and
 * a file that sets the mean alone is of a time that had one prior. */
static void
test_mean (TestScenario *fixture, gconstpointer data)
{
  const double blobs = pisd_family_get_mean_sd (PISD_FAMILY_BLOBS);
  const struct
  {
    const char *text;
    double mean_sd;
    PisdFamily family;
  } rows[] = {
    { S, 0.0 },
    { S "family=blobs\n", blobs, PISD_FAMILY_BLOBS },
    { S "family=blobs\nmean-sd=1\n", 1.0 },
    { S "family=blobs\nprior-family=grf\n", PISD_PRIOR_MEAN_SD },
    { S "prior-family=blobs\n", blobs, PISD_FAMILY_BLOBS },
    { S "mean-sd=0.25\n", 0.25 },
    { S "[truth]\nfile=demo-truth.npz\n", PISD_PRIOR_MEAN_SD },
    { S "mean-sd=0\n[truth]\nfile=demo-truth.npz\n", 0.0 },
    { S "[truth]\nknown=false\n", 0.0 },
  };
  g_autoptr (PisdScenario) drawn = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;

  test_draw_truth (drawn);
  pisd_instance_save_npz (drawn->instance, fixture->truth_path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdScenario) scenario = NULL;

      test_write (fixture->path, rows[i].text, -1);
      scenario = pisd_scenario_load (fixture->path, &error);
      g_assert_no_error (error);
      g_test_message ("%s", rows[i].text);
      g_assert_cmpfloat (scenario->settings.mean_sd, ==, rows[i].mean_sd);
      g_assert_cmpint (scenario->settings.prior_family, ==, rows[i].family);
    }
}

/* A pipe can be looked at and then read, as a file can. */
static void
test_pipe (TestScenario *fixture, gconstpointer data)
{
  static const char text[] = "# a remark\n[scenario]\nsteps=12\n";
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], text, strlen (text)), ==, strlen (text));
  close (fds[1]);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  input = pisd_input_open (path, NULL, &error);
  close (fds[0]);
  g_assert_no_error (error);
  g_assert_true (pisd_scenario_recognise (input));
  scenario = pisd_scenario_load_from (input, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scenario->settings.steps, ==, 12);
}

#define ADD(path, function) \
  g_test_add (path, TestScenario, NULL, test_scenario_set_up, function, test_scenario_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/setup/scenario-load/minimal", test_minimal);
  ADD ("/setup/scenario-load/encodings", test_encodings);
  ADD ("/setup/scenario-load/mean", test_mean);
  ADD ("/setup/scenario-load/pipe", test_pipe);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup/scenario-load/refused/%02u", i);

      g_test_add (path, TestScenario, &bad_files[i], test_scenario_set_up, test_refused,
                  test_scenario_tear_down);
    }
  ADD ("/setup/scenario-load/too-many-sensors", test_too_many_sensors);
  ADD ("/setup/scenario-load/huge-file", test_huge_file);
  ADD ("/setup/scenario-load/unreadable", test_unreadable);
  ADD ("/setup/scenario-load/truncated", test_truncated);
  return g_test_run ();
}
