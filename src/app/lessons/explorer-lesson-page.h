/* A page of a lesson: its sentences, large enough to be read from afar, and buttons to go on.
 *
 * Properties: "chrome"  (boolean)   FALSE: the sentences alone, as in a lecture
 * Its buttons are the actions win.lesson-back, -next, -answer, -following and -close. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_LESSON_PAGE (explorer_lesson_page_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLessonPage, explorer_lesson_page, EXPLORER, LESSON_PAGE, GtkBox)

/* Texts are borrowed. */
typedef struct
{
  const char *title, *text;
  guint page, n_pages;    /* page: from 0 */
  gboolean asks;          /* for something that the program can show */
  gboolean is_done;       /* which has happened */
  gboolean has_following; /* there is another lesson to go on with */
} ExplorerLessonPageContent;

void explorer_lesson_page_show (ExplorerLessonPage *self, const ExplorerLessonPageContent *content);
/* The keyboard goes to the button that goes on. */
void explorer_lesson_page_grab_focus (ExplorerLessonPage *self);
/* For tests: what is read. */
const char *explorer_lesson_page_get_text (ExplorerLessonPage *self);
const char *explorer_lesson_page_get_place (ExplorerLessonPage *self);
gboolean explorer_lesson_page_is_done (ExplorerLessonPage *self);

G_END_DECLS
