#include "pisd-edit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"

#define NODE_WIDTH (1.0 / (PISD_GRID - 1))

static gboolean
fields_equal (const PisdField *a, const PisdField *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->ny == b->ny && a->nx == b->nx
         && memcmp (a->data, b->data, pisd_field_get_n (a) * sizeof (double)) == 0;
}

static gboolean
instances_equal (const PisdInstance *a, const PisdInstance *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || pisd_instance_get_problem (a) != pisd_instance_get_problem (b))
    return FALSE;
  for (PisdFieldId field = PISD_FIELD_A; field <= PISD_FIELD_W; field++)
    if (!fields_equal (pisd_instance_get_field (a, field), pisd_instance_get_field (b, field)))
      return FALSE;
  return TRUE;
}

static gboolean
setting_equal (const PisdSettingInfo *info, const PisdSettings *a, const PisdSettings *b)
{
  g_autofree char *text_a = pisd_settings_dup_text (a, info);
  g_autofree char *text_b = pisd_settings_dup_text (b, info);

  return g_str_equal (text_a, text_b);
}

static gboolean
settings_equal (const PisdSettings *a, const PisdSettings *b)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint k = 0; k < n; k++)
    if (!setting_equal (&infos[k], a, b))
      return FALSE;
  return TRUE;
}

guint
pisd_edit_diff (const PisdScenario *a, const PisdScenario *b)
{
  guint flags = 0;

  if (a->settings.problem != b->settings.problem
      || a->settings.wavenumber != b->settings.wavenumber)
    flags |= PISD_CHANGE_PROBLEM;
  if (!instances_equal (a->instance, b->instance) || g_strcmp0 (a->truth_path, b->truth_path) != 0)
    flags |= PISD_CHANGE_INSTANCE;
  if (!pisd_sensors_equal (a->sensors, b->sensors))
    flags |= PISD_CHANGE_SENSORS;
  if (!settings_equal (&a->settings, &b->settings))
    flags |= PISD_CHANGE_SETTINGS;
  return flags;
}

/* Takes the instance and the path; the sensors read anew. */
static void
take_instance (PisdScenario *scenario, PisdInstance *instance, char *path)
{
  pisd_instance_unref (scenario->instance);
  scenario->instance = instance;
  g_free (scenario->truth_path);
  scenario->truth_path = path;
  if (instance != NULL)
    pisd_sensors_measure (scenario->sensors, instance, scenario->settings.instance_seed);
}

gboolean
pisd_edit_is_random (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  g_autoptr (PisdInstance) random = NULL;

  if (scenario->instance == NULL || scenario->truth_path != NULL)
    return FALSE;
  random = pisd_instance_new_random (settings->problem, settings->wavenumber, settings->family,
                                     settings->instance_seed, NULL);
  return random != NULL && instances_equal (random, scenario->instance);
}

static PisdInstance *
solve_again (const PisdScenario *scenario, PisdProblemId problem, double wavenumber, GError **error)
{
  const PisdSettings *settings = &scenario->settings;

  if (pisd_edit_is_random (scenario))
    return pisd_instance_new_random (problem, wavenumber, settings->family, settings->instance_seed,
                                     error);
  return pisd_instance_new_from_source (
      problem, wavenumber, pisd_instance_get_field (scenario->instance, PISD_FIELD_A), error);
}

static void
drop_foreign_sensors (PisdScenario *scenario)
{
  for (guint k = scenario->sensors->n; k > 0; k--)
    if (pisd_problem_find_field (scenario->settings.problem, scenario->sensors->items[k - 1].field)
        == NULL)
      pisd_sensors_remove (scenario->sensors, k - 1);
}

gboolean
pisd_edit_set_problem (PisdScenario *scenario,
                       PisdProblemId problem,
                       double wavenumber,
                       GError **error)
{
  PisdSettings settings = scenario->settings;
  PisdInstance *instance = NULL;

  settings.problem = problem;
  settings.wavenumber = wavenumber;
  if (!pisd_settings_check (&settings, error))
    return FALSE;
  if (scenario->instance != NULL)
    {
      instance = solve_again (scenario, problem, wavenumber, error);
      if (instance == NULL)
        return FALSE;
    }
  scenario->settings = settings;
  drop_foreign_sensors (scenario);
  take_instance (scenario, instance, NULL);
  return TRUE;
}

gboolean
pisd_edit_set_random_instance (PisdScenario *scenario,
                               PisdFamily family,
                               guint64 seed,
                               GError **error)
{
  PisdSettings *settings = &scenario->settings;
  PisdInstance *instance;

  instance =
      pisd_instance_new_random (settings->problem, settings->wavenumber, family, seed, error);
  if (instance == NULL)
    return FALSE;
  settings->family = family;
  settings->instance_seed = seed;
  take_instance (scenario, instance, NULL);
  return TRUE;
}

gboolean
pisd_edit_set_source (PisdScenario *scenario, const PisdField *source, GError **error)
{
  PisdInstance *instance;

  instance = pisd_instance_new_from_source (scenario->settings.problem,
                                            scenario->settings.wavenumber, source, error);
  if (instance == NULL)
    return FALSE;
  take_instance (scenario, instance, NULL);
  return TRUE;
}

gboolean
pisd_edit_open_truth (PisdScenario *scenario, const char *path, GError **error)
{
  PisdInstance *instance;

  instance = pisd_instance_new_from_npz (scenario->settings.problem, scenario->settings.wavenumber,
                                         path, error);
  if (instance == NULL)
    return FALSE;
  take_instance (scenario, instance, g_canonicalize_filename (path, NULL));
  return TRUE;
}

/* Whether readings are those of the truth: to rounding, and to six standard deviations of their
 * noise. */
static gboolean
readings_agree (const PisdSensors *sensors, const PisdInstance *instance)
{
  g_autoptr (PisdSensors) exact = pisd_sensors_dup (sensors);
  double largest = 0;

  for (guint k = 0; k < exact->n; k++)
    exact->items[k].sd = 0;
  pisd_sensors_measure (exact, instance, 0);
  for (guint k = 0; k < exact->n; k++)
    largest = MAX (largest, fabs (exact->items[k].value));
  for (guint k = 0; k < exact->n; k++)
    if (fabs (exact->items[k].value - sensors->items[k].value)
        > 1e-5 * largest + 6 * sensors->items[k].sd)
      return FALSE;
  return TRUE;
}

gboolean
pisd_edit_open_sensors (PisdScenario *scenario, const char *path, GError **error)
{
  PisdSensors *sensors;

  sensors = pisd_sensors_load_csv (scenario->settings.problem, path, error);
  if (sensors == NULL)
    return FALSE;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = sensors;
  if (scenario->instance != NULL && !readings_agree (sensors, scenario->instance))
    take_instance (scenario, NULL, NULL);
  return TRUE;
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
  double sd = 0;

  for (guint k = first; k < sensors->n; k++)
    sd = MAX (sd, sensors->items[k].sd);
  if (sd == 0)
    return;
  noisy = pisd_sensors_dup (sensors);
  pisd_sensors_measure (noisy, instance, seed);
  for (guint k = first; k < sensors->n; k++)
    sensors->items[k].value = noisy->items[k].value;
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
add_node (PisdSensors *sensors,
          const PisdScenario *scenario,
          PisdFieldId field,
          guint i,
          guint j,
          double sd)
{
  const PisdSensor sensor = pisd_sensor_at_node (scenario->instance, field, i, j, sd);

  if (pisd_sensors_find (sensors, field, sensor.x, sensor.y, 0.25 * NODE_WIDTH) >= 0)
    return TRUE;
  return pisd_sensors_add (sensors, &sensor);
}

/* Node number k of `n` spread evenly over `length`. */
static guint
spread (guint k, guint n, guint length)
{
  return (guint) floor ((k + 0.5) * length / n);
}

gboolean
pisd_edit_place_grid (PisdScenario *scenario,
                      PisdFieldId field,
                      guint n_rows,
                      guint n_columns,
                      double sd,
                      GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  guint first;

  if (!check_truth (scenario, error))
    return FALSE;
  sensors = dup_without_field (scenario->sensors, field);
  first = sensors->n;
  for (guint r = 0; r < n_rows; r++)
    for (guint c = 0; c < n_columns; c++)
      if (!add_node (sensors, scenario, field, spread (r, n_rows, PISD_GRID),
                     spread (c, n_columns, PISD_GRID), sd))
        {
          set_full_error (error);
          return FALSE;
        }
  take_sensors (scenario, g_steal_pointer (&sensors), first);
  return TRUE;
}

/* Node number t, counted clockwise from the top left corner, of the square of nodes `inset` from
 * the boundary; its sides are `side` nodes long. */
static void
ring_node (guint t, guint side, guint inset, guint *i, guint *j)
{
  const guint along = t % side;
  const guint offset[4][2] = {
    { 0, along }, { along, side }, { side, side - along }, { side - along, 0 }
  };

  *i = inset + offset[(t / side) % 4][0];
  *j = inset + offset[(t / side) % 4][1];
}

gboolean
pisd_edit_place_ring (PisdScenario *scenario, PisdFieldId field, guint n, double sd, GError **error)
{
  const PisdFieldInfo *info = pisd_problem_find_field (scenario->settings.problem, field);
  g_autoptr (PisdSensors) sensors = NULL;
  guint first, inset, side;

  if (!check_truth (scenario, error))
    return FALSE;
  /* A field that vanishes on the boundary says nothing there. */
  inset = (info->zero_boundary || info->basis == PISD_BASIS_SINE) ? 1 : 0;
  side = PISD_GRID - 1 - 2 * inset;
  sensors = dup_without_field (scenario->sensors, field);
  first = sensors->n;
  for (guint k = 0; k < n; k++)
    {
      guint i, j;

      ring_node (spread (k, n, 4 * side), side, inset, &i, &j);
      if (!add_node (sensors, scenario, field, i, j, sd))
        {
          set_full_error (error);
          return FALSE;
        }
    }
  take_sensors (scenario, g_steal_pointer (&sensors), first);
  return TRUE;
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

  if (!check_truth (scenario, error))
    return FALSE;
  for (int di = -radius; di <= radius; di++)
    for (int dj = -radius; dj <= radius; dj++)
      if (is_in_disc (i, j, di, dj, radius)
          && !add_node (scenario->sensors, scenario, field, (guint) (i + di), (guint) (j + dj), sd))
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
  int found;

  while (
      (found = pisd_sensors_find (scenario->sensors, field, j * NODE_WIDTH, i * NODE_WIDTH, reach))
      >= 0)
    pisd_sensors_remove (scenario->sensors, (guint) found);
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
  PisdSensor *sensor = &scenario->sensors->items[index];
  g_autoptr (PisdSensors) read = NULL;

  if (!check_truth (scenario, error))
    return FALSE;
  if (pisd_edit_find (scenario, sensor->field, i, j) >= 0)
    return TRUE;
  *sensor =
      pisd_sensor_at_node (scenario->instance, sensor->field, (guint) i, (guint) j, sensor->sd);
  if (sensor->sd == 0)
    return TRUE;
  read = pisd_sensors_dup (scenario->sensors);
  pisd_sensors_measure (read, scenario->instance, scenario->settings.instance_seed);
  sensor->value = read->items[index].value;
  return TRUE;
}

void
pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset)
{
  *preset = scenario->settings;
  pisd_settings_apply_preset (preset, preset->guidance, pisd_scenario_get_task (scenario), FALSE);
  preset->covariance =
      PISD_COVARIANCE_GAUSSIAN; /* the exact steps of a preset need the closed form */
}

void
pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after)
{
  PisdSettings preset;

  pisd_edit_get_preset (before, &preset);
  if (!settings_equal (&preset, &before->settings))
    return;
  pisd_edit_get_preset (after, &preset);
  after->settings = preset;
}
