#include "pisd-newton.h"

#include <math.h>
#include <string.h>

#include "pisd-budget.h"
#include "pisd-correction.h"
#include "pisd-covariance.h"

#define S PISD_GRID
/* Where more than this part of the sites is new, the climb begins anew. */
#define MOST_NEW 8
/* Steps on the last rung's rows that make its mean the mode. */
#define MOST_CORRECTIONS 8
/* Readings are met up to so many standard deviations of their noise, or the last rung is made anew
 * where its mean is, so many times at most. */
#define MOST_MISFIT 3.0
#define MOST_AGAIN 6

/* Of more sites the coarse rungs are made with so many. */
#define ENOUGH 1000

static PisdNewton *
newton_new_empty (void)
{
  PisdNewton *self = g_new0 (PisdNewton, 1);

  self->ref_count = 1;
  return self;
}

/* What all rungs have in common. */
typedef struct
{
  const PisdRepresentation *representation;
  const PisdSensors *sensors;
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
           PisdFactorsUses uses,
           GError **error)
{
  PisdFactors *f =
      climb->representation != NULL
          ? pisd_factors_new (from, climb->representation, climb->sensors, linearisation, uses,
                              climb->n_threads, climb->cancel, error)
          : pisd_factors_new_at (from, linearisation, uses, climb->n_threads, climb->cancel, error);

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
    pisd_factors_unref (self->rungs[i]);
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
      || !add_rung (self, make_rung (climb, from, linearisation, PISD_FACTORS_MEAN, error),
                    level->sigma))
    return FALSE;
  /* Many sites take much memory, and steps of them the last rung alone. */
  if (climb->n > PISD_COVARIANCE_WHOLE)
    forget (self);
  return TRUE;
}

/* From no flow at all to the last rung; what it is linearised at is left in `mode`. */
static gboolean
climb_up (PisdNewton *self,
          const Climb *climb,
          const PisdNewtonLevel *levels,
          guint n_levels,
          GError **error)
{
  g_autofree double *box = g_new0 (double, S *S);

  for (guint i = 0; i < n_levels; i++)
    {
      const PisdFactors *f = self->n > 0 ? pisd_newton_get_factors (self) : NULL;

      if (f != NULL && !find_mean (climb, f, self->mode, error))
        return FALSE;
      if (f != NULL)
        pisd_newton_place (f, self->mode, box);
      if (!climb_one (self, climb, f, &levels[i], box, error))
        return FALSE;
      if (self->mode == NULL)
        self->mode = g_new0 (double, pisd_newton_get_factors (self)->all->n);
    }
  return TRUE;
}

/* Another rung of the last one's level in its place, at what its rows have led to. */
static gboolean
climb_again (PisdNewton *self, const Climb *climb, GError **error)
{
  guint last = self->n - 1;
  PisdFactors *old = self->rungs[last];
  const PisdNewtonLevel level = { old->linearisation->level, self->sigma[last] };
  g_autofree double *box = g_new (double, S *S);
  gboolean good;

  pisd_newton_place (old, self->mode, box);
  self->n = last;
  good = climb_one (self, climb, old, &level, box, error);
  if (good)
    pisd_factors_unref (old);
  else
    self->n = last + 1;
  return good;
}

/* Few readings may lead far from where the rows were made. */
static gboolean
converge (PisdNewton *self, const Climb *climb, GError **error)
{
  gboolean is_far = FALSE;

  if (!find_mode (self, climb, &is_far, error))
    return FALSE;
  for (guint i = 0; i < MOST_AGAIN && is_far; i++)
    if (!climb_again (self, climb, error) || !find_mode (self, climb, &is_far, error))
      return FALSE;
  return TRUE;
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
      n += j == from->n || pisd_site_compare (&from->sites[j], &climb->sites[i]) != 0;
    }
  return n;
}

static gboolean
is_near (const Climb *climb, const PisdNewton *from)
{
  const PisdFactors *f = from != NULL ? pisd_newton_get_factors (from) : NULL;

  return f != NULL && f->linearisation != NULL
         && pisd_equation_equal (&f->equation, &climb->equation)
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (climb->representation, 0))
         && count_new (climb, f) <= climb->n / MOST_NEW;
}

/* One rung on the rows of other sites. */
static gboolean
step_aside (PisdNewton *self, const Climb *climb, const PisdNewton *before, GError **error)
{
  const PisdFactors *from = pisd_newton_get_factors (before);
  PisdLinearisation *linearisation = pisd_linearisation_new_from (
      from->linearisation, climb->sites, climb->n, climb->n_threads, climb->cancel);

  self->is_outdated = TRUE;
  self->mode = g_memdup2 (before->mode, sizeof (double) * from->all->n);
  if (linearisation == NULL)
    return pisd_cancel_check (climb->cancel, "flow", error);
  return add_rung (self, make_rung (climb, from, linearisation, PISD_FACTORS_MEAN, error),
                   INFINITY);
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
static PisdSensors *
thin_out (const Climb *climb)
{
  PisdSensors *some = pisd_sensors_new ();
  guint step = (climb->n + ENOUGH - 1) / ENOUGH;

  for (guint i = 0; i < climb->n; i += step)
    {
      const PisdSite *site = &climb->sites[i];
      const PisdFieldInfo *info = pisd_problem_find_field (climb->equation.problem, site->field);

      pisd_sensors_add (some, &(PisdSensor){ .field = site->field,
                                             .x = site->x,
                                             .y = site->y,
                                             .t = info->times[site->frame],
                                             .value = site->value,
                                             .sd = sqrt (site->variance) });
    }
  return some;
}

/* Many sites: some of them lead up, then all of them are linearised once. */
static gboolean
climb_by_some (PisdNewton *self,
               const Climb *climb,
               const PisdNewtonLevel *levels,
               guint n_levels,
               GError **error)
{
  g_autoptr (PisdSensors) some = thin_out (climb);
  g_autofree double *box = g_new (double, S *S);
  g_autoptr (PisdNewton) first =
      pisd_newton_new (NULL, climb->representation, some, levels, n_levels, PISD_FACTORS_MEAN,
                       climb->n_threads, climb->cancel, error);

  if (first == NULL)
    return FALSE;
  /* There may be none on a later frame among them, and then no mode yet. */
  self->mode = g_new0 (double, pisd_newton_get_factors (first)->all->n);
  if (first->mode != NULL)
    memcpy (self->mode, first->mode, sizeof (double) * pisd_newton_get_factors (first)->all->n);
  pisd_newton_place (pisd_newton_get_factors (first), self->mode, box);
  return climb_one (self, climb, NULL, &levels[n_levels - 1], box, error);
}

/* Rungs of a flow some of whose later frames are read. */
static gboolean
climb_flow (PisdNewton *self,
            const Climb *climb,
            const PisdNewton *from,
            const PisdNewtonLevel *levels,
            guint n_levels,
            GError **error)
{
  gboolean is_far;

  if (is_near (climb, from))
    return step_aside (self, climb, from, error) && find_mode (self, climb, &is_far, error);
  if (climb->n > PISD_COVARIANCE_WHOLE)
    return climb_by_some (self, climb, levels, n_levels, error) && converge (self, climb, error);
  return climb_up (self, climb, levels, n_levels, error) && converge (self, climb, error);
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
  g_autoptr (PisdNewton) self = newton_new_empty ();
  const PisdFactors *other = from != NULL ? pisd_newton_get_factors (from) : NULL;
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  g_auto (Climb) climb = {
    .representation = representation, .sensors = sensors, .n_threads = n_threads, .cancel = cancel
  };
  guint n;
  PisdSite *sites = pisd_sites_new (equation->problem, sensors, &n);

  climb_init (&climb, equation, sites, n);
  /* What checks and corrects a flow needs the factor of G. */
  if (pisd_operator_get (equation->problem)->flow != NULL)
    uses |= PISD_FACTORS_MEAN;
  if (climb.n_later == 0)
    return add_rung (self, make_rung (&climb, other, NULL, uses, error), INFINITY)
                   && check_first (self, &climb, error)
               ? g_steal_pointer (&self)
               : NULL;
  if (levels == NULL)
    levels = pisd_newton_get_levels (&n_levels);
  if (!pisd_budget_check (n, pisd_representation_get_modes (representation, 0)->n, uses, 0, error)
      || !climb_flow (self, &climb, from, levels, n_levels, error)
      || !pisd_newton_prepare (self, uses, n_threads, cancel, error))
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
  const PisdNewtonLevel level = { other->linearisation->level, INFINITY };
  g_autoptr (PisdNewton) self = newton_new_empty ();
  g_autofree double *box = g_new (double, S *S);
  g_auto (Climb) climb = { .n_threads = n_threads, .cancel = cancel };

  climb_init (&climb, &other->equation, g_memdup2 (other->sites, sizeof *other->sites * other->n),
              other->n);
  pisd_newton_place (other, from->mode, box);
  self->mode = g_memdup2 (from->mode, sizeof (double) * other->all->n);
  if (!climb_one (self, &climb, other, &level, box, error) || !converge (self, &climb, error))
    return NULL;
  return g_steal_pointer (&self);
}
