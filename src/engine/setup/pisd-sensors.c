#include "pisd-sensors.h"

#include <math.h>
#include <string.h>

/* Counted: one reference a set that has it. */
struct _PisdSensorArray
{
  gint ref_count;
  guint n_allocated;
  PisdSensor items[];
};

static PisdSensorArray *
array_new (guint n_allocated)
{
  PisdSensorArray *array = g_malloc (sizeof *array + n_allocated * sizeof (PisdSensor));

  array->ref_count = 1;
  array->n_allocated = n_allocated;
  return array;
}

static void
array_unref (PisdSensorArray *array)
{
  if (array != NULL && g_atomic_int_dec_and_test (&array->ref_count))
    g_free (array);
}

/* NULL: none. */
static void
take_array (PisdSensors *sensors, PisdSensorArray *array)
{
  array_unref (sensors->array);
  sensors->array = array;
  sensors->items = array != NULL ? array->items : NULL;
}

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
  *copy = *sensors;
  if (copy->array != NULL)
    g_atomic_int_inc (&copy->array->ref_count);
  return copy;
}

void
pisd_sensors_free (PisdSensors *sensors)
{
  if (sensors == NULL)
    return;

  array_unref (sensors->array);
  g_free (sensors);
}

/* An array of one's own with room for `n`. */
static void
own (PisdSensors *sensors, guint n)
{
  PisdSensorArray *array = sensors->array;

  if (array != NULL && array->n_allocated >= n && g_atomic_int_get (&array->ref_count) == 1)
    return;
  array = array_new (n);
  if (sensors->n > 0)
    memcpy (array->items, sensors->items, sensors->n * sizeof (PisdSensor));
  take_array (sensors, array);
}

PisdSensor *
pisd_sensors_edit (PisdSensors *sensors)
{
  g_return_val_if_fail (sensors != NULL, NULL);

  own (sensors, sensors->n);
  return sensors->array->items;
}

gboolean
pisd_sensors_share (const PisdSensors *a, const PisdSensors *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->n == b->n && a->array == b->array;
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
  if (a->items == b->items)
    return TRUE;
  for (guint i = 0; i < a->n; i++)
    if (!sensor_equal (&a->items[i], &b->items[i]))
      return FALSE;
  return TRUE;
}

/* Room for one more, of its own; FALSE if the set is full.  Twice the room where it is too small,
 * also where it is left because others have it: whoever adds one sensor adds more. */
static gboolean
reserve (PisdSensors *sensors)
{
  if (sensors->n >= PISD_MAX_SENSORS)
    return FALSE;
  if (sensors->array != NULL && sensors->n < sensors->array->n_allocated)
    own (sensors, sensors->array->n_allocated);
  else
    own (sensors, MIN (PISD_MAX_SENSORS, MAX (64, 2 * sensors->n)));
  return TRUE;
}

gboolean
pisd_sensors_add (PisdSensors *sensors, const PisdSensor *sensor)
{
  PisdSensor copy;

  g_return_val_if_fail (sensors != NULL && sensor != NULL, FALSE);

  copy = *sensor; /* may lie in the array that grows */
  if (!reserve (sensors))
    return FALSE;
  sensors->array->items[sensors->n++] = copy;
  return TRUE;
}

void
pisd_sensors_remove (PisdSensors *sensors, guint index)
{
  g_return_if_fail (sensors != NULL && index < sensors->n);

  if (index + 1 < sensors->n)
    {
      PisdSensor *items = pisd_sensors_edit (sensors);

      memmove (items + index, items + index + 1, (sensors->n - 1 - index) * sizeof *items);
    }
  sensors->n--;
}

gboolean
pisd_sensor_is_on (const PisdSensor *sensor, const PisdFieldInfo *info, guint frame)
{
  return sensor->field == info->id && pisd_field_info_find_frame (info, sensor->t) == frame;
}

#define SAME_TIME 1e-3

gboolean
pisd_sensor_is_between_frames (const PisdSensor *sensor, const PisdFieldInfo *info)
{
  double time = info->times[pisd_field_info_find_frame (info, sensor->t)];

  return fabs (sensor->t - time) > SAME_TIME;
}

int
pisd_sensors_find (const PisdSensors *sensors,
                   const PisdFieldInfo *info,
                   guint frame,
                   double x,
                   double y,
                   double radius)
{
  double nearest = radius * radius;
  int found = -1;

  g_return_val_if_fail (sensors != NULL && info != NULL, -1);

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];
      double square;

      if (sensor->field != info->id)
        continue;
      square = pisd_field_info_get_square (info, sensor->x - x, sensor->y - y);
      if (square > nearest || (found >= 0 && square == nearest)
          || !pisd_sensor_is_on (sensor, info, frame))
        continue;
      nearest = square;
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

guint
pisd_sensors_count_on (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame)
{
  guint n = 0;

  g_return_val_if_fail (sensors != NULL && info != NULL, 0);

  for (guint i = 0; i < sensors->n; i++)
    n += pisd_sensor_is_on (&sensors->items[i], info, frame);
  return n;
}

double
pisd_sensors_find_noise (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame)
{
  g_return_val_if_fail (sensors != NULL && info != NULL, 0.0);

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];

      if (frame == PISD_FRAME_ANY ? sensor->field == info->id
                                  : pisd_sensor_is_on (sensor, info, frame))
        return sensor->sd;
    }
  return 0.0;
}

void
pisd_sensors_clear (PisdSensors *sensors)
{
  g_return_if_fail (sensors != NULL);

  sensors->n = 0;
  take_array (sensors, NULL);
}
