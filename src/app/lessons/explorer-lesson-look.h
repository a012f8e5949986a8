/* What a lesson wants to be seen: columns, and panes with other quantities; and what was seen
 * before it, which comes back when the lesson is closed.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-view-grid.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_kept;
  gboolean columns[EXPLORER_N_COLUMNS];
  gboolean noisy; /* the Estimate column showed the state */
  char *panes;
} ExplorerLessonLook;

/* A quantity that a column is named for is that column; any other one, and any map of modes, takes
 * the place of a column that is not asked for.  What was seen before is kept once. */
void explorer_lesson_look_put (ExplorerLessonLook *look,
                               ExplorerPreferences *preferences,
                               ExplorerViewGrid *grid,
                               const PisdOperator *problem,
                               const PisdPick *picks,
                               guint n);
/* Nothing where nothing was put. */
void explorer_lesson_look_restore (ExplorerLessonLook *look,
                                   ExplorerPreferences *preferences,
                                   ExplorerViewGrid *grid);
void explorer_lesson_look_clear (ExplorerLessonLook *look);

G_END_DECLS
