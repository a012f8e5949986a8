#include "pisd-exact.h"

#include <math.h>
#include <string.h>

#include "pisd-parallel.h"
#include "pisd-prior-choice.h"
#include "pisd-spread.h"

#define S PISD_GRID
#define A 0
#define U 1
/* Of what is not linear the spread comes from so many draws, some at a time: it is 13 % off at a
 * single node. */
#define SPREAD_DRAWS 32
#define DRAWS_AT_A_TIME 8
#define DRAWS_SEED 0

static PisdField *
new_field (PisdProblemId problem, guint f)
{
  return pisd_field_info_new_field (&pisd_operator_get (problem)->fields[f]);
}

static PisdExact *
exact_alloc (PisdProblemId problem, gboolean with_sd)
{
  PisdExact *self = g_new0 (PisdExact, 1);

  self->ref_count = 1;
  self->n_fields = pisd_operator_get (problem)->n_fields;
  for (guint f = 0; f < self->n_fields; f++)
    {
      self->mean[f] = new_field (problem, f);
      self->sd[f] = with_sd ? new_field (problem, f) : NULL;
      self->errors[f] = NAN;
      self->expected[f] = NAN;
    }
  return self;
}

/* Field 0 and what it becomes.  FALSE: cancelled, or it becomes nothing. */
static gboolean
fill_mean (PisdConditioning *conditioning,
           PisdSolver *solver,
           PisdCancel *cancel,
           PisdField *const *mean,
           GError **error)
{
  const PisdEquation *equation = &pisd_conditioning_get_factors (conditioning)->equation;
  const PisdOperator *row = pisd_operator_get (equation->problem);

  if (!pisd_conditioning_get_mean (conditioning, cancel, mean[A]))
    return pisd_cancel_check (cancel, "exact posterior", error);
  if (row->check_source != NULL && !row->check_source (equation->constants, mean[A], error))
    return FALSE;
  return pisd_solver_try_complete (solver, mean, cancel)
         || pisd_cancel_check (cancel, "exact posterior", error);
}

/* Field 0 of a draw and what it roughly becomes.  FALSE: cancelled. */
static gboolean
draw (PisdConditioning *conditioning,
      PisdSolver *solver,
      guint lane,
      PisdCancel *cancel,
      PisdField *const *fields)
{
  if (!pisd_conditioning_sample (conditioning, DRAWS_SEED, lane, cancel, fields[A]))
    return FALSE;
  pisd_solver_sketch (solver, fields);
  return TRUE;
}

/* Draws of what is not linear, some at a time. */
typedef struct
{
  PisdConditioning *conditioning;
  guint first;
  PisdCancel *cancel;
  PisdField *drawn[DRAWS_AT_A_TIME]; /* of field 1; NULL: cancelled */
  double bends[DRAWS_AT_A_TIME];     /* how far the flow moved them */
} Draws;

static void
draw_block (guint i, gpointer data)
{
  Draws *draws = data;
  g_autoptr (PisdConditioning) own = pisd_conditioning_new_shared (draws->conditioning);
  const PisdEquation *equation = &pisd_conditioning_get_factors (own)->equation;
  g_autoptr (PisdSolver) solver = pisd_solver_new (equation);
  g_autoptr (PisdField) a = new_field (equation->problem, A), u = new_field (equation->problem, U);
  PisdField *fields[] = { a, u };

  if (draw (own, solver, draws->first + i, draws->cancel, fields))
    draws->drawn[i] = g_steal_pointer (&u);
  draws->bends[i] = pisd_conditioning_get_bend (own);
}

/*   mean' = mean + (x - mean) / n,  squares' = squares + (x - mean) (x - mean')
 * Mean and sum of squared deviations with one more value (Welford), number `n` from 1 on. */
static void
add_to (guint n, const PisdField *value, PisdField *mean, PisdField *squares)
{
  for (gsize p = 0; p < pisd_field_get_n (value); p++)
    {
      double before = value->data[p] - mean->data[p];

      mean->data[p] += before / n;
      squares->data[p] += before * (value->data[p] - mean->data[p]);
    }
}

/* sd = sqrt (sum (x - mean)^2 / (n - 1)).
 * sd of field 1 from draws, whose order does not depend on the threads, and how far the flow moved
 * them, root mean square.  FALSE: cancelled. */
static gboolean
fill_drawn_sd (PisdConditioning *conditioning,
               guint n_threads,
               PisdCancel *cancel,
               PisdField *sd,
               double *bend)
{
  g_autoptr (PisdField) mean = pisd_field_new (sd->ny, sd->nx);
  Draws draws = { .conditioning = conditioning, .cancel = cancel };
  double squares = 0.0;
  gboolean good = TRUE;

  memset (sd->data, 0, sizeof (double) * pisd_field_get_n (sd));
  for (guint n = 0; good && n < SPREAD_DRAWS; n += DRAWS_AT_A_TIME)
    {
      draws.first = n;
      memset (draws.drawn, 0, sizeof draws.drawn);
      good = pisd_parallel (DRAWS_AT_A_TIME, n_threads, cancel, draw_block, &draws);
      for (guint i = 0; i < DRAWS_AT_A_TIME; i++)
        {
          good = good && draws.drawn[i] != NULL;
          if (good)
            add_to (n + i + 1, draws.drawn[i], mean, sd);
          squares += draws.bends[i] * draws.bends[i];
          pisd_field_free (draws.drawn[i]);
        }
    }
  for (gsize p = 0; p < pisd_field_get_n (sd); p++)
    sd->data[p] = sqrt (sd->data[p] / (SPREAD_DRAWS - 1));
  *bend = sqrt (squares / SPREAD_DRAWS);
  return good;
}

/* `bend`: of the draws that the spread comes from, or untouched. */
static gboolean
fill_sd (PisdConditioning *conditioning,
         guint n_threads,
         PisdCancel *cancel,
         PisdField *const *sd,
         double *bend,
         GError **error)
{
  PisdFactors *factors = pisd_conditioning_get_factors (conditioning);
  gboolean is_linear = pisd_operator_get (factors->equation.problem)->linear != NULL;

  if (!pisd_spread_compute (factors, n_threads, cancel, sd[A], is_linear ? sd[U] : NULL, error))
    return FALSE;
  return is_linear || fill_drawn_sd (conditioning, n_threads, cancel, sd[U], bend)
         || pisd_cancel_check (cancel, "exact posterior", error);
}

gboolean
pisd_exact_fill_moments (PisdConditioning *conditioning,
                         PisdSolver *solver,
                         guint n_threads,
                         PisdCancel *cancel,
                         PisdField *const *mean,
                         PisdField *const *sd,
                         GError **error)
{
  double bend;

  return fill_sd (conditioning, n_threads, cancel, sd, &bend, error)
         && fill_mean (conditioning, solver, cancel, mean, error);
}

/* Euclidean norm of a field's last frame, which its error is that of. */
static double
measure_last (const PisdField *field)
{
  PisdField last = pisd_field_get_last_frame (field);

  return pisd_field_norm (&last);
}

/* size' = sqrt (size^2 + |draw - mean|^2), field by field: a draw's distance from the mean in
 * the last frame is one more side at a right angle.  FALSE: cancelled. */
static gboolean
add_draw (const PisdExact *self,
          PisdConditioning *conditioning,
          PisdSolver *solver,
          guint lane,
          PisdCancel *cancel,
          double *sizes)
{
  PisdProblemId problem = pisd_conditioning_get_factors (conditioning)->equation.problem;
  g_autoptr (PisdField) a = new_field (problem, A), u = new_field (problem, U);
  PisdField *drawn[] = { a, u };

  if (!draw (conditioning, solver, lane, cancel, drawn))
    return FALSE;
  for (guint f = 0; f < self->n_fields; f++)
    {
      for (gsize p = 0; p < pisd_field_get_n (drawn[f]); p++)
        drawn[f]->data[p] -= self->mean[f]->data[p];
      sizes[f] = hypot (sizes[f], measure_last (drawn[f]));
    }
  return TRUE;
}

/* |sd| / |truth|, or sqrt (mean of |draw - mean|^2) / |truth| over PISD_EXACT_DRAWS draws, with the
 * mean's norm where no truth is known.  FALSE: cancelled. */
static gboolean
fill_expected (PisdExact *self,
               const PisdScenario *scenario,
               PisdConditioning *conditioning,
               PisdSolver *solver,
               PisdCancel *cancel)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  double sizes[PISD_MAX_FIELDS] = { 0.0 }, squares = 0.0;

  /* Draws need the factor of G, which too many readings leave out. */
  if (self->sd[A] == NULL
      && (self->is_best
          || (self->n_sites > 0 && pisd_conditioning_get_factors (conditioning)->l == NULL)))
    return TRUE;
  for (guint lane = 0; lane < PISD_EXACT_DRAWS && self->sd[A] == NULL; lane++)
    {
      if (!add_draw (self, conditioning, solver, lane, cancel, sizes))
        return FALSE;
      squares += pow (pisd_conditioning_get_bend (conditioning), 2);
    }
  if (self->sd[A] == NULL)
    self->consistency.bend = sqrt (squares / PISD_EXACT_DRAWS);
  for (guint f = 0; f < self->n_fields; f++)
    {
      const PisdField *of = scenario->instance == NULL
                                ? self->mean[f]
                                : pisd_instance_get_field (scenario->instance, info->fields[f].id);
      double norm = measure_last (of);
      double size =
          self->sd[f] != NULL ? measure_last (self->sd[f]) : sizes[f] / sqrt (PISD_EXACT_DRAWS);

      if (norm > 0.0)
        self->expected[f] = size / norm;
    }
  return TRUE;
}

static void
fill_errors (PisdExact *self, const PisdScenario *scenario)
{
  const PisdFieldInfo *fields = pisd_operator_get (scenario->settings.problem)->fields;

  for (guint f = 0; f < self->n_fields && scenario->instance != NULL; f++)
    self->errors[f] = pisd_field_info_get_error (
        &fields[f], self->mean[f], pisd_instance_get_field (scenario->instance, fields[f].id));
}

/* What is made of the factors, which are there. */
static gboolean
fill (PisdExact *self,
      const PisdScenario *scenario,
      PisdConditioning *conditioning,
      guint n_threads,
      PisdCancel *cancel,
      GError **error)
{
  PisdFactors *factors = pisd_conditioning_get_factors (conditioning);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&factors->equation);

  if (!pisd_consistency_check (NULL, scenario->sensors, factors, cancel, &self->consistency))
    return pisd_cancel_check (cancel, "exact posterior", error);
  pisd_conditioning_judge (conditioning, &self->consistency);
  if (!fill_mean (conditioning, solver, cancel, self->mean, error))
    return FALSE;
  if (self->sd[A] != NULL
      && !fill_sd (conditioning, n_threads, cancel, self->sd, &self->consistency.bend, error))
    return FALSE;
  fill_errors (self, scenario);
  return fill_expected (self, scenario, conditioning, solver, cancel)
         || pisd_cancel_check (cancel, "exact posterior", error);
}

/* Of a conditioning as it is. */
static PisdExact *
make_exact (const PisdScenario *scenario,
            PisdConditioning *conditioning,
            gboolean with_sd,
            guint n_threads,
            PisdCancel *cancel,
            GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdExact) self = exact_alloc (scenario->settings.problem, with_sd);

  self->n_sites = pisd_conditioning_get_n (conditioning);
  self->is_best = pisd_prior_fits_truth (scenario);
  if (!fill (self, scenario, conditioning, n_threads, cancel, error))
    return NULL;
  self->seconds = 1e-6 * (double) (g_get_monotonic_time () - start);
  return g_steal_pointer (&self);
}

/* Shows what outdated rows say, and makes new ones. */
static gboolean
refine (const PisdScenario *scenario,
        PisdConditioning *conditioning,
        PisdExactFunc early,
        gpointer data,
        guint n_threads,
        PisdCancel *cancel,
        GError **error)
{
  if (early != NULL)
    {
      g_autoptr (PisdExact) first =
          make_exact (scenario, conditioning, FALSE, n_threads, cancel, error);

      if (first == NULL)
        return FALSE;
      early (first, data);
    }
  return pisd_conditioning_refine (conditioning, n_threads, cancel, error);
}

PisdExact *
pisd_exact_new_live (const PisdScenario *scenario,
                     PisdConditioning *conditioning,
                     gboolean with_sd,
                     PisdExactFunc early,
                     gpointer data,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  gint64 start = g_get_monotonic_time ();
  PisdFactorsUses uses = PISD_FACTORS_MEAN | (with_sd ? PISD_FACTORS_SPREAD : 0);
  g_autoptr (PisdConditioning) own = NULL;
  PisdExact *self;

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
  if (pisd_conditioning_is_outdated (conditioning)
      && !refine (scenario, conditioning, early, data, n_threads, cancel, error))
    return NULL;
  if ((with_sd || !pisd_conditioning_knows_mean (conditioning))
      && !pisd_conditioning_prepare (conditioning, uses, n_threads, cancel, error))
    return NULL;
  self = make_exact (scenario, conditioning, with_sd, n_threads, cancel, error);
  if (self != NULL)
    self->seconds = 1e-6 * (double) (g_get_monotonic_time () - start);
  return self;
}

PisdExact *
pisd_exact_new (const PisdScenario *scenario,
                PisdConditioning *conditioning,
                gboolean with_sd,
                guint n_threads,
                PisdCancel *cancel,
                GError **error)
{
  return pisd_exact_new_live (scenario, conditioning, with_sd, NULL, NULL, n_threads, cancel,
                              error);
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
