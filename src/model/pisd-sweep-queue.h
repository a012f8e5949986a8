/* The runs of a sweep, one after the other on several threads: what came of each cell.
 *
 * Every thread keeps what one run can leave to the next, so that cells that differ in weights alone
 * share all tables.  A cell's bits are those of its scenario run alone.
 *
 * Threads: any; what makes a queue also frees it. */
#pragma once

#include "pisd-result.h"
#include "pisd-sweep.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_CELL_WAITING,
  PISD_CELL_RUNNING,
  PISD_CELL_DONE,
  PISD_CELL_STOPPED, /* nothing is known of it */
  PISD_CELL_FAILED
} PisdCellState;

/* What a cell came to; constant once it is done or has failed. */
typedef struct
{
  char *message; /* why it failed; NULL unless it did */
  guint n_fields;
  double errors[PISD_MAX_FIELDS];    /* as in PisdResult; NaN: truth unknown */
  double residual;                   /* spectral, of the mean */
  PisdField *means[PISD_MAX_FIELDS]; /* last frame of each field; NULL unless it is done */
  guint n_steps, n_evaluations;      /* of one sample */
  double seconds;
} PisdCell;

typedef struct _PisdSweepQueue PisdSweepQueue;

/* Starts on `n_threads` threads (0: as many as the machine has cores). */
PisdSweepQueue *pisd_sweep_queue_new (const PisdSweep *sweep, guint n_threads);
/* Stops, and waits for a step at most. */
void pisd_sweep_queue_free (PisdSweepQueue *queue); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSweepQueue, pisd_sweep_queue_free)

/* Cells that are done stay; returns at once. */
void pisd_sweep_queue_stop (PisdSweepQueue *queue);
/* Waits until all cells are through, but not longer than that many microseconds. */
gboolean pisd_sweep_queue_wait (PisdSweepQueue *queue, gint64 microseconds);
gboolean pisd_sweep_queue_is_through (PisdSweepQueue *queue);

const PisdSweep *pisd_sweep_queue_get_sweep (const PisdSweepQueue *queue);
PisdCellState pisd_sweep_queue_get_state (PisdSweepQueue *queue, guint cell);
/* Borrowed; NULL while there is nothing of it. */
const PisdCell *pisd_sweep_queue_get_cell (PisdSweepQueue *queue, guint cell);
/* The largest magnitude of a field: of the truth, or where none is known of the first cell that is
 * done; 1 where there is neither. */
double pisd_sweep_queue_get_limit (PisdSweepQueue *queue, guint field);
/* Why a cell has no numbers; "" where it has. */
const char *pisd_sweep_queue_get_remark (PisdSweepQueue *queue, guint cell);
/* The values and what came of them, a row a cell, as CSV with a head; owned. */
char *pisd_sweep_queue_dup_csv (PisdSweepQueue *queue);
/* What is done of all cells, in thousandths of a cell. */
guint64 pisd_sweep_queue_get_done (PisdSweepQueue *queue);

G_END_DECLS
