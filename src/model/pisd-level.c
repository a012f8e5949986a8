#include "pisd-level.h"

#include <string.h>

#include "pisd-measure.h"
#include "pisd-pieces.h"
#include "pisd-scatter.h"

/* What is said of a sensor: the number of its field, and which of the following is so. */
enum
{
  FIELD = 0x0f,
  AT_NODE = 0x10, /* then the node's number follows, else x, y and t */
  SAME_SD = 0x20, /* as the sensor before; else sd follows */
  READS = 0x40,   /* what pisd_sensors_measure() gives; else the value follows */
  LATER = 0x80    /* beside AT_NODE: a frame after the field's first, whose number follows */
};

struct _PisdLevel
{
  PisdScenario *scenario; /* without its sensors, and without a truth that can be made again */
  GPtrArray *sensors;     /* pieces; one after the other: a byte of the above, then what it says */
  gboolean makes_truth;   /* the random one of `equation`, `family`, `law` and `seed` */
  PisdEquation equation;
  PisdFamily family;
  PisdLaw law;
  guint64 seed;
  GPtrArray *source; /* rows of a solved truth, as pieces; NULL: it is none */
  double lost_mean;  /* of a solved truth */
};

static gboolean
same_bits (double a, double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

/* Where a sensor is that lies on a node, at the time of its frame. */
typedef struct
{
  guint16 node;
  guint8 frame;
} Spot;

static gboolean
find_spot (const PisdSensor *sensor, PisdProblemId problem, Spot *spot)
{
  const PisdFieldInfo *info = pisd_problem_find_field (problem, sensor->field);
  PisdSensor there;
  guint i, j;

  if (info == NULL || !pisd_field_info_find_node (info, sensor->y, &i)
      || !pisd_field_info_find_node (info, sensor->x, &j))
    return FALSE;
  spot->node = (guint16) (i * PISD_GRID + j);
  spot->frame = (guint8) pisd_field_info_find_frame (info, sensor->t);
  there = pisd_sensor_at_node (NULL, info, spot->frame, i, j, 0);
  return same_bits (there.x, sensor->x) && same_bits (there.y, sensor->y)
         && same_bits (there.t, sensor->t);
}

/* Places and deviations as given, with the readings that the scenario's truth and seed give, or 0
 * where it has no truth or a sensor lies between the nodes, where a reading takes long. */
static PisdSensors *
dup_measured (const PisdSensors *sensors, const PisdScenario *scenario)
{
  PisdSensors *measured = pisd_sensors_dup (sensors);
  PisdSensor *items = pisd_sensors_edit (measured);
  gboolean at_nodes = TRUE;
  Spot spot;

  for (guint k = 0; k < measured->n; k++)
    {
      items[k].value = 0;
      at_nodes = at_nodes && find_spot (&items[k], scenario->settings.problem, &spot);
    }
  if (at_nodes && scenario->instance != NULL)
    pisd_sensors_measure (measured, scenario->instance, scenario->settings.instance_seed);
  return measured;
}

static void
append (GByteArray *bytes, gconstpointer data, gsize size)
{
  g_byte_array_append (bytes, data, (guint) size);
}

static void
pack_place (GByteArray *bytes, const PisdSensor *sensor, guint8 kind, const Spot *spot)
{
  const double place[] = { sensor->x, sensor->y, sensor->t };

  if ((kind & AT_NODE) == 0)
    {
      append (bytes, place, sizeof place);
      return;
    }
  append (bytes, &spot->node, sizeof spot->node);
  if (kind & LATER)
    append (bytes, &spot->frame, sizeof spot->frame);
}

static void
pack_sensor (GByteArray *bytes,
             const PisdSensor *sensor,
             PisdProblemId problem,
             double sd_before,
             double measured)
{
  const gboolean reads = same_bits (sensor->value, measured);
  guint8 kind = (guint8) sensor->field;
  Spot spot = { 0 };

  if (find_spot (sensor, problem, &spot))
    kind |= spot.frame > 0 ? AT_NODE | LATER : AT_NODE;
  kind |= same_bits (sensor->sd, sd_before) ? SAME_SD : 0;
  kind |= reads ? READS : 0;
  append (bytes, &kind, sizeof kind);
  pack_place (bytes, sensor, kind, &spot);
  if (!(kind & SAME_SD))
    append (bytes, &sensor->sd, sizeof sensor->sd);
  if (!reads)
    append (bytes, &sensor->value, sizeof sensor->value);
}

/* In pieces, of which `beside` (NULL: none) may have some. */
static GPtrArray *
pack_sensors (const PisdScenario *scenario, GPtrArray *beside)
{
  const PisdSensors *sensors = scenario->sensors;
  g_autoptr (PisdSensors) measured = dup_measured (sensors, scenario);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint k = 0; k < sensors->n; k++)
    pack_sensor (bytes, &sensors->items[k], scenario->settings.problem,
                 k > 0 ? sensors->items[k - 1].sd : 0, measured->items[k].value);
  return pisd_pieces_new (bytes->data, bytes->len, beside);
}

static void
take (const guint8 **at, gpointer data, gsize size)
{
  memcpy (data, *at, size);
  *at += size;
}

static void
unpack_place (const guint8 **at, guint8 kind, PisdProblemId problem, PisdSensor *sensor)
{
  double place[3];
  Spot spot = { 0 };

  if (kind & AT_NODE)
    {
      take (at, &spot.node, sizeof spot.node);
      if (kind & LATER)
        take (at, &spot.frame, sizeof spot.frame);
      *sensor =
          pisd_sensor_at_node (NULL, pisd_problem_find_field (problem, sensor->field), spot.frame,
                               spot.node / PISD_GRID, spot.node % PISD_GRID, sensor->sd);
      return;
    }
  take (at, place, sizeof place);
  sensor->x = place[0];
  sensor->y = place[1];
  sensor->t = place[2];
}

/* TRUE if the reading is what is measured. */
static gboolean
unpack_sensor (const guint8 **at, PisdProblemId problem, PisdSensor *sensor, double sd_before)
{
  guint8 kind;

  take (at, &kind, sizeof kind);
  *sensor = (PisdSensor){ .field = kind & FIELD, .sd = sd_before };
  unpack_place (at, kind, problem, sensor);
  if (!(kind & SAME_SD))
    take (at, &sensor->sd, sizeof sensor->sd);
  if (!(kind & READS))
    take (at, &sensor->value, sizeof sensor->value);
  return (kind & READS) != 0;
}

static PisdSensors *
unpack_sensors (const PisdLevel *level, const PisdScenario *scenario)
{
  g_autoptr (GByteArray) bytes = pisd_pieces_join (level->sensors);
  const guint8 *at = bytes->data, *end = at + bytes->len;
  PisdSensors *sensors = pisd_sensors_new ();
  g_autoptr (PisdSensors) measured = NULL;
  g_autoptr (GArray) reads = g_array_new (FALSE, FALSE, sizeof (gboolean));
  PisdSensor *items, sensor = { 0 };

  while (at < end)
    {
      const gboolean is_read = unpack_sensor (&at, scenario->settings.problem, &sensor, sensor.sd);

      g_array_append_val (reads, is_read);
      pisd_sensors_add (sensors, &sensor);
    }
  measured = dup_measured (sensors, scenario);
  items = pisd_sensors_edit (sensors);
  for (guint k = 0; k < sensors->n; k++)
    if (g_array_index (reads, gboolean, k))
      items[k].value = measured->items[k].value;
  return sensors;
}

static PisdInstance *
make_random (const PisdLevel *level, const PisdInstance *present)
{
  PisdFamily family;
  guint64 seed;

  if (present != NULL && pisd_instance_is_random (present, &family, &seed)
      && family == level->family && seed == level->seed
      && pisd_law_equal (pisd_instance_get_law (present), &level->law)
      && pisd_equation_equal (&level->equation, pisd_instance_get_equation (present)))
    return pisd_instance_ref ((PisdInstance *) present);
  if (level->family == PISD_FAMILY_GRF)
    return pisd_instance_new_random_law (&level->equation, &level->law, level->seed, NULL);
  return pisd_instance_new_random (&level->equation, level->family, level->seed, NULL);
}

static PisdInstance *
solve_again (const PisdLevel *level, const PisdInstance *present)
{
  g_autoptr (GByteArray) source = pisd_pieces_join (level->source);

  if (present != NULL && pisd_instance_is_solved (present)
      && pisd_equation_equal (&level->equation, pisd_instance_get_equation (present))
      && same_bits (pisd_instance_get_lost_mean (present), level->lost_mean)
      && memcmp (pisd_instance_get_fields (present)[0]->data, source->data, source->len) == 0)
    return pisd_instance_ref ((PisdInstance *) present);
  return pisd_instance_new_again (&level->equation, (const double *) (gpointer) source->data,
                                  level->lost_mean);
}

/* A row of nodes is a piece: a stroke leaves those alone that it does not reach. */
static void
pack_solved (PisdLevel *level, const PisdInstance *instance, const PisdLevel *beside)
{
  const gsize row = PISD_GRID * sizeof (double);

  level->lost_mean = pisd_instance_get_lost_mean (instance);
  level->source =
      pisd_pieces_new_even ((const guint8 *) pisd_instance_get_fields (instance)[0]->data,
                            PISD_GRID * row, row, beside != NULL ? beside->source : NULL);
}

/* A truth that can be made again is left out. */
static void
leave_out_truth (PisdLevel *level, const PisdLevel *beside)
{
  PisdInstance *instance = level->scenario->instance;

  if (instance == NULL)
    return;
  level->makes_truth = pisd_instance_is_random (instance, &level->family, &level->seed);
  if (!level->makes_truth && !pisd_instance_is_solved (instance))
    return;
  level->law = *pisd_instance_get_law (instance);
  level->equation = *pisd_instance_get_equation (instance);
  if (!level->makes_truth)
    pack_solved (level, instance, beside);
  g_clear_pointer (&level->scenario->instance, pisd_instance_unref);
}

PisdLevel *
pisd_level_new (const PisdScenario *scenario, const PisdLevel *beside)
{
  PisdLevel *level = g_new0 (PisdLevel, 1);

  level->scenario = pisd_scenario_dup (scenario);
  level->sensors = pack_sensors (scenario, beside != NULL ? beside->sensors : NULL);
  pisd_sensors_clear (level->scenario->sensors);
  leave_out_truth (level, beside);
  return level;
}

void
pisd_level_free (PisdLevel *level)
{
  if (level == NULL)
    return;
  pisd_scenario_free (level->scenario);
  g_ptr_array_unref (level->sensors);
  g_clear_pointer (&level->source, g_ptr_array_unref);
  g_free (level);
}

PisdScenario *
pisd_level_dup_scenario (const PisdLevel *level, const PisdScenario *present)
{
  PisdScenario *scenario;

  g_return_val_if_fail (level != NULL && present != NULL, NULL);

  scenario = pisd_scenario_dup (level->scenario);
  if (level->makes_truth)
    scenario->instance = make_random (level, present->instance);
  else if (level->source != NULL)
    scenario->instance = solve_again (level, present->instance);
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = unpack_sensors (level, scenario);
  return scenario;
}

static gsize
count_instance_bytes (const PisdInstance *instance)
{
  const PisdOperator *row = pisd_operator_get (pisd_instance_get_equation (instance)->problem);

  return (gsize) pisd_operator_count_frames (row) * PISD_GRID * PISD_GRID * sizeof (double);
}

gsize
pisd_level_count_bytes (const PisdLevel *level, GHashTable *seen)
{
  PisdInstance *instance = level->scenario->instance;
  gsize bytes = sizeof *level + sizeof *level->scenario;

  bytes += pisd_pieces_count_bytes (level->sensors, seen);
  if (level->source != NULL)
    bytes += pisd_pieces_count_bytes (level->source, seen);
  if (instance != NULL && g_hash_table_add (seen, instance))
    bytes += count_instance_bytes (instance);
  return bytes;
}
