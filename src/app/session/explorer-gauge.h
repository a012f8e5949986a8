/* What the person measures with: the line that profiles are taken along, pinned nodes, and marked
 * sensors.  It is of the window, not of the set-up: no file holds it and no undo takes it back.
 *
 * Signals: "changed" ()
 * Threads: main thread only. */
#pragma once

#include <glib-object.h>

#include "pisd-profile.h"
#include "pisd-watch.h"

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

#define EXPLORER_MOST_PINS 5

/* Pins a node that is not pinned, and takes the pin of one that is; FALSE: there are as many as
 * there may be. */
gboolean explorer_gauge_toggle_pin (ExplorerGauge *self, guint i, guint j);
void explorer_gauge_unpin_all (ExplorerGauge *self);
guint explorer_gauge_get_n_pins (ExplorerGauge *self);
const PisdWatchNode *explorer_gauge_get_pin (ExplorerGauge *self, guint pin);

/* More marks say no more, and take longer. */
#define EXPLORER_MOST_MARKED 512

/* The sensors that are marked, at most so many, which are copied; NULL: none. */
void explorer_gauge_set_marked (ExplorerGauge *self, const PisdSensors *sensors);
const PisdSensors *explorer_gauge_get_marked (ExplorerGauge *self);

G_END_DECLS
