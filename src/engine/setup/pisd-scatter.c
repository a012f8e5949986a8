#include "pisd-scatter.h"

#include "pisd-rng.h"

PisdSensor
pisd_sensor_at_node (const PisdInstance *instance,
                     const PisdFieldInfo *info,
                     guint frame,
                     guint i,
                     guint j,
                     double sd)
{
  PisdSensor sensor = { .field = info->id, .t = info->times[frame], .sd = sd };
  PisdField truth;

  g_return_val_if_fail (i < PISD_GRID && j < PISD_GRID && frame < info->n_frames, sensor);

  sensor.x = pisd_field_info_get_node (info, j);
  sensor.y = pisd_field_info_get_node (info, i);
  if (instance == NULL)
    return sensor;
  truth = pisd_field_get_frame (pisd_instance_get_field (instance, info->id), frame);
  sensor.value = truth.data[i * PISD_GRID + j];
  return sensor;
}

/* Frames of one field have lanes of their own, and its last one that of the field. */
static guint32
get_lane (const PisdFieldInfo *info, guint frame)
{
  return info->id + PISD_SITES_LANES * (info->n_frames - 1 - frame);
}

gboolean
pisd_sensors_scatter_on (PisdSensors *sensors,
                         const PisdInstance *instance,
                         const PisdFieldInfo *info,
                         guint frame,
                         guint n,
                         double sd,
                         guint64 seed)
{
  g_autofree guint *nodes = NULL;
  g_autofree double *noise = NULL;

  g_return_val_if_fail (sensors != NULL && info != NULL && sd >= 0, FALSE);

  if (n > PISD_GRID * PISD_GRID || n > PISD_MAX_SENSORS - sensors->n)
    return FALSE;

  nodes = g_new (guint, n);
  noise = g_new (double, n);
  pisd_rng_choose (seed, PISD_STREAM_SITES, get_lane (info, frame), PISD_GRID * PISD_GRID, n,
                   nodes);
  pisd_rng_fill_normal (seed, PISD_STREAM_READING, info->id, pisd_sensors_count (sensors, info->id),
                        n, noise);

  /* value = f (node) + sd n, n ~ N(0, 1): the reading of the node with its noise. */
  for (guint k = 0; k < n; k++)
    {
      PisdSensor sensor = pisd_sensor_at_node (instance, info, frame, nodes[k] / PISD_GRID,
                                               nodes[k] % PISD_GRID, sd);

      sensor.value += sd * noise[k];
      pisd_sensors_add (sensors, &sensor);
    }
  return TRUE;
}

gboolean
pisd_sensors_scatter (PisdSensors *sensors,
                      const PisdInstance *instance,
                      PisdFieldId field,
                      guint n,
                      double sd,
                      guint64 seed)
{
  const PisdFieldInfo *info;

  g_return_val_if_fail (instance != NULL, FALSE);

  info = pisd_problem_find_field (pisd_instance_get_equation (instance)->problem, field);
  g_return_val_if_fail (info != NULL, FALSE);
  return pisd_sensors_scatter_on (sensors, instance, info,
                                  pisd_field_info_find_frame (info, pisd_field_id_get_time (field)),
                                  n, sd, seed);
}
