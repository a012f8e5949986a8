#include "pisd-edit-sensors.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-measure.h"
#include "pisd-scatter.h"

#define NODE_WIDTH (1.0 / (PISD_GRID - 1))

static gboolean
check_truth (const PisdScenario *scenario, GError **error)
{
  if (scenario->instance != NULL)
    return TRUE;
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                       _ ("A new sensor would have nothing to read: the true field is not known. "
                          "Choose an instance first."));
  return FALSE;
}

static void
set_full_error (GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               _ ("The sensors do not fit: at most %d are possible, each on its own node"),
               PISD_MAX_SENSORS);
}

static PisdSensors *
dup_without_field (const PisdSensors *sensors, PisdFieldId field)
{
  PisdSensors *rest = pisd_sensors_new ();

  for (guint k = 0; k < sensors->n; k++)
    if (sensors->items[k].field != field)
      pisd_sensors_add (rest, &sensors->items[k]);
  return rest;
}

/* Noise for the readings from `first` on; the others keep theirs. */
static void
read_noise (PisdSensors *sensors, guint first, const PisdInstance *instance, guint64 seed)
{
  g_autoptr (PisdSensors) noisy = NULL;
  PisdSensor *items;
  double sd = 0;

  for (guint k = first; k < sensors->n; k++)
    sd = MAX (sd, sensors->items[k].sd);
  if (sd == 0)
    return;
  noisy = pisd_sensors_dup (sensors);
  pisd_sensors_measure (noisy, instance, seed);
  items = pisd_sensors_edit (sensors);
  for (guint k = first; k < sensors->n; k++)
    items[k].value = noisy->items[k].value;
}

static void
take_sensors (PisdScenario *scenario, PisdSensors *sensors, guint first_new)
{
  read_noise (sensors, first_new, scenario->instance, scenario->settings.instance_seed);
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = sensors;
}

gboolean
pisd_edit_scatter (PisdScenario *scenario,
                   PisdFieldId field,
                   guint n,
                   double sd,
                   guint64 seed,
                   GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  guint first;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_without_field (scenario->sensors, field);
  first = sensors->n;
  if (!pisd_sensors_scatter (sensors, scenario->instance, field, n, sd, seed))
    {
      set_full_error (error);
      return FALSE;
    }
  take_sensors (scenario, g_steal_pointer (&sensors), first);
  return TRUE;
}

static gboolean
is_within (const PisdSensor *sensor, double x, double y, double reach)
{
  const double dx = sensor->x - x, dy = sensor->y - y;

  return dx * dx + dy * dy <= reach * reach;
}

/* The nodes that have a sensor of one field: to search among all sensors for every node that is
 * added would take their number squared. */
typedef struct
{
  PisdFieldId field;
  gboolean taken[PISD_GRID][PISD_GRID]; /* [y, x] */
} Nodes;

static Nodes *
nodes_new (const PisdSensors *sensors, PisdFieldId field)
{
  Nodes *nodes = g_new0 (Nodes, 1);

  nodes->field = field;
  for (guint k = 0; k < sensors->n; k++)
    {
      const PisdSensor *sensor = &sensors->items[k];
      const long i = lround (sensor->y / NODE_WIDTH), j = lround (sensor->x / NODE_WIDTH);

      if (sensor->field == field
          && is_within (sensor, (double) j * NODE_WIDTH, (double) i * NODE_WIDTH,
                        0.25 * NODE_WIDTH))
        nodes->taken[i][j] = TRUE;
    }
  return nodes;
}

static gboolean
add_node (PisdSensors *sensors,
          const PisdScenario *scenario,
          Nodes *nodes,
          guint i,
          guint j,
          double sd)
{
  const PisdSensor sensor = pisd_sensor_at_node (scenario->instance, nodes->field, i, j, sd);

  if (nodes->taken[i][j])
    return TRUE;
  nodes->taken[i][j] = TRUE;
  return pisd_sensors_add (sensors, &sensor);
}

/* Where number k of the sensors to place lies. */
typedef struct
{
  guint n;
  guint n_rows, n_columns; /* of a grid */
  guint side, inset;       /* of a ring */
  void (*locate) (guint k, guint *i, guint *j, gconstpointer pattern);
} Pattern;

static gboolean
place (PisdScenario *scenario, PisdFieldId field, const Pattern *pattern, double sd, GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  g_autofree Nodes *nodes = NULL;
  guint first, i, j;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_without_field (scenario->sensors, field);
  nodes = nodes_new (sensors, field);
  first = sensors->n;
  for (guint k = 0; k < pattern->n; k++)
    {
      pattern->locate (k, &i, &j, pattern);
      if (!add_node (sensors, scenario, nodes, i, j, sd))
        {
          set_full_error (error);
          return FALSE;
        }
    }
  take_sensors (scenario, g_steal_pointer (&sensors), first);
  return TRUE;
}

/* Node number k of `n` spread evenly over `length`. */
static guint
spread (guint k, guint n, guint length)
{
  return (guint) floor ((k + 0.5) * length / n);
}

static void
locate_on_grid (guint k, guint *i, guint *j, gconstpointer data)
{
  const Pattern *pattern = data;

  *i = spread (k / pattern->n_columns, pattern->n_rows, PISD_GRID);
  *j = spread (k % pattern->n_columns, pattern->n_columns, PISD_GRID);
}

gboolean
pisd_edit_place_grid (PisdScenario *scenario,
                      PisdFieldId field,
                      guint n_rows,
                      guint n_columns,
                      double sd,
                      GError **error)
{
  const Pattern grid = {
    .n = n_rows * n_columns, .n_rows = n_rows, .n_columns = n_columns, .locate = locate_on_grid
  };

  return place (scenario, field, &grid, sd, error);
}

/* Clockwise from the top left corner of the square of nodes `inset` from the boundary, whose sides
 * are `side` nodes long. */
static void
locate_on_ring (guint k, guint *i, guint *j, gconstpointer data)
{
  const Pattern *pattern = data;
  const guint side = pattern->side;
  const guint t = spread (k, pattern->n, 4 * side);
  const guint along = t % side;
  const guint offset[4][2] = {
    { 0, along }, { along, side }, { side, side - along }, { side - along, 0 }
  };

  *i = pattern->inset + offset[(t / side) % 4][0];
  *j = pattern->inset + offset[(t / side) % 4][1];
}

gboolean
pisd_edit_place_ring (PisdScenario *scenario, PisdFieldId field, guint n, double sd, GError **error)
{
  const PisdFieldInfo *info = pisd_problem_find_field (scenario->settings.problem, field);
  /* A field that vanishes on the boundary says nothing there. */
  const guint inset = (info->zero_boundary || info->basis == PISD_BASIS_SINE) ? 1 : 0;
  const Pattern ring = {
    .n = n, .side = PISD_GRID - 1 - 2 * inset, .inset = inset, .locate = locate_on_ring
  };

  return place (scenario, field, &ring, sd, error);
}

static gboolean
is_in_disc (int i, int j, int di, int dj, int radius)
{
  const int row = i + di;
  const int column = j + dj;

  return row >= 0 && row < PISD_GRID && column >= 0 && column < PISD_GRID
         && di * di + dj * dj <= radius * radius;
}

gboolean
pisd_edit_paint (PisdScenario *scenario,
                 PisdFieldId field,
                 int i,
                 int j,
                 int radius,
                 double sd,
                 GError **error)
{
  const guint first = scenario->sensors->n;
  g_autofree Nodes *nodes = NULL;

  if (!check_truth (scenario, error))
    return FALSE;
  nodes = nodes_new (scenario->sensors, field);
  for (int di = -radius; di <= radius; di++)
    for (int dj = -radius; dj <= radius; dj++)
      if (is_in_disc (i, j, di, dj, radius)
          && !add_node (scenario->sensors, scenario, nodes, (guint) (i + di), (guint) (j + dj), sd))
        {
          while (scenario->sensors->n > first)
            pisd_sensors_remove (scenario->sensors, scenario->sensors->n - 1);
          set_full_error (error);
          return FALSE;
        }
  read_noise (scenario->sensors, first, scenario->instance, scenario->settings.instance_seed);
  return TRUE;
}

void
pisd_edit_erase (PisdScenario *scenario, PisdFieldId field, int i, int j, int radius)
{
  const double reach = (radius + 0.5) * NODE_WIDTH;
  PisdSensors *sensors = scenario->sensors;
  PisdSensor *items = pisd_sensors_edit (sensors);
  guint n_kept = 0;

  for (guint k = 0; k < sensors->n; k++)
    if (items[k].field != field || !is_within (&items[k], j * NODE_WIDTH, i * NODE_WIDTH, reach))
      items[n_kept++] = items[k];
  sensors->n = n_kept;
}

int
pisd_edit_find (const PisdScenario *scenario, PisdFieldId field, int i, int j)
{
  return pisd_sensors_find (scenario->sensors, field, j * NODE_WIDTH, i * NODE_WIDTH,
                            0.5 * NODE_WIDTH);
}

/* Its place in the order stays, and so do the noise of its reading and that of all others. */
gboolean
pisd_edit_move (PisdScenario *scenario, guint index, int i, int j, GError **error)
{
  PisdFieldId field = scenario->sensors->items[index].field;
  g_autoptr (PisdSensors) read = NULL;
  PisdSensor *sensor;

  if (!check_truth (scenario, error))
    return FALSE;
  if (pisd_edit_find (scenario, field, i, j) >= 0)
    return TRUE;
  sensor = pisd_sensors_edit (scenario->sensors) + index;
  *sensor = pisd_sensor_at_node (scenario->instance, field, (guint) i, (guint) j, sensor->sd);
  if (sensor->sd == 0)
    return TRUE;
  read = pisd_sensors_dup (scenario->sensors);
  pisd_sensors_measure (read, scenario->instance, scenario->settings.instance_seed);
  pisd_sensors_edit (scenario->sensors)[index].value = read->items[index].value;
  return TRUE;
}
