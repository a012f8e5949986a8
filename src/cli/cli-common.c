#include "cli-common.h"

#include <stdio.h>
#include <string.h>

#include "pisd-draw-text.h"

G_DEFINE_QUARK (cli_usage_error, cli_usage_error)

gboolean
cli_blame (const char *option, GError **error)
{
  if (error == NULL || *error == NULL)
    return FALSE;
  (*error)->domain = CLI_USAGE_ERROR;
  (*error)->code = CLI_USAGE_OPTION;
  if (option != NULL)
    g_prefix_error (error, "--%s: ", option);
  return FALSE;
}

GStrv
cli_parse (const GOptionEntry *entries,
           const char *arguments,
           const char *summary,
           int argc,
           char **argv,
           GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;
  for (int i = 1; i < argc; i++)
    {
      if (g_strcmp0 (argv[i], "--") != 0)
        g_strv_builder_add (rest, argv[i]);
    }
  return g_strv_builder_end (rest);
}

gboolean
cli_parse_alone (const GOptionEntry *entries,
                 const char *summary,
                 int argc,
                 char **argv,
                 GError **error)
{
  g_auto (GStrv) rest = cli_parse (entries, NULL, summary, argc, argv, error);

  if (rest == NULL || rest[0] == NULL)
    return rest != NULL;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got `%s`, expected options alone",
               rest[0]);
  return FALSE;
}

gboolean
cli_parse_uint (const char *option,
                const char *text,
                guint64 minimum,
                guint64 maximum,
                guint64 *value,
                GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, minimum, maximum, value, NULL))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--%s: got `%s`, expected a whole number from %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT,
               option, text, minimum, maximum);
  return FALSE;
}

gboolean
cli_parse_count (const char *option,
                 const char *text,
                 guint minimum,
                 guint maximum,
                 guint *value,
                 GError **error)
{
  guint64 number = *value;

  if (!cli_parse_uint (option, text, minimum, maximum, &number, error))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

gboolean
cli_find_field (const PisdOperator *row,
                const char *option,
                const char *name,
                const char *also,
                guint *field,
                GError **error)
{
  const int found = pisd_operator_find_field (row, name);
  g_autofree char *names = NULL;

  if (found >= 0)
    {
      *field = (guint) found;
      return TRUE;
    }
  names = pisd_operator_dup_field_names (row);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--%s: got `%s`, which %s does not have, expected %s%s%s", option, name, row->name,
               names, also != NULL ? " or " : "", also != NULL ? also : "");
  return FALSE;
}

gboolean
cli_set_option (const char *key, const char *text, PisdSettings *settings, GError **error)
{
  if (text == NULL || pisd_settings_set (settings, key, text, error))
    return TRUE;
  g_prefix_error (error, "--"); /* the message begins with the key */
  return cli_blame (NULL, error);
}

gboolean
cli_check_sets (char **sets, GError **error)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      if (strchr (sets[i], '=') != NULL)
        continue;
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--set: got `%s`, expected KEY=VALUE",
                   sets[i]);
      return FALSE;
    }
  return TRUE;
}

gboolean
cli_apply_sets (char **sets, PisdSettings *settings, GError **error)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (sets[i], "=", 2);

      if (!pisd_settings_set (settings, pair[0], pair[1], error))
        return cli_blame ("set", error);
    }
  return TRUE;
}

static gboolean
is_constant (const PisdOperator *row, const char *key)
{
  for (guint c = 0; c < row->n_constants; c++)
    if (g_str_equal (row->constants[c].key, key))
      return TRUE;
  return FALSE;
}

/* "--set: got family, expected a constant of poisson: none" */
static gboolean
fail_set (const PisdOperator *row, const char *key, GError **error)
{
  g_autoptr (GString) keys = g_string_new (row->n_constants == 0 ? "none" : NULL);

  for (guint c = 0; c < row->n_constants; c++)
    g_string_append_printf (keys, "%s%s", c > 0 ? ", " : "", row->constants[c].key);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--set: got %s, expected a constant of %s: %s", key, row->name, keys->str);
  return FALSE;
}

gboolean
cli_check_constants (char **sets, const PisdOperator *row, GError **error)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (sets[i], "=", 2);

      if (!g_str_equal (pair[0], "problem") && !is_constant (row, pair[0]))
        return fail_set (row, pair[0], error);
    }
  return TRUE;
}

void
cli_remark (const char *remark)
{
  if (remark != NULL)
    fprintf (stderr, "%s: %s\n", g_get_prgname (), remark);
}

void
cli_warn_of_fonts (const char *path)
{
  if (pisd_draw_has_fonts ())
    return;
  fprintf (stderr,
           "%s: %s: no font is installed, so that boxes stand for its words; expected one that "
           "fontconfig finds\n",
           g_get_prgname (), path);
}

GKeyFile *
cli_load_key_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return NULL;
  return g_steal_pointer (&file);
}
