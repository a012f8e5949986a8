#include "cli-lesson-handout.h"

#include <glib/gi18n.h>

#include "cli-lesson-look.h"
#include "pisd-draw-handout.h"

/* Steps, the task, and its solution. */
#define MOST_PARTS (PISD_LESSON_MOST_STEPS + 2)

typedef struct
{
  PisdHandoutPart parts[MOST_PARTS];
  guint n;
} Parts;

static void
parts_clear (Parts *self)
{
  for (guint k = 0; k < self->n; k++)
    {
      g_free ((char *) self->parts[k].heading);
      pisd_figure_free ((PisdFigure *) self->parts[k].figure);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Takes heading and figure. */
static void
add (Parts *self, char *heading, const PisdLessonPhrase *phrase, PisdFigure *figure)
{
  self->parts[self->n++] = (PisdHandoutPart){ .heading = heading,
                                              .text = pisd_lesson_phrase_get_text (phrase),
                                              .figure = figure };
}

static PisdFigure *
look (const PisdLesson *lesson,
      guint step,
      PisdLessonRun **run,
      guint n_threads,
      PisdCancel *cancel,
      GError **error)
{
  return pisd_lesson_run_advance (run, lesson, step, n_threads, cancel, error)
             ? cli_lesson_look_make (lesson, step, *run, n_threads, cancel, error)
             : NULL;
}

/* Lessons of labs have no pictures. */
static gboolean
make_parts (Parts *self,
            const PisdLesson *lesson,
            guint n_threads,
            PisdCancel *cancel,
            GError **error)
{
  g_autoptr (PisdLessonRun) run = NULL;

  for (guint step = 0; step <= lesson->n_steps; step++)
    {
      const gboolean is_answer = step == lesson->n_steps;
      PisdFigure *figure = NULL;

      if (is_answer && lesson->task.condition == NULL)
        break;
      if (is_answer)
        add (self, g_strdup (_ ("Try this")), lesson->task.ask, NULL);
      if (pisd_lesson_get_step (lesson, step) != NULL && lesson->stage == PISD_STAGE_FIELDS)
        {
          figure = look (lesson, step, &run, n_threads, cancel, error);
          if (figure == NULL)
            return FALSE;
        }
      add (self, is_answer ? g_strdup (_ ("Solution")) : g_strdup_printf ("%u", step + 1),
           is_answer ? lesson->task.done : lesson->steps[step].say, figure);
      self->parts[self->n - 1].on_new_page = is_answer;
    }
  return TRUE;
}

gboolean
cli_lesson_save_handout (const PisdLesson *lesson,
                         const char *path,
                         guint n_threads,
                         PisdCancel *cancel,
                         GError **error)
{
  g_auto (Parts) parts = { 0 };
  PisdHandout handout = { .title = lesson->title, .parts = parts.parts };

  if (!make_parts (&parts, lesson, n_threads, cancel, error))
    return FALSE;
  handout.n_parts = parts.n;
  return pisd_draw_save_handout (path, &handout, error);
}
