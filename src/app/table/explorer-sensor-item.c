#include "explorer-sensor-item.h"

#include "explorer-number.h"
#include "pisd-sensor-row.h"

/* Digits of what is shown. */
#define DIGITS 6

struct _ExplorerSensorItem
{
  GObject parent_instance;

  guint index;
  PisdSensor sensor;
};

G_DEFINE_FINAL_TYPE (ExplorerSensorItem, explorer_sensor_item, G_TYPE_OBJECT)

static void
explorer_sensor_item_class_init (ExplorerSensorItemClass *klass)
{
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
explorer_sensor_item_init (ExplorerSensorItem *self)
{
}

ExplorerSensorItem *
explorer_sensor_item_new (guint index, const PisdSensor *sensor)
{
  ExplorerSensorItem *self = g_object_new (EXPLORER_TYPE_SENSOR_ITEM, NULL);

  self->index = index;
  self->sensor = *sensor;
  return self;
}

guint
explorer_sensor_item_get_index (ExplorerSensorItem *self)
{
  return self->index;
}

const PisdSensor *
explorer_sensor_item_get_sensor (ExplorerSensorItem *self)
{
  return &self->sensor;
}

void
explorer_sensor_item_set_sensor (ExplorerSensorItem *self, const PisdSensor *sensor)
{
  self->sensor = *sensor;
  g_signal_emit_by_name (self, "changed");
}

double
explorer_sensor_get_number (const PisdSensor *sensor, guint column)
{
  const double numbers[PISD_N_SENSOR_COLUMNS] = { sensor->field, sensor->x,     sensor->y,
                                                  sensor->t,     sensor->value, sensor->sd };

  return numbers[column];
}

int
explorer_sensor_compare (const PisdSensor *a, const PisdSensor *b, guint column)
{
  const double first = explorer_sensor_get_number (a, column);
  const double second = explorer_sensor_get_number (b, column);

  return (first > second) - (first < second);
}

char *
explorer_sensor_dup_cell (const PisdSensor *sensor, guint column, gboolean brief)
{
  const double number = explorer_sensor_get_number (sensor, column);

  if (column == 0)
    return g_strdup (pisd_field_id_get_name (sensor->field));
  return brief ? explorer_number_format_digits (number, DIGITS) : explorer_number_format (number);
}
