/* What one pane of the linked views shows: a pick, and where it has a divider another one right of
 * it, of the same step or of one that is kept, of the same run or of another one. */
#pragma once

#include "explorer-columns.h"
#include "pisd-quantity.h"

G_BEGIN_DECLS

/* The right side follows the step shown, of another run at the same share of its steps; and the run
 * shown. */
#define EXPLORER_PANE_THIS_STEP -1
#define EXPLORER_PANE_THIS_RUN 0

typedef struct
{
  PisdPick pick;
  gboolean is_split;
  PisdPick beside; /* in space or of modes as `pick` is */
  guint run;       /* of what stands right of the divider: its id, ... */
  int step;        /* ... and its step */
  double divider;  /* its place, a share of the width */
} ExplorerPane;

/* As every column is at first. */
void explorer_pane_init (ExplorerPane *pane, ExplorerColumn column);
/* Whether it shows what its column is named for, and nothing else. */
gboolean explorer_pane_is_own (const ExplorerPane *pane, ExplorerColumn column);
/* Whether some part of it shows that. */
gboolean explorer_pane_has (const ExplorerPane *pane, PisdQuantity quantity);
/* A divider appears in the middle, with what is compared most, or goes. */
void explorer_pane_split (ExplorerPane *pane, gboolean is_split);

/* The picks of all panes that are not their column's own, as the preferences keep them:
 * "a.truth=error:modes u.exact=residual".  Dividers are of the moment.
 *
 * panes: [n_fields, EXPLORER_N_COLUMNS].  before: the text so far (NULL: none); what it says of
 * fields and quantities that the equation does not have is kept, and not read. */
typedef ExplorerPane ExplorerPanes[PISD_MAX_FIELDS][EXPLORER_N_COLUMNS];

char *explorer_panes_dup_text (const ExplorerPanes panes,
                               const PisdOperator *problem,
                               const char *before);
void explorer_panes_read (ExplorerPanes panes, const PisdOperator *problem, const char *text);

G_END_DECLS
