/* A file that is opened once and read by whoever understands it; a pipe or device is read to
 * its end when it is opened, so that it can be looked at twice like a file.
 *
 * Whoever reads it asks pisd_input_check() between rows, members and blocks.
 *
 * Errors   PISD_ERROR_IO, LIMIT, CANCELLED, each naming the file
 * Threads  one at a time */
#pragma once

#include <stdio.h>

#include "pisd-cancel.h"

G_BEGIN_DECLS

/* More than this from a pipe or device is refused. */
#define PISD_INPUT_MAX_PIPE (256 * 1024 * 1024)

typedef struct _PisdInput PisdInput;

/* `cancel` (nullable) stops opening it and reading from it, also where a pipe has to be waited
 * for. */
PisdInput *pisd_input_open (const char *path, PisdCancel *cancel, GError **error);
/* What the program has in memory itself, under a name for messages. */
PisdInput *pisd_input_new_for_bytes (const char *name, GBytes *bytes);
/* What was found inside another one, whose path, name and cancel it has. */
PisdInput *pisd_input_new_inside (const PisdInput *outer, GBytes *bytes);
/* The same file or bytes once more, with a request to stop of its own; NULL where the system has no
 * more files to give. */
PisdInput *pisd_input_dup (const PisdInput *self, PisdCancel *cancel);
void pisd_input_free (PisdInput *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInput, pisd_input_free)

const char *pisd_input_get_path (const PisdInput *self); /* as it was given */
/* For a library that opens files itself: a path of the very file that is open, whatever stands at
 * its own path by now; its own path on systems that have no other. */
char *pisd_input_dup_open_path (const PisdInput *self);
/* The path as it can stand in a message. */
const char *pisd_input_get_name (const PisdInput *self);
PisdCancel *pisd_input_get_cancel (const PisdInput *self); /* borrowed; NULL: none */
/* FALSE, with PISD_ERROR_CANCELLED, once reading is to stop. */
gboolean pisd_input_check (const PisdInput *self, GError **error);
/* The first bytes, `max` at most.  is_whole: whether that is all of them; may be NULL. */
GBytes *pisd_input_read (PisdInput *self, gsize max, gboolean *is_whole, GError **error);
/* All bytes; more than `max` are refused. */
GBytes *pisd_input_read_all (PisdInput *self, gsize max, GError **error);
/* Bytes from an offset on, fewer only where the file ends.  n (out): how many. */
gboolean pisd_input_read_at (PisdInput *self,
                             guint64 offset,
                             void *bytes,
                             gsize size,
                             gsize *n,
                             GError **error);
/* FALSE: a pipe, a device or memory, whose bytes are here. */
gboolean pisd_input_is_file (const PisdInput *self);
/* Of a file what it has at this moment. */
guint64 pisd_input_get_size (PisdInput *self);
/* The same as UTF-8, whatever its encoding.  size (out): its bytes; may be NULL.
 * Errors: PISD_ERROR_FORMAT, too. */
char *pisd_input_read_text (PisdInput *self, gsize max, gsize *size, GError **error);
/* For a library that seeks: a stream of the file, which the caller closes; NULL for a pipe or
 * device, whose bytes pisd_input_read() gives without copying. */
FILE *pisd_input_dup_stream (PisdInput *self);

G_END_DECLS
