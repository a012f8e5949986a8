#include "pisd-placing.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-edit-sensors.h"
#include "pisd-scatter.h"

/* Random places of a curve are others than those of the scenario's own sensors. */
#define OTHER_SEED 1000003

static const PisdFieldInfo *
get_info (const PisdScenario *scenario, const PisdQuestion *question)
{
  return &pisd_operator_get (scenario->settings.problem)->fields[question->field];
}

void
pisd_placing_choose_question (const PisdScenario *scenario, PisdQuestion *question)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  const gboolean is_linear = row->linear != NULL;
  guint most = 0;

  *question = (PisdQuestion){ .target = is_linear ? PISD_AIM_ALL : 0 };
  for (guint f = 0; is_linear && f < row->n_fields; f++)
    {
      const guint n = pisd_sensors_count (scenario->sensors, row->fields[f].id);

      if (n > most)
        {
          most = n;
          question->field = f;
        }
    }
  question->sd =
      pisd_sensors_find_noise (scenario->sensors, get_info (scenario, question), PISD_FRAME_ANY);
}

const char *
pisd_placing_get_reason (const PisdScenario *scenario, const PisdQuestion *question)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);

  if (row->linear != NULL)
    return NULL;
  if (question->field != 0 || question->target != 0)
    return _ ("Of a flow it is known of sensors on its beginning, and of what these say of it");
  return NULL;
}

/* By the Gaussian prior, whatever the run has; the scales stay while sensors move. */
static gboolean
represent (PisdPlacingState *state, const PisdScenario *scenario, GError **error)
{
  PisdSettings settings = scenario->settings;

  pisd_settings_make_gaussian (&settings);
  if (state->representation != NULL && pisd_settings_same_latent (&settings, &state->represented))
    return TRUE;
  g_clear_pointer (&state->conditioning, pisd_conditioning_free);
  g_clear_pointer (&state->representation, pisd_representation_free);
  state->representation = pisd_representation_new (&settings, error);
  state->represented = settings;
  return state->representation != NULL;
}

/* Of a flow near the mode of its readings; `linearisation` is NULL else. */
static gboolean
linearise (PisdPlacingState *state,
           const PisdScenario *scenario,
           guint n_threads,
           PisdCancel *cancel,
           PisdLinearisation **linearisation,
           GError **error)
{
  g_autoptr (PisdConditioning) before = g_steal_pointer (&state->conditioning);

  *linearisation = NULL;
  if (pisd_representation_is_linear (state->representation))
    return TRUE;
  if (before != NULL && pisd_conditioning_fits (before, state->representation, scenario->sensors))
    state->conditioning = g_steal_pointer (&before);
  else
    state->conditioning = pisd_conditioning_new (before, state->representation, scenario->sensors,
                                                 PISD_FACTORS_MEAN, n_threads, cancel, error);
  if (state->conditioning == NULL)
    return FALSE;
  *linearisation = pisd_conditioning_get_factors (state->conditioning)->linearisation;
  return TRUE;
}

gboolean
pisd_placing_make (PisdPlacingState *state,
                   const PisdScenario *scenario,
                   const PisdQuestion *question,
                   guint n_threads,
                   PisdCancel *cancel,
                   GError **error)
{
  g_autoptr (PisdInformation) before = g_steal_pointer (&state->information);
  PisdLinearisation *linearisation;

  if (!represent (state, scenario, error)
      || !linearise (state, scenario, n_threads, cancel, &linearisation, error))
    return FALSE;
  state->information =
      pisd_information_new (before, question, state->representation, scenario->sensors,
                            linearisation, n_threads, cancel, error);
  return state->information != NULL;
}

void
pisd_placing_state_clear (PisdPlacingState *state)
{
  pisd_information_free (state->information);
  pisd_conditioning_free (state->conditioning);
  pisd_representation_free (state->representation);
  *state = (PisdPlacingState){ 0 };
}

guint
pisd_placing_find_best (PisdInformation *information,
                        guint n,
                        PisdCancel *cancel,
                        guint *nodes,
                        double *left)
{
  guint k;

  for (k = 0; k < n && !pisd_cancel_look (cancel); k++)
    {
      const int best = pisd_information_find_best (information);

      if (best < 0)
        break;
      nodes[k] = best;
      pisd_information_add (information, best);
      if (left != NULL)
        left[k] = pisd_information_get_left (information);
    }
  return k;
}

/* The node of a sensor that is on one. */
static guint
find_node (const PisdFieldInfo *info, const PisdSensor *sensor)
{
  guint i = 0, j = 0;

  pisd_field_info_find_node (info, sensor->y, &i);
  pisd_field_info_find_node (info, sensor->x, &j);
  return i * PISD_GRID + j;
}

static void
fill_random (PisdInformation *information,
             const PisdScenario *scenario,
             const PisdQuestion *question,
             guint n,
             PisdCancel *cancel,
             double *left)
{
  const PisdFieldInfo *info = get_info (scenario, question);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  pisd_sensors_scatter_on (sensors, NULL, info, 0, n, question->sd,
                           scenario->settings.instance_seed + OTHER_SEED);
  for (guint k = 0; k < sensors->n && !pisd_cancel_look (cancel); k++)
    {
      pisd_information_add (information, find_node (info, &sensors->items[k]));
      left[k] = pisd_information_get_left (information);
    }
}

/* What a square grid leaves; NaN where it cannot be placed. */
static double
get_left_by_grid (const PisdInformation *information,
                  const PisdScenario *scenario,
                  const PisdQuestion *question,
                  guint side,
                  PisdCancel *cancel)
{
  const PisdFieldInfo *info = get_info (scenario, question);
  g_autoptr (PisdInformation) own = pisd_information_dup (information);
  g_autoptr (PisdScenario) placed = pisd_scenario_dup (scenario);

  pisd_sensors_clear (placed->sensors);
  if (!pisd_edit_place_grid (placed, info->id, 0, side, side, question->sd, NULL))
    return NAN;
  for (guint k = 0; k < placed->sensors->n; k++)
    {
      if (pisd_cancel_look (cancel))
        return NAN;
      pisd_information_add (own, find_node (info, &placed->sensors->items[k]));
    }
  return pisd_information_get_left (own);
}

/* Squares of even numbers, which are enough to see a curve by. */
static void
fill_grid (const PisdInformation *information,
           const PisdScenario *scenario,
           const PisdQuestion *question,
           guint n,
           PisdCancel *cancel,
           double *left)
{
  for (guint side = 2; side * side <= n && !pisd_cancel_look (cancel); side += 2)
    left[side * side - 1] = get_left_by_grid (information, scenario, question, side, cancel);
}

void
pisd_placing_fill_curve (const PisdInformation *information,
                         const PisdScenario *scenario,
                         const PisdQuestion *question,
                         PisdPlacing placing,
                         guint n,
                         PisdCancel *cancel,
                         double *left)
{
  g_autoptr (PisdInformation) own = pisd_information_dup (information);
  g_autofree guint *nodes = g_new (guint, n);

  for (guint k = 0; k < n; k++)
    left[k] = NAN;
  switch (placing)
    {
    case PISD_PLACING_BEST:
      pisd_placing_find_best (own, n, cancel, nodes, left);
      break;
    case PISD_PLACING_RANDOM:
      fill_random (own, scenario, question, n, cancel, left);
      break;
    case PISD_PLACING_GRID:
    default:
      fill_grid (information, scenario, question, n, cancel, left);
      break;
    }
}

gboolean
pisd_placing_apply (PisdScenario *scenario,
                    const PisdQuestion *question,
                    const guint *nodes,
                    guint n,
                    GError **error)
{
  const PisdFieldInfo *info = get_info (scenario, question);
  g_autoptr (PisdSensors) before = pisd_sensors_dup (scenario->sensors);

  for (guint k = 0; k < n; k++)
    if (!pisd_edit_paint (scenario, info->id, 0, (int) (nodes[k] / PISD_GRID),
                          (int) (nodes[k] % PISD_GRID), 0, question->sd, error))
      {
        pisd_sensors_free (scenario->sensors);
        scenario->sensors = g_steal_pointer (&before);
        return FALSE;
      }
  return TRUE;
}
