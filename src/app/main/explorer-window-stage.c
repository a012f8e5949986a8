#include "explorer-window-private.h"

#include <math.h>

#include "pisd-edit.h"

/* Where the step stands in a run of n frames. */
static guint
find_frame (double show, guint n)
{
  return n == 0 ? 0 : (guint) lround ((isnan (show) ? 1.0 : show) * (n - 1));
}

static void
stop_replay (ExplorerWindow *self)
{
  if (self->stage.replay != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->stage.replay);
  self->stage.replay = 0;
}

/* A move of the lesson's own. */
static void
move (ExplorerWindow *self, guint step)
{
  self->stage.moves = TRUE;
  explorer_window_select_step (self, step);
  self->stage.moves = FALSE;
}

static void
stand (ExplorerWindow *self)
{
  move (self, find_frame (self->stage.show, explorer_session_get_n_frames (self->session)));
}

/* The pictures of a run that is kept go by as those of a new one would. */

static gboolean
on_replay (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);
  const ExplorerPace pace = (ExplorerPace) explorer_preferences_get (self->preferences, "pace");
  const guint n = explorer_session_get_n_frames (self->session);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);
  const guint due =
      pace == EXPLORER_PACE_LOCKSTEP
          ? 1
          : explorer_pace_take_due (pace, n, now - self->stage.replayed_at, &self->stage.steps_due);

  self->stage.replayed_at = now;
  if (due > 0)
    move (self, self->shown_step + due);
  if (pace != EXPLORER_PACE_FREE && self->shown_step + 1 < n)
    return G_SOURCE_CONTINUE;
  self->stage.replay = 0;
  stand (self);
  explorer_window_stage_ready (self);
  return G_SOURCE_REMOVE;
}

static void
replay (ExplorerWindow *self)
{
  move (self, 0);
  self->stage.steps_due = 0;
  self->stage.replayed_at =
      gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->stage.replay = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_replay, NULL, NULL);
}

/* The run. */

static gboolean
is_of (const ExplorerRun *run, const PisdScenario *scenario)
{
  return run->origin == 0
         && pisd_name_find_changes (explorer_run_get_scenario (run), &run->sent, scenario) == 0;
}

static gboolean
is_complete (const ExplorerRun *run)
{
  const PisdResult *result = explorer_job_get_result (run->job);

  return result != NULL && result->complete;
}

/* One of the set-up as it is, which goes on or came to its end; NULL: none is kept. */
static const ExplorerRun *
find_run (ExplorerWindow *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const GPtrArray *runs = explorer_session_get_runs (self->session);
  const ExplorerRun *shown = explorer_session_get_shown_run (self->session);

  for (guint k = runs->len; k-- > 0;)
    {
      const ExplorerRun *run = g_ptr_array_index (runs, k);
      const gboolean goes_on = run == shown && explorer_session_is_running (self->session);

      if (is_of (run, scenario) && (goes_on || is_complete (run)))
        return run;
    }
  return NULL;
}

/* What is played has the person's pace; what leads to a place is there as soon as it can be. */
static PisdPace
get_pace (ExplorerWindow *self)
{
  return isnan (self->stage.show) ? explorer_window_get_pace (self) : PISD_PACE_FREE;
}

static void
start_run (ExplorerWindow *self)
{
  self->stage.starts = TRUE;
  self->stage.waits = explorer_session_run (self->session, get_pace (self));
  self->stage.starts = FALSE;
}

static void
show_run (ExplorerWindow *self, const ExplorerRun *run, gboolean plays)
{
  const guint n = explorer_run_count_steps (run);

  self->stage.starts = TRUE;
  if (run != explorer_session_get_shown_run (self->session))
    explorer_session_show_run (self->session, run->id);
  self->stage.starts = FALSE;
  explorer_live_settle (self->live);
  if (explorer_session_is_running (self->session))
    {
      self->stage.waits = TRUE;
      self->follows = TRUE;
      explorer_session_resume (self->session, get_pace (self));
      explorer_session_set_pace (self->session, get_pace (self));
    }
  else if (plays && isnan (self->stage.show) && n > 1 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    replay (self);
  else
    stand (self);
}

static void
take_scenario (ExplorerWindow *self, const PisdScenario *scenario)
{
  if (pisd_edit_diff (explorer_session_get_scenario (self->session), scenario) == 0)
    return;
  self->has_run = FALSE; /* the edit starts no run of its own */
  explorer_session_set_scenario (self->session, pisd_scenario_dup (scenario));
}

void
explorer_window_open_stage (ExplorerWindow *self, const PisdLessonStep *step, gboolean plays)
{
  const PisdOperator *problem = pisd_operator_get (step->scenario->settings.problem);
  const ExplorerRun *run;

  explorer_window_leave_stage (self);
  take_scenario (self, step->scenario);
  self->has_run = TRUE;
  self->stage.show = step->show;
  explorer_view_grid_restore (EXPLORER_VIEW_GRID (self->grid));
  explorer_lesson_look_put (&self->stage.look, self->preferences, EXPLORER_VIEW_GRID (self->grid),
                            problem, step->picks, step->n_picks);
  run = find_run (self);
  if (run == NULL)
    start_run (self);
  else
    show_run (self, run, plays);
}

gboolean
explorer_window_is_stage_ready (ExplorerWindow *self)
{
  return !self->stage.waits && self->stage.replay == 0;
}

void
explorer_window_leave_stage (ExplorerWindow *self)
{
  stop_replay (self);
  self->stage.waits = FALSE;
}

void
explorer_window_restore_look (ExplorerWindow *self)
{
  explorer_lesson_look_restore (&self->stage.look, self->preferences,
                                EXPLORER_VIEW_GRID (self->grid));
}

/* The person goes on alone. */
static void
give_up (ExplorerWindow *self)
{
  if (explorer_window_is_stage_ready (self))
    return;
  explorer_window_leave_stage (self);
  explorer_window_stage_ready (self);
}

void
explorer_window_stage_scrubbed (ExplorerWindow *self)
{
  if (!self->stage.moves)
    {
      give_up (self);
      explorer_window_note_deed (self, PISD_DEED_SCRUB);
    }
}

/* The picture stays where the step stands, while the run goes on behind it. */
static void
on_frame (ExplorerWindow *self, PisdFrame *frame)
{
  if (!self->stage.waits || isnan (self->stage.show) || !self->follows
      || frame->step < self->stage.show * frame->n_steps)
    return;
  move (self, (guint) (self->stage.show * frame->n_steps));
  self->follows = FALSE;
}

static void
on_run_started (ExplorerWindow *self)
{
  if (!self->stage.starts)
    give_up (self);
}

static void
on_run_finished (ExplorerWindow *self)
{
  if (!self->stage.waits)
    return;
  self->stage.waits = FALSE;
  stand (self);
  explorer_window_stage_ready (self);
}

void
explorer_window_connect_stage (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->session, "run-started", G_CALLBACK (on_run_started) },
    { self->session, "frame", G_CALLBACK (on_frame) },
    { self->session, "run-finished", G_CALLBACK (on_run_finished) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
}
