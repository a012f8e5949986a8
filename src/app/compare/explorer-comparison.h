/* Runs what a plan says, on the same readings and truth: which column when, on threads of their
 * own, and what came of each.  No widgets.
 *
 * Two columns run at a time: those that condition on the readings share what they factor, the
 * others their prior.
 * Signals: "ready" ()      there is something to drain
 *          "changed" ()    a column began, ended or failed; drained before
 * Threads: main thread only; the jobs have threads of their own. */
#pragma once

#include <gio/gio.h>

#include "explorer-plan.h"
#include "pisd-track.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COMPARISON (explorer_comparison_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerComparison, explorer_comparison, EXPLORER, COMPARISON, GObject)

ExplorerComparison *explorer_comparison_new (const PisdScenario *scenario); /* copied */
/* Borrowed; what is changed in it is in force from the next start. */
ExplorerPlan *explorer_comparison_get_plan (ExplorerComparison *self);

/* Forgets what there is and runs all that is chosen. */
void explorer_comparison_start (ExplorerComparison *self);
void explorer_comparison_stop (ExplorerComparison *self); /* keeps what there is */
gboolean explorer_comparison_is_running (ExplorerComparison *self);
/* Takes over the steps done since the last call; FALSE if there were none. */
gboolean explorer_comparison_drain (ExplorerComparison *self);
/* Borrowed until the next start; NULL before the first and for what was not chosen. */
PisdTrack *explorer_comparison_get_track (ExplorerComparison *self, guint column);
/* Error of the exact mean: no other estimate has a smaller expected one; NaN: not (yet) known. */
double explorer_comparison_get_exact_error (ExplorerComparison *self, guint field);

G_END_DECLS
