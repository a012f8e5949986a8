/* One computation of an exact answer: who waits for it gets it, or goes on. */

#include "explorer-exact-work.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-error.h"
#include "pisd-scenario.h"

static ExplorerExactWork *
make_work (PisdCancel *cancel)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();

  g_assert_true (pisd_edit_set_random_instance (scenario, scenario->settings.family, 1, NULL));
  g_assert_true (pisd_edit_scatter (scenario, PISD_FIELD_A, 100, 0, 1, NULL));
  return explorer_exact_work_new (scenario, cancel, NULL);
}

static gpointer
compute (gpointer data)
{
  return GINT_TO_POINTER (explorer_exact_work_compute (data, NULL));
}

static void
test_not_begun (void)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  ExplorerExactWork *work = make_work (cancel);

  g_assert_false (explorer_exact_work_wait (work, 0));
  g_assert_false (explorer_exact_work_wait (work, 1000));
  explorer_exact_work_free (work);
}

/* However long it takes: the wait ends with the work, not with its time. */
static void
test_waited_for (void)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  ExplorerExactWork *work = make_work (cancel);
  GThread *thread = g_thread_new ("work", compute, work);

  g_assert_true (explorer_exact_work_wait (work, 600 * G_USEC_PER_SEC));
  g_assert_nonnull (work->exact);
  g_assert_nonnull (work->conditioning);
  g_assert_cmpuint (work->exact->n_sites, ==, 100);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  explorer_exact_work_free (work);
}

/* One that was stopped is over, too. */
static void
test_stopped (void)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_autoptr (GError) error = NULL;
  ExplorerExactWork *work = make_work (cancel);

  pisd_cancel_trigger (cancel);
  g_assert_false (explorer_exact_work_compute (work, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_assert_true (explorer_exact_work_wait (work, 0));
  g_assert_null (work->exact);
  explorer_exact_work_free (work);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/exact-work/not-begun", test_not_begun);
  g_test_add_func ("/app/exact-work/waited-for", test_waited_for);
  g_test_add_func ("/app/exact-work/stopped", test_stopped);
  return g_test_run ();
}
