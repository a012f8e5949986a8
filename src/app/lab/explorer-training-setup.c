#include "explorer-training-setup.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-target.h"

#define N_STEPS 100000
#define UNTIL 100.0
#define N_POINTS 10000

ExplorerTrainingSetup *
explorer_training_setup_new (void)
{
  ExplorerTrainingSetup *self = g_new0 (ExplorerTrainingSetup, 1);
  const PisdDescentTraits *traits = pisd_descent_get_traits (PISD_DESCENT_ADAM);

  self->polynomial = g_strdup ("x^3 - x");
  self->widths = g_strdup (pisd_target_get (0)->widths);
  self->uses[PISD_ACTIVATION_GELU] = TRUE;
  self->uses[PISD_ACTIVATION_SOFTPLUS] = TRUE;
  self->method = PISD_DESCENT_ADAM;
  self->rate = traits->rate;
  self->batch = traits->batch;
  self->until = UNTIL;
  self->n_points = N_POINTS;
  self->n_seeds = 2;
  self->seed = 1;
  self->n_steps = N_STEPS;
  return self;
}

/* Of the table; or the polynomial. */
static void
take_target (ExplorerTrainingSetup *self, const char *name)
{
  self->target = 0;
  while (self->target < pisd_target_count ()
         && !g_str_equal (pisd_target_get (self->target)->name, name))
    self->target++;
  if (self->target < pisd_target_count ())
    return;
  g_free (self->polynomial);
  self->polynomial = g_strdup (name);
}

ExplorerTrainingSetup *
explorer_training_setup_new_for_lab (const PisdLabSetup *setup)
{
  const PisdRegressionPlan *plan = setup->regression;
  const PisdDescentTraits *traits = pisd_descent_get_traits (plan->method);
  ExplorerTrainingSetup *self = explorer_training_setup_new ();

  take_target (self, plan->target_name);
  g_free (self->widths);
  self->widths = pisd_regression_plan_dup_widths (plan);
  memset (self->uses, 0, sizeof self->uses);
  self->uses[plan->activation] = TRUE;
  self->method = plan->method;
  if (traits->rate > 0.0)
    self->rate = plan->rate;
  if (traits->batch > 0)
    self->batch = plan->batch;
  self->decay = plan->decay;
  if (isfinite (plan->end))
    self->until = plan->end;
  self->n_points = plan->n_points;
  self->n_seeds = 1;
  self->seed = plan->seed;
  self->n_steps = setup->n_steps;
  return self;
}

ExplorerTrainingSetup *
explorer_training_setup_dup (const ExplorerTrainingSetup *setup)
{
  ExplorerTrainingSetup *self = g_memdup2 (setup, sizeof *setup);

  self->polynomial = g_strdup (setup->polynomial);
  self->widths = g_strdup (setup->widths);
  return self;
}

void
explorer_training_setup_free (ExplorerTrainingSetup *self)
{
  if (self == NULL)
    return;
  g_free (self->polynomial);
  g_free (self->widths);
  g_free (self);
}

gboolean
explorer_training_setup_equal (const ExplorerTrainingSetup *a, const ExplorerTrainingSetup *b)
{
  return a->target == b->target && g_str_equal (a->polynomial, b->polynomial)
         && g_str_equal (a->widths, b->widths) && memcmp (a->uses, b->uses, sizeof a->uses) == 0
         && a->method == b->method && a->rate == b->rate && a->decay == b->decay
         && a->until == b->until && a->batch == b->batch && a->n_points == b->n_points
         && a->n_seeds == b->n_seeds && a->seed == b->seed && a->n_steps == b->n_steps;
}

/* The network that is usual for a target; NULL: the polynomial cannot be read. */
static char *
dup_widths (const ExplorerTrainingSetup *self)
{
  g_autoptr (PisdPolynomial) polynomial = NULL;

  if (self->target < pisd_target_count ())
    return g_strdup (pisd_target_get (self->target)->widths);
  polynomial = pisd_polynomial_parse (self->polynomial, NULL);
  return polynomial == NULL ? NULL
                            : pisd_target_dup_widths (pisd_polynomial_get_dimension (polynomial));
}

void
explorer_training_setup_follow (ExplorerTrainingSetup *self, const ExplorerTrainingSetup *before)
{
  const PisdDescentTraits *traits = pisd_descent_get_traits (self->method);
  g_autofree char *widths = dup_widths (self);
  g_autofree char *usual = dup_widths (before);

  if (widths != NULL && g_strcmp0 (widths, usual) != 0)
    {
      g_free (self->widths);
      self->widths = g_steal_pointer (&widths);
    }
  if (self->method == before->method)
    return;
  if (traits->rate > 0.0)
    self->rate = traits->rate;
  if (traits->batch > 0)
    self->batch = traits->batch;
}

static guint
list_activations (const ExplorerTrainingSetup *self, PisdActivation *activations)
{
  guint n = 0;

  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    if (self->uses[a])
      activations[n++] = a;
  return n;
}

static PisdRegressionPlan *
make_plan (const ExplorerTrainingSetup *self, guint *wrong, GError **error)
{
  const char *target =
      self->target < pisd_target_count () ? pisd_target_get (self->target)->name : self->polynomial;
  g_autoptr (PisdRegressionPlan) plan = NULL;

  *wrong = 0;
  plan = pisd_regression_plan_new (target, self->method, error);
  if (plan == NULL)
    return NULL;
  *wrong = 1;
  if (!pisd_regression_plan_set_widths (plan, self->widths, error))
    return NULL;
  *wrong = 2;
  plan->rate = self->rate;
  plan->batch = self->batch;
  plan->n_points = self->n_points;
  plan->decay = self->decay;
  plan->end = self->method == PISD_DESCENT_FLOW ? self->until : INFINITY;
  plan->seed = self->seed;
  if (!pisd_regression_plan_check (plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

PisdRegressionRuns *
explorer_training_setup_make (const ExplorerTrainingSetup *self, guint *wrong, GError **error)
{
  g_autoptr (PisdRegressionPlan) plan = make_plan (self, wrong, error);
  PisdActivation activations[PISD_N_ACTIVATIONS];
  const guint n = list_activations (self, activations);

  if (plan == NULL)
    return NULL;
  if (n > 0)
    return pisd_regression_runs_new (plan, n, activations, self->n_seeds, error);
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_RANGE, _ ("Choose an activation first"));
  return NULL;
}
