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
  return g_test_run ();
}
