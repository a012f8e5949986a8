#include "pisd-newton.h"

#include <math.h>
#include <string.h>

#include "pisd-correction.h"
#include "pisd-covariance.h"
#include "pisd-error.h"

#define S PISD_GRID
/* Where more than this part of the sites is new, the climb begins anew. */
#define MOST_NEW 8
/* Steps on the last rung's rows that make its mean the mode. */
#define MOST_CORRECTIONS 8

/* Steps from frame to frame are for the benchmark's ten. */
static const PisdNewtonLevel standard_levels[] = {
  { { 32, 3, 0.1 }, INFINITY }, { { 32, 3, 0.05 }, 10.0 }, { { 48, 4, 0.01 }, 5.0 },
  { { 64, 7, 5e-4 }, 2.0 },     { { 64, 7, 5e-6 }, 1.0 },
};

const PisdNewtonLevel *
pisd_newton_get_levels (guint *n_levels)
{
  *n_levels = G_N_ELEMENTS (standard_levels);
  return standard_levels;
}

static PisdNewton *
newton_new_empty (void)
{
  PisdNewton *self = g_new0 (PisdNewton, 1);

  self->ref_count = 1;
  return self;
}

PisdNewton *
pisd_newton_ref (PisdNewton *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_newton_unref (PisdNewton *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint i = 0; i < self->n; i++)
    pisd_factors_unref (self->rungs[i]);
  g_free (self->mode);
  g_free (self);
}

PisdFactors *
pisd_newton_get_factors (const PisdNewton *self)
{
  return self->rungs[self->n - 1];
}

guint
pisd_newton_find_rung (const PisdNewton *self, double sigma)
{
  guint i = self->n - 1;

  while (i > 0 && sigma > self->sigma[i])
    i--;
  return i;
}

gboolean
pisd_newton_prepare (PisdNewton *self,
                     PisdFactorsUses uses,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  for (guint i = 0; i + 1 < self->n && (uses & PISD_FACTORS_STEPS); i++)
    if (!pisd_factors_prepare (self->rungs[i], PISD_FACTORS_STEPS, n_threads, cancel, error))
      return FALSE;
  /* What corrects draws by the flow needs the factor of G. */
  if (self->mode != NULL)
    uses |= PISD_FACTORS_MEAN;
  return pisd_factors_prepare (pisd_newton_get_factors (self), uses, n_threads, cancel, error);
}

void
pisd_newton_place (const PisdFactors *f, const double *z, double *box)
{
  memset (box, 0, sizeof (double) * S * S);
  for (guint i = 0; i < f->all->n; i++)
    box[f->all->ky[i] * S + f->all->kx[i]] = f->scale[i] * z[i];
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

/* The last rung's mean becomes the mode. */
static gboolean
find_mode (PisdNewton *self, const Climb *climb, GError **error)
{
  const PisdFactors *f = pisd_newton_get_factors (self);
  g_autoptr (PisdCorrection) correction = pisd_correction_new (f);

  if (self->mode == NULL)
    self->mode = g_new (double, f->all->n);
  return find_mean (climb, f, self->mode, error)
         && (pisd_correction_run (correction, NULL, NULL, MOST_CORRECTIONS, climb->cancel,
                                  self->mode)
             || pisd_cancel_check (climb->cancel, "flow", error));
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

/* From no flow at all to the mode. */
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

      if (!climb_one (self, climb, f, &levels[i], box, error))
        return FALSE;
      f = pisd_newton_get_factors (self);
      if (self->mode == NULL)
        self->mode = g_new (double, f->all->n);
      if (!find_mean (climb, f, self->mode, error))
        return FALSE;
      pisd_newton_place (f, self->mode, box);
    }
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
         && count_new (climb, f) <= climb->n / MOST_NEW;
}

/* One rung on the rows of other sites. */
static gboolean
step_aside (PisdNewton *self, const Climb *climb, const PisdFactors *from, GError **error)
{
  PisdLinearisation *linearisation = pisd_linearisation_new_from (
      from->linearisation, climb->sites, climb->n, climb->n_threads, climb->cancel);

  self->is_outdated = TRUE;
  if (linearisation == NULL)
    return pisd_cancel_check (climb->cancel, "flow", error);
  return add_rung (self, make_rung (climb, from, linearisation, PISD_FACTORS_MEAN, error),
                   INFINITY);
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
  if (climb.n_later == 0)
    return add_rung (self, make_rung (&climb, other, NULL, uses, error), INFINITY)
               ? g_steal_pointer (&self)
               : NULL;
  if (levels == NULL)
    levels = pisd_newton_get_levels (&n_levels);
  if (!(is_near (&climb, from) ? step_aside (self, &climb, other, error)
                               : climb_up (self, &climb, levels, n_levels, error)))
    return NULL;
  if (!find_mode (self, &climb, error)
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
  if (!climb_one (self, &climb, other, &level, box, error) || !find_mode (self, &climb, error))
    return NULL;
  return g_steal_pointer (&self);
}
