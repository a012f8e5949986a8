#include "pisd-truth.h"

#include <string.h>

static gboolean
instances_equal (const PisdInstance *a, const PisdInstance *b)
{
  return a == b || (a != NULL && b != NULL && pisd_instance_equal (a, b));
}

static PisdInstance *
new_random (const PisdSettings *settings, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (settings);

  if (settings->family == PISD_FAMILY_GRF)
    return pisd_instance_new_random_law (&equation, pisd_settings_get_instance_law (settings),
                                         settings->instance_seed, error);
  return pisd_instance_new_random (&equation, settings->family, settings->instance_seed, error);
}

/* Whether the instance says of itself that it is the random one of these settings. */
static gboolean
says_random (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdEquation equation = pisd_settings_get_equation (settings);
  PisdFamily family;
  guint64 seed;

  return pisd_instance_is_random (scenario->instance, &family, &seed) && family == settings->family
         && seed == settings->instance_seed
         && pisd_law_equal (pisd_instance_get_law (scenario->instance),
                            pisd_settings_get_instance_law (settings))
         && pisd_equation_equal (pisd_instance_get_equation (scenario->instance), &equation);
}

/* Whether its field 0 is the random one of these settings, which takes no solution to see. */
static gboolean
has_random_source (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdOperator *row = pisd_operator_get (settings->problem);
  const PisdField *source = pisd_instance_get_field (scenario->instance, row->fields[0].id);
  g_autoptr (PisdField) drawn = pisd_field_info_new_field (&row->fields[0]);

  if (source == NULL || (row->families & (1u << settings->family)) == 0)
    return FALSE;
  pisd_random_sample (row->random, settings->family, pisd_settings_get_instance_law (settings),
                      settings->instance_seed, drawn);
  if (row->fields[0].zero_boundary)
    pisd_field_zero_boundary (drawn);
  return memcmp (drawn->data, source->data, pisd_field_get_n (drawn) * sizeof *drawn->data) == 0;
}

static gboolean
is_random (const PisdScenario *scenario)
{
  g_autoptr (PisdInstance) random = NULL;

  if (says_random (scenario))
    return TRUE;
  if (!has_random_source (scenario))
    return FALSE;
  random = new_random (&scenario->settings, NULL);
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

/* Where there is an instance, which it takes. */
static gboolean
take (PisdScenario *scenario, PisdInstance *instance, const char *path)
{
  if (instance == NULL)
    return FALSE;
  pisd_truth_set_instance (scenario, instance, path);
  pisd_instance_unref (instance);
  return TRUE;
}

void
pisd_truth_set_instance (PisdScenario *scenario, PisdInstance *instance, const char *path)
{
  char *kept = g_strdup (path); /* it may be the scenario's own */

  g_return_if_fail (scenario != NULL && instance != NULL);

  pisd_instance_ref (instance); /* and so may this */
  pisd_truth_forget (scenario);
  scenario->instance = instance;
  scenario->truth_path = kept;
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
  return take (scenario, pisd_instance_new_from_source (&equation, source, NULL, error), NULL);
}

gboolean
pisd_truth_open (PisdScenario *scenario, const char *path, GError **error)
{
  g_autoptr (PisdInput) input = NULL;

  g_return_val_if_fail (scenario != NULL && path != NULL, FALSE);

  input = pisd_input_open (path, NULL, error);
  return input != NULL && pisd_truth_open_from (scenario, input, error);
}

gboolean
pisd_truth_open_from (PisdScenario *scenario, PisdInput *input, GError **error)
{
  return pisd_truth_open_wished (scenario, input, NULL, error);
}

gboolean
pisd_truth_open_wished (PisdScenario *scenario,
                        PisdInput *input,
                        const PisdReadingWish *wish,
                        GError **error)
{
  PisdEquation equation;

  g_return_val_if_fail (scenario != NULL && input != NULL, FALSE);

  equation = pisd_settings_get_equation (&scenario->settings);
  return take (scenario, pisd_instance_new_from_file (&equation, input, wish, error),
               pisd_input_get_path (input));
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
