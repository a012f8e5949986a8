/* Which methods go together, part of pisd-settings.h. */
#include "pisd-settings-check-private.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"

const char *
pisd_checked_get_word (const PisdChecked *checked, const char *key)
{
  return pisd_setting_get_word (pisd_settings_find (key), checked->words);
}

const char *
pisd_checked_get_choice (const PisdChecked *checked, const char *key, guint value)
{
  const PisdChoice choice = pisd_settings_find (key)->get_choice (value);

  return pisd_choice_get_word (&choice, checked->words);
}

const char *
pisd_checked_get_chosen (const PisdChecked *checked, const char *key)
{
  const PisdSettingInfo *info = pisd_settings_find (key);

  return pisd_checked_get_choice (checked, key,
                                  G_STRUCT_MEMBER (guint, checked->settings, info->offset));
}

/* "guidance: got exact with space joint and covariance gaussian, expected decoupled and
 * gaussian" */
static gboolean
fail_draws (const PisdChecked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s with %s %s and %s %s, expected %s and %s"),
               pisd_checked_get_word (checked, "guidance"),
               pisd_checked_get_chosen (checked, "guidance"),
               pisd_checked_get_word (checked, "space"), pisd_checked_get_chosen (checked, "space"),
               pisd_checked_get_word (checked, "covariance"),
               pisd_checked_get_chosen (checked, "covariance"),
               pisd_checked_get_choice (checked, "space", PISD_SPACE_DECOUPLED),
               pisd_checked_get_choice (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* "guidance: got exact for toy, which is not linear, expected none, dps or pisd" */
static gboolean
fail_linear (const PisdChecked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s for %s, which is not linear, expected %s, %s or %s"),
               pisd_checked_get_word (checked, "guidance"),
               pisd_checked_get_chosen (checked, "guidance"),
               pisd_checked_get_chosen (checked, "problem"),
               pisd_checked_get_choice (checked, "guidance", PISD_GUIDANCE_NONE),
               pisd_checked_get_choice (checked, "guidance", PISD_GUIDANCE_DPS),
               pisd_checked_get_choice (checked, "guidance", PISD_GUIDANCE_PISD));
  return FALSE;
}

/* "guidance: got second-order with space joint and covariance gaussian for navier-stokes, which is
 * not linear, expected decoupled and gaussian" */
static gboolean
fail_conditions (const PisdChecked *checked, GError **error)
{
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s and %s %s for %s, which is not linear, expected %s and %s"),
      pisd_checked_get_word (checked, "guidance"), pisd_checked_get_chosen (checked, "guidance"),
      pisd_checked_get_word (checked, "space"), pisd_checked_get_chosen (checked, "space"),
      pisd_checked_get_word (checked, "covariance"),
      pisd_checked_get_chosen (checked, "covariance"), pisd_checked_get_chosen (checked, "problem"),
      pisd_checked_get_choice (checked, "space", PISD_SPACE_DECOUPLED),
      pisd_checked_get_choice (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* "sampler: got exact with guidance pisd, space joint and covariance gaussian, expected
 * second-order, decoupled and gaussian" */
static gboolean
fail_flow (const PisdChecked *checked, GError **error)
{
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s, %s %s and %s %s, expected %s, %s and %s"),
      pisd_checked_get_word (checked, "sampler"), pisd_checked_get_chosen (checked, "sampler"),
      pisd_checked_get_word (checked, "guidance"), pisd_checked_get_chosen (checked, "guidance"),
      pisd_checked_get_word (checked, "space"), pisd_checked_get_chosen (checked, "space"),
      pisd_checked_get_word (checked, "covariance"),
      pisd_checked_get_chosen (checked, "covariance"),
      pisd_checked_get_choice (checked, "guidance", PISD_GUIDANCE_SECOND_ORDER),
      pisd_checked_get_choice (checked, "space", PISD_SPACE_DECOUPLED),
      pisd_checked_get_choice (checked, "covariance", PISD_COVARIANCE_GAUSSIAN));
  return FALSE;
}

/* "prior: got learned for navier-stokes with space decoupled and mode-set square, expected joint
 * and square" */
static gboolean
fail_frames (const PisdChecked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
               _ ("%s: got %s for %s with %s %s and %s %s, expected %s and %s"),
               pisd_checked_get_word (checked, "prior"), pisd_checked_get_chosen (checked, "prior"),
               pisd_checked_get_chosen (checked, "problem"),
               pisd_checked_get_word (checked, "space"), pisd_checked_get_chosen (checked, "space"),
               pisd_checked_get_word (checked, "mode-set"),
               pisd_checked_get_chosen (checked, "mode-set"),
               pisd_checked_get_choice (checked, "space", PISD_SPACE_JOINT),
               pisd_checked_get_choice (checked, "mode-set", PISD_MODES_SQUARE));
  return FALSE;
}

/* "prior: got learned with mode-set hyperbolic, expected square" */
static gboolean
fail_square (const PisdChecked *checked, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("%s: got %s with %s %s, expected %s"),
               pisd_checked_get_word (checked, "prior"), pisd_checked_get_chosen (checked, "prior"),
               pisd_checked_get_word (checked, "mode-set"),
               pisd_checked_get_chosen (checked, "mode-set"),
               pisd_checked_get_choice (checked, "mode-set", PISD_MODES_SQUARE));
  return FALSE;
}

/* A network sees a square of modes: of all frames where the equation is not linear, else of what
 * the latent holds. */
static gboolean
check_prior (const PisdChecked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;

  if (!pisd_method_get_prior (settings->prior)->is_learned)
    return TRUE;
  if (pisd_operator_get (settings->problem)->linear == NULL
      && (pisd_method_get_space (settings->space)->obeys_equation
          || settings->mode_set != PISD_MODES_SQUARE))
    return fail_frames (checked, error);
  return settings->mode_set == PISD_MODES_SQUARE || fail_square (checked, error);
}

/* "covariance: got gaussian with prior socket, whose covariance only its model knows, expected
 * jacobian" */
static gboolean
fail_covariance (const PisdChecked *checked, GError **error)
{
  return pisd_error_fail (
      error, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s, whose covariance only its model knows, expected %s"),
      pisd_checked_get_word (checked, "covariance"),
      pisd_checked_get_chosen (checked, "covariance"), pisd_checked_get_word (checked, "prior"),
      pisd_checked_get_chosen (checked, "prior"),
      pisd_checked_get_choice (checked, "covariance", PISD_COVARIANCE_JACOBIAN));
}

/* "guidance: got exact with prior socket, whose posterior has no closed form, expected
 * second-order" */
static gboolean
fail_closed_form (const PisdChecked *checked, GError **error)
{
  return pisd_error_fail (
      error, PISD_ERROR_RANGE,
      _ ("%s: got %s with %s %s, whose posterior has no closed form, expected %s"),
      pisd_checked_get_word (checked, "guidance"), pisd_checked_get_chosen (checked, "guidance"),
      pisd_checked_get_word (checked, "prior"), pisd_checked_get_chosen (checked, "prior"),
      pisd_checked_get_choice (checked, "guidance", PISD_GUIDANCE_SECOND_ORDER));
}

/* Of a prior of which nothing but the denoiser is known, the covariance is that of its Jacobian. */
static gboolean
check_elsewhere (const PisdChecked *checked, GError **error)
{
  const PisdSettings *settings = checked->settings;
  const PisdMethod *method = pisd_method_get (settings->guidance);

  if (!pisd_method_get_prior (settings->prior)->is_elsewhere || !method->conditions)
    return TRUE;
  if (method->draws_directly)
    return fail_closed_form (checked, error);
  return !pisd_method_get_covariance (settings->covariance)->closed_form
         || fail_covariance (checked, error);
}

/* Which choices go together. */
gboolean
pisd_checked_check_methods (const PisdChecked *checked, GError **error)
{
  const PisdMethod *method = pisd_method_get (checked->settings->guidance);
  const PisdSamplerTraits *sampler = pisd_method_get_sampler (checked->settings->sampler);
  const PisdOperator *row = pisd_operator_get (checked->settings->problem);
  gboolean allows_exact = pisd_settings_allow_exact (checked->settings);

  if (method->conditions && row->linear == NULL
      && (row->flow == NULL || !pisd_method_get_prior (checked->settings->prior)->is_gaussian))
    return fail_linear (checked, error);
  if (!check_prior (checked, error) || !check_elsewhere (checked, error))
    return FALSE;
  if (method->conditions && row->linear == NULL
      && !pisd_settings_need_conditioning (checked->settings))
    return fail_conditions (checked, error);
  if (method->draws_directly && !allows_exact)
    return fail_draws (checked, error);
  if (sampler->is_exact_flow && !(allows_exact && method->conditions))
    return fail_flow (checked, error);
  return TRUE;
}
