/* The preset that a scenario's method and task have, and edits that keep a scenario at it. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* The preset of the scenario's guidance and task; steps and modes stay as they are. */
void pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset);
/* Where `before` was at its preset, `after` is moved to its own: the task or the problem has
 * changed. */
void pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after);

G_END_DECLS
