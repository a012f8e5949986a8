/* The executable itself, and what every sub-command does alike. */
#include "cli-fixture.h"

static void
test_help (CliFixture *self, gconstpointer data)
{
  cli_run (self, "--help");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "sample");
  cli_assert_contains (self->out, "info");
  cli_assert_contains (self->out, "bench");
  g_assert_cmpstr (self->err, ==, "");
}

static void
test_version (CliFixture *self, gconstpointer data)
{
  cli_run (self, "--version");
  cli_assert_status (self, 0);
  g_assert_cmpstr (self->out, ==, "pisd " PISD_VERSION "\n");
}

static void
test_no_command (CliFixture *self, gconstpointer data)
{
  cli_run (self, "");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "Usage:");
}

static void
test_unknown_command (CliFixture *self, gconstpointer data)
{
  cli_run (self, "simple");
  cli_assert_refused (self, 2, "got `simple`", 0);
}

static void
test_command_help (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *words, *needle;
  } commands[] = {
    { "sample --help", "--observations" },
    { "info --help", "FILE" },
    { "bench --help", "--instances" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      cli_run (self, commands[i].words);
      cli_assert_status (self, 0);
      cli_assert_contains (self->out, commands[i].needle);
    }
}

static void
test_unknown_option (CliFixture *self, gconstpointer data)
{
  static const char *const commands[] = { "sample", "info", "bench" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *words = g_strdup_printf ("%s --nonsense", commands[i]);

      cli_run (self, words);
      cli_assert_refused (self, 2, "--nonsense", 0);
    }
}

/* What was to be printed cannot be: said, and a failure. */
static void
test_full_output (CliFixture *self, gconstpointer data)
{
  static const char *const commands[] = {
    "--help",      "--version",    "info S",       "sample --help", "sample --list-settings",
    "info --help", "bench --list", "bench --help",
  };

  cli_write (self, "S", "field,x,y,value\na,0.25,0.5,-1\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      cli_run_onto (self, commands[i], "/dev/full");
      cli_assert_refused (self, 1, "standard output: cannot be written", 1);
      cli_run_onto (self, commands[i], NULL);
      cli_assert_refused (self, 1, "standard output: cannot be written", 1);
    }
}

/* Before an hour of measuring. */
static void
test_full_output_bench (CliFixture *self, gconstpointer data)
{
  cli_run_onto (self, "bench accuracy --instances 100000", "/dev/full");
  cli_assert_refused (self, 1, "standard output: cannot be written: No space left", 0);
}

/* A closed standard output is not taken for the file that is opened next. */
static void
test_closed_output (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --set modes=16 --steps 4 --output one.npz");
  cli_assert_status (self, 0);
  cli_run_onto (self, "sample --set modes=16 --steps 4 --output two.npz", NULL);
  cli_assert_status (self, 1);
  cli_assert_same_bytes (self, "one.npz", "two.npz");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                      \
  g_test_add ("/cli/main/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("help", test_help);
  ADD ("version", test_version);
  ADD ("no-command", test_no_command);
  ADD ("unknown-command", test_unknown_command);
  ADD ("command-help", test_command_help);
  ADD ("unknown-option", test_unknown_option);
  ADD ("full-output", test_full_output);
  ADD ("full-output-bench", test_full_output_bench);
  ADD ("closed-output", test_closed_output);
  return g_test_run ();
}
