/* Preferences, with the schema or without it. */

#include "explorer-preferences.h"

#include "pisd-channel.h"

static void
test_defaults (void)
{
  g_autoptr (ExplorerPreferences) preferences = explorer_preferences_new ();

  g_assert_cmpint (explorer_preferences_get (preferences, "pace"), ==, PISD_PACE_LOCKSTEP);
  g_assert_cmpint (explorer_preferences_get (preferences, "color-map"), ==, 0);
  g_assert_cmpint (explorer_preferences_get (preferences, "follow"), ==, TRUE);
  g_assert_cmpint (explorer_preferences_get (preferences, "window-width"), ==, 1280);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_says_what_changed (void)
{
  g_autoptr (ExplorerPreferences) preferences = explorer_preferences_new ();
  guint n = 0;

  g_signal_connect_swapped (preferences, "notify::range-mode", G_CALLBACK (count), &n);
  explorer_preferences_set (preferences, "range-mode", 2);
  explorer_preferences_set (preferences, "range-mode", 2);
  explorer_preferences_set (preferences, "follow", FALSE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (explorer_preferences_get (preferences, "range-mode"), ==, 2);
}

static void
test_kept_where_there_is_a_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (ExplorerPreferences) first = explorer_preferences_new ();
  g_autoptr (ExplorerPreferences) second = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "io.github.pisd.Explorer", TRUE);
  explorer_preferences_set (first, "color-map", 1);
  explorer_preferences_set (first, "window-height", 700);
  second = explorer_preferences_new ();
  g_assert_cmpint (explorer_preferences_get (second, "color-map"), ==, schema != NULL ? 1 : 0);
  g_assert_cmpint (explorer_preferences_get (second, "window-height"), ==,
                   schema != NULL ? 700 : 800);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/preferences/defaults", test_defaults);
  g_test_add_func ("/app/preferences/says-what-changed", test_says_what_changed);
  g_test_add_func ("/app/preferences/kept", test_kept_where_there_is_a_schema);
  return g_test_run ();
}
