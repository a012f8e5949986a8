/* Steps that were taken apart and may be asked for again: the newest, and all that were asked for
 * since the last one came, so that whoever shows many steps at once gets all of them.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-inspection.h"

G_BEGIN_DECLS

/* The newest, asked for or not. */
#define EXPLORER_INSPECTOR_KEPT 4

typedef struct
{
  GPtrArray *items; /* the newest last; NULL: none */
} ExplorerInspectorKept;

void explorer_inspector_kept_clear (ExplorerInspectorKept *self);
/* It is asked for; borrowed, NULL: it is not there. */
ExplorerInspection *explorer_inspector_kept_find (ExplorerInspectorKept *self, guint step);
/* Takes it; what nobody asked for goes. */
void explorer_inspector_kept_take (ExplorerInspectorKept *self, ExplorerInspection *inspection);

G_END_DECLS
