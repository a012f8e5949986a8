/* Everything one run needs, as a GKeyFile text: settings, sensors, and where the truth comes from.
 *
 *   [scenario]           one key a setting, names as in pisd_settings_get_infos(); absent = default
 *   [truth]              file = NPZ path, relative to the scenario; absent = the random instance;
 *                        known = false where there is no truth at all
 *   [sensors]            rows = field,x,y,t,value,sd;field,x,y,t,value,sd;...
 */
#pragma once

#include "pisd-sensors.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  PisdSettings settings;
  PisdSensors *sensors;   /* owned */
  PisdInstance *instance; /* owned reference; NULL where no truth is known */
  char *truth_path;       /* owned; NULL unless the truth came from a file */
} PisdScenario;

PisdScenario *pisd_scenario_new (void); /* default settings, no sensors, no truth */
PisdScenario *pisd_scenario_dup (const PisdScenario *scenario);
void pisd_scenario_free (PisdScenario *scenario); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdScenario, pisd_scenario_free)

/* forward, inverse or both, from which fields have sensors (forward when there are none). */
PisdTask pisd_scenario_get_task (const PisdScenario *scenario);

/* Reads a file; unknown groups or keys are refused.  Errors: PISD_ERROR_IO, FORMAT, UNKNOWN, RANGE,
 * LIMIT, SHAPE, RESONANCE, each naming file and key. */
PisdScenario *pisd_scenario_load (const char *path, GError **error);
/* Writes what pisd_scenario_load() reads back equal, atomically.  A truth that is neither the
 * random instance of the settings nor a file is written beside the scenario as NAME-truth.npz. */
gboolean pisd_scenario_save (const PisdScenario *scenario, const char *path, GError **error);

G_END_DECLS
