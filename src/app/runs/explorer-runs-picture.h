/* Kept runs side by side at one moment: the truth, then a column a run, in one range of colours,
 * with their errors over the steps below.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-session.h"
#include "pisd-draw-comparison.h"

G_BEGIN_DECLS

/* Columns beside the truth. */
#define EXPLORER_RUNS_MOST 3

typedef struct _ExplorerRunsPicture ExplorerRunsPicture;

ExplorerRunsPicture *explorer_runs_picture_new (ExplorerSession *session);
void explorer_runs_picture_free (ExplorerRunsPicture *picture); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerRunsPicture, explorer_runs_picture_free)

/* ids: [n] of runs, those that are gone or of another equation are left out; fraction: of every
 * run, 0 .. 1; t: the moment of fields of several frames.  Borrowed until the next call. */
const PisdComparison *explorer_runs_picture_update (ExplorerRunsPicture *self,
                                                    const guint *ids,
                                                    guint n,
                                                    double fraction,
                                                    double t);

G_END_DECLS
