#include "explorer-exact.h"

#include "explorer-background.h"
#include "explorer-exact-work.h"
#include "explorer-spare.h"
#include "pisd-budget.h"

/* What is made of fewer takes little memory. */
#define MANY_SENSORS 1000

/* Of an equation that is not linear, where no run wants them. */
#define SLOW_THREADS 2

struct _ExplorerExact
{
  GObject parent_instance;

  ExplorerSession *session;
  PisdExact *exact;                   /* NULL: none */
  PisdRepresentation *representation; /* of the newest mean; NULL while the worker has it */
  PisdSettings represented;           /* what it was made for */
  PisdConditioning *conditioning;     /* of the newest mean; NULL while the worker has it */
  GTask *task;                        /* of what is computed; NULL: nothing is, or it was taken */
  PisdCancel *cancel;                 /* of the same */
  guint n_at_work;                    /* sensors of what the worker computes */
  guint n_before;                     /* sensors of the newest computation */
  guint64 too_much;   /* bytes that the exact answer would need and there are not; 0: it fits */
  gint64 begun;       /* when what is computed was */
  gint64 newest;      /* how long the newest computation took, in microseconds, ... */
  gint64 quickest;    /* ... and the quicker one of the two newest */
  guint n_busy;       /* tasks that are not over, also for one that is disposed of */
  gboolean stale;     /* the scenario has changed since the last start */
  gboolean has_early; /* the worker has told what it had at once */
  gboolean can_stop;  /* what it computes takes long */
  guint idle;
};

G_DEFINE_FINAL_TYPE (ExplorerExact, explorer_exact, G_TYPE_OBJECT)

enum
{
  PROP_CAN_STOP = 1,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void schedule (ExplorerExact *self);

static guint
count_sensors (ExplorerExact *self)
{
  return explorer_session_get_scenario (self->session)->sensors->n;
}

/* The two together would take more memory than the program may. */
static gboolean
waits_for_run (ExplorerExact *self)
{
  return !pisd_budget_keeps_entries (count_sensors (self))
         && explorer_session_is_running (self->session);
}

static void
set_can_stop (ExplorerExact *self, gboolean can_stop)
{
  if (can_stop == self->can_stop)
    return;
  self->can_stop = can_stop;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_STOP]);
}

static void
take_exact (ExplorerExact *self, PisdExact *exact)
{
  pisd_exact_unref (self->exact);
  self->exact = exact;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A few sensors after many: what the many took is not needed soon. */
static void
give_back (ExplorerExact *self, guint n)
{
  if (self->n_before >= MANY_SENSORS && n < self->n_before / 2)
    explorer_spare_soon ();
  self->n_before = n;
}

/* After a stop the mean that is there is one of other sensors, and none follows by itself. */
static void
drop_outdated (ExplorerExact *self)
{
  if (!self->stale && self->exact != NULL)
    take_exact (self, NULL);
}

/* A mean of another problem than the session has by now is dropped. */
static gboolean
is_of_today (ExplorerExact *self, const PisdSettings *then)
{
  const PisdSettings *now = &explorer_session_get_scenario (self->session)->settings;

  return pisd_settings_same_equation (then, now) && pisd_settings_same_source_prior (then, now);
}

static void
take_work (ExplorerExact *self, ExplorerExactWork *work)
{
  if (!pisd_cancel_look (work->cancel)) /* which says nothing of how long an answer takes */
    {
      self->quickest = MIN (self->newest, work->duration);
      self->newest = work->duration;
    }
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  set_can_stop (self, FALSE);
  self->representation = g_steal_pointer (&work->representation);
  self->represented = work->represented;
  if (pisd_budget_keeps_entries (work->scenario->sensors->n))
    self->conditioning = g_steal_pointer (&work->conditioning);
  else
    g_clear_pointer (&work->conditioning, pisd_conditioning_free);
  self->too_much = work->too_much;
  give_back (self, work->scenario->sensors->n);
  if (pisd_cancel_look (work->cancel))
    drop_outdated (self);
  else if (is_of_today (self, &work->scenario->settings))
    take_exact (self, g_steal_pointer (&work->exact));
  if (self->stale)
    schedule (self);
}

/* Early answers, which a flow has long before its rows are made anew. */

typedef struct
{
  ExplorerExact *self;
  PisdExact *exact;
  PisdCancel *cancel;    /* of the work that it is of, ... */
  PisdSettings settings; /* ... and what that is computed with */
} Early;

static void
early_free (gpointer data)
{
  Early *early = data;

  g_object_unref (early->self);
  pisd_exact_unref (early->exact);
  pisd_cancel_unref (early->cancel);
  g_free (early);
}

/* What has changed meanwhile need not wait for the end: its own early answer comes sooner. */
static void
stop_refining (ExplorerExact *self)
{
  if (self->cancel != NULL && self->has_early && self->stale)
    pisd_cancel_trigger (self->cancel);
}

static gboolean
show_early (gpointer data)
{
  Early *early = data;
  ExplorerExact *self = early->self;

  if (self->session == NULL || self->cancel != early->cancel)
    return G_SOURCE_REMOVE;
  self->has_early = TRUE;
  if (is_of_today (self, &early->settings))
    take_exact (self, pisd_exact_ref (early->exact));
  stop_refining (self);
  return G_SOURCE_REMOVE;
}

/* On the computing thread. */
static void
on_early (PisdExact *exact, gpointer data)
{
  const ExplorerExactWork *work = data;
  Early *early = g_new (Early, 1);

  *early = (Early){ .self = g_object_ref (work->owner),
                    .exact = pisd_exact_ref (exact),
                    .cancel = pisd_cancel_ref (work->cancel),
                    .settings = work->scenario->settings };
  g_idle_add_full (G_PRIORITY_DEFAULT, show_early, early, early_free);
}

static void
take_task (ExplorerExact *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  take_work (self, explorer_background_get_work (task));
}

static void
on_computed (gpointer data, GTask *task)
{
  ExplorerExact *self = data;

  self->n_busy--;
  if (self->task == task)
    take_task (self);
}

static gboolean
is_slow (ExplorerExact *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);

  return pisd_operator_get (scenario->settings.problem)->linear == NULL;
}

/* A run may have the other core. */
static void
start (ExplorerExact *self)
{
  ExplorerExactWork *work = g_new0 (ExplorerExactWork, 1);
  const gboolean slow = is_slow (self);

  self->n_busy++;
  self->begun = g_get_monotonic_time ();
  self->cancel = pisd_cancel_new ();
  work->scenario = pisd_scenario_dup (explorer_session_get_scenario (self->session));
  self->n_at_work = work->scenario->sensors->n;
  work->cancel = pisd_cancel_ref (self->cancel);
  work->n_threads = slow && !explorer_session_is_running (self->session) ? SLOW_THREADS : 1;
  work->early = on_early;
  work->owner = self;
  work->representation = g_steal_pointer (&self->representation);
  work->represented = self->represented;
  work->conditioning = g_steal_pointer (&self->conditioning);
  self->stale = FALSE;
  self->has_early = FALSE;
  set_can_stop (self, count_sensors (self) > EXPLORER_EXACT_QUICK || slow);
  self->task = explorer_background_start (self, work, explorer_exact_work_free,
                                          explorer_exact_work_compute, on_computed);
}

static gboolean
on_idle (gpointer data)
{
  ExplorerExact *self = data;

  self->idle = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: a stroke changes the scenario many times in one round of the main loop. */
static void
schedule (ExplorerExact *self)
{
  if (self->cancel == NULL && self->idle == 0 && !waits_for_run (self))
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

/* What most of many sensors are removed from is not worth its end, minutes and gigabytes later; a
 * stroke, which removes a few, is followed by one mean after the other. */
static void
stop_many (ExplorerExact *self)
{
  const guint n = explorer_session_get_scenario (self->session)->sensors->n;

  if (self->cancel != NULL && self->n_at_work >= MANY_SENSORS && n < self->n_at_work / 2)
    pisd_cancel_trigger (self->cancel);
}

static void
on_scenario_changed (ExplorerExact *self, guint flags)
{
  if ((flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SENSORS)) == 0)
    return;
  self->stale = TRUE;
  stop_many (self);
  stop_refining (self);
  if ((flags & PISD_CHANGE_PROBLEM) && self->exact != NULL)
    take_exact (self, NULL);
  schedule (self);
}

/* A run of a large set takes the memory; when it is over the answer is made up for. */
static void
on_running_changed (ExplorerExact *self)
{
  if (waits_for_run (self) && (self->cancel != NULL || self->idle != 0))
    {
      explorer_exact_stop (self);
      self->stale = TRUE;
    }
  else if (self->stale)
    schedule (self);
}

static void
explorer_exact_dispose (GObject *object)
{
  ExplorerExact *self = EXPLORER_EXACT (object);

  explorer_background_forget (&self->task, &self->cancel);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_exact_parent_class)->dispose (object);
}

static void
explorer_exact_finalize (GObject *object)
{
  ExplorerExact *self = EXPLORER_EXACT (object);

  pisd_exact_unref (self->exact);
  pisd_representation_free (self->representation);
  pisd_conditioning_free (self->conditioning);
  G_OBJECT_CLASS (explorer_exact_parent_class)->finalize (object);
}

static void
explorer_exact_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAN_STOP)
    g_value_set_boolean (value, EXPLORER_EXACT (object)->can_stop);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_exact_class_init (ExplorerExactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_exact_get_property;
  object_class->dispose = explorer_exact_dispose;
  object_class->finalize = explorer_exact_finalize;
  properties[PROP_CAN_STOP] = g_param_spec_boolean ("can-stop", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_exact_init (ExplorerExact *self)
{
  self->newest = self->quickest = G_MAXINT64;
}

ExplorerExact *
explorer_exact_new (ExplorerSession *session)
{
  ExplorerExact *self = g_object_new (EXPLORER_TYPE_EXACT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::running", G_CALLBACK (on_running_changed), self,
                           G_CONNECT_SWAPPED);
  on_scenario_changed (self, PISD_CHANGE_ALL);
  return self;
}

void
explorer_exact_hurry (ExplorerExact *self)
{
  g_return_if_fail (EXPLORER_IS_EXACT (self));
  if (self->idle == 0)
    return;
  g_clear_handle_id (&self->idle, g_source_remove);
  start (self);
}

gboolean
explorer_exact_wait (ExplorerExact *self, gint64 most)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), FALSE);
  if (self->task == NULL || self->quickest > most
      || !explorer_background_wait (self->task, self->begun + most))
    return FALSE;
  take_task (self);
  return TRUE;
}

void
explorer_exact_try_again (ExplorerExact *self)
{
  g_return_if_fail (EXPLORER_IS_EXACT (self));
  self->stale = TRUE;
  schedule (self);
}

void
explorer_exact_stop (ExplorerExact *self)
{
  g_return_if_fail (EXPLORER_IS_EXACT (self));
  g_clear_handle_id (&self->idle, g_source_remove);
  self->stale = FALSE;
  pisd_cancel_trigger (self->cancel);
}

gboolean
explorer_exact_can_stop (ExplorerExact *self)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), FALSE);
  return self->can_stop;
}

PisdExact *
explorer_exact_get (ExplorerExact *self)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), NULL);
  return self->exact;
}

gboolean
explorer_exact_is_current (ExplorerExact *self)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), FALSE);
  return self->exact != NULL && !self->stale && self->cancel == NULL;
}

gboolean
explorer_exact_is_busy (ExplorerExact *self)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), FALSE);
  return self->n_busy > 0;
}

guint64
explorer_exact_get_too_much (ExplorerExact *self)
{
  g_return_val_if_fail (EXPLORER_IS_EXACT (self), 0);
  return self->too_much;
}
