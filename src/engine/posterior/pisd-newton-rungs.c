#include "pisd-newton-private.h"

#include <math.h>
#include <string.h>

#include "pisd-correction.h"
#include "pisd-covariance.h"

#define S PISD_GRID
/* Steps on the last rung's rows that make its mean the mode. */
#define MOST_CORRECTIONS 8
/* Where readings are not met the last rung is made anew where its mean is, so many times at most.
 */
#define MOST_AGAIN 6
/* All rungs together may take so many times the work of those of a slow flow. */
#define MOST_WORK 6.0

void
pisd_climb_init (PisdClimb *climb, const PisdEquation *equation, PisdSite *sites, guint n)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);

  climb->equation = *equation;
  climb->sites = sites;
  climb->n = n;
  climb->n_later = 0;
  climb->spent = 0.0;
  for (guint i = 0; i < n && row->flow != NULL; i++)
    climb->n_later += sites[i].field != row->fields[0].id;
}

void
pisd_climb_clear (PisdClimb *climb)
{
  g_free (climb->sites);
}

PisdFactors *
pisd_climb_make_rung (const PisdClimb *climb,
                      const PisdFactors *from,
                      PisdLinearisation *linearisation,
                      GError **error)
{
  PisdFactors *f = pisd_factors_new_at (climb->prior, from, climb->sites, climb->n, linearisation,
                                        PISD_FACTORS_MEAN, climb->n_threads, climb->cancel, error);

  pisd_linearisation_unref (linearisation);
  return f;
}

gboolean
pisd_climb_find_mean (const PisdClimb *climb, const PisdFactors *f, double *z, GError **error)
{
  return pisd_factors_get_mean (f, climb->cancel, z)
         || pisd_cancel_check (climb->cancel, "flow", error);
}

gboolean
pisd_climb_find_mode (PisdNewton *self, const PisdClimb *climb, gboolean *is_far, GError **error)
{
  g_autoptr (PisdCorrection) correction = pisd_correction_new (pisd_newton_get_factors (self));

  if (!pisd_correction_run (correction, NULL, NULL, MOST_CORRECTIONS, climb->cancel, self->mode))
    return pisd_cancel_check (climb->cancel, "flow", error);
  self->misfit = pisd_correction_get_misfit (correction);
  *is_far = self->misfit > PISD_NEWTON_MET;
  return TRUE;
}

/* size^2 steps: nodes and steps of a level that makes so many steps from frame to frame. */
static double
measure_work (const PisdLevel *level, guint steps)
{
  return (double) level->size * level->size * steps;
}

/* spent + work <= MOST_WORK sum over the levels of their own work: whether a rung at that
 * beginning is within what all of them may take, and then it is spent. */
static gboolean
afford (const PisdNewton *self, PisdClimb *climb, const PisdLevel *level, const double *box)
{
  guint steps = pisd_linearisation_count_steps (&climb->equation, level, box);
  double work = measure_work (level, steps), all = 0.0;

  for (guint i = 0; i < self->n_levels; i++)
    all += measure_work (&self->levels[i].level, self->levels[i].level.steps);
  if (climb->spent + work > MOST_WORK * all)
    return FALSE;
  climb->spent += work;
  return TRUE;
}

gboolean
pisd_newton_add_rung (PisdNewton *self, PisdFactors *rung, double sigma)
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

gboolean
pisd_climb_one (PisdNewton *self,
                const PisdClimb *climb,
                const PisdFactors *from,
                const PisdNewtonLevel *level,
                const double *box,
                GError **error)
{
  PisdLinearisation *linearisation =
      pisd_linearisation_new (&climb->equation, &climb->prior->source, climb->sites, climb->n,
                              &level->level, box, climb->n_threads, climb->cancel, error);

  if (linearisation == NULL
      || !pisd_newton_add_rung (self, pisd_climb_make_rung (climb, from, linearisation, error),
                                level->sigma))
    return FALSE;
  /* Many sites take much memory, and steps of them the last rung alone. */
  if (climb->n > PISD_COVARIANCE_WHOLE)
    forget (self);
  return TRUE;
}

/* w_{i+1} = mean given y = F (w_i) + J_i (w - w_i) + e: every level is linearised where the one
 * before has led to, the first at rest. */
gboolean
pisd_climb_up (PisdNewton *self, PisdClimb *climb, GError **error)
{
  g_autofree double *box = g_new0 (double, S *S);

  self->mode = g_new0 (double, climb->prior->all->n);
  for (guint i = 0; i < self->n_levels; i++)
    {
      const PisdFactors *f = self->n > 0 ? pisd_newton_get_factors (self) : NULL;

      if (f != NULL && !pisd_climb_find_mean (climb, f, self->mode, error))
        return FALSE;
      if (f != NULL)
        pisd_newton_place (f, self->mode, box);
      self->is_cut = !afford (self, climb, &self->levels[i].level, box);
      if (self->is_cut)
        return pisd_linearisation_check_beginning (box, error);
      if (!pisd_climb_one (self, climb, f, &self->levels[i], box, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether another rung of the last one's level may be made at what its rows have led to. */
static gboolean
may_climb_again (const PisdNewton *self, PisdClimb *climb)
{
  const PisdFactors *last = pisd_newton_get_factors (self);
  g_autofree double *box = g_new (double, S *S);

  pisd_newton_place (last, self->mode, box);
  return afford (self, climb, &last->linearisation->level, box);
}

/* That rung, in the last one's place.  There is room for those of many sites once. */
static gboolean
climb_again (PisdNewton *self, const PisdClimb *climb, GError **error)
{
  guint last = self->n - 1;
  g_autoptr (PisdFactors) old = self->rungs[last];
  const PisdNewtonLevel level = { old->linearisation->level, self->sigma[last] };
  g_autofree double *box = g_new (double, S *S);

  pisd_newton_place (old, self->mode, box);
  self->n = last;
  if (climb->n > PISD_COVARIANCE_WHOLE)
    g_clear_pointer (&old, pisd_factors_free);
  return pisd_climb_one (self, climb, old, &level, box, error);
}

gboolean
pisd_climb_converge (PisdNewton *self, PisdClimb *climb, gboolean *is_far, GError **error)
{
  if (!pisd_climb_find_mode (self, climb, is_far, error))
    return FALSE;
  for (guint i = 0; i < MOST_AGAIN && *is_far && may_climb_again (self, climb); i++)
    if (!climb_again (self, climb, error) || !pisd_climb_find_mode (self, climb, is_far, error))
      return FALSE;
  return TRUE;
}
