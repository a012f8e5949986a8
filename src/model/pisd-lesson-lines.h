/* The lines of a lesson's file, each with its number.
 *
 * A line is the head of a group, [step], or KEY = VALUE, or KEY[LANGUAGE] = VALUE; one that begins
 * with a space goes on with the value above it, and one that begins with # is a remark.  Keys may
 * stand several times.
 *
 * Errors:  PISD_ERROR_FORMAT, LIMIT, and those of pisd_input_read_text(): file and line. */
#pragma once

#include "pisd-error.h"
#include "pisd-input.h"

G_BEGIN_DECLS

typedef struct
{
  guint number;   /* from 1 */
  char *group;    /* the one that it stands in, or whose head it is */
  char *key;      /* NULL: the head of a group */
  char *language; /* "de"; NULL: of no language in particular */
  char *value;    /* NULL: the head of a group */
} PisdLessonLine;

/* Of PisdLessonLine, in their order; free with g_ptr_array_unref(). */
GPtrArray *pisd_lesson_lines_read (PisdInput *input, GError **error);

/* What lies between spaces. */
GStrv pisd_lesson_split_words (const char *text);

/* "FILE:12: what: got "got", expected expected"; returns FALSE.  line: 0 where it is the whole
 * file. */
gboolean pisd_lesson_fail (const char *file,
                           guint line,
                           const char *what,
                           const char *got,
                           const char *expected,
                           PisdError code,
                           GError **error);
/* Puts file and line before a message that does not have them. */
void pisd_lesson_prefix_error (const char *file, guint line, GError **error);

G_END_DECLS
