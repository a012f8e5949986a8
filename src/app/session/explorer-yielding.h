/* Long work that gives way to what a person has in hand: beside it the pointer is answered and the
 * run that is watched goes on as if it were not there, and with nothing beside it all cores are its
 * own.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Calls `start`, which has returned when this does, on a thread of its own with a lower priority;
 * threads inherit that of the one that starts them.  Where the system knows none of threads, as
 * elsewhere than on Linux, nothing is lowered. */
void explorer_yielding_start (void (*start) (gpointer data), gpointer data);

G_END_DECLS
