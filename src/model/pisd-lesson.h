/* A lesson: set-ups that follow each other, each with a few sentences, and something to try.
 *
 * The text of a lesson, in UTF-8 or UTF-16 (lines: pisd-lesson-lines.h):
 *
 *   [lesson]
 *   title = Sensors pull          title[de] = ... and so on for every sentence
 *   [setup]
 *   problem = poisson             settings and sensors, as in pisd-lesson-setup.h
 *   sensors = random u 30 seed 3
 *   [step]                        one or more, each from the one before
 *   say = With 30 sensors the error is {error-u: 1.52} %.   (figures: pisd-lesson-phrase.h)
 *   look = estimate, truth        what the panes show; none: as it is
 *   show = 30                     the step that is shown, % of the run; none: it is played
 *   steps = 100                   more settings and sensors, from here on
 *   [try]
 *   ask = Take all sensors away and run again.
 *   when = sensors < 1 and did run                          (pisd-lesson-condition.h)
 *   done = Without sensors nothing is known: {error-u: 141} %.
 *   [answer]
 *   sensors = none                what fulfils it, from the last step on
 *   does = run                    deeds that belong to it
 *
 * In place of [setup] may stand [diffusion] or [training]: then it is a lesson of that lab, whose
 * settings are those of pisd-lab-setup.h, and a step has neither look nor show.
 *
 * Errors:  file, line, got, expected: PISD_ERROR_FORMAT, UNKNOWN, RANGE, LIMIT, IO, CANCELLED.
 * Threads: constant once it is made: any. */
#pragma once

#include "pisd-input.h"
#include "pisd-lesson-condition.h"
#include "pisd-lesson-phrase.h"
#include "pisd-quantity.h"

G_BEGIN_DECLS

/* Most steps of a lesson. */
#define PISD_LESSON_MOST_STEPS 20
/* Most quantities that are looked at together. */
#define PISD_LESSON_MOST_PICKS 4

typedef struct
{
  PisdLessonPhrase *say;
  PisdScenario *scenario; /* of a lab's lesson the usual one, which nobody asks for */
  PisdLabSetup *lab;      /* NULL: it is no lesson of a lab */
  gboolean is_same;       /* set-up as that of the step before, because no line changes it */
  guint n_picks;          /* 0: the panes stay as they are */
  PisdPick picks[PISD_LESSON_MOST_PICKS];
  double show; /* part of the run; NaN: it is played */
} PisdLessonStep;

/* `condition` NULL: the lesson asks for nothing. */
typedef struct
{
  PisdLessonPhrase *ask, *done;
  PisdLessonCondition *condition;
  PisdLessonStep answer; /* scenario NULL: the lesson has none; nothing is said */
  guint deeds;           /* of the answer, a bit each */
} PisdLessonTask;

typedef struct
{
  char *title;
  PisdStage stage;
  guint n_steps;
  PisdLessonStep steps[PISD_LESSON_MOST_STEPS];
  PisdLessonTask task;
} PisdLesson;

/* languages: the best first, NULL-terminated, as of g_get_language_names(); what is in none of them
 * is taken as it is without a language. */
PisdLesson *pisd_lesson_load (PisdInput *input, const char *const *languages, GError **error);
/* Its title alone: nothing else is looked at. */
char *pisd_lesson_load_title (PisdInput *input, const char *const *languages, GError **error);
void pisd_lesson_free (PisdLesson *lesson); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLesson, pisd_lesson_free)

/* The step, or, for n_steps, the answer; NULL: there is none. */
const PisdLessonStep *pisd_lesson_get_step (const PisdLesson *lesson, guint step);
/* Whether a sentence or the task speaks of the exact answer of that step. */
gboolean pisd_lesson_needs_exact (const PisdLesson *lesson, guint step);

G_END_DECLS
