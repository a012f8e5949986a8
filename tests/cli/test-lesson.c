/* What `pisd lesson` prints, checks and writes. */
#include "cli-fixture.h"

#include <string.h>

#define TEXT                                                                              \
  "[lesson]\ntitle = Small\ntitle[de] = Klein\n"                                          \
  "[setup]\nsensors = ring u 9\nguidance = pisd\nmodes = 8\nsteps = 4\n"                  \
  "[step]\nsay = Measured with {sensors: 9} sensors.\nsay[de] = {sensors: 9} Sensoren.\n" \
  "look = state, estimate, gradient-u, exact\nshow = 50\n"                                \
  "[step]\nsay = Then.\nlook = estimate, spread, residual:modes\n"                        \
  "[try]\nask = Run.\nwhen = did run\ndone = Solved.\n[answer]\ndoes = run\nsteps = 3\n"

static void
test_list (CliFixture *self, gconstpointer data)
{
  cli_run (self, "lesson --list --language de");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "noise-to-field ");
  cli_assert_contains (self->out, "Vom Rauschen zum Feld");
}

static void
test_print (CliFixture *self, gconstpointer data)
{
  cli_write (self, "x.lesson", TEXT);
  cli_run (self, "lesson x.lesson --language de");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "Klein\n\n1. 9 Sensoren.\n");
  cli_assert_contains (self->out, "\n? Run.\n! Solved.\n");
}

/* A figure that is wrong is said, and fails. */
static void
test_check (CliFixture *self, gconstpointer data)
{
  cli_write (self, "x.lesson", TEXT);
  cli_run (self, "lesson x.lesson --check --threads 1");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "holds");
  cli_assert_contains (self->out, "task: not fulfilled before, fulfilled by the answer");
  cli_write (self, "x.lesson",
             "[lesson]\ntitle = x\n[setup]\nsteps = 2\nmodes = 4\n"
             "[step]\nsay = {steps: 2.03}\n");
  cli_run (self, "lesson x.lesson --check --threads 1");
  cli_assert_status (self, 1);
  cli_assert_contains (self->out, "does not hold");
  cli_assert_contains (self->err, "not all that it claims holds within 1 %");
}

static guint
count (GBytes *bytes, const char *needle)
{
  const char *data = g_bytes_get_data (bytes, NULL);
  const gsize size = g_bytes_get_size (bytes), n = strlen (needle);
  guint found = 0;

  for (gsize i = 0; i + n <= size; i++)
    found += memcmp (data + i, needle, n) == 0;
  return found;
}

/* The text of a PDF file; NULL: no program here can tell. */
static char *
extract (CliFixture *self, const char *name)
{
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  g_autofree char *path = cli_path (self, name);
  const char *const argv[] = { tool, path, "-", NULL };
  char *text = NULL;

  if (tool != NULL)
    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text,
                                 NULL, NULL, NULL));
  return text;
}

/* Pages, with the solution on one of its own, and words as words. */
static void
test_handout (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  cli_write (self, "x.lesson", TEXT);
  cli_run (self, "lesson x.lesson --pdf x.pdf --threads 1");
  cli_assert_status (self, 0);
  bytes = cli_read (self, "x.pdf");
  g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), "%PDF-", 5), ==, 0);
  g_assert_cmpuint (count (bytes, "/Type /Page") - count (bytes, "/Type /Pages"), ==, 2);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 1000 * 1000);
  text = extract (self, "x.pdf");
  if (text == NULL)
    return;
  cli_assert_contains (text, "Measured with 9 sensors.");
  cli_assert_contains (text, "Solved.");
}

#define SAMPLES                                                                              \
  "[lesson]\ntitle = x\n[diffusion]\ndata = mixture\nexact = yes\nsteps = 2\nsamples = %u\n" \
  "[step]\nsay = Points.\n"
#define COURSES \
  "[lesson]\ntitle = x\n[training]\npoints = 120\nsteps = 50\n[step]\nsay = Learned.\n"

/* The size of a hand-out, of which the words are looked at. */
static gsize
make_handout (CliFixture *self, const char *lesson, const char *const *words)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  cli_write (self, "x.lesson", lesson);
  cli_run (self, "lesson x.lesson --pdf x.pdf --threads 1");
  cli_assert_status (self, 0);
  bytes = cli_read (self, "x.pdf");
  text = extract (self, "x.pdf");
  for (guint k = 0; text != NULL && words[k] != NULL; k++)
    cli_assert_contains (text, words[k]);
  return g_bytes_get_size (bytes);
}

/* What a lab shows is drawn: samples one by one, and courses beside the function. */
static void
test_labs (CliFixture *self, gconstpointer data)
{
  static const char *const of_points[] = { "Points.", "Data", "Samples", "DDIM, 2 steps", NULL };
  static const char *const of_courses[] = { "Learned.", "Function", "Loss", "seed 1", NULL };
  g_autofree char *few = g_strdup_printf (SAMPLES, 20);
  g_autofree char *many = g_strdup_printf (SAMPLES, 900);
  const gsize of_few = make_handout (self, few, of_points);

  g_assert_cmpuint (make_handout (self, many, of_points), >, of_few + 20000);
  g_assert_cmpuint (make_handout (self, COURSES, of_courses), >, 20000);
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "", 2, "got 0 lessons" },
    { "a b", 2, "got 2 lessons" },
    { "--list a", 2, "none with --list" },
    { "--list --check", 2, "got --check with --list" },
    { "x.lesson --threads 1", 2, "got --threads with a lesson that is not run" },
    { "nothing", 1, "nothing" },
    { "x.lesson", 1, "x.lesson:2: a key" },
    { "noise-to-field --pdf no/where.pdf", 1, "no/where.pdf" },
    { "noise-to-field --pdf x.lesson", 1, ".pdf" },
  };

  cli_write (self, "x.lesson", "[lesson]\ncolour = x\n");
  cli_assert_refusals (self, "lesson ", rows, G_N_ELEMENTS (rows));
}

static void
add (const char *path, void (*test) (CliFixture *self, gconstpointer data))
{
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, test, cli_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cli/lesson/list", test_list);
  add ("/cli/lesson/print", test_print);
  add ("/cli/lesson/check", test_check);
  add ("/cli/lesson/handout", test_handout);
  add ("/cli/lesson/labs", test_labs);
  add ("/cli/lesson/refused", test_refused);
  return g_test_run ();
}
