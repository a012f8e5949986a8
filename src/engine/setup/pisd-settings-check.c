/* Rules between settings, part of pisd-settings.h. */
#include "pisd-settings-check-private.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-law-setting.h"
#include "pisd-number.h"

/* Every value within its own range, however it got there. */
static gboolean
check_ranges (const PisdChecked *checked, GError **error)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (checked->settings, &infos[i]);
      PisdSettings scratch = *checked->settings;

      if (!pisd_settings_set_in_words (&scratch, infos[i].key, text, checked->words, error))
        return FALSE;
    }
  return TRUE;
}

/* "prior-tau: got 5 with problem navier-stokes, whose fields have a law of another kind, expected
 * 3" */
static void
fail_kind (const PisdChecked *checked,
           const PisdLawSetting *law,
           const char *got,
           const char *expected,
           GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s with %s %s, whose fields have a law of another kind, expected %s"),
               pisd_checked_get_word (checked, law->key), got,
               pisd_checked_get_word (checked, "problem"),
               pisd_checked_get_chosen (checked, "problem"), expected);
}

/* "prior-tau: got 5 with prior-family blobs and prior gaussian, whose fields have no other than
 * 3" */
static void
fail_law (const PisdChecked *checked,
          const PisdLawSetting *law,
          const char *got,
          const char *expected,
          GError **error)
{
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s and %s %s, whose fields have no other than %s"),
      pisd_checked_get_word (checked, law->key), got, pisd_checked_get_word (checked, law->choice),
      pisd_checked_get_chosen (checked, law->choice), pisd_checked_get_word (checked, law->other),
      pisd_checked_get_chosen (checked, law->other), expected);
}

static gboolean
check_law (const PisdChecked *checked, const PisdLawSetting *law, GError **error)
{
  const gsize offset = pisd_settings_find (law->key)->offset;
  const double value = G_STRUCT_MEMBER (double, checked->settings, offset);
  const double standard = pisd_law_setting_get_standard (law);
  char got[PISD_NUMBER_SIZE], expected[PISD_NUMBER_SIZE];

  if (value == standard || pisd_law_setting_may (law, checked->settings))
    return TRUE;
  pisd_number_format_local (value, got);
  pisd_number_format_local (standard, expected);
  if (law->may (checked->settings))
    fail_kind (checked, law, got, expected, error);
  else
    fail_law (checked, law, got, expected, error);
  return FALSE;
}

static gboolean
check_laws (const PisdChecked *checked, GError **error)
{
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    if (!check_law (checked, pisd_law_setting_get (i), error))
      return FALSE;
  return TRUE;
}

/* A family that the equation has instances of, or any of several: "prior-family: got blobs, which
 * navier-stokes does not have, expected grf" */
static gboolean
check_family (const PisdChecked *checked, const char *key, PisdFamily family, GError **error)
{
  const PisdOperator *row = pisd_operator_get (checked->settings->problem);
  g_autofree char *families = NULL;

  if (pisd_operator_has_family (row, family))
    return TRUE;
  families = pisd_setting_dup_families (pisd_settings_find (key), row, checked->words);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               _ ("%s: got %s, which %s does not have, expected %s"),
               pisd_checked_get_word (checked, key), pisd_checked_get_chosen (checked, key),
               pisd_checked_get_chosen (checked, "problem"), families);
  return FALSE;
}

/* "sigma-min: got 2, expected less than sigma-max, 1" */
static gboolean
fail_order (const PisdChecked *checked, const char *low, const char *high, GError **error)
{
  const gsize at_low = pisd_settings_find (low)->offset,
              at_high = pisd_settings_find (high)->offset;
  char got[PISD_NUMBER_SIZE], limit[PISD_NUMBER_SIZE];

  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %s, expected less than %s, %s"),
      pisd_checked_get_word (checked, low),
      pisd_number_format_local (G_STRUCT_MEMBER (double, checked->settings, at_low), got),
      pisd_checked_get_word (checked, high),
      pisd_number_format_local (G_STRUCT_MEMBER (double, checked->settings, at_high), limit));
  return FALSE;
}

/* The limit with as few digits, three at least, as leave `got` on the side of it that it is on. */
static const char *
format_limit (double limit, double got, char buffer[PISD_NUMBER_SIZE])
{
  double shown = limit;

  for (guint digits = 3; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%ug", digits);

      shown = g_ascii_strtod (g_ascii_formatd (buffer, PISD_NUMBER_SIZE, format, limit), NULL);
      if ((shown > got) == (limit > got) && (shown < got) == (limit < got))
        break;
    }
  return pisd_number_format_local (shown, buffer);
}

/* "sigma-max: got 0.005, expected more than 0.01 with schedule linear" */
static gboolean
fail_schedule (const PisdChecked *checked, double low, double high, GError **error)
{
  const gboolean is_low = checked->settings->sigma_max <= low;
  const double value = is_low ? checked->settings->sigma_max : checked->settings->sigma_min;
  char got[PISD_NUMBER_SIZE], limit[PISD_NUMBER_SIZE];

  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE,
      is_low ? _ ("%s: got %s, expected more than %s with %s %s")
             : _ ("%s: got %s, expected less than %s with %s %s"),
      pisd_checked_get_word (checked, is_low ? "sigma-max" : "sigma-min"),
      pisd_number_format_local (value, got), format_limit (is_low ? low : high, value, limit),
      pisd_checked_get_word (checked, "schedule"), pisd_checked_get_chosen (checked, "schedule"));
  return FALSE;
}

static gboolean
check_noise (const PisdChecked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;
  double low, high;

  if (settings->sigma_min >= settings->sigma_max)
    return fail_order (checked, "sigma-min", "sigma-max", error);
  if (settings->churn.from >= settings->churn.to)
    return fail_order (checked, "churn-min", "churn-max", error);
  pisd_schedule_get_range (settings->schedule, &low, &high);
  return (low < settings->sigma_max && settings->sigma_min < high)
         || fail_schedule (checked, low, high, error);
}

/* Names of the samplers that use these settings, "euler, heun". */
static char *
dup_samplers (const PisdChecked *checked, PisdSamplerUses uses)
{
  GString *names = g_string_new (NULL);

  for (guint s = 0; s < PISD_N_SAMPLERS; s++)
    if (pisd_method_get_sampler (s)->uses & uses)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              pisd_checked_get_choice (checked, "sampler", s));
  return g_string_free (names, FALSE);
}

/* "eta: got 0.5 with guidance exact, which makes no steps, expected 0" */
static gboolean
fail_steps (const PisdChecked *checked, const char *key, const char *got, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s with %s %s, which makes no steps, expected 0"),
               pisd_checked_get_word (checked, key), got,
               pisd_checked_get_word (checked, "guidance"),
               pisd_checked_get_chosen (checked, "guidance"));
  return FALSE;
}

/* "churn: got 40 with sampler ddim, expected 0, or sampler euler, heun" */
static gboolean
check_use (const PisdChecked *checked,
           const char *key,
           PisdSamplerUses uses,
           double amount,
           GError **error)
{
  g_autofree char *samplers = NULL;
  char got[PISD_NUMBER_SIZE];

  if (amount == 0.0 || pisd_settings_use_sampler (checked->settings, uses))
    return TRUE;
  pisd_number_format_local (amount, got);
  if (!pisd_method_get (checked->settings->guidance)->makes_steps)
    return fail_steps (checked, key, got, error);
  samplers = dup_samplers (checked, uses);
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %s with %s %s, expected 0, or %s %s"),
      pisd_checked_get_word (checked, key), got, pisd_checked_get_word (checked, "sampler"),
      pisd_checked_get_chosen (checked, "sampler"), pisd_checked_get_word (checked, "sampler"),
      samplers);
  return FALSE;
}

/* Fresh noise and churn do something. */
static gboolean
check_fresh_noise (const PisdChecked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;

  return check_use (checked, "eta", PISD_SAMPLER_USES_ETA, settings->eta, error)
         && check_use (checked, "churn", PISD_SAMPLER_USES_CHURN, settings->churn.amount, error);
}

static gboolean
check_modes (const PisdChecked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;

  if (settings->mode_set != PISD_MODES_HYPERBOLIC
      || (settings->modes >= PISD_MODES_LEAST_HYPERBOLIC
          && settings->modes <= PISD_MODES_MOST_HYPERBOLIC))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %u, expected %d to %d with %s %s"),
               pisd_checked_get_word (checked, "modes"), settings->modes,
               PISD_MODES_LEAST_HYPERBOLIC, PISD_MODES_MOST_HYPERBOLIC,
               pisd_checked_get_word (checked, "mode-set"),
               pisd_checked_get_chosen (checked, "mode-set"));
  return FALSE;
}

gboolean
pisd_settings_check_in_words (const PisdSettings *settings, PisdWords words, GError **error)
{
  const PisdChecked checked = { settings, words };
  PisdEquation equation;

  g_return_val_if_fail (settings != NULL, FALSE);

  if (!check_ranges (&checked, error) || !check_noise (&checked, error)
      || !check_modes (&checked, error) || !pisd_checked_check_methods (&checked, error)
      || !check_fresh_noise (&checked, error)
      || !check_family (&checked, "family", settings->family, error)
      || !check_family (&checked, "prior-family", settings->prior_family, error)
      || !check_laws (&checked, error))
    return FALSE;

  equation = pisd_settings_get_equation (settings);
  return pisd_equation_check (&equation, error);
}

gboolean
pisd_settings_check (const PisdSettings *settings, GError **error)
{
  return pisd_settings_check_in_words (settings, PISD_WORDS_NAMES, error);
}
