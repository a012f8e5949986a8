#include "explorer-lesson-marks.h"

#define KEY "finished-lessons"

gboolean
explorer_lesson_marks_has (ExplorerPreferences *preferences, const char *name)
{
  g_autofree char *text = explorer_preferences_dup_text (preferences, KEY);
  g_auto (GStrv) names = g_strsplit (text, " ", -1);

  return g_strv_contains ((const char *const *) names, name);
}

void
explorer_lesson_marks_add (ExplorerPreferences *preferences, const char *name)
{
  g_autofree char *text = explorer_preferences_dup_text (preferences, KEY);
  g_autofree char *longer = g_strconcat (text, text[0] != '\0' ? " " : "", name, NULL);

  if (!explorer_lesson_marks_has (preferences, name))
    explorer_preferences_set_text (preferences, KEY, longer);
}
