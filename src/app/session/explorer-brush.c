#include "explorer-brush.h"

#include <math.h>

#include "pisd-field.h"

G_DEFINE_ENUM_TYPE (ExplorerTool,
                    explorer_tool,
                    G_DEFINE_ENUM_VALUE (EXPLORER_TOOL_BRUSH, "brush"),
                    G_DEFINE_ENUM_VALUE (EXPLORER_TOOL_ERASER, "eraser"),
                    G_DEFINE_ENUM_VALUE (EXPLORER_TOOL_LINE, "line"),
                    G_DEFINE_ENUM_VALUE (EXPLORER_TOOL_SOURCE, "source"))

struct _ExplorerBrush
{
  GObject parent_instance;
  ExplorerTool tool;
  guint radius;
  double amplitude;
  double width;
};

G_DEFINE_FINAL_TYPE (ExplorerBrush, explorer_brush, G_TYPE_OBJECT)

enum
{
  PROP_TOOL = 1,
  PROP_RADIUS,
  PROP_AMPLITUDE,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
explorer_brush_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerBrush *self = EXPLORER_BRUSH (object);

  switch (id)
    {
    case PROP_TOOL:
      g_value_set_enum (value, self->tool);
      break;
    case PROP_RADIUS:
      g_value_set_uint (value, self->radius);
      break;
    case PROP_AMPLITUDE:
      g_value_set_double (value, self->amplitude);
      break;
    case PROP_WIDTH:
      g_value_set_double (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_brush_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ExplorerBrush *self = EXPLORER_BRUSH (object);

  switch (id)
    {
    case PROP_TOOL:
      self->tool = g_value_get_enum (value);
      break;
    case PROP_RADIUS:
      self->radius = g_value_get_uint (value);
      break;
    case PROP_AMPLITUDE:
      self->amplitude = g_value_get_double (value);
      break;
    case PROP_WIDTH:
      self->width = g_value_get_double (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_brush_class_init (ExplorerBrushClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = explorer_brush_get_property;
  object_class->set_property = explorer_brush_set_property;

  properties[PROP_TOOL] =
      g_param_spec_enum ("tool", NULL, NULL, EXPLORER_TYPE_TOOL, EXPLORER_TOOL_BRUSH, flags);
  properties[PROP_RADIUS] =
      g_param_spec_uint ("radius", NULL, NULL, 0, EXPLORER_MAX_RADIUS, 0, flags);
  properties[PROP_AMPLITUDE] = g_param_spec_double ("amplitude", NULL, NULL, -100, 100, 1, flags);
  properties[PROP_WIDTH] = g_param_spec_double ("width", NULL, NULL, 0.01, 0.5, 0.08, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
explorer_brush_init (ExplorerBrush *self)
{
  self->tool = EXPLORER_TOOL_BRUSH;
  self->amplitude = 1;
  self->width = 0.08;
}

ExplorerBrush *
explorer_brush_new (void)
{
  return g_object_new (EXPLORER_TYPE_BRUSH, NULL);
}

ExplorerTool
explorer_brush_get_tool (ExplorerBrush *self)
{
  return self->tool;
}

void
explorer_brush_set_tool (ExplorerBrush *self, ExplorerTool tool)
{
  g_object_set (self, "tool", tool, NULL);
}

guint
explorer_brush_get_radius (ExplorerBrush *self)
{
  return self->radius;
}

void
explorer_brush_resize (ExplorerBrush *self, int change)
{
  const int radius = CLAMP ((int) self->radius + change, 0, EXPLORER_MAX_RADIUS);

  g_object_set (self, "radius", (guint) radius, NULL);
}

double
explorer_brush_get_amplitude (ExplorerBrush *self)
{
  return self->amplitude;
}

double
explorer_brush_get_width (ExplorerBrush *self)
{
  return self->width;
}

int
explorer_brush_get_reach (ExplorerBrush *self)
{
  if (self->tool == EXPLORER_TOOL_SOURCE)
    return (int) round (self->width * (PISD_GRID - 1));
  return (int) self->radius;
}
