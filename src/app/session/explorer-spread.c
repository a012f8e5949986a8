#include "explorer-spread.h"

#include <glib/gi18n.h>

#include "explorer-background.h"
#include "explorer-exact-work.h"

struct _ExplorerSpread
{
  GObject parent_instance;

  ExplorerSession *session;
  ExplorerExact *exact;
  PisdExact *answer;  /* NULL: none */
  PisdExact *mean;    /* the mean that it is computed beside, or for; NULL: none */
  PisdCancel *cancel; /* of what is being computed; NULL: nothing is */
  GTask *task;
  guint n_busy; /* tasks that are not over, also for one that is disposed of */
  gboolean wanted;
};

G_DEFINE_FINAL_TYPE (ExplorerSpread, explorer_spread, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
forget (ExplorerSpread *self)
{
  explorer_background_forget (&self->task, &self->cancel);
  g_clear_pointer (&self->answer, pisd_exact_unref);
  g_clear_pointer (&self->mean, pisd_exact_unref);
}

static void
on_computed (gpointer data, GTask *task)
{
  ExplorerSpread *self = data;
  ExplorerExactWork *work = explorer_background_get_work (task);

  self->n_busy--;
  if (task != self->task)
    return;
  if (!pisd_cancel_look (work->cancel))
    self->answer = g_steal_pointer (&work->exact);
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  g_clear_object (&self->task);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
start (ExplorerSpread *self)
{
  ExplorerExactWork *work = g_new0 (ExplorerExactWork, 1);

  self->mean = pisd_exact_ref (explorer_exact_get (self->exact));
  self->cancel = pisd_cancel_new ();
  work->scenario = pisd_scenario_dup (explorer_session_get_scenario (self->session));
  work->cancel = pisd_cancel_ref (self->cancel);
  work->n_threads = 1;
  work->with_sd = TRUE;
  self->task = explorer_background_start (self, work, explorer_exact_work_free,
                                          explorer_exact_work_compute, on_computed);
  self->n_busy++;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_too_large (ExplorerSpread *self)
{
  return explorer_session_get_scenario (self->session)->sensors->n > EXPLORER_EXACT_QUICK;
}

static gboolean
is_due (ExplorerSpread *self)
{
  return self->wanted && self->mean == NULL && explorer_exact_is_current (self->exact)
         && !is_too_large (self);
}

/* Another mean, or none: the spread beside it is of yesterday. */
static void
on_exact_changed (ExplorerSpread *self)
{
  const gboolean had = self->answer != NULL || self->cancel != NULL;

  if (self->session == NULL) /* disposed of, while its worker still holds it */
    return;
  if (explorer_exact_get (self->exact) == self->mean && explorer_exact_is_current (self->exact))
    return;
  forget (self);
  if (is_due (self))
    start (self);
  if (had)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
explorer_spread_dispose (GObject *object)
{
  ExplorerSpread *self = EXPLORER_SPREAD (object);

  forget (self);
  g_clear_object (&self->session);
  g_clear_object (&self->exact);
  G_OBJECT_CLASS (explorer_spread_parent_class)->dispose (object);
}

static void
explorer_spread_class_init (ExplorerSpreadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_spread_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_spread_init (ExplorerSpread *self)
{
}

ExplorerSpread *
explorer_spread_new (ExplorerSession *session, ExplorerExact *exact)
{
  ExplorerSpread *self = g_object_new (EXPLORER_TYPE_SPREAD, NULL);

  self->session = g_object_ref (session);
  self->exact = g_object_ref (exact);
  g_signal_connect_object (exact, "changed", G_CALLBACK (on_exact_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_exact_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
explorer_spread_set_wanted (ExplorerSpread *self, gboolean wanted)
{
  g_return_if_fail (EXPLORER_IS_SPREAD (self));
  if (wanted == self->wanted)
    return;
  self->wanted = wanted;
  if (!wanted && self->answer == NULL)
    {
      forget (self);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  else if (is_due (self))
    start (self);
}

void
explorer_spread_stop (ExplorerSpread *self)
{
  g_return_if_fail (EXPLORER_IS_SPREAD (self));
  pisd_cancel_trigger (self->cancel);
}

gboolean
explorer_spread_can_stop (ExplorerSpread *self)
{
  g_return_val_if_fail (EXPLORER_IS_SPREAD (self), FALSE);
  return self->cancel != NULL;
}

gboolean
explorer_spread_is_busy (ExplorerSpread *self)
{
  g_return_val_if_fail (EXPLORER_IS_SPREAD (self), FALSE);
  return self->n_busy > 0;
}

char *
explorer_spread_dup_note (ExplorerSpread *self)
{
  g_return_val_if_fail (EXPLORER_IS_SPREAD (self), NULL);
  if (!self->wanted || self->answer != NULL)
    return NULL;
  if (is_too_large (self))
    return g_strdup_printf (_ ("no Gaussian: > %u sensors"), EXPLORER_EXACT_QUICK);
  if (self->cancel != NULL || explorer_exact_is_busy (self->exact))
    return g_strdup (_ ("Gaussian being computed"));
  return g_strdup (_ ("no Gaussian"));
}

const PisdExact *
explorer_spread_get (ExplorerSpread *self)
{
  g_return_val_if_fail (EXPLORER_IS_SPREAD (self), NULL);
  return self->answer;
}
