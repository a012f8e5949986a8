/* Where somebody is in a lesson, and what is read there: a page a step, and one for the task, on
 * the last step's stage.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-lesson-page.h"
#include "explorer-preferences.h"
#include "pisd-lesson.h"

G_BEGIN_DECLS

typedef struct
{
  PisdLesson *lesson; /* NULL: none is open */
  int number;         /* of those that come with the program; EXPLORER_LOADER_NO_NUMBER */
  guint page;
  gboolean fulfilled; /* what the page asks for */
} ExplorerLessonPlace;

void explorer_lesson_place_clear (ExplorerLessonPlace *place);
/* FALSE: there is no such page. */
gboolean explorer_lesson_place_go (ExplorerLessonPlace *place, guint page);

/* Of an open lesson. */
gboolean explorer_lesson_place_is_task (const ExplorerLessonPlace *place);
/* What the page stands on; and what fulfils the task, NULL: nothing that can be shown. */
const PisdLessonStep *explorer_lesson_place_get_step (const ExplorerLessonPlace *place);
const PisdLessonStep *explorer_lesson_place_get_answer (const ExplorerLessonPlace *place);
/* What is waited for; NULL: nothing is. */
const PisdLessonCondition *explorer_lesson_place_get_condition (const ExplorerLessonPlace *place);
/* Whether another lesson that comes with the program is to be taken after it. */
gboolean explorer_lesson_place_has_following (const ExplorerLessonPlace *place);
/* goes_on: there is something that opens the following one. */
void explorer_lesson_place_show (const ExplorerLessonPlace *place,
                                 ExplorerLessonPage *page,
                                 gboolean goes_on);
/* It is ticked once it is finished. */
void explorer_lesson_place_mark (const ExplorerLessonPlace *place,
                                 ExplorerPreferences *preferences);

G_END_DECLS
