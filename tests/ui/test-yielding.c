/* Threads that are started in a yielding way have a lower priority; the one that asks keeps its
 * own. */

#include <sys/resource.h>

#include "explorer-yielding.h"

static int
get_nice (void)
{
  return getpriority (PRIO_PROCESS, 0);
}

static gpointer
note_nice (gpointer data)
{
  *(int *) data = get_nice ();
  return NULL;
}

static void
start (gpointer data)
{
  g_thread_join (g_thread_new ("worker", note_nice, data));
}

static void
test_inherited (void)
{
  const int before = get_nice ();
  int found = G_MININT;

  explorer_yielding_start (start, &found);
#ifdef __linux__
  g_assert_cmpint (found, ==, MIN (before + 10, 19));
#endif
  g_assert_cmpint (get_nice (), ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/yielding/inherited", test_inherited);
  return g_test_run ();
}
