#include <glib/gi18n.h>
#include <math.h>

#include "pisd-lesson-lab.h"
#include "pisd-lesson-part.h"
#include "pisd-lesson-setup.h"
#include "pisd-lesson.h"
#include "pisd-number.h"

#define KEY_DOES "does"

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

/* Whether a line of that key belongs to a set-up of the lesson's stage. */
static gboolean
is_of_set_up (const Loader *loader, const char *key)
{
  const PisdStage stage = loader->lesson->stage;

  return stage == PISD_STAGE_FIELDS ? pisd_lesson_setup_has_key (key)
                                    : pisd_lab_setup_has_key (pisd_stage_get_lab (stage), key);
}

/* What a person does may be several things; all else is said once, in each language, and says
 * something. */
static gboolean
check_own (const PisdLessonPart *part, const PisdLessonLine *line, GError **error)
{
  if (line->value[0] == '\0')
    return pisd_lesson_part_fail (part, line->number, line->key, "", _ ("something behind the ="),
                                  error);
  if (g_str_equal (line->key, KEY_DOES)
      || pisd_lesson_part_find (part, line->key, line->language) == line)
    return TRUE;
  return pisd_lesson_part_fail (part, line->number, line->key, line->value,
                                _ ("each language once"), error);
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
        {
          if (!check_own (part, line, error))
            return FALSE;
          continue;
        }
      if (!has_set_up || line->language != NULL || !is_of_set_up (loader, line->key))
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

/* The step that was read last; NULL: none. */
static const PisdLessonStep *
get_last (const Loader *loader)
{
  const guint n = loader->lesson->n_steps;

  return n > 0 ? &loader->lesson->steps[n - 1] : NULL;
}

static gboolean
make_set_up (const Loader *loader, const PisdLessonPart *part, PisdLessonStep *step, GError **error)
{
  const PisdLessonStep *last = get_last (loader);
  const PisdStage stage = loader->lesson->stage;

  if (stage != PISD_STAGE_FIELDS)
    {
      step->scenario = pisd_scenario_new ();
      step->lab = pisd_lesson_lab_make (loader->set_up, pisd_stage_get_lab (stage), part->file,
                                        part->head, error);
      return step->lab != NULL;
    }
  step->scenario = step->is_same
                       ? pisd_scenario_dup (last->scenario)
                       : pisd_lesson_setup_make (loader->set_up, part->head, loader->input, error);
  return step->scenario != NULL;
}

/* Set-up and look, but not what is said; keys: those of the part that are no set-up. */
static gboolean
load_step (Loader *loader,
           const PisdLessonPart *part,
           const char *const *keys,
           PisdLessonStep *step,
           GError **error)
{
  const guint before = loader->set_up->len;

  if (!take_lines (loader, part, keys, TRUE, error))
    return FALSE;
  step->is_same = loader->set_up->len == before && get_last (loader) != NULL;
  if (!load_show (loader, part, &step->show, error))
    return FALSE;
  return make_set_up (loader, part, step, error) && load_picks (loader, part, step, error);
}

static PisdLessonSubject
get_subject (const Loader *loader)
{
  return (PisdLessonSubject){ loader->lesson->stage,
                              get_last (loader)->scenario->settings.problem };
}

/* A sentence of the step that was read last, or of the task. */
static PisdLessonPhrase *
load_phrase (const Loader *loader, const PisdLessonPart *part, const char *key, GError **error)
{
  const PisdLessonSubject subject = get_subject (loader);

  return pisd_lesson_part_load_phrase (part, key, &subject, loader->lesson->n_steps, error);
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

/* The name of the group says where the lesson is taken. */
static gboolean
load_set_up (Loader *loader, const PisdLessonPart *part, GError **error)
{
  const char *name = pisd_lesson_part_get_line (part, part->first - 1)->group;
  PisdStage *stage = &loader->lesson->stage;

  for (*stage = 0; !g_str_equal (pisd_stage_get_group (*stage), name);)
    (*stage)++;
  return take_lines (loader, part, NULL, TRUE, error);
}

static gboolean
load_next_step (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const field_keys[] = { "say", "look", "show", NULL };
  static const char *const lab_keys[] = { "say", NULL };
  PisdLesson *lesson = loader->lesson;
  const char *const *keys = lesson->stage == PISD_STAGE_FIELDS ? field_keys : lab_keys;
  PisdLessonStep *step = &lesson->steps[lesson->n_steps];

  if (lesson->n_steps == PISD_LESSON_MOST_STEPS)
    return pisd_lesson_part_fail (part, part->head, "[step]", "", _ ("at most 20 of them"), error);
  if (!load_step (loader, part, keys, step, error))
    {
      pisd_scenario_free (step->scenario);
      pisd_lab_setup_free (step->lab);
      return FALSE;
    }
  lesson->n_steps++;
  step->say = load_phrase (loader, part, "say", error);
  return step->say != NULL;
}

static gboolean
load_condition (Loader *loader, const PisdLessonPart *part, GError **error)
{
  const PisdLessonLine *line = pisd_lesson_part_find_best (part, "when", error);
  const PisdLessonSubject subject = get_subject (loader);

  if (line == NULL)
    return FALSE;
  loader->lesson->task.condition = pisd_lesson_condition_new (line->value, &subject, error);
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
  task->ask = load_phrase (loader, part, "ask", error);
  if (task->ask == NULL)
    return FALSE;
  task->done = load_phrase (loader, part, "done", error);
  return task->done != NULL;
}

static gboolean
load_deeds (const Loader *loader, const PisdLessonPart *part, GError **error)
{
  for (guint k = part->first; k < part->end; k++)
    {
      const PisdLessonLine *line = pisd_lesson_part_get_line (part, k);
      PisdDeed deed;

      if (!g_str_equal (line->key, KEY_DOES))
        continue;
      if (!pisd_deed_find (line->value, &deed)
          || !pisd_stage_has_deed (loader->lesson->stage, deed))
        return pisd_lesson_part_fail (part, line->number, KEY_DOES, line->value,
                                      _ ("what a person can do, such as run or branch"), error);
      loader->lesson->task.deeds |= 1u << deed;
    }
  return TRUE;
}

static gboolean
load_answer (Loader *loader, const PisdLessonPart *part, GError **error)
{
  static const char *const field_keys[] = { KEY_DOES, "look", "show", NULL };
  static const char *const lab_keys[] = { KEY_DOES, NULL };
  const char *const *keys = loader->lesson->stage == PISD_STAGE_FIELDS ? field_keys : lab_keys;
  PisdLessonTask *task = &loader->lesson->task;

  if (task->condition == NULL)
    return pisd_lesson_part_fail (part, part->head, "[answer]", "", _ ("a [try] before it"), error);
  return load_step (loader, part, keys, &task->answer, error) && load_deeds (loader, part, error);
}

/* In the order in which they stand; `place` is equal where one of several may stand there. */
static const struct
{
  const char *name;
  guint place;
  gboolean is_once;
  gboolean (*load) (Loader *loader, const PisdLessonPart *part, GError **error);
} groups[] = {
  { "lesson", 0, TRUE, load_lesson },    { "setup", 1, TRUE, load_set_up },
  { "diffusion", 1, TRUE, load_set_up }, { "training", 1, TRUE, load_set_up },
  { "step", 2, FALSE, load_next_step },  { "try", 3, TRUE, load_task },
  { "answer", 4, TRUE, load_answer },
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
  guint group, place;

  if (!find_group (name, &group))
    return pisd_lesson_part_fail (
        part, part->head, _ ("a group"), name,
        "[lesson], [setup] or [diffusion] or [training], [step], [try], [answer]", error);
  place = groups[group].place;
  if (k == 0 ? place != 0 : place < *before || (place == *before && groups[group].is_once))
    return pisd_lesson_part_fail (
        part, part->head, _ ("a group"), name,
        _ ("[lesson], [setup], [step] ..., [try], [answer] in that order"), error);
  *before = place;
  return pisd_input_check (loader->input, error) && groups[group].load (loader, part, error);
}

/* Figures that are said when the task is done are of the answer's run. */
static gboolean
check_done (const Loader *loader, const PisdLessonPart *whole, GError **error)
{
  const PisdLessonTask *task = &loader->lesson->task;

  if (task->done == NULL || task->answer.scenario != NULL)
    return TRUE;
  for (guint k = 0; k < pisd_lesson_phrase_get_n_figures (task->done); k++)
    {
      const PisdLessonFigure *figure = pisd_lesson_phrase_get_figure (task->done, k);

      if (figure->step == 0)
        return pisd_lesson_part_fail (whole, 0, "done", figure->fact,
                                      _ ("[answer], whose run the figure is of"), error);
    }
  return TRUE;
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
  if (loader->lesson->n_steps == 0)
    return pisd_lesson_part_fail (&whole, 0, _ ("a lesson"), "",
                                  _ ("[lesson] and at least one [step]"), error);
  return check_done (loader, &whole, error);
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
