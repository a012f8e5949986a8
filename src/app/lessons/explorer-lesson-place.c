#include "explorer-lesson-place.h"

#include "explorer-lesson-marks.h"
#include "explorer-loader.h"
#include "pisd-lesson-bundle.h"

static gboolean
has_task (const PisdLesson *lesson)
{
  return lesson->task.condition != NULL;
}

static guint
count_pages (const PisdLesson *lesson)
{
  return lesson->n_steps + (has_task (lesson) ? 1 : 0);
}

static const char *
get_text (const ExplorerLessonPlace *place)
{
  const PisdLesson *lesson = place->lesson;
  const PisdLessonPhrase *phrase = !explorer_lesson_place_is_task (place)
                                       ? lesson->steps[place->page].say
                                   : place->fulfilled ? lesson->task.done
                                                      : lesson->task.ask;

  return pisd_lesson_phrase_get_text (phrase);
}

static gboolean
is_finished (const ExplorerLessonPlace *place)
{
  return has_task (place->lesson) ? place->fulfilled
                                  : place->page + 1 == count_pages (place->lesson);
}

void
explorer_lesson_place_clear (ExplorerLessonPlace *place)
{
  g_clear_pointer (&place->lesson, pisd_lesson_free);
}

gboolean
explorer_lesson_place_go (ExplorerLessonPlace *place, guint page)
{
  if (place->lesson == NULL || page >= count_pages (place->lesson))
    return FALSE;
  place->page = page;
  place->fulfilled = FALSE;
  return TRUE;
}

gboolean
explorer_lesson_place_is_task (const ExplorerLessonPlace *place)
{
  return place->page == place->lesson->n_steps;
}

const PisdLessonStep *
explorer_lesson_place_get_step (const ExplorerLessonPlace *place)
{
  return &place->lesson->steps[MIN (place->page, place->lesson->n_steps - 1)];
}

const PisdLessonStep *
explorer_lesson_place_get_answer (const ExplorerLessonPlace *place)
{
  return explorer_lesson_place_is_task (place)
             ? pisd_lesson_get_step (place->lesson, place->lesson->n_steps)
             : NULL;
}

const PisdLessonCondition *
explorer_lesson_place_get_condition (const ExplorerLessonPlace *place)
{
  return explorer_lesson_place_is_task (place) ? place->lesson->task.condition : NULL;
}

gboolean
explorer_lesson_place_has_following (const ExplorerLessonPlace *place)
{
  return place->number != EXPLORER_LOADER_NO_NUMBER
         && (guint) place->number + 1 < pisd_lesson_bundle_get_n ();
}

void
explorer_lesson_place_show (const ExplorerLessonPlace *place,
                            ExplorerLessonPage *page,
                            gboolean goes_on)
{
  const ExplorerLessonPageContent content = {
    .title = place->lesson->title,
    .text = get_text (place),
    .page = place->page,
    .n_pages = count_pages (place->lesson),
    .asks = explorer_lesson_place_get_answer (place) != NULL,
    .is_done = is_finished (place),
    .has_following = goes_on && explorer_lesson_place_has_following (place),
  };

  explorer_lesson_page_show (page, &content);
}

void
explorer_lesson_place_mark (const ExplorerLessonPlace *place, ExplorerPreferences *preferences)
{
  if (is_finished (place) && place->number != EXPLORER_LOADER_NO_NUMBER)
    explorer_lesson_marks_add (preferences, pisd_lesson_bundle_get_name ((guint) place->number));
}
