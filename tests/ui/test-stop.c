/* Escape and closing end the exact answer that is computed beside a run. */
#include "ui-fixture.h"

/* Sensors whose exact answer takes far longer than a key takes to arrive. */
#define MANY 6000

static ExplorerExact *
begin_long_answer (Ui *ui)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, MANY, 1));
  ui_wait (explorer_exact_can_stop (exact));
  return exact;
}

static gboolean
can_stop (Ui *ui)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (ui->window), "stop");
}

/* No run is there to be stopped, and Escape is heard; nothing is shown and nothing begins anew,
 * until there are other sensors. */
static void
test_escape (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = begin_long_answer (ui);

  g_assert_false (explorer_session_is_running (ui->session));
  g_assert_true (can_stop (ui));
  ui_key (ui, "Escape");
  ui_wait (!explorer_exact_can_stop (exact));
  ui_settle (ui);
  g_assert_false (can_stop (ui));
  g_assert_false (explorer_exact_is_current (exact));
  explorer_session_clear_sensors (ui->session);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 10, 1));
  ui_wait (explorer_exact_is_current (exact));
}

/* The few sensors of a lesson are computed without a way to stop that comes and goes. */
static void
test_few (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1));
  while (!explorer_exact_is_current (exact))
    {
      g_assert_false (can_stop (ui));
      ui_iterate ();
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add (path, Ui, NULL, ui_set_up, function, ui_tear_down)
  ADD ("/stop/escape", test_escape);
  ADD ("/stop/few", test_few);
  return g_test_run ();
}
