/* A toast that has to go while it still appears, and one that is closed then. */

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

/* What the words and the close button are in. */
static GtkWidget *
find_toast (Ui *ui)
{
  GtkWidget *widget = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, is_of_chrome, NULL);

  return widget != NULL ? gtk_widget_get_ancestor (widget, GTK_TYPE_REVEALER) : NULL;
}

static gboolean
is_shown (Ui *ui)
{
  GtkWidget *toast = find_toast (ui);

  return toast != NULL && gtk_widget_get_visible (toast);
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

static void
on_clicked (guint *n_clicks)
{
  *n_clicks += 1;
}

/* At once, of a toast that comes and of one that takes new words. */
static void
test_close_button (Ui *ui, gconstpointer data)
{
  GtkWidget *close;
  guint n_clicks = 0;

  explorer_window_show_toast (ui->window, "Press H ");
  close = ui_find (find_toast (ui), GTK_TYPE_BUTTON, NULL, NULL);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (on_clicked), &n_clicks);
  for (guint n = 1; n <= 2; n++)
    {
      ui_wait (gtk_widget_get_mapped (close));
      ui_click (ui, close, 10, 10, 1);
      g_assert_cmpuint (n_clicks, ==, n);
      ui_wait (!is_shown (ui));
      explorer_window_show_toast (ui->window, "Press H ");
      explorer_window_show_toast (ui->window, "Press H ");
      g_assert_true (is_shown (ui));
    }
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
