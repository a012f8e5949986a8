/* Where to measure next: the map of what one more sensor would tell, the best place in words, more
 * sensors put where they help most, and the error to be expected with them.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-field-view.h"
#include "explorer-panel.h"
#include "explorer-where.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_WHERE_PANEL (explorer_where_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerWherePanel,
                      explorer_where_panel,
                      EXPLORER,
                      WHERE_PANEL,
                      ExplorerPanel)

/* Before the models. */
void explorer_where_panel_set_where (ExplorerWherePanel *self, ExplorerWhere *where);

/* For tests: the map. */
ExplorerFieldView *explorer_where_panel_get_view (ExplorerWherePanel *self);

G_END_DECLS
