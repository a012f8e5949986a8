/* How SIGINT, SIGTERM and SIGHUP end a command.  Before a run each of them ends it at once.  From
 * the first cli_signals_begin_run() on the first SIGINT asks the run to stop, so that what is
 * finished is kept; the second one, and the other two signals always, end the program at once,
 * whatever it is computing.  Files that are being written then are finished first: none is left
 * half.  The exit status is 128 + the signal's number.  A signal that the caller ignores stays
 * ignored (nohup).
 *
 * Threads: signals are heard by a thread of the object's own, so that a busy main thread does not
 * delay them. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef struct _CliSignals CliSignals;

CliSignals *cli_signals_new (void);
void cli_signals_free (
    CliSignals *self); /* NULL is fine; signals have their default meaning again */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSignals, cli_signals_free)

void cli_signals_begin_run (CliSignals *self);
/* From any thread. */
gboolean cli_signals_is_stopped (const CliSignals *self);
/* A token that the calling thread's looks ask: it says stop once a run is to stop. */
PisdCancel *cli_signals_new_cancel (CliSignals *self);

/* Around the writing of files. */
void cli_signals_begin_save (CliSignals *self);
void cli_signals_end_save (CliSignals *self);
/* Between those two: a file that is written piece by piece, and goes where the program is ended at
 * once.  NULL: none any more. */
void cli_signals_set_leftover (CliSignals *self, const char *path);

G_END_DECLS
