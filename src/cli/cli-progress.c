#include "cli-progress.h"

#include <stdio.h>
#include <unistd.h>

#define SHOW_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

void
cli_progress_begin (CliProgress *self, CliSignals *signals, const char *what, guint n_parts)
{
  *self = (CliProgress){ .signals = signals, .what = what, .n_parts = n_parts };
  self->is_terminal = isatty (STDERR_FILENO);
  self->started = g_get_monotonic_time ();
  cli_signals_begin_run (signals);
}

static void
show (CliProgress *self, double fraction, gint64 now)
{
  double elapsed = (double) (now - self->started) / G_TIME_SPAN_SECOND;

  fprintf (stderr, "\r%s %3.0f %%, %.0f s, %.0f s left\033[K", self->what, 100 * fraction, elapsed,
           fraction > 0 ? elapsed * (1 - fraction) / fraction : 0);
  fflush (stderr);
}

gboolean
cli_progress_step (guint64 done, guint64 total, gpointer data)
{
  CliProgress *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->is_terminal && now - self->shown >= SHOW_INTERVAL)
    {
      self->shown = now;
      show (self, (self->part + (double) done / (double) MAX (total, 1)) / self->n_parts, now);
    }
  return !cli_signals_is_stopped (self->signals);
}

void
cli_progress_end (CliProgress *self)
{
  if (self->is_terminal && self->shown != 0)
    fputs ("\r\033[K", stderr);
}
