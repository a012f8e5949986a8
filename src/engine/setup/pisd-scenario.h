/* Everything one run needs: settings, sensors, and the truth where it is known. */
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
  char *weights_path;     /* owned; of a learned prior, NULL: the program's own */
  char *weights_hash;     /* owned; SHA-256 of their data when a file of this was saved, as it says;
                             NULL: it says nothing */
  char *socket_name;      /* owned; of another process's prior; NULL: none was named */
} PisdScenario;

PisdScenario *pisd_scenario_new (void); /* default settings, no sensors, no truth */
PisdScenario *pisd_scenario_dup (const PisdScenario *scenario);
void pisd_scenario_free (PisdScenario *scenario); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdScenario, pisd_scenario_free)

/* NULL: none. */
void pisd_scenario_set_socket (PisdScenario *scenario, const char *name);

/* The true field, borrowed; NULL where no truth is known. */
const PisdField *pisd_scenario_get_truth (const PisdScenario *scenario, PisdFieldId id);
/* forward, inverse or both, from which fields have sensors (forward when there are none). */
PisdTask pisd_scenario_get_task (const PisdScenario *scenario);
/* What its sensors say of the two fields. */
void pisd_scenario_get_mixture (const PisdScenario *scenario, PisdMixture *mixture);

G_END_DECLS
