#include "pisd-profile.h"

#include <math.h>
#include <stdlib.h>

/* Standard deviations to either side. */
#define SIDES 2.0
/* Sensors are shown so near to the line, in distances of nodes. */
#define NEAR 1.5
/* Places a node. */
#define PLACES 2.0

/* A place of the grid: the node before it, the one behind it, and the latter's weight. */
typedef struct
{
  guint before, behind;
  double weight;
} Place;

static Place
find_place (const PisdFieldInfo *info, double position)
{
  const double at = CLAMP (position, 0.0, 1.0) / pisd_field_info_get_spacing (info);
  const guint before = MIN ((guint) at, PISD_GRID - 1);
  const gboolean is_last = before == PISD_GRID - 1;

  if (is_last && !pisd_basis_is_periodic (info->basis))
    return (Place){ before, before, 0.0 };
  return (Place){ before, is_last ? 0 : before + 1, fmin (at - before, 1.0) };
}

/* f (y, x), see the header. */
static double
interpolate (const PisdField *field, const Place *y, const Place *x)
{
  const double *first = field->data + (gsize) y->before * field->nx;
  const double *second = field->data + (gsize) y->behind * field->nx;
  const double upper = first[x->before] + x->weight * (first[x->behind] - first[x->before]);
  const double lower = second[x->before] + x->weight * (second[x->behind] - second[x->before]);

  return upper + y->weight * (lower - upper);
}

static double
get_length (const PisdSegment *segment)
{
  return hypot (segment->x1 - segment->x0, segment->y1 - segment->y0);
}

static double *
read_along (const PisdProfile *self,
            const PisdFieldInfo *info,
            guint frame,
            const PisdSegment *segment,
            const PisdField *field)
{
  double *values;
  PisdField shown;

  if (field == NULL)
    return NULL;
  shown = pisd_field_get_frame (field, frame);
  values = g_new (double, self->n);
  for (guint k = 0; k < self->n; k++)
    {
      const double s = (double) k / (self->n - 1);
      const Place y = find_place (info, segment->y0 + s * (segment->y1 - segment->y0));
      const Place x = find_place (info, segment->x0 + s * (segment->x1 - segment->x0));

      values[k] = interpolate (&shown, &y, &x);
    }
  return values;
}

/* low = mean - 2 sd, high = mean + 2 sd. */
static void
fill_band (PisdProfile *self, const double *sd)
{
  for (guint k = 0; k < self->n; k++)
    {
      self->high[k] = self->low[k] + SIDES * sd[k];
      self->low[k] -= SIDES * sd[k];
    }
}

/* Sensors. */

typedef struct
{
  double distance, value;
} Reading;

static int
compare_readings (const void *a, const void *b)
{
  const double first = ((const Reading *) a)->distance, second = ((const Reading *) b)->distance;

  return (first > second) - (first < second);
}

/* The foot of the perpendicular lies at the distance s from the beginning; FALSE: too far away. */
static gboolean
is_near (const PisdSegment *segment, const PisdSensor *sensor, double reach, double *s)
{
  const double length = get_length (segment);
  const double ux = length > 0.0 ? (segment->x1 - segment->x0) / length : 1.0;
  const double uy = length > 0.0 ? (segment->y1 - segment->y0) / length : 0.0;
  const double dx = sensor->x - segment->x0, dy = sensor->y - segment->y0;

  *s = CLAMP (dx * ux + dy * uy, 0.0, length);
  return hypot (dx - *s * ux, dy - *s * uy) <= reach;
}

static void
fill_sensors (PisdProfile *self,
              const PisdFieldInfo *info,
              guint frame,
              const PisdSegment *segment,
              const PisdSensors *sensors)
{
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Reading));
  const double reach = NEAR * pisd_field_info_get_spacing (info);

  for (guint k = 0; sensors != NULL && k < sensors->n; k++)
    {
      const PisdSensor *sensor = &sensors->items[k];
      Reading reading = { 0.0, sensor->value };

      if (pisd_sensor_is_on (sensor, info, frame)
          && is_near (segment, sensor, reach, &reading.distance))
        g_array_append_val (near, reading);
    }
  if (near->len > 0)
    qsort (near->data, near->len, sizeof (Reading), compare_readings);
  self->n_sensors = near->len;
  self->sensor_distance = g_new (double, near->len);
  self->sensor_value = g_new (double, near->len);
  for (guint k = 0; k < near->len; k++)
    {
      self->sensor_distance[k] = g_array_index (near, Reading, k).distance;
      self->sensor_value[k] = g_array_index (near, Reading, k).value;
    }
}

PisdProfile *
pisd_profile_new (const PisdFieldInfo *info,
                  guint frame,
                  const PisdSegment *segment,
                  const PisdProfileFields *fields,
                  const PisdSensors *sensors)
{
  PisdProfile *self;
  double h, length, steps;

  g_return_val_if_fail (info != NULL && frame < info->n_frames, NULL);
  g_return_val_if_fail (segment != NULL && fields != NULL, NULL);

  h = pisd_field_info_get_spacing (info);
  length = get_length (segment);
  steps = fmax (fabs (segment->x1 - segment->x0), fabs (segment->y1 - segment->y0)) / h;
  self = g_new0 (PisdProfile, 1);
  self->n = (guint) fmax (lround (PLACES * steps), 1.0) + 1;
  self->distance = g_new (double, self->n);
  for (guint k = 0; k < self->n; k++)
    self->distance[k] = length * k / (self->n - 1);
  self->truth = read_along (self, info, frame, segment, fields->truth);
  self->estimate = read_along (self, info, frame, segment, fields->estimate);
  if (fields->mean != NULL && fields->sd != NULL)
    {
      g_autofree double *sd = read_along (self, info, frame, segment, fields->sd);

      self->low = read_along (self, info, frame, segment, fields->mean);
      self->high = g_new (double, self->n);
      fill_band (self, sd);
    }
  fill_sensors (self, info, frame, segment, sensors);
  return self;
}

void
pisd_profile_free (PisdProfile *self)
{
  if (self == NULL)
    return;
  g_free (self->distance);
  g_free (self->truth);
  g_free (self->estimate);
  g_free (self->low);
  g_free (self->high);
  g_free (self->sensor_distance);
  g_free (self->sensor_value);
  g_free (self);
}
