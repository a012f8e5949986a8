#include "pisd-scenario-groups.h"

#include "pisd-scenario-keys.h"

/* What a scenario file may hold; NULL keys: those of the settings. */
typedef struct
{
  const char *name;
  const char *const *keys;
} Group;

static const char *const truth_keys[] = { PISD_SCENARIO_FILE,
                                          PISD_SCENARIO_KNOWN,
                                          PISD_SCENARIO_ARRAYS,
                                          PISD_SCENARIO_ORDER,
                                          PISD_SCENARIO_FACTOR,
                                          PISD_SCENARIO_INDEX,
                                          NULL };
static const char *const prior_keys[] = { PISD_SCENARIO_WEIGHTS, PISD_SCENARIO_HASH,
                                          PISD_SCENARIO_SOCKET, NULL };
static const char *const sensor_keys[] = { PISD_SCENARIO_ROWS, NULL };

static const Group groups[] = {
  { PISD_SCENARIO_SETTINGS, NULL },
  { PISD_SCENARIO_TRUTH, truth_keys },
  { PISD_SCENARIO_PRIOR, prior_keys },
  { PISD_SCENARIO_SENSORS, sensor_keys },
};
#define GROUP_LIST                                                         \
  PISD_SCENARIO_SETTINGS ", " PISD_SCENARIO_TRUTH ", " PISD_SCENARIO_PRIOR \
                         " or " PISD_SCENARIO_SENSORS

gboolean
pisd_scenario_fail (const char *name,
                    const char *what,
                    const char *got,
                    const char *expected,
                    PisdError code,
                    GError **error)
{
  pisd_error_fail_got (error, code, what, got, expected);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
check_key (const char *name, const Group *group, const char *key, GError **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *what = NULL;

  if (group->keys == NULL || g_strv_contains (group->keys, key))
    return TRUE;

  expected = g_strjoinv (" or ", (char **) group->keys);
  what = g_strdup_printf ("key in [%s]", group->name);
  return pisd_scenario_fail (name, what, key, expected, PISD_ERROR_UNKNOWN, error);
}

static gboolean
check_group (GKeyFile *file, const char *name, const char *group_name, GError **error)
{
  const Group *group = groups;
  g_auto (GStrv) keys = NULL;

  while (group < groups + G_N_ELEMENTS (groups) && !g_str_equal (group->name, group_name))
    group++;
  if (group == groups + G_N_ELEMENTS (groups))
    return pisd_scenario_fail (name, "group", group_name, GROUP_LIST, PISD_ERROR_UNKNOWN, error);

  keys = g_key_file_get_keys (file, group_name, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!check_key (name, group, keys[i], error))
      return FALSE;
  return TRUE;
}

gboolean
pisd_scenario_check_groups (GKeyFile *keys, const char *name, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_groups (keys, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (!check_group (keys, name, names[i], error))
      return FALSE;
  if (!g_key_file_has_group (keys, PISD_SCENARIO_SETTINGS))
    return pisd_scenario_fail (name, "groups", names[0] != NULL ? names[0] : "",
                               "a group [" PISD_SCENARIO_SETTINGS "]", PISD_ERROR_FORMAT, error);
  return TRUE;
}
