#include "pisd-lesson-phrase.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

#define MOST_STEPS 99
#define NO_BREAK_SPACE "\u00a0" /* keeps a percent sign with its number */

struct _PisdLessonPhrase
{
  char *text;
  GArray *figures; /* of PisdLessonFigure */
};

static void
figure_clear (gpointer data)
{
  PisdLessonFigure *figure = data;

  g_free (figure->fact);
}

static gboolean
fail (const char *got, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("a figure: got %s, expected {FACT: NUMBER} or {FACT@STEP: NUMBER}"),
                          quoted);
}

/* "fact" or "fact@step". */
static gboolean
parse_fact (char *text, PisdLessonFigure *figure)
{
  char *at = strchr (text, '@');
  guint64 step = 0;

  if (at != NULL)
    {
      *at = '\0';
      if (!g_ascii_string_to_unsigned (at + 1, 10, 1, MOST_STEPS, &step, NULL))
        return FALSE;
    }
  figure->step = step;
  figure->fact = g_strdup (text);
  return text[0] != '\0';
}

static gboolean
add_figure (PisdLessonPhrase *phrase, GString *shown, const char *inner, GError **error)
{
  g_autofree char *fact = g_strdup (inner);
  char *colon = strchr (fact, ':');
  PisdLessonFigure figure = { 0 };
  g_autofree char *shown_number = NULL;
  const char *number;

  if (colon == NULL)
    return fail (inner, error);
  *colon = '\0';
  number = g_strstrip (colon + 1);
  if (!parse_fact (g_strstrip (fact), &figure) || !pisd_number_parse (number, &figure.value))
    {
      figure_clear (&figure);
      return fail (inner, error);
    }
  shown_number = pisd_number_dup_local (number);
  g_string_append (shown, shown_number);
  g_array_append_val (phrase->figures, figure);
  return TRUE;
}

static gboolean
parse (PisdLessonPhrase *phrase, const char *text, GError **error)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  const char *open;

  for (; (open = strchr (text, '{')) != NULL;)
    {
      const char *close = strchr (open, '}');
      g_autofree char *inner = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;

      if (inner == NULL)
        return fail (open, error);
      g_string_append_len (shown, text, open - text);
      if (!add_figure (phrase, shown, inner, error))
        return FALSE;
      text = close + 1;
    }
  g_string_append (shown, text);
  g_string_replace (shown, " %", NO_BREAK_SPACE "%", 0);
  phrase->text = g_strdup (shown->str);
  return TRUE;
}

PisdLessonPhrase *
pisd_lesson_phrase_new (const char *text, GError **error)
{
  g_autoptr (PisdLessonPhrase) phrase = g_new0 (PisdLessonPhrase, 1);

  g_return_val_if_fail (text != NULL, NULL);

  phrase->figures = g_array_new (FALSE, FALSE, sizeof (PisdLessonFigure));
  g_array_set_clear_func (phrase->figures, figure_clear);
  return parse (phrase, text, error) ? g_steal_pointer (&phrase) : NULL;
}

void
pisd_lesson_phrase_free (PisdLessonPhrase *phrase)
{
  if (phrase == NULL)
    return;
  g_free (phrase->text);
  g_array_unref (phrase->figures);
  g_free (phrase);
}

const char *
pisd_lesson_phrase_get_text (const PisdLessonPhrase *phrase)
{
  g_return_val_if_fail (phrase != NULL, NULL);

  return phrase->text;
}

guint
pisd_lesson_phrase_get_n_figures (const PisdLessonPhrase *phrase)
{
  g_return_val_if_fail (phrase != NULL, 0);

  return phrase->figures->len;
}

const PisdLessonFigure *
pisd_lesson_phrase_get_figure (const PisdLessonPhrase *phrase, guint k)
{
  g_return_val_if_fail (phrase != NULL && k < phrase->figures->len, NULL);

  return &g_array_index (phrase->figures, PisdLessonFigure, k);
}

guint
pisd_lesson_figure_get_step (const PisdLessonFigure *figure, guint self)
{
  g_return_val_if_fail (figure != NULL, self);

  return figure->step == 0 ? self : figure->step - 1;
}

static guint
count (const PisdLessonPhrase *phrase, const PisdLessonFigure *wanted)
{
  guint n = 0;

  for (guint k = 0; k < phrase->figures->len; k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (phrase, k);

      n += g_str_equal (figure->fact, wanted->fact) && figure->step == wanted->step
           && figure->value == wanted->value;
    }
  return n;
}

gboolean
pisd_lesson_phrase_claims_same (const PisdLessonPhrase *a, const PisdLessonPhrase *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->figures->len != b->figures->len)
    return FALSE;
  for (guint k = 0; k < a->figures->len; k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (a, k);

      if (count (a, figure) != count (b, figure))
        return FALSE;
    }
  return TRUE;
}
