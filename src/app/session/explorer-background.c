#include "explorer-background.h"

typedef struct
{
  gpointer work;
  GDestroyNotify free_work;
  ExplorerBackgroundRun run;
  ExplorerBackgroundDone done;
} Background;

static void
background_free (gpointer data)
{
  Background *background = data;

  background->free_work (background->work);
  g_free (background);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Background *background = data;
  GError *error = NULL;

  if (background->run (background->work, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the reference that the start has left to it: the last one must not fall in the worker. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GObject) owner = data;
  GApplication *application = g_application_get_default ();
  const Background *background = g_task_get_task_data (G_TASK (result));

  background->done (owner, G_TASK (result));
  if (application != NULL)
    g_application_release (application);
}

GTask *
explorer_background_start (gpointer owner,
                           gpointer work,
                           GDestroyNotify free_work,
                           ExplorerBackgroundRun run_work,
                           ExplorerBackgroundDone done)
{
  GApplication *application = g_application_get_default ();
  GTask *task = g_task_new (NULL, NULL, on_done, g_object_ref (owner));
  Background *background = g_new (Background, 1);

  if (application != NULL)
    g_application_hold (application);
  *background = (Background){ work, free_work, run_work, done };
  g_task_set_task_data (task, background, background_free);
  g_task_run_in_thread (task, run);
  return task;
}

gpointer
explorer_background_get_work (GTask *task)
{
  const Background *background = g_task_get_task_data (task);

  return background->work;
}
