#include "pisd-scatter.h"

#include "pisd-rng.h"

static const PisdField *
get_field (const PisdInstance *instance, PisdFieldId field)
{
  return instance != NULL ? pisd_instance_get_field (instance, field) : NULL;
}

PisdSensor
pisd_sensor_at_node (const PisdInstance *instance, PisdFieldId field, guint i, guint j, double sd)
{
  const PisdField *truth = get_field (instance, field);
  PisdSensor sensor = { .field = field, .t = pisd_field_id_get_time (field), .sd = sd };

  g_return_val_if_fail (i < PISD_GRID && j < PISD_GRID, sensor);

  sensor.x = j / (PISD_GRID - 1.0);
  sensor.y = i / (PISD_GRID - 1.0);
  sensor.value = truth != NULL ? truth->data[i * PISD_GRID + j] : 0;
  return sensor;
}

gboolean
pisd_sensors_scatter (PisdSensors *sensors,
                      const PisdInstance *instance,
                      PisdFieldId field,
                      guint n,
                      double sd,
                      guint64 seed)
{
  g_autofree guint *nodes = NULL;
  g_autofree double *noise = NULL;

  g_return_val_if_fail (sensors != NULL && sd >= 0, FALSE);

  if (n > PISD_GRID * PISD_GRID || n > PISD_MAX_SENSORS - sensors->n)
    return FALSE;

  nodes = g_new (guint, n);
  noise = g_new (double, n);
  pisd_rng_choose (seed, PISD_STREAM_SITES, field, PISD_GRID * PISD_GRID, n, nodes);
  pisd_rng_fill_normal (seed, PISD_STREAM_READING, field, pisd_sensors_count (sensors, field), n,
                        noise);

  /* value = f (node) + sd n, n ~ N(0, 1): the reading of the node with its noise. */
  for (guint k = 0; k < n; k++)
    {
      PisdSensor sensor =
          pisd_sensor_at_node (instance, field, nodes[k] / PISD_GRID, nodes[k] % PISD_GRID, sd);

      sensor.value += sd * noise[k];
      pisd_sensors_add (sensors, &sensor);
    }
  return TRUE;
}
