/* Undo and redo as whole scenarios, on the stacks of pisd-undo.h: nothing here knows what an edit
 * was.  They are put away as pisd-level.h says.
 *
 * Units: times in microseconds of g_get_monotonic_time().
 * Threads: main thread only. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct _PisdHistory PisdHistory;

/* Keeps `most` levels; beyond the newest `least` only while what they hold takes at most `bytes`.
 * Sensors and truths that levels share count once. */
PisdHistory *pisd_history_new (guint least, guint most, gsize bytes);
void pisd_history_free (PisdHistory *history); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdHistory, pisd_history_free)

/* Takes the scenario as it was before an edit; edits that join (pisd_undo_joins()) become one
 * level. */
void pisd_history_push (PisdHistory *history, PisdScenario *before, const char *tag, gint64 now);
/* Puts the present scenario away and returns the one before or after it; NULL if there is none. */
PisdScenario *pisd_history_undo (PisdHistory *history, const PisdScenario *present);
PisdScenario *pisd_history_redo (PisdHistory *history, const PisdScenario *present);
guint pisd_history_get_n_undo (const PisdHistory *history);
guint pisd_history_get_n_redo (const PisdHistory *history);

G_END_DECLS
