/* Tools, placements, noise and the count of the sensors.
 *
 * Properties: "session" (ExplorerSession). */
#pragma once

#include <adwaita.h>

#include "explorer-brush.h"
#include "explorer-preferences.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SENSORS_PANEL (explorer_sensors_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSensorsPanel,
                      explorer_sensors_panel,
                      EXPLORER,
                      SENSORS_PANEL,
                      AdwPreferencesGroup)

void explorer_sensors_panel_set_models (ExplorerSensorsPanel *self,
                                        ExplorerBrush *brush,
                                        ExplorerPreferences *preferences);

G_END_DECLS
