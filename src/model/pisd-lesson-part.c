#include "pisd-lesson-part.h"

#include <glib/gi18n.h>

const PisdLessonLine *
pisd_lesson_part_get_line (const PisdLessonPart *part, guint k)
{
  return g_ptr_array_index (part->lines, k);
}

gboolean
pisd_lesson_part_fail (const PisdLessonPart *part,
                       guint number,
                       const char *what,
                       const char *got,
                       const char *expected,
                       GError **error)
{
  return pisd_lesson_fail (part->file, number, what, got, expected, PISD_ERROR_FORMAT, error);
}

/* How far up in the list of languages a line's own stands; the later the worse. */
static guint
get_rank (const PisdLessonPart *part, const PisdLessonLine *line)
{
  guint rank = 0;

  if (line->language == NULL)
    return G_MAXUINT - 1;
  for (; part->languages[rank] != NULL; rank++)
    if (g_str_equal (part->languages[rank], line->language))
      return rank;
  return G_MAXUINT;
}

const PisdLessonLine *
pisd_lesson_part_find (const PisdLessonPart *part, const char *key, const char *language)
{
  for (guint k = part->first; k < part->end; k++)
    if (g_str_equal (pisd_lesson_part_get_line (part, k)->key, key)
        && g_strcmp0 (pisd_lesson_part_get_line (part, k)->language, language) == 0)
      return pisd_lesson_part_get_line (part, k);
  return NULL;
}

const PisdLessonLine *
pisd_lesson_part_find_best (const PisdLessonPart *part, const char *key, GError **error)
{
  const PisdLessonLine *best = pisd_lesson_part_find (part, key, NULL);
  g_autofree char *expected = g_strdup_printf ("%s = ...", key);

  if (best == NULL || best->value[0] == '\0')
    {
      pisd_lesson_part_fail (part, best != NULL ? best->number : part->head, key, "", expected,
                             error);
      return NULL;
    }
  for (guint k = part->first; k < part->end; k++)
    {
      const PisdLessonLine *line = pisd_lesson_part_get_line (part, k);

      if (g_str_equal (line->key, key) && get_rank (part, line) < get_rank (part, best))
        best = line;
    }
  return best;
}

/* Sentences. */

/* What a sentence speaks of is known, of a step that there is.  step: the one that says it. */
static gboolean
check_figures (const PisdLessonPart *part,
               const PisdLessonLine *line,
               const PisdLessonPhrase *phrase,
               const PisdLessonSubject *subject,
               guint n_steps,
               GError **error)
{
  for (guint k = 0; k < pisd_lesson_phrase_get_n_figures (phrase); k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (phrase, k);

      if (!pisd_lesson_fact_exists (figure->fact, subject))
        return pisd_lesson_part_fail (part, line->number, _ ("a figure"), figure->fact,
                                      _ ("what is known of a run, or a setting"), error);
      if (figure->step > n_steps)
        return pisd_lesson_part_fail (part, line->number, _ ("a figure"), figure->fact,
                                      _ ("one of this step or of one before it"), error);
    }
  return TRUE;
}

static PisdLessonPhrase *
parse_phrase (const PisdLessonPart *part, const PisdLessonLine *line, GError **error)
{
  PisdLessonPhrase *phrase = pisd_lesson_phrase_new (line->value, error);

  if (phrase == NULL)
    pisd_lesson_prefix_error (part->file, line->number, error);
  return phrase;
}

/* Every language says the same figures. */
static gboolean
check_languages (const PisdLessonPart *part,
                 const char *key,
                 const PisdLessonPhrase *plain,
                 GError **error)
{
  for (guint k = part->first; k < part->end; k++)
    {
      const PisdLessonLine *line = pisd_lesson_part_get_line (part, k);
      g_autoptr (PisdLessonPhrase) other = NULL;

      if (!g_str_equal (line->key, key))
        continue;
      other = parse_phrase (part, line, error);
      if (other == NULL)
        return FALSE;
      if (!pisd_lesson_phrase_claims_same (plain, other))
        return pisd_lesson_part_fail (part, line->number, key, line->value,
                                      _ ("the figures of the same sentence without a language"),
                                      error);
    }
  return TRUE;
}

PisdLessonPhrase *
pisd_lesson_part_load_phrase (const PisdLessonPart *part,
                              const char *key,
                              const PisdLessonSubject *subject,
                              guint n_steps,
                              GError **error)
{
  const PisdLessonLine *best = pisd_lesson_part_find_best (part, key, error);
  g_autoptr (PisdLessonPhrase) plain = NULL;

  if (best == NULL)
    return NULL;
  plain = parse_phrase (part, pisd_lesson_part_find (part, key, NULL), error);
  if (plain == NULL || !check_languages (part, key, plain, error)
      || !check_figures (part, best, plain, subject, n_steps, error))
    return NULL;
  return parse_phrase (part, best, error);
}
