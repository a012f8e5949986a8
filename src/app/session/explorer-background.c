#include "explorer-background.h"

typedef struct
{
  gpointer work;
  GDestroyNotify free_work;
  ExplorerBackgroundRun run;
  ExplorerBackgroundDone done;
  GMutex lock; /* of what follows */
  GCond returned;
  gboolean has_returned;
} Background;

static void
background_free (gpointer data)
{
  Background *background = data;

  background->free_work (background->work);
  g_mutex_clear (&background->lock);
  g_cond_clear (&background->returned);
  g_free (background);
}

static void
tell_returned (Background *background)
{
  g_mutex_lock (&background->lock);
  background->has_returned = TRUE;
  g_cond_signal (&background->returned);
  g_mutex_unlock (&background->lock);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Background *background = data;
  GError *error = NULL;
  const gboolean good = background->run (background->work, &error);

  tell_returned (background); /* the work is the waiting thread's from here on */
  if (good)
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
  Background *background = g_new0 (Background, 1);

  if (application != NULL)
    g_application_hold (application);
  background->work = work;
  background->free_work = free_work;
  background->run = run_work;
  background->done = done;
  g_mutex_init (&background->lock);
  g_cond_init (&background->returned);
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

gboolean
explorer_background_wait (GTask *task, gint64 until)
{
  Background *background = g_task_get_task_data (task);
  gboolean has_returned;

  g_mutex_lock (&background->lock);
  while (!background->has_returned
         && g_cond_wait_until (&background->returned, &background->lock, until))
    ;
  has_returned = background->has_returned;
  g_mutex_unlock (&background->lock);
  return has_returned;
}

void
explorer_background_forget (GTask **task, PisdCancel **cancel)
{
  pisd_cancel_trigger (*cancel);
  g_clear_pointer (cancel, pisd_cancel_unref);
  g_clear_object (task);
}
