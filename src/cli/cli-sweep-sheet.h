/* What a sweep came to: a table, and a contact sheet of its estimates. */
#pragma once

#include "pisd-sweep-queue.h"

G_BEGIN_DECLS

/* Markdown on standard output, a row a cell. */
void cli_sweep_print (PisdSweepQueue *queue);
/* The estimates of a field, rows and columns as in the sweep, in one range of colours, each with
 * its values and its error above it; a cell without one says why.  A PNG carries the
 * scenario that is varied.  Atomically.
 * Errors: PISD_ERROR_IO. */
gboolean cli_sweep_save_sheet (PisdSweepQueue *queue,
                               guint field,
                               const char *path,
                               GError **error);

G_END_DECLS
