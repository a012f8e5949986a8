#include "pisd-lesson-run.h"

#include <math.h>

#include "pisd-run.h"

struct _PisdLessonRun
{
  PisdChannel *channel;
  PisdResult *result;
  PisdExact *exact;
  PisdFrame *frame;
  PisdLessonFacts facts;
};

/* The run stops where it is asked to. */
static gboolean
goes_on (guint64 done, guint64 total, gpointer data)
{
  return data == NULL || !pisd_cancel_look (data);
}

/* The frame that a step shows: that of the end where it says nothing. */
static void
stand (PisdLessonRun *self, const PisdLessonStep *step)
{
  const guint n = pisd_channel_get_n_frames (self->channel);
  const double place = isnan (step->show) ? 1.0 : step->show;

  if (n > 0)
    self->frame = pisd_channel_dup_frame (self->channel, (guint) (place * (n - 1) + 0.5));
}

static gboolean
run (PisdLessonRun *self,
     const PisdScenario *scenario,
     gboolean needs_exact,
     guint n_threads,
     PisdCancel *cancel,
     GError **error)
{
  self->result = pisd_run (scenario, self->channel, n_threads, goes_on, cancel, error);
  if (self->result == NULL)
    return FALSE;
  if (cancel != NULL && !pisd_cancel_check (cancel, "lesson", error))
    return FALSE;
  if (needs_exact)
    self->exact = pisd_exact_new (scenario, NULL, FALSE, n_threads, cancel, error);
  return !needs_exact || self->exact != NULL;
}

PisdLessonRun *
pisd_lesson_run_new (const PisdLesson *lesson,
                     guint step,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  g_autoptr (PisdLessonRun) self = g_new0 (PisdLessonRun, 1);
  const PisdLessonStep *made = pisd_lesson_get_step (lesson, step);

  g_return_val_if_fail (made != NULL, NULL);

  self->channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  if (!run (self, made->scenario, pisd_lesson_needs_exact (lesson, step), n_threads, cancel, error))
    return NULL;
  stand (self, made);
  self->facts = (PisdLessonFacts){
    .scenario = made->scenario,
    .result = self->result,
    .exact = self->exact,
    .frame = self->frame,
    .deeds = step == lesson->n_steps ? lesson->task.deeds : 0,
  };
  return g_steal_pointer (&self);
}

void
pisd_lesson_run_free (PisdLessonRun *run)
{
  if (run == NULL)
    return;
  pisd_frame_unref (run->frame);
  pisd_exact_unref (run->exact);
  pisd_result_free (run->result);
  pisd_channel_free (run->channel);
  g_free (run);
}

const PisdLessonFacts *
pisd_lesson_run_get_facts (const PisdLessonRun *run)
{
  g_return_val_if_fail (run != NULL, NULL);

  return &run->facts;
}

gboolean
pisd_lesson_claim_holds (const PisdLessonClaim *claim)
{
  g_return_val_if_fail (claim != NULL, FALSE);

  return fabs (claim->measured - claim->claimed) <= PISD_LESSON_TOLERANCE * fabs (claim->claimed);
}

/* What a phrase (nullable), said by step `self`, claims of the run of one step, which stands there
 * now. */
static void
measure (const PisdLessonPhrase *phrase,
         guint self,
         guint step,
         const PisdLessonFacts *facts,
         GArray *claims)
{
  for (guint k = 0; phrase != NULL && k < pisd_lesson_phrase_get_n_figures (phrase); k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (phrase, k);
      const PisdLessonClaim claim = { step, figure->fact, figure->value,
                                      pisd_lesson_fact_get (figure->fact, facts) };

      if ((figure->step == 0 ? self : figure->step - 1) == step)
        g_array_append_val (claims, claim);
    }
}

static void
measure_all (const PisdLesson *lesson,
             guint step,
             const PisdLessonFacts *facts,
             PisdLessonReport *report)
{
  const PisdLessonTask *task = &lesson->task;

  for (guint k = 0; k < lesson->n_steps; k++)
    measure (lesson->steps[k].say, k, step, facts, report->claims);
  measure (task->ask, lesson->n_steps - 1, step, facts, report->claims);
  measure (task->done, lesson->n_steps, step, facts, report->claims);
  if (!report->asks)
    return;
  if (step == lesson->n_steps - 1)
    report->fulfilled_before = pisd_lesson_condition_holds (task->condition, facts);
  if (step == lesson->n_steps)
    report->fulfilled = pisd_lesson_condition_holds (task->condition, facts);
}

gboolean
pisd_lesson_check (const PisdLesson *lesson,
                   guint n_threads,
                   PisdCancel *cancel,
                   PisdLessonReport *report,
                   GError **error)
{
  g_return_val_if_fail (lesson != NULL && report != NULL, FALSE);

  *report = (PisdLessonReport){
    .claims = g_array_new (FALSE, FALSE, sizeof (PisdLessonClaim)),
    .asks = pisd_lesson_get_step (lesson, lesson->n_steps) != NULL,
  };
  for (guint step = 0; step <= lesson->n_steps; step++)
    {
      g_autoptr (PisdLessonRun) run = NULL;

      if (pisd_lesson_get_step (lesson, step) == NULL)
        continue;
      run = pisd_lesson_run_new (lesson, step, n_threads, cancel, error);
      if (run == NULL)
        return FALSE;
      measure_all (lesson, step, &run->facts, report);
    }
  return TRUE;
}

void
pisd_lesson_report_clear (PisdLessonReport *report)
{
  g_clear_pointer (&report->claims, g_array_unref);
}

gboolean
pisd_lesson_report_is_good (const PisdLessonReport *report)
{
  g_return_val_if_fail (report != NULL, FALSE);

  for (guint k = 0; k < report->claims->len; k++)
    if (!pisd_lesson_claim_holds (&g_array_index (report->claims, PisdLessonClaim, k)))
      return FALSE;
  return !report->asks || (report->fulfilled && !report->fulfilled_before);
}
