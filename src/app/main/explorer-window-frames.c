#include "explorer-window-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-name-line.h"
#include "explorer-flow-charts.h"
#include "explorer-number-bar.h"
#include "explorer-probe-chart.h"
#include "explorer-side-bar.h"
#include "explorer-hint.h"
#include "pisd-budget.h"
#include "pisd-remarks.h"

/* At free pace drawing must not take the sampler's time: from picture to picture it takes so many
 * times as long as drawing one, within these limits, in microseconds. */
#define FREE_PACE_REST 8
#define FREE_PACE_SHORTEST 40000
#define FREE_PACE_LONGEST 200000

static void
fill_errors (ExplorerWindow *self, ExplorerNumberBarData *data)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);
  const PisdExact *exact = explorer_exact_get (self->exact);

  data->is_exact_of_another = explorer_view_grid_is_exact_of_another (grid);
  explorer_view_grid_get_errors (grid, data->errors);
  for (guint k = 0; k < data->problem->n_fields; k++)
    {
      data->exact[k] = exact == NULL ? NAN : exact->errors[k];
      data->expected[k] =
          exact == NULL || exact->is_best || data->is_exact_of_another ? NAN : exact->expected[k];
      data->calibration[k] = explorer_view_grid_get_calibration (grid, k);
      data->moments[k] = explorer_view_grid_get_moment (grid, k);
      explorer_view_grid_get_moment_errors (grid, k, &data->errors_then[k], &data->exact_then[k]);
    }
}

static void
show_numbers (ExplorerWindow *self)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);
  const PisdSettings *run = explorer_session_get_run_settings (self->session);
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const char *name = explorer_view_grid_get_name (grid);
  ExplorerNumberBarData data = { .problem = pisd_operator_get (scenario->settings.problem),
                                 .frame = name == NULL ? NULL : explorer_view_grid_get_frame (grid),
                                 .is_other = explorer_view_grid_get_mark (grid) != NULL,
                                 .result = explorer_live_is_active (self->live) || name == NULL
                                               ? NULL
                                               : explorer_session_get_result (self->session),
                                 .is_mean = !explorer_view_grid_is_frame_shown (grid),
                                 .n_samples = run == NULL ? 1 : run->samples };

  fill_errors (self, &data);
  explorer_number_bar_show (EXPLORER_NUMBER_BAR (self->numbers), &data);
  explorer_charts_update (EXPLORER_CHARTS (self->charts));
  explorer_charts_update (EXPLORER_CHARTS (self->probe_chart));
  explorer_charts_update (EXPLORER_CHARTS (self->measure_chart));
}

static void
on_named (ExplorerWindow *self)
{
  ExplorerViewGrid *grid = EXPLORER_VIEW_GRID (self->grid);

  explorer_name_line_show (EXPLORER_NAME_LINE (self->name_line), explorer_view_grid_get_name (grid),
                           explorer_view_grid_get_mark (grid));
  show_numbers (self);
}

static void
show_frame (ExplorerWindow *self, PisdFrame *frame)
{
  self->shown_step = frame == NULL ? 0 : frame->step;
  explorer_view_grid_show_frame (EXPLORER_VIEW_GRID (self->grid), frame);
  show_numbers (self);
  explorer_side_bar_show_frame (EXPLORER_SIDE_BAR (self->side_bar), frame);
  explorer_window_update_inspect (self);
  explorer_window_update_runs (self);
  explorer_window_update_lesson (self);
  if (frame != NULL)
    explorer_timeline_set_step (EXPLORER_TIMELINE (self->timeline), frame->step);
}

PisdPace
explorer_window_get_pace (ExplorerWindow *self)
{
  /* A window that is not drawn has no frame clock to take frames at. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return PISD_PACE_FREE;
  return explorer_pace_get_channel_pace (explorer_preferences_get (self->preferences, "pace"));
}

static gboolean
is_time_to_draw (ExplorerWindow *self, gint64 now)
{
  const gint64 interval =
      CLAMP (FREE_PACE_REST * self->draw_time, FREE_PACE_SHORTEST, FREE_PACE_LONGEST);

  return explorer_session_get_pace (self->session) != PISD_PACE_FREE
         || now - self->drawn_at >= interval;
}

/* The steps of the pace that have become due since the picture before. */
static void
grant_steps (ExplorerWindow *self, gint64 now)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);
  const gint64 elapsed = self->granted_at == 0 ? 0 : now - self->granted_at;

  self->granted_at = now;
  if (explorer_session_get_pace (self->session) == PISD_PACE_GRANTED)
    explorer_session_allow (
        self->session, explorer_pace_take_due (explorer_preferences_get (self->preferences, "pace"),
                                               run->steps, elapsed, &self->steps_due));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);
  const gint64 now = g_get_monotonic_time ();

  grant_steps (self, gdk_frame_clock_get_frame_time (clock));
  if (is_time_to_draw (self, now) && explorer_session_drain (self->session))
    {
      self->drawn_at = now;
      self->drawing = TRUE;
    }
  if (explorer_session_is_running (self->session) && !explorer_session_is_paused (self->session))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (ExplorerWindow *self)
{
  if (self->drawing)
    self->draw_time = g_get_monotonic_time () - self->drawn_at;
  self->drawing = FALSE;
  explorer_side_bar_complete_soon (EXPLORER_SIDE_BAR (self->side_bar));
}

static void
ensure_tick (ExplorerWindow *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
on_frame_ready (ExplorerWindow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ensure_tick (self);
  else
    explorer_session_drain (self->session);
}

/* A run at granted pace has no frame before it is granted a step: the first one at once. */
static void
restart_pace (ExplorerWindow *self)
{
  self->granted_at = 0;
  self->steps_due = 1;
  ensure_tick (self);
}

/* Steps that came between two display frames are on the curves as well. */
static void
add_to_timeline (ExplorerWindow *self, const PisdFrame *newest)
{
  ExplorerTimeline *timeline = EXPLORER_TIMELINE (self->timeline);

  for (guint step = explorer_timeline_get_n_reached (timeline); step < newest->step; step++)
    {
      g_autoptr (PisdFrame) frame = explorer_session_dup_frame (self->session, step);

      if (frame != NULL)
        explorer_timeline_add_frame (timeline, frame);
    }
  explorer_timeline_add_frame (timeline, newest);
}

/* Once a run, at the first step that is beyond what the prior can be. */
static void
remark_on_frame (ExplorerWindow *self, const PisdFrame *frame)
{
  double squares = 0;
  g_autofree char *remark = NULL;

  if (self->has_remarked || frame->broken != NULL)
    return;
  for (gsize i = 0; i < frame->n; i++)
    squares += (double) frame->denoised[i] * frame->denoised[i];
  remark = pisd_remarks_dup_beyond (sqrt (squares / (double) frame->n));
  if (remark == NULL)
    return;
  self->has_remarked = TRUE;
  explorer_window_show_toast (self, remark);
}

static void
on_frame (ExplorerWindow *self, PisdFrame *frame)
{
  remark_on_frame (self, frame);
  add_to_timeline (self, frame);
  if (self->follows)
    show_frame (self, frame);
}

static void
on_run_started (ExplorerWindow *self, guint n_steps)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  self->drawn_at = 0;
  self->follows = TRUE;
  self->has_remarked = FALSE;
  restart_pace (self);
  explorer_timeline_start (EXPLORER_TIMELINE (self->timeline), pisd_operator_get (run->problem),
                           n_steps);
  explorer_window_show_fork (self);
  explorer_view_grid_start (EXPLORER_VIEW_GRID (self->grid));
}

/* The numbers of a node stand where the hints do: while it is pointed at these give way, and else,
 * where its numbers stay for a chart's sake, those do. */
static void
on_probed (ExplorerWindow *self)
{
  GtkWidget *const hints[] = { self->hint, self->mean_hint, self->lost_hint };
  const gboolean is_pointed = explorer_view_grid_is_pointed (EXPLORER_VIEW_GRID (self->grid));
  gboolean is_covered = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (hints); k++)
    {
      explorer_hint_give_way (EXPLORER_HINT (hints[k]), is_pointed);
      is_covered |= !is_pointed && explorer_hint_is_shown (EXPLORER_HINT (hints[k]));
    }
  explorer_view_grid_cover_readout (EXPLORER_VIEW_GRID (self->grid), is_covered);
}

/* Once: where the estimate is there at the first step, the error of a sample grows from there on,
 * and that looks like a fault. */
static void
hint_at_mean (ExplorerWindow *self)
{
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdMethod *method;

  if (self->has_hinted || explorer_hint_is_shown (EXPLORER_HINT (self->lost_hint)) || result == NULL
      || !result->complete || result->n_samples > 1)
    return;
  method = pisd_method_get (result->settings.guidance);
  if (!method->conditions || !method->makes_steps)
    return;
  self->has_hinted = TRUE;
  explorer_hint_hide (EXPLORER_HINT (self->hint));
  explorer_hint_show (EXPLORER_HINT (self->mean_hint));
}

static void
on_run_finished (ExplorerWindow *self)
{
  g_autoptr (PisdFrame) frame = explorer_session_dup_frame (self->session, self->shown_step);

  /* The exact posterior has no steps. */
  if (frame != NULL || explorer_session_get_result (self->session) != NULL)
    show_frame (self, frame);
  hint_at_mean (self);
}

void
explorer_window_select_step (ExplorerWindow *self, guint step)
{
  const guint n = explorer_session_get_n_frames (self->session);
  g_autoptr (PisdFrame) frame = NULL;

  if (n == 0)
    return;
  explorer_window_stage_scrubbed (self);
  step = MIN (step, n - 1);
  explorer_live_dismiss (self->live);
  /* The worker may be a frame ahead of what the timeline knows. */
  self->follows = step + 1 >= explorer_timeline_get_n_reached (EXPLORER_TIMELINE (self->timeline));
  frame = explorer_session_dup_frame (self->session, step);
  if (frame != NULL)
    show_frame (self, frame);
}

static void
on_live_changed (ExplorerWindow *self)
{
  explorer_view_grid_set_live (EXPLORER_VIEW_GRID (self->grid),
                               explorer_live_is_active (self->live));
  show_numbers (self);
}

/* Once for as long as the sensors are too many. */
static void
say_left_out (ExplorerWindow *self)
{
  const guint64 bytes = explorer_exact_get_too_much (self->exact);
  g_autofree char *message = NULL;

  if (bytes > 0 && !self->exact_left_out)
    {
      message =
          g_strdup_printf (_ ("The exact answer is left out: so many sensors would take %u MB "
                              "of memory. The budget is %u MB (Preferences, Ctrl+,)"),
                           (guint) (bytes >> 20), (guint) (pisd_budget_get_limit () >> 20));
      explorer_window_show_toast (self, message);
    }
  self->exact_left_out = bytes > 0;
}

/* Whenever there is something else to say than before; a stroke passes many sets of sensors.  What
 * is said of a run that broke is not replaced. */
static void
remark_on_readings (ExplorerWindow *self)
{
  const PisdExact *exact = explorer_exact_get (self->exact);
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdFrame *frame = explorer_view_grid_get_frame (EXPLORER_VIEW_GRID (self->grid));
  g_auto (GStrv) remarks = NULL;
  guint kinds;

  if (exact == NULL || !explorer_exact_is_current (self->exact)
      || (frame != NULL && frame->broken != NULL))
    return;
  remarks = pisd_remarks_new (scenario, &exact->consistency);
  kinds = pisd_remarks_get_kinds (scenario, &exact->consistency);
  if (remarks[0] != NULL && (kinds & ~self->remarked) != 0)
    explorer_window_show_toast (self, remarks[0]);
  self->remarked = kinds;
}

static void
on_exact_changed (ExplorerWindow *self)
{
  say_left_out (self);
  remark_on_readings (self);
  explorer_view_grid_set_exact (EXPLORER_VIEW_GRID (self->grid), explorer_exact_get (self->exact));
  show_numbers (self);
}

static void
on_pace_changed (ExplorerWindow *self)
{
  explorer_session_set_pace (self->session, explorer_window_get_pace (self));
  restart_pace (self);
}

/* A minimised window may not be drawn either. */
static void
on_surface_state (ExplorerWindow *self, GParamSpec *pspec, GdkToplevel *toplevel)
{
  const gboolean hidden = gdk_toplevel_get_state (toplevel) & GDK_TOPLEVEL_STATE_MINIMIZED;

  explorer_session_set_pace (self->session,
                             hidden ? PISD_PACE_FREE : explorer_window_get_pace (self));
}

void
explorer_window_watch_surface (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { gtk_native_get_surface (GTK_NATIVE (self)), "notify::state", G_CALLBACK (on_surface_state) },
    { gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint", G_CALLBACK (on_after_paint) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
}

void
explorer_window_connect_frames (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->session, "run-started", G_CALLBACK (on_run_started) },
    { self->session, "notify::paused", G_CALLBACK (restart_pace) },
    { self->session, "frame-ready", G_CALLBACK (on_frame_ready) },
    { self->session, "frame", G_CALLBACK (on_frame) },
    { self->session, "ensemble", G_CALLBACK (show_numbers) },
    { self->session, "run-finished", G_CALLBACK (on_run_finished) },
    { self->exact, "changed", G_CALLBACK (on_exact_changed) },
    { self->grid, "named", G_CALLBACK (on_named) },
    { self->grid, "probed", G_CALLBACK (on_probed) },
    { self->hint, "toggled", G_CALLBACK (on_probed) },
    { self->mean_hint, "toggled", G_CALLBACK (on_probed) },
    { self->lost_hint, "toggled", G_CALLBACK (on_probed) },
    { self->flow, "notify::frame", G_CALLBACK (show_numbers) },
    { self->live, "notify::active", G_CALLBACK (on_live_changed) },
    { self->preferences, "notify::pace", G_CALLBACK (on_pace_changed) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
  show_numbers (self); /* none yet: pictures stay where they are when there are */
}
