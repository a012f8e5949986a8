/* The nodes of one frame that have a sensor: to search among all sensors for every node that is
 * added would take their number squared. */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdFieldInfo *info;
  guint frame;
  gboolean taken[PISD_GRID][PISD_GRID]; /* [y, x] */
} PisdNodes;

/* Sensors between two nodes take neither.  Free with g_free(). */
PisdNodes *pisd_nodes_new (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame);
/* A sensor comes to that node: FALSE where there is one already. */
gboolean pisd_nodes_take (PisdNodes *nodes, guint i, guint j);

G_END_DECLS
