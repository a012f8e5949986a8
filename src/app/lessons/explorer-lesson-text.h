/* Sentences of a lesson: as high as they are, up to eight lines; longer ones are scrolled.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_LESSON_TEXT (explorer_lesson_text_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLessonText, explorer_lesson_text, EXPLORER, LESSON_TEXT, GtkWidget)

/* Another text is seen from its first line on. */
void explorer_lesson_text_set (ExplorerLessonText *self, const char *text);
const char *explorer_lesson_text_get (ExplorerLessonText *self);
/* For tests: of the scrolling, in the units of the screen. */
GtkAdjustment *explorer_lesson_text_get_adjustment (ExplorerLessonText *self);

G_END_DECLS
