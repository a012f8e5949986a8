/* Settings as text, part of pisd-settings.h. */
#include "pisd-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* A value that is to be read, and the words for what is wrong with it. */
typedef struct
{
  const PisdSettingInfo *info;
  const char *text;
  PisdWords words;
} Given;

static gboolean
fail (const Given *given, PisdError code, const char *expected, GError **error)
{
  return pisd_error_fail_got (error, code, pisd_setting_get_word (given->info, given->words),
                              given->text, expected);
}

static gboolean
fail_range (const Given *given, GError **error)
{
  char minimum[PISD_NUMBER_SIZE], maximum[PISD_NUMBER_SIZE], got[PISD_NUMBER_SIZE];
  double value = g_ascii_strtod (given->text, NULL);

  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %s, expected %s to %s"),
               pisd_setting_get_word (given->info, given->words),
               pisd_number_format_local (value, got),
               pisd_number_format_local (given->info->minimum, minimum),
               pisd_number_format_local (given->info->maximum, maximum));
  return FALSE;
}

static gboolean
set_double (PisdSettings *settings, const Given *given, GError **error)
{
  const PisdSettingInfo *info = given->info;
  double value;

  if (!pisd_number_parse (given->text, &value))
    return fail (given, PISD_ERROR_FORMAT, _ ("a number"), error);
  if (value < info->minimum || value > info->maximum)
    return fail_range (given, error);

  G_STRUCT_MEMBER (double, settings, info->offset) = value;
  return TRUE;
}

static gboolean
is_whole_number (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
set_uint (PisdSettings *settings, const Given *given, GError **error)
{
  const PisdSettingInfo *info = given->info;
  guint64 value;

  if (!is_whole_number (given->text))
    return fail (given, PISD_ERROR_FORMAT, _ ("a whole number"), error);
  if (!g_ascii_string_to_unsigned (given->text, 10, info->minimum, info->maximum, &value, NULL))
    return fail_range (given, error);

  G_STRUCT_MEMBER (guint, settings, info->offset) = value;
  return TRUE;
}

static gboolean
set_seed (PisdSettings *settings, const Given *given, GError **error)
{
  guint64 value;

  if (!is_whole_number (given->text))
    return fail (given, PISD_ERROR_FORMAT, _ ("a whole number"), error);
  if (!g_ascii_string_to_unsigned (given->text, 10, 0, G_MAXUINT64, &value, NULL))
    return fail (given, PISD_ERROR_RANGE, _ ("0 to 18446744073709551615"), error);

  G_STRUCT_MEMBER (guint64, settings, given->info->offset) = value;
  return TRUE;
}

static gboolean
set_choice (PisdSettings *settings, const Given *given, GError **error)
{
  int value = pisd_setting_find_choice (given->info, given->text);

  if (value < 0)
    {
      g_autofree char *choices = pisd_setting_dup_choices (given->info, ", ");

      return fail (given, PISD_ERROR_UNKNOWN, choices, error);
    }

  G_STRUCT_MEMBER (int, settings, given->info->offset) = value;
  return TRUE;
}

static gboolean
set_course (PisdSettings *settings, const Given *given, GError **error)
{
  PisdCourse *course = &G_STRUCT_MEMBER (PisdCourse, settings, given->info->offset);

  if (pisd_course_parse (given->text, course, error))
    return TRUE;
  g_prefix_error (error, "%s: ", pisd_setting_get_word (given->info, given->words));
  return FALSE;
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
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               _ ("unknown setting: got %s, expected one of %s"), quoted, keys->str);
  return FALSE;
}

gboolean
pisd_settings_set_in_words (PisdSettings *settings,
                            const char *key,
                            const char *text,
                            PisdWords words,
                            GError **error)
{
  static gboolean (*const setters[]) (PisdSettings *, const Given *, GError **) = {
    [PISD_SETTING_DOUBLE] = set_double, [PISD_SETTING_UINT] = set_uint,
    [PISD_SETTING_SEED] = set_seed,     [PISD_SETTING_CHOICE] = set_choice,
    [PISD_SETTING_COURSE] = set_course,
  };
  Given given = { NULL, text, words };

  g_return_val_if_fail (settings != NULL && key != NULL && text != NULL, FALSE);

  given.info = pisd_settings_find (key);
  if (given.info == NULL)
    return fail_key (key, error);
  return setters[given.info->type](settings, &given, error);
}

gboolean
pisd_settings_set (PisdSettings *settings, const char *key, const char *text, GError **error)
{
  return pisd_settings_set_in_words (settings, key, text, PISD_WORDS_NAMES, error);
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
    case PISD_SETTING_COURSE:
      return pisd_course_dup_text (&G_STRUCT_MEMBER (PisdCourse, settings, info->offset));
    default:
      g_return_val_if_reached (NULL);
    }
}
