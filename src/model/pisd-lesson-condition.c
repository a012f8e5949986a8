#include "pisd-lesson-condition.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-lesson-lines.h"
#include "pisd-number.h"

typedef enum
{
  LESS,
  AT_MOST,
  MORE,
  AT_LEAST,
  IS,
  IS_NOT,
  DID
} Relation;

typedef struct
{
  char *fact; /* NULL: DID */
  Relation relation;
  double value; /* of a choice its number; of DID the deed */
} Part;

struct _PisdLessonCondition
{
  GArray *parts;
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_free (part->fact);
}

static gboolean
fail (const char *got, const char *expected, PisdError code, GError **error)
{
  return pisd_error_fail_got (error, code, _ ("a condition"), got, expected);
}

static gboolean
parse_deed (Part *part, const char *name, PisdStage stage, GError **error)
{
  PisdDeed deed;

  part->relation = DID;
  if (!pisd_deed_find (name, &deed) || !pisd_stage_has_deed (stage, deed))
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (PisdDeed d = 0; d < PISD_N_DEEDS; d++)
        if (pisd_stage_has_deed (stage, d))
          g_string_append_printf (names, "%s%s", d > 0 ? ", " : "", pisd_deed_get_name (d));
      return fail (name, names->str, PISD_ERROR_UNKNOWN, error);
    }
  part->value = deed;
  return TRUE;
}

static gboolean
parse_lab_choice (Part *part, const char *name, PisdLab lab, GError **error)
{
  guint choice;

  if (!pisd_lab_setup_find_choice (lab, part->fact, name, &choice, error))
    {
      g_prefix_error (error, "%s: ", _ ("a condition"));
      return FALSE;
    }
  part->value = choice;
  return TRUE;
}

static gboolean
parse_choice (Part *part, const char *name, GError **error)
{
  const PisdSettingInfo *info = pisd_settings_find (part->fact);
  g_autofree char *choices = NULL;
  int choice;

  if (info == NULL || info->type != PISD_SETTING_CHOICE)
    return fail (part->fact, _ ("a setting with choices before `is`"), PISD_ERROR_FORMAT, error);
  choice = pisd_setting_find_choice (info, name);
  part->value = choice;
  if (choice >= 0)
    return TRUE;
  choices = pisd_setting_dup_choices (info, ", ");
  return fail (name, choices, PISD_ERROR_UNKNOWN, error);
}

static gboolean
find_relation (const char *text, Relation *relation)
{
  static const char *const names[] = {
    [LESS] = "<", [AT_MOST] = "<=", [MORE] = ">", [AT_LEAST] = ">="
  };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    if (g_str_equal (names[k], text))
      {
        *relation = k;
        return TRUE;
      }
  return FALSE;
}

/* "FACT < NUMBER" or "SETTING is CHOICE", word by word. */
static gboolean
parse_words (Part *part,
             char **words,
             guint n,
             const PisdLessonSubject *subject,
             const char *text,
             GError **error)
{
  if (n == 2 && g_str_equal (words[0], "did"))
    return parse_deed (part, words[1], subject->stage, error);
  if (n < 3)
    return fail (text, "FACT < NUMBER, SETTING is CHOICE or did DEED", PISD_ERROR_FORMAT, error);
  part->fact = g_strdup (words[0]);
  if (g_str_equal (words[1], "is"))
    {
      const gboolean negated = n == 4 && g_str_equal (words[2], "not");

      part->relation = negated ? IS_NOT : IS;
      if (n != 3 && !negated)
        return fail (text, "SETTING is CHOICE", PISD_ERROR_FORMAT, error);
      return subject->stage == PISD_STAGE_FIELDS
                 ? parse_choice (part, words[n - 1], error)
                 : parse_lab_choice (part, words[n - 1], pisd_stage_get_lab (subject->stage),
                                     error);
    }
  if (n == 3 && find_relation (words[1], &part->relation)
      && pisd_number_parse (words[2], &part->value))
    return TRUE;
  return fail (text, "FACT < NUMBER", PISD_ERROR_FORMAT, error);
}

static gboolean
parse_part (PisdLessonCondition *self,
            const char *text,
            const PisdLessonSubject *subject,
            GError **error)
{
  g_auto (GStrv) words = pisd_lesson_split_words (text);
  Part part = { 0 };

  if (!parse_words (&part, words, g_strv_length (words), subject, text, error)
      || (part.fact != NULL && !pisd_lesson_fact_exists (part.fact, subject)
          && !fail (part.fact, _ ("what is known of a run, or a setting"), PISD_ERROR_UNKNOWN,
                    error)))
    {
      part_clear (&part);
      return FALSE;
    }
  g_array_append_val (self->parts, part);
  return TRUE;
}

PisdLessonCondition *
pisd_lesson_condition_new (const char *text, const PisdLessonSubject *subject, GError **error)
{
  g_autoptr (PisdLessonCondition) self = g_new0 (PisdLessonCondition, 1);
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL && subject != NULL, NULL);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  parts = g_strsplit (text, " and ", -1);
  for (guint k = 0; parts[k] != NULL; k++)
    if (!parse_part (self, g_strstrip (parts[k]), subject, error))
      return NULL;
  if (self->parts->len == 0)
    {
      fail (text, "FACT < NUMBER, SETTING is CHOICE or did DEED", PISD_ERROR_FORMAT, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
pisd_lesson_condition_free (PisdLessonCondition *condition)
{
  if (condition == NULL)
    return;
  g_array_unref (condition->parts);
  g_free (condition);
}

static gboolean
compare (Relation relation, double x, double value)
{
  switch (relation)
    {
    case LESS:
      return x < value;
    case AT_MOST:
      return x <= value;
    case MORE:
      return x > value;
    case AT_LEAST:
      return x >= value;
    case IS:
      return x == value;
    default:
      return !isnan (x) && x != value;
    }
}

static gboolean
part_holds (const Part *part, const PisdLessonFacts *facts)
{
  return part->relation == DID
             ? (facts->deeds & 1u << (guint) part->value) != 0
             : compare (part->relation, pisd_lesson_fact_get (part->fact, facts), part->value);
}

gboolean
pisd_lesson_condition_holds (const PisdLessonCondition *condition, const PisdLessonFacts *facts)
{
  g_return_val_if_fail (condition != NULL && facts != NULL, FALSE);

  for (guint k = 0; k < condition->parts->len; k++)
    if (!part_holds (&g_array_index (condition->parts, Part, k), facts))
      return FALSE;
  return TRUE;
}

static gboolean
has_part (const PisdLessonCondition *condition, gboolean (*is_such) (const char *name))
{
  for (guint k = 0; k < condition->parts->len; k++)
    {
      const Part *part = &g_array_index (condition->parts, Part, k);

      if (part->fact != NULL && is_such (part->fact))
        return TRUE;
    }
  return FALSE;
}

gboolean
pisd_lesson_condition_is_of_run (const PisdLessonCondition *condition)
{
  g_return_val_if_fail (condition != NULL, FALSE);

  return has_part (condition, pisd_lesson_fact_is_of_run);
}

gboolean
pisd_lesson_condition_is_of_exact (const PisdLessonCondition *condition)
{
  g_return_val_if_fail (condition != NULL, FALSE);

  return has_part (condition, pisd_lesson_fact_is_of_exact);
}
