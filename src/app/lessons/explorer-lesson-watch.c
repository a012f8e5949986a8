#include "explorer-lesson-watch.h"

struct _ExplorerLessonWatch
{
  GObject parent_instance;

  ExplorerSession *session;
  ExplorerExact *exact;
  const PisdLessonCondition *condition;
  guint deeds;
  guint last_run; /* id of the newest run that is not the person's own */
  int step;       /* of the shown run; EXPLORER_LESSON_NO_STEP */
  gboolean is_armed;
};

G_DEFINE_FINAL_TYPE (ExplorerLessonWatch, explorer_lesson_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_FULFILLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
bit (PisdDeed deed)
{
  return 1u << deed;
}

guint
explorer_lesson_watch_get_deeds (ExplorerLessonWatch *self)
{
  g_return_val_if_fail (EXPLORER_IS_LESSON_WATCH (self), 0);
  return explorer_session_get_changes (self->session) == 0 ? self->deeds
                                                           : self->deeds & ~bit (PISD_DEED_RUN);
}

/* That of the set-up, where the run shown is one of the same question. */
static const PisdExact *
get_exact (ExplorerLessonWatch *self)
{
  const gboolean is_of_run = (explorer_session_get_changes (self->session) & PISD_CHANGE_DATA) == 0;

  return is_of_run && explorer_exact_is_current (self->exact) ? explorer_exact_get (self->exact)
                                                              : NULL;
}

/* What speaks of a run speaks of the one shown; all else of the set-up as it is. */
static gboolean
holds (ExplorerLessonWatch *self)
{
  const gboolean is_of_run = pisd_lesson_condition_is_of_run (self->condition);
  const PisdScenario *run = explorer_session_get_run_scenario (self->session);
  g_autoptr (PisdFrame) frame =
      self->step == EXPLORER_LESSON_NO_STEP
          ? NULL
          : explorer_session_dup_frame (self->session, (guint) self->step);
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdLessonFacts facts = {
    .scenario = is_of_run && run != NULL ? run : explorer_session_get_scenario (self->session),
    .result = result != NULL && result->complete ? result : NULL,
    .exact = get_exact (self),
    .frame = frame,
    .deeds = explorer_lesson_watch_get_deeds (self),
  };

  return pisd_lesson_condition_holds (self->condition, &facts);
}

static void
look (ExplorerLessonWatch *self)
{
  if (!self->is_armed || self->condition == NULL || !holds (self))
    return;
  self->condition = NULL;
  g_signal_emit (self, signals[SIGNAL_FULFILLED], 0);
}

static void
on_committed (ExplorerLessonWatch *self, guint flags)
{
  if (flags & PISD_CHANGE_SENSORS)
    self->deeds |= bit (PISD_DEED_SENSOR);
  look (self);
}

/* One that is only shown again was made before. */
static void
on_run_finished (ExplorerLessonWatch *self)
{
  const ExplorerRun *run = explorer_session_get_shown_run (self->session);
  const PisdResult *result = explorer_session_get_result (self->session);

  if (run->id > self->last_run && result != NULL && result->complete)
    self->deeds |= bit (PISD_DEED_RUN) | (run->origin != 0 ? bit (PISD_DEED_BRANCH) : 0);
  look (self);
}

/* What is looked at of it is not known yet. */
static void
on_run_started (ExplorerLessonWatch *self)
{
  self->step = EXPLORER_LESSON_NO_STEP;
}

static void
explorer_lesson_watch_dispose (GObject *object)
{
  ExplorerLessonWatch *self = EXPLORER_LESSON_WATCH (object);

  g_clear_object (&self->session);
  g_clear_object (&self->exact);
  G_OBJECT_CLASS (explorer_lesson_watch_parent_class)->dispose (object);
}

static void
explorer_lesson_watch_class_init (ExplorerLessonWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_lesson_watch_dispose;
  signals[SIGNAL_FULFILLED] = g_signal_new ("fulfilled", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_lesson_watch_init (ExplorerLessonWatch *self)
{
  self->step = EXPLORER_LESSON_NO_STEP;
}

ExplorerLessonWatch *
explorer_lesson_watch_new (ExplorerSession *session, ExplorerExact *exact)
{
  ExplorerLessonWatch *self = g_object_new (EXPLORER_TYPE_LESSON_WATCH, NULL);

  self->session = g_object_ref (session);
  self->exact = g_object_ref (exact);
  g_signal_connect_object (session, "committed", G_CALLBACK (on_committed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-started", G_CALLBACK (on_run_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-finished", G_CALLBACK (on_run_finished), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (exact, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return self;
}

static guint
find_last_run (ExplorerSession *session)
{
  const GPtrArray *runs = explorer_session_get_runs (session);
  guint last = 0;

  for (guint k = 0; k < runs->len; k++)
    last = MAX (last, ((const ExplorerRun *) g_ptr_array_index (runs, k))->id);
  return last;
}

void
explorer_lesson_watch_begin (ExplorerLessonWatch *self, const PisdLessonCondition *condition)
{
  g_return_if_fail (EXPLORER_IS_LESSON_WATCH (self));
  self->condition = condition;
  self->deeds = 0;
  self->last_run = find_last_run (self->session);
  self->is_armed = FALSE;
}

void
explorer_lesson_watch_arm (ExplorerLessonWatch *self)
{
  g_return_if_fail (EXPLORER_IS_LESSON_WATCH (self));
  self->is_armed = TRUE;
  look (self);
}

void
explorer_lesson_watch_note (ExplorerLessonWatch *self, guint deeds)
{
  g_return_if_fail (EXPLORER_IS_LESSON_WATCH (self));
  self->deeds |= deeds;
  look (self);
}

void
explorer_lesson_watch_show_step (ExplorerLessonWatch *self, int step)
{
  g_return_if_fail (EXPLORER_IS_LESSON_WATCH (self));
  self->step = step;
  look (self);
}
