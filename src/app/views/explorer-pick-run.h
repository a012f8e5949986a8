/* What a pick shows of a run that is kept: its fields at a step, decoded from its frames. */
#pragma once

#include "explorer-pick-panel.h"

G_BEGIN_DECLS

/* The kept run of the present equation that stands right of a pane's divider; NULL: the run shown
 * does, or the other one is gone. */
const ExplorerRun *explorer_pick_find_run (const ExplorerShown *shown, const ExplorerPane *pane);
/* The step of it: the one that the pane keeps, or the one at the same share of its steps as the
 * step shown. */
guint explorer_pick_find_step (const ExplorerShown *shown,
                               const ExplorerPane *pane,
                               const ExplorerRun *run);
/* Whether a run that is kept tells that quantity: guidance is taken apart for the run shown, and
 * the exact answer is that of the sensors as they are. */
gboolean explorer_pick_is_of_runs (PisdQuantity quantity);
/* All frames of it, borrowed from the picks until the next call; NULL: there is none, and why. */
const PisdField *explorer_pick_decode (const ExplorerShowing *s,
                                       const ExplorerFieldRow *row,
                                       const ExplorerRun *run,
                                       guint step,
                                       PisdQuantity quantity);
const char *explorer_pick_get_lack_of_run (const ExplorerRun *run, PisdQuantity quantity);

G_END_DECLS
