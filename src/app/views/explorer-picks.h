/* What panes show that are not their column's own: other quantities, maps of modes, and what stands
 * right of a divider.  Computed when it is shown, and nothing where all panes are their own. */
#pragma once

#include "explorer-field-row.h"
#include "explorer-inspector.h"
#include "pisd-mode-map.h"
#include "pisd-solver.h"

G_BEGIN_DECLS

/* What a field was decoded from. */
typedef struct
{
  guint run, step, row;
  PisdQuantity quantity;
  gboolean is_over; /* the run has its result */
} ExplorerDecoded;

typedef struct
{
  ExplorerInspector *inspector; /* owned; NULL: guidance is not taken apart */
  gboolean watches;             /* it was told so */
  PisdSolver *solver;           /* of `equation`; NULL before it is needed */
  PisdEquation equation;
  PisdField *residual; /* of what is shown; NULL before it is needed */
  gboolean has_residual;
  PisdModeMap *maps[PISD_MAX_FIELDS]; /* NULL before they are needed */
  PisdField *map;                     /* the one that is shown next */
  PisdField *kept;                    /* of a step that is kept, the last one; NULL: none */
  ExplorerDecoded kept_of;
} ExplorerPicks;

void explorer_picks_clear (ExplorerPicks *picks);
/* Guidance is taken apart by it from now on; referenced. */
void explorer_picks_set_inspector (ExplorerPicks *picks, ExplorerInspector *inspector);
/* Shows all picks of the rows.  rows: [n]. */
void explorer_picks_show (ExplorerPicks *picks,
                          ExplorerFieldRow *rows,
                          guint n,
                          const ExplorerShown *shown);
/* Ranges of the rows become as wide as what other runs show right of dividers. */
void explorer_picks_widen (ExplorerPicks *picks,
                           ExplorerFieldRow *rows,
                           guint n,
                           const ExplorerShown *shown);
/* Why a row has nothing of that quantity to show, translated; NULL: it has.  right: the pane that
 * shall have it right of its divider; NULL: left of it. */
const char *explorer_picks_find_lack (ExplorerPicks *picks,
                                      ExplorerFieldRow *rows,
                                      guint n,
                                      guint row,
                                      const ExplorerPane *right,
                                      const ExplorerShown *shown,
                                      PisdQuantity quantity);

G_END_DECLS
