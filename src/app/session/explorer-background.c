#include "explorer-background.h"

#include "explorer-yielding.h"

typedef struct
{
  gpointer work;
  GDestroyNotify free_work;
  ExplorerBackgroundRun run;
  ExplorerBackgroundDone done;
  gboolean yields;
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

/* A run on a thread that gives way. */
typedef struct
{
  const Background *background;
  gboolean is_good;
  GError *error;
} Call;

static void
run_call (gpointer data)
{
  Call *call = data;

  call->is_good = call->background->run (call->background->work, &call->error);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Background *background = data;
  Call call = { .background = background };

  if (background->yields)
    explorer_yielding_start (run_call, &call);
  else
    run_call (&call);
  tell_returned (background); /* the work is the waiting thread's from here on */
  if (call.is_good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, call.error);
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

static GTask *
start (gpointer owner, const Background *wanted)
{
  GApplication *application = g_application_get_default ();
  GTask *task = g_task_new (NULL, NULL, on_done, g_object_ref (owner));
  Background *background = g_new (Background, 1);

  if (application != NULL)
    g_application_hold (application);
  *background = *wanted;
  g_mutex_init (&background->lock);
  g_cond_init (&background->returned);
  g_task_set_task_data (task, background, background_free);
  g_task_run_in_thread (task, run);
  return task;
}

GTask *
explorer_background_start (gpointer owner,
                           gpointer work,
                           GDestroyNotify free_work,
                           ExplorerBackgroundRun run_work,
                           ExplorerBackgroundDone done)
{
  const Background wanted = { .work = work, .free_work = free_work, .run = run_work, .done = done };

  return start (owner, &wanted);
}

GTask *
explorer_background_start_yielding (gpointer owner,
                                    gpointer work,
                                    GDestroyNotify free_work,
                                    ExplorerBackgroundRun run_work,
                                    ExplorerBackgroundDone done)
{
  const Background wanted = {
    .work = work, .free_work = free_work, .run = run_work, .done = done, .yields = TRUE
  };

  return start (owner, &wanted);
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
