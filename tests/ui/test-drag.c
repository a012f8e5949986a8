/* A sensor that is moved while the estimate follows: what its picture waits for, and what it leaves
 * alone. */
#include "explorer-guidance-panel.h"
#include "explorer-number-bar.h"
#include "ui-fixture.h"

/* Microseconds that no answer takes. */
#define LONG_WAIT (G_TIME_SPAN_SECOND * UI_GUARD)

static ExplorerExact *
wait_for_exact (Ui *ui)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);

  ui_wait (explorer_exact_is_current (exact) && !explorer_exact_is_busy (exact));
  return exact;
}

static void
add_one (guint *n)
{
  ++*n;
}

/* An answer that is waited for is there without a turn of the main loop, and told once. */
static void
test_waits (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = wait_for_exact (ui);
  guint n = 0;

  g_assert_false (explorer_exact_wait (exact, LONG_WAIT)); /* nothing is being computed */
  g_signal_connect_swapped (exact, "changed", G_CALLBACK (add_one), &n);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  explorer_exact_hurry (exact);
  g_assert_false (explorer_exact_is_current (exact));
  g_assert_true (explorer_exact_wait (exact, LONG_WAIT));
  g_assert_true (explorer_exact_is_current (exact));
  g_assert_cmpuint (explorer_exact_get (exact)->n_sites, ==, 50);
  g_assert_cmpuint (n, ==, 1);
  wait_for_exact (ui);
  ui_settle (ui);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (exact, &n);
}

/* One that takes longer than the wait comes by itself, and one taken early is not taken for it. */
static void
test_comes_by_itself (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = wait_for_exact (ui);

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  explorer_exact_hurry (exact);
  g_assert_false (explorer_exact_wait (exact, 0));
  g_assert_false (explorer_exact_is_current (exact));
  g_assert_true (explorer_exact_wait (exact, LONG_WAIT));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 60, 1);
  explorer_exact_hurry (exact);
  g_assert_cmpuint (explorer_exact_get (exact)->n_sites, ==, 50);
  g_assert_cmpuint (explorer_exact_get (wait_for_exact (ui))->n_sites, ==, 60);
}

/* Counts how often a property of a widget below `root` changes; forgets it. */

static void
watch (GtkWidget *root, const char *signal, guint *n)
{
  g_signal_connect_swapped (root, signal, G_CALLBACK (add_one), n);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    watch (child, signal, n);
}

static void
forget (GtkWidget *root, guint *n)
{
  g_signal_handlers_disconnect_by_data (root, n);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    forget (child, n);
}

/* No row of the side bar comes or goes and no number gets a new tooltip while a sensor is carried:
 * all of the window would be measured, and one more frame drawn, with every node that it passes. */
static void
test_leaves_alone (Ui *ui, gconstpointer data)
{
  GtkWidget *panel = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_GUIDANCE_PANEL, NULL, NULL);
  GtkWidget *numbers = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_NUMBER_BAR, NULL, NULL);
  guint n = 0;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 60, 30, 1, TRUE);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 60, 30, 0, FALSE);
  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER));
  wait_for_exact (ui);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 60, 30);
  ui_press (ui, 1);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 60, 31);
  wait_for_exact (ui);
  watch (panel, "notify::visible", &n);
  watch (numbers, "notify::tooltip-text", &n);
  for (int k = 2; k <= 5; k++)
    {
      ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 60 + k, 30 + 2 * k);
      wait_for_exact (ui);
    }
  forget (panel, &n);
  forget (numbers, &n);
  ui_release (ui, 1);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) \
  g_test_add ("/ui/drag/" path, Ui, NULL, ui_set_up, function, ui_tear_down)
  ADD ("waits", test_waits);
  ADD ("comes-by-itself", test_comes_by_itself);
  ADD ("leaves-alone", test_leaves_alone);
  return g_test_run ();
}
