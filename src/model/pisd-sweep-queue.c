#include "pisd-sweep-queue.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pthread.h>

#include "pisd-run.h"
#include "pisd-wait.h"

/* Parts of a cell that its progress is counted in. */
#define PARTS 1000

typedef struct
{
  PisdCellState state;
  guint done; /* of PARTS */
  PisdCell cell;
} Slot;

struct _PisdSweepQueue
{
  PisdSweep *sweep;
  guint n_cells, n_threads;
  GThread **threads; /* [n_threads] */

  pthread_mutex_t lock; /* of all below */
  pthread_cond_t through;
  gboolean stopped;
  guint next;   /* cell that nobody has begun */
  guint n_idle; /* threads that have ended */
  Slot *slots;  /* [n_cells] */
};

/* A run's progress goes to its cell. */
typedef struct
{
  PisdSweepQueue *queue;
  guint cell;
} Watch;

static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  Watch *watch = data;
  PisdSweepQueue *self = watch->queue;
  gboolean stopped;

  pthread_mutex_lock (&self->lock);
  stopped = self->stopped;
  if (total > 0)
    self->slots[watch->cell].done = PARTS * done / total;
  pthread_mutex_unlock (&self->lock);
  return !stopped;
}

/* The next cell for this thread; FALSE: there is none. */
static gboolean
take_cell (PisdSweepQueue *self, guint *cell)
{
  gboolean is_there;

  pthread_mutex_lock (&self->lock);
  is_there = !self->stopped && self->next < self->n_cells;
  if (is_there)
    {
      *cell = self->next++;
      self->slots[*cell].state = PISD_CELL_RUNNING;
    }
  pthread_mutex_unlock (&self->lock);
  return is_there;
}

static void
end_cell (PisdSweepQueue *self, guint cell, PisdCellState state)
{
  pthread_mutex_lock (&self->lock);
  self->slots[cell].state = state;
  self->slots[cell].done = PARTS;
  pthread_mutex_unlock (&self->lock);
}

static void
fill_cell (PisdCell *cell, const PisdResult *result)
{
  cell->n_fields = result->n_fields;
  for (guint f = 0; f < result->n_fields; f++)
    {
      const PisdField last = pisd_field_get_last_frame (result->mean[f]);

      cell->errors[f] = result->errors[f];
      cell->means[f] = pisd_field_dup (&last);
    }
  cell->residual = result->residual_spectral;
  cell->n_evaluations = result->n_evaluations;
  cell->seconds = result->seconds;
}

static PisdResult *
run (Watch *watch, PisdRunCache *cache, GError **error)
{
  g_autoptr (PisdScenario) scenario =
      pisd_sweep_make_scenario (watch->queue->sweep, watch->cell, error);

  if (scenario == NULL)
    return NULL;
  return pisd_run_again (scenario, NULL, 1, on_progress, watch, cache, error);
}

static gboolean
is_stopped (PisdSweepQueue *self)
{
  gboolean stopped;

  pthread_mutex_lock (&self->lock);
  stopped = self->stopped;
  pthread_mutex_unlock (&self->lock);
  return stopped;
}

/* What was stopped on the way says nothing of its setting. */
static void
compute (PisdSweepQueue *self, guint cell, PisdRunCache *cache)
{
  Watch watch = { self, cell };
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdResult) result = run (&watch, cache, &error);
  PisdCell *to = &self->slots[cell].cell;

  if (result != NULL && result->complete)
    {
      fill_cell (to, result);
      end_cell (self, cell, PISD_CELL_DONE);
      return;
    }
  if (result != NULL || is_stopped (self))
    {
      end_cell (self, cell, PISD_CELL_STOPPED);
      return;
    }
  to->message = g_strdup (error->message);
  end_cell (self, cell, PISD_CELL_FAILED);
}

static gpointer
work (gpointer data)
{
  PisdSweepQueue *self = data;
  g_auto (PisdRunCache) cache = { 0 };
  guint cell;

  while (take_cell (self, &cell))
    compute (self, cell, &cache);
  pthread_mutex_lock (&self->lock);
  self->n_idle++;
  pthread_cond_signal (&self->through);
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

static void
slot_init (Slot *slot)
{
  slot->cell.residual = NAN;
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    slot->cell.errors[f] = NAN;
}

PisdSweepQueue *
pisd_sweep_queue_new (const PisdSweep *sweep, guint n_threads)
{
  PisdSweepQueue *self = g_new0 (PisdSweepQueue, 1);

  self->sweep = pisd_sweep_dup (sweep);
  self->n_cells = pisd_sweep_get_n_cells (sweep);
  self->n_threads = MIN (n_threads > 0 ? n_threads : g_get_num_processors (), self->n_cells);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->through, NULL);
  self->slots = g_new0 (Slot, self->n_cells);
  for (guint k = 0; k < self->n_cells; k++)
    slot_init (&self->slots[k]);
  self->threads = g_new (GThread *, self->n_threads);
  for (guint t = 0; t < self->n_threads; t++)
    self->threads[t] = g_thread_new ("pisd-sweep", work, self);
  return self;
}

void
pisd_sweep_queue_stop (PisdSweepQueue *self)
{
  pthread_mutex_lock (&self->lock);
  self->stopped = TRUE;
  for (; self->next < self->n_cells; self->next++)
    self->slots[self->next].state = PISD_CELL_STOPPED;
  pthread_mutex_unlock (&self->lock);
}

void
pisd_sweep_queue_free (PisdSweepQueue *self)
{
  if (self == NULL)
    return;
  pisd_sweep_queue_stop (self);
  for (guint t = 0; t < self->n_threads; t++)
    g_thread_join (self->threads[t]);
  for (guint k = 0; k < self->n_cells; k++)
    {
      g_free (self->slots[k].cell.message);
      for (guint f = 0; f < PISD_MAX_FIELDS; f++)
        pisd_field_free (self->slots[k].cell.means[f]);
    }
  pthread_mutex_destroy (&self->lock);
  pthread_cond_destroy (&self->through);
  pisd_sweep_free (self->sweep);
  g_free (self->threads);
  g_free (self->slots);
  g_free (self);
}

gboolean
pisd_sweep_queue_wait (PisdSweepQueue *self, gint64 microseconds)
{
  const gint64 end = pisd_wait_get_end (microseconds);
  gboolean in_time = TRUE, is_through;

  pthread_mutex_lock (&self->lock);
  while (in_time && self->n_idle < self->n_threads)
    in_time = pisd_wait_until (&self->through, &self->lock, end);
  is_through = self->n_idle == self->n_threads;
  pthread_mutex_unlock (&self->lock);
  return is_through;
}

gboolean
pisd_sweep_queue_is_through (PisdSweepQueue *self)
{
  return pisd_sweep_queue_wait (self, 0);
}

const PisdSweep *
pisd_sweep_queue_get_sweep (const PisdSweepQueue *self)
{
  return self->sweep;
}

PisdCellState
pisd_sweep_queue_get_state (PisdSweepQueue *self, guint cell)
{
  PisdCellState state;

  g_return_val_if_fail (cell < self->n_cells, PISD_CELL_WAITING);

  pthread_mutex_lock (&self->lock);
  state = self->slots[cell].state;
  pthread_mutex_unlock (&self->lock);
  return state;
}

const PisdCell *
pisd_sweep_queue_get_cell (PisdSweepQueue *self, guint cell)
{
  const PisdCellState state = pisd_sweep_queue_get_state (self, cell);

  return state == PISD_CELL_DONE || state == PISD_CELL_FAILED ? &self->slots[cell].cell : NULL;
}

/* Of the last frame. */
static double
get_largest (const PisdField *field)
{
  const PisdField last = pisd_field_get_last_frame (field);

  return pisd_field_get_largest (&last);
}

double
pisd_sweep_queue_get_limit (PisdSweepQueue *self, guint field)
{
  const PisdInstance *truth = self->sweep->base->instance;
  double limit = truth != NULL ? get_largest (pisd_instance_get_fields (truth)[field]) : 0.0;

  for (guint k = 0; limit == 0.0 && k < self->n_cells; k++)
    if (pisd_sweep_queue_get_state (self, k) == PISD_CELL_DONE)
      limit = get_largest (pisd_sweep_queue_get_cell (self, k)->means[field]);
  return limit > 0.0 ? limit : 1.0;
}

const char *
pisd_sweep_queue_get_remark (PisdSweepQueue *self, guint cell)
{
  switch (pisd_sweep_queue_get_state (self, cell))
    {
    case PISD_CELL_DONE:
      return "";
    case PISD_CELL_FAILED:
      return self->slots[cell].cell.message;
    case PISD_CELL_STOPPED:
      return _ ("stopped");
    default:
      return _ ("not yet");
    }
}

guint64
pisd_sweep_queue_get_done (PisdSweepQueue *self)
{
  guint64 done = 0;

  pthread_mutex_lock (&self->lock);
  for (guint k = 0; k < self->n_cells; k++)
    done += self->slots[k].done;
  pthread_mutex_unlock (&self->lock);
  return done;
}
