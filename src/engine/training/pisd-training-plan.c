#include "pisd-training-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-operator.h"
#include "pisd-representation.h"
#include "pisd-whitening.h"

void
pisd_training_plan_init (PisdTrainingPlan *plan, const PisdSettings *settings)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);

  *plan = (PisdTrainingPlan){ .settings = *settings,
                              .families = row->families,
                              .backend = pisd_backend_get_default (),
                              .seed = 1,
                              .n_warm_up = 100,
                              .batch = 16,
                              .rate = 1e-3,
                              .limit = 1.0,
                              .decay = 0.999,
                              .dropout = 0.15,
                              .ln_sigma_mean = -0.7,
                              .ln_sigma_sd = 1.2 };
  plan->shape = (PisdNetworkShape){ .width = 48, .n_blocks = 4, .n_levels = 1 };
  plan->settings.mode_set = PISD_MODES_SQUARE;
  plan->settings.prior_family = PISD_FAMILY_ANY;
  plan->settings.mean_sd = row->random->get_mean_sd (PISD_FAMILY_ANY);
}

static gboolean
check_families (const PisdTrainingPlan *plan, GError **error)
{
  const PisdOperator *row = pisd_operator_get (plan->settings.problem);

  if (plan->families != 0 && (plan->families & ~row->families) == 0)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_RANGE,
                          _ ("families: got one that %s does not have, or none"), row->name);
}

gboolean
pisd_training_plan_complete (PisdTrainingPlan *plan, GError **error)
{
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdWhitening) whitening = NULL;

  if (!check_families (plan, error))
    return FALSE;
  representation = pisd_representation_new (&plan->settings, error);
  whitening = representation != NULL ? pisd_whitening_new (representation, error) : NULL;
  if (whitening == NULL)
    return FALSE;
  plan->shape.side = pisd_whitening_get_side (whitening);
  plan->shape.n_in = pisd_whitening_get_n_in (whitening);
  plan->shape.n_out = pisd_whitening_get_n_out (whitening);
  plan->shape.is_periodic = pisd_whitening_is_periodic (whitening);
  plan->shape.n_labels = 0;
  for (guint f = 0; f < PISD_N_FAMILIES; f++)
    plan->shape.n_labels += plan->families >> f & 1;
  return pisd_network_shape_check (&plan->shape, _ ("network"), error);
}

PisdFamily
pisd_training_plan_get_family (const PisdTrainingPlan *plan, guint label)
{
  for (guint f = 0; f < PISD_N_FAMILIES; f++)
    if ((plan->families >> f & 1) != 0 && label-- == 0)
      return f;
  return PISD_FAMILY_ANY;
}

GStrv
pisd_training_plan_dup_families (const PisdTrainingPlan *plan)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint l = 0; l < plan->shape.n_labels; l++)
    g_strv_builder_add (names, pisd_family_get_name (pisd_training_plan_get_family (plan, l)));
  return g_strv_builder_end (names);
}

static void
append_number (GString *text, const char *key, double value)
{
  char buffer[PISD_NUMBER_SIZE];

  g_string_append_printf (text, " %s=%s", key, pisd_number_format (value, buffer));
}

char *
pisd_training_plan_dup_text (const PisdTrainingPlan *plan)
{
  const PisdEquation equation = pisd_settings_get_equation (&plan->settings);
  const PisdOperator *row = pisd_operator_get (equation.problem);
  const PisdNetworkShape *shape = &plan->shape;
  g_auto (GStrv) families = pisd_training_plan_dup_families (plan);
  g_autofree char *names = g_strjoinv (",", families);
  g_autofree char *space = pisd_settings_dup_text (&plan->settings, pisd_settings_find ("space"));
  GString *text = g_string_new (NULL);

  g_string_printf (text, "problem=%s space=%s families=%s seed=%" G_GUINT64_FORMAT, row->name,
                   space, names, plan->seed);
  for (guint c = 0; c < row->n_constants; c++)
    append_number (text, row->constants[c].key, equation.constants[c]);
  g_string_append_printf (text, " modes=%u width=%u blocks=%u levels=%u backend=%s batch=%u",
                          shape->side, shape->width, shape->n_blocks, shape->n_levels,
                          pisd_backend_get_name (plan->backend), plan->batch);
  append_number (text, "warm-up", plan->n_warm_up);
  append_number (text, "rate", plan->rate);
  append_number (text, "limit", plan->limit);
  append_number (text, "decay", plan->decay);
  append_number (text, "dropout", plan->dropout);
  append_number (text, "ln-sigma-mean", plan->ln_sigma_mean);
  append_number (text, "ln-sigma-sd", plan->ln_sigma_sd);
  return g_string_free (text, FALSE);
}

double
pisd_training_plan_get_rate (const PisdTrainingPlan *plan, guint64 step)
{
  double rest;

  if (step < plan->n_warm_up)
    return plan->rate * (step + 1.0) / plan->n_warm_up;
  if (plan->n_steps <= plan->n_warm_up)
    return plan->rate;
  rest = (double) (step - plan->n_warm_up) / (plan->n_steps - plan->n_warm_up);
  return 0.5 * plan->rate * (1.0 + cos (G_PI * MIN (rest, 1.0)));
}
