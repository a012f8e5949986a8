/* A toast that has to go while it still appears: libadwaita 1.2 frees what the animation of its
 * appearance still moves. */

#include "ui-fixture.h"

/* Frames that lie between coming and going: at all of them it is still on its way. */
#define MOST_FRAMES 6
/* In microseconds; longer than both animations, so that they end in the same frame. */
#define STALL 600000

static gboolean
is_of_chrome (GtkWidget *widget, gconstpointer data)
{
  return g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), "Press H ");
}

static gboolean
is_shown (Ui *ui)
{
  return ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, is_of_chrome, NULL) != NULL;
}

static void
wait_frames (Ui *ui, guint n)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (ui->window));

  for (guint k = 0; k < n; k++)
    {
      const gint64 frame = gdk_frame_clock_get_frame_counter (clock);

      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      ui_wait (gdk_frame_clock_get_frame_counter (clock) > frame);
    }
}

/* H and H again, after no, one, two ... frames; then the machine is busy for a while. */
static void
test_goes_while_it_appears (Ui *ui, gconstpointer data)
{
  gtk_window_set_focus (GTK_WINDOW (ui->window), NULL);
  for (guint n = 0; n < MOST_FRAMES; n++)
    {
      gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.toggle-chrome", NULL);
      g_assert_true (is_shown (ui));
      wait_frames (ui, n);
      gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.toggle-chrome", NULL);
      g_usleep (STALL);
      ui_wait (!is_shown (ui));
    }
}

static gboolean
is_close (GtkWidget *widget, gconstpointer data)
{
  return g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic") == 0;
}

/* Of the toast that is shown. */
static GtkWidget *
find_close (Ui *ui)
{
  GtkWidget *toast = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, is_of_chrome, NULL);

  while (!ADW_IS_TOAST_OVERLAY (gtk_widget_get_parent (toast)))
    toast = gtk_widget_get_parent (toast);
  return ui_find (toast, GTK_TYPE_BUTTON, is_close, NULL);
}

static gboolean
can_close (Ui *ui)
{
  GtkWidget *button = find_close (ui);

  return gtk_widget_get_can_target (button) && gtk_widget_get_can_focus (button);
}

static void
on_clicked (gboolean *was_clicked)
{
  *was_clicked = TRUE;
}

/* Its own button dismisses it at once: too early neither pointer nor key gets to it. */
static void
test_close_button (Ui *ui, gconstpointer data)
{
  gboolean was_clicked = FALSE;

  explorer_window_show_toast (ui->window, "Press H ");
  g_assert_false (can_close (ui));
  ui_wait (can_close (ui));
  explorer_window_show_toast (ui->window, "Press H "); /* its time begins anew */
  g_signal_connect_swapped (find_close (ui), "clicked", G_CALLBACK (on_clicked), &was_clicked);
  ui_click (ui, find_close (ui), 10, 10, 1);
  g_assert_true (was_clicked);
  ui_wait (!is_shown (ui));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/toasts/goes-while-it-appears", Ui, NULL, ui_set_up, test_goes_while_it_appears,
              ui_tear_down);
  g_test_add ("/ui/toasts/close-button", Ui, NULL, ui_set_up, test_close_button, ui_tear_down);
  return g_test_run ();
}
