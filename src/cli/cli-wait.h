/* How long a request to stop would have waited: the longest time between two looks at it, or from
 * the last one to the end. */
#pragma once

#include "cli-signals.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 begun, last; /* monotonic, microseconds */
  gint64 stop;        /* from that moment on a look says stop; 0: never */
  gint64 longest;
  gint64 busy, longest_busy; /* the same of what the thread computed, without waiting for others */
  guint n_looks;
  const CliSignals *signals; /* borrowed; these say stop too */
} CliWait;

/* `after` so many seconds a look says stop; 0: never. */
void cli_wait_begin (CliWait *wait, double after, const CliSignals *signals);
/* As a PisdCancelPoll, and as a PisdProgress; `wait`: a CliWait. */
gboolean cli_wait_look (gpointer wait);
gboolean cli_wait_look_as_progress (guint64 done, guint64 total, gpointer wait);
/* Returns the seconds since the beginning. */
double cli_wait_end (CliWait *wait);

G_END_DECLS
