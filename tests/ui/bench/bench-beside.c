/* What other windows that compute cost the main one: the picture after the pointer has moved, while
 * both labs train, and the live view, while a sweep runs. */
#include "bench.h"

#include <math.h>

#include "bench-events.h"
#include "bench-sweep.h"
#include "explorer-diffusion.h"
#include "explorer-pace.h"
#include "explorer-training.h"

#define MOST_MILLISECONDS 100.0 /* from the pointer to the picture */
#define LEAST_SHARE 0.9         /* of the pictures that the live view shows alone */
#define N_MOVES 100
#define BETWEEN 30 /* ms between a picture and the next move */
#define MOST_PICTURES 2000
#define SECONDS 5
#define MANY_STEPS 1000000
#define SETTLED 1500 /* ms until what was opened and started goes on as it will */

static void
add (CliTable *table, const char *what, double value, const char *unit, double most, char *how)
{
  bench_add (table, g_strdup (what), value, unit, NAN, most, how);
}

static void
keep_running (BenchStage *stage, PisdPace pace)
{
  if (!explorer_session_is_running (stage->session))
    explorer_session_run (stage->session, pace);
}

static void
stop (BenchStage *stage)
{
  explorer_session_stop (stage->session);
  bench_wait (!explorer_session_is_running (stage->session));
}

/* Labs. */

typedef struct
{
  ExplorerDiffusion *diffusion;
  ExplorerTraining *training;
} Labs;

static void
set_steps (GtkWidget *spin)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), MANY_STEPS);
}

/* The main window lies above them, as the pointer moves there. */
static Labs
open_labs (BenchStage *stage)
{
  GtkWidget *window = GTK_WIDGET (stage->window);
  Labs labs;

  gtk_widget_activate_action (window, "win.diffusion", NULL);
  gtk_widget_activate_action (window, "win.training", NULL);
  labs.diffusion = bench_find_window (EXPLORER_TYPE_DIFFUSION);
  labs.training = bench_find_window (EXPLORER_TYPE_TRAINING);
  set_steps (explorer_diffusion_get_part (labs.diffusion, "steps"));
  set_steps (explorer_training_get_part (labs.training, "steps"));
  gtk_widget_activate_action (GTK_WIDGET (labs.diffusion), "diffusion.start", NULL);
  gtk_widget_activate_action (GTK_WIDGET (labs.training), "training.start", NULL);
  bench_stage_rest (SETTLED);
  gtk_window_present (GTK_WINDOW (window));
  bench_wait (gtk_window_is_active (GTK_WINDOW (window)));
  return labs;
}

static guint64
count_diffusion (const Labs *labs)
{
  const PisdDiffuserFrame *frame = explorer_diffusion_get_frame (labs->diffusion);

  return frame != NULL ? frame->n_steps : 0;
}

static guint64
count_training (const Labs *labs)
{
  return pisd_regression_group_get_done (explorer_training_get_group (labs->training));
}

static void
close_labs (Labs *labs)
{
  gtk_window_destroy (GTK_WINDOW (labs->diffusion));
  gtk_window_destroy (GTK_WINDOW (labs->training));
  bench_stage_rest (500);
}

/* From node to node of the first view, each with the picture that has the pointer there. */
static void
time_moves (BenchStage *stage, double times[N_MOVES])
{
  BenchEvents events;

  bench_events_init (&events, stage, 0);
  for (int k = -1; k < N_MOVES; k++)
    {
      gint64 end;

      keep_running (stage, PISD_PACE_FREE);
      events.moved = 0;
      bench_stage_point_at (stage, 0, 20 + k % 80, 30 + k % 2);
      bench_wait (events.moved != 0);
      end = bench_stage_wait_painted (stage, events.n_painted);
      if (k >= 0)
        times[k] = 1e-3 * (double) (end - events.moved);
      bench_stage_rest (BETWEEN);
    }
  bench_events_clear (&events);
}

static void
add_moves (CliTable *table, const char *beside, double times[N_MOVES], const char *how)
{
  g_autofree char *what = g_strdup_printf ("pointer to the next picture, %s", beside);
  const double median = bench_quantile (times, N_MOVES, 0.5);

  add (table, what, median, "ms", MOST_MILLISECONDS,
       g_strdup_printf ("median of %d moves during a run%s", N_MOVES, how));
  add (table, "the same, 95 % of the moves", bench_quantile (times, N_MOVES, 0.95), "ms",
       MOST_MILLISECONDS, g_strdup_printf ("slowest %.3g ms", times[N_MOVES - 1]));
}

void
bench_labs (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  double times[N_MOVES];
  g_autofree char *how = NULL;
  guint64 diffusion, training;
  gint64 begun;
  double seconds;
  Labs labs;

  time_moves (stage, times);
  add_moves (table, "alone", times, "");
  labs = open_labs (stage);
  diffusion = count_diffusion (&labs);
  training = count_training (&labs);
  begun = g_get_monotonic_time ();
  time_moves (stage, times);
  seconds = 1e-6 * (double) (g_get_monotonic_time () - begun);
  how = g_strdup_printf ("; meanwhile the labs make %.0f and %.0f steps a second",
                         (count_diffusion (&labs) - diffusion) / seconds,
                         (count_training (&labs) - training) / seconds);
  add_moves (table, "beside both labs", times, how);
  close_labs (&labs);
  stop (stage);
}

/* The sweep. */

typedef struct
{
  const BenchStage *stage;
  guint n_shown; /* frames of the run that the picture before had */
  guint n;
  gint64 times[MOST_PICTURES];
} Pictures;

static void
on_after_paint (Pictures *pictures)
{
  if (pictures->stage->n_shown == pictures->n_shown || pictures->n == MOST_PICTURES)
    return;
  pictures->n_shown = pictures->stage->n_shown;
  pictures->times[pictures->n++] = g_get_monotonic_time ();
}

/* Pictures a second with something new of the run. */
static double
watch_run (BenchStage *stage, const char *beside, CliTable *table)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->window));
  g_autofree Pictures *pictures = g_new0 (Pictures, 1);
  g_autofree double *between = g_new (double, MOST_PICTURES);
  g_autofree char *what = g_strdup_printf ("live view %s", beside);
  double rate, median;
  guint n;

  pictures->stage = stage;
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), pictures);
  for (guint k = 0; k < SECONDS * 20; k++)
    {
      keep_running (stage, PISD_PACE_LOCKSTEP);
      bench_stage_rest (50);
    }
  g_signal_handlers_disconnect_by_data (clock, pictures);
  for (guint k = 1; k < pictures->n; k++)
    between[k - 1] = 1e-3 * (double) (pictures->times[k] - pictures->times[k - 1]);
  n = pictures->n - 1;
  rate = (double) pictures->n / SECONDS;
  median = bench_quantile (between, n, 0.5); /* which sorts them */
  add (table, what, rate, "pictures/s", NAN,
       g_strdup_printf ("a step of PISD each; between two: median %.3g ms, 95 %% %.3g ms, longest "
                        "%.3g ms",
                        median, bench_quantile (between, n, 0.95), between[n - 1]));
  return rate;
}

void
bench_sweep (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  double alone, beside, effort;
  ExplorerSweep *sweep;
  gint64 begun;

  explorer_preferences_set (stage->preferences, "pace", EXPLORER_PACE_LOCKSTEP);
  explorer_session_apply_preset (stage->session, PISD_GUIDANCE_PISD);
  alone = watch_run (stage, "alone", table);
  sweep = bench_sweep_start (stage->window);
  bench_stage_rest (SETTLED);
  gtk_window_present (GTK_WINDOW (stage->window));
  effort = bench_get_effort (CLOCK_PROCESS_CPUTIME_ID);
  begun = g_get_monotonic_time ();
  beside = watch_run (stage, "beside a sweep of 4 x 4", table);
  effort = (bench_get_effort (CLOCK_PROCESS_CPUTIME_ID) - effort)
           / (1e-3 * (double) (g_get_monotonic_time () - begun));
  bench_add (table, g_strdup ("beside the sweep / alone"), beside / alone, "", LEAST_SHARE, NAN,
             g_strdup_printf ("all of it keeps %.2g cores busy; %s", effort,
                              explorer_sweep_get_status (sweep)));
  gtk_window_destroy (GTK_WINDOW (sweep));
  stop (stage);
}
