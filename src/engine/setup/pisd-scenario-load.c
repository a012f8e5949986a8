#include "pisd-scenario-load.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-prior-choice.h"
#include "pisd-safetensors-hash.h"
#include "pisd-scenario-groups.h"
#include "pisd-scenario-keys.h"
#include "pisd-scenario-reading.h"
#include "pisd-sensor-row.h"
#include "pisd-truth.h"

/* A scenario file being read into a scenario that nobody else sees yet. */
typedef struct
{
  PisdInput *input;
  const char *name; /* its path, for messages */
  GKeyFile *keys;
  PisdScenario *scenario;
  gboolean is_sent; /* the truth is no file */
} Loader;

/* GLib's messages repeat what stands in the file. */
static void
fail_library (const Loader *loader,
              const char *group,
              const char *key,
              const GError *reason,
              GError **error)
{
  g_autofree char *escaped = pisd_error_escape (reason->message);

  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, "%s: [%s] %s: %s", loader->name, group, key,
               escaped);
}

/* Whether a value ends in the middle of an escape, behind an odd number of backslashes. */
static gboolean
breaks_off (const char *raw)
{
  gsize n = 0;

  for (gsize i = strlen (raw); i > 0 && raw[i - 1] == '\\'; i--)
    n++;
  return n % 2 == 1;
}

/* The value of a key that is there, escapes resolved; NULL if it is not UTF-8 or has a false
 * escape.  GLib takes one that breaks off behind another false one for a mistake of ours. */
static char *
dup_value (const Loader *loader, const char *group, const char *key, GError **error)
{
  g_autofree char *raw = g_key_file_get_value (loader->keys, group, key, NULL);
  g_autofree char *what = g_strdup_printf ("[%s] %s", group, key);
  g_autoptr (GError) reason = NULL;
  char *value;

  if (raw != NULL && breaks_off (raw))
    {
      pisd_scenario_fail (loader->name, what, raw, _ ("a letter behind the last backslash"),
                          PISD_ERROR_FORMAT, error);
      return NULL;
    }
  value = g_key_file_get_string (loader->keys, group, key, &reason);
  if (value == NULL)
    fail_library (loader, group, key, reason, error);
  return value;
}

static gboolean
load_setting (Loader *loader, const char *key, GError **error)
{
  /* An unknown key is reported as that, whatever its value. */
  const gboolean is_known = pisd_settings_find (key) != NULL;
  g_autofree char *text = is_known ? dup_value (loader, PISD_SCENARIO_SETTINGS, key, error) : NULL;

  if (is_known && text == NULL)
    return FALSE;
  if (pisd_settings_set (&loader->scenario->settings, key, text != NULL ? text : "", error))
    return TRUE;

  g_prefix_error (error, "%s: [" PISD_SCENARIO_SETTINGS "] ", loader->name);
  return FALSE;
}

/* Whether all that is said of the file's arrays is text. */
static gboolean
check_reading (const Loader *loader, GError **error)
{
  static const char *const keys[] = { PISD_SCENARIO_ARRAYS, PISD_SCENARIO_ORDER,
                                      PISD_SCENARIO_FACTOR, PISD_SCENARIO_INDEX };

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    if (g_key_file_has_key (loader->keys, PISD_SCENARIO_TRUTH, keys[k], NULL))
      {
        g_autofree char *text = dup_value (loader, PISD_SCENARIO_TRUTH, keys[k], error);

        if (text == NULL)
          return FALSE;
      }
  return TRUE;
}

static gboolean
load_truth_file (Loader *loader, GError **error)
{
  g_auto (PisdReadingWish) wish = { 0 };
  g_autofree char *directory = g_path_get_dirname (pisd_input_get_path (loader->input));
  g_autoptr (PisdInput) truth = NULL;
  g_autofree char *path = NULL;
  g_autofree char *file = dup_value (loader, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FILE, error);

  if (file == NULL)
    return FALSE;
  if (file[0] == '\0')
    return pisd_scenario_fail (loader->name, "[" PISD_SCENARIO_TRUTH "] " PISD_SCENARIO_FILE, file,
                               _ ("the path of a file"), PISD_ERROR_FORMAT, error);
  pisd_reading_wish_init (&wish);
  if (!check_reading (loader, error))
    return FALSE;
  if (!pisd_scenario_load_reading (loader->keys, &wish, error))
    {
      g_prefix_error (error, "%s: ", loader->name);
      return FALSE;
    }

  path = g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (directory, file, NULL);
  truth = pisd_input_open (path, pisd_input_get_cancel (loader->input), error);
  if (truth != NULL && pisd_truth_open_wished (loader->scenario, truth, &wish, error))
    return TRUE;
  g_prefix_error (error, "%s: [" PISD_SCENARIO_TRUTH "] " PISD_SCENARIO_FILE ": ", loader->name);
  return FALSE;
}

static gboolean
draw_truth (Loader *loader, GError **error)
{
  if (pisd_truth_set_random (loader->scenario, error))
    return TRUE;
  g_prefix_error (error, "%s: ", loader->name);
  return FALSE;
}

/* known = true says nothing that its absence does not say. */
static gboolean
load_known (Loader *loader, gboolean *known, GError **error)
{
  g_autofree char *text = dup_value (loader, PISD_SCENARIO_TRUTH, PISD_SCENARIO_KNOWN, error);

  if (text == NULL)
    return FALSE;
  *known = g_str_equal (text, "true");
  if (!*known && !g_str_equal (text, "false"))
    return pisd_scenario_fail (loader->name, "[" PISD_SCENARIO_TRUTH "] " PISD_SCENARIO_KNOWN, text,
                               _ ("true or false"), PISD_ERROR_FORMAT, error);
  return TRUE;
}

/* What a key of [prior] names; NULL where it is not there. */
static gboolean
load_name (const Loader *loader, const char *key, const char *expected, char **name, GError **error)
{
  g_autofree char *what = g_strdup_printf ("[" PISD_SCENARIO_PRIOR "] %s", key);

  *name = NULL;
  if (!g_key_file_has_key (loader->keys, PISD_SCENARIO_PRIOR, key, NULL))
    return TRUE;
  *name = dup_value (loader, PISD_SCENARIO_PRIOR, key, error);
  return *name != NULL
         && ((*name)[0] != '\0'
             || pisd_scenario_fail (loader->name, what, "", expected, PISD_ERROR_FORMAT, error));
}

static gboolean
load_hash (Loader *loader, GError **error)
{
  const char *expected = _ ("64 hexadecimal digits");
  char **hash = &loader->scenario->weights_hash;

  return load_name (loader, PISD_SCENARIO_HASH, expected, hash, error)
         && (*hash == NULL || pisd_safetensors_is_hash (*hash)
             || pisd_scenario_fail (loader->name, "[" PISD_SCENARIO_PRIOR "] " PISD_SCENARIO_HASH,
                                    *hash, expected, PISD_ERROR_FORMAT, error));
}

static gboolean
load_prior (Loader *loader, GError **error)
{
  PisdScenario *scenario = loader->scenario;
  g_autofree char *directory = g_path_get_dirname (pisd_input_get_path (loader->input));
  g_autofree char *file = NULL;

  if (!load_name (loader, PISD_SCENARIO_SOCKET, _ ("the name of a socket"), &scenario->socket_name,
                  error)
      || !load_name (loader, PISD_SCENARIO_WEIGHTS, _ ("the path of a file of weights"), &file,
                     error)
      || !load_hash (loader, error))
    return FALSE;
  if (file != NULL)
    scenario->weights_path =
        g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (directory, file, NULL);
  return TRUE;
}

static gboolean
load_truth (Loader *loader, GError **error)
{
  gboolean has_file =
      g_key_file_has_key (loader->keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FILE, NULL);
  gboolean known = TRUE;

  if (g_key_file_has_key (loader->keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_KNOWN, NULL)
      && !load_known (loader, &known, error))
    return FALSE;
  if (has_file && loader->is_sent)
    return pisd_scenario_fail (loader->name, "[" PISD_SCENARIO_TRUTH "]", PISD_SCENARIO_FILE,
                               _ ("a truth that is sent along"), PISD_ERROR_FORMAT, error);
  if (has_file && !known)
    return pisd_scenario_fail (loader->name, "[" PISD_SCENARIO_TRUTH "] " PISD_SCENARIO_KNOWN,
                               "false", "true beside a " PISD_SCENARIO_FILE, PISD_ERROR_FORMAT,
                               error);

  if (has_file)
    return load_truth_file (loader, error);
  return known ? draw_truth (loader, error) : TRUE;
}

static gboolean
add_row (Loader *loader, const char *row, guint number, GError **error)
{
  PisdSensors *sensors = loader->scenario->sensors;
  PisdSensor sensor;

  if (!pisd_sensor_set_row (&sensor, loader->scenario->settings.problem, row, error))
    {
      g_prefix_error (error, "%s: [" PISD_SCENARIO_SENSORS "] " PISD_SCENARIO_ROWS ", sensor %u: ",
                      loader->name, number);
      return FALSE;
    }
  if (pisd_sensors_add (sensors, &sensor))
    return TRUE;

  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               "%s: [" PISD_SCENARIO_SENSORS "] " PISD_SCENARIO_ROWS
               ": got more than %d sensors, expected at most %d",
               loader->name, PISD_MAX_SENSORS, PISD_MAX_SENSORS);
  return FALSE;
}

static gboolean
load_sensors (Loader *loader, GError **error)
{
  g_autofree char *rows = NULL;
  char *row, *next;
  guint number = 1;

  if (!g_key_file_has_key (loader->keys, PISD_SCENARIO_SENSORS, PISD_SCENARIO_ROWS, NULL))
    return TRUE;
  rows = dup_value (loader, PISD_SCENARIO_SENSORS, PISD_SCENARIO_ROWS, error);
  if (rows == NULL)
    return FALSE;

  /* The last row may end in a semicolon. */
  for (row = rows; *row != '\0'; row = next, number++)
    {
      next = strchr (row, ';');
      if (next != NULL)
        *next++ = '\0';
      else
        next = row + strlen (row);
      if (!add_row (loader, row, number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
says (const Loader *loader, const char *key)
{
  return g_key_file_has_key (loader->keys, PISD_SCENARIO_SETTINGS, key, NULL);
}

/* A scenario that says nothing of the mean gets what its truth asks for.  One that says it, and
 * nothing of the prior's family, was made when there was one prior alone. */
static void
choose_prior (Loader *loader)
{
  PisdSettings *settings = &loader->scenario->settings;

  if (says (loader, PISD_SCENARIO_MEAN))
    return;
  if (!says (loader, PISD_SCENARIO_FAMILY))
    settings->prior_family = pisd_prior_choose_family (loader->scenario);
  settings->mean_sd = pisd_prior_choose_mean_sd (loader->scenario);
}

static gboolean
load_settings (Loader *loader, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (loader->keys, PISD_SCENARIO_SETTINGS, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!load_setting (loader, keys[i], error))
      return FALSE;
  if (pisd_settings_check (&loader->scenario->settings, error))
    return TRUE;

  g_prefix_error (error, "%s: [" PISD_SCENARIO_SETTINGS "] ", loader->name);
  return FALSE;
}

static gboolean
load_keys (Loader *loader, GError **error)
{
  gsize size;
  g_autofree char *text =
      pisd_input_read_text (loader->input, PISD_SCENARIO_MAX_FILE, &size, error);
  g_autofree char *escaped = NULL;
  g_autoptr (GError) reason = NULL;

  if (text == NULL || !pisd_input_check (loader->input, error))
    return FALSE;

  /* With translations kept, `seed[de]` is seen and refused like any other unknown key. */
  if (g_key_file_load_from_data (loader->keys, text, size, G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    return TRUE;

  escaped = pisd_error_escape (reason->message);
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, _ ("%s: cannot be read as a scenario: %s"),
               loader->name, escaped);
  return FALSE;
}

static PisdScenario *
load (PisdInput *input, gboolean is_sent, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  Loader loader = { input, pisd_input_get_name (input), keys, scenario, is_sent };

  if (!load_keys (&loader, error) || !pisd_scenario_check_groups (keys, loader.name, error)
      || !load_settings (&loader, error) || !load_sensors (&loader, error)
      || !load_prior (&loader, error) || !load_truth (&loader, error))
    return NULL;
  choose_prior (&loader);
  return g_steal_pointer (&scenario);
}

PisdScenario *
pisd_scenario_load_from (PisdInput *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);

  return load (input, FALSE, error);
}

PisdScenario *
pisd_scenario_load_sent (PisdInput *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);

  return load (input, TRUE, error);
}

PisdScenario *
pisd_scenario_load (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  input = pisd_input_open (path, NULL, error);
  return input != NULL ? pisd_scenario_load_from (input, error) : NULL;
}
