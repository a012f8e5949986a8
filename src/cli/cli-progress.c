#include "cli-progress.h"

#include <stdio.h>
#include <unistd.h>

#define SHOW_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

static void
show (CliProgress *self, double fraction, gint64 now)
{
  double elapsed = (double) (now - self->started) / G_TIME_SPAN_SECOND;

  fprintf (stderr, "\r%s %3.0f %%, %.0f s", self->what, 100 * fraction, elapsed);
  if (fraction > 0)
    fprintf (stderr, ", %.0f s left", elapsed * (1 - fraction) / fraction);
  fputs ("\033[K", stderr);
  fflush (stderr);
}

/* The line is there at once: what comes before the first step may take a minute. */
void
cli_progress_begin (CliProgress *self, CliSignals *signals, const char *what, guint n_parts)
{
  *self = (CliProgress){ .signals = signals, .what = what, .n_parts = n_parts };
  self->is_terminal = isatty (STDERR_FILENO);
  self->started = g_get_monotonic_time ();
  if (signals != NULL)
    cli_signals_begin_run (signals);
  if (self->is_terminal)
    show (self, 0, self->started);
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
  return self->signals == NULL || !cli_signals_is_stopped (self->signals);
}

void
cli_progress_end (CliProgress *self)
{
  if (self->is_terminal)
    fputs ("\r\033[K", stderr);
}
