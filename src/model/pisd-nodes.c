#include "pisd-nodes.h"

/* So much of the distance between two nodes a sensor may lie beside one. */
#define BESIDE 0.25

static void
add_sensor (PisdNodes *nodes, const PisdSensor *sensor)
{
  const PisdFieldInfo *info = nodes->info;
  const double reach = BESIDE * pisd_field_info_get_spacing (info);
  double dx, dy;
  guint i, j;

  pisd_field_info_find_node (info, sensor->y, &i);
  pisd_field_info_find_node (info, sensor->x, &j);
  dy = sensor->y - pisd_field_info_get_node (info, i);
  dx = sensor->x - pisd_field_info_get_node (info, j);
  if (pisd_field_info_get_square (info, dx, dy) <= reach * reach)
    nodes->taken[i][j] = TRUE;
}

PisdNodes *
pisd_nodes_new (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame)
{
  PisdNodes *nodes = g_new0 (PisdNodes, 1);

  nodes->info = info;
  nodes->frame = frame;
  for (guint k = 0; k < sensors->n; k++)
    if (pisd_sensor_is_on (&sensors->items[k], info, frame))
      add_sensor (nodes, &sensors->items[k]);
  return nodes;
}

gboolean
pisd_nodes_take (PisdNodes *nodes, guint i, guint j)
{
  if (nodes->taken[i][j])
    return FALSE;
  nodes->taken[i][j] = TRUE;
  return TRUE;
}
