#include "pisd-newton-private.h"

#include <math.h>
#include <string.h>

#include "pisd-budget.h"
#include "pisd-consistency.h"
#include "pisd-covariance.h"

#define S PISD_GRID
/* Where more than one in so many of the sites is new, the climb begins anew.  A site that reads
 * something else by more than this part of the prior's deviation is new. */
#define MOST_NEW 8
#define MOST_CHANGE 0.3
/* Of more sites the coarse rungs are made with so many. */
#define ENOUGH 1000

/* `levels`: NULL for the standard ones. */
static PisdNewton *
newton_new_empty (const PisdNewtonLevel *levels, guint n_levels)
{
  PisdNewton *self = g_new0 (PisdNewton, 1);

  self->ref_count = 1;
  if (levels == NULL)
    levels = pisd_newton_get_levels (&n_levels);
  memcpy (self->levels, levels, sizeof *levels * n_levels);
  self->n_levels = n_levels;
  return self;
}

/* |y - y before| > sqrt ((MOST_CHANGE node_sd)^2 + R): whether a site reads something else than
 * before, by more than its noise. */
static gboolean
reads_anew (const PisdFactors *from, const PisdSite *before, const PisdSite *site)
{
  const PisdFieldInfo *fields = pisd_operator_get (from->equation.problem)->fields;
  double change = MOST_CHANGE * from->node_sd[site->field == fields[0].id ? 0 : 1];

  return fabs (site->value - before->value) > hypot (change, sqrt (site->variance));
}

/* How many of the sites the factors do not have: both lists are in order, so one pass is enough. */
static guint
count_new (const PisdClimb *climb, const PisdFactors *from)
{
  guint n = 0, j = 0;

  for (guint i = 0; i < climb->n; i++)
    {
      while (j < from->n && pisd_site_compare (&from->sites[j], &climb->sites[i]) < 0)
        j++;
      n += j == from->n || pisd_site_compare (&from->sites[j], &climb->sites[i]) != 0
           || reads_anew (from, &from->sites[j], &climb->sites[i]);
    }
  return n;
}

/* Whether the flow is one step from the mode of other sensors; a climb that was cut has none. */
static gboolean
is_near (const PisdClimb *climb, const PisdRepresentation *representation, const PisdNewton *from)
{
  const PisdFactors *f = from != NULL && !from->is_cut ? pisd_newton_get_factors (from) : NULL;

  return f != NULL && f->linearisation != NULL
         && pisd_equation_equal (&f->equation, &climb->equation)
         && pisd_source_prior_equal (&f->source, pisd_representation_get_prior (representation))
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0))
         && count_new (climb, f) <= climb->n / MOST_NEW;
}

/* One rung on the rows of other sites, whose prior it has. */
static gboolean
step_aside (PisdNewton *self, PisdClimb *climb, const PisdNewton *before, GError **error)
{
  const PisdFactors *from = pisd_newton_get_factors (before);
  PisdLinearisation *linearisation = pisd_linearisation_new_from (
      from->linearisation, climb->sites, climb->n, climb->n_threads, climb->cancel);

  climb->prior = from;
  self->is_outdated = TRUE;
  self->mode = g_memdup2 (before->mode, sizeof (double) * from->all->n);
  if (linearisation == NULL)
    return pisd_cancel_check (climb->cancel, "flow", error);
  return pisd_newton_add_rung (self, pisd_climb_make_rung (climb, from, linearisation, error),
                               INFINITY);
}

/* Readings of a flow's first frame alone are met exactly, whatever flow that takes. */
static gboolean
check_first (const PisdNewton *self, const PisdClimb *climb, GError **error)
{
  const PisdFactors *f = pisd_newton_get_factors (self);
  g_autofree double *z = NULL, *box = NULL;

  if (pisd_operator_get (f->equation.problem)->flow == NULL || f->n == 0)
    return TRUE;
  z = g_new (double, f->all->n);
  box = g_new (double, S *S);
  if (!pisd_climb_find_mean (climb, f, z, error))
    return FALSE;
  pisd_newton_place (f, z, box);
  return pisd_linearisation_check_beginning (box, error);
}

/* Some of many sites, spread over frames and places as they are. */
static PisdSite *
thin_out (const PisdClimb *climb, guint *n)
{
  PisdSite *some = g_new (PisdSite, climb->n);
  guint step = (climb->n + ENOUGH - 1) / ENOUGH;

  *n = 0;
  for (guint i = 0; i < climb->n; i += step)
    some[(*n)++] = climb->sites[i];
  return some;
}

/* The mode by some of the sites and the last level that they lead to; none at all where no later
 * frame is among theirs. */
static gboolean
find_mode_by_some (PisdNewton *self,
                   const PisdClimb *climb,
                   const PisdNewtonLevel **level,
                   GError **error)
{
  g_autoptr (PisdNewton) first = newton_new_empty (self->levels, self->n_levels);
  g_auto (PisdClimb) some = *climb;
  gboolean is_far;
  guint n;
  PisdSite *sites = thin_out (climb, &n);

  pisd_climb_init (&some, &climb->equation, sites, n);
  *level = &self->levels[self->n_levels - 1];
  if (some.n_later == 0)
    {
      self->mode = g_new0 (double, climb->prior->all->n);
      return TRUE;
    }
  if (!pisd_climb_up (first, &some, error) || !pisd_climb_converge (first, &some, &is_far, error))
    return FALSE;
  self->mode = g_steal_pointer (&first->mode);
  self->is_cut = first->is_cut;
  if (self->is_cut)
    *level = &self->levels[first->n - 1];
  return TRUE;
}

/* Many sites: some of them lead up, then all of them are linearised once. */
static gboolean
climb_by_some (PisdNewton *self, PisdClimb *climb, GError **error)
{
  g_autofree double *box = g_new (double, S *S);
  const PisdNewtonLevel *level;

  if (!find_mode_by_some (self, climb, &level, error))
    return FALSE;
  pisd_newton_place (climb->prior, self->mode, box);
  return pisd_climb_one (self, climb, NULL, level, box, error);
}

/* The whole way. */
static gboolean
climb_all (PisdNewton *self, PisdClimb *climb, GError **error)
{
  gboolean is_far;

  climb->spent = 0.0;
  if (!(climb->n > PISD_COVARIANCE_WHOLE ? climb_by_some : pisd_climb_up) (self, climb, error))
    return FALSE;
  return pisd_climb_converge (self, climb, &is_far, error);
}

/* Rungs of a flow some of whose later frames are read. */
static gboolean
climb_flow (PisdNewton *self,
            PisdClimb *climb,
            const PisdRepresentation *representation,
            const PisdNewton *from,
            GError **error)
{
  g_autoptr (PisdSensors) none = NULL;
  g_autoptr (PisdFactors) prior = NULL;
  gboolean is_far;

  if (is_near (climb, representation, from))
    return step_aside (self, climb, from, error)
           && pisd_climb_find_mode (self, climb, &is_far, error);
  none = pisd_sensors_new ();
  prior = pisd_factors_new (NULL, representation, none, NULL, 0, 1, NULL, error);
  climb->prior = prior;
  return prior != NULL && climb_all (self, climb, error);
}

/* Whether sensors on later frames can be read, and there is room for their rows: J, and those that
 * covariances are products of. */
static gboolean
allow_later (const PisdNewton *self,
             const PisdClimb *climb,
             const PisdRepresentation *representation,
             const PisdSensors *sensors,
             PisdFactorsUses uses,
             GError **error)
{
  const PisdLevel *last = &self->levels[self->n_levels - 1].level;

  return pisd_consistency_allow_later (climb->equation.problem, sensors, error)
         && pisd_budget_check (climb->n, pisd_representation_get_modes (representation, 0)->n, uses,
                               pisd_linearisation_get_bytes (last, climb->n + climb->n_later), 0,
                               error);
}

PisdNewton *
pisd_newton_new (const PisdNewton *from,
                 const PisdRepresentation *representation,
                 const PisdSensors *sensors,
                 const PisdNewtonLevel *levels,
                 guint n_levels,
                 PisdFactorsUses uses,
                 guint n_threads,
                 PisdCancel *cancel,
                 GError **error)
{
  g_autoptr (PisdNewton) self = newton_new_empty (levels, n_levels);
  const PisdFactors *other = from != NULL ? pisd_newton_get_factors (from) : NULL;
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  g_auto (PisdClimb) climb = { .n_threads = n_threads, .cancel = cancel };
  guint n;
  PisdSite *sites = pisd_sites_new_noisy (equation->problem, sensors,
                                          pisd_representation_get_noise_sd (representation), &n);

  pisd_climb_init (&climb, equation, sites, n);
  /* What checks and corrects a flow needs the factor of G. */
  if (pisd_operator_get (equation->problem)->flow != NULL)
    uses |= PISD_FACTORS_MEAN;
  if (climb.n_later == 0)
    return pisd_newton_add_rung (self,
                                 pisd_factors_new (other, representation, sensors, NULL, uses,
                                                   n_threads, cancel, error),
                                 INFINITY)
                   && check_first (self, &climb, error)
               ? g_steal_pointer (&self)
               : NULL;
  if (!allow_later (self, &climb, representation, sensors, uses, error)
      || !climb_flow (self, &climb, representation, from, error)
      || !pisd_newton_prepare (self, uses, n_threads, cancel, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Drops what is there and climbs the whole way. */
static gboolean
begin_anew (PisdNewton *self, PisdClimb *climb, GError **error)
{
  while (self->n > 0)
    pisd_factors_free (self->rungs[--self->n]);
  g_clear_pointer (&self->mode, g_free);
  self->is_cut = FALSE;
  return climb_all (self, climb, error);
}

/* z_k = z_k of the other prior times s_k of that over s_k: the same flow. */
static double *
dup_mode_under (const PisdFactors *prior, const PisdFactors *other, const double *mode)
{
  double *z = g_new (double, prior->all->n);

  for (guint i = 0; i < prior->all->n; i++)
    z[i] = prior->scale[i] > 0.0 ? mode[i] * other->scale[i] / prior->scale[i] : 0.0;
  return z;
}

/* One rung at the mode of `from`, or all of them, under the climb's prior; `alike`: factors of that
 * prior at the same sites, or NULL. */
static PisdNewton *
climb_from (const PisdNewton *from, PisdClimb *climb, const PisdFactors *alike, GError **error)
{
  const PisdFactors *other = pisd_newton_get_factors (from);
  const PisdNewtonLevel level = { other->linearisation->level, INFINITY };
  g_autoptr (PisdNewton) self = newton_new_empty (from->levels, from->n_levels);
  g_autofree double *box = g_new (double, S *S);
  gboolean is_far;

  self->is_cut = from->is_cut;
  pisd_newton_place (other, from->mode, box);
  self->mode = dup_mode_under (climb->prior, other, from->mode);
  if (!pisd_climb_one (self, climb, alike, &level, box, error)
      || !pisd_climb_converge (self, climb, &is_far, error)
      || (is_far && !begin_anew (self, climb, error)))
    return NULL;
  return g_steal_pointer (&self);
}

PisdNewton *
pisd_newton_new_refined (const PisdNewton *from,
                         guint n_threads,
                         PisdCancel *cancel,
                         GError **error)
{
  const PisdFactors *other = pisd_newton_get_factors (from);
  g_auto (PisdClimb) climb = { .prior = other, .n_threads = n_threads, .cancel = cancel };

  pisd_climb_init (&climb, &other->equation,
                   g_memdup2 (other->sites, sizeof *other->sites * other->n), other->n);
  return climb_from (from, &climb, other, error);
}

PisdNewton *
pisd_newton_new_under (const PisdNewton *from,
                       const PisdRepresentation *representation,
                       const PisdSensors *sensors,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error)
{
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  g_autoptr (PisdFactors) prior =
      pisd_factors_new (NULL, representation, none, NULL, 0, 1, NULL, error);
  g_auto (PisdClimb) climb = { .prior = prior, .n_threads = n_threads, .cancel = cancel };
  PisdSite *sites;
  guint n;

  if (prior == NULL)
    return NULL;
  sites = pisd_sites_new_noisy (equation->problem, sensors,
                                pisd_representation_get_noise_sd (representation), &n);
  pisd_climb_init (&climb, equation, sites, n);
  return climb_from (from, &climb, NULL, error);
}
