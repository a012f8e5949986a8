/* pisd: sub-commands and nothing else.  Exit status: 0 done, 1 failed, 2 the command line makes no
 * sense. */
#include "cli-common.h"

#include <locale.h>
#include <stdio.h>

typedef struct
{
  const char *name;
  const char *summary;
  CliRun run;
} Command;

static const Command commands[] = {
  { "sample", "estimate fields from measurements, write NPZ, JSON and figures", cli_sample },
  { "info", "say what a file holds: fields, sensors or a scenario", cli_info },
  { "bench", "measure speed and accuracy on this machine", cli_bench },
};

enum
{
  EXIT_OK = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2
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

static int
run_command (const Command *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat ("pisd ", command->name, NULL);
  gboolean is_usage;

  g_set_prgname (name);
  if (command->run (argc, argv, &error))
    return EXIT_OK;
  fprintf (stderr, "%s: %s\n", name, error->message);
  is_usage = error->domain == G_OPTION_ERROR || error->domain == CLI_USAGE_ERROR;
  if (is_usage)
    fprintf (stderr, "`%s --help` lists the options.\n", name);
  return is_usage ? EXIT_USAGE : EXIT_FAILED;
}

int
main (int argc, char **argv)
{
  const char *first = argc > 1 ? argv[1] : NULL;
  const Command *command;

  /* Words in the user's language, numbers as scripts read them. */
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  if (first == NULL)
    {
      print_usage (stderr);
      return EXIT_USAGE;
    }
  if (g_str_equal (first, "--help") || g_str_equal (first, "-h") || g_str_equal (first, "help"))
    {
      print_usage (stdout);
      return EXIT_OK;
    }
  if (g_str_equal (first, "--version"))
    {
      puts ("pisd " PISD_VERSION);
      return EXIT_OK;
    }
  command = find_command (first);
  if (command == NULL)
    {
      fprintf (stderr, "pisd: got `%s`, expected a command\n", first);
      print_usage (stderr);
      return EXIT_USAGE;
    }
  return run_command (command, argc - 1, argv + 1);
}
