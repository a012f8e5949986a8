/* What is not needed any more goes, without a window: what was freed back to the system, and what
 * the runs of a comparison share with its end. */

#include <string.h>
#include <unistd.h>

#include "explorer-comparison.h"
#include "explorer-session.h"
#include "explorer-spare.h"
#include "pisd-memory.h"

#define GUARD 60 /* seconds after which a condition that does not come true fails the test */

static gboolean
on_timeout (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* One round of the main loop, at most 10 ms; FALSE: too many of them. */
static gboolean
iterate (gint64 end)
{
  const guint source = g_timeout_add (10, on_timeout, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  return g_get_monotonic_time () < end;
}

static gint64
get_end (void)
{
  return g_get_monotonic_time () + GUARD * G_USEC_PER_SEC;
}

#ifdef __SANITIZE_ADDRESS__

static void
test_rest (void)
{
  g_test_skip ("a sanitizer keeps what was freed");
}

#else

/* Resident pages of the process, in bytes. */
static gsize
read_resident (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  return (gsize) g_ascii_strtoull (strchr (text, ' '), NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

/* An array that is freed after the call goes with it, however often it was called. */
static void
test_rest (void)
{
  const gsize n = 3 * 1024 * 1024;
  const gint64 end = get_end ();
  double *array = pisd_memory_new0 (n);
  const gsize most = read_resident ();

  for (guint k = 0; k < 3; k++)
    explorer_spare_soon ();
  pisd_memory_free (array);
  if (most == 0)
    {
      g_test_skip ("no /proc");
      return;
    }
  while (read_resident () > most - n * sizeof (double) * 9 / 10)
    g_assert_true (iterate (end));
}

#endif

/* A comparison that is open and done holds none of the matrices that its runs were made with. */
static void
test_comparison (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdScenario *scenario = explorer_session_get_scenario (session);
  g_autoptr (ExplorerComparison) comparison = explorer_comparison_new (scenario);
  ExplorerPlan *plan = explorer_comparison_get_plan (comparison);
  const gsize before = pisd_memory_get_used ();
  const gint64 end = get_end ();

  plan->samples = 1;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    plan->steps[m] = 5;
  explorer_comparison_start (comparison);
  while (explorer_comparison_is_running (comparison))
    g_assert_true (iterate (end));
  g_assert_cmpuint (pisd_memory_get_used (), ==, before);
}

/* What decodes the runs of a comparison is made on their threads, not while its window opens; the
 * next comparison has it at once. */
static void
test_scales (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autoptr (ExplorerComparison) comparison =
      explorer_comparison_new (explorer_session_get_scenario (session));
  ExplorerPlan *plan = explorer_comparison_get_plan (comparison);
  const PisdTrack *track;
  const gint64 end = get_end ();

  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    plan->chosen[m] = FALSE;
  plan->scenario->settings.steps = 2;
  explorer_comparison_start (comparison);
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_AS_SET);
  g_assert_false (pisd_track_can_decode (track));
  while (explorer_comparison_is_running (comparison))
    g_assert_true (iterate (end));
  g_assert_cmpint (track->state, ==, PISD_TRACK_DONE);
  g_assert_true (pisd_track_can_decode (track));
  explorer_comparison_start (comparison);
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_AS_SET);
  g_assert_true (pisd_track_can_decode (track));
  explorer_comparison_stop (comparison);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/spare/rest", test_rest);
  g_test_add_func ("/ui/spare/comparison", test_comparison);
  g_test_add_func ("/ui/spare/scales", test_scales);
  return g_test_run ();
}
