/* A step of a run that was taken apart, as it is looked at: its vectors in space and as maps of
 * modes, and what they come to by wave number.
 *
 * Vectors are numbered as in pisd-inspector.h: the terms, then total and update.
 * Threads: made on a pool's thread, immutable from then on; counted references. */
#pragma once

#include "pisd-inspector.h"

G_BEGIN_DECLS

typedef struct
{
  guint run_id;
  guint step;    /* from this one to the next */
  guint n_steps; /* of the run */
  PisdProblemId problem;
  PisdInspection *inspection;
  /* Of every vector and field; NULL: there is none.  Frames of a field lie one below the other. */
  PisdField *fields[PISD_INSPECTION_N_VECTORS][PISD_MAX_FIELDS];
  /* log10 of |coefficients|, minus infinity where there is no mode, or nothing. */
  PisdField *maps[PISD_INSPECTION_N_VECTORS][PISD_MAX_FIELDS];
  PisdInspectionShells *shells[PISD_MAX_FIELDS]; /* NULL: no latent holds that field */
} ExplorerInspection;

/* NULL: cancelled.  `next`: nullable. */
ExplorerInspection *explorer_inspection_new (PisdInspector *inspector,
                                             const PisdFrame *frame,
                                             const PisdFrame *next);
ExplorerInspection *explorer_inspection_ref (ExplorerInspection *self);
void explorer_inspection_unref (ExplorerInspection *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerInspection, explorer_inspection_unref)

/* Why steps of a run with these settings hold nothing, in translated words; NULL: they do.  run:
 * NULL, there is none. */
const char *explorer_inspection_get_note (const PisdSettings *run);
/* What a vector is called, in a few translated words: "Readings of a", "Equation", "Total",
 * "Update". */
char *explorer_inspection_dup_title (PisdProblemId problem, guint which);
/* What it is, with its formula; translated. */
char *explorer_inspection_dup_formula (const ExplorerInspection *self, guint which);

G_END_DECLS
