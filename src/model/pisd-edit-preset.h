/* The preset that a scenario's method and sensors have, and edits that keep a scenario at it. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* The preset of the scenario's guidance and sensors; steps and modes stay as they are. */
void pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset);
/* What of `before` was at its preset, and what the edit left alone, is moved to that of `after`:
 * sensors, steps or the problem have changed.  Settings that were set by hand stay, and all of them
 * where the method has changed, unless it weighs terms and the one before did not: it begins with
 * its preset.  TRUE: a number moved by more than a factor of 1.5; a person should hear of it. */
gboolean pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after);

/* Keys of the settings that follow the sensors: the method's preset makes them from what is
 * measured, and nobody set another value.  Empty for methods that have one preset for all tasks;
 * NULL-terminated, owned. */
GStrv pisd_edit_get_followed (const PisdScenario *scenario);
/* "Weights follow 501 sensors (a 1, u 500)", translated, owned; NULL where none of them does. */
char *pisd_edit_dup_followed (const PisdScenario *scenario);

G_END_DECLS
