#include "cli-reading-options.h"

#include <string.h>

#include "cli-common.h"

static const struct
{
  const char *key, *option, *help, *placeholder;
} rows[CLI_N_READING_OPTIONS] = {
  { "arrays", "--arrays", "Of a file with other names: which array is which field",
    "a=NAME,u=NAME" },
  { "order", "--order", "Whether its rows are y or x (default: what the equation says, else yx)",
    "yx|xy" },
  { "factor", "--factor", "By what its field a is to be multiplied (default: found)", "X" },
  { "index", "--index", "Which case of a stack, from 0 on (default 0)", "N" },
};

void
cli_reading_options_clear (CliReadingOptions *self)
{
  for (guint k = 0; k < CLI_N_READING_OPTIONS; k++)
    g_clear_pointer (&self->texts[k], g_free);
  pisd_reading_wish_clear (&self->wish);
}

void
cli_reading_options_fill (CliReadingOptions *self, GOptionEntry *entries)
{
  for (guint k = 0; k < CLI_N_READING_OPTIONS; k++)
    entries[k] = (GOptionEntry){
      rows[k].key, 0, 0, G_OPTION_ARG_STRING, &self->texts[k], rows[k].help, rows[k].placeholder
    };
}

/* "a=f": a and u are the two fields, w is both. */
static gboolean
take_array (CliReadingOptions *self, const char *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, equals - text) : NULL;
  PisdFieldId field;

  if (name == NULL || equals[1] == '\0' || !pisd_field_id_from_name (name, &field))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    if (field == PISD_FIELD_W || (guint) field == k)
      {
        g_free (self->wish.names[k]);
        self->wish.names[k] = g_strdup (equals + 1);
      }
  return TRUE;
}

static gboolean
parse_arrays (CliReadingOptions *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  gboolean good = parts[0] != NULL;

  for (guint k = 0; parts[k] != NULL && good; k++)
    good = take_array (self, parts[k]);
  if (!good)
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "--arrays: got `%s`, expected a=NAME,u=NAME, or of a flow w=NAME", text);
  return good;
}

gboolean
cli_reading_options_parse (CliReadingOptions *self, GError **error)
{
  pisd_reading_wish_init (&self->wish);
  if (self->texts[0] != NULL && !parse_arrays (self, self->texts[0], error))
    return FALSE;
  for (guint k = 1; k < CLI_N_READING_OPTIONS; k++)
    if (self->texts[k] != NULL
        && !pisd_reading_wish_parse (&self->wish, rows[k].key, self->texts[k]))
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "%s: got `%s`, expected %s",
                     rows[k].option, self->texts[k], pisd_reading_wish_get_form (rows[k].key));
        return FALSE;
      }
  return TRUE;
}

const char *
cli_reading_options_get_given (const CliReadingOptions *self)
{
  for (guint k = 0; k < CLI_N_READING_OPTIONS; k++)
    if (self->texts[k] != NULL)
      return rows[k].option;
  return NULL;
}
