#include "explorer-field-view.h"

#include "explorer-field-marks.h"
#include "pisd-line.h"
#include "pisd-draw-panel.h"
#include "pisd-draw-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SMALLEST_WIDTH 150
#define SMALLEST_HEIGHT 120
#define LONG_MOVE 8 /* nodes that Shift and an arrow key move the cross-hair */

struct _ExplorerFieldView
{
  GtkWidget parent_instance;

  /* what is shown */
  char *title;
  char *note;
  PisdField *field; /* NULL: empty */
  PisdColormap map;
  double min, max;
  PisdSensors *sensors; /* NULL: none */
  PisdFieldId sensor_field;
  gboolean show_sensors;
  const PisdPalette *palette;

  /* kept between two drawings; NULL: stale */
  cairo_surface_t *pixels; /* the heatmap, one pixel a node */
  cairo_surface_t *dots;   /* the sensors, in device pixels */
  PisdBox dots_box;        /* where and ... */
  int dots_scale;          /* ... how finely they were drawn */
  PisdColorScale scale;    /* made with the pixels */

  /* what is done */
  gboolean editable, erasing;
  int radius;
  int cross_i, cross_j;     /* (-1, -1): none */
  gboolean by_keys;         /* the cross-hair was moved by keys last */
  int pointer_i, pointer_j; /* node under the pointer, (-1, -1): outside */
  gboolean stroking;
  gboolean stroke_erases;
  PisdLine line; /* where the stroke is; may lie outside the grid */
};

enum
{
  STROKE_BEGIN,
  STROKE,
  STROKE_END,
  HOVER,
  BRUSH_RESIZE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerFieldView, explorer_field_view, GTK_TYPE_WIDGET)

/* Geometry */

static guint
get_ny (ExplorerFieldView *self)
{
  return self->field != NULL ? self->field->ny : PISD_GRID;
}

static guint
get_nx (ExplorerFieldView *self)
{
  return self->field != NULL ? self->field->nx : PISD_GRID;
}

static void
get_layout (ExplorerFieldView *self, PisdPanelLayout *layout)
{
  PisdBox box = { 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                  gtk_widget_get_height (GTK_WIDGET (self)) };

  pisd_panel_layout_init (layout, &box, get_ny (self), get_nx (self));
}

/* The node at a place; beyond the heatmap it counts on, to negative numbers or past the grid. */
static void
get_node_at (ExplorerFieldView *self, double x, double y, int *i, int *j)
{
  PisdPanelLayout layout;

  get_layout (self, &layout);
  *i = *j = -1;
  if (layout.heat.width < 1.0 || layout.heat.height < 1.0)
    return;
  *i = (int) floor ((y - layout.heat.y) / layout.heat.height * get_ny (self));
  *j = (int) floor ((x - layout.heat.x) / layout.heat.width * get_nx (self));
}

static gboolean
is_node (ExplorerFieldView *self, int i, int j)
{
  return i >= 0 && j >= 0 && i < (int) get_ny (self) && j < (int) get_nx (self);
}

static PisdBox
get_node_box (ExplorerFieldView *self, const PisdPanelLayout *layout, int i, int j)
{
  double height = layout->heat.height / get_ny (self);
  double width = layout->heat.width / get_nx (self);

  return (PisdBox){ layout->heat.x + j * width, layout->heat.y + i * height, width, height };
}

static gboolean
has_sensor_at (ExplorerFieldView *self, int i, int j)
{
  double s = PISD_GRID - 1.0;

  if (self->sensors == NULL)
    return FALSE;
  return pisd_sensors_find (self->sensors, self->sensor_field, j / s, i / s, 0.5 / s) >= 0;
}

/* Drawing */

static void
update_pixels (ExplorerFieldView *self)
{
  if (self->pixels != NULL)
    return;
  self->pixels = pisd_heatmap_create_pixels (self->field, self->map, self->min, self->max);
  pisd_color_scale_init (&self->scale, self->map, self->min, self->max, self->field);
}

static gboolean
boxes_equal (const PisdBox *a, const PisdBox *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* Thousands of circles cost milliseconds; sensors change far less often than fields. */
static void
update_dots (ExplorerFieldView *self, const PisdBox *heat)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_t *cr;

  if (self->dots != NULL && scale == self->dots_scale && boxes_equal (heat, &self->dots_box))
    return;
  g_clear_pointer (&self->dots, cairo_surface_destroy);
  self->dots_scale = scale;
  self->dots_box = *heat;
  self->dots = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                           gtk_widget_get_width (GTK_WIDGET (self)) * scale,
                                           gtk_widget_get_height (GTK_WIDGET (self)) * scale);
  cairo_surface_set_device_scale (self->dots, scale, scale);
  cr = cairo_create (self->dots);
  pisd_draw_sensors (cr, heat, self->sensors, self->sensor_field);
  cairo_destroy (cr);
}

static void
draw_sensors (ExplorerFieldView *self, cairo_t *cr, const PisdBox *heat)
{
  if (self->sensors == NULL || !self->show_sensors)
    return;
  update_dots (self, heat);
  cairo_set_source_surface (cr, self->dots, 0.0, 0.0);
  cairo_paint (cr);
}

/* "(0.25, 0.50)  −0.13 ●" at the right of the title; the place is left out where it does not fit.
 */
static char *
dup_readout (ExplorerFieldView *self, double value, gboolean with_place)
{
  g_autofree char *number = pisd_number_dup_markup (value);
  const char *sensor = has_sensor_at (self, self->cross_i, self->cross_j) ? " ◉" : "";

  if (!with_place)
    return g_strconcat (number, sensor, NULL);
  return g_strdup_printf ("(%.2f, %.2f)  %s%s", self->cross_j / (get_nx (self) - 1.0),
                          self->cross_i / (get_ny (self) - 1.0), number, sensor);
}

static double
get_cross_value (ExplorerFieldView *self)
{
  return self->field->data[(gsize) self->cross_i * self->field->nx + (gsize) self->cross_j];
}

static void
draw_readout (ExplorerFieldView *self, cairo_t *cr, const PisdPanelLayout *layout)
{
  PisdTextStyle title = { .size = 12.5 * layout->scale, .bold = TRUE };
  PisdTextStyle style = { .size = 11.5 * layout->scale, .ink = &self->palette->text, .align = 1.0 };
  double value = get_cross_value (self);
  g_autofree char *escaped = g_markup_escape_text (self->title, -1);
  g_autofree char *text = dup_readout (self, value, TRUE);
  double room = layout->title.width - pisd_text_get_width (&title, escaped) - 12.0;

  if (pisd_text_get_width (&style, text) > room)
    {
      g_free (text);
      text = dup_readout (self, value, FALSE);
    }
  if (pisd_text_get_width (&style, text) <= room)
    pisd_draw_markup (cr, layout->title.x + layout->title.width,
                      layout->title.y + 0.46 * layout->title.height, &style, text);
  pisd_draw_color_scale_mark (cr, &layout->bar, self->palette, &self->scale, value);
}

static void
draw_marks (ExplorerFieldView *self, cairo_t *cr, const PisdPanelLayout *layout)
{
  gboolean pointed = is_node (self, self->pointer_i, self->pointer_j);

  if (self->field != NULL && is_node (self, self->cross_i, self->cross_j))
    {
      PisdBox node = get_node_box (self, layout, self->cross_i, self->cross_j);

      if (self->by_keys || !pointed || !self->editable)
        explorer_draw_crosshair (cr, &layout->heat, &node);
      draw_readout (self, cr, layout);
    }
  if (pointed && self->editable && !self->by_keys)
    {
      PisdBox node = get_node_box (self, layout, self->pointer_i, self->pointer_j);
      gboolean erases = self->stroking ? self->stroke_erases : self->erasing;

      explorer_draw_brush (cr, &layout->heat, &node, self->radius, erases);
    }
  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    explorer_draw_focus (cr, &layout->heat, self->palette);
}

static void
explorer_field_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget));
  PisdPanelLayout layout;
  cairo_t *cr;

  get_layout (self, &layout);
  if (layout.heat.width < 1.0 || layout.heat.height < 1.0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (self->field != NULL)
    {
      update_pixels (self);
      pisd_draw_heatmap_pixels (cr, &layout.heat, self->pixels);
    }
  draw_sensors (self, cr, &layout.heat);
  pisd_draw_panel_frame (cr, &layout, self->palette, self->title, self->note,
                         self->field != NULL ? &self->scale : NULL);
  draw_marks (self, cr, &layout);
  cairo_destroy (cr);
}

static void
explorer_field_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  *natural = *minimum;
}

static void
explorer_field_view_state_flags_changed (GtkWidget *widget, GtkStateFlags old_flags)
{
  gtk_widget_queue_draw (widget); /* the focus ring */
  GTK_WIDGET_CLASS (explorer_field_view_parent_class)->state_flags_changed (widget, old_flags);
}

/* Strokes */

static void
emit_node (ExplorerFieldView *self, int i, int j)
{
  if (is_node (self, i, j))
    g_signal_emit (self, signals[STROKE], 0, i, j);
}

static void
begin_stroke (ExplorerFieldView *self, gboolean erase, int i, int j)
{
  self->stroking = TRUE;
  self->stroke_erases = erase;
  self->line = (PisdLine){ .i = i, .j = j };
  g_signal_emit (self, signals[STROKE_BEGIN], 0, erase);
  emit_node (self, i, j);
}

/* Motion events come late and far apart, but no node is skipped. */
static void
continue_stroke (ExplorerFieldView *self, int i, int j)
{
  while (self->stroking && pisd_line_step (&self->line, i, j))
    emit_node (self, self->line.i, self->line.j);
}

static void
end_stroke (ExplorerFieldView *self)
{
  if (!self->stroking)
    return;
  self->stroking = FALSE;
  g_signal_emit (self, signals[STROKE_END], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Pointer */

static void
set_pointer (ExplorerFieldView *self, int i, int j)
{
  if (!is_node (self, i, j))
    i = j = -1;
  if (i == self->pointer_i && j == self->pointer_j && !self->by_keys)
    return;
  self->pointer_i = i;
  self->pointer_j = j;
  self->by_keys = FALSE;
  explorer_field_view_set_crosshair (self, i, j);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[HOVER], 0, i, j);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ExplorerFieldView *self)
{
  int i, j;

  get_node_at (self, x, y, &i, &j);
  set_pointer (self, i, j);
}

static void
on_leave (GtkEventControllerMotion *controller, ExplorerFieldView *self)
{
  if (!self->by_keys)
    set_pointer (self, -1, -1);
  self->pointer_i = self->pointer_j = -1;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerFieldView *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));
  int i, j;

  get_node_at (self, x, y, &i, &j);
  if (!is_node (self, i, j))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_pointer (self, i, j);
  if (!self->editable || (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_SECONDARY))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  begin_stroke (self, button == GDK_BUTTON_SECONDARY || self->erasing, i, j);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerFieldView *self)
{
  double x, y;
  int i, j;

  if (!self->stroking || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  get_node_at (self, x + dx, y + dy, &i, &j);
  set_pointer (self, i, j);
  continue_stroke (self, i, j);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, ExplorerFieldView *self)
{
  on_drag_update (drag, dx, dy, self);
  end_stroke (self);
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, ExplorerFieldView *self)
{
  end_stroke (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ExplorerFieldView *self)
{
  GtkEventController *base = GTK_EVENT_CONTROLLER (controller);

  if ((gtk_event_controller_get_current_event_state (base) & GDK_CONTROL_MASK) == 0
      || !self->editable)
    return GDK_EVENT_PROPAGATE;
  if (dy != 0.0)
    g_signal_emit (self, signals[BRUSH_RESIZE], 0, dy < 0.0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

/* Keys */

/* What a screen reader says of the cross-hair. */
static void
describe_cross (ExplorerFieldView *self)
{
  g_autofree char *text = NULL;
  gboolean sensor = has_sensor_at (self, self->cross_i, self->cross_j);

  if (self->field == NULL)
    return;
  text = g_strdup_printf (sensor ? _ ("row %d, column %d: %.4g, sensor")
                                 : _ ("row %d, column %d: %.4g"),
                          self->cross_i, self->cross_j, get_cross_value (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/* The first key only shows the cross-hair, in the middle. */
static void
move_cross (ExplorerFieldView *self, int di, int dj)
{
  int i = (int) get_ny (self) / 2;
  int j = (int) get_nx (self) / 2;

  if (is_node (self, self->cross_i, self->cross_j))
    {
      i = CLAMP (self->cross_i + di, 0, (int) get_ny (self) - 1);
      j = CLAMP (self->cross_j + dj, 0, (int) get_nx (self) - 1);
    }
  self->by_keys = TRUE;
  explorer_field_view_set_crosshair (self, i, j);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  describe_cross (self);
  g_signal_emit (self, signals[HOVER], 0, i, j);
}

static void
toggle_sensor (ExplorerFieldView *self)
{
  if (!is_node (self, self->cross_i, self->cross_j))
    {
      move_cross (self, 0, 0);
      return;
    }
  if (self->stroking)
    return;
  begin_stroke (self, has_sensor_at (self, self->cross_i, self->cross_j), self->cross_i,
                self->cross_j);
  end_stroke (self);
  describe_cross (self);
}

static const struct
{
  guint key, keypad_key;
  int di, dj;
} moves[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0 },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1 },
};

static gboolean
is_enter (guint key)
{
  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerFieldView *self)
{
  int length = (state & GDK_SHIFT_MASK) != 0 ? LONG_MOVE : 1;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint k = 0; k < G_N_ELEMENTS (moves); k++)
    if (key == moves[k].key || key == moves[k].keypad_key)
      {
        move_cross (self, length * moves[k].di, length * moves[k].dj);
        return GDK_EVENT_STOP;
      }
  if (!is_enter (key) || !self->editable)
    return GDK_EVENT_PROPAGATE;
  toggle_sensor (self);
  return GDK_EVENT_STOP;
}

/* Life */

static void
explorer_field_view_unmap (GtkWidget *widget)
{
  end_stroke (EXPLORER_FIELD_VIEW (widget));
  GTK_WIDGET_CLASS (explorer_field_view_parent_class)->unmap (widget);
}

static void
explorer_field_view_finalize (GObject *object)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (object);

  g_free (self->title);
  g_free (self->note);
  pisd_field_free (self->field);
  pisd_sensors_free (self->sensors);
  g_clear_pointer (&self->pixels, cairo_surface_destroy);
  g_clear_pointer (&self->dots, cairo_surface_destroy);
  G_OBJECT_CLASS (explorer_field_view_parent_class)->finalize (object);
}

static void
explorer_field_view_class_init (ExplorerFieldViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = explorer_field_view_finalize;
  widget_class->snapshot = explorer_field_view_snapshot;
  widget_class->measure = explorer_field_view_measure;
  widget_class->unmap = explorer_field_view_unmap;
  widget_class->state_flags_changed = explorer_field_view_state_flags_changed;

  signals[STROKE_BEGIN] = g_signal_new ("stroke-begin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[STROKE] = g_signal_new ("stroke", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[STROKE_END] =
      g_signal_new ("stroke-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HOVER] = g_signal_new ("hover", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_INT, G_TYPE_INT);
  signals[BRUSH_RESIZE] = g_signal_new ("brush-resize", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "fieldview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_pointer_controllers (ExplorerFieldView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
explorer_field_view_init (ExplorerFieldView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->title = g_strdup ("");
  self->map = PISD_COLORMAP_DIVERGING;
  self->show_sensors = TRUE;
  self->palette = pisd_palette_get (FALSE);
  self->cross_i = self->cross_j = -1;
  self->pointer_i = self->pointer_j = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_pointer_controllers (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
explorer_field_view_new (void)
{
  return g_object_new (EXPLORER_TYPE_FIELD_VIEW, NULL);
}

/* What is shown */

static void
forget_pixels (ExplorerFieldView *self)
{
  g_clear_pointer (&self->pixels, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_dots (ExplorerFieldView *self)
{
  g_clear_pointer (&self->dots, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_title (ExplorerFieldView *self, const char *title)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (title == NULL)
    title = "";
  if (strcmp (title, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
shapes_equal (const PisdField *a, const PisdField *b)
{
  return a != NULL && b != NULL && a->ny == b->ny && a->nx == b->nx;
}

static gboolean
fields_equal (const PisdField *a, const PisdField *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return shapes_equal (a, b)
         && memcmp (a->data, b->data, pisd_field_get_n (a) * sizeof *a->data) == 0;
}

/* The truth comes with every frame and is drawn once. */
void
explorer_field_view_set_field (ExplorerFieldView *self, const PisdField *field, const char *note)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (fields_equal (self->field, field) && g_strcmp0 (self->note, note) == 0)
    return;
  if (shapes_equal (self->field, field))
    pisd_field_copy (field, self->field);
  else
    {
      pisd_field_free (self->field);
      self->field = field != NULL ? pisd_field_dup (field) : NULL;
      if (!is_node (self, self->cross_i, self->cross_j))
        self->cross_i = self->cross_j = -1;
      forget_dots (self);
    }
  if (g_strcmp0 (self->note, note) != 0)
    {
      g_free (self->note);
      self->note = g_strdup (note);
    }
  forget_pixels (self);
}

void
explorer_field_view_set_colors (ExplorerFieldView *self, PisdColormap map, double min, double max)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));
  g_return_if_fail ((guint) map < PISD_N_COLORMAPS);

  if (map == self->map && min == self->min && max == self->max)
    return;
  self->map = map;
  self->min = min;
  self->max = max;
  forget_pixels (self);
}

void
explorer_field_view_set_sensors (ExplorerFieldView *self,
                                 const PisdSensors *sensors,
                                 PisdFieldId field)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  pisd_sensors_free (self->sensors);
  self->sensors = sensors != NULL ? pisd_sensors_dup (sensors) : NULL;
  self->sensor_field = field;
  forget_dots (self);
}

void
explorer_field_view_set_show_sensors (ExplorerFieldView *self, gboolean show)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  self->show_sensors = show;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_brush (ExplorerFieldView *self,
                               gboolean editable,
                               gboolean erasing,
                               int radius)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));
  g_return_if_fail (radius >= 0);

  if (!editable)
    end_stroke (self);
  self->editable = editable;
  self->erasing = erasing;
  self->radius = radius;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), editable ? "crosshair" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_crosshair (ExplorerFieldView *self, int i, int j)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (!is_node (self, i, j))
    i = j = -1;
  if (i == self->cross_i && j == self->cross_j)
    return;
  self->cross_i = i;
  self->cross_j = j;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_palette (ExplorerFieldView *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && palette != NULL);

  self->palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_get_panel (ExplorerFieldView *self, PisdPanel *panel)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && panel != NULL);

  panel->title = self->title;
  panel->field = self->field;
  panel->note = self->note;
  panel->sensors = self->show_sensors ? self->sensors : NULL;
  panel->sensor_field = self->sensor_field;
  panel->map = self->map;
  panel->min = self->min;
  panel->max = self->max;
}

void
explorer_field_view_get_node_position (ExplorerFieldView *self, int i, int j, double *x, double *y)
{
  PisdPanelLayout layout;
  PisdBox node;

  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && x != NULL && y != NULL);

  get_layout (self, &layout);
  node = get_node_box (self, &layout, i, j);
  *x = node.x + 0.5 * node.width;
  *y = node.y + 0.5 * node.height;
}
