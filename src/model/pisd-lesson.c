#include "pisd-lesson.h"

void
pisd_lesson_free (PisdLesson *lesson)
{
  if (lesson == NULL)
    return;
  for (guint k = 0; k <= lesson->n_steps; k++)
    {
      PisdLessonStep *step = k < lesson->n_steps ? &lesson->steps[k] : &lesson->task.answer;

      pisd_lesson_phrase_free (step->say);
      pisd_scenario_free (step->scenario);
      pisd_lab_setup_free (step->lab);
    }
  pisd_lesson_phrase_free (lesson->task.ask);
  pisd_lesson_phrase_free (lesson->task.done);
  pisd_lesson_condition_free (lesson->task.condition);
  g_free (lesson->title);
  g_free (lesson);
}

const PisdLessonStep *
pisd_lesson_get_step (const PisdLesson *lesson, guint step)
{
  const PisdLessonStep *found;

  g_return_val_if_fail (lesson != NULL, NULL);

  if (step > lesson->n_steps)
    return NULL;
  found = step < lesson->n_steps ? &lesson->steps[step] : &lesson->task.answer;
  return found->scenario != NULL ? found : NULL;
}

/* Whether the phrase (nullable), which step `self` says, claims something exact of `step`. */
static gboolean
claims_exact (const PisdLessonPhrase *phrase, guint self, guint step)
{
  if (phrase == NULL)
    return FALSE;
  for (guint k = 0; k < pisd_lesson_phrase_get_n_figures (phrase); k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (phrase, k);

      if (pisd_lesson_figure_get_step (figure, self) == step
          && pisd_lesson_fact_is_of_exact (figure->fact))
        return TRUE;
    }
  return FALSE;
}

gboolean
pisd_lesson_needs_exact (const PisdLesson *lesson, guint step)
{
  const PisdLessonTask *task = &lesson->task;

  g_return_val_if_fail (lesson != NULL, FALSE);

  for (guint k = 0; k < lesson->n_steps; k++)
    if (claims_exact (lesson->steps[k].say, k, step))
      return TRUE;
  return claims_exact (task->ask, lesson->n_steps - 1, step)
         || claims_exact (task->done, lesson->n_steps, step)
         || (step >= lesson->n_steps - 1 && task->condition != NULL
             && pisd_lesson_condition_is_of_exact (task->condition));
}
