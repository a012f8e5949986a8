/* Sensors: where each is placed, in which field, what it reads, and how noisy its reading is.
 *
 * Copies share their sensors until one of them is changed: a history of many edits, a run and what
 * is computed beside it hold one array.
 *
 * Frames   a sensor's is the one of its field whose time is nearest to t; at one place of two
 *          frames are two sensors
 * Units    x, y and t in 0 to 1, x and y of a periodic field below 1; value and sd in the field's
 *          own
 * Threads  a set belongs to one thread at a time
 */
#pragma once

#include "pisd-instance.h"

G_BEGIN_DECLS

#define PISD_MAX_SENSORS 16384

typedef struct
{
  PisdFieldId field;
  double x, y;  /* in [0, 1] */
  double t;     /* physical time in [0, 1] */
  double value; /* what was read */
  double sd;    /* standard deviation of the reading's noise, >= 0 */
} PisdSensor;

typedef struct _PisdSensorArray PisdSensorArray;

typedef struct
{
  guint n;
  const PisdSensor *items; /* [n]; pisd_sensors_edit() gives them to be changed */

  /*< private >*/
  PisdSensorArray *array; /* NULL: none yet */
} PisdSensors;

PisdSensors *pisd_sensors_new (void);
PisdSensors *pisd_sensors_dup (const PisdSensors *sensors);
void pisd_sensors_free (PisdSensors *sensors); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSensors, pisd_sensors_free)

/* The sensors to be changed in place, until the next call: those of copies stay as they are. */
PisdSensor *pisd_sensors_edit (PisdSensors *sensors);
/* Whether both are the same array, or have none: equal without a look at it. */
gboolean pisd_sensors_share (const PisdSensors *a, const PisdSensors *b);
gboolean pisd_sensors_equal (const PisdSensors *a, const PisdSensors *b);
/* FALSE, nothing added, when the set is full (PISD_MAX_SENSORS). */
gboolean pisd_sensors_add (PisdSensors *sensors, const PisdSensor *sensor);
void pisd_sensors_remove (PisdSensors *sensors, guint index); /* keeps the order of the others */
/* Whether a sensor reads that frame of that field. */
gboolean pisd_sensor_is_on (const PisdSensor *sensor, const PisdFieldInfo *info, guint frame);
/* Whether it reads a frame whose time is not its own, by more than a thousandth. */
gboolean pisd_sensor_is_between_frames (const PisdSensor *sensor, const PisdFieldInfo *info);
/* Index of the sensor of that frame nearest to (x, y) within `radius`, or -1. */
int pisd_sensors_find (const PisdSensors *sensors,
                       const PisdFieldInfo *info,
                       guint frame,
                       double x,
                       double y,
                       double radius);
guint pisd_sensors_count (const PisdSensors *sensors, PisdFieldId field); /* of all its frames */
guint pisd_sensors_count_on (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame);
/* Noise of the first sensor of that field, on that frame or on any (PISD_FRAME_ANY): what others
 * there are given.  0 where there is none. */
double pisd_sensors_find_noise (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame);
void pisd_sensors_clear (PisdSensors *sensors);

G_END_DECLS
