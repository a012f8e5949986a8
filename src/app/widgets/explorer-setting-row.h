/* A row that shows and sets one setting of the scenario, whatever its type: the settings' table
 * says which title, which widget, which choices.
 *
 * Properties:
 *   "key" (string, once)          of the setting
 *   "session" (ExplorerSession)   whose scenario is shown */
#pragma once

#include <adwaita.h>

#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SETTING_ROW (explorer_setting_row_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSettingRow, explorer_setting_row, EXPLORER, SETTING_ROW, AdwActionRow)

G_END_DECLS
