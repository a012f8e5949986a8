#include "explorer-inspector.h"

#include "explorer-background.h"
#include "explorer-inspector-work.h"

/* Inspections that are kept. */
#define MOST_KEPT 4
/* While a run goes on: from one task to the next it takes so many times as long as the task, and
 * this at least, in milliseconds. */
#define REST 9
#define SHORTEST_REST 100

struct _ExplorerInspector
{
  GObject parent_instance;

  ExplorerSession *session;
  guint n_users, n_curves; /* who looks, and at curves */
  ExplorerInspectorTools tools;
  PisdCancel *cancel; /* of what is made for the run */
  GTask *task;        /* under way; NULL: none */
  guint rest;         /* source: until the next one may begin */
  char *failure;      /* why there is no inspector; NULL */

  guint run_id;                        /* of all that follows */
  int asked;                           /* step; -1: none */
  ExplorerInspection *kept[MOST_KEPT]; /* the newest first */
  ExplorerInspectorSteps steps;
};

G_DEFINE_FINAL_TYPE (ExplorerInspector, explorer_inspector, G_TYPE_OBJECT)

enum
{
  SIGNAL_INSPECTION,
  SIGNAL_NUMBERS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void go_on (ExplorerInspector *self);

/* What is known of a run. */

static void
forget (ExplorerInspector *self)
{
  explorer_background_forget (&self->task, &self->cancel);
  g_clear_handle_id (&self->rest, g_source_remove);
  explorer_inspector_tools_clear (&self->tools);
  g_clear_pointer (&self->failure, g_free);
  explorer_inspector_steps_clear (&self->steps);
  for (guint i = 0; i < MOST_KEPT; i++)
    g_clear_pointer (&self->kept[i], explorer_inspection_unref);
  self->asked = -1;
}

static void
begin_run (ExplorerInspector *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  forget (self);
  self->run_id = explorer_session_get_run_id (self->session);
  if (run == NULL || self->n_users == 0)
    return;
  self->cancel = pisd_cancel_new ();
  explorer_inspector_steps_init (&self->steps, run->steps);
}

/* Steps that have both ends. */
static guint
count_steps (ExplorerInspector *self)
{
  return MAX (explorer_session_get_n_frames (self->session), 1) - 1;
}

static gboolean
is_going_on (ExplorerInspector *self)
{
  return explorer_session_is_running (self->session) && !explorer_session_is_paused (self->session);
}

/* Work. */

/* The run that made a step of the one shown, and what it made it with: copied, unless NULL. */
static guint
find_maker (ExplorerInspector *self, guint step, PisdScenario **scenario)
{
  g_autoptr (PisdCheckpoint) checkpoint = explorer_session_dup_checkpoint (self->session, step);

  if (scenario != NULL)
    *scenario =
        pisd_scenario_dup (checkpoint != NULL ? checkpoint->scenario
                                              : explorer_session_get_run_scenario (self->session));
  return checkpoint != NULL ? checkpoint->run_id : self->run_id;
}

static void
add_step (ExplorerInspector *self, ExplorerInspectorWork *work, guint step)
{
  work->frames[work->n] = explorer_session_dup_frame (self->session, step);
  work->nexts[work->n] = explorer_session_dup_frame (self->session, step + 1);
  work->n++;
}

/* A batch of the curves, of steps that the same run made, where somebody looks at them and the run
 * rests. */
static void
add_batch (ExplorerInspector *self, ExplorerInspectorWork *work)
{
  guint step;

  work->at = self->steps.at;
  if (self->n_curves == 0 || is_going_on (self))
    return;
  while (work->n < EXPLORER_INSPECTOR_BATCH
         && explorer_inspector_steps_find (&self->steps, count_steps (self), &step))
    {
      if (work->n == 0 && work->frame == NULL)
        work->maker = find_maker (self, step, NULL);
      if (find_maker (self, step, NULL) != work->maker)
        return;
      add_step (self, work, step);
      explorer_inspector_steps_pass (&self->steps, step);
    }
}

static void
add_asked (ExplorerInspector *self, ExplorerInspectorWork *work)
{
  if (self->asked < 0)
    return;
  work->frame = explorer_session_dup_frame (self->session, (guint) self->asked);
  work->next = explorer_session_dup_frame (self->session, (guint) self->asked + 1);
  work->maker = find_maker (self, (guint) self->asked, NULL);
  self->asked = -1;
}

/* What the worker needs for the steps that it has got.  FALSE: the run's tables are not there. */
static gboolean
add_tables (ExplorerInspector *self, ExplorerInspectorWork *work)
{
  PisdRepresentation *representation = explorer_session_get_representation (self->session);
  const PisdFrame *first = work->frame != NULL ? work->frame : work->frames[0];

  work->cancel = pisd_cancel_ref (self->cancel);
  work->inspector = explorer_inspector_tools_take (&self->tools, work->maker);
  if (work->inspector != NULL)
    return TRUE;
  if (!explorer_session_share_tables (self->session, &work->cache)
      && explorer_session_is_running (self->session))
    return FALSE;
  find_maker (self, first->step, &work->scenario);
  if (representation != NULL)
    work->normaliser = pisd_normaliser_ref (pisd_representation_get_normaliser (representation));
  return TRUE;
}

static gboolean
has_work (ExplorerInspector *self)
{
  guint step;

  return self->asked >= 0
         || (self->n_curves > 0 && !is_going_on (self)
             && explorer_inspector_steps_find (&self->steps, count_steps (self), &step));
}

static gboolean
on_rested (gpointer data)
{
  ExplorerInspector *self = data;

  self->rest = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
rest (ExplorerInspector *self, gint64 duration)
{
  if (self->rest == 0)
    self->rest =
        g_timeout_add (MAX (SHORTEST_REST, (guint) (REST * duration / 1000)), on_rested, self);
}

static void
take_numbers (ExplorerInspector *self, const ExplorerInspectorWork *work)
{
  for (guint i = 0; i < work->n_done; i++)
    explorer_inspector_steps_take (&self->steps, &work->numbers[i]);
  if (work->n_done < work->n) /* those that the worker had no time for are found again */
    self->steps.at = work->at;
}

static void
take_inspection (ExplorerInspector *self, ExplorerInspectorWork *work)
{
  explorer_inspection_unref (self->kept[MOST_KEPT - 1]);
  memmove (self->kept + 1, self->kept, sizeof *self->kept * (MOST_KEPT - 1));
  self->kept[0] = g_steal_pointer (&work->inspection);
  if (work->next != NULL)
    explorer_inspector_steps_take (&self->steps, &self->kept[0]->inspection->numbers);
}

static void
tell (ExplorerInspector *self, gboolean has_inspection, gboolean has_numbers)
{
  if (has_inspection)
    g_signal_emit (self, signals[SIGNAL_INSPECTION], 0);
  if (has_inspection || has_numbers)
    g_signal_emit (self, signals[SIGNAL_NUMBERS], 0);
}

static void
on_done (gpointer data, GTask *task)
{
  ExplorerInspector *self = data;
  ExplorerInspectorWork *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  const gboolean good = g_task_propagate_boolean (task, &error);
  gboolean has_inspection = work->inspection != NULL;

  if (task != self->task)
    return;
  g_clear_object (&self->task);
  explorer_inspector_tools_put (&self->tools, work->maker, g_steal_pointer (&work->inspector));
  if (!good)
    self->failure = g_strdup (error->message);
  take_numbers (self, work);
  if (has_inspection)
    take_inspection (self, work);
  if (is_going_on (self))
    rest (self, work->duration);
  g_object_ref (self);
  tell (self, has_inspection || !good, work->n_done > 0);
  go_on (self);
  g_object_unref (self);
}

/* Another time. */
static void
give_back (ExplorerInspector *self, ExplorerInspectorWork *work)
{
  if (work->frame != NULL)
    self->asked = (int) work->frame->step;
  self->steps.at = work->at;
  explorer_inspector_work_free (work);
  rest (self, 0);
}

static void
go_on (ExplorerInspector *self)
{
  ExplorerInspectorWork *work;

  if (self->task != NULL || self->rest != 0 || self->failure != NULL || self->n_users == 0
      || self->session == NULL || self->steps.n == 0 || !has_work (self))
    return;
  work = g_new0 (ExplorerInspectorWork, 1);
  add_asked (self, work);
  add_batch (self, work);
  if (!add_tables (self, work))
    {
      give_back (self, work);
      return;
    }
  self->task = explorer_background_start (self, work, explorer_inspector_work_free,
                                          explorer_inspector_work_run, on_done);
}

/* The session. */

static void
on_run_started (ExplorerInspector *self)
{
  begin_run (self);
  tell (self, TRUE, TRUE);
}

static void
on_run_rests (ExplorerInspector *self)
{
  if (!is_going_on (self))
    g_clear_handle_id (&self->rest, g_source_remove);
  explorer_inspector_steps_restart (&self->steps); /* there are more of them */
  go_on (self);
}

/* Life. */

static void
explorer_inspector_dispose (GObject *object)
{
  ExplorerInspector *self = EXPLORER_INSPECTOR (object);

  forget (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_inspector_parent_class)->dispose (object);
}

static void
explorer_inspector_class_init (ExplorerInspectorClass *klass)
{
  static const char *const names[] = { "inspection", "numbers" };

  G_OBJECT_CLASS (klass)->dispose = explorer_inspector_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_inspector_init (ExplorerInspector *self)
{
  self->asked = -1;
}

ExplorerInspector *
explorer_inspector_new (ExplorerSession *session)
{
  ExplorerInspector *self = g_object_new (EXPLORER_TYPE_INSPECTOR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "run-started", G_CALLBACK (on_run_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-finished", G_CALLBACK (on_run_rests), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::paused", G_CALLBACK (on_run_rests), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
explorer_inspector_begin (ExplorerInspector *self, gboolean with_curves)
{
  g_return_if_fail (EXPLORER_IS_INSPECTOR (self));
  self->n_curves += with_curves;
  if (self->n_users++ == 0)
    begin_run (self);
  go_on (self);
}

void
explorer_inspector_end (ExplorerInspector *self, gboolean with_curves)
{
  g_return_if_fail (EXPLORER_IS_INSPECTOR (self) && self->n_users > 0);
  self->n_curves -= with_curves;
  if (--self->n_users == 0)
    forget (self);
}

PisdInspectionKind
explorer_inspector_get_kind (ExplorerInspector *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  return run != NULL ? pisd_inspector_find_kind (run) : PISD_INSPECTION_NOTHING;
}

const char *
explorer_inspector_get_note (ExplorerInspector *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  g_return_val_if_fail (EXPLORER_IS_INSPECTOR (self), NULL);
  return self->failure != NULL ? self->failure : explorer_inspection_get_note (run);
}

guint
explorer_inspector_find_step (ExplorerInspector *self, guint frame)
{
  const guint n = count_steps (self);

  return n == 0 ? 0 : MIN (frame, n - 1);
}

static ExplorerInspection *
find_kept (ExplorerInspector *self, guint step)
{
  for (guint i = 0; i < MOST_KEPT; i++)
    if (self->kept[i] != NULL && self->kept[i]->step == step)
      return self->kept[i];
  return NULL;
}

ExplorerInspection *
explorer_inspector_ask (ExplorerInspector *self, guint step)
{
  ExplorerInspection *found;

  g_return_val_if_fail (EXPLORER_IS_INSPECTOR (self), NULL);
  if (self->steps.n == 0 || explorer_inspector_get_kind (self) == PISD_INSPECTION_NOTHING
      || step >= count_steps (self))
    return NULL;
  found = find_kept (self, step);
  if (found != NULL)
    return explorer_inspection_ref (found);
  self->asked = (int) step;
  go_on (self);
  return NULL;
}

guint
explorer_inspector_get_n_steps (ExplorerInspector *self)
{
  g_return_val_if_fail (EXPLORER_IS_INSPECTOR (self), 0);
  return self->steps.n;
}

const PisdInspectionNumbers *
explorer_inspector_get_numbers (ExplorerInspector *self, guint step)
{
  g_return_val_if_fail (EXPLORER_IS_INSPECTOR (self), NULL);
  return step < self->steps.n && self->steps.is_known[step] ? &self->steps.numbers[step] : NULL;
}
