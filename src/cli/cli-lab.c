/* `pisd lab`: the labs by their names. */
#include "cli-lab.h"

#include <string.h>

typedef struct
{
  const char *name;
  CliRun run;
} Lab;

static const Lab rows[] = {
  { "training", cli_lab_training },
  { "diffusion", cli_lab_diffusion },
};

/* "training, diffusion" */
static char *
dup_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", rows[i].name);
  return g_string_free (names, FALSE);
}

/* Messages that begin with a key become those of its option. */
static gboolean
blame (const PisdLabSetup *setup, GError **error)
{
  const char *end = error != NULL ? strchr ((*error)->message, ':') : NULL;
  g_autofree char *key = NULL;

  if (end != NULL)
    {
      key = g_strndup ((*error)->message, end - (*error)->message);
      if (pisd_lab_setup_has_key (setup->lab, key))
        g_prefix_error (error, "--");
    }
  return cli_blame (NULL, error);
}

gboolean
cli_lab_set (PisdLabSetup *setup, guint n, const PisdLabValue *values, GError **error)
{
  guint wrong;

  return pisd_lab_setup_set_all (setup, n, values, &wrong, error) || blame (setup, error);
}

gboolean
cli_lab_check (const PisdLabSetup *setup, GError **error)
{
  return pisd_lab_setup_check (setup, error) || blame (setup, error);
}

gboolean
cli_lab (int argc, char **argv, GError **error)
{
  g_autofree char *names = dup_names ();
  g_autofree char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows) && argc > 1; i++)
    if (g_str_equal (argv[1], rows[i].name))
      {
        name = g_strconcat ("pisd lab ", rows[i].name, NULL);
        g_set_prgname (name);
        return rows[i].run (argc - 1, argv + 1, error);
      }
  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      g_print ("Usage:\n  pisd lab LAB [OPTION…]\n\nLabs: %s\n\n"
               "`pisd lab LAB --help` describes one.\n",
               names);
      return TRUE;
    }
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %s, expected a lab: %s",
               argc > 1 ? argv[1] : "nothing", names);
  return FALSE;
}
