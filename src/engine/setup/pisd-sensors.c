#include "pisd-sensors.h"

#include <string.h>

PisdSensors *
pisd_sensors_new (void)
{
  return g_new0 (PisdSensors, 1);
}

PisdSensors *
pisd_sensors_dup (const PisdSensors *sensors)
{
  PisdSensors *copy;

  g_return_val_if_fail (sensors != NULL, NULL);

  copy = pisd_sensors_new ();
  copy->n = copy->n_allocated = sensors->n;
  copy->items = g_memdup2 (sensors->items, sensors->n * sizeof *sensors->items);
  return copy;
}

void
pisd_sensors_free (PisdSensors *sensors)
{
  if (sensors == NULL)
    return;

  g_free (sensors->items);
  g_free (sensors);
}

static gboolean
sensor_equal (const PisdSensor *a, const PisdSensor *b)
{
  return a->field == b->field && a->x == b->x && a->y == b->y && a->t == b->t
         && a->value == b->value && a->sd == b->sd;
}

gboolean
pisd_sensors_equal (const PisdSensors *a, const PisdSensors *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!sensor_equal (&a->items[i], &b->items[i]))
      return FALSE;
  return TRUE;
}

/* Room for `n` more; FALSE if the set would be over-full. */
static gboolean
reserve (PisdSensors *sensors, guint n)
{
  guint needed;

  if (n > PISD_MAX_SENSORS - sensors->n)
    return FALSE;

  needed = sensors->n + n;
  if (needed > sensors->n_allocated)
    {
      sensors->n_allocated = MAX (needed, MAX (64, 2 * sensors->n_allocated));
      sensors->items = g_renew (PisdSensor, sensors->items, sensors->n_allocated);
    }
  return TRUE;
}

gboolean
pisd_sensors_add (PisdSensors *sensors, const PisdSensor *sensor)
{
  PisdSensor copy;

  g_return_val_if_fail (sensors != NULL && sensor != NULL, FALSE);

  copy = *sensor; /* may lie in the array that grows */
  if (!reserve (sensors, 1))
    return FALSE;
  sensors->items[sensors->n++] = copy;
  return TRUE;
}

void
pisd_sensors_remove (PisdSensors *sensors, guint index)
{
  g_return_if_fail (sensors != NULL && index < sensors->n);

  sensors->n--;
  memmove (sensors->items + index, sensors->items + index + 1,
           (sensors->n - index) * sizeof *sensors->items);
}

int
pisd_sensors_find (const PisdSensors *sensors, PisdFieldId field, double x, double y, double radius)
{
  double nearest = radius * radius;
  int found = -1;

  g_return_val_if_fail (sensors != NULL, -1);

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];
      double dx = sensor->x - x, dy = sensor->y - y;
      double distance = dx * dx + dy * dy;

      if (sensor->field != field || distance > nearest || (found >= 0 && distance == nearest))
        continue;
      nearest = distance;
      found = i;
    }
  return found;
}

guint
pisd_sensors_count (const PisdSensors *sensors, PisdFieldId field)
{
  guint n = 0;

  g_return_val_if_fail (sensors != NULL, 0);

  for (guint i = 0; i < sensors->n; i++)
    n += sensors->items[i].field == field;
  return n;
}

void
pisd_sensors_clear (PisdSensors *sensors)
{
  g_return_if_fail (sensors != NULL);

  sensors->n = 0;
}
