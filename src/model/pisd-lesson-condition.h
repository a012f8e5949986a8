/* What a lesson waits for: "guidance is pisd and error-u < 3 and did run".
 *
 * Parts, joined by "and": FACT < NUMBER (or <=, >, >=), SETTING is CHOICE, SETTING is not CHOICE,
 * did DEED.
 *
 * Threads: constant once it is made: any. */
#pragma once

#include "pisd-lesson-fact.h"

G_BEGIN_DECLS

typedef struct _PisdLessonCondition PisdLessonCondition;

/* Errors: PISD_ERROR_FORMAT, UNKNOWN: got and expected. */
PisdLessonCondition *pisd_lesson_condition_new (const char *text,
                                                const PisdLessonSubject *subject,
                                                GError **error);
void pisd_lesson_condition_free (PisdLessonCondition *condition); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLessonCondition, pisd_lesson_condition_free)

/* Every part holds; what is not known does not. */
gboolean pisd_lesson_condition_holds (const PisdLessonCondition *condition,
                                      const PisdLessonFacts *facts);
/* Whether a part speaks of a finished run; and whether one speaks of the exact answer. */
gboolean pisd_lesson_condition_is_of_run (const PisdLessonCondition *condition);
gboolean pisd_lesson_condition_is_of_exact (const PisdLessonCondition *condition);

G_END_DECLS
