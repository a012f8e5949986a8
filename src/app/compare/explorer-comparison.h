/* Every guidance method on the same readings, truth and seed: which runs when, on threads of their
 * own, and what came of each.  No widgets.
 *
 * Each method has its preset for the readings' task, square modes of the scenario's K, its own
 * count of steps and M samples; sample s has seed + s.  Two methods run at a time: exact and second
 * order share what they factor, the others their prior.
 * Signals: "ready" ()      there is something to drain
 *          "changed" ()    a method began, ended or failed; drained before
 * Threads: main thread only; the jobs have threads of their own. */
#pragma once

#include <gio/gio.h>

#include "pisd-track.h"

G_BEGIN_DECLS

#define EXPLORER_COMPARISON_MOST_STEPS 2000
#define EXPLORER_COMPARISON_MOST_SAMPLES 64

#define EXPLORER_TYPE_COMPARISON (explorer_comparison_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerComparison, explorer_comparison, EXPLORER, COMPARISON, GObject)

ExplorerComparison *explorer_comparison_new (const PisdScenario *scenario); /* copied */
const PisdScenario *explorer_comparison_get_scenario (ExplorerComparison *self);

/* In force from the next start; steps of the exact method stay 1. */
void explorer_comparison_set_steps (ExplorerComparison *self, PisdGuidanceId method, guint steps);
guint explorer_comparison_get_steps (ExplorerComparison *self, PisdGuidanceId method);
/* Steps that the method's authors, or its preset, give it. */
guint explorer_comparison_get_preset_steps (ExplorerComparison *self, PisdGuidanceId method);
void explorer_comparison_set_samples (ExplorerComparison *self, guint samples);
guint explorer_comparison_get_samples (ExplorerComparison *self);
void explorer_comparison_set_seed (ExplorerComparison *self, guint64 seed);
guint64 explorer_comparison_get_seed (ExplorerComparison *self);

/* Forgets what there is and runs all methods. */
void explorer_comparison_start (ExplorerComparison *self);
void explorer_comparison_stop (ExplorerComparison *self); /* keeps what there is */
gboolean explorer_comparison_is_running (ExplorerComparison *self);
/* Takes over the steps done since the last call; FALSE if there were none. */
gboolean explorer_comparison_drain (ExplorerComparison *self);
/* Borrowed until the next start; NULL before the first. */
PisdTrack *explorer_comparison_get_track (ExplorerComparison *self, PisdGuidanceId method);
/* Error of the exact mean: no other estimate has a smaller expected one; NaN: not (yet) known. */
double explorer_comparison_get_exact_error (ExplorerComparison *self, guint field);

G_END_DECLS
