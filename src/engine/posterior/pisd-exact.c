#include "pisd-exact.h"

#include <math.h>

#include "pisd-prior-mean.h"
#include "pisd-solver.h"
#include "pisd-spread.h"

#define S PISD_GRID
#define A 0
#define U 1

static gboolean
fill_mean (PisdExact *self, PisdConditioning *conditioning, PisdCancel *cancel)
{
  g_autoptr (PisdSolver) solver =
      pisd_solver_new (&pisd_conditioning_get_factors (conditioning)->equation);

  if (!pisd_conditioning_get_mean (conditioning, cancel, self->mean[A]))
    return FALSE;
  pisd_solver_complete (solver, self->mean);
  return TRUE;
}

static PisdExact *
exact_alloc (guint n_fields, gboolean with_sd)
{
  PisdExact *self = g_new0 (PisdExact, 1);

  self->ref_count = 1;
  self->n_fields = n_fields;
  for (guint f = 0; f < n_fields; f++)
    {
      self->mean[f] = pisd_field_new (S, S);
      self->sd[f] = with_sd ? pisd_field_new (S, S) : NULL;
      self->errors[f] = NAN;
      self->expected[f] = NAN;
    }
  return self;
}

/* Adds a draw's distance from the mean, field by field, as sides of right angles.  FALSE:
 * cancelled. */
static gboolean
add_draw (const PisdExact *self,
          PisdConditioning *conditioning,
          PisdSolver *solver,
          guint lane,
          PisdCancel *cancel,
          double *sizes)
{
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  PisdField *drawn[] = { a, u };

  if (!pisd_conditioning_sample (conditioning, 0, lane, cancel, a))
    return FALSE;
  pisd_solver_complete (solver, drawn);
  for (guint f = 0; f < self->n_fields; f++)
    {
      for (guint p = 0; p < S * S; p++)
        drawn[f]->data[p] -= self->mean[f]->data[p];
      sizes[f] = hypot (sizes[f], pisd_field_norm (drawn[f]));
    }
  return TRUE;
}

/* FALSE: cancelled. */
static gboolean
fill_expected (PisdExact *self,
               const PisdScenario *scenario,
               PisdConditioning *conditioning,
               PisdCancel *cancel)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  g_autoptr (PisdSolver) solver = NULL;
  double sizes[PISD_MAX_FIELDS] = { 0.0 };

  /* Draws need the factor of G, which too many readings leave out. */
  if (self->sd[A] == NULL
      && (self->is_best
          || (self->n_sites > 0 && pisd_conditioning_get_factors (conditioning)->l == NULL)))
    return TRUE;
  solver = pisd_solver_new (&pisd_conditioning_get_factors (conditioning)->equation);
  for (guint lane = 0; lane < PISD_EXACT_DRAWS && self->sd[A] == NULL; lane++)
    if (!add_draw (self, conditioning, solver, lane, cancel, sizes))
      return FALSE;
  for (guint f = 0; f < self->n_fields; f++)
    {
      const PisdField *of = scenario->instance == NULL
                                ? self->mean[f]
                                : pisd_instance_get_field (scenario->instance, info->fields[f].id);
      double norm = pisd_field_norm (of);
      double size =
          self->sd[f] != NULL ? pisd_field_norm (self->sd[f]) : sizes[f] / sqrt (PISD_EXACT_DRAWS);

      if (norm > 0.0)
        self->expected[f] = size / norm;
    }
  return TRUE;
}

static void
fill_errors (PisdExact *self, const PisdScenario *scenario)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  for (guint f = 0; f < self->n_fields && scenario->instance != NULL; f++)
    self->errors[f] = pisd_field_relative_error (
        self->mean[f], pisd_instance_get_field (scenario->instance, info->fields[f].id));
}

/* What is made of the factors, which are there.  FALSE: cancelled. */
static gboolean
fill (PisdExact *self,
      const PisdScenario *scenario,
      PisdConditioning *conditioning,
      guint n_threads,
      PisdCancel *cancel)
{
  PisdFactors *factors = pisd_conditioning_get_factors (conditioning);

  if (!pisd_consistency_check (NULL, scenario->sensors, factors, cancel, &self->consistency)
      || !fill_mean (self, conditioning, cancel))
    return FALSE;
  if (self->sd[A] != NULL
      && !pisd_spread_compute (factors, n_threads, cancel, self->sd[A], self->sd[U], NULL))
    return FALSE;
  fill_errors (self, scenario);
  return fill_expected (self, scenario, conditioning, cancel);
}

PisdExact *
pisd_exact_new (const PisdScenario *scenario,
                PisdConditioning *conditioning,
                gboolean with_sd,
                guint n_threads,
                PisdCancel *cancel,
                GError **error)
{
  gint64 start = g_get_monotonic_time ();
  PisdFactorsUses uses = PISD_FACTORS_MEAN | (with_sd ? PISD_FACTORS_SPREAD : 0);
  g_autoptr (PisdConditioning) own = NULL;
  g_autoptr (PisdExact) self = NULL;

  if (!pisd_settings_check (&scenario->settings, error)
      || !pisd_consistency_allow (scenario->sensors, error))
    return NULL;
  if (conditioning == NULL)
    {
      g_autoptr (PisdRepresentation) representation =
          pisd_representation_new (&scenario->settings, error);

      if (representation == NULL)
        return NULL;
      conditioning = own = pisd_conditioning_new (NULL, representation, scenario->sensors, uses,
                                                  n_threads, cancel, error);
    }
  if (conditioning == NULL)
    return NULL;
  if ((with_sd || !pisd_conditioning_knows_mean (conditioning))
      && !pisd_conditioning_prepare (conditioning, uses, n_threads, cancel, error))
    return NULL;

  self = exact_alloc (pisd_operator_get (scenario->settings.problem)->n_fields, with_sd);
  self->n_sites = pisd_conditioning_get_n (conditioning);
  self->is_best = pisd_prior_fits_truth (scenario);
  if (!fill (self, scenario, conditioning, n_threads, cancel))
    {
      pisd_cancel_check (cancel, "exact posterior", error);
      return NULL;
    }
  self->seconds = 1e-6 * (double) (g_get_monotonic_time () - start);
  return g_steal_pointer (&self);
}

PisdExact *
pisd_exact_ref (PisdExact *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_exact_unref (PisdExact *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_field_free (self->mean[f]);
      pisd_field_free (self->sd[f]);
    }
  g_free (self);
}
