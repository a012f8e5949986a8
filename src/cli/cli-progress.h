/* One line on standard error with the time left, where that is a terminal.  Several runs in a row
 * make up one line: `part` of `n_parts`.
 *
 * Threads: one at a time. */
#pragma once

#include "cli-signals.h"

G_BEGIN_DECLS

typedef struct
{
  CliSignals *signals; /* borrowed, may be NULL */
  const char *what;    /* "sampling" */
  guint part, n_parts;
  gboolean is_terminal;
  gint64 started, shown; /* monotonic, microseconds */
} CliProgress;

/* Shows the line; from here on the first Ctrl+C stops what is computed.  signals: NULL where it
 * ends the program. */
void cli_progress_begin (CliProgress *self, CliSignals *signals, const char *what, guint n_parts);
/* A PisdProgress; `data` is the CliProgress.  FALSE once a signal asked to stop. */
gboolean cli_progress_step (guint64 done, guint64 total, gpointer data);
void cli_progress_end (CliProgress *self); /* clears the line */

G_END_DECLS
