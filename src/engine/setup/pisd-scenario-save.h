/* Scenarios written to a file: all settings, the sensors, and where the truth comes from.
 *
 * Errors   PISD_ERROR_IO, FORMAT (a truth whose path is not UTF-8)
 */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Writes what pisd_scenario_load() reads back equal, atomically.  A truth that is neither the
 * random instance of the settings nor a file is written beside the scenario as NAME-truth.npz, or,
 * where the scenario that is replaced has that name for another one, as NAME-truth-2.npz: whatever
 * fails on the way, the old scenario has its old truth. */
gboolean pisd_scenario_save (const PisdScenario *scenario, const char *path, GError **error);
/* The text of such a file for a place that has no folder: paths are whole, and a truth that is not
 * the random instance of the settings is left out as if none were known. */
char *pisd_scenario_dup_text (const PisdScenario *scenario, gsize *size, GError **error);

G_END_DECLS
