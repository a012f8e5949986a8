/* A step of a lesson as its run leaves it, and what a lesson claims held against that.
 *
 * Errors:  those of pisd_run() and pisd_exact_new().
 * Threads: one thread at a time; n_threads as in pisd_parallel(). */
#pragma once

#include "pisd-cancel.h"
#include "pisd-channel.h"
#include "pisd-lesson.h"

G_BEGIN_DECLS

/* Relative difference between a figure and what is measured. */
#define PISD_LESSON_TOLERANCE 0.01

typedef struct _PisdLessonRun PisdLessonRun;

/* Runs the step, n_steps for the answer, and stands where the step stands, at its end where that
 * says nothing.  `cancel` is asked between steps; NULL: never stopped. */
PisdLessonRun *pisd_lesson_run_new (const PisdLesson *lesson,
                                    guint step,
                                    guint n_threads,
                                    PisdCancel *cancel,
                                    GError **error);
void pisd_lesson_run_free (PisdLessonRun *run); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLessonRun, pisd_lesson_run_free)

/* Goes to a later step of the same set-up (is_same), without a run; the answer's number is n_steps.
 */
gboolean pisd_lesson_run_go (PisdLessonRun *run,
                             const PisdLesson *lesson,
                             guint step,
                             guint n_threads,
                             PisdCancel *cancel,
                             GError **error);
/* *run is the step before, or NULL, and becomes the step: goes there, or begins a new one. */
gboolean pisd_lesson_run_advance (PisdLessonRun **run,
                                  const PisdLesson *lesson,
                                  guint step,
                                  guint n_threads,
                                  PisdCancel *cancel,
                                  GError **error);

/* Every step as it went by, of sample 0; borrowed.  NULL: a run of a lab. */
PisdChannel *pisd_lesson_run_get_channel (const PisdLessonRun *run);
/* Borrowed; NULL: no run of a lab. */
PisdLabRun *pisd_lesson_run_get_lab (const PisdLessonRun *run);
/* Borrowed from the run; the deeds are those of the answer. */
const PisdLessonFacts *pisd_lesson_run_get_facts (const PisdLessonRun *run);

/* One claim. */
typedef struct
{
  guint step;       /* whose run it speaks of; n_steps: the answer's */
  const char *fact; /* borrowed from the lesson */
  double claimed, measured;
} PisdLessonClaim;

/* Whether it holds within PISD_LESSON_TOLERANCE. */
gboolean pisd_lesson_claim_holds (const PisdLessonClaim *claim);

/* What came of a whole lesson. */
typedef struct
{
  GArray *claims;            /* of PisdLessonClaim, in the order in which they are said */
  gboolean asks;             /* it asks for something and has an answer ... */
  gboolean fulfilled_before; /* ... which the last step fulfils already, as it must not ... */
  gboolean fulfilled;        /* ... and which the answer fulfils */
} PisdLessonReport;

/* Runs every step.  FALSE: it could not be run. */
gboolean pisd_lesson_check (const PisdLesson *lesson,
                            guint n_threads,
                            PisdCancel *cancel,
                            PisdLessonReport *report,
                            GError **error);
void pisd_lesson_report_clear (PisdLessonReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdLessonReport, pisd_lesson_report_clear)
/* Every claim holds, and the task is recognised. */
gboolean pisd_lesson_report_is_good (const PisdLessonReport *report);

G_END_DECLS
