/* What a lesson says: sentences with figures in them that are claims about a run.
 *
 * "The error is {error-u: 1.52} %, without sensors {error-u@2: 141} %." has two figures: what is
 * measured (pisd-lesson-fact.h), of which step's run (from 1; none: the sentence's own), and the
 * number as it is shown.
 *
 * Threads: constant once it is made: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *fact;
  guint step; /* from 1; 0: the step that says it */
  double value;
} PisdLessonFigure;

typedef struct _PisdLessonPhrase PisdLessonPhrase;

/* Errors: PISD_ERROR_FORMAT: the figure, got and expected. */
PisdLessonPhrase *pisd_lesson_phrase_new (const char *text, GError **error);
void pisd_lesson_phrase_free (PisdLessonPhrase *phrase); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLessonPhrase, pisd_lesson_phrase_free)

/* As people read it, with the locale's decimal point; borrowed. */
const char *pisd_lesson_phrase_get_text (const PisdLessonPhrase *phrase);
guint pisd_lesson_phrase_get_n_figures (const PisdLessonPhrase *phrase);
const PisdLessonFigure *pisd_lesson_phrase_get_figure (const PisdLessonPhrase *phrase, guint k);
/* The step, from 0, whose run a figure is of, in a sentence that step `self` says. */
guint pisd_lesson_figure_get_step (const PisdLessonFigure *figure, guint self);
/* Whether both claim the same, in whatever order and language. */
gboolean pisd_lesson_phrase_claims_same (const PisdLessonPhrase *a, const PisdLessonPhrase *b);

G_END_DECLS
