/* Rules between settings, part of pisd-settings.h. */
#include "pisd-settings.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* Settings that are checked, and the words for what is wrong with them. */
typedef struct
{
  const PisdSettings *settings;
  PisdWords words;
} Checked;

/* How the setting is called. */
static const char *
get_word (const Checked *checked, const char *key)
{
  return pisd_setting_get_word (pisd_settings_find (key), checked->words);
}

/* How one of its choices is called. */
static const char *
get_choice_word (const Checked *checked, const char *key, guint value)
{
  const PisdChoice choice = pisd_settings_find (key)->get_choice (value);

  return pisd_choice_get_word (&choice, checked->words);
}

/* How what is chosen is called. */
static const char *
get_chosen (const Checked *checked, const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  return get_choice_word (checked, key, G_STRUCT_MEMBER (guint, checked->settings, info->offset));
}

/* Every value within its own range, however it got there. */
static gboolean
check_ranges (const Checked *checked, GError **error)
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

/* "guidance: got exact with space joint and covariance gaussian, expected decoupled and
 * gaussian" */
static gboolean
fail_draws (const Checked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s with %s %s and %s %s, expected %s and %s"),
               get_word (checked, "guidance"), get_chosen (checked, "guidance"),
               get_word (checked, "space"), get_chosen (checked, "space"),
               get_word (checked, "covariance"), get_chosen (checked, "covariance"),
               get_choice_word (checked, "space", PISD_SPACE_DECOUPLED),
               get_choice_word (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* "guidance: got exact for toy, which is not linear, expected none, dps or pisd" */
static gboolean
fail_linear (const Checked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s for %s, which is not linear, expected %s, %s or %s"),
               get_word (checked, "guidance"), get_chosen (checked, "guidance"),
               get_chosen (checked, "problem"),
               get_choice_word (checked, "guidance", PISD_GUIDANCE_NONE),
               get_choice_word (checked, "guidance", PISD_GUIDANCE_DPS),
               get_choice_word (checked, "guidance", PISD_GUIDANCE_PISD));
  return FALSE;
}

/* "guidance: got second-order with space joint and covariance gaussian for navier-stokes, which is
 * not linear, expected decoupled and gaussian" */
static gboolean
fail_conditions (const Checked *checked, GError **error)
{
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s and %s %s for %s, which is not linear, expected %s and %s"),
      get_word (checked, "guidance"), get_chosen (checked, "guidance"), get_word (checked, "space"),
      get_chosen (checked, "space"), get_word (checked, "covariance"),
      get_chosen (checked, "covariance"), get_chosen (checked, "problem"),
      get_choice_word (checked, "space", PISD_SPACE_DECOUPLED),
      get_choice_word (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* "sampler: got exact with guidance pisd, space joint and covariance gaussian, expected
 * second-order, decoupled and gaussian" */
static gboolean
fail_flow (const Checked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s with %s %s, %s %s and %s %s, expected %s, %s and %s"),
               get_word (checked, "sampler"), get_chosen (checked, "sampler"),
               get_word (checked, "guidance"), get_chosen (checked, "guidance"),
               get_word (checked, "space"), get_chosen (checked, "space"),
               get_word (checked, "covariance"), get_chosen (checked, "covariance"),
               get_choice_word (checked, "guidance", PISD_GUIDANCE_SECOND_ORDER),
               get_choice_word (checked, "space", PISD_SPACE_DECOUPLED),
               get_choice_word (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* Which choices go together. */
static gboolean
check_methods (const Checked *checked, GError **error)
{
  const PisdMethod *method = pisd_method_get (checked->settings->guidance);
  const PisdSamplerTraits *sampler = pisd_method_get_sampler (checked->settings->sampler);
  const PisdOperator *row = pisd_operator_get (checked->settings->problem);
  gboolean allows_exact = pisd_settings_allow_exact (checked->settings);

  if (method->conditions && row->linear == NULL && row->flow == NULL)
    return fail_linear (checked, error);
  if (method->conditions && row->linear == NULL
      && !pisd_settings_need_conditioning (checked->settings))
    return fail_conditions (checked, error);
  if (method->draws_directly && !allows_exact)
    return fail_draws (checked, error);
  if (sampler->is_exact_flow && !(allows_exact && method->conditions))
    return fail_flow (checked, error);
  return TRUE;
}

/* A family that the equation has instances of, or any of several. */
static gboolean
check_family (const Checked *checked, const char *key, PisdFamily family, GError **error)
{
  const PisdOperator *row = pisd_operator_get (checked->settings->problem);

  if (pisd_operator_has_family (row, family))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, _ ("%s: got %s, which %s does not have"),
               get_word (checked, key), get_chosen (checked, key), get_chosen (checked, "problem"));
  return FALSE;
}

static gboolean
check_noise (const Checked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;
  char low[PISD_NUMBER_SIZE], high[PISD_NUMBER_SIZE];

  if (settings->sigma_min < settings->sigma_max)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %s, expected less than %s, %s"),
               get_word (checked, "sigma-min"), pisd_number_format_local (settings->sigma_min, low),
               get_word (checked, "sigma-max"),
               pisd_number_format_local (settings->sigma_max, high));
  return FALSE;
}

static gboolean
check_modes (const Checked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;

  if (settings->mode_set != PISD_MODES_HYPERBOLIC
      || (settings->modes >= PISD_MODES_LEAST_HYPERBOLIC
          && settings->modes <= PISD_MODES_MOST_HYPERBOLIC))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %u, expected %d to %d with %s %s"),
               get_word (checked, "modes"), settings->modes, PISD_MODES_LEAST_HYPERBOLIC,
               PISD_MODES_MOST_HYPERBOLIC, get_word (checked, "mode-set"),
               get_chosen (checked, "mode-set"));
  return FALSE;
}

gboolean
pisd_settings_check_in_words (const PisdSettings *settings, PisdWords words, GError **error)
{
  const Checked checked = { settings, words };
  PisdEquation equation;

  g_return_val_if_fail (settings != NULL, FALSE);

  if (!check_ranges (&checked, error) || !check_noise (&checked, error)
      || !check_modes (&checked, error) || !check_methods (&checked, error)
      || !check_family (&checked, "family", settings->family, error)
      || !check_family (&checked, "prior-family", settings->prior_family, error))
    return FALSE;

  equation = pisd_settings_get_equation (settings);
  return pisd_equation_check (&equation, error);
}

gboolean
pisd_settings_check (const PisdSettings *settings, GError **error)
{
  return pisd_settings_check_in_words (settings, PISD_WORDS_NAMES, error);
}
