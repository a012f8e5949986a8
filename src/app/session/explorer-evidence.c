#include "explorer-evidence.h"

#include "explorer-background.h"
#include "explorer-session-private.h"

/* Readings that are not all on nodes take long, and much memory: of them so many are looked at
 * while things move. */
#define MOST_ROWS 200
/* How often the worker is asked how far it is, in milliseconds. */
#define TICK 250

struct _ExplorerEvidence
{
  GObject parent_instance;

  ExplorerSession *session;
  PisdScenario *last; /* that was heard of; NULL: none */
  gboolean wanted;
  gboolean is_due; /* the scenario is another one than that of the newest computation */
  GTask *task;     /* of the log evidence; NULL: none */
  PisdCancel *cancel;
  GTask *fit_task; /* NULL: none */
  guint tick;      /* while there is one */
  guint n_told;    /* linearisations that were told of */
  PisdCancel *fit_cancel;
  gboolean takes; /* the scenario changes because it takes the fit */

  ExplorerEvidenceAnswer answer;
  gboolean has_answer;
  char *note;
  PisdPriorFit fit;
  gboolean has_fit;
};

G_DEFINE_FINAL_TYPE (ExplorerEvidence, explorer_evidence, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a thread is given, and what it brings. */
typedef struct
{
  PisdScenario *scenario;
  PisdCancel *cancel;
  ExplorerEvidenceAnswer answer;
  PisdPriorFit fit;
  gint n_linearised; /* so far, atomic */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  pisd_scenario_free (work->scenario);
  pisd_cancel_unref (work->cancel);
  g_free (work);
}

static Work *
work_new (ExplorerEvidence *self, PisdCancel *cancel)
{
  Work *work = g_new0 (Work, 1);

  work->scenario = pisd_scenario_dup (explorer_session_get_scenario (self->session));
  work->cancel = pisd_cancel_ref (cancel);
  return work;
}

static gboolean
run_evidence (gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (PisdEvidence) evidence =
      pisd_evidence_new (NULL, work->scenario, MOST_ROWS, 1, work->cancel, error);

  if (evidence == NULL)
    return FALSE;
  work->answer.n_used = pisd_evidence_get_n_used (evidence);
  work->answer.n_sites = pisd_evidence_get_n_sites (evidence);
  return pisd_evidence_evaluate (evidence, &work->scenario->settings, FALSE, work->cancel,
                                 &work->answer.value, error);
}

static void
on_linearised (guint n, gpointer data)
{
  Work *work = data;

  g_atomic_int_set (&work->n_linearised, (gint) n);
}

static gboolean
run_fit (gpointer data, GError **error)
{
  Work *work = data;

  return pisd_prior_fit_compute (work->scenario, 0, on_linearised, work, work->cancel, &work->fit,
                                 error);
}

static void go_on (ExplorerEvidence *self);

static void
tell (ExplorerEvidence *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_evidence_done (gpointer data, GTask *task)
{
  ExplorerEvidence *self = data;
  const Work *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  const gboolean good = g_task_propagate_boolean (task, &error);

  if (task != self->task)
    return;
  g_clear_object (&self->task);
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  if (!self->is_due)
    {
      g_free (self->note);
      self->note = good ? NULL : g_strdup (error->message);
      self->has_answer = good;
      self->answer = work->answer;
      tell (self);
    }
  go_on (self);
}

static void
go_on (ExplorerEvidence *self)
{
  if (!self->wanted || !self->is_due || self->task != NULL || self->session == NULL)
    return;
  self->is_due = FALSE;
  self->cancel = pisd_cancel_new ();
  self->task = explorer_background_start (self, work_new (self, self->cancel), work_free,
                                          run_evidence, on_evidence_done);
}

static void
give_up_fit (ExplorerEvidence *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  explorer_background_forget (&self->fit_task, &self->fit_cancel);
}

/* FALSE: only what no evidence depends on has changed. */
static gboolean
hear (ExplorerEvidence *self)
{
  const PisdScenario *now = explorer_session_get_scenario (self->session);

  if (self->last != NULL && pisd_evidence_is_same (self->last, now))
    return FALSE;
  pisd_scenario_free (self->last);
  self->last = pisd_scenario_dup (now);
  return TRUE;
}

static void
on_scenario_changed (ExplorerEvidence *self)
{
  const gboolean was_fitting = self->fit_task != NULL;

  if (self->session == NULL || !hear (self))
    return;
  if (!self->takes)
    {
      give_up_fit (self);
      self->has_fit = FALSE;
    }
  self->is_due = TRUE;
  pisd_cancel_trigger (self->cancel);
  go_on (self);
  if (was_fitting)
    tell (self);
}

static void
on_fit_done (gpointer data, GTask *task)
{
  ExplorerEvidence *self = data;
  const Work *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  const gboolean good = g_task_propagate_boolean (task, &error);

  if (task != self->fit_task)
    return;
  give_up_fit (self);
  if (good)
    {
      self->fit = work->fit;
      self->has_fit = TRUE;
      self->takes = TRUE;
      explorer_session_take_prior (self->session, &self->fit);
      self->takes = FALSE;
    }
  else
    explorer_session_fail (self->session, error->message);
  tell (self);
}

static void
explorer_evidence_dispose (GObject *object)
{
  ExplorerEvidence *self = EXPLORER_EVIDENCE (object);

  give_up_fit (self);
  explorer_background_forget (&self->task, &self->cancel);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_evidence_parent_class)->dispose (object);
}

static void
explorer_evidence_finalize (GObject *object)
{
  g_free (EXPLORER_EVIDENCE (object)->note);
  pisd_scenario_free (EXPLORER_EVIDENCE (object)->last);
  G_OBJECT_CLASS (explorer_evidence_parent_class)->finalize (object);
}

static void
explorer_evidence_class_init (ExplorerEvidenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_evidence_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_evidence_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_evidence_init (ExplorerEvidence *self)
{
  self->is_due = TRUE;
}

ExplorerEvidence *
explorer_evidence_new (ExplorerSession *session)
{
  ExplorerEvidence *self = g_object_new (EXPLORER_TYPE_EVIDENCE, NULL);

  self->session = g_object_ref (session);
  hear (self);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
explorer_evidence_set_wanted (ExplorerEvidence *self, gboolean wanted)
{
  g_return_if_fail (EXPLORER_IS_EVIDENCE (self));
  self->wanted = wanted;
  go_on (self);
}

const ExplorerEvidenceAnswer *
explorer_evidence_get (ExplorerEvidence *self)
{
  g_return_val_if_fail (EXPLORER_IS_EVIDENCE (self), NULL);
  return self->has_answer ? &self->answer : NULL;
}

const char *
explorer_evidence_get_note (ExplorerEvidence *self)
{
  g_return_val_if_fail (EXPLORER_IS_EVIDENCE (self), NULL);
  return self->note;
}

/* What the worker counts is told now and then. */
static gboolean
on_tick (gpointer data)
{
  ExplorerEvidence *self = data;
  const guint n = explorer_evidence_count_linearised (self);

  if (n != self->n_told)
    {
      self->n_told = n;
      tell (self);
    }
  return G_SOURCE_CONTINUE;
}

void
explorer_evidence_fit (ExplorerEvidence *self)
{
  g_return_if_fail (EXPLORER_IS_EVIDENCE (self));
  if (self->fit_task != NULL || self->session == NULL)
    return;
  self->fit_cancel = pisd_cancel_new ();
  self->fit_task = explorer_background_start (self, work_new (self, self->fit_cancel), work_free,
                                              run_fit, on_fit_done);
  self->n_told = 0;
  self->tick = g_timeout_add (TICK, on_tick, self);
  tell (self);
}

void
explorer_evidence_stop (ExplorerEvidence *self)
{
  g_return_if_fail (EXPLORER_IS_EVIDENCE (self));
  if (self->fit_task == NULL)
    return;
  give_up_fit (self);
  tell (self);
}

gboolean
explorer_evidence_is_fitting (ExplorerEvidence *self)
{
  g_return_val_if_fail (EXPLORER_IS_EVIDENCE (self), FALSE);
  return self->fit_task != NULL;
}

guint
explorer_evidence_count_linearised (ExplorerEvidence *self)
{
  Work *work;

  g_return_val_if_fail (EXPLORER_IS_EVIDENCE (self), 0);
  work = self->fit_task != NULL ? explorer_background_get_work (self->fit_task) : NULL;
  return work != NULL ? (guint) g_atomic_int_get (&work->n_linearised) : 0;
}

const PisdPriorFit *
explorer_evidence_get_fit (ExplorerEvidence *self)
{
  g_return_val_if_fail (EXPLORER_IS_EVIDENCE (self), NULL);
  return self->has_fit ? &self->fit : NULL;
}
