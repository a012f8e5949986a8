#include "cli-scenario-options.h"

#include <string.h>

#include "cli-common.h"
#include "pisd-number.h"
#include "pisd-sensors.h"

#define MAX_THREADS 1024
#define MAX_MEGABYTES (1024 * 1024)

static const char *const setting_keys[] = {
  "problem", "prior",   "prior-family", "class-weight", "family", "guidance",
  "space",   "sampler", "steps",        "samples",      "seed",
};

G_STATIC_ASSERT (G_N_ELEMENTS (setting_keys) == CLI_N_SETTING_OPTIONS);

/* What an option does beside the setting of its name. */
static const struct
{
  const char *key;
  const char *remark;
} remarks[] = {
  { "guidance", "; brings its preset for what the sensors measure" },
  { "seed", ", and of the random instance" },
  { "prior", "; socket:NAME is a model in another process (tools/pisd-bridge)" },
};

void
cli_scenario_options_clear (CliScenarioOptions *self)
{
  char **strings[] = { &self->weights,     &self->observations, &self->truth,
                       &self->sensor_seed, &self->threads,      &self->scenario,
                       &self->memory,      &self->observe_at,   &self->socket_name };

  for (guint i = 0; i < CLI_N_SETTING_OPTIONS; i++)
    g_free (self->settings[i]);
  for (guint i = 0; i < self->n_observe; i++)
    g_free (self->observe[i].text);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (*strings[i]);
  g_strfreev (self->set);
  cli_reading_options_clear (&self->reading);
}

/* Options that are made from tables: the texts are owned by `texts`. */

static char *
keep (GPtrArray *texts, char *text)
{
  g_ptr_array_add (texts, text);
  return text;
}

static const char *
find_remark (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (remarks); i++)
    if (g_str_equal (remarks[i].key, key))
      return remarks[i].remark;
  return "";
}

/* "The equation: poisson, helmholtz (default poisson)" */
static char *
dup_setting_help (const PisdSettingInfo *info)
{
  g_autofree char *choices = NULL;
  g_autofree char *standard = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  standard = pisd_settings_dup_text (&settings, info);
  if (info->type == PISD_SETTING_CHOICE)
    choices = pisd_setting_dup_choices (info, ", ");
  return g_strdup_printf ("%s%s%s%s (default %s)", info->help, find_remark (info->key),
                          choices != NULL ? ": " : "", choices != NULL ? choices : "", standard);
}

static const char *
get_placeholder (PisdSettingType type)
{
  switch (type)
    {
    case PISD_SETTING_CHOICE:
      return "NAME";
    case PISD_SETTING_SEED:
      return "S";
    default:
      return "N";
    }
}

static void
add_settings (CliScenarioOptions *self, GArray *entries, GPtrArray *texts)
{
  for (guint i = 0; i < CLI_N_SETTING_OPTIONS; i++)
    {
      const PisdSettingInfo *info = pisd_settings_find (setting_keys[i]);
      GOptionEntry entry = {
        info->key, 0, 0, G_OPTION_ARG_STRING, &self->settings[i], NULL, get_placeholder (info->type)
      };

      entry.description = keep (texts, dup_setting_help (info));
      g_array_append_val (entries, entry);
    }
}

static gboolean
has_field (const CliScenarioOptions *self, const char *name)
{
  for (guint i = 0; i < self->n_observe; i++)
    if (g_str_equal (self->observe[i].field->name, name))
      return TRUE;
  return FALSE;
}

/* Every field that some problem has, once. */
static void
find_fields (CliScenarioOptions *self)
{
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    {
      const PisdOperator *problem = pisd_operator_get (p);

      for (guint f = 0; f < problem->n_fields; f++)
        if (!has_field (self, problem->fields[f].name) && self->n_observe < CLI_MAX_OBSERVE)
          self->observe[self->n_observe++].field = &problem->fields[f];
    }
}

/* "Measure the truth's u at N random nodes (navier-stokes: w(1))" */
static char *
dup_observe_help (PisdFieldId id)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Measure the truth's %s at N random nodes",
                          pisd_field_id_get_name (id));
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    {
      const PisdFieldInfo *info = pisd_problem_find_field (p, id);
      g_autofree char *symbol = NULL;

      if (info == NULL || info->symbol == NULL)
        continue;
      symbol = pisd_field_info_dup_symbol (
          info, pisd_field_info_find_frame (info, pisd_field_id_get_time (id)));
      g_string_append_printf (text, " (%s: %s)", pisd_operator_get (p)->name, symbol);
    }
  return g_string_free (text, FALSE);
}

static void
add_observe (CliScenarioOptions *self, GArray *entries, GPtrArray *texts)
{
  for (guint i = 0; i < self->n_observe; i++)
    {
      const char *name = self->observe[i].field->name;
      GOptionEntry entry = { NULL, 0, 0, G_OPTION_ARG_STRING, &self->observe[i].text, NULL, "N" };

      entry.long_name = keep (texts, g_strconcat ("observe-", name, NULL));
      entry.description = keep (texts, dup_observe_help (self->observe[i].field->id));
      g_array_append_val (entries, entry);
    }
}

static void
add_others (CliScenarioOptions *self, GArray *entries)
{
  const GOptionEntry others[] = {
    { "observations", 0, 0, G_OPTION_ARG_FILENAME, &self->observations,
      "Sensors and their readings: CSV with field,x,y,value[,t][,sd], or arrays x, y, value or N x "
      "3 (.npy, .npz, .mat, HDF5)",
      "FILE" },
    { "truth", 0, 0, G_OPTION_ARG_FILENAME, &self->truth,
      "True fields: arrays a and u; of flows w, or w0 and w9 (NPZ); or other people's (.mat, .npy, "
      "HDF5)",
      "FILE" },
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &self->weights,
      "Of a learned prior: what pisd train has written", "W.safetensors" },
    { "observe-at", 0, 0, G_OPTION_ARG_STRING, &self->observe_at,
      "Of flows: measure so many nodes at each of these times, 0 to 1, or at all frames",
      "T,T,…|all" },
    { "sensor-seed", 0, 0, G_OPTION_ARG_STRING, &self->sensor_seed,
      "Seed of the random nodes (default: the instance's)", "S" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads,
      "0 (default): one a core; the bits do not depend on it", "T" },
    { "memory", 0, 0, G_OPTION_ARG_STRING, &self->memory,
      "Memory budget of the exact posterior; 0 (default): half of the machine's, at most 3072",
      "MB" },
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &self->scenario, "Start from a saved scenario",
      "FILE" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->set, "Set any setting (repeatable)",
      "KEY=VALUE" },
    { "list-settings", 0, 0, G_OPTION_ARG_NONE, &self->list_settings, "Print all settings and exit",
      NULL },
  };

  GOptionEntry reading[CLI_N_READING_OPTIONS];

  g_array_append_vals (entries, others, G_N_ELEMENTS (others));
  cli_reading_options_fill (&self->reading, reading);
  g_array_append_vals (entries, reading, G_N_ELEMENTS (reading));
}

/* Numbers. */

static gboolean
read_observe (CliScenarioOptions *self, GError **error)
{
  for (guint i = 0; i < self->n_observe; i++)
    {
      CliObserve *observe = &self->observe[i];
      g_autofree char *option = g_strconcat ("observe-", observe->field->name, NULL);

      if (!cli_parse_uint (option, observe->text, 0, PISD_MAX_SENSORS, &observe->n, error))
        return FALSE;
    }
  return TRUE;
}

#define ALL "all"

static gboolean
fail_times (const char *text, GError **error)
{
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--observe-at: got `%s`, expected " ALL " or at most %d times from 0 to 1", text,
               PISD_MAX_FRAMES);
  return FALSE;
}

/* Those of all frames come with the equation. */
static gboolean
read_times (CliScenarioOptions *self, GError **error)
{
  g_auto (GStrv) times = g_strsplit (self->observe_at, ",", -1);

  if (!cli_scenario_options_has_observe (self))
    {
      g_autofree char *names = cli_scenario_options_dup_observe (self, "", " or ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got --observe-at alone, expected %s too", names);
      return FALSE;
    }
  for (guint k = 0; times[k] != NULL && !g_str_equal (self->observe_at, ALL); k++)
    {
      double time;

      if (k == PISD_MAX_FRAMES || !pisd_number_parse (times[k], &time) || time < 0 || time > 1)
        return fail_times (self->observe_at, error);
      self->times[self->n_times++] = time;
    }
  return self->n_times > 0 || g_str_equal (self->observe_at, ALL)
         || fail_times (self->observe_at, error);
}

static gboolean
read_numbers (CliScenarioOptions *self, GError **error)
{
  return cli_reading_options_parse (&self->reading, error) && read_observe (self, error)
         && (self->observe_at == NULL || read_times (self, error))
         && cli_parse_uint ("sensor-seed", self->sensor_seed, 0, G_MAXUINT64,
                            &self->sensor_seed_number, error)
         && cli_parse_uint ("threads", self->threads, 0, MAX_THREADS, &self->n_threads, error)
         && cli_parse_uint ("memory", self->memory, 0, MAX_MEGABYTES, &self->n_megabytes, error);
}

/* "socket:NAME" is the setting `socket` and a name. */
static gboolean
split_prior (CliScenarioOptions *self, GError **error)
{
  static const char start[] = "socket:";
  guint i = 0;

  while (!g_str_equal (setting_keys[i], "prior"))
    i++;
  if (self->settings[i] == NULL || !g_str_has_prefix (self->settings[i], start))
    return TRUE;
  self->socket_name = g_strdup (self->settings[i] + strlen (start));
  self->settings[i][strlen (start) - 1] = '\0';
  if (self->socket_name[0] != '\0')
    return TRUE;
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                       "--prior: got socket: and no name, expected socket:NAME");
  return FALSE;
}

static void
add_own (GArray *entries, const GOptionEntry *own)
{
  const GOptionEntry end = { NULL };

  for (; own->long_name != NULL; own++)
    g_array_append_val (entries, *own);
  g_array_append_val (entries, end);
}

gboolean
cli_scenario_options_parse (CliScenarioOptions *self,
                            const GOptionEntry *own,
                            const char *summary,
                            int argc,
                            char **argv,
                            GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (GOptionEntry));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) rest = NULL;

  find_fields (self);
  add_settings (self, entries, texts);
  add_observe (self, entries, texts);
  add_others (self, entries);
  add_own (entries, own);
  rest = cli_parse ((const GOptionEntry *) entries->data, NULL, summary, argc, argv, error);
  if (rest == NULL)
    return FALSE;
  if (rest[0] == NULL)
    return self->list_settings || (read_numbers (self, error) && split_prior (self, error));
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
               "got the argument `%s`, expected options only", rest[0]);
  return FALSE;
}

/* Checks. */

gboolean
cli_scenario_options_check (const CliScenarioOptions *self, GError **error)
{
  if (self->observations != NULL && cli_scenario_options_has_observe (self))
    {
      g_autofree char *names = cli_scenario_options_dup_observe (self, "", " or ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got --observations and %s, expected one of the two", names);
      return FALSE;
    }
  if (self->truth == NULL && cli_reading_options_get_given (&self->reading) != NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got %s alone, expected --truth FILE too",
                   cli_reading_options_get_given (&self->reading));
      return FALSE;
    }
  return cli_check_sets (self->set, error);
}

gboolean
cli_scenario_options_check_files (const CliScenarioOptions *self,
                                  const char *truth_of_scenario,
                                  const CliFile *own,
                                  guint n,
                                  GError **error)
{
  const CliFile read[] = {
    { "--observations", self->observations, FALSE, NULL },
    { "--truth", self->truth, FALSE, NULL },
    { "--weights", self->weights, FALSE, NULL },
    { "--scenario", self->scenario, FALSE, NULL },
    { "the truth of --scenario", truth_of_scenario, FALSE, NULL },
  };
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (CliFile));

  g_array_append_vals (files, read, G_N_ELEMENTS (read));
  g_array_append_vals (files, own, n);
  return cli_files_check ((const CliFile *) files->data, files->len, error);
}

/* What was given. */

gboolean
cli_scenario_options_has_observe (const CliScenarioOptions *self)
{
  for (guint i = 0; i < self->n_observe; i++)
    if (self->observe[i].text != NULL)
      return TRUE;
  return FALSE;
}

char *
cli_scenario_options_dup_observe (const CliScenarioOptions *self,
                                  const char *after,
                                  const char *between)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->n_observe; i++)
    g_string_append_printf (names, "%s--observe-%s%s", i > 0 ? between : "",
                            self->observe[i].field->name, after);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

gboolean
cli_scenario_options_is_given (const CliScenarioOptions *self, const char *key)
{
  for (guint i = 0; i < CLI_N_SETTING_OPTIONS; i++)
    if (self->settings[i] != NULL && g_str_equal (setting_keys[i], key))
      return TRUE;
  return FALSE;
}

gboolean
cli_scenario_options_is_set (const CliScenarioOptions *self, const char *key)
{
  gsize length = strlen (key);

  for (guint i = 0; self->set != NULL && self->set[i] != NULL; i++)
    if (strncmp (self->set[i], key, length) == 0 && self->set[i][length] == '=')
      return TRUE;
  return FALSE;
}

gboolean
cli_scenario_options_apply (const CliScenarioOptions *self, PisdSettings *settings, GError **error)
{
  for (guint i = 0; i < CLI_N_SETTING_OPTIONS; i++)
    if (!cli_set_option (setting_keys[i], self->settings[i], settings, error))
      return FALSE;
  return cli_apply_sets (self->set, settings, error);
}
