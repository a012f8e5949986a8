#include "pisd-edit-truth.h"

#include <math.h>

#include "pisd-edit.h"
#include "pisd-fit.h"
#include "pisd-measure.h"
#include "pisd-prior-choice.h"
#include "pisd-scenario-weights.h"
#include "pisd-truth.h"

/* Readings agree with a truth to rounding, of the largest, and to so many standard deviations of
 * their noise. */
#define ROUNDING 1e-5
#define MOST_DEVIATIONS 6

/* What goes with the truth: the prior and the readings. */
static void
follow (const PisdScenario *before, PisdScenario *scenario)
{
  pisd_prior_follow_family (before, scenario);
  pisd_prior_follow_mean (before, scenario);
  if (scenario->instance != NULL)
    pisd_sensors_measure (scenario->sensors, scenario->instance, scenario->settings.instance_seed);
}

static void
drop_foreign_sensors (PisdScenario *scenario)
{
  for (guint k = scenario->sensors->n; k > 0; k--)
    if (pisd_problem_find_field (scenario->settings.problem, scenario->sensors->items[k - 1].field)
        == NULL)
      pisd_sensors_remove (scenario->sensors, k - 1);
}

/* A sensor on a node stays on it, wherever the other equation's node lies, and in a field that has
 * another number of frames it reads the frame of the field's own time.  TRUE if it is on a node,
 * and then which. */
static gboolean
carry_sensor (PisdSensor *sensor, const PisdFieldInfo *from, const PisdFieldInfo *to, guint *node)
{
  guint i, j;
  gboolean on_node = pisd_field_info_find_node (from, sensor->y, &i)
                     & pisd_field_info_find_node (from, sensor->x, &j);

  *node = i * PISD_GRID + j;
  if (from->n_frames != to->n_frames)
    sensor->t = to->times[pisd_field_info_find_frame (to, pisd_field_id_get_time (to->id))];
  if (from->basis != to->basis && on_node)
    {
      sensor->y = pisd_field_info_get_node (to, i);
      sensor->x = pisd_field_info_get_node (to, j);
    }
  return on_node;
}

/* Where frames become one, sensors at one node of several of them do too: the first of them
 * stays. */
static PisdSensors *
dup_carried (const PisdSensors *sensors, const PisdFieldInfo *from, const PisdFieldInfo *to)
{
  const gboolean merges = from->n_frames > to->n_frames;
  g_autofree gboolean *taken = g_new0 (gboolean, PISD_GRID * PISD_GRID);
  PisdSensors *carried = pisd_sensors_new ();

  for (guint k = 0; k < sensors->n; k++)
    {
      PisdSensor sensor = sensors->items[k];
      guint node;

      if (sensor.field == to->id && carry_sensor (&sensor, from, to, &node) && merges)
        {
          if (taken[node])
            continue;
          taken[node] = TRUE;
        }
      pisd_sensors_add (carried, &sensor);
    }
  return carried;
}

static void
carry_sensors (PisdScenario *scenario, PisdProblemId before)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);

  for (guint f = 0; f < row->n_fields; f++)
    {
      const PisdFieldInfo *to = &row->fields[f];
      const PisdFieldInfo *from = pisd_problem_find_field (before, to->id);
      PisdSensors *carried;

      if (from == NULL || (from->basis == to->basis && from->n_frames == to->n_frames))
        continue;
      carried = dup_carried (scenario->sensors, from, to);
      pisd_sensors_free (scenario->sensors);
      scenario->sensors = carried;
    }
}

static void
choose_families (PisdSettings *settings)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  const PisdFamily first = g_bit_nth_lsf (row->families, -1);

  if (!pisd_operator_has_family (row, settings->family))
    settings->family = first;
  if (!pisd_operator_has_family (row, settings->prior_family))
    settings->prior_family = first;
  pisd_settings_drop_laws (settings);
}

/* The equation is what was chosen. */
static gboolean
is_of_equation (const char *key, gconstpointer data)
{
  const PisdOperator *row = pisd_operator_get (((const PisdEquation *) data)->problem);
  gboolean is_constant = FALSE;

  for (guint c = 0; c < row->n_constants; c++)
    is_constant = is_constant || g_str_equal (row->constants[c].key, key);
  return is_constant || g_str_equal (key, "problem");
}

gboolean
pisd_edit_set_equation (PisdScenario *scenario, const PisdEquation *equation, GError **error)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);
  /* Weights of a file serve equations with the same latent. */
  const gboolean keeps = pisd_settings_share_latent (before->settings.problem, equation->problem,
                                                     before->settings.space);

  pisd_settings_set_equation (&scenario->settings, equation);
  choose_families (&scenario->settings);
  if (!pisd_fit_to (&scenario->settings, keeps ? scenario->weights_path : NULL, is_of_equation,
                    equation, NULL, error)
      || !pisd_truth_solve_again (scenario, before, error))
    {
      scenario->settings = before->settings;
      return FALSE;
    }
  if (!keeps)
    pisd_scenario_set_weights (scenario, NULL);
  drop_foreign_sensors (scenario);
  carry_sensors (scenario, before->settings.problem);
  follow (before, scenario);
  return TRUE;
}

GStrv
pisd_edit_get_moved (const PisdScenario *before, const PisdScenario *after)
{
  static const char *const keys[] = { "prior", "guidance", "space", "covariance", "sampler" };
  GPtrArray *moved = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    if (!pisd_edit_same_setting (pisd_settings_find (keys[k]), &before->settings, &after->settings))
      g_ptr_array_add (moved, g_strdup (keys[k]));
  g_ptr_array_add (moved, NULL);
  return (GStrv) g_ptr_array_free (moved, FALSE);
}

gboolean
pisd_edit_set_random_instance (PisdScenario *scenario,
                               PisdFamily family,
                               guint64 seed,
                               GError **error)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);

  scenario->settings.family = family;
  scenario->settings.instance_seed = seed;
  if (!pisd_truth_set_random (scenario, error))
    {
      scenario->settings = before->settings;
      return FALSE;
    }
  follow (before, scenario);
  return TRUE;
}

gboolean
pisd_edit_set_source (PisdScenario *scenario, const PisdField *source, GError **error)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);

  if (!pisd_truth_set_source (scenario, source, error))
    return FALSE;
  follow (before, scenario);
  return TRUE;
}

void
pisd_edit_set_truth (PisdScenario *scenario, PisdInstance *instance, const char *path)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);

  pisd_truth_set_instance (scenario, instance, path);
  follow (before, scenario);
}

void
pisd_edit_set_solved (PisdScenario *scenario, const PisdEquation *equation, PisdInstance *instance)
{
  pisd_settings_set_equation (&scenario->settings, equation);
  pisd_edit_set_truth (scenario, instance, NULL);
}

/* Where a file's last frame is a little away from the one that was solved, readings of it are too:
 * single ones by more than all of them on average. */
#define OTHER_SOLVER 0.01
#define SINGLE 10.0

static double
get_rounding (const PisdInstance *instance)
{
  double mismatch = pisd_instance_get_mismatch (instance);

  return mismatch < OTHER_SOLVER ? ROUNDING + SINGLE * mismatch : ROUNDING;
}

static gboolean
readings_agree (const PisdSensors *sensors, const PisdInstance *instance)
{
  g_autoptr (PisdSensors) exact = pisd_sensors_dup (sensors);
  PisdSensor *items = pisd_sensors_edit (exact);
  double largest = 0, rounding = get_rounding (instance);

  for (guint k = 0; k < exact->n; k++)
    items[k].sd = 0;
  pisd_sensors_measure (exact, instance, 0);
  for (guint k = 0; k < exact->n; k++)
    largest = MAX (largest, fabs (exact->items[k].value));
  for (guint k = 0; k < exact->n; k++)
    if (fabs (exact->items[k].value - sensors->items[k].value)
        > rounding * largest + MOST_DEVIATIONS * sensors->items[k].sd)
      return FALSE;
  return TRUE;
}

void
pisd_edit_set_sensors (PisdScenario *scenario, const PisdSensors *sensors)
{
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = pisd_sensors_dup (sensors);
  if (scenario->instance != NULL && !readings_agree (sensors, scenario->instance))
    pisd_truth_forget (scenario);
}
