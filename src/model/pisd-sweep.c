#include "pisd-sweep-private.h"

#include <math.h>

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-fit.h"

PisdSweep *
pisd_sweep_new (const PisdScenario *base)
{
  PisdSweep *sweep = g_new0 (PisdSweep, 1);

  sweep->base = pisd_scenario_dup (base);
  return sweep;
}

PisdSweep *
pisd_sweep_dup (const PisdSweep *sweep)
{
  PisdSweep *copy = pisd_sweep_new (sweep->base);

  copy->n_axes = sweep->n_axes;
  for (guint a = 0; a < sweep->n_axes; a++)
    {
      copy->axes[a] = sweep->axes[a];
      copy->axes[a].key = g_strdup (sweep->axes[a].key);
      copy->axes[a].values = g_strdupv (sweep->axes[a].values);
    }
  return copy;
}

void
pisd_sweep_free (PisdSweep *sweep)
{
  if (sweep == NULL)
    return;
  for (guint a = 0; a < sweep->n_axes; a++)
    pisd_sweep_axis_clear (&sweep->axes[a]);
  pisd_scenario_free (sweep->base);
  g_free (sweep);
}

guint
pisd_sweep_get_n_rows (const PisdSweep *sweep)
{
  return sweep->n_axes > 0 ? sweep->axes[0].n : 1;
}

guint
pisd_sweep_get_n_columns (const PisdSweep *sweep)
{
  return sweep->n_axes > 1 ? sweep->axes[1].n : 1;
}

guint
pisd_sweep_get_n_cells (const PisdSweep *sweep)
{
  return pisd_sweep_get_n_rows (sweep) * pisd_sweep_get_n_columns (sweep);
}

const char *
pisd_sweep_get_value (const PisdSweep *sweep, guint axis, guint cell)
{
  const guint n_columns = pisd_sweep_get_n_columns (sweep);

  g_return_val_if_fail (cell < pisd_sweep_get_n_cells (sweep), NULL);

  if (axis >= sweep->n_axes)
    return NULL;
  return sweep->axes[axis].values[axis == 0 ? cell / n_columns : cell % n_columns];
}

char *
pisd_sweep_dup_title (const PisdSweep *sweep, guint cell)
{
  GString *title = g_string_new (NULL);

  for (guint a = 0; a < sweep->n_axes; a++)
    g_string_append_printf (title, "%s%s %s", a > 0 ? ", " : "", sweep->axes[a].key,
                            pisd_sweep_get_value (sweep, a, cell));
  return g_string_free (title, FALSE);
}

/* One cell's scenario, axis by axis. */

/* Value of the axis with that key in a cell; NULL: there is none. */
static const char *
find_value (const PisdSweep *sweep, guint cell, const char *key)
{
  for (guint a = 0; a < sweep->n_axes; a++)
    if (g_str_equal (sweep->axes[a].key, key))
      return pisd_sweep_get_value (sweep, a, cell);
  return NULL;
}

/* A frame with sensors, or the first one where there are none. */
static gboolean
has_sensors (const PisdScenario *base, guint field, guint frame)
{
  const PisdFieldInfo *info = &pisd_operator_get (base->settings.problem)->fields[field];

  if (base->sensors->n == 0)
    return field == 0 && frame == 0;
  return pisd_sensors_count_on (base->sensors, info, frame) > 0;
}

static gboolean
place (PisdScenario *scenario,
       PisdLayout layout,
       const PisdFieldInfo *info,
       guint frame,
       guint n,
       double sd,
       GError **error)
{
  const guint side = MAX (1, (guint) lround (sqrt (n)));

  switch (layout)
    {
    case PISD_LAYOUT_GRID:
      return pisd_edit_place_grid (scenario, info->id, frame, side, side, sd, error);
    case PISD_LAYOUT_RING:
      return pisd_edit_place_ring (scenario, info->id, frame, n, sd, error);
    case PISD_LAYOUT_RANDOM:
    default:
      return pisd_edit_scatter (scenario, info->id, frame, n, sd, scenario->settings.instance_seed,
                                error);
    }
}

/* On every frame that has some, as many as the cell says, where it says. */
static gboolean
place_all (const PisdSweep *sweep, guint cell, PisdScenario *scenario, GError **error)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  const char *count = find_value (sweep, cell, PISD_SWEEP_SENSORS),
             *where = find_value (sweep, cell, PISD_SWEEP_LAYOUT);
  const PisdLayout layout =
      where != NULL ? (PisdLayout) pisd_layout_find (where) : PISD_LAYOUT_RANDOM;

  if (count == NULL && where == NULL)
    return TRUE;
  for (guint f = 0; f < row->n_fields; f++)
    for (guint k = 0; k < row->fields[f].n_frames; k++)
      {
        const PisdFieldInfo *info = &row->fields[f];
        guint64 n = pisd_sensors_count_on (sweep->base->sensors, info, k);

        if (!has_sensors (sweep->base, f, k))
          continue;
        if (count != NULL)
          g_ascii_string_to_unsigned (count, 10, 0, G_MAXUINT, &n, NULL);
        if (n > 0
            && !place (scenario, layout, info, k, n,
                       pisd_sensors_find_noise (sweep->base->sensors, info, k), error))
          return FALSE;
      }
  return TRUE;
}

/* Other equations and truths: the sensors read those. */
static gboolean
set_truth (const PisdSettings *wanted, PisdScenario *scenario, GError **error)
{
  const PisdSettings *now = &scenario->settings;

  if (!pisd_settings_same_equation (now, wanted))
    {
      const PisdEquation equation = pisd_settings_get_equation (wanted);

      if (!pisd_edit_set_equation (scenario, &equation, error))
        return FALSE;
    }
  if (now->family == wanted->family && now->instance_seed == wanted->instance_seed
      && pisd_law_equal (pisd_settings_get_instance_law (now),
                         pisd_settings_get_instance_law (wanted)))
    return TRUE;
  scenario->settings.instance_law = wanted->instance_law;
  scenario->settings.instance_flow_law = wanted->instance_flow_law;
  return pisd_edit_set_random_instance (scenario, wanted->family, wanted->instance_seed, error);
}

/* All axes that are settings. */
static gboolean
set_values (const PisdSweep *sweep, guint cell, PisdSettings *settings, GError **error)
{
  for (guint a = 0; a < sweep->n_axes; a++)
    if (pisd_settings_find (sweep->axes[a].key) != NULL
        && !pisd_settings_set (settings, sweep->axes[a].key, pisd_sweep_get_value (sweep, a, cell),
                               error))
      return FALSE;
  return TRUE;
}

static gboolean
is_axis (const char *key, gconstpointer sweep)
{
  return pisd_sweep_has_axis (sweep, key);
}

/* A method comes with its preset; otherwise what was at the preset follows. */
static gboolean
set_method (const PisdSweep *sweep, guint cell, PisdScenario *scenario, GError **error)
{
  if (!set_values (sweep, cell, &scenario->settings, error))
    return FALSE;
  if (scenario->settings.guidance != sweep->base->settings.guidance)
    pisd_edit_get_preset (scenario, &scenario->settings);
  else
    pisd_edit_follow_preset (sweep->base, scenario);
  return set_values (sweep, cell, &scenario->settings, error)
         && pisd_fit (&scenario->settings, scenario->weights_path, is_axis, sweep, NULL, error);
}

PisdScenario *
pisd_sweep_make_scenario (const PisdSweep *sweep, guint cell, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (sweep->base);
  PisdSettings wanted = sweep->base->settings;

  g_return_val_if_fail (cell < pisd_sweep_get_n_cells (sweep), NULL);

  if (!set_values (sweep, cell, &wanted, error) || !set_truth (&wanted, scenario, error)
      || !place_all (sweep, cell, scenario, error) || !set_method (sweep, cell, scenario, error))
    return NULL;
  return g_steal_pointer (&scenario);
}
