/* What the pointer does on a field: tool, radius, and the bump of the drawn source.  The panels set
 * it, the views use it.
 *
 * Properties: "tool"       (ExplorerTool)
 *             "radius"     (uint, nodes; 0: one node)
 *             "amplitude"  (double, of the bump, signed)
 *             "width"      (double, standard deviation of the bump in units of the square's side)
 * Threads:    main thread only. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_TOOL_BRUSH,
  EXPLORER_TOOL_ERASER,
  EXPLORER_TOOL_LINE,
  EXPLORER_TOOL_SOURCE
} ExplorerTool;

#define EXPLORER_TYPE_TOOL (explorer_tool_get_type ())
GType explorer_tool_get_type (void);

#define EXPLORER_MAX_RADIUS 16

#define EXPLORER_TYPE_BRUSH (explorer_brush_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerBrush, explorer_brush, EXPLORER, BRUSH, GObject)

ExplorerBrush *explorer_brush_new (void);
ExplorerTool explorer_brush_get_tool (ExplorerBrush *self);
void explorer_brush_set_tool (ExplorerBrush *self, ExplorerTool tool);
guint explorer_brush_get_radius (ExplorerBrush *self);
void explorer_brush_resize (ExplorerBrush *self, int change);
double explorer_brush_get_amplitude (ExplorerBrush *self);
double explorer_brush_get_width (ExplorerBrush *self);
/* How far from its middle it draws, in nodes: the radius, or a source's width. */
int explorer_brush_get_reach (ExplorerBrush *self);

G_END_DECLS
