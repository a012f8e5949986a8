/* A group of a lesson's file: its lines, and the sentences among them, each in several languages.
 *
 * Errors: PISD_ERROR_FORMAT, UNKNOWN, with the line. */
#pragma once

#include "pisd-lesson-fact.h"
#include "pisd-lesson-lines.h"
#include "pisd-lesson-phrase.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct
{
  const char *file;             /* for messages */
  const char *const *languages; /* the best first */
  const GPtrArray *lines;       /* all of the file */
  guint first, end;             /* the group's own, without its head */
  guint head;                   /* number of the head's line */
} PisdLessonPart;

const PisdLessonLine *pisd_lesson_part_get_line (const PisdLessonPart *part, guint k);
/* The first line of that key and language (NULL: none in particular); NULL: there is none. */
const PisdLessonLine *pisd_lesson_part_find (const PisdLessonPart *part,
                                             const char *key,
                                             const char *language);
/* The line in the best language; there has to be one without a language. */
const PisdLessonLine *pisd_lesson_part_find_best (const PisdLessonPart *part,
                                                  const char *key,
                                                  GError **error);
/* The sentence in the best language.  Every language claims the same figures, which are known of
 * runs of the subject and speak of one of n_steps steps. */
PisdLessonPhrase *pisd_lesson_part_load_phrase (const PisdLessonPart *part,
                                                const char *key,
                                                const PisdLessonSubject *subject,
                                                guint n_steps,
                                                GError **error);
/* As pisd_lesson_fail(). */
gboolean pisd_lesson_part_fail (const PisdLessonPart *part,
                                guint number,
                                const char *what,
                                const char *got,
                                const char *expected,
                                GError **error);

G_END_DECLS
