/* pisd: sub-commands and nothing else.  Exit statuses are CliExit's. */
#include "cli-common.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "cli-streams.h"
#include "pisd-error.h"

typedef struct
{
  const char *name;
  const char *summary;
  CliRun run;
} Command;

static const Command commands[] = {
  { "sample", "estimate fields from measurements, write NPZ, JSON and figures", cli_sample },
  { "inspect", "take the guidance of a run's steps apart, term by term", cli_inspect },
  { "sweep", "run over the values of one or two settings, write a table and a sheet", cli_sweep },
  { "where", "say where one more sensor would help most", cli_where },
  { "info", "say what a file holds: fields, sensors, a scenario or weights", cli_info },
  { "lesson", "print a lesson, check what it claims", cli_lesson },
  { "train", "train the network of the learned prior, write its weights", cli_train },
  { "dataset", "write random instances for other tools to learn from", cli_dataset },
  { "lab", "what a lab's window does: training, diffusion", cli_lab },
  { "bench", "measure speed and accuracy on this machine", cli_bench },
};

static void
print_usage (FILE *out)
{
  fputs ("Usage:\n  pisd COMMAND [OPTION…]\n\nCommands:\n", out);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (out, "  %-10s %s\n", commands[i].name, commands[i].summary);
  fputs (
      "\n`pisd COMMAND --help` describes a command, `pisd --version` says which version this is.\n",
      out);
}

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }
  return NULL;
}

static CliExit
get_status (const GError *error)
{
  if (error->domain == G_OPTION_ERROR || error->domain == CLI_USAGE_ERROR)
    return CLI_EXIT_USAGE;
  if (g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED))
    return CLI_EXIT_SIGNAL + SIGINT;
  return CLI_EXIT_FAILED;
}

static CliExit
run_command (const Command *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat ("pisd ", command->name, NULL);
  g_autofree char *message = NULL;
  CliExit status;

  g_set_prgname (name);
  if (command->run (argc, argv, &error))
    return CLI_EXIT_OK;
  /* Names of files and texts of libraries may hold anything. */
  message = pisd_error_escape (error->message);
  fprintf (stderr, "%s: %s\n", name, message);
  status = get_status (error);
  if (status == CLI_EXIT_USAGE)
    fprintf (stderr, "`%s --help` lists the options.\n", g_get_prgname ());
  return status;
}

/* Words are in the user's language, numbers as scripts read them.  A file that grows beyond `ulimit
 * -f` is an error of its writing, not the program's end. */
static void
prepare_process (void)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  g_set_prgname ("pisd");
  signal (SIGXFSZ, SIG_IGN);
  cli_streams_guard ();
}

int
main (int argc, char **argv)
{
  const char *first = argc > 1 ? argv[1] : NULL;
  const Command *command;

  prepare_process ();
  if (first == NULL)
    {
      print_usage (stderr);
      return CLI_EXIT_USAGE;
    }
  if (g_str_equal (first, "--help") || g_str_equal (first, "-h") || g_str_equal (first, "help"))
    {
      print_usage (stdout);
      return CLI_EXIT_OK;
    }
  if (g_str_equal (first, "--version"))
    {
      puts ("pisd " PISD_VERSION);
      return CLI_EXIT_OK;
    }
  command = find_command (first);
  if (command == NULL)
    {
      g_autofree char *got = pisd_error_escape (first);

      fprintf (stderr, "pisd: got `%s`, expected a command\n", got);
      print_usage (stderr);
      return CLI_EXIT_USAGE;
    }
  return run_command (command, argc - 1, argv + 1);
}
