#include "cli-lesson-handout.h"

#include <glib/gi18n.h>

#include "cli-lesson-lab.h"
#include "cli-lesson-look.h"
#include "pisd-draw-handout.h"

/* Steps, the task, and its solution. */
#define MOST_PARTS (PISD_LESSON_MOST_STEPS + 2)

typedef struct
{
  PisdHandoutPart parts[MOST_PARTS];
  CliLessonLab *labs[MOST_PARTS]; /* of labs; NULL: none */
  guint n;
} Parts;

static void
parts_clear (Parts *self)
{
  for (guint k = 0; k < self->n; k++)
    {
      g_free ((char *) self->parts[k].heading);
      pisd_figure_free ((PisdFigure *) self->parts[k].figure);
      cli_lesson_lab_free (self->labs[k]);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Takes the heading. */
static void
add (Parts *self, char *heading, const PisdLessonPhrase *phrase)
{
  self->parts[self->n++] =
      (PisdHandoutPart){ .heading = heading, .text = pisd_lesson_phrase_get_text (phrase) };
}

/* To the last part: what is looked at in a step, n_steps: by the answer. */
static gboolean
add_picture (Parts *self,
             const PisdLesson *lesson,
             guint step,
             PisdLessonRun **run,
             guint n_threads,
             PisdCancel *cancel,
             GError **error)
{
  const guint last = self->n - 1;

  if (!pisd_lesson_run_advance (run, lesson, step, n_threads, cancel, error))
    return FALSE;
  if (lesson->stage == PISD_STAGE_FIELDS)
    {
      self->parts[last].figure =
          cli_lesson_look_make (lesson, step, *run, n_threads, cancel, error);
      return self->parts[last].figure != NULL;
    }
  self->labs[last] = cli_lesson_lab_new (pisd_lesson_get_step (lesson, step)->lab,
                                         pisd_lesson_run_get_lab (*run), error);
  if (self->labs[last] != NULL)
    self->parts[last].picture = cli_lesson_lab_get_picture (self->labs[last]);
  return self->labs[last] != NULL;
}

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

      if (is_answer && lesson->task.condition == NULL)
        break;
      if (is_answer)
        add (self, g_strdup (_ ("Try this")), lesson->task.ask);
      add (self, is_answer ? g_strdup (_ ("Solution")) : g_strdup_printf ("%u", step + 1),
           is_answer ? lesson->task.done : lesson->steps[step].say);
      self->parts[self->n - 1].on_new_page = is_answer;
      if (pisd_lesson_get_step (lesson, step) != NULL
          && !add_picture (self, lesson, step, &run, n_threads, cancel, error))
        return FALSE;
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
