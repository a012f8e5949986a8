#include "cli-wait.h"

#include <time.h>

/* Microseconds that this thread has computed. */
static gint64
get_busy (void)
{
  struct timespec busy;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &busy);
  return (gint64) busy.tv_sec * G_USEC_PER_SEC + busy.tv_nsec / 1000;
}

void
cli_wait_begin (CliWait *self, double after, const CliSignals *signals)
{
  gint64 now = g_get_monotonic_time ();

  *self = (CliWait){ .begun = now, .last = now, .busy = get_busy (), .signals = signals };
  if (after > 0)
    self->stop = now + (gint64) (1e6 * after);
}

static void
note (CliWait *self, gint64 now)
{
  gint64 busy = get_busy ();

  self->longest = MAX (self->longest, now - self->last);
  self->longest_busy = MAX (self->longest_busy, busy - self->busy);
  self->last = now;
  self->busy = busy;
}

gboolean
cli_wait_look (gpointer wait)
{
  CliWait *self = wait;
  gint64 now = g_get_monotonic_time ();

  note (self, now);
  self->n_looks++;
  return (self->stop > 0 && now >= self->stop) || cli_signals_is_stopped (self->signals);
}

gboolean
cli_wait_look_as_progress (guint64 done, guint64 total, gpointer wait)
{
  return !cli_wait_look (wait);
}

double
cli_wait_end (CliWait *self)
{
  gint64 now = g_get_monotonic_time ();

  note (self, now);
  return 1e-6 * (double) (now - self->begun);
}
