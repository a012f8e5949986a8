/* A set of measurements: where, of which field, what was read, and how noisy it is. */
#pragma once

#include "pisd-instance.h"

G_BEGIN_DECLS

#define PISD_MAX_SENSORS 16384

typedef struct
{
  PisdFieldId field;
  double x, y;  /* in [0, 1] */
  double t;     /* physical time in [0, 1]; 0 for a and w, 1 for u */
  double value; /* what was read */
  double sd;    /* standard deviation of the reading's noise, >= 0 */
} PisdSensor;

/* Plain growable array, owned by one thread at a time. */
typedef struct
{
  guint n;
  PisdSensor *items; /* [n] */
  guint n_allocated;
} PisdSensors;

PisdSensors *pisd_sensors_new (void);
PisdSensors *pisd_sensors_dup (const PisdSensors *sensors);
void pisd_sensors_free (PisdSensors *sensors); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSensors, pisd_sensors_free)

gboolean pisd_sensors_equal (const PisdSensors *a, const PisdSensors *b);
/* FALSE, nothing added, when the set is full (PISD_MAX_SENSORS). */
gboolean pisd_sensors_add (PisdSensors *sensors, const PisdSensor *sensor);
void pisd_sensors_remove (PisdSensors *sensors, guint index); /* keeps the order of the others */
/* Index of the sensor of that field nearest to (x, y) within `radius`, or -1. */
int pisd_sensors_find (const PisdSensors *sensors,
                       PisdFieldId field,
                       double x,
                       double y,
                       double radius);
guint pisd_sensors_count (const PisdSensors *sensors, PisdFieldId field);
void pisd_sensors_clear (PisdSensors *sensors);

/* A sensor on grid node (i, j) = (row, column), value read from the instance (0 without one). */
PisdSensor pisd_sensor_at_node (const PisdInstance *instance,
                                PisdFieldId field,
                                guint i,
                                guint j,
                                double sd);
/* Adds `n` sensors of one field on distinct random nodes, noise as in pisd_sensors_measure().
 * FALSE, nothing added, if they do not fit. */
gboolean pisd_sensors_scatter (PisdSensors *sensors,
                               const PisdInstance *instance,
                               PisdFieldId field,
                               guint n,
                               double sd,
                               guint64 seed);
/* Reads every value anew from the instance: nodes as stored, other places from the full spectral
 * interpolant of the gridded field, plus N(0, sd^2) noise at address (seed, READING, field, i) for
 * the i-th sensor of that field.  Sensors of a field that the instance does not have keep their
 * value. */
void pisd_sensors_measure (PisdSensors *sensors, const PisdInstance *instance, guint64 seed);

/* One cell of a sensor's row: column field, x, y, t, value or sd.  Errors: PISD_ERROR_FORMAT,
 * RANGE, UNKNOWN: column, got, expected; `sensor` untouched. */
gboolean pisd_sensor_set_cell (PisdSensor *sensor,
                               PisdProblemId problem,
                               const char *column,
                               const char *text,
                               GError **error);
/* "field,x,y,t,value,sd", numbers as pisd_sensor_set_cell() reads them back bit for bit. */
void pisd_sensor_append_row (const PisdSensor *sensor, GString *text);
/* The inverse of pisd_sensor_append_row().  Errors: as pisd_sensor_set_cell(). */
gboolean pisd_sensor_set_row (PisdSensor *sensor,
                              PisdProblemId problem,
                              const char *text,
                              GError **error);
/* Physical time of the frame that a field stands for: 0 for a and w, 1 for u.  A sensor with
 * another t is taken for this frame. */
double pisd_sensor_get_frame_time (PisdFieldId field);

/* CSV: header `field,x,y,value`, optional `t`, `sd`, in any order; blank lines are skipped.
 * Refuses as a whole, naming file, line and column; more than PISD_MAX_SENSORS rows are refused
 * without reading on.  Numbers are read and written in the C locale; a byte-order mark, CRLF line
 * ends and cells in double quotes (without commas inside) are accepted. Errors: PISD_ERROR_IO,
 * FORMAT, RANGE, UNKNOWN, LIMIT. */
PisdSensors *pisd_sensors_load_csv (PisdProblemId problem, const char *path, GError **error);
/* Writes what pisd_sensors_load_csv() reads back bit for bit, atomically. */
gboolean pisd_sensors_save_csv (const PisdSensors *sensors, const char *path, GError **error);

G_END_DECLS
