/* Standard output that cannot be written to is a failure like any other: what was printed is
 * flushed and checked.
 *
 * Errors: PISD_ERROR_IO. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For the beginning of main().  A standard stream that is closed is opened such that its use fails,
 * so that no file of the program's own takes its place.  At exit, whoever calls for it, standard
 * output is closed; what fails then is said on standard error, and the exit status is
 * CLI_EXIT_FAILED. */
void cli_streams_guard (void);

/* Has all that was printed so far reached its destination?  For commands that go on for an hour. */
gboolean cli_streams_flush (GError **error);

G_END_DECLS
