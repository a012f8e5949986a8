/* One axis of a sweep, as a person sets it: which setting, and its values.  Values are suggested
 * when a setting is chosen, until somebody writes others.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-sweep.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SWEEP_AXIS (explorer_sweep_axis_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSweepAxis, explorer_sweep_axis, EXPLORER, SWEEP_AXIS, GtkBox)

/* What the scenario uses can be chosen, and nothing at all where `optional`; what was chosen stays
 * where it is still among them, else it is `key`. */
void explorer_sweep_axis_set_scenario (ExplorerSweepAxis *self,
                                       const PisdScenario *scenario,
                                       const char *key,
                                       gboolean optional);
/* "KEY=VALUES", owned; NULL: there is no such axis. */
char *explorer_sweep_axis_dup_text (ExplorerSweepAxis *self);
/* The entry is marked where its values cannot be used, with the reason; NULL: they can. */
void explorer_sweep_axis_set_error (ExplorerSweepAxis *self, const char *message);

/* For tests. */
void explorer_sweep_axis_choose (ExplorerSweepAxis *self, const char *key);
GtkEditable *explorer_sweep_axis_get_entry (ExplorerSweepAxis *self);

G_END_DECLS
