#include "pisd-lesson-run.h"

#include <math.h>

#include "pisd-run.h"

struct _PisdLessonRun
{
  PisdChannel *channel;
  PisdResult *result;
  PisdExact *exact;
  PisdFrame *frame;
  PisdLabRun *lab; /* of a lab's run, which has none of the above */
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
  const guint n = self->channel != NULL ? pisd_channel_get_n_frames (self->channel) : 0;
  const double place = isnan (step->show) ? 1.0 : step->show;

  g_clear_pointer (&self->frame, pisd_frame_unref);
  if (n > 0)
    self->frame = pisd_channel_dup_frame (self->channel, (guint) (place * (n - 1) + 0.5));
}

gboolean
pisd_lesson_run_go (PisdLessonRun *run,
                    const PisdLesson *lesson,
                    guint step,
                    guint n_threads,
                    PisdCancel *cancel,
                    GError **error)
{
  const PisdLessonStep *made = pisd_lesson_get_step (lesson, step);

  g_return_val_if_fail (run != NULL && made != NULL, FALSE);

  if (run->exact == NULL && pisd_lesson_needs_exact (lesson, step))
    {
      run->exact = pisd_exact_new (made->scenario, NULL, FALSE, n_threads, cancel, error);
      if (run->exact == NULL)
        return FALSE;
    }
  stand (run, made);
  run->facts = (PisdLessonFacts){
    .scenario = made->scenario,
    .result = run->result,
    .exact = run->exact,
    .frame = run->frame,
    .deeds = step == lesson->n_steps ? lesson->task.deeds : 0,
    .lab = made->lab,
    .lab_result = run->lab != NULL ? &run->lab->result : NULL,
  };
  return TRUE;
}

static gboolean
run_fields (PisdLessonRun *self,
            const PisdScenario *scenario,
            guint n_threads,
            PisdCancel *cancel,
            GError **error)
{
  self->channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  self->result = pisd_run (scenario, self->channel, n_threads, goes_on, cancel, error);
  return self->result != NULL && (cancel == NULL || pisd_cancel_check (cancel, "lesson", error));
}

static gboolean
run_lab (PisdLessonRun *self,
         const PisdLabSetup *setup,
         guint n_threads,
         PisdCancel *cancel,
         GError **error)
{
  self->lab = pisd_lab_run_new (setup, n_threads, cancel, error);
  return self->lab != NULL;
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

  if (made->lab != NULL ? !run_lab (self, made->lab, n_threads, cancel, error)
                        : !run_fields (self, made->scenario, n_threads, cancel, error))
    return NULL;
  return pisd_lesson_run_go (self, lesson, step, n_threads, cancel, error) ? g_steal_pointer (&self)
                                                                           : NULL;
}

gboolean
pisd_lesson_run_advance (PisdLessonRun **run,
                         const PisdLesson *lesson,
                         guint step,
                         guint n_threads,
                         PisdCancel *cancel,
                         GError **error)
{
  const PisdLessonStep *made = pisd_lesson_get_step (lesson, step);

  g_return_val_if_fail (run != NULL && made != NULL, FALSE);

  if (*run != NULL && made->is_same)
    return pisd_lesson_run_go (*run, lesson, step, n_threads, cancel, error);
  pisd_lesson_run_free (*run);
  *run = pisd_lesson_run_new (lesson, step, n_threads, cancel, error);
  return *run != NULL;
}

void
pisd_lesson_run_free (PisdLessonRun *run)
{
  if (run == NULL)
    return;
  pisd_frame_unref (run->frame);
  pisd_lab_run_unref (run->lab);
  pisd_exact_unref (run->exact);
  pisd_result_free (run->result);
  pisd_channel_free (run->channel);
  g_free (run);
}

PisdChannel *
pisd_lesson_run_get_channel (const PisdLessonRun *run)
{
  g_return_val_if_fail (run != NULL, NULL);

  return run->channel;
}

PisdLabRun *
pisd_lesson_run_get_lab (const PisdLessonRun *run)
{
  g_return_val_if_fail (run != NULL, NULL);

  return run->lab;
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
      PisdLessonClaim claim = { step, figure->fact, figure->value, NAN };

      if (pisd_lesson_figure_get_step (figure, self) != step)
        continue;
      claim.measured = pisd_lesson_fact_get (figure->fact, facts);
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
  g_autoptr (PisdLessonRun) run = NULL;

  g_return_val_if_fail (lesson != NULL && report != NULL, FALSE);

  *report = (PisdLessonReport){
    .claims = g_array_new (FALSE, FALSE, sizeof (PisdLessonClaim)),
    .asks = pisd_lesson_get_step (lesson, lesson->n_steps) != NULL,
  };
  for (guint step = 0; step <= lesson->n_steps; step++)
    {
      if (pisd_lesson_get_step (lesson, step) == NULL)
        continue;
      if (!pisd_lesson_run_advance (&run, lesson, step, n_threads, cancel, error))
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
