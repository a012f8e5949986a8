#include "cli-signals.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "cli-common.h"

struct _CliSignals
{
  GMainContext *context; /* of the thread */
  GThread *thread;
  GMutex saving;  /* held while files are written; never together with another lock */
  char *leftover; /* under that lock; NULL: none */

  /* Atomic. */
  gint is_running; /* a run has begun */
  gint is_stopped; /* and the first SIGINT came */
  gint is_over;    /* the thread is to end */
};

/* Without flushing or freeing: the main thread may hold any lock but `saving`. */
static void
end_program (CliSignals *self, int number)
{
  g_mutex_lock (&self->saving);
  if (self->leftover != NULL)
    g_unlink (self->leftover);
  _exit (CLI_EXIT_SIGNAL + number);
}

static gboolean
on_interrupt (gpointer data)
{
  CliSignals *self = data;

  if (!g_atomic_int_get (&self->is_running)
      || !g_atomic_int_compare_and_exchange (&self->is_stopped, FALSE, TRUE))
    end_program (self, SIGINT);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_terminate (gpointer data)
{
  end_program (data, SIGTERM);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up (gpointer data)
{
  end_program (data, SIGHUP);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
listen_to (CliSignals *self, int number, GSourceFunc callback)
{
  g_autoptr (GSource) source = NULL;

  if (is_ignored (number))
    return;
  source = g_unix_signal_source_new (number);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
}

static gpointer
run_thread (gpointer data)
{
  CliSignals *self = data;

  while (!g_atomic_int_get (&self->is_over))
    g_main_context_iteration (self->context, TRUE);
  return NULL;
}

CliSignals *
cli_signals_new (void)
{
  CliSignals *self = g_new0 (CliSignals, 1);

  g_mutex_init (&self->saving);
  self->context = g_main_context_new ();
  listen_to (self, SIGINT, on_interrupt);
  listen_to (self, SIGTERM, on_terminate);
  listen_to (self, SIGHUP, on_hang_up);
  self->thread = g_thread_new ("signals", run_thread, self);
  return self;
}

void
cli_signals_free (CliSignals *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->is_over, TRUE);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->saving);
  g_free (self->leftover);
  g_free (self);
}

void
cli_signals_begin_run (CliSignals *self)
{
  g_atomic_int_set (&self->is_running, TRUE);
}

gboolean
cli_signals_is_stopped (const CliSignals *self)
{
  return g_atomic_int_get (&self->is_stopped);
}

static gboolean
poll_stopped (gpointer data)
{
  return cli_signals_is_stopped (data);
}

PisdCancel *
cli_signals_new_cancel (CliSignals *self)
{
  return pisd_cancel_new_polling (poll_stopped, self);
}

void
cli_signals_set_leftover (CliSignals *self, const char *path)
{
  g_free (self->leftover);
  self->leftover = g_strdup (path);
}

void
cli_signals_begin_save (CliSignals *self)
{
  g_mutex_lock (&self->saving);
}

void
cli_signals_end_save (CliSignals *self)
{
  g_mutex_unlock (&self->saving);
}
