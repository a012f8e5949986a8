#include "pisd-regression-group.h"

#include <math.h>

#include "pisd-error.h"
#include "pisd-job.h"
#include "pisd-wait.h"

/* The part of the time that rows with loss and gradient over all points may take, each of which
 * costs as much as many batches. */
#define WHOLE_SHARE 0.05

/* One run; its regression is its worker's, all else is guarded by the group's lock. */
typedef struct
{
  PisdRegression *regression;
  PisdRegressionLog *log;
  guint round;      /* rounds that are through */
  gboolean ended;   /* failed, or the flow is at its end */
  char *message;    /* why it failed */
  double rate;      /* as the run has it */
  guint64 measured; /* step of the last row with all numbers */
} Member;

/* `lock` guards what stands below it and is never held while computing. */
struct _PisdRegressionGroup
{
  guint n_runs, n_threads, n_rounds;
  guint64 n_steps;
  GThread *thread;
  PisdCancel *stop; /* triggered with the lock held */

  pthread_mutex_t lock;
  pthread_cond_t changed;
  Member *members; /* [n_runs] */
  gboolean held, through;
  guint allowed; /* rounds that may begin while it is held */
  guint begun;   /* rounds that have begun */
  guint64 done;
  double rate; /* NaN: that of the plans */
};

/* Until the round may begin and the run is through with the round before; FALSE: stopped. */
static gboolean
begin_round (PisdRegressionGroup *self, Member *member, guint round)
{
  gboolean stopped;

  pthread_mutex_lock (&self->lock);
  while (!pisd_cancel_look (self->stop)
         && (member->round < round || (self->held && round >= self->allowed)))
    pthread_cond_wait (&self->changed, &self->lock);
  self->begun = MAX (self->begun, round + 1);
  stopped = pisd_cancel_look (self->stop);
  if (!stopped && !isnan (self->rate) && self->rate != member->rate)
    {
      member->rate = self->rate;
      pisd_regression_set_rate (member->regression, member->rate);
    }
  pthread_mutex_unlock (&self->lock);
  return !stopped;
}

/* What loss and gradient over all points cost, in steps. */
static double
get_cost (const PisdRegressionPlan *plan)
{
  return pisd_descent_get_traits (plan->method)->batch > 0 ? (double) plan->n_points / plan->batch
                                                           : 1.0;
}

/* At the ends always, in between so seldom that it takes its share of the time. */
static gboolean
is_whole_due (const PisdRegressionGroup *self, const Member *member)
{
  guint64 step = pisd_regression_get_step (member->regression);
  double wait = get_cost (pisd_regression_get_plan (member->regression)) / WHOLE_SHARE;

  return step == self->n_steps || step < 2 || pisd_regression_is_through (member->regression)
         || step - member->measured >= fmin (wait, 0.25 * step);
}

static void
end_round (PisdRegressionGroup *self, Member *member, guint n_steps, GError *error)
{
  gboolean whole = error == NULL && is_whole_due (self, member), stopped;
  PisdRegressionRow row;

  if (error == NULL && !pisd_cancel_look (self->stop))
    pisd_regression_measure (member->regression, whole, &row);
  pthread_mutex_lock (&self->lock);
  stopped = pisd_cancel_look (self->stop); /* what a run holds, and says, is worthless then */
  if (error != NULL && !stopped)
    member->message = g_strdup (error->message);
  else if (!stopped)
    {
      pisd_regression_log_add (member->log, &row,
                               pisd_regression_get_n_parameters (member->regression),
                               pisd_regression_get_parameters (member->regression));
      if (whole)
        member->measured = row.step;
    }
  member->ended = error != NULL || pisd_regression_is_through (member->regression);
  member->round++;
  self->done += n_steps;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
}

/* The step that a round ends with. */
static guint64
find_round_end (PisdRegressionGroup *self, const PisdRegression *regression)
{
  guint64 step = pisd_regression_get_step (regression);

  return MIN (step + pisd_regression_plan_get_stride (pisd_regression_get_plan (regression), step),
              self->n_steps);
}

/* Round 0 is the row of the first values. */
static void
work (gpointer tools, guint piece)
{
  PisdRegressionGroup *self = tools;
  Member *member = &self->members[piece % self->n_runs];
  guint round = piece / self->n_runs;
  g_autoptr (GError) error = NULL;
  guint64 first, end;

  if (!begin_round (self, member, round))
    return;
  first = pisd_regression_get_step (member->regression);
  end = round == 0 || member->ended ? first : find_round_end (self, member->regression);
  while (error == NULL && pisd_regression_get_step (member->regression) < end
         && !pisd_regression_is_through (member->regression) && !pisd_cancel_look (self->stop))
    pisd_regression_step (member->regression, &error);
  if (round == 0 || end > first)
    end_round (self, member, (guint) (pisd_regression_get_step (member->regression) - first),
               error);
  else
    {
      pthread_mutex_lock (&self->lock);
      member->round++;
      pthread_cond_broadcast (&self->changed);
      pthread_mutex_unlock (&self->lock);
    }
}

static gpointer
open_tools (PisdJob *job, gpointer shared)
{
  return shared;
}

static void
close_tools (gpointer tools)
{
}

static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  PisdRegressionGroup *self = data;

  return !pisd_cancel_look (self->stop);
}

static gpointer
run (gpointer data)
{
  static const PisdJobOps ops = { open_tools, work, close_tools };
  PisdRegressionGroup *self = data;
  g_autoptr (PisdJob) job = pisd_job_new (NULL, 0, on_progress, self);

  pisd_job_run (job, &ops, self, self->n_runs * self->n_rounds, self->n_threads, NULL);
  pthread_mutex_lock (&self->lock);
  self->through = TRUE;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

/* Numbers that all runs may hold, each so many for every parameter: the parameters themselves, what
 * a method keeps of them, and snapshots. */
#define MOST_PARAMETERS 20000000

static gboolean
check_size (const PisdRegressionPlan *const *plans,
            guint n_runs,
            guint64 n_rounds,
            guint64 n_steps,
            GError **error)
{
  guint64 n = 0;

  for (guint k = 0; k < n_runs; k++)
    n += pisd_regression_plan_count_parameters (plans[k]);
  if (n > MOST_PARAMETERS)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            "got %u runs of %" G_GUINT64_FORMAT
                            " parameters in all, expected at most %d",
                            n_runs, n, MOST_PARAMETERS);
  if (n_rounds > G_MAXUINT / n_runs)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            "got %" G_GUINT64_FORMAT " steps, expected fewer for %u runs", n_steps,
                            n_runs);
  return TRUE;
}

static gboolean
open_members (PisdRegressionGroup *self, const PisdRegressionPlan *const *plans, GError **error)
{
  for (guint k = 0; k < self->n_runs; k++)
    {
      Member *member = &self->members[k];

      member->regression = pisd_regression_new (plans[k], self->stop, error);
      if (member->regression == NULL)
        return FALSE;
      member->log = pisd_regression_log_new (plans[k]->n_layers);
      member->rate = plans[k]->rate;
    }
  return TRUE;
}

PisdRegressionGroup *
pisd_regression_group_new (const PisdRegressionPlan *const *plans,
                           guint n_runs,
                           guint64 n_steps,
                           guint n_threads,
                           gboolean held,
                           GError **error)
{
  const guint64 n_rounds = pisd_regression_plan_count_rows (plans[0], n_steps);
  g_autoptr (PisdRegressionGroup) self = NULL;

  g_return_val_if_fail (n_runs > 0 && n_runs <= PISD_GROUP_MAX_RUNS, NULL);
  if (!check_size (plans, n_runs, n_rounds, n_steps, error))
    return NULL;

  self = g_new0 (PisdRegressionGroup, 1);
  self->n_runs = n_runs;
  self->n_steps = n_steps;
  self->n_rounds = (guint) n_rounds;
  self->n_threads = MIN (n_threads > 0 ? n_threads : g_get_num_processors (), n_runs);
  self->held = held;
  self->allowed = 1;
  self->rate = NAN;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->changed, NULL);
  self->stop = pisd_cancel_new ();
  self->members = g_new0 (Member, n_runs);
  if (!open_members (self, plans, error))
    return NULL;
  self->thread = g_thread_new ("pisd-lab", run, self);
  return g_steal_pointer (&self);
}

void
pisd_regression_group_free (PisdRegressionGroup *self)
{
  if (self == NULL)
    return;
  pisd_regression_group_stop (self);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  for (guint k = 0; k < self->n_runs; k++)
    {
      pisd_regression_free (self->members[k].regression);
      pisd_regression_log_free (self->members[k].log);
      g_free (self->members[k].message);
    }
  pthread_mutex_destroy (&self->lock);
  pthread_cond_destroy (&self->changed);
  pisd_cancel_unref (self->stop);
  g_free (self->members);
  g_free (self);
}

guint
pisd_regression_group_get_n_runs (const PisdRegressionGroup *self)
{
  return self->n_runs;
}

const PisdRegressionPlan *
pisd_regression_group_get_plan (const PisdRegressionGroup *self, guint k)
{
  return pisd_regression_get_plan (self->members[k].regression);
}

guint64
pisd_regression_group_get_n_steps (const PisdRegressionGroup *self)
{
  return self->n_steps;
}

void
pisd_regression_group_hold (PisdRegressionGroup *self, gboolean held)
{
  pthread_mutex_lock (&self->lock);
  if (held && !self->held)
    self->allowed = self->begun;
  self->held = held;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
}

void
pisd_regression_group_allow (PisdRegressionGroup *self)
{
  pthread_mutex_lock (&self->lock);
  self->allowed = MAX (self->allowed, self->begun) + 1;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
}

void
pisd_regression_group_set_rate (PisdRegressionGroup *self, double rate)
{
  pthread_mutex_lock (&self->lock);
  self->rate = rate;
  pthread_mutex_unlock (&self->lock);
}

void
pisd_regression_group_stop (PisdRegressionGroup *self)
{
  pthread_mutex_lock (&self->lock);
  pisd_cancel_trigger (self->stop);
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
}

gboolean
pisd_regression_group_wait (PisdRegressionGroup *self, gint64 microseconds)
{
  const gint64 end = pisd_wait_get_end (microseconds);
  gboolean in_time = TRUE, through;

  pthread_mutex_lock (&self->lock);
  while (in_time && !self->through)
    in_time = pisd_wait_until (&self->changed, &self->lock, end);
  through = self->through;
  pthread_mutex_unlock (&self->lock);
  return through;
}

gboolean
pisd_regression_group_is_held (PisdRegressionGroup *self)
{
  gboolean held;

  pthread_mutex_lock (&self->lock);
  held = self->held;
  pthread_mutex_unlock (&self->lock);
  return held;
}

gboolean
pisd_regression_group_is_through (PisdRegressionGroup *self)
{
  gboolean through;

  pthread_mutex_lock (&self->lock);
  through = self->through;
  pthread_mutex_unlock (&self->lock);
  return through;
}

gboolean
pisd_regression_group_is_stopped (PisdRegressionGroup *self)
{
  return pisd_cancel_look (self->stop);
}

guint64
pisd_regression_group_get_done (PisdRegressionGroup *self)
{
  guint64 done;

  pthread_mutex_lock (&self->lock);
  done = self->done;
  pthread_mutex_unlock (&self->lock);
  return done;
}

PisdRegressionLog *
pisd_regression_group_dup_log (PisdRegressionGroup *self, guint k)
{
  PisdRegressionLog *log = pisd_regression_log_new (self->members[k].log->n_layers);

  pisd_regression_group_follow (self, k, log);
  return log;
}

void
pisd_regression_group_follow (PisdRegressionGroup *self, guint k, PisdRegressionLog *log)
{
  pthread_mutex_lock (&self->lock);
  pisd_regression_log_follow (log, self->members[k].log);
  pthread_mutex_unlock (&self->lock);
}

char *
pisd_regression_group_dup_message (PisdRegressionGroup *self, guint k)
{
  char *message;

  pthread_mutex_lock (&self->lock);
  message = g_strdup (self->members[k].message);
  pthread_mutex_unlock (&self->lock);
  return message;
}
