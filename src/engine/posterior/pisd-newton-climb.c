#include "pisd-newton.h"

#include <math.h>
#include <string.h>

#include "pisd-budget.h"
#include "pisd-consistency.h"
#include "pisd-correction.h"
#include "pisd-covariance.h"

#define S PISD_GRID
/* Where more than one in so many of the sites is new, the climb begins anew.  A site that reads
 * something else by more than this part of the prior's deviation is new. */
#define MOST_NEW 8
#define MOST_CHANGE 0.3
/* Steps on the last rung's rows that make its mean the mode. */
#define MOST_CORRECTIONS 8
/* Readings are met up to so many standard deviations of their noise, or the last rung is made anew
 * where its mean is, so many times at most. */
#define MOST_MISFIT 3.0
#define MOST_AGAIN 6

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

/* What all rungs have in common. */
typedef struct
{
  const PisdFactors *prior; /* of any sensors; borrowed */
  PisdEquation equation;
  PisdSite *sites;
  guint n, n_later;
  guint n_threads;
  PisdCancel *cancel;
} Climb;

/* Takes over the sites. */
static void
climb_init (Climb *climb, const PisdEquation *equation, PisdSite *sites, guint n)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);

  climb->equation = *equation;
  climb->sites = sites;
  climb->n = n;
  climb->n_later = 0;
  for (guint i = 0; i < n && row->flow != NULL; i++)
    climb->n_later += sites[i].field != row->fields[0].id;
}

static void
climb_clear (Climb *climb)
{
  g_free (climb->sites);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Climb, climb_clear)

/* Factors at a linearisation, whose reference is taken over. */
static PisdFactors *
make_rung (const Climb *climb,
           const PisdFactors *from,
           PisdLinearisation *linearisation,
           GError **error)
{
  PisdFactors *f = pisd_factors_new_at (climb->prior, from, climb->sites, climb->n, linearisation,
                                        PISD_FACTORS_MEAN, climb->n_threads, climb->cancel, error);

  pisd_linearisation_unref (linearisation);
  return f;
}

/* z becomes the mean of the newest rung.  FALSE: cancelled. */
static gboolean
find_mean (const Climb *climb, const PisdFactors *f, double *z, GError **error)
{
  return pisd_factors_get_mean (f, climb->cancel, z)
         || pisd_cancel_check (climb->cancel, "flow", error);
}

/* From the estimate in `mode` to the mode by the last rung's rows.  `is_far`: they do not lead
 * there, as its flow does not meet the readings.  FALSE: cancelled. */
static gboolean
find_mode (PisdNewton *self, const Climb *climb, gboolean *is_far, GError **error)
{
  g_autoptr (PisdCorrection) correction = pisd_correction_new (pisd_newton_get_factors (self));

  if (!pisd_correction_run (correction, NULL, NULL, MOST_CORRECTIONS, climb->cancel, self->mode))
    return pisd_cancel_check (climb->cancel, "flow", error);
  *is_far = pisd_correction_get_misfit (correction) > MOST_MISFIT;
  return TRUE;
}

static gboolean
add_rung (PisdNewton *self, PisdFactors *rung, double sigma)
{
  if (rung == NULL)
    return FALSE;
  self->rungs[self->n] = rung;
  self->sigma[self->n++] = sigma;
  return TRUE;
}

/* Drops the rungs before the newest one. */
static void
forget (PisdNewton *self)
{
  for (guint i = 0; i + 1 < self->n; i++)
    pisd_factors_free (self->rungs[i]);
  self->rungs[0] = pisd_newton_get_factors (self);
  self->sigma[0] = INFINITY;
  self->n = 1;
}

/* One more rung, linearised at a beginning; `from`: of the rung before, or NULL. */
static gboolean
climb_one (PisdNewton *self,
           const Climb *climb,
           const PisdFactors *from,
           const PisdNewtonLevel *level,
           const double *box,
           GError **error)
{
  PisdLinearisation *linearisation =
      pisd_linearisation_new (&climb->equation, climb->sites, climb->n, &level->level, box,
                              climb->n_threads, climb->cancel, error);

  if (linearisation == NULL
      || !add_rung (self, make_rung (climb, from, linearisation, error), level->sigma))
    return FALSE;
  /* Many sites take much memory, and steps of them the last rung alone. */
  if (climb->n > PISD_COVARIANCE_WHOLE)
    forget (self);
  return TRUE;
}

/* From no flow at all to the last rung; what it is linearised at is left in `mode`. */
static gboolean
climb_up (PisdNewton *self, const Climb *climb, GError **error)
{
  g_autofree double *box = g_new0 (double, S *S);

  self->mode = g_new0 (double, climb->prior->all->n);
  for (guint i = 0; i < self->n_levels; i++)
    {
      const PisdFactors *f = self->n > 0 ? pisd_newton_get_factors (self) : NULL;

      if (f != NULL && !find_mean (climb, f, self->mode, error))
        return FALSE;
      if (f != NULL)
        pisd_newton_place (f, self->mode, box);
      if (!climb_one (self, climb, f, &self->levels[i], box, error))
        return FALSE;
    }
  return TRUE;
}

/* Another rung of the last one's level in its place, at what its rows have led to.  There is room
 * for those of many sites once. */
static gboolean
climb_again (PisdNewton *self, const Climb *climb, GError **error)
{
  guint last = self->n - 1;
  g_autoptr (PisdFactors) old = self->rungs[last];
  const PisdNewtonLevel level = { old->linearisation->level, self->sigma[last] };
  g_autofree double *box = g_new (double, S *S);

  pisd_newton_place (old, self->mode, box);
  self->n = last;
  if (climb->n > PISD_COVARIANCE_WHOLE)
    g_clear_pointer (&old, pisd_factors_free);
  return climb_one (self, climb, old, &level, box, error);
}

/* Few readings may lead far from where the rows were made.  `is_far`: they are not met even so. */
static gboolean
converge (PisdNewton *self, const Climb *climb, gboolean *is_far, GError **error)
{
  if (!find_mode (self, climb, is_far, error))
    return FALSE;
  for (guint i = 0; i < MOST_AGAIN && *is_far; i++)
    if (!climb_again (self, climb, error) || !find_mode (self, climb, is_far, error))
      return FALSE;
  return TRUE;
}

/* Whether a site reads something else than before, by more than its noise. */
static gboolean
reads_anew (const PisdFactors *from, const PisdSite *before, const PisdSite *site)
{
  const PisdFieldInfo *fields = pisd_operator_get (from->equation.problem)->fields;
  double change = MOST_CHANGE * from->node_sd[site->field == fields[0].id ? 0 : 1];

  return fabs (site->value - before->value) > hypot (change, sqrt (site->variance));
}

/* How many of the sites the factors do not have. */
static guint
count_new (const Climb *climb, const PisdFactors *from)
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

static gboolean
is_near (const Climb *climb, const PisdRepresentation *representation, const PisdNewton *from)
{
  const PisdFactors *f = from != NULL ? pisd_newton_get_factors (from) : NULL;

  return f != NULL && f->linearisation != NULL
         && pisd_equation_equal (&f->equation, &climb->equation)
         && pisd_source_prior_equal (&f->source,
                                     &pisd_representation_get_normaliser (representation)->prior)
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0))
         && count_new (climb, f) <= climb->n / MOST_NEW;
}

/* One rung on the rows of other sites, whose prior it has. */
static gboolean
step_aside (PisdNewton *self, Climb *climb, const PisdNewton *before, GError **error)
{
  const PisdFactors *from = pisd_newton_get_factors (before);
  PisdLinearisation *linearisation = pisd_linearisation_new_from (
      from->linearisation, climb->sites, climb->n, climb->n_threads, climb->cancel);

  climb->prior = from;
  self->is_outdated = TRUE;
  self->mode = g_memdup2 (before->mode, sizeof (double) * from->all->n);
  if (linearisation == NULL)
    return pisd_cancel_check (climb->cancel, "flow", error);
  return add_rung (self, make_rung (climb, from, linearisation, error), INFINITY);
}

/* Readings of a flow's first frame alone are met exactly, whatever flow that takes. */
static gboolean
check_first (const PisdNewton *self, const Climb *climb, GError **error)
{
  const PisdFactors *f = pisd_newton_get_factors (self);
  g_autofree double *z = NULL, *box = NULL;

  if (pisd_operator_get (f->equation.problem)->flow == NULL || f->n == 0)
    return TRUE;
  z = g_new (double, f->all->n);
  box = g_new (double, S *S);
  if (!find_mean (climb, f, z, error))
    return FALSE;
  pisd_newton_place (f, z, box);
  return pisd_linearisation_check_beginning (box, error);
}

/* Some of many sites, spread over frames and places as they are. */
static PisdSite *
thin_out (const Climb *climb, guint *n)
{
  PisdSite *some = g_new (PisdSite, climb->n);
  guint step = (climb->n + ENOUGH - 1) / ENOUGH;

  *n = 0;
  for (guint i = 0; i < climb->n; i += step)
    some[(*n)++] = climb->sites[i];
  return some;
}

/* The mode by some of the sites; none at all where no later frame is among theirs. */
static gboolean
find_mode_by_some (PisdNewton *self, const Climb *climb, GError **error)
{
  g_autoptr (PisdNewton) first = newton_new_empty (self->levels, self->n_levels);
  g_auto (Climb) some = *climb;
  gboolean is_far;
  guint n;
  PisdSite *sites = thin_out (climb, &n);

  climb_init (&some, &climb->equation, sites, n);
  if (some.n_later == 0)
    {
      self->mode = g_new0 (double, climb->prior->all->n);
      return TRUE;
    }
  if (!climb_up (first, &some, error) || !converge (first, &some, &is_far, error))
    return FALSE;
  self->mode = g_steal_pointer (&first->mode);
  return TRUE;
}

/* Many sites: some of them lead up, then all of them are linearised once. */
static gboolean
climb_by_some (PisdNewton *self, const Climb *climb, GError **error)
{
  g_autofree double *box = g_new (double, S *S);

  if (!find_mode_by_some (self, climb, error))
    return FALSE;
  pisd_newton_place (climb->prior, self->mode, box);
  return climb_one (self, climb, NULL, &self->levels[self->n_levels - 1], box, error);
}

/* The whole way. */
static gboolean
climb_all (PisdNewton *self, const Climb *climb, GError **error)
{
  gboolean is_far;

  if (!(climb->n > PISD_COVARIANCE_WHOLE ? climb_by_some : climb_up) (self, climb, error))
    return FALSE;
  return converge (self, climb, &is_far, error);
}

/* Rungs of a flow some of whose later frames are read. */
static gboolean
climb_flow (PisdNewton *self,
            Climb *climb,
            const PisdRepresentation *representation,
            const PisdNewton *from,
            GError **error)
{
  g_autoptr (PisdSensors) none = NULL;
  g_autoptr (PisdFactors) prior = NULL;
  gboolean is_far;

  if (is_near (climb, representation, from))
    return step_aside (self, climb, from, error) && find_mode (self, climb, &is_far, error);
  none = pisd_sensors_new ();
  prior = pisd_factors_new (NULL, representation, none, NULL, 0, 1, NULL, error);
  climb->prior = prior;
  return prior != NULL && climb_all (self, climb, error);
}

/* Whether sensors on later frames can be read, and there is room for their rows: J, and those that
 * covariances are products of. */
static gboolean
allow_later (const PisdNewton *self,
             const Climb *climb,
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
  g_auto (Climb) climb = { .n_threads = n_threads, .cancel = cancel };
  guint n;
  PisdSite *sites = pisd_sites_new (equation->problem, sensors, &n);

  climb_init (&climb, equation, sites, n);
  /* What checks and corrects a flow needs the factor of G. */
  if (pisd_operator_get (equation->problem)->flow != NULL)
    uses |= PISD_FACTORS_MEAN;
  if (climb.n_later == 0)
    return add_rung (self,
                     pisd_factors_new (other, representation, sensors, NULL, uses, n_threads,
                                       cancel, error),
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
begin_anew (PisdNewton *self, const Climb *climb, GError **error)
{
  while (self->n > 0)
    pisd_factors_free (self->rungs[--self->n]);
  g_clear_pointer (&self->mode, g_free);
  return climb_all (self, climb, error);
}

PisdNewton *
pisd_newton_new_refined (const PisdNewton *from,
                         guint n_threads,
                         PisdCancel *cancel,
                         GError **error)
{
  const PisdFactors *other = pisd_newton_get_factors (from);
  const PisdNewtonLevel level = { other->linearisation->level, INFINITY };
  g_autoptr (PisdNewton) self = newton_new_empty (from->levels, from->n_levels);
  g_autofree double *box = g_new (double, S *S);
  g_auto (Climb) climb = { .prior = other, .n_threads = n_threads, .cancel = cancel };
  gboolean is_far;

  climb_init (&climb, &other->equation, g_memdup2 (other->sites, sizeof *other->sites * other->n),
              other->n);
  pisd_newton_place (other, from->mode, box);
  self->mode = g_memdup2 (from->mode, sizeof (double) * other->all->n);
  if (!climb_one (self, &climb, other, &level, box, error)
      || !converge (self, &climb, &is_far, error) || (is_far && !begin_anew (self, &climb, error)))
    return NULL;
  return g_steal_pointer (&self);
}
