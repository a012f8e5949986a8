#include "pisd-name.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pisd-truth.h"

void
pisd_name_init (PisdName *name, const PisdSettings *settings)
{
  *name = (PisdName){ .settings = settings, .n_steps = settings->steps, .n_samples = 1 };
}

void
pisd_name_init_result (PisdName *name, const PisdResult *result)
{
  *name = (PisdName){ .settings = &result->settings,
                      .n_steps = result->complete ? result->settings.steps : result->n_steps,
                      .n_samples = result->n_samples,
                      .is_branch = result->is_branch,
                      .branch_step = result->branch_step };
}

const char *
pisd_name_get_method (PisdGuidanceId guidance)
{
  const PisdMethod *method = pisd_method_get (guidance);

  return pisd_method_is_guided (method) ? _ (method->choice.title) : _ ("Unguided");
}

/* The pieces of a name. */

static void
append_steps (GString *text, const PisdName *name)
{
  const guint n_all = name->settings->steps;

  if (name->n_steps < n_all)
    g_string_append_printf (text, _ (", stopped at step %u of %u"), name->n_steps, n_all);
  else
    g_string_append_printf (text, ngettext (", %u step", ", %u steps", n_all), n_all);
}

static void
append_samples (GString *text, const PisdName *name)
{
  const guint n_all = name->settings->samples;

  if (n_all == 1)
    return;
  if (name->n_samples == n_all)
    g_string_append_printf (text, _ (", mean of %u"), n_all);
  else if (name->n_samples > 1)
    g_string_append_printf (text, _ (", mean of %u of %u"), name->n_samples, n_all);
  else
    g_string_append_printf (text, _ (", one of %u samples"), n_all);
}

/* Whether weights that the method has follow a course over the run. */
static gboolean
has_courses (const PisdSettings *settings)
{
  gboolean any = FALSE;

  for (guint t = 0; t < PISD_N_TERMS; t++)
    any |= settings->parameters.courses[t].n > 0;
  return any && (pisd_method_get (settings->guidance)->uses & PISD_USES_WEIGHTS) != 0;
}

char *
pisd_name_dup (const PisdName *name)
{
  g_autofree char *seed = NULL;
  GString *text;

  if (name->settings == NULL)
    return g_strdup (_ ("Live: exact for these sensors"));
  if (pisd_method_get (name->settings->guidance)->knows_mean)
    return g_strdup (_ ("Exact posterior mean"));
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, name->settings->seed);
  text = g_string_new (pisd_name_get_method (name->settings->guidance));
  append_steps (text, name);
  if (name->is_branch)
    g_string_append_printf (text, _ (", branched at step %u"), name->branch_step);
  append_samples (text, name);
  g_string_append_printf (text, _ (", seed %s"), seed);
  if (has_courses (name->settings))
    g_string_append (text, _ (", weights with a course"));
  if (name->retuned)
    g_string_append (text, _ (", weights changed on the way"));
  return g_string_free (text, FALSE);
}

void
pisd_name_append_course (GString *text, const PisdCourse *course)
{
  for (guint64 i = 0; i < course->n; i++)
    g_string_append_printf (text, "%s%.3g", i == 0 ? " × " : " → ", course->factor[i]);
}

/* "0.5", "0.5 × 1 → 0.2" */
static void
append_weight (GString *text, const PisdGuidanceParameters *parameters, PisdTerm term)
{
  g_string_append_printf (text, "%.3g", parameters->zeta[term]);
  pisd_name_append_course (text, &parameters->courses[term]);
}

char *
pisd_name_dup_weights (const PisdScenario *scenario, const PisdGuidanceParameters *parameters)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  const PisdMethod *method = pisd_method_get (scenario->settings.guidance);
  GString *text;

  if ((method->uses & PISD_USES_WEIGHTS) == 0)
    return NULL;
  text = g_string_new (_ ("weights: "));
  for (guint k = 0; k < info->n_fields; k++)
    {
      g_autofree char *symbol = pisd_field_info_dup_symbol (&info->fields[k], PISD_FRAME_ANY);

      if (pisd_sensors_count (scenario->sensors, info->fields[k].id) == 0)
        continue;
      g_string_append_printf (text, "%s ", symbol);
      append_weight (text, parameters, PISD_TERM_OBS (k));
      g_string_append (text, ", ");
    }
  g_string_append (text, _ ("equation "));
  append_weight (text, parameters, PISD_TERM_PDE);
  return g_string_free (text, FALSE);
}

char *
pisd_name_dup_total (const PisdSensors *sensors)
{
  return g_strdup_printf (ngettext ("%u sensor", "%u sensors", sensors->n), sensors->n);
}

/* Frames of a field that have sensors, and the first of them. */
static guint
count_frames (const PisdSensors *sensors, const PisdFieldInfo *info, guint *first)
{
  gboolean has[PISD_MAX_FRAMES] = { FALSE };
  guint n = 0;

  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].field == info->id)
      has[pisd_field_info_find_frame (info, sensors->items[i].t)] = TRUE;
  for (guint frame = info->n_frames; frame-- > 0;)
    if (has[frame])
      {
        *first = frame;
        n++;
      }
  return n;
}

/* "w(0) 500", "w(t) 40 on 2 frames" */
static void
append_count (GString *text, const PisdSensors *sensors, const PisdFieldInfo *info)
{
  guint first = 0, n_frames = count_frames (sensors, info, &first);
  g_autofree char *symbol =
      pisd_field_info_dup_symbol (info, n_frames == 1 ? first : PISD_FRAME_ANY);

  g_string_append_printf (text, "%s\u00a0%u", symbol, pisd_sensors_count (sensors, info->id));
  if (n_frames > 1)
    g_string_append_printf (text, _ (" on %u frames"), n_frames);
}

char *
pisd_name_dup_counts (const PisdScenario *scenario)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < info->n_fields; k++)
    {
      g_string_append (text, k == 0 ? "" : ", ");
      append_count (text, scenario->sensors, &info->fields[k]);
    }
  return g_string_free (text, FALSE);
}

char *
pisd_name_dup_sensors (const PisdScenario *scenario)
{
  g_autofree char *total = pisd_name_dup_total (scenario->sensors);
  g_autofree char *counts = pisd_name_dup_counts (scenario);

  return g_strdup_printf ("%s (%s)", total, counts);
}

/* What has changed. */

/* Settings of a run, as it ended, beside those of today: equation and truth are told by
 * pisd_edit_diff(). */
static gboolean
is_set_otherwise (const PisdSettings *run,
                  const PisdGuidanceParameters *parameters,
                  const PisdSettings *now)
{
  PisdSettings then = *run;

  then.parameters = *parameters;
  then.problem = now->problem;
  memcpy (then.constants, now->constants, sizeof then.constants);
  then.family = now->family;
  then.instance_seed = now->instance_seed;
  return !pisd_edit_same_settings (&then, now);
}

/* What stands beside the settings, where the prior looks at it. */
static gboolean
has_other_model (const PisdScenario *run, const PisdScenario *now)
{
  const PisdPriorTraits *prior = pisd_method_get_prior (now->settings.prior);

  return (prior->is_learned && g_strcmp0 (run->weights_path, now->weights_path) != 0)
         || (prior->is_elsewhere && g_strcmp0 (run->socket_name, now->socket_name) != 0);
}

guint
pisd_name_find_changes (const PisdScenario *run,
                        const PisdGuidanceParameters *parameters,
                        const PisdScenario *now)
{
  guint changes = pisd_edit_diff (run, now) & PISD_CHANGE_DATA;

  if (!pisd_settings_same_source_prior (&run->settings, &now->settings)
      && pisd_truth_equal (run, now))
    changes &= ~(guint) PISD_CHANGE_INSTANCE;
  if (is_set_otherwise (&run->settings, parameters, &now->settings) || has_other_model (run, now))
    changes |= PISD_CHANGE_SETTINGS;
  return changes;
}

const char *
pisd_name_get_mark (guint changes)
{
  static const struct
  {
    PisdChange change;
    const char *mark;
  } rows[] = { { PISD_CHANGE_PROBLEM, N_ ("Equation changed") },
               { PISD_CHANGE_INSTANCE, N_ ("Truth changed") },
               { PISD_CHANGE_SENSORS, N_ ("Sensors changed") },
               { PISD_CHANGE_SETTINGS, N_ ("Settings changed") } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    if (changes & rows[k].change)
      return _ (rows[k].mark);
  return NULL;
}
