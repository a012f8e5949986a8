/* A sensor that the pointer drags along a row of the nodes, on a road that is free of others.
 *
 * Units: milliseconds from the pointer's event to the X server's having the picture. */
#pragma once

#include "bench-events.h"

G_BEGIN_DECLS

#define BENCH_DRAG_MOVES 30

typedef struct
{
  BenchStage *stage;
  PisdFieldId field;
  guint frame; /* of that field */
  guint row;   /* of the views, that shows it */
  BenchEvents events;
  guint n_answers; /* estimates that the session has handed over */
  guint n_painted; /* pictures before the one that has the newest of them */
  int column;      /* where the sensor is */
} BenchDrag;

/* Clears the road, puts a sensor at its beginning, as many sensors as before there are, waits for
 * the exact answer and takes hold of that one. */
void bench_drag_begin (BenchDrag *drag,
                       BenchStage *stage,
                       PisdFieldId field,
                       guint frame,
                       guint row);
/* One move on; to the first estimate that is shown of it. */
double bench_drag_move (BenchDrag *drag);
/* From the newest move to the estimate that is not improved any more. */
double bench_drag_rest (BenchDrag *drag);
void bench_drag_end (BenchDrag *drag);

G_END_DECLS
