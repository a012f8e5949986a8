#include "pisd-lesson-setup.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-fit.h"
#include "pisd-number.h"
#include "pisd-prior-choice.h"
#include "pisd-truth.h"

#define KEY_TRUTH "truth"
#define KEY_SENSORS "sensors"
#define LAYOUTS "none, random, grid, ring, at, block"

typedef struct
{
  const GPtrArray *lines;
  PisdInput *input;
  const char *file;
  PisdScenario *scenario;
} Maker;

gboolean
pisd_lesson_setup_has_key (const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return g_str_equal (key, KEY_TRUTH) || g_str_equal (key, KEY_SENSORS)
         || pisd_settings_find (key) != NULL;
}

static const PisdLessonLine *
get_line (const Maker *maker, guint k)
{
  return g_ptr_array_index (maker->lines, k);
}

/* Settings. */

static gboolean
apply_settings (PisdSettings *settings, gconstpointer data, GError **error)
{
  const Maker *maker = data;

  for (guint k = 0; k < maker->lines->len; k++)
    {
      const PisdLessonLine *line = get_line (maker, k);

      if (pisd_settings_find (line->key) != NULL
          && !pisd_settings_set (settings, line->key, line->value, error))
        {
          pisd_lesson_prefix_error (maker->file, line->number, error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
says (const Maker *maker, const char *key)
{
  for (guint k = 0; k < maker->lines->len; k++)
    if (g_str_equal (get_line (maker, k)->key, key))
      return TRUE;
  return FALSE;
}

static gboolean
is_said (const char *key, gconstpointer data)
{
  return says (data, key);
}

/* The preset of the guidance lies between what is usual and what the lines say. */
static gboolean
settle (const Maker *maker, guint head, GError **error)
{
  PisdScenario *scenario = maker->scenario;
  PisdSettings *settings = &scenario->settings;
  PisdMixture mixture;

  pisd_scenario_get_mixture (scenario, &mixture);
  if (!pisd_fit_preset (settings, &mixture, TRUE, apply_settings, maker, error))
    return FALSE;
  if (!says (maker, "prior-family"))
    settings->prior_family = pisd_prior_choose_family (scenario);
  if (!says (maker, "mean-sd"))
    settings->mean_sd = pisd_prior_choose_mean_sd (scenario);
  if (pisd_fit (settings, scenario->weights_path, is_said, maker, NULL, error))
    return TRUE;
  pisd_lesson_prefix_error (maker->file, head, error);
  return FALSE;
}

/* Truth. */

static gboolean
open_truth (const Maker *maker, const PisdLessonLine *line, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (pisd_input_get_path (maker->input));
  g_autofree char *path = g_path_is_absolute (line->value)
                              ? g_strdup (line->value)
                              : g_build_filename (directory, line->value, NULL);
  g_autoptr (PisdInput) input = pisd_input_open (path, pisd_input_get_cancel (maker->input), error);

  if (input != NULL && pisd_truth_open_from (maker->scenario, input, error))
    return TRUE;
  pisd_lesson_prefix_error (maker->file, line->number, error);
  return FALSE;
}

static gboolean
make_truth (const Maker *maker, guint head, GError **error)
{
  const PisdLessonLine *last = NULL;

  for (guint k = 0; k < maker->lines->len; k++)
    if (g_str_equal (get_line (maker, k)->key, KEY_TRUTH))
      last = get_line (maker, k);
  if (last != NULL)
    return open_truth (maker, last, error);
  if (pisd_truth_set_random (maker->scenario, error))
    return TRUE;
  pisd_lesson_prefix_error (maker->file, head, error);
  return FALSE;
}

/* Sensors. */

typedef struct
{
  const PisdFieldInfo *field;
  guint frame;
  double sd;
  double trust; /* NaN: that sd */
  guint64 seed;
} Place;

typedef gboolean (*PlaceSensors) (const Maker *maker,
                                  const Place *place,
                                  char **numbers,
                                  GError **error);

static gboolean
fail (const char *got, const char *expected, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  return pisd_error_fail (error, PISD_ERROR_FORMAT, KEY_SENSORS ": got %s, expected %s", quoted,
                          expected);
}

static gboolean
parse_count (const char *text, guint *n, GError **error)
{
  g_autofree char *expected = g_strdup_printf (_ ("a whole number from 1 to %d"), PISD_MAX_SENSORS);
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, PISD_MAX_SENSORS, &value, NULL))
    return fail (text, expected, error);
  *n = value;
  return TRUE;
}

static gboolean
place_random (const Maker *maker, const Place *place, char **numbers, GError **error)
{
  guint n = 0;

  return parse_count (numbers[0], &n, error)
         && pisd_edit_scatter (maker->scenario, place->field->id, place->frame, n, place->sd,
                               place->seed, error);
}

/* What a block has at most: each of its sensors is an edit of its own. */
#define MOST_IN_BLOCK 1024

/* "6x5" */
static gboolean
parse_sides (const char *text, guint *rows, guint *columns, GError **error)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", 2);

  if (g_strv_length (sides) != 2)
    return fail (text, "ROWSxCOLUMNS", error);
  if (!parse_count (sides[0], rows, error) || !parse_count (sides[1], columns, error))
    return FALSE;
  return (*rows <= PISD_GRID && *columns <= PISD_GRID)
         || fail (text, _ ("at most one sensor a node"), error);
}

static gboolean
place_grid (const Maker *maker, const Place *place, char **numbers, GError **error)
{
  guint rows = 0, columns = 0;

  if (!parse_sides (numbers[0], &rows, &columns, error))
    return FALSE;
  return pisd_edit_place_grid (maker->scenario, place->field->id, place->frame, rows, columns,
                               place->sd, error);
}

static gboolean
place_ring (const Maker *maker, const Place *place, char **numbers, GError **error)
{
  guint n = 0;

  return parse_count (numbers[0], &n, error)
         && pisd_edit_place_ring (maker->scenario, place->field->id, place->frame, n, place->sd,
                                  error);
}

static gboolean
parse_part (const char *text, double *part, GError **error)
{
  return (pisd_number_parse (text, part) && *part >= 0 && *part <= 1)
         || fail (text, _ ("a number from 0 to 1"), error);
}

/* One on the node nearest to a place. */
static gboolean
place_one (const Maker *maker, const Place *place, double x, double y, GError **error)
{
  const double spacing = pisd_field_info_get_spacing (place->field);

  return pisd_edit_paint (maker->scenario, place->field->id, place->frame,
                          (int) (y / spacing + 0.5), (int) (x / spacing + 0.5), 0, place->sd,
                          error);
}

static gboolean
place_at (const Maker *maker, const Place *place, char **numbers, GError **error)
{
  double x, y;

  return parse_part (numbers[0], &x, error) && parse_part (numbers[1], &y, error)
         && place_one (maker, place, x, y, error);
}

/* Number k of n in [from, from + length], both ends included; one alone is in the middle. */
static double
divide (double from, double length, guint k, guint n)
{
  return from + length * (n > 1 ? (double) k / (n - 1) : 0.5);
}

static gboolean
place_block (const Maker *maker, const Place *place, char **numbers, GError **error)
{
  guint rows = 0, columns = 0;
  double box[4];

  if (!parse_sides (numbers[0], &rows, &columns, error))
    return FALSE;
  if (rows * columns > MOST_IN_BLOCK)
    return fail (numbers[0], _ ("at most 1024 sensors"), error);
  for (guint k = 0; k < G_N_ELEMENTS (box); k++)
    if (!parse_part (numbers[1 + k], &box[k], error))
      return FALSE;
  for (guint k = 0; k < 2; k++)
    if (box[k] + box[2 + k] > 1 + G_MINFLOAT)
      return fail (numbers[3 + k], _ ("a rectangle within the square"), error);
  for (guint k = 0; k < rows * columns; k++)
    if (!place_one (maker, place, divide (box[0], box[2], k % columns, columns),
                    divide (box[1], box[3], k / columns, rows), error))
      return FALSE;
  return TRUE;
}

/* What the method takes the noise of that frame's sensors for. */
static void
trust (const Maker *maker, const Place *place)
{
  PisdSensors *sensors = maker->scenario->sensors;
  PisdSensor *items;

  if (isnan (place->trust))
    return;
  items = pisd_sensors_edit (sensors);
  for (guint s = 0; s < sensors->n; s++)
    if (pisd_sensor_is_on (&items[s], place->field, place->frame))
      items[s].sd = place->trust;
}

static const struct
{
  const char *name;
  guint n_numbers;
  PlaceSensors place;
} layouts[] = {
  { "random", 1, place_random }, { "grid", 1, place_grid },   { "ring", 1, place_ring },
  { "at", 2, place_at },         { "block", 5, place_block },
};

static gboolean
find_field (const Maker *maker, const char *name, Place *place, GError **error)
{
  const PisdOperator *row = pisd_operator_get (maker->scenario->settings.problem);
  const int found = pisd_operator_find_field (row, name);

  if (found < 0)
    return fail (name, _ ("a field of the equation"), error);
  place->field = &row->fields[found];
  place->frame = place->field->n_frames - 1;
  return TRUE;
}

static gboolean
parse_sd (const char *text, double *sd, GError **error)
{
  return (pisd_number_parse (text, sd) && *sd >= 0)
         || fail (text, _ ("a standard deviation"), error);
}

/* "seed 3", "noise 0.1", "trust 0", "time 0.5". */
static gboolean
parse_option (Place *place, const char *name, const char *text, GError **error)
{
  double time;

  if (g_str_equal (name, "seed"))
    return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &place->seed, NULL)
           || fail (text, _ ("a seed"), error);
  if (g_str_equal (name, "noise") || g_str_equal (name, "trust"))
    return parse_sd (text, name[0] == 'n' ? &place->sd : &place->trust, error);
  if (!g_str_equal (name, "time"))
    return fail (name, "seed, noise, trust, time", error);
  if (!parse_part (text, &time, error))
    return FALSE;
  place->frame = pisd_field_info_find_frame (place->field, time);
  return TRUE;
}

static gboolean
apply_words (const Maker *maker, char **words, guint n, GError **error)
{
  Place place = { .trust = NAN, .seed = maker->scenario->settings.instance_seed };
  guint k = 0, used;

  if (n == 1 && g_str_equal (words[0], "none"))
    {
      pisd_sensors_clear (maker->scenario->sensors);
      return TRUE;
    }
  while (k < G_N_ELEMENTS (layouts) && !g_str_equal (layouts[k].name, words[0]))
    k++;
  if (k == G_N_ELEMENTS (layouts))
    return fail (words[0], LAYOUTS, error);
  used = 2 + layouts[k].n_numbers;
  if (n < used || (n - used) % 2 != 0)
    return fail (words[n - 1], _ ("the field, its numbers, and pairs of a word and a number"),
                 error);
  if (!find_field (maker, words[1], &place, error))
    return FALSE;
  for (guint w = used; w < n; w += 2)
    if (!parse_option (&place, words[w], words[w + 1], error))
      return FALSE;
  if (!layouts[k].place (maker, &place, words + 2, error))
    return FALSE;
  trust (maker, &place);
  return TRUE;
}

static gboolean
apply_sensors (const Maker *maker, const PisdLessonLine *line, GError **error)
{
  g_auto (GStrv) words = pisd_lesson_split_words (line->value);

  if (words[0] != NULL && apply_words (maker, words, g_strv_length (words), error))
    return TRUE;
  if (words[0] == NULL)
    fail ("", LAYOUTS, error);
  pisd_lesson_prefix_error (maker->file, line->number, error);
  return FALSE;
}

static gboolean
place_sensors (const Maker *maker, GError **error)
{
  for (guint k = 0; k < maker->lines->len; k++)
    if (g_str_equal (get_line (maker, k)->key, KEY_SENSORS)
        && !apply_sensors (maker, get_line (maker, k), error))
      return FALSE;
  return TRUE;
}

PisdScenario *
pisd_lesson_setup_make (const GPtrArray *lines, guint head, PisdInput *input, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const Maker maker = { lines, input, pisd_input_get_name (input), scenario };

  g_return_val_if_fail (lines != NULL && input != NULL, NULL);

  if (!apply_settings (&scenario->settings, &maker, error) || !make_truth (&maker, head, error)
      || !place_sensors (&maker, error) || !settle (&maker, head, error))
    return NULL;
  return g_steal_pointer (&scenario);
}
