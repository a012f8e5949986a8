/* How fast a run is seen, chosen beside the timeline. */

#include "explorer-pace.h"
#include "ui-fixture.h"

static gboolean
has_label (GtkWidget *button, gconstpointer label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0;
}

static GtkWidget *
find_pace (Ui *ui, const char *label)
{
  GtkWidget *button = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_TOGGLE_BUTTON, has_label, label);

  g_assert_nonnull (button);
  return button;
}

static void
choose (Ui *ui, const char *label)
{
  GtkWidget *button = find_pace (ui, label);

  ui_click (ui, button, gtk_widget_get_width (button) / 2.0, gtk_widget_get_height (button) / 2.0,
            1);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static void
set_steps (Ui *ui, const char *steps)
{
  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  g_assert_true (explorer_session_set_setting (ui->session, "steps", steps));
}

/* The rule. */

static guint
count_due (ExplorerPace pace, guint n_steps, guint n_pictures, gint64 elapsed)
{
  double due = 1;
  guint n = 0;

  for (guint k = 0; k < n_pictures; k++)
    n += explorer_pace_take_due (pace, n_steps, elapsed, &due);
  return n;
}

static void
test_due (void)
{
  const guint lengths[] = { 1, 7, 300, 2000, 100000 };

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    for (guint rate = 10; rate <= 240; rate *= 2)
      g_assert_cmpfloat_with_epsilon (
          count_due (EXPLORER_PACE_SECONDS, lengths[k], 5 * rate, G_USEC_PER_SEC / rate),
          lengths[k], 1.01 + 5e-4 * lengths[k]);
  g_assert_cmpuint (count_due (EXPLORER_PACE_SLOW, 2000, 61, G_USEC_PER_SEC / 60), >=, 4);
  g_assert_cmpuint (count_due (EXPLORER_PACE_SLOW, 2000, 61, G_USEC_PER_SEC / 60), <=, 6);
  for (guint k = 1; k < 100; k++) /* however long a picture took */
    g_assert_cmpuint (count_due (EXPLORER_PACE_SLOW, 2000, k, 10 * G_USEC_PER_SEC), <=, k);
  g_assert_cmpuint (count_due (EXPLORER_PACE_FREE, 2000, 60, 1000), <=, 1);
}

/* The window. */

typedef struct
{
  Ui *ui;
  guint n_pictures, n_frames;
} Watch;

static void
on_after_paint (Watch *watch)
{
  watch->n_pictures++;
}

static void
on_frame (Watch *watch)
{
  watch->n_frames++;
  g_assert_cmpuint (explorer_session_get_n_frames (watch->ui->session), <=, watch->n_pictures + 2);
}

/* A step a picture at most, until somebody wants it faster. */
static void
test_slow (Ui *ui, gconstpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (ui->window));
  Watch watch = { .ui = ui };

  set_steps (ui, "2000");
  choose (ui, "Slow motion");
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "pace"), ==, EXPLORER_PACE_SLOW);
  ui_key (ui, "ctrl+Return");
  watch.n_pictures = 2 * explorer_session_get_n_frames (ui->session);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), &watch);
  g_signal_connect_swapped (ui->session, "frame", G_CALLBACK (on_frame), &watch);
  ui_wait (watch.n_frames >= 4);
  g_assert_true (explorer_session_is_running (ui->session));
  g_assert_false (explorer_session_is_paused (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), <, 2001);
  g_signal_handlers_disconnect_by_data (clock, &watch);
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
  choose (ui, "Fastest");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 2001);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 2000);
}

/* From any pace to any other, in the middle of the run, the run goes on and comes to its end. */
static void
test_changes_at_once (Ui *ui, gconstpointer data)
{
  const char *labels[] = { "Slow motion", "60 a second", "In 5 seconds", "Slow motion",
                           "In 5 seconds" };

  set_steps (ui, "2000");
  choose (ui, labels[0]);
  ui_key (ui, "ctrl+Return");
  for (guint k = 0; k < G_N_ELEMENTS (labels); k++)
    {
      guint n;

      choose (ui, labels[k]);
      n = explorer_session_get_n_frames (ui->session);
      ui_wait (explorer_session_get_n_frames (ui->session) > n + 1);
      g_assert_true (explorer_session_is_running (ui->session));
    }
  choose (ui, "Fastest");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_true (explorer_session_get_result (ui->session)->complete);
}

static void
test_seconds (Ui *ui, gconstpointer data)
{
  set_steps (ui, "300");
  choose (ui, "In 5 seconds");
  ui_key (ui, "ctrl+Return");
  g_assert_cmpint (explorer_session_get_pace (ui->session), ==, PISD_PACE_GRANTED);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 301);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
}

/* Pause, a step and going on are what they are at any pace. */
static void
test_pause_in_slow_motion (Ui *ui, gconstpointer data)
{
  guint n;

  set_steps (ui, "300");
  choose (ui, "Slow motion");
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_get_n_frames (ui->session) > 2);
  ui_key (ui, "space");
  g_assert_true (explorer_session_is_paused (ui->session));
  ui_settle (ui);
  n = explorer_session_get_n_frames (ui->session);
  for (guint k = 0; k < 30; k++)
    ui_settle (ui);
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, n);
  ui_key (ui, "period");
  ui_wait (explorer_session_get_n_frames (ui->session) == n + 1);
  ui_key (ui, "space");
  g_assert_false (explorer_session_is_paused (ui->session));
  ui_wait (explorer_session_get_n_frames (ui->session) > n + 3);
}

/* Nobody sees it, and there is no picture at which to grant a step. */
static void
test_hidden (Ui *ui, gconstpointer data)
{
  set_steps (ui, "300");
  choose (ui, "Slow motion");
  ui_key (ui, "ctrl+Return");
  gtk_widget_set_visible (GTK_WIDGET (ui->window), FALSE);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 301);
  gtk_window_present (GTK_WINDOW (ui->window));
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (ui->window)));
}

/* What was chosen is chosen in the next window. */
static void
test_is_kept (Ui *ui, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *button;

  choose (ui, "In 5 seconds");
  window = explorer_window_new (ui->application, ui->preferences);
  button = ui_find (window, GTK_TYPE_TOGGLE_BUTTON, has_label, "In 5 seconds");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
tear_down (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_LOCKSTEP);
  ui_tear_down (ui, data);
}

#define ADD(path, function) g_test_add ("/ui/pace/" path, Ui, NULL, ui_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/pace/due", test_due);
  ADD ("slow", test_slow);
  ADD ("changes-at-once", test_changes_at_once);
  ADD ("seconds", test_seconds);
  ADD ("pause-in-slow-motion", test_pause_in_slow_motion);
  ADD ("hidden", test_hidden);
  ADD ("is-kept", test_is_kept);
  return g_test_run ();
}
