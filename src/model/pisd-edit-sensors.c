#include "pisd-edit-sensors.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-measure.h"
#include "pisd-nodes.h"
#include "pisd-scatter.h"

/* The frame that an edit is of. */
typedef struct
{
  const PisdFieldInfo *info;
  guint frame;
} Target;

static Target
get_target (const PisdScenario *scenario, PisdFieldId field, guint frame)
{
  return (Target){ pisd_problem_find_field (scenario->settings.problem, field), frame };
}

static gboolean
is_on (const PisdSensor *sensor, const Target *target)
{
  return pisd_sensor_is_on (sensor, target->info, target->frame);
}

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
dup_without (const PisdSensors *sensors, const Target *target)
{
  PisdSensors *rest = pisd_sensors_new ();

  for (guint k = 0; k < sensors->n; k++)
    if (!is_on (&sensors->items[k], target))
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
                   guint frame,
                   guint n,
                   double sd,
                   guint64 seed,
                   GError **error)
{
  const Target target = get_target (scenario, field, frame);
  g_autoptr (PisdSensors) sensors = NULL;
  guint first;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_without (scenario->sensors, &target);
  first = sensors->n;
  if (!pisd_sensors_scatter_on (sensors, scenario->instance, target.info, frame, n, sd, seed))
    {
      set_full_error (error);
      return FALSE;
    }
  take_sensors (scenario, g_steal_pointer (&sensors), first);
  return TRUE;
}

static gboolean
is_within (const PisdSensor *sensor, const PisdFieldInfo *info, double x, double y, double reach)
{
  return pisd_field_info_get_square (info, sensor->x - x, sensor->y - y) <= reach * reach;
}

static gboolean
add_node (PisdSensors *sensors,
          const PisdScenario *scenario,
          PisdNodes *nodes,
          guint i,
          guint j,
          double sd)
{
  const PisdSensor sensor =
      pisd_sensor_at_node (scenario->instance, nodes->info, nodes->frame, i, j, sd);

  return !pisd_nodes_take (nodes, i, j) || pisd_sensors_add (sensors, &sensor);
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
place (PisdScenario *scenario,
       const Target *target,
       const Pattern *pattern,
       double sd,
       GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  g_autofree PisdNodes *nodes = NULL;
  guint first, i, j;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_without (scenario->sensors, target);
  nodes = pisd_nodes_new (sensors, target->info, target->frame);
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
                      guint frame,
                      guint n_rows,
                      guint n_columns,
                      double sd,
                      GError **error)
{
  const Pattern grid = {
    .n = n_rows * n_columns, .n_rows = n_rows, .n_columns = n_columns, .locate = locate_on_grid
  };
  const Target target = get_target (scenario, field, frame);

  return place (scenario, &target, &grid, sd, error);
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
pisd_edit_place_ring (PisdScenario *scenario,
                      PisdFieldId field,
                      guint frame,
                      guint n,
                      double sd,
                      GError **error)
{
  const Target target = get_target (scenario, field, frame);
  const PisdFieldInfo *info = target.info;
  /* A field that vanishes on the boundary says nothing there. */
  const guint inset = (info->zero_boundary || info->basis == PISD_BASIS_SINE) ? 1 : 0;
  const Pattern ring = {
    .n = n, .side = PISD_GRID - 1 - 2 * inset, .inset = inset, .locate = locate_on_ring
  };

  return place (scenario, &target, &ring, sd, error);
}

/* The node that is i rows or columns from the first one; FALSE beyond an edge, which a periodic
 * field does not have. */
static gboolean
wrap_node (const PisdFieldInfo *info, int i, guint *node)
{
  *node = (guint) (i + PISD_GRID) % PISD_GRID;
  return (i >= 0 && i < PISD_GRID) || pisd_basis_is_periodic (info->basis);
}

static gboolean
paint_node (PisdScenario *scenario, PisdNodes *nodes, int i, int j, double sd)
{
  guint row, column;

  if (!wrap_node (nodes->info, i, &row) || !wrap_node (nodes->info, j, &column))
    return TRUE;
  return add_node (scenario->sensors, scenario, nodes, row, column, sd);
}

gboolean
pisd_edit_paint (PisdScenario *scenario,
                 PisdFieldId field,
                 guint frame,
                 int i,
                 int j,
                 int radius,
                 double sd,
                 GError **error)
{
  const Target target = get_target (scenario, field, frame);
  const guint first = scenario->sensors->n;
  g_autofree PisdNodes *nodes = NULL;

  if (!check_truth (scenario, error))
    return FALSE;
  nodes = pisd_nodes_new (scenario->sensors, target.info, frame);
  for (int di = -radius; di <= radius; di++)
    for (int dj = -radius; dj <= radius; dj++)
      if (di * di + dj * dj <= radius * radius && !paint_node (scenario, nodes, i + di, j + dj, sd))
        {
          while (scenario->sensors->n > first)
            pisd_sensors_remove (scenario->sensors, scenario->sensors->n - 1);
          set_full_error (error);
          return FALSE;
        }
  read_noise (scenario->sensors, first, scenario->instance, scenario->settings.instance_seed);
  return TRUE;
}

/* Sensors of the target within reach of a place go. */
static void
erase (PisdSensors *sensors, const Target *target, double x, double y, double reach)
{
  PisdSensor *items = pisd_sensors_edit (sensors);
  guint n_kept = 0;

  for (guint k = 0; k < sensors->n; k++)
    if (!is_on (&items[k], target) || !is_within (&items[k], target->info, x, y, reach))
      items[n_kept++] = items[k];
  sensors->n = n_kept;
}

void
pisd_edit_erase (PisdScenario *scenario, PisdFieldId field, guint frame, int i, int j, int radius)
{
  const Target target = get_target (scenario, field, frame);
  const double h = pisd_field_info_get_spacing (target.info);

  erase (scenario->sensors, &target, j * h, i * h, (radius + 0.5) * h);
}

void
pisd_edit_clear_frame (PisdScenario *scenario, PisdFieldId field, guint frame)
{
  const Target target = get_target (scenario, field, frame);
  PisdSensors *rest = dup_without (scenario->sensors, &target);

  pisd_sensors_free (scenario->sensors);
  scenario->sensors = rest;
}

int
pisd_edit_find (const PisdScenario *scenario, PisdFieldId field, guint frame, int i, int j)
{
  const Target target = get_target (scenario, field, frame);
  const double h = pisd_field_info_get_spacing (target.info);

  return pisd_sensors_find (scenario->sensors, target.info, frame, j * h, i * h, 0.5 * h);
}

/* Its place in the order stays, and so do the noise of its reading and that of all others. */
gboolean
pisd_edit_move (PisdScenario *scenario, guint index, int i, int j, GError **error)
{
  const PisdSensor before = scenario->sensors->items[index];
  const PisdFieldInfo *info = pisd_problem_find_field (scenario->settings.problem, before.field);
  const guint frame = pisd_field_info_find_frame (info, before.t);
  g_autoptr (PisdSensors) read = NULL;
  PisdSensor *sensor;

  if (!check_truth (scenario, error))
    return FALSE;
  if (pisd_edit_find (scenario, before.field, frame, i, j) >= 0)
    return TRUE;
  sensor = pisd_sensors_edit (scenario->sensors) + index;
  *sensor = pisd_sensor_at_node (scenario->instance, info, frame, (guint) i, (guint) j, before.sd);
  sensor->t = before.t;
  if (sensor->sd == 0)
    return TRUE;
  read = pisd_sensors_dup (scenario->sensors);
  pisd_sensors_measure (read, scenario->instance, scenario->settings.instance_seed);
  pisd_sensors_edit (scenario->sensors)[index].value = read->items[index].value;
  return TRUE;
}

/* A sensor at the same place of another frame. */
static PisdSensor
dup_onto (const PisdSensor *sensor, const Target *target)
{
  PisdSensor copy = *sensor;

  copy.field = target->info->id;
  copy.t = target->info->times[target->frame];
  return copy;
}

/* The sensors of `from` at their places of all other frames, behind them. */
static gboolean
add_copies (PisdSensors *sensors, const PisdOperator *row, const Target *from)
{
  const guint n = sensors->n;

  for (guint f = 0; f < row->n_fields; f++)
    for (guint frame = 0; frame < row->fields[f].n_frames; frame++)
      {
        const Target to = { &row->fields[f], frame };

        if (to.info == from->info && frame == from->frame)
          continue;
        for (guint k = 0; k < n; k++)
          {
            const PisdSensor copy = dup_onto (&sensors->items[k], &to);

            if (!pisd_sensors_add (sensors, &copy))
              return FALSE;
          }
      }
  return TRUE;
}

/* The sensors of the target alone. */
static PisdSensors *
dup_of (const PisdSensors *sensors, const Target *target)
{
  PisdSensors *own = pisd_sensors_new ();

  for (guint k = 0; k < sensors->n; k++)
    if (is_on (&sensors->items[k], target))
      pisd_sensors_add (own, &sensors->items[k]);
  return own;
}

gboolean
pisd_edit_copy_to_frames (PisdScenario *scenario, PisdFieldId field, guint frame, GError **error)
{
  const Target target = get_target (scenario, field, frame);
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (PisdSensors) read = NULL;
  guint first;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_of (scenario->sensors, &target);
  first = sensors->n;
  if (!add_copies (sensors, pisd_operator_get (scenario->settings.problem), &target))
    {
      set_full_error (error);
      return FALSE;
    }
  read = pisd_sensors_dup (sensors);
  pisd_sensors_measure (read, scenario->instance, scenario->settings.instance_seed);
  for (guint k = first; k < sensors->n; k++)
    pisd_sensors_edit (sensors)[k].value = read->items[k].value;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = g_steal_pointer (&sensors);
  return TRUE;
}
