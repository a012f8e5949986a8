#include "explorer-where.h"

#include <glib/gi18n.h>

#include "explorer-background.h"
#include "explorer-exact.h"

/* Where no run wants them. */
#define MOST_THREADS 2

struct _ExplorerWhere
{
  GObject parent_instance;

  ExplorerSession *session;
  guint field, target;         /* as asked */
  const PisdOperator *problem; /* that the field is of */
  ExplorerWhereAnswer answer;  /* map NULL: none */
  PisdPlacingState state;      /* of the newest map; empty while the worker has it */
  GTask *task;                 /* of what is computed; NULL: nothing is */
  PisdCancel *cancel;          /* of the same */
  guint n_busy;                /* tasks that are not over, also forgotten ones */
  guint n_wanted;              /* of the best that are to be put; 0: none */
  gboolean wanted;
  gboolean stale;   /* the map is to be made anew */
  gboolean failed;  /* there is none for this scenario */
  gboolean stopped; /* until the next change */
  guint idle;
};

G_DEFINE_FINAL_TYPE (ExplorerWhere, explorer_where, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void go_on (ExplorerWhere *self);

static void
tell (ExplorerWhere *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const PisdScenario *
get_scenario (ExplorerWhere *self)
{
  return explorer_session_get_scenario (self->session);
}

static void
forget_curves (ExplorerWhere *self)
{
  for (guint p = 0; p < PISD_N_PLACINGS; p++)
    g_clear_pointer (&self->answer.curves[p], g_free);
}

static void
forget_answer (ExplorerWhere *self)
{
  forget_curves (self);
  g_clear_pointer (&self->answer.map, pisd_field_free);
}

static void
forget_work (ExplorerWhere *self)
{
  explorer_background_forget (&self->task, &self->cancel);
  g_clear_handle_id (&self->idle, g_source_remove);
  pisd_placing_state_clear (&self->state);
  self->n_wanted = 0;
}

/* What came back. */

static void
take_map (ExplorerWhere *self, ExplorerWhereWork *work)
{
  self->failed = work->map == NULL;
  forget_answer (self);
  self->answer.question = work->question;
  self->answer.n_sensors = work->scenario->sensors->n;
  self->answer.map = g_steal_pointer (&work->map);
  self->answer.left = work->left;
  self->answer.best = work->best;
}

static void
take_places (ExplorerWhere *self, const ExplorerWhereWork *work)
{
  self->n_wanted = 0;
  if (work->n > 0)
    explorer_session_place (self->session, &work->question, work->nodes, work->n);
}

static void
take_work (ExplorerWhere *self, ExplorerWhereWork *work)
{
  self->state = work->state;
  work->state = (PisdPlacingState){ 0 };
  if (pisd_cancel_look (work->cancel))
    return;
  if (work->kind == EXPLORER_WHERE_MAP)
    take_map (self, work);
  else if (work->kind == EXPLORER_WHERE_PLACE)
    take_places (self, work);
  else
    self->answer.curves[work->placing] = g_steal_pointer (&work->curve);
}

static void
on_computed (gpointer data, GTask *task)
{
  ExplorerWhere *self = data;

  self->n_busy--;
  if (task != self->task)
    return;
  g_clear_object (&self->task);
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  take_work (self, explorer_background_get_work (task));
  go_on (self);
  tell (self);
}

/* What goes to the worker. */

static gboolean
is_too_large (ExplorerWhere *self)
{
  return get_scenario (self)->sensors->n > EXPLORER_EXACT_QUICK;
}

static gboolean
has_map (ExplorerWhere *self)
{
  return self->answer.map != NULL && self->state.information != NULL;
}

/* The way of placing whose curve is not known yet; PISD_N_PLACINGS: none. */
static guint
find_missing (ExplorerWhere *self)
{
  guint p = 0;

  while (p < PISD_N_PLACINGS && self->answer.curves[p] != NULL)
    p++;
  return p;
}

static gboolean
choose_work (ExplorerWhere *self, ExplorerWhereWork *work)
{
  if (!self->wanted || self->stopped || is_too_large (self))
    return FALSE;
  if (self->stale)
    {
      work->kind = EXPLORER_WHERE_MAP;
      explorer_where_get_question (self, &work->question);
      return TRUE;
    }
  work->question = self->answer.question;
  work->kind = self->n_wanted > 0 ? EXPLORER_WHERE_PLACE : EXPLORER_WHERE_MORE;
  work->n = self->n_wanted;
  work->placing = find_missing (self);
  return has_map (self) && (self->n_wanted > 0 || work->placing < PISD_N_PLACINGS);
}

static void
go_on (ExplorerWhere *self)
{
  ExplorerWhereWork chosen = { 0 };
  ExplorerWhereWork *work;

  if (self->task != NULL || self->session == NULL || !choose_work (self, &chosen))
    return;
  if (chosen.kind == EXPLORER_WHERE_MAP)
    self->stale = FALSE;
  work = g_memdup2 (&chosen, sizeof chosen);
  self->cancel = pisd_cancel_new ();
  work->cancel = pisd_cancel_ref (self->cancel);
  work->scenario = pisd_scenario_dup (get_scenario (self));
  work->n_threads = explorer_session_is_running (self->session) ? 1 : MOST_THREADS;
  work->state = self->state;
  self->state = (PisdPlacingState){ 0 };
  self->n_busy++;
  self->task = explorer_background_start (self, work, explorer_where_work_free,
                                          explorer_where_work_run, on_computed);
}

static gboolean
on_idle (gpointer data)
{
  ExplorerWhere *self = data;

  self->idle = 0;
  go_on (self);
  tell (self);
  return G_SOURCE_REMOVE;
}

/* A map that is being made is waited for, as its products make the next one; nothing else is. */
static void
renew (ExplorerWhere *self)
{
  const ExplorerWhereWork *work =
      self->task == NULL ? NULL : explorer_background_get_work (self->task);

  self->stale = TRUE;
  self->failed = self->stopped = FALSE;
  self->n_wanted = 0;
  if (work != NULL && work->kind != EXPLORER_WHERE_MAP)
    pisd_cancel_trigger (self->cancel);
  if (is_too_large (self))
    forget_answer (self);
  if (self->wanted && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
on_scenario_changed (ExplorerWhere *self, guint flags)
{
  const PisdOperator *problem = pisd_operator_get (get_scenario (self)->settings.problem);

  if ((flags & PISD_CHANGE_DATA) == 0)
    return;
  if (flags & PISD_CHANGE_PROBLEM)
    forget_answer (self);
  if (problem != self->problem)
    {
      self->problem = problem;
      self->field = EXPLORER_WHERE_ANY;
      self->target = PISD_AIM_ALL;
    }
  renew (self);
}

static void
explorer_where_dispose (GObject *object)
{
  ExplorerWhere *self = EXPLORER_WHERE (object);

  forget_work (self);
  forget_answer (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_where_parent_class)->dispose (object);
}

static void
explorer_where_class_init (ExplorerWhereClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_where_dispose;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_where_init (ExplorerWhere *self)
{
}

ExplorerWhere *
explorer_where_new (ExplorerSession *session)
{
  ExplorerWhere *self = g_object_new (EXPLORER_TYPE_WHERE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::noise-sd", G_CALLBACK (renew), self,
                           G_CONNECT_SWAPPED);
  on_scenario_changed (self, PISD_CHANGE_ALL);
  return self;
}

void
explorer_where_set_wanted (ExplorerWhere *self, gboolean wanted)
{
  g_return_if_fail (EXPLORER_IS_WHERE (self));
  if (wanted == self->wanted)
    return;
  self->wanted = wanted;
  if (!wanted)
    {
      forget_work (self);
      forget_answer (self);
    }
  renew (self);
  tell (self);
}

gboolean
explorer_where_is_wanted (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), FALSE);
  return self->wanted;
}

void
explorer_where_ask_field (ExplorerWhere *self, guint field)
{
  g_return_if_fail (EXPLORER_IS_WHERE (self));
  if (field == self->field)
    return;
  self->field = field;
  renew (self);
}

void
explorer_where_ask_target (ExplorerWhere *self, guint target)
{
  g_return_if_fail (EXPLORER_IS_WHERE (self));
  if (target == self->target)
    return;
  self->target = target;
  renew (self);
}

void
explorer_where_get_question (ExplorerWhere *self, PisdQuestion *question)
{
  g_return_if_fail (EXPLORER_IS_WHERE (self) && question != NULL);
  pisd_placing_choose_question (get_scenario (self), question);
  if (self->problem->linear != NULL)
    {
      question->target = self->target;
      if (self->field != EXPLORER_WHERE_ANY)
        question->field = self->field;
    }
  question->sd = explorer_session_get_noise_sd (self->session);
}

const ExplorerWhereAnswer *
explorer_where_get (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), NULL);
  return self->answer.map != NULL ? &self->answer : NULL;
}

char *
explorer_where_dup_note (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), NULL);
  if (!self->wanted || self->answer.map != NULL)
    return NULL;
  if (is_too_large (self))
    return g_strdup_printf (_ ("Not known beyond %u sensors"), EXPLORER_EXACT_QUICK);
  if (self->failed)
    return g_strdup (_ ("The posterior of these sensors is not known"));
  return g_strdup (_ ("Being computed"));
}

void
explorer_where_place (ExplorerWhere *self, guint n)
{
  const ExplorerWhereWork *work;

  g_return_if_fail (EXPLORER_IS_WHERE (self) && n <= PISD_PLACING_MOST);
  self->n_wanted = n;
  self->stopped = FALSE;
  work = self->task == NULL ? NULL : explorer_background_get_work (self->task);
  if (work != NULL && work->kind != EXPLORER_WHERE_MAP)
    pisd_cancel_trigger (self->cancel);
  go_on (self);
  tell (self);
}

gboolean
explorer_where_is_placing (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), FALSE);
  return self->n_wanted > 0;
}

void
explorer_where_stop (ExplorerWhere *self)
{
  g_return_if_fail (EXPLORER_IS_WHERE (self));
  self->n_wanted = 0;
  self->stopped = TRUE;
  pisd_cancel_trigger (self->cancel);
}

gboolean
explorer_where_is_current (ExplorerWhere *self)
{
  const ExplorerWhereWork *work;

  g_return_val_if_fail (EXPLORER_IS_WHERE (self), FALSE);
  work = self->task == NULL ? NULL : explorer_background_get_work (self->task);
  return self->answer.map != NULL && !self->stale
         && (work == NULL || work->kind != EXPLORER_WHERE_MAP);
}

gboolean
explorer_where_is_complete (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), FALSE);
  return explorer_where_is_current (self) && self->task == NULL
         && find_missing (self) == PISD_N_PLACINGS;
}

gboolean
explorer_where_is_busy (ExplorerWhere *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE (self), FALSE);
  return self->n_busy > 0;
}
