#include "pisd-truth.h"

static gboolean
instances_equal (const PisdInstance *a, const PisdInstance *b)
{
  return a == b || (a != NULL && b != NULL && pisd_instance_equal (a, b));
}

static PisdInstance *
new_random (const PisdSettings *settings, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (settings);

  return pisd_instance_new_random (&equation, settings->family, settings->instance_seed, error);
}

static gboolean
is_random (const PisdScenario *scenario)
{
  g_autoptr (PisdInstance) random = new_random (&scenario->settings, NULL);

  return random != NULL && instances_equal (random, scenario->instance);
}

PisdTruth
pisd_truth_get_kind (const PisdScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, PISD_TRUTH_NONE);

  if (scenario->instance == NULL)
    return PISD_TRUTH_NONE;
  if (scenario->truth_path != NULL)
    return PISD_TRUTH_FILE;
  return is_random (scenario) ? PISD_TRUTH_RANDOM : PISD_TRUTH_DRAWN;
}

gboolean
pisd_truth_equal (const PisdScenario *a, const PisdScenario *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_strcmp0 (a->truth_path, b->truth_path) == 0
         && instances_equal (a->instance, b->instance);
}

/* Takes the instance; FALSE, the scenario as it was, where there is none. */
static gboolean
take (PisdScenario *scenario, PisdInstance *instance, const char *path)
{
  char *kept = g_strdup (path); /* it may be the scenario's own */

  if (instance == NULL)
    {
      g_free (kept);
      return FALSE;
    }
  pisd_truth_forget (scenario);
  scenario->instance = instance;
  scenario->truth_path = kept;
  return TRUE;
}

void
pisd_truth_forget (PisdScenario *scenario)
{
  g_return_if_fail (scenario != NULL);

  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  g_clear_pointer (&scenario->truth_path, g_free);
}

gboolean
pisd_truth_set_random (PisdScenario *scenario, GError **error)
{
  g_return_val_if_fail (scenario != NULL, FALSE);

  return take (scenario, new_random (&scenario->settings, error), NULL);
}

gboolean
pisd_truth_set_source (PisdScenario *scenario, const PisdField *source, GError **error)
{
  PisdEquation equation;

  g_return_val_if_fail (scenario != NULL && source != NULL, FALSE);

  equation = pisd_settings_get_equation (&scenario->settings);
  return take (scenario, pisd_instance_new_from_source (&equation, source, error), NULL);
}

gboolean
pisd_truth_open (PisdScenario *scenario, const char *path, GError **error)
{
  PisdEquation equation;

  g_return_val_if_fail (scenario != NULL && path != NULL, FALSE);

  equation = pisd_settings_get_equation (&scenario->settings);
  return take (scenario, pisd_instance_new_from_npz (&equation, path, error), path);
}

gboolean
pisd_truth_solve_again (PisdScenario *scenario, const PisdScenario *before, GError **error)
{
  g_return_val_if_fail (scenario != NULL && before != NULL, FALSE);

  if (before->instance == NULL)
    return TRUE;
  if (pisd_truth_get_kind (before) == PISD_TRUTH_RANDOM)
    return pisd_truth_set_random (scenario, error);
  return pisd_truth_set_source (scenario, pisd_instance_get_fields (before->instance)[0], error);
}
