#include "pisd-scenario-reading.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-scenario-keys.h"

static gboolean
load_part (GKeyFile *keys, const char *key, PisdReadingWish *wish, GError **error)
{
  g_autofree char *text = g_key_file_get_string (keys, PISD_SCENARIO_TRUTH, key, NULL);
  g_autofree char *quoted = NULL;

  if (text == NULL || pisd_reading_wish_parse (wish, key, text))
    return TRUE;
  quoted = pisd_error_quote (text);
  return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("[truth] %s: got %s, expected %s"), key,
                          quoted, pisd_reading_wish_get_form (key));
}

gboolean
pisd_scenario_load_reading (GKeyFile *keys, PisdReadingWish *wish, GError **error)
{
  g_auto (GStrv) names =
      g_key_file_get_string_list (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_ARRAYS, NULL, NULL);

  if (names != NULL && g_strv_length (names) > 2)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "[truth] %s: got %u, expected 1 or 2",
                            PISD_SCENARIO_ARRAYS, g_strv_length (names));
  for (guint k = 0; names != NULL && names[k] != NULL; k++)
    wish->names[k] = g_strdup (names[k]);
  return load_part (keys, PISD_SCENARIO_ORDER, wish, error)
         && load_part (keys, PISD_SCENARIO_FACTOR, wish, error)
         && load_part (keys, PISD_SCENARIO_INDEX, wish, error);
}

/* Files of other people have names of any bytes. */
static gboolean
check_names (const PisdReading *reading, GError **error)
{
  for (guint k = 0; k < 2; k++)
    if (reading->names[k] != NULL && !g_utf8_validate (reading->names[k], -1, NULL))
      {
        g_autofree char *quoted = pisd_error_quote (reading->names[k]);

        return pisd_error_fail (error, PISD_ERROR_FORMAT,
                                _ ("array in [%s]: got %s, expected a name in UTF-8"),
                                PISD_SCENARIO_TRUTH, quoted);
      }
  return TRUE;
}

gboolean
pisd_scenario_store_reading (GKeyFile *keys, const PisdReading *reading, GError **error)
{
  char factor[PISD_NUMBER_SIZE];

  if (reading == NULL)
    return TRUE;
  if (!check_names (reading, error))
    return FALSE;
  g_key_file_set_string_list (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_ARRAYS,
                              (const char *const *) reading->names,
                              reading->names[1] != NULL ? 2 : 1);
  g_key_file_set_string (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_ORDER,
                         reading->is_xy ? "xy" : "yx");
  pisd_number_format (reading->factor, factor);
  g_key_file_set_string (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FACTOR, factor);
  if (reading->n_cases > 0)
    g_key_file_set_uint64 (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_INDEX, reading->index);
  return TRUE;
}
