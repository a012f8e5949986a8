/* The adjoint of many readings of a flow's frames, row by row.
 *
 * A frame has side^2 modes.  Where more readings than those are of one frame, the adjoint is solved
 * once a mode, and a row is a combination of what comes of it: rows = seeds P, P [modes, modes].
 *
 * Shapes:  rows [n, side, side]: cotangents of frames, and then of w (0).
 * Threads: n_threads as in pisd_parallel(); the bits do not depend on it. */
#pragma once

#include "pisd-vorticity.h"

G_BEGIN_DECLS

/* In place; `frame`: [n] of each row, those of one frame one after the other.  FALSE: cancelled. */
gboolean pisd_flow_rows_pull_back (const PisdVorticityPath *path,
                                   guint side,
                                   guint n,
                                   const guint *frame,
                                   double *rows,
                                   guint n_threads,
                                   PisdCancel *cancel);

G_END_DECLS
