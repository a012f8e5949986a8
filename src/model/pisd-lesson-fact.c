#include "pisd-lesson-fact.h"

#include <math.h>
#include <string.h>

#define PER_CENT 100.0

static const char *const deed_names[PISD_N_DEEDS] = {
  [PISD_DEED_RUN] = "run",       [PISD_DEED_SCRUB] = "scrub",     [PISD_DEED_SENSOR] = "sensor",
  [PISD_DEED_BRANCH] = "branch", [PISD_DEED_COMPARE] = "compare", [PISD_DEED_INSPECT] = "inspect",
  [PISD_DEED_SWEEP] = "sweep",
};

const char *
pisd_deed_get_name (PisdDeed deed)
{
  g_return_val_if_fail (deed < PISD_N_DEEDS, NULL);

  return deed_names[deed];
}

gboolean
pisd_deed_find (const char *name, PisdDeed *deed)
{
  for (*deed = 0; *deed < PISD_N_DEEDS; (*deed)++)
    if (g_str_equal (deed_names[*deed], name))
      return TRUE;
  return FALSE;
}

static const char *const stage_groups[PISD_N_STAGES] = {
  [PISD_STAGE_FIELDS] = "setup",
  [PISD_STAGE_DIFFUSION] = "diffusion",
  [PISD_STAGE_TRAINING] = "training",
};

const char *
pisd_stage_get_group (PisdStage stage)
{
  g_return_val_if_fail (stage < PISD_N_STAGES, NULL);

  return stage_groups[stage];
}

PisdLab
pisd_stage_get_lab (PisdStage stage)
{
  return stage == PISD_STAGE_TRAINING ? PISD_LAB_TRAINING : PISD_LAB_DIFFUSION;
}

gboolean
pisd_stage_has_deed (PisdStage stage, PisdDeed deed)
{
  return stage == PISD_STAGE_FIELDS || deed == PISD_DEED_RUN;
}

/* What a fact is known from. */
typedef enum
{
  FROM_SCENARIO,
  FROM_RESULT,
  FROM_FRAME,
  FROM_EXACT
} Source;

/* `index`: of the field or term that the name speaks of. */
typedef double (*Get) (const PisdLessonFacts *facts, guint index);

typedef struct
{
  const char *name; /* or what it begins with, where it speaks of one of many */
  Source source;
  Get get;
} Fact;

static double
get_error (const PisdLessonFacts *facts, guint field)
{
  return PER_CENT * facts->result->errors[field];
}

static double
get_exact (const PisdLessonFacts *facts, guint field)
{
  return PER_CENT * facts->exact->errors[field];
}

static double
get_ratio (const PisdLessonFacts *facts, guint field)
{
  return facts->result == NULL ? NAN : facts->result->errors[field] / facts->exact->errors[field];
}

static double
get_calibration (const PisdLessonFacts *facts, guint field)
{
  if (facts->scenario->instance == NULL || !pisd_result_has_spread (facts->result))
    return NAN;
  return pisd_result_get_calibration (facts->result, field, facts->scenario->instance);
}

static double
get_shown_error (const PisdLessonFacts *facts, guint field)
{
  return PER_CENT * facts->frame->errors[field];
}

/* Root mean square of the truth's last frame. */
static double
get_size (const PisdLessonFacts *facts, guint field)
{
  const PisdInstance *truth = facts->scenario->instance;
  PisdField frame;
  double sum = 0;

  if (truth == NULL)
    return NAN;
  frame = pisd_field_get_last_frame (pisd_instance_get_fields (truth)[field]);
  for (gsize i = 0; i < pisd_field_get_n (&frame); i++)
    sum += frame.data[i] * frame.data[i];
  return sqrt (sum / pisd_field_get_n (&frame));
}

static double
count_sensors (const PisdLessonFacts *facts, guint field)
{
  const PisdSensors *sensors = facts->scenario->sensors;
  const PisdOperator *row = pisd_operator_get (facts->scenario->settings.problem);
  guint n = 0;

  for (guint s = 0; s < sensors->n; s++)
    n += sensors->items[s].field == row->fields[field].id;
  return n;
}

static double
count_all_sensors (const PisdLessonFacts *facts, guint index)
{
  return facts->scenario->sensors->n;
}

static double
get_residual (const PisdLessonFacts *facts, guint index)
{
  return PER_CENT * facts->result->residual_spectral;
}

static double
get_truth_residual (const PisdLessonFacts *facts, guint index)
{
  return PER_CENT * facts->result->truth_residual_spectral;
}

static double
get_evaluations (const PisdLessonFacts *facts, guint index)
{
  return facts->result->n_evaluations;
}

static double
get_sigma (const PisdLessonFacts *facts, guint index)
{
  return facts->frame->sigma;
}

static double
get_shown (const PisdLessonFacts *facts, guint index)
{
  return PER_CENT * facts->frame->step / MAX (1, facts->frame->n_steps);
}

static double
get_share (const PisdLessonFacts *facts, guint term)
{
  return PER_CENT * facts->frame->shares[term];
}

static const Fact field_facts[] = {
  { "error-", FROM_RESULT, get_error },
  { "exact-", FROM_EXACT, get_exact },
  { "ratio-", FROM_EXACT, get_ratio },
  { "calibration-", FROM_RESULT, get_calibration },
  { "shown-error-", FROM_FRAME, get_shown_error },
  { "sensors-", FROM_SCENARIO, count_sensors },
  { "size-", FROM_SCENARIO, get_size },
};

static const Fact whole_facts[] = {
  { "sensors", FROM_SCENARIO, count_all_sensors },
  { "residual", FROM_RESULT, get_residual },
  { "truth-residual", FROM_RESULT, get_truth_residual },
  { "evaluations", FROM_RESULT, get_evaluations },
  { "sigma", FROM_FRAME, get_sigma },
  { "shown", FROM_FRAME, get_shown },
};

static const Fact share_fact = { "share-", FROM_FRAME, get_share };

/* -1: the equation has none of that name. */
static int
find_term (PisdProblemId problem, const char *name)
{
  for (PisdTerm term = 0; term < PISD_N_TERMS; term++)
    if (g_strcmp0 (pisd_term_get_name (problem, term), name) == 0)
      return term;
  return -1;
}

/* NULL: the equation has no such fact. */
static const Fact *
find (const char *name, PisdProblemId problem, guint *index)
{
  int found;

  *index = 0;
  for (guint k = 0; k < G_N_ELEMENTS (whole_facts); k++)
    if (g_str_equal (whole_facts[k].name, name))
      return &whole_facts[k];
  for (guint k = 0; k < G_N_ELEMENTS (field_facts); k++)
    if (g_str_has_prefix (name, field_facts[k].name))
      {
        found = pisd_operator_find_field (pisd_operator_get (problem),
                                          name + strlen (field_facts[k].name));
        *index = MAX (0, found);
        return found >= 0 ? &field_facts[k] : NULL;
      }
  if (!g_str_has_prefix (name, share_fact.name))
    return NULL;
  found = find_term (problem, name + strlen (share_fact.name));
  *index = MAX (0, found);
  return found >= 0 ? &share_fact : NULL;
}

static const PisdSettingInfo *
find_setting (const char *name)
{
  const PisdSettingInfo *info = pisd_settings_find (name);

  return info != NULL && info->type != PISD_SETTING_COURSE ? info : NULL;
}

static double
get_setting (const PisdSettings *settings, const PisdSettingInfo *info)
{
  switch (info->type)
    {
    case PISD_SETTING_DOUBLE:
      return G_STRUCT_MEMBER (double, settings, info->offset);
    case PISD_SETTING_UINT:
      return G_STRUCT_MEMBER (guint, settings, info->offset);
    case PISD_SETTING_SEED:
      return G_STRUCT_MEMBER (guint64, settings, info->offset);
    case PISD_SETTING_CHOICE:
      return G_STRUCT_MEMBER (int, settings, info->offset);
    default:
      return NAN;
    }
}

gboolean
pisd_lesson_fact_exists (const char *name, const PisdLessonSubject *subject)
{
  PisdLab lab;
  guint index;

  g_return_val_if_fail (name != NULL && subject != NULL, FALSE);

  lab = pisd_stage_get_lab (subject->stage);
  if (subject->stage != PISD_STAGE_FIELDS)
    return pisd_lab_result_exists (lab, name) || pisd_lab_setup_has_key (lab, name);
  return find (name, subject->problem, &index) != NULL || find_setting (name) != NULL;
}

static gboolean
has_source (const char *name, guint sources)
{
  guint index;

  for (PisdProblemId problem = 0; problem < pisd_operator_get_n (); problem++)
    {
      const Fact *fact = find (name, problem, &index);

      if (fact != NULL)
        return (sources & 1u << fact->source) != 0;
    }
  return FALSE;
}

gboolean
pisd_lesson_fact_is_of_run (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (PisdLab lab = 0; lab < PISD_N_LABS; lab++)
    if (pisd_lab_result_exists (lab, name))
      return TRUE;
  return has_source (name, 1u << FROM_RESULT | 1u << FROM_FRAME | 1u << FROM_EXACT);
}

gboolean
pisd_lesson_fact_is_of_exact (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return has_source (name, 1u << FROM_EXACT);
}

static gboolean
is_known (const Fact *fact, const PisdLessonFacts *facts)
{
  switch (fact->source)
    {
    case FROM_RESULT:
      return facts->result != NULL;
    case FROM_FRAME:
      return facts->frame != NULL;
    case FROM_EXACT:
      return facts->exact != NULL;
    default:
      return TRUE;
    }
}

static double
get_of_lab (const char *name, const PisdLessonFacts *facts)
{
  if (!pisd_lab_result_exists (facts->lab->lab, name))
    return pisd_lab_setup_get (facts->lab, name);
  return facts->lab_result != NULL ? pisd_lab_result_get (facts->lab_result, name) : NAN;
}

double
pisd_lesson_fact_get (const char *name, const PisdLessonFacts *facts)
{
  const PisdSettingInfo *info;
  const Fact *fact;
  guint index;

  g_return_val_if_fail (name != NULL && facts != NULL, NAN);

  if (facts->lab != NULL)
    return get_of_lab (name, facts);
  fact = find (name, facts->scenario->settings.problem, &index);
  if (fact != NULL)
    return is_known (fact, facts) ? fact->get (facts, index) : NAN;
  info = find_setting (name);
  return info != NULL ? get_setting (&facts->scenario->settings, info) : NAN;
}
