#include "explorer-exact.h"

/* How the modes are divided into kept and discarded ones does not change the posterior. */
#define KEPT_MODES 44

struct _ExplorerExact
{
  GObject parent_instance;

  ExplorerSession *session;
  PisdExact *exact;               /* NULL: none */
  PisdConditioning *conditioning; /* of the newest mean; NULL while the worker has it */
  gboolean stale;                 /* the scenario has changed since the last start */
  gboolean busy;
  guint idle;
};

G_DEFINE_FINAL_TYPE (ExplorerExact, explorer_exact, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What goes to the worker and comes back. */
typedef struct
{
  PisdScenario *scenario;
  PisdConditioning *conditioning; /* in: of other sensors, or NULL; out: of these */
  PisdExact *exact;               /* out; NULL on failure */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  pisd_scenario_free (work->scenario);
  pisd_conditioning_free (work->conditioning);
  pisd_exact_unref (work->exact);
  g_free (work);
}

static void
condition (Work *work, const PisdRepresentation *representation)
{
  const PisdSensors *sensors = work->scenario->sensors;
  PisdConditioning *before = work->conditioning;

  if (before != NULL && pisd_conditioning_fits (before, representation, sensors))
    return;
  work->conditioning = before == NULL
                           ? pisd_conditioning_new (representation, sensors, 1)
                           : pisd_conditioning_new_from (before, representation, sensors, 1);
  pisd_conditioning_free (before);
}

/* On one thread: a run may have the other core. */
static void
compute (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  PisdSettings *settings = &work->scenario->settings;
  g_autoptr (PisdRepresentation) representation = NULL;
  GError *error = NULL;

  pisd_settings_apply_preset (settings, PISD_GUIDANCE_EXACT,
                              pisd_scenario_get_task (work->scenario), TRUE);
  settings->modes = KEPT_MODES;
  representation = pisd_representation_new (settings, &error);
  if (representation != NULL)
    {
      condition (work, representation);
      work->exact = pisd_exact_new (work->scenario, work->conditioning, FALSE, 1, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void schedule (ExplorerExact *self);

static void
take_exact (ExplorerExact *self, PisdExact *exact)
{
  pisd_exact_unref (self->exact);
  self->exact = exact;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A mean of another problem than the session has by now is dropped. */
static void
on_computed (GObject *source, GAsyncResult *result, gpointer data)
{
  ExplorerExact *self = EXPLORER_EXACT (source);
  GApplication *application = data;
  Work *work = g_task_get_task_data (G_TASK (result));
  const PisdEquation now =
      pisd_settings_get_equation (&explorer_session_get_scenario (self->session)->settings);
  const PisdEquation then = pisd_settings_get_equation (&work->scenario->settings);
  g_autoptr (GError) error = NULL;
  const gboolean success = g_task_propagate_boolean (G_TASK (result), &error);

  self->busy = FALSE;
  self->conditioning = g_steal_pointer (&work->conditioning);
  if (pisd_equation_equal (&then, &now))
    take_exact (self, success ? g_steal_pointer (&work->exact) : NULL);
  if (self->stale)
    schedule (self);
  if (application != NULL)
    g_application_release (application);
}

/* The program does not end while a thread of it computes. */
static void
start (ExplorerExact *self)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GTask) task = g_task_new (self, NULL, on_computed, application);
  Work *work = g_new0 (Work, 1);

  if (application != NULL)
    g_application_hold (application);
  work->scenario = pisd_scenario_dup (explorer_session_get_scenario (self->session));
  work->conditioning = g_steal_pointer (&self->conditioning);
  self->stale = FALSE;
  self->busy = TRUE;
  g_task_set_task_data (task, work, work_free);
  g_task_set_priority (task, G_PRIORITY_DEFAULT);
  g_task_run_in_thread (task, compute);
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
  if (!self->busy && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
on_scenario_changed (ExplorerExact *self, guint flags)
{
  if ((flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SENSORS)) == 0)
    return;
  self->stale = TRUE;
  if ((flags & PISD_CHANGE_PROBLEM) && self->exact != NULL)
    take_exact (self, NULL);
  schedule (self);
}

/* The session stays until the worker is through: finalize() comes after that. */
static void
explorer_exact_dispose (GObject *object)
{
  ExplorerExact *self = EXPLORER_EXACT (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->idle, g_source_remove);
  self->stale = FALSE;
  G_OBJECT_CLASS (explorer_exact_parent_class)->dispose (object);
}

static void
explorer_exact_finalize (GObject *object)
{
  ExplorerExact *self = EXPLORER_EXACT (object);

  g_clear_object (&self->session);
  pisd_exact_unref (self->exact);
  pisd_conditioning_free (self->conditioning);
  G_OBJECT_CLASS (explorer_exact_parent_class)->finalize (object);
}

static void
explorer_exact_class_init (ExplorerExactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = explorer_exact_dispose;
  object_class->finalize = explorer_exact_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_exact_init (ExplorerExact *self)
{
}

ExplorerExact *
explorer_exact_new (ExplorerSession *session)
{
  ExplorerExact *self = g_object_new (EXPLORER_TYPE_EXACT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
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
  return self->exact != NULL && !self->stale && !self->busy;
}
