#include "pisd-systems.h"

#include <cblas.h>
#include <pthread.h>
#include <string.h>

#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-system-parts.h"
#include "pisd-wait.h"

/* How often whoever waits for a level asks whether to stop, in microseconds. */
#define LISTEN_INTERVAL 50000
/* The part of what the memory budget has left that kept levels may take. */
#define PART_OF_LEFT 0.8

typedef enum
{
  LEVEL_EMPTY,
  LEVEL_BUSY, /* somebody makes it */
  LEVEL_MADE
} LevelState;

/* `state` and `factors` are guarded by `mutex`; a factor that is made is constant. */
struct _PisdSystems
{
  gint ref_count;
  PisdNewton *newton;
  PisdSystemParts parts;
  guint n_levels, n_kept; /* the first n_kept are kept */
  double *sigma, *c;
  pthread_mutex_t mutex;
  pthread_cond_t changed; /* of `state` */
  LevelState *state;      /* [n_kept] */
  PisdTriangle **factors; /* [n_kept] */
  gboolean has_ahead;
  pthread_t ahead;
  PisdCancel *stop_ahead;
};

/* min (n_levels, PART_OF_LEFT left / bytes of a system): how many systems fit beside all else,
 * in what the budget and the machine both have left. */
static guint
count_kept (const PisdFactors *f, guint n_levels)
{
  gsize limit = pisd_budget_get_limit (), used = pisd_memory_get_used ();
  gsize left = MIN (limit - MIN (limit, used), pisd_memory_get_available ());
  double each = (double) pisd_system_parts_get_system_bytes (f);

  return (guint) MIN ((double) n_levels, PART_OF_LEFT * (double) left / each);
}

static void
systems_free (PisdSystems *self)
{
  for (guint i = 0; i < self->n_kept; i++)
    pisd_triangle_free (self->factors[i]);
  pisd_system_parts_clear (&self->parts);
  pisd_newton_unref (self->newton);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->sigma);
  g_free (self->c);
  g_free (self->state);
  g_free (self->factors);
  g_free (self);
}

PisdSystems *
pisd_systems_new (PisdNewton *newton,
                  guint n_levels,
                  const double *sigma,
                  const double *c,
                  guint n_threads,
                  PisdCancel *cancel,
                  GError **error)
{
  PisdFactors *f = pisd_newton_get_factors (newton);
  g_autoptr (PisdSystems) self = NULL;

  if (!pisd_newton_prepare (newton, PISD_FACTORS_TAIL, n_threads, cancel, error))
    return NULL;
  self = g_new0 (PisdSystems, 1);
  self->ref_count = 1;
  self->newton = pisd_newton_ref (newton);
  self->n_levels = n_levels;
  self->sigma = g_memdup2 (sigma, sizeof (double) * n_levels);
  self->c = g_memdup2 (c, sizeof (double) * n_levels * f->kept->n);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);
  if (f->n > 0 && !pisd_system_parts_fill (&self->parts, f, n_threads, cancel))
    {
      pisd_cancel_check (cancel, "second order", error);
      return NULL;
    }
  self->n_kept = f->n > 0 ? count_kept (f, n_levels) : 0;
  self->state = g_new0 (LevelState, self->n_kept);
  self->factors = g_new0 (PisdTriangle *, self->n_kept);
  return g_steal_pointer (&self);
}

PisdSystems *
pisd_systems_ref (PisdSystems *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_systems_unref (PisdSystems *self)
{
  if (self != NULL && g_atomic_int_dec_and_test (&self->ref_count))
    systems_free (self);
}

gboolean
pisd_systems_fit (const PisdSystems *self,
                  const PisdNewton *newton,
                  guint n_levels,
                  const double *sigma,
                  const double *c)
{
  gsize n = (gsize) n_levels * pisd_newton_get_factors (newton)->kept->n;

  return self->newton == newton && self->n_levels == n_levels
         && memcmp (self->sigma, sigma, sizeof (double) * n_levels) == 0
         && memcmp (self->c, c, sizeof (double) * n) == 0;
}

gsize
pisd_systems_get_bytes (const PisdSystems *self)
{
  return self->n_kept > 0 ? self->n_kept * pisd_system_parts_get_system_bytes (self->parts.f) : 0;
}

static PisdTriangle *
make (const PisdSystems *self, guint level, PisdCancel *cancel)
{
  return pisd_system_parts_make (&self->parts, self->c + (gsize) level * self->parts.f->kept->n,
                                 cancel);
}

/* Makes a level that this thread has marked as busy.  The mutex is held before and after.
 * FALSE: cancelled. */
static gboolean
make_marked (PisdSystems *self, guint level, PisdCancel *cancel)
{
  pthread_mutex_unlock (&self->mutex);
  PisdTriangle *factor = make (self, level, cancel);
  pthread_mutex_lock (&self->mutex);
  self->factors[level] = factor;
  self->state[level] = factor != NULL ? LEVEL_MADE : LEVEL_EMPTY;
  pthread_cond_broadcast (&self->changed);
  return factor != NULL;
}

/* The first one from there that nobody has begun, marked as busy; n_kept: there is none. */
static guint
mark_next (PisdSystems *self, guint level)
{
  while (level < self->n_kept && self->state[level] != LEVEL_EMPTY)
    level++;
  if (level < self->n_kept)
    self->state[level] = LEVEL_BUSY;
  return level;
}

/* Until the level is made; meanwhile this thread makes it, or those after it. */
static gboolean
make_kept (PisdSystems *self, guint level, PisdCancel *cancel)
{
  gboolean good = TRUE;

  pthread_mutex_lock (&self->mutex);
  while (good && self->state[level] != LEVEL_MADE)
    {
      guint next = mark_next (self, level);

      if (next < self->n_kept)
        good = make_marked (self, next, cancel);
      else
        {
          pisd_wait (&self->changed, &self->mutex, LISTEN_INTERVAL);
          good = !pisd_cancel_look (cancel);
        }
    }
  pthread_mutex_unlock (&self->mutex);
  return good;
}

static void *
go_ahead (void *data)
{
  PisdSystems *self = data;
  gboolean good = TRUE;

  pthread_mutex_lock (&self->mutex);
  while (good)
    {
      guint next = mark_next (self, 0);

      good = next < self->n_kept && make_marked (self, next, self->stop_ahead);
    }
  pthread_mutex_unlock (&self->mutex);
  return NULL;
}

void
pisd_systems_begin_ahead (PisdSystems *self)
{
  g_return_if_fail (!self->has_ahead);

  self->stop_ahead = pisd_cancel_new ();
  self->has_ahead = pthread_create (&self->ahead, NULL, go_ahead, self) == 0;
}

void
pisd_systems_end_ahead (PisdSystems *self)
{
  if (self->has_ahead)
    {
      pisd_cancel_trigger (self->stop_ahead);
      pthread_join (self->ahead, NULL);
    }
  self->has_ahead = FALSE;
  g_clear_pointer (&self->stop_ahead, pisd_cancel_unref);
}

/* Levels are compared to the last bit: a run asks for the very numbers that it made the systems
 * with. */
static guint
find_level (const PisdSystems *self, double sigma)
{
  guint level = 0;

  while (level < self->n_levels && self->sigma[level] != sigma)
    level++;
  return level;
}

gboolean
pisd_systems_enter (PisdSystems *self, double sigma, PisdCancel *cancel, PisdSystem *system)
{
  guint level = find_level (self, sigma);

  g_return_val_if_fail (level < self->n_levels, FALSE);

  *system = (PisdSystem){ .c = self->c + (gsize) level * self->parts.f->kept->n };
  if (level >= self->n_kept)
    {
      system->is_own = TRUE;
      system->factor = make (self, level, cancel);
      return system->factor != NULL;
    }
  if (!make_kept (self, level, cancel))
    return FALSE;
  system->factor = self->factors[level];
  return TRUE;
}

void
pisd_systems_leave (PisdSystem *system)
{
  if (system->is_own)
    pisd_triangle_free (system->factor);
  *system = (PisdSystem){ NULL };
}

/* g = H' E^-1 y - P z, of the lower triangle of P. */
gboolean
pisd_systems_get_pull (const PisdSystems *self, const double *z, double *g)
{
  const PisdSystemParts *parts = &self->parts;

  if (parts->p == NULL)
    return FALSE;
  memcpy (g, parts->pull, sizeof (double) * parts->order);
  cblas_dsymv (CblasRowMajor, CblasLower, parts->order, -1.0, parts->p, parts->order, z, 1, 1.0, g,
               1);
  return TRUE;
}
