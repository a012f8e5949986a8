#include <glib/gi18n.h>
#include <math.h>

#include "pisd-lesson-part.h"
#include "pisd-lesson-setup.h"
#include "pisd-lesson.h"
#include "pisd-number.h"

/* A lesson that is being read. */
typedef struct
{
  PisdInput *input;
  const char *const *languages;
  GPtrArray *lines;  /* all of the file */
  GPtrArray *set_up; /* those that make the set-up so far; borrowed */
  PisdLesson *lesson;
} Loader;

static gboolean
is_one_of (const PisdLessonLine *line, const char *const *keys)
{
  return keys != NULL && g_strv_contains (keys, line->key);
}

/* Lines that the part may have: its own keys, and what belongs to a set-up where it may have that,
 * which is added to the set-up so far. */
static gboolean
take_lines (Loader *loader,
            const PisdLessonPart *part,
            const char *const *keys,
            gboolean has_set_up,
            GError **error)
{
  g_autofree char *own = keys != NULL ? g_strjoinv (", ", (char **) keys) : g_strdup ("");
  g_autofree char *expected = has_set_up ? g_strdup_printf (_ ("%s%sa setting, sensors or truth"),
                                                            own, own[0] != '\0' ? ", " : "")
                                         : g_strdup (own);

  for (guint k = part->first; k < part->end; k++)
    {
      PisdLessonLine *line = g_ptr_array_index (loader->lines, k);

      if (is_one_of (line, keys))
        continue;
      if (!has_set_up || line->language != NULL || !pisd_lesson_setup_has_key (line->key))
        return pisd_lesson_fail (part->file, line->number, _ ("a key"), line->key, expected,
                                 PISD_ERROR_UNKNOWN, error);
      g_ptr_array_add (loader->set_up, line);
    }
  return TRUE;
}

static gboolean
load_show (const Loader *loader, const PisdLessonPart *part, double *show, GError **error)
{
  const PisdLessonLine *line = pisd_lesson_part_find (part, "show", NULL);

  *show = NAN;
  if (line == NULL)
    return TRUE;
  if (!pisd_number_parse (line->value, show) || *show < 0 || *show > 100)
    return pisd_lesson_part_fail (part, line->number, "show", line->value,
                                  _ ("0 to 100, in % of the run"), error);
  *show /= 100;
  return TRUE;
}

static gboolean
load_picks (const Loader *loader, const PisdLessonPart *part, PisdLessonStep *step, GError **error)
{
  const PisdLessonLine *line = pisd_lesson_part_find (part, "look", NULL);
  const PisdOperator *problem = pisd_operator_get (step->scenario->settings.problem);
  g_auto (GStrv) names = NULL;

  if (line == NULL)
    return TRUE;
  names = g_strsplit (line->value, ",", -1);
  for (guint k = 0; names[k] != NULL; k++)
    {
      if (k == PISD_LESSON_MOST_PICKS)
        return pisd_lesson_part_fail (part, line->number, "look", line->value,
                                      _ ("at most four quantities"), error);
      if (!pisd_pick_parse (g_strstrip (names[k]), problem, &step->picks[k], error))
        {
          pisd_lesson_prefix_error (part->file, line->number, error);
          return FALSE;
        }
      step->n_picks++;
    }
  return TRUE;
}

/* Set-up and look, but not what is said. */
static gboolean
load_step (const Loader *loader, const PisdLessonPart *part, PisdLessonStep *step, GError **error)
{
  if (!load_show (loader, part, &step->show, error))
    return FALSE;
  step->scenario = pisd_lesson_setup_make (loader->set_up, part->head, loader->input, error);
  return step->scenario != NULL && load_picks (loader, part, step, error);
}

static PisdProblemId
get_problem (const Loader *loader)
{
  return loader->lesson->steps[loader->lesson->n_steps - 1].scenario->settings.problem;
}

static gboolean
load_lesson (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const keys[] = { "title", NULL };
  const PisdLessonLine *title;

  if (!take_lines (loader, part, keys, FALSE, error))
    return FALSE;
  title = pisd_lesson_part_find_best (part, "title", error);
  loader->lesson->title = title != NULL ? g_strdup (title->value) : NULL;
  return title != NULL;
}

static gboolean
load_set_up (Loader *loader, const PisdLessonPart *part, GError **error)
{
  return take_lines (loader, part, NULL, TRUE, error);
}

static gboolean
load_next_step (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const keys[] = { "say", "look", "show", NULL };
  PisdLesson *lesson = loader->lesson;
  PisdLessonStep *step = &lesson->steps[lesson->n_steps];

  if (lesson->n_steps == PISD_LESSON_MOST_STEPS)
    return pisd_lesson_part_fail (part, part->head, "[step]", "", _ ("at most 20 of them"), error);
  lesson->n_steps++;
  if (!take_lines (loader, part, keys, TRUE, error) || !load_step (loader, part, step, error))
    return FALSE;
  step->say =
      pisd_lesson_part_load_phrase (part, "say", get_problem (loader), lesson->n_steps, error);
  return step->say != NULL;
}

static gboolean
load_condition (Loader *loader, const PisdLessonPart *part, GError **error)
{
  const PisdLessonLine *line = pisd_lesson_part_find_best (part, "when", error);

  if (line == NULL)
    return FALSE;
  loader->lesson->task.condition =
      pisd_lesson_condition_new (line->value, get_problem (loader), error);
  if (loader->lesson->task.condition == NULL)
    pisd_lesson_prefix_error (part->file, line->number, error);
  return loader->lesson->task.condition != NULL;
}

static gboolean
load_task (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const keys[] = { "ask", "when", "done", NULL };
  PisdLesson *lesson = loader->lesson;
  PisdLessonTask *task = &lesson->task;

  if (lesson->n_steps == 0)
    return pisd_lesson_part_fail (part, part->head, "[try]", "", _ ("a [step] before it"), error);
  if (!take_lines (loader, part, keys, FALSE, error) || !load_condition (loader, part, error))
    return FALSE;
  task->ask =
      pisd_lesson_part_load_phrase (part, "ask", get_problem (loader), lesson->n_steps, error);
  if (task->ask == NULL)
    return FALSE;
  task->done =
      pisd_lesson_part_load_phrase (part, "done", get_problem (loader), lesson->n_steps, error);
  return task->done != NULL;
}

static gboolean
load_deeds (const Loader *loader, const PisdLessonPart *part, GError **error)
{
  for (guint k = part->first; k < part->end; k++)
    {
      const PisdLessonLine *line = pisd_lesson_part_get_line (part, k);
      PisdDeed deed;

      if (!g_str_equal (line->key, "does"))
        continue;
      if (!pisd_deed_find (line->value, &deed))
        return pisd_lesson_part_fail (part, line->number, "does", line->value,
                                      _ ("what a person can do, such as run or branch"), error);
      loader->lesson->task.deeds |= 1u << deed;
    }
  return TRUE;
}

static gboolean
load_answer (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const keys[] = { "does", "look", "show", NULL };
  PisdLessonTask *task = &loader->lesson->task;

  if (task->condition == NULL)
    return pisd_lesson_part_fail (part, part->head, "[answer]", "", _ ("a [try] before it"), error);
  return take_lines (loader, part, keys, TRUE, error) && load_deeds (loader, part, error)
         && load_step (loader, part, &task->answer, error);
}

static const struct
{
  const char *name;
  gboolean is_once; /* and stands where the table has it */
  gboolean (*load) (Loader *loader, const PisdLessonPart *part, GError **error);
} groups[] = {
  { "lesson", TRUE, load_lesson },   { "setup", TRUE, load_set_up },
  { "step", FALSE, load_next_step }, { "try", TRUE, load_task },
  { "answer", TRUE, load_answer },
};

static gboolean
find_group (const char *name, guint *group)
{
  for (*group = 0; *group < G_N_ELEMENTS (groups); (*group)++)
    if (g_str_equal (groups[*group].name, name))
      return TRUE;
  return FALSE;
}

/* The group whose head is line k. */
static PisdLessonPart
get_part (const Loader *loader, guint k)
{
  const GPtrArray *lines = loader->lines;
  PisdLessonPart part = { .file = pisd_input_get_name (loader->input),
                          .languages = loader->languages,
                          .lines = lines,
                          .first = k + 1,
                          .end = k + 1 };

  if (k < lines->len)
    part.head = pisd_lesson_part_get_line (&part, k)->number;
  while (part.end < lines->len && pisd_lesson_part_get_line (&part, part.end)->key != NULL)
    part.end++;
  return part;
}

/* Groups come in the order of the table; `before`: the one that came last. */
static gboolean
load_part (Loader *loader, const PisdLessonPart *part, guint k, guint *before, GError **error)
{
  const char *name = pisd_lesson_part_get_line (part, k)->group;
  guint group;

  if (!find_group (name, &group))
    return pisd_lesson_part_fail (part, part->head, _ ("a group"), name,
                                  "[lesson], [setup], [step], [try], [answer]", error);
  if (k == 0 ? group != 0 : group < *before || (group == *before && groups[group].is_once))
    return pisd_lesson_part_fail (
        part, part->head, _ ("a group"), name,
        _ ("[lesson], [setup], [step] ..., [try], [answer] in that order"), error);
  *before = group;
  return pisd_input_check (loader->input, error) && groups[group].load (loader, part, error);
}

static gboolean
load (Loader *loader, GError **error)
{
  const PisdLessonPart whole = get_part (loader, 0);
  guint before = 0;

  for (guint k = 0; k < loader->lines->len;)
    {
      const PisdLessonPart part = get_part (loader, k);

      if (!load_part (loader, &part, k, &before, error))
        return FALSE;
      k = part.end;
    }
  return loader->lesson->n_steps > 0
         || pisd_lesson_part_fail (&whole, 0, _ ("a lesson"), "",
                                   _ ("[lesson] and at least one [step]"), error);
}

PisdLesson *
pisd_lesson_load (PisdInput *input, const char *const *languages, GError **error)
{
  g_autoptr (PisdLesson) lesson = g_new0 (PisdLesson, 1);
  g_autoptr (GPtrArray) set_up = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  Loader loader = { input, languages, NULL, set_up, lesson };

  g_return_val_if_fail (input != NULL && languages != NULL, NULL);

  lines = pisd_lesson_lines_read (input, error);
  if (lines == NULL)
    return NULL;
  loader.lines = lines;
  return load (&loader, error) ? g_steal_pointer (&lesson) : NULL;
}

char *
pisd_lesson_load_title (PisdInput *input, const char *const *languages, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  Loader loader = { input, languages, NULL, NULL, NULL };
  const PisdLessonLine *title;
  PisdLessonPart part;

  g_return_val_if_fail (input != NULL && languages != NULL, NULL);

  lines = pisd_lesson_lines_read (input, error);
  if (lines == NULL)
    return NULL;
  loader.lines = lines;
  part = get_part (&loader, 0);
  title = pisd_lesson_part_find_best (&part, "title", error);
  return title != NULL ? g_strdup (title->value) : NULL;
}
