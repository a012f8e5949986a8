#include "explorer-field-lens.h"

#include <math.h>

/* A notch of the wheel, and a key, make what is seen so many times as large. */
#define NOTCH 1.25
/* Pixels from the divider within which it is taken, and how far a key moves it. */
#define DIVIDER_REACH 7.0
#define DIVIDER_STEP 0.02

static void
get_layout (ExplorerFieldLens *self, PisdPanelLayout *layout)
{
  explorer_field_picture_get_layout (self->picture, gtk_widget_get_width (self->view),
                                     gtk_widget_get_height (self->view), layout);
}

/* FALSE: not on the field. */
static gboolean
find_place (ExplorerFieldLens *self, double *x, double *y)
{
  PisdPanelLayout layout;
  PisdBox whole;

  get_layout (self, &layout);
  whole = pisd_window_get_whole (&self->picture->window, &layout.heat);
  *x = (self->pointer_x - whole.x) / whole.width;
  *y = (self->pointer_y - whole.y) / whole.height;
  return whole.width >= 1.0 && self->pointer_x >= layout.heat.x && self->pointer_y >= layout.heat.y
         && self->pointer_x < layout.heat.x + layout.heat.width
         && self->pointer_y < layout.heat.y + layout.heat.height;
}

static void
zoom (ExplorerFieldLens *self, double factor)
{
  double x, y;

  if (find_place (self, &x, &y))
    g_signal_emit_by_name (self->view, "zoom", factor, x, y);
}

static gboolean
is_on_divider (ExplorerFieldLens *self, double x, double y)
{
  PisdPanelLayout layout;

  if (self->picture->beside == NULL)
    return FALSE;
  get_layout (self, &layout);
  return fabs (x - layout.heat.x - self->picture->divider * layout.heat.width) <= DIVIDER_REACH
         && y >= layout.heat.y && y < layout.heat.y + layout.heat.height;
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ExplorerFieldLens *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->picture->beside != NULL)
    gtk_widget_set_cursor_from_name (self->view,
                                     is_on_divider (self, x, y) ? "col-resize" : "crosshair");
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ExplorerFieldLens *self)
{
  GtkEventController *base = GTK_EVENT_CONTROLLER (controller);

  if ((gtk_event_controller_get_current_event_state (base) & GDK_ALT_MASK) == 0 || dy == 0.0)
    return GDK_EVENT_PROPAGATE;
  zoom (self, pow (NOTCH, -dy));
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, ExplorerFieldLens *self)
{
  self->pinched = 1.0;
  gtk_gesture_get_bounding_box_center (gesture, &self->pointer_x, &self->pointer_y);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, ExplorerFieldLens *self)
{
  zoom (self, scale / self->pinched);
  self->pinched = scale;
}

/* The middle button. */

static void
on_pan_begin (GtkGestureDrag *drag, double x, double y, ExplorerFieldLens *self)
{
  self->dragged_x = self->dragged_y = 0.0;
  if (self->picture->window.side <= 0.0)
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
  else
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* What is under the pointer goes with it. */
static void
on_pan (GtkGestureDrag *drag, double x, double y, ExplorerFieldLens *self)
{
  PisdPanelLayout layout;
  PisdBox whole;

  get_layout (self, &layout);
  whole = pisd_window_get_whole (&self->picture->window, &layout.heat);
  g_signal_emit_by_name (self->view, "pan", (self->dragged_x - x) / whole.width,
                         (self->dragged_y - y) / whole.height);
  self->dragged_x = x;
  self->dragged_y = y;
}

/* The divider. */

static void
on_divider_begin (GtkGestureDrag *drag, double x, double y, ExplorerFieldLens *self)
{
  self->divider = self->picture->divider;
  if (!is_on_divider (self, x, y))
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
  else
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_divider (GtkGestureDrag *drag, double x, double y, ExplorerFieldLens *self)
{
  PisdPanelLayout layout;

  get_layout (self, &layout);
  if (layout.heat.width >= 1.0)
    g_signal_emit_by_name (self->view, "divide",
                           CLAMP (self->divider + x / layout.heat.width, 0.0, 1.0));
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerFieldLens *self)
{
  const gboolean back = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;

  if (self->picture->beside == NULL || (state & GDK_ALT_MASK) == 0
      || (!back && key != GDK_KEY_Right && key != GDK_KEY_KP_Right))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (
      self->view, "divide",
      CLAMP (self->picture->divider + (back ? -DIVIDER_STEP : DIVIDER_STEP), 0.0, 1.0));
  return GDK_EVENT_STOP;
}

/* The heading. */

static void
on_press (GtkGestureClick *click, int n_press, double x, double y, ExplorerFieldLens *self)
{
  PisdPanelLayout layout;

  get_layout (self, &layout);
  if (n_press == 2 && y < layout.heat.y)
    g_signal_emit_by_name (self->view, "maximize");
}

static void
add_drag (ExplorerFieldLens *self, guint button, GCallback begin, GCallback update)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", begin, self);
  g_signal_connect (drag, "drag-update", update, self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (drag));
}

void
explorer_field_lens_init (ExplorerFieldLens *self,
                          GtkWidget *view,
                          const ExplorerFieldPicture *picture)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new (), *click = gtk_gesture_click_new ();

  *self = (ExplorerFieldLens){ .view = view, .picture = picture, .pinched = 1.0 };
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_press), self);
  gtk_widget_add_controller (view, motion);
  gtk_widget_add_controller (view, scroll);
  gtk_widget_add_controller (view, keys);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (on_pan_begin), G_CALLBACK (on_pan));
  add_drag (self, GDK_BUTTON_PRIMARY, G_CALLBACK (on_divider_begin), G_CALLBACK (on_divider));
}
