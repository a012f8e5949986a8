#include "pisd-sweep-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* From this ratio of its ends on a range is one of ratios. */
#define WIDE_RANGE 10.0

static const char *const layout_names[] = { "random", "grid", "ring" };

G_STATIC_ASSERT (G_N_ELEMENTS (layout_names) == PISD_N_LAYOUTS);

void
pisd_sweep_axis_clear (PisdSweepAxis *axis)
{
  g_clear_pointer (&axis->key, g_free);
  g_clear_pointer (&axis->values, g_strfreev);
}

int
pisd_layout_find (const char *name)
{
  for (int k = 0; k < PISD_N_LAYOUTS; k++)
    if (g_str_equal (layout_names[k], name))
      return k;
  return -1;
}

static gboolean
check_layout (const char *text, GError **error)
{
  return pisd_layout_find (text) >= 0
         || pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                             PISD_SWEEP_LAYOUT ": got `%s`, expected random, grid or ring", text);
}

static gboolean
check_sensors (const char *text, GError **error)
{
  return g_ascii_string_to_unsigned (text, 10, 1, PISD_MAX_SENSORS, NULL, NULL)
         || pisd_error_fail (error, PISD_ERROR_RANGE,
                             PISD_SWEEP_SENSORS ": got `%s`, expected a whole number from 1 to %d",
                             text, PISD_MAX_SENSORS);
}

static gboolean
check_value (const PisdSweep *sweep, const char *key, const char *text, GError **error)
{
  PisdSettings settings = sweep->base->settings;

  if (g_str_equal (key, PISD_SWEEP_SENSORS))
    return check_sensors (text, error);
  if (g_str_equal (key, PISD_SWEEP_LAYOUT))
    return check_layout (text, error);
  return pisd_settings_set (&settings, key, text, error);
}

static gboolean
check_values (const PisdSweep *sweep, const PisdSweepAxis *axis, GError **error)
{
  if (axis->n == 0 || axis->n > PISD_SWEEP_MAX_VALUES)
    return pisd_error_fail (error, PISD_ERROR_LIMIT, "%s: got %u values, expected 1 to %d",
                            axis->key, axis->n, PISD_SWEEP_MAX_VALUES);
  for (guint k = 0; k < axis->n; k++)
    if (!check_value (sweep, axis->key, axis->values[k], error))
      return FALSE;
  return TRUE;
}

static gboolean
has_constant (const PisdOperator *row, const char *key)
{
  for (guint c = 0; c < row->n_constants; c++)
    if (g_str_equal (row->constants[c].key, key))
      return TRUE;
  return FALSE;
}

/* Whether it is a constant of other equations alone. */
static gboolean
is_foreign (PisdProblemId problem, const char *key)
{
  if (has_constant (pisd_operator_get (problem), key))
    return FALSE;
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    if (has_constant (pisd_operator_get (p), key))
      return TRUE;
  return FALSE;
}

/* A course has commas of its own. */
static gboolean
is_course (const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  return info != NULL && info->type == PISD_SETTING_COURSE;
}

static gboolean
check_key (const PisdSweep *sweep, const char *key, GError **error)
{
  if (sweep->n_axes == PISD_SWEEP_MAX_AXES)
    return pisd_error_fail (error, PISD_ERROR_LIMIT, "%s: got a third setting, expected at most %d",
                            key, PISD_SWEEP_MAX_AXES);
  if (pisd_sweep_has_axis (sweep, key))
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "%s: got it twice, expected it once", key);
  if (g_str_equal (key, "problem"))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "problem: got several equations, expected one for all");
  if (is_course (key))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "%s: got a course, expected a number, a choice or a seed", key);
  if (is_foreign (sweep->base->settings.problem, key))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN, "%s: got a constant that %s does not have",
                            key, pisd_operator_get (sweep->base->settings.problem)->name);
  return TRUE;
}

static gboolean
is_whole (const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  return info == NULL || info->type == PISD_SETTING_UINT || info->type == PISD_SETTING_SEED;
}

/* Value number k of n from `low` to `high`. */
static double
get_between (double low, double high, guint n, guint k)
{
  double share = n == 1 ? 0.0 : (double) k / (n - 1);

  if (k + 1 == n && n > 1)
    return high;
  return low > 0.0 && high >= WIDE_RANGE * low ? low * pow (high / low, share)
                                               : low + share * (high - low);
}

/* Four digits are enough, but for numbers that they would move to a whole one, as 0.999999. */
static char *
format_between (double value, gboolean whole)
{
  char text[PISD_NUMBER_SIZE];
  double rounded;

  g_ascii_formatd (text, sizeof text, whole ? "%.0f" : "%.4g", value);
  rounded = g_ascii_strtod (text, NULL);
  if (!whole && rounded == rint (rounded) && fabs (rounded - value) > 1e-9 * fabs (value))
    pisd_number_format (value, text);
  return g_strdup (text);
}

/* LOW..HIGH/N; FALSE where the text is none. */
static gboolean
parse_range (const char *text, double *low, double *high, guint64 *n)
{
  g_auto (GStrv) ends = g_strsplit (text, "..", 2);
  g_auto (GStrv) parts = NULL;

  if (g_strv_length (ends) != 2)
    return FALSE;
  parts = g_strsplit (ends[1], "/", 2);
  return g_strv_length (parts) == 2 && pisd_number_parse (ends[0], low)
         && pisd_number_parse (parts[0], high)
         && g_ascii_string_to_unsigned (parts[1], 10, 2, PISD_SWEEP_MAX_VALUES, n, NULL);
}

static gboolean
fill_range (PisdSweepAxis *axis, const char *text, GError **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autofree char *last = NULL;
  double low, high;
  guint64 n;

  if (!parse_range (text, &low, &high, &n) || low >= high)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            "%s: got `%s`, expected LOW..HIGH/N with LOW below HIGH and N from 2 "
                            "to %d",
                            axis->key, text, PISD_SWEEP_MAX_VALUES);
  for (guint k = 0; k < n; k++)
    {
      g_autofree char *value = format_between (get_between (low, high, n, k), is_whole (axis->key));

      if (g_strcmp0 (value, last) != 0)
        g_strv_builder_add (values, value);
      g_free (last);
      last = g_steal_pointer (&value);
    }
  axis->values = g_strv_builder_end (values);
  return TRUE;
}

static void
fill_list (PisdSweepAxis *axis, const char *text)
{
  axis->values = g_strsplit (text, ",", -1);
  for (guint k = 0; axis->values[k] != NULL; k++)
    g_strstrip (axis->values[k]);
}

static const char *
find_word (const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  if (info != NULL)
    return info->title;
  return g_str_equal (key, PISD_SWEEP_SENSORS) ? N_ ("Number of sensors")
                                               : N_ ("Layout of sensors");
}

gboolean
pisd_sweep_add_axis (PisdSweep *sweep, const char *text, GError **error)
{
  g_auto (PisdSweepAxis) axis = { 0 };
  const char *equals = strchr (text, '=');

  if (equals == NULL)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            "got `%s`, expected KEY=VALUE,VALUE,… or KEY=LOW..HIGH/N", text);
  axis.key = g_strstrip (g_strndup (text, equals - text));
  if (!check_key (sweep, axis.key, error))
    return FALSE;
  if (strstr (equals, "..") == NULL)
    fill_list (&axis, equals + 1);
  else if (!fill_range (&axis, equals + 1, error))
    return FALSE;
  axis.n = g_strv_length (axis.values);
  if (!check_values (sweep, &axis, error))
    return FALSE;
  sweep->axes[sweep->n_axes++] = axis;
  axis = (PisdSweepAxis){ 0 };
  return TRUE;
}

gboolean
pisd_sweep_has_axis (const PisdSweep *sweep, const char *key)
{
  for (guint a = 0; a < sweep->n_axes; a++)
    if (g_str_equal (sweep->axes[a].key, key))
      return TRUE;
  return FALSE;
}

char *
pisd_sweep_axis_dup_text (const PisdSweepAxis *axis)
{
  g_autofree char *values = g_strjoinv (",", axis->values);

  return g_strconcat (axis->key, "=", values, NULL);
}

/* Of other equations' constants, of families where there is one alone, and of what this method does
 * not look at, a sweep would show the same picture again and again. */
static gboolean
is_used (const PisdScenario *base, const PisdSettingInfo *info)
{
  const PisdSettings *settings = &base->settings;
  const PisdTerm term = pisd_setting_get_term (info);
  const guint uses = pisd_method_get (settings->guidance)->uses;

  if (g_str_equal (info->key, "problem") || is_course (info->key))
    return FALSE;
  if (term < PISD_N_TERMS)
    return (uses & PISD_USES_WEIGHTS) != 0 && pisd_term_get_name (settings->problem, term) != NULL;
  if (info->live)
    return (uses & (PISD_USES_ADAM | PISD_USES_PHASES)) != 0;
  return !is_foreign (settings->problem, info->key);
}

GStrv
pisd_sweep_list_keys (const PisdScenario *base)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  g_strv_builder_add_many (keys, PISD_SWEEP_SENSORS, PISD_SWEEP_LAYOUT, NULL);
  for (guint k = 0; k < n; k++)
    if (is_used (base, &infos[k]))
      g_strv_builder_add (keys, infos[k].key);
  return g_strv_builder_end (keys);
}

/* Three values from a fifth or so to five times of what there is, inside the setting's range. */
static char *
suggest_around (double now, double minimum, double maximum, gboolean whole)
{
  const double low = fmax (whole ? fmax (1.0, floor (now / 4.0)) : now / 5.0, minimum);
  const double high = fmin (now > 0.0 ? now * (whole ? 4.0 : 5.0) : 1.0, maximum);
  g_autofree char *from = format_between (low, whole);
  g_autofree char *to = format_between (fmax (high, low + (whole ? 2.0 : 0.0)), whole);

  return g_strdup_printf ("%s..%s/3", from, to);
}

static gboolean
is_possible (const PisdScenario *base, const PisdSettingInfo *info, guint choice)
{
  const PisdOperator *row = pisd_operator_get (base->settings.problem);

  if (g_str_equal (info->key, "family") || g_str_equal (info->key, "prior-family"))
    return pisd_operator_has_family (row, choice);
  return TRUE;
}

static char *
suggest_choices (const PisdScenario *base, const PisdSettingInfo *info)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; info->get_choice (k).name != NULL; k++)
    if (is_possible (base, info, k))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", info->get_choice (k).name);
  return g_string_free (text, FALSE);
}

static char *
suggest_setting (const PisdScenario *base, const PisdSettingInfo *info)
{
  g_autofree char *text = pisd_settings_dup_text (&base->settings, info);
  double now = 0.0;

  if (info->type == PISD_SETTING_CHOICE)
    return suggest_choices (base, info);
  pisd_number_parse (text, &now);
  if (info->type == PISD_SETTING_SEED)
    return g_strdup_printf ("%.0f..%.0f/4", now, now + 3.0);
  return suggest_around (now, info->minimum, info->maximum, info->type == PISD_SETTING_UINT);
}

char *
pisd_sweep_suggest (const PisdScenario *base, const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  if (info != NULL)
    return suggest_setting (base, info);
  if (g_str_equal (key, PISD_SWEEP_LAYOUT))
    return g_strdup ("random,grid,ring");
  return suggest_around (MAX (base->sensors->n, 20), 1.0, PISD_GRID * PISD_GRID, TRUE);
}

const char *
pisd_sweep_get_word (const char *key)
{
  return _ (find_word (key));
}
