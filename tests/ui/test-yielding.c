/* Threads that are started in a yielding way have a lower priority; the one that asks keeps its
 * own. */

#include <sys/resource.h>

#include "explorer-background.h"
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

static gboolean
work (gpointer data, GError **error)
{
  start (data);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as told");
  return FALSE;
}

static void
on_done (gpointer owner, GTask *task)
{
  GError *error = NULL;

  g_assert_false (g_task_propagate_boolean (task, &error));
  g_object_set_data_full (owner, "error", error, (GDestroyNotify) g_error_free);
}

/* Work beside the window, as it should; what it returns comes back. */
static void
test_background (void)
{
  const struct
  {
    GTask *(
        *start) (gpointer, gpointer, GDestroyNotify, ExplorerBackgroundRun, ExplorerBackgroundDone);
    int more;
  } rows[] = {
    { explorer_background_start, 0 },
    { explorer_background_start_yielding, 10 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
      g_autoptr (GTask) task = NULL;
      int *found = g_new (int, 1);

      task = rows[k].start (owner, found, g_free, work, on_done);
      while (g_object_get_data (owner, "error") == NULL)
        g_main_context_iteration (NULL, TRUE);
#ifdef __linux__
      g_assert_cmpint (*found, ==, MIN (get_nice () + rows[k].more, 19));
#endif
      g_assert_error ((GError *) g_object_get_data (owner, "error"), G_IO_ERROR, G_IO_ERROR_FAILED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/yielding/inherited", test_inherited);
  g_test_add_func ("/app/yielding/background", test_background);
  return g_test_run ();
}
