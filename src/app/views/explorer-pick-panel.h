/* What a pick shows of one row: its field or its map of modes, with colours, or why there is
 * none. */
#pragma once

#include "explorer-picks.h"

G_BEGIN_DECLS

/* One showing of all picks. */
typedef struct
{
  ExplorerPicks *picks;
  ExplorerFieldRow *rows;
  guint n;
  const ExplorerShown *shown;
  const PisdOperator *problem;
} ExplorerShowing;

/* Whether another step has another one. */
gboolean explorer_pick_depends_on_step (PisdQuantity quantity);
/* Whether the frame shown is one of the run that is shown. */
gboolean explorer_pick_has_frame (const ExplorerShown *shown);
/* What there is of the step shown, with all its frames, guidance apart; NULL: nothing.  And why. */
const PisdField *explorer_pick_find_field (const ExplorerShowing *s,
                                           const ExplorerFieldRow *row,
                                           PisdQuantity quantity);
const char *explorer_pick_get_lack (const ExplorerShowing *s, PisdQuantity quantity);
/* Of that equation; borrowed, NULL: it has none. */
PisdSolver *explorer_pick_prepare_solver (ExplorerPicks *picks, const PisdEquation *equation);
/* What stands left or right of a pane's divider.  The panel borrows from `frame` and `*held`, which
 * is another reference, and from the picks, until the next panel. */
void explorer_pick_fill_panel (const ExplorerShowing *s,
                               const ExplorerFieldRow *row,
                               const ExplorerPane *pane,
                               gboolean is_right,
                               ExplorerInspection **held,
                               PisdField *frame,
                               PisdPanel *panel);

G_END_DECLS
