/* The lessons that come with the program: a button each, win.lesson(NUMBER), with a tick on those
 * that were finished.  The titles are read when they are seen for the first time. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-preferences.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_LESSON_LIST (explorer_lesson_list_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLessonList, explorer_lesson_list, EXPLORER, LESSON_LIST, GtkBox)

/* Once. */
void explorer_lesson_list_set_preferences (ExplorerLessonList *self,
                                           ExplorerPreferences *preferences);
/* Of a lesson; NULL before they were seen. */
GtkWidget *explorer_lesson_list_get_button (ExplorerLessonList *self, guint number);
/* For tests. */
gboolean explorer_lesson_list_is_ticked (ExplorerLessonList *self, guint number);

G_END_DECLS
