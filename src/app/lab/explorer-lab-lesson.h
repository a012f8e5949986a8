/* A lesson in a lab's window, below everything else: its page, the actions and keys that step
 * through it, and whether what it asks for has happened.  Hidden while none is open.
 *
 * Its actions have the names of the main window's; the keys for them are the lesson's while one is
 * open, and else nobody's.
 *
 * Signals: "following" (guint number)   that lesson of those that come with the program is wanted
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-lesson-place.h"
#include "pisd-lab-run.h"

G_BEGIN_DECLS

/* Rows of ExplorerKey for a lab's window. */
#define EXPLORER_LAB_LESSON_KEYS                                                         \
  { GDK_KEY_Page_Down, "win.lesson-next" }, { GDK_KEY_KP_Page_Down, "win.lesson-next" }, \
      { GDK_KEY_h, "win.lesson-lecture" }, { GDK_KEY_Page_Up, "win.lesson-back" },       \
  {                                                                                      \
    GDK_KEY_KP_Page_Up, "win.lesson-back"                                                \
  }

#define EXPLORER_TYPE_LAB_LESSON (explorer_lab_lesson_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLabLesson, explorer_lab_lesson, EXPLORER, LAB_LESSON, AdwBin)

/* Where a key of its set-up is changed (pisd-lab-setup.h). */
typedef struct
{
  const char *key;
  gsize offset; /* of a GtkWidget * in the lab: the row, or what is in it */
} ExplorerLabRow;

/* What a lab does for a lesson, and tells it. */
typedef struct
{
  /* Takes the set-up, as one edit.  TRUE: a run has begun whose end will be told; FALSE: one of
   * that set-up is at its end. */
  gboolean (*open) (gpointer lab, const PisdLabSetup *setup);
  /* The set-up as it is, owned; NULL: it makes no sense. */
  PisdLabSetup *(*dup_setup) (gpointer lab);
  /* What a run of the set-up as it is ended with; FALSE: there is none at its end. */
  gboolean (*get_result) (gpointer lab, PisdLabResult *result);
  /* From top to bottom; the first one that the answer changes is scrolled to the top. */
  guint n_rows;
  const ExplorerLabRow *rows;
} ExplorerLabStage;

/* Once: lab is the window; a lecture hides its controls, which are in a scrolled window. */
void explorer_lab_lesson_set_stage (ExplorerLabLesson *self,
                                    const ExplorerLabStage *stage,
                                    gpointer lab,
                                    GtkWidget *controls);
/* Takes the lesson of the place, which begins with its first page. */
void explorer_lab_lesson_open (ExplorerLabLesson *self,
                               const ExplorerLessonPlace *place,
                               ExplorerPreferences *preferences);
gboolean explorer_lab_lesson_is_open (ExplorerLabLesson *self);

/* What the lab tells: the set-up has changed; the person has begun a run; a run is at its end. */
void explorer_lab_lesson_tell_changed (ExplorerLabLesson *self);
void explorer_lab_lesson_tell_begun (ExplorerLabLesson *self);
void explorer_lab_lesson_tell_ended (ExplorerLabLesson *self);

/* For tests. */
ExplorerLessonPage *explorer_lab_lesson_get_page (ExplorerLabLesson *self);

G_END_DECLS
