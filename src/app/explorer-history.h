/* Undo and redo as whole scenarios: nothing here knows what an edit was.
 *
 * Units: times in microseconds of g_get_monotonic_time().
 * Threads: main thread only. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct _ExplorerHistory ExplorerHistory;

ExplorerHistory *explorer_history_new (guint max_levels);
void explorer_history_free (ExplorerHistory *history); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerHistory, explorer_history_free)

/* Takes the scenario as it was before an edit; forgets what could be redone.  Edits with the same
 * `tag` (NULL: none) less than a second apart become one level: the drag of a slider. */
void explorer_history_push (ExplorerHistory *history,
                            PisdScenario *before,
                            const char *tag,
                            gint64 now);
/* Takes the present scenario and returns the one before or after it; NULL (nothing taken) if there
 * is none. */
PisdScenario *explorer_history_undo (ExplorerHistory *history, PisdScenario *present);
PisdScenario *explorer_history_redo (ExplorerHistory *history, PisdScenario *present);
guint explorer_history_get_n_undo (const ExplorerHistory *history);
guint explorer_history_get_n_redo (const ExplorerHistory *history);

G_END_DECLS
