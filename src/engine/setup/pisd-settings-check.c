/* Rules between settings, part of pisd-settings.h. */
#include "pisd-settings.h"

#include "pisd-error.h"
#include "pisd-number.h"

/* Every value within its own range, however it got there. */
static gboolean
check_ranges (const PisdSettings *settings, GError **error)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (settings, &infos[i]);
      PisdSettings scratch = *settings;

      if (!pisd_settings_set (&scratch, infos[i].key, text, error))
        return FALSE;
    }
  return TRUE;
}

/* Which choices go together. */
static gboolean
check_methods (const PisdSettings *settings, GError **error)
{
  const PisdMethod *method = pisd_method_get (settings->guidance);
  const PisdSamplerTraits *sampler = pisd_method_get_sampler (settings->sampler);
  const char *space = pisd_method_get_space (settings->space)->choice.name;
  const char *covariance = pisd_method_get_covariance (settings->covariance)->choice.name;
  gboolean allows_exact = pisd_settings_allow_exact (settings);

  if (method->draws_directly && !allows_exact)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "guidance: got %s with space %s and covariance %s, expected decoupled and "
                   "gaussian",
                   method->choice.name, space, covariance);
      return FALSE;
    }
  if (sampler->is_exact_flow && !(allows_exact && method->conditions))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "sampler: got %s with guidance %s, space %s and covariance %s, expected "
                   "second-order, decoupled and gaussian",
                   sampler->choice.name, method->choice.name, space, covariance);
      return FALSE;
    }
  return TRUE;
}

/* A family that the equation has instances of. */
static gboolean
check_family (const PisdSettings *settings, GError **error)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if (row->families & (1u << settings->family))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "family: got %s, which %s does not have",
               pisd_family_get_name (settings->family), row->name);
  return FALSE;
}

gboolean
pisd_settings_check (const PisdSettings *settings, GError **error)
{
  PisdEquation equation;

  g_return_val_if_fail (settings != NULL, FALSE);

  if (!check_ranges (settings, error))
    return FALSE;

  if (settings->sigma_min >= settings->sigma_max)
    {
      char low[PISD_NUMBER_SIZE], high[PISD_NUMBER_SIZE];

      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "sigma-min: got %s, expected less than sigma-max, %s",
                   pisd_number_format (settings->sigma_min, low),
                   pisd_number_format (settings->sigma_max, high));
      return FALSE;
    }

  if (settings->mode_set == PISD_MODES_HYPERBOLIC
      && (settings->modes < PISD_MODES_LEAST_HYPERBOLIC
          || settings->modes > PISD_MODES_MOST_HYPERBOLIC))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "modes: got %u, expected %d to %d with mode-set hyperbolic", settings->modes,
                   PISD_MODES_LEAST_HYPERBOLIC, PISD_MODES_MOST_HYPERBOLIC);
      return FALSE;
    }

  if (!check_methods (settings, error) || !check_family (settings, error))
    return FALSE;

  equation = pisd_settings_get_equation (settings);
  return pisd_equation_check (&equation, error);
}
