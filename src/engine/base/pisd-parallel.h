/* A loop over independent blocks on several threads.
 *
 * What a block computes must depend on its number alone: then the bits do not depend on the number
 * of threads. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef void (*PisdBlock) (guint block, gpointer data);

/* How many blocks of that many items n items are; the last one may hold fewer. */
guint pisd_parallel_count_blocks (guint n, guint block);

/* Calls function (block, data) once for every block < n_blocks, on at most n_threads threads (0: as
 * many as the machine has cores), the calling one among them; returns when all are done.
 * FALSE: cancelled before that, and some blocks were left out. */
gboolean pisd_parallel (guint n_blocks,
                        guint n_threads,
                        PisdCancel *cancel,
                        PisdBlock function,
                        gpointer data);

G_END_DECLS
