/* Whether what a lesson asks for has happened: it gathers what is known of the session, and what a
 * person has done since the lesson asked.
 *
 * What was done counts from explorer_lesson_watch_begin() on; whether it is enough is looked at
 * from explorer_lesson_watch_arm() on, because until then the lesson itself moves things.
 *
 * Signals: "fulfilled" ()   the condition holds; once
 * Threads: main thread only. */
#pragma once

#include "explorer-exact.h"
#include "explorer-session.h"
#include "pisd-lesson-condition.h"

G_BEGIN_DECLS

/* No step is shown, or the one that a run has come to. */
#define EXPLORER_LESSON_NO_STEP -1

#define EXPLORER_TYPE_LESSON_WATCH (explorer_lesson_watch_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLessonWatch, explorer_lesson_watch, EXPLORER, LESSON_WATCH, GObject)

ExplorerLessonWatch *explorer_lesson_watch_new (ExplorerSession *session, ExplorerExact *exact);
/* Nothing is done yet.  condition: borrowed until the next one; NULL: nothing is waited for. */
void explorer_lesson_watch_begin (ExplorerLessonWatch *self, const PisdLessonCondition *condition);
void explorer_lesson_watch_arm (ExplorerLessonWatch *self);
/* What the session does not know of itself, a bit each: 1 << PisdDeed. */
void explorer_lesson_watch_note (ExplorerLessonWatch *self, guint deeds);
/* Which step of the shown run is looked at. */
void explorer_lesson_watch_show_step (ExplorerLessonWatch *self, int step);
/* A run that was made does not count where it is not one of the set-up as it is. */
guint explorer_lesson_watch_get_deeds (ExplorerLessonWatch *self);

G_END_DECLS
