/* What the person measures with: the line that profiles are taken along.  It is of the window, not
 * of the set-up: no file holds it and no undo takes it back.
 *
 * Signals: "changed" ()
 * Threads: main thread only. */
#pragma once

#include <glib-object.h>

#include "pisd-profile.h"

G_BEGIN_DECLS

/* Through the node pointed at, along x or along y; or as it was drawn. */
typedef enum
{
  EXPLORER_LINE_ROW,
  EXPLORER_LINE_COLUMN,
  EXPLORER_LINE_DRAWN
} ExplorerLine;

#define EXPLORER_TYPE_GAUGE (explorer_gauge_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerGauge, explorer_gauge, EXPLORER, GAUGE, GObject)

ExplorerGauge *explorer_gauge_new (void);
ExplorerLine explorer_gauge_get_line (ExplorerGauge *self);
void explorer_gauge_set_line (ExplorerGauge *self, ExplorerLine line);
/* It is the drawn one from now on. */
void explorer_gauge_draw_line (ExplorerGauge *self, const PisdSegment *segment);
/* Where it is, through a place of the unit square where it is not drawn. */
void explorer_gauge_get_segment (ExplorerGauge *self, double x, double y, PisdSegment *segment);

G_END_DECLS
