/* Tools, placements, noise and the count of the sensors. */
#pragma once

#include "explorer-flow.h"
#include "explorer-panel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SENSORS_PANEL (explorer_sensors_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSensorsPanel,
                      explorer_sensors_panel,
                      EXPLORER,
                      SENSORS_PANEL,
                      ExplorerPanel)

/* Before the models: sensors are replaced at the moment that it says. */
void explorer_sensors_panel_set_flow (ExplorerSensorsPanel *self, ExplorerFlow *flow);

G_END_DECLS
