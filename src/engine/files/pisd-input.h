/* A file that is opened once and read by whoever understands it; a pipe or device is read to
 * its end when it is opened, so that it can be looked at twice like a file.
 *
 * Errors   PISD_ERROR_IO, LIMIT, each naming the file
 * Threads  one at a time */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* More than this from a pipe or device is refused. */
#define PISD_INPUT_MAX_PIPE (256 * 1024 * 1024)

typedef struct _PisdInput PisdInput;

PisdInput *pisd_input_open (const char *path, GError **error);
void pisd_input_free (PisdInput *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInput, pisd_input_free)

const char *pisd_input_get_path (const PisdInput *self); /* as it was given */
/* The path as it can stand in a message. */
const char *pisd_input_get_name (const PisdInput *self);
/* The first bytes, `max` at most.  is_whole: whether that is all of them; may be NULL. */
GBytes *pisd_input_read (PisdInput *self, gsize max, gboolean *is_whole, GError **error);
/* All bytes; more than `max` are refused. */
GBytes *pisd_input_read_all (PisdInput *self, gsize max, GError **error);
/* For a library that seeks: a stream of the file, which the caller closes; NULL for a pipe or
 * device, whose bytes pisd_input_read() gives without copying. */
FILE *pisd_input_dup_stream (PisdInput *self);

G_END_DECLS
