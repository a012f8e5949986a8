/* Settings as text, part of pisd-settings.h. */
#include "pisd-settings.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

static gboolean
fail (GError **error, PisdError code, const char *key, const char *text, const char *expected)
{
  g_autofree char *quoted = pisd_error_quote (text);

  g_set_error (error, PISD_ERROR, code, "%s: got %s, expected %s", key, quoted, expected);
  return FALSE;
}

static gboolean
fail_range (GError **error, const PisdSettingInfo *info, const char *text)
{
  char minimum[PISD_NUMBER_SIZE], maximum[PISD_NUMBER_SIZE];

  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, "%s: got %s, expected %s to %s", info->key,
               text, pisd_number_format (info->minimum, minimum),
               pisd_number_format (info->maximum, maximum));
  return FALSE;
}

static gboolean
set_double (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  double value;

  if (!pisd_number_parse (text, &value))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a number");
  if (value < info->minimum || value > info->maximum)
    return fail_range (error, info, text);

  G_STRUCT_MEMBER (double, settings, info->offset) = value;
  return TRUE;
}

static gboolean
is_whole_number (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
set_uint (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  guint64 value;

  if (!is_whole_number (text))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a whole number");
  if (!g_ascii_string_to_unsigned (text, 10, info->minimum, info->maximum, &value, NULL))
    return fail_range (error, info, text);

  G_STRUCT_MEMBER (guint, settings, info->offset) = value;
  return TRUE;
}

static gboolean
set_seed (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  guint64 value;

  if (!is_whole_number (text))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a whole number");
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    return fail (error, PISD_ERROR_RANGE, info->key, text, "0 to 18446744073709551615");

  G_STRUCT_MEMBER (guint64, settings, info->offset) = value;
  return TRUE;
}

static gboolean
set_choice (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  int value = pisd_setting_find_choice (info, text);

  if (value < 0)
    {
      g_autofree char *choices = pisd_setting_dup_choices (info, ", ");

      return fail (error, PISD_ERROR_UNKNOWN, info->key, text, choices);
    }

  G_STRUCT_MEMBER (int, settings, info->offset) = value;
  return TRUE;
}

static gboolean
fail_key (const char *key, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (key);
  g_autoptr (GString) keys = g_string_new (NULL);
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? ", " : "", infos[i].key);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "unknown setting: got %s, expected one of %s",
               quoted, keys->str);
  return FALSE;
}

gboolean
pisd_settings_set (PisdSettings *settings, const char *key, const char *text, GError **error)
{
  static gboolean (*const setters[]) (PisdSettings *, const PisdSettingInfo *, const char *,
                                      GError **) = {
    [PISD_SETTING_DOUBLE] = set_double,
    [PISD_SETTING_UINT] = set_uint,
    [PISD_SETTING_SEED] = set_seed,
    [PISD_SETTING_CHOICE] = set_choice,
  };
  const PisdSettingInfo *info;

  g_return_val_if_fail (settings != NULL && key != NULL && text != NULL, FALSE);

  info = pisd_settings_find (key);
  if (info == NULL)
    return fail_key (key, error);
  return setters[info->type](settings, info, text, error);
}

char *
pisd_settings_dup_text (const PisdSettings *settings, const PisdSettingInfo *info)
{
  char buffer[PISD_NUMBER_SIZE];

  g_return_val_if_fail (settings != NULL && info != NULL, NULL);

  switch (info->type)
    {
    case PISD_SETTING_DOUBLE:
      return g_strdup (
          pisd_number_format (G_STRUCT_MEMBER (double, settings, info->offset), buffer));
    case PISD_SETTING_UINT:
      return g_strdup_printf ("%u", G_STRUCT_MEMBER (guint, settings, info->offset));
    case PISD_SETTING_SEED:
      return g_strdup_printf ("%" G_GUINT64_FORMAT,
                              G_STRUCT_MEMBER (guint64, settings, info->offset));
    case PISD_SETTING_CHOICE:
      return g_strdup (info->get_choice (G_STRUCT_MEMBER (int, settings, info->offset)).name);
    default:
      g_return_val_if_reached (NULL);
    }
}
