/* Which of the lessons that come with the program were finished, as the preferences keep it.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-preferences.h"

G_BEGIN_DECLS

/* name: of pisd_lesson_bundle_get_name(). */
gboolean explorer_lesson_marks_has (ExplorerPreferences *preferences, const char *name);
void explorer_lesson_marks_add (ExplorerPreferences *preferences, const char *name);

G_END_DECLS
