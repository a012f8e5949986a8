/* All that a trajectory is between two steps, in double precision: with it, and the scenario that
 * it belongs to, a sampler goes on from there to the same bits.
 *
 * Threads: immutable once it is filled; counted references. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct
{
  guint step;                        /* the next one */
  guint n_evaluations;               /* of D, before it */
  guint run_id;                      /* of the channel of the run that made it */
  PisdGuidanceParameters parameters; /* in force in the evaluation of that step */
  gsize n;
  double *x;              /* [n] the state at the schedule's own level, before any churn */
  double *moments;        /* [2 n + 2] of the optimiser; NULL: the method has none */
  PisdScenario *scenario; /* what the steps from here on were made with; owned */

  /*< private >*/
  gint ref_count;
} PisdCheckpoint;

/* Arrays zero, one reference; `scenario`: copied. */
PisdCheckpoint *pisd_checkpoint_new (gsize n, gboolean has_moments, const PisdScenario *scenario);
PisdCheckpoint *pisd_checkpoint_ref (PisdCheckpoint *checkpoint);
void pisd_checkpoint_unref (PisdCheckpoint *checkpoint); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdCheckpoint, pisd_checkpoint_unref)

/* Bytes of its arrays. */
gsize pisd_checkpoint_get_bytes (const PisdCheckpoint *checkpoint);

G_END_DECLS
