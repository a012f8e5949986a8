/* The weights that a set-up names, or, where its learned prior takes them, the program's own, and
 * whether they are those that it was made with.
 *
 * Threads: as the scenario; the file's header is read. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* path: NULL: the program's own. */
void pisd_scenario_set_weights (PisdScenario *scenario, const char *path);
/* Their fingerprint as they are now, else as the set-up has it; NULL: not known. */
char *pisd_scenario_dup_weights_hash (const PisdScenario *scenario);
/* Of a set-up that has just been read: that there are others now, in one line; NULL: there are not,
 * or nothing is known.  name: of the set-up's file. */
char *pisd_scenario_dup_weights_warning (const PisdScenario *scenario, const char *name);

G_END_DECLS
