#include "pisd-regression-runs.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-number.h"

PisdRegressionRuns *
pisd_regression_runs_new (const PisdRegressionPlan *plan,
                          guint n_activations,
                          const PisdActivation *activations,
                          guint n_seeds,
                          GError **error)
{
  PisdRegressionRuns *self;

  if (n_activations * n_seeds > PISD_GROUP_MAX_RUNS || n_activations * n_seeds == 0)
    {
      pisd_error_fail (error, PISD_ERROR_LIMIT,
                       "got %u activations with %u seeds, expected 1 to %u runs", n_activations,
                       n_seeds, PISD_GROUP_MAX_RUNS);
      return NULL;
    }
  self = g_new0 (PisdRegressionRuns, 1);
  self->n_groups = n_activations;
  self->n_seeds = n_seeds;
  self->n_runs = n_activations * n_seeds;
  for (guint a = 0; a < n_activations; a++)
    self->activations[a] = activations[a];
  for (guint k = 0; k < self->n_runs; k++)
    {
      PisdRegressionPlan *run = pisd_regression_plan_dup (plan);

      self->groups[k] = k / n_seeds;
      run->activation = activations[k / n_seeds];
      run->seed = plan->seed + k % n_seeds;
      self->plans[k] = run;
      self->names[k] = g_strdup_printf (
          "%s-%" G_GUINT64_FORMAT, pisd_activation_get_traits (run->activation)->name, run->seed);
    }
  return self;
}

void
pisd_regression_runs_free (PisdRegressionRuns *self)
{
  if (self == NULL)
    return;
  for (guint k = 0; k < self->n_runs; k++)
    {
      pisd_regression_plan_free (self->plans[k]);
      g_free (self->names[k]);
    }
  g_free (self);
}

static void
append_number (GString *text, const char *what, double value)
{
  char digits[PISD_NUMBER_SIZE];

  g_string_append_printf (text, ", %s %s", what, pisd_number_format_local (value, digits));
}

char *
pisd_regression_runs_dup_caption (const PisdRegressionRuns *self)
{
  const PisdRegressionPlan *plan = self->plans[0];
  const PisdDescentTraits *traits = pisd_descent_get_traits (plan->method);
  g_autofree char *widths = pisd_regression_plan_dup_widths (plan);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s · %s · %s", plan->target_name, widths, _ (traits->title));
  if (traits->rate > 0.0)
    append_number (text, _ ("rate"), plan->rate);
  if (traits->batch > 0)
    append_number (text, _ ("batch"), plan->batch);
  if (plan->decay > 0.0)
    append_number (text, _ ("weight decay"), plan->decay);
  if (self->n_seeds == 1)
    g_string_append_printf (text, " · %s %" G_GUINT64_FORMAT, _ ("seed"), plan->seed);
  else
    g_string_append_printf (text, _ (" · %u seeds"), self->n_seeds);
  return g_string_free (text, FALSE);
}
