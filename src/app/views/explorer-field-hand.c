#include "explorer-field-hand.h"

#include <glib/gi18n.h>

#include "explorer-field-marks.h"
#include "explorer-field-paint.h"

#define LONG_MOVE 8 /* nodes that Shift and an arrow key move the cross-hair */

static void
get_node_at (ExplorerFieldHand *self, double x, double y, int *i, int *j)
{
  PisdPanelLayout layout;

  explorer_field_picture_get_layout (self->picture, gtk_widget_get_width (self->view),
                                     gtk_widget_get_height (self->view), &layout);
  explorer_field_picture_find_node (self->picture, &layout, x, y, i, j);
}

static gboolean
is_node (const ExplorerFieldHand *self, int i, int j)
{
  return explorer_field_picture_has_node (self->picture, i, j);
}

/* What is not seen is not pointed at. */
static gboolean
is_seen (const ExplorerFieldHand *self, int i, int j)
{
  return explorer_field_picture_sees_node (self->picture, i, j);
}

/* Strokes */

static void
emit_node (ExplorerFieldHand *self, int i, int j)
{
  if (is_seen (self, i, j))
    g_signal_emit_by_name (self->view, "stroke", i, j);
}

static void
begin_stroke (ExplorerFieldHand *self, gboolean erase, int i, int j)
{
  self->stroking = TRUE;
  self->stroke_erases = erase;
  self->line = (PisdLine){ .i = i, .j = j };
  g_signal_emit_by_name (self->view, "stroke-begin", erase);
  emit_node (self, i, j);
}

/* Motion events come late and far apart, but no node is skipped. */
static void
continue_stroke (ExplorerFieldHand *self, int i, int j)
{
  while (self->stroking && pisd_line_step (&self->line, i, j))
    emit_node (self, self->line.i, self->line.j);
}

void
explorer_field_hand_end_stroke (ExplorerFieldHand *self)
{
  if (!self->stroking)
    return;
  self->stroking = FALSE;
  g_signal_emit_by_name (self->view, "stroke-end");
  gtk_widget_queue_draw (self->view);
}

/* The line of a profile; it ends at the field's edge. */
static void
draw_line (ExplorerFieldHand *self, int i, int j)
{
  if (self->measuring)
    g_signal_emit_by_name (self->view, "measure", self->measure_i, self->measure_j,
                           CLAMP (i, 0, explorer_field_picture_get_ny (self->picture) - 1),
                           CLAMP (j, 0, explorer_field_picture_get_nx (self->picture) - 1));
}

/* Whether a drag with Shift begins one. */
static gboolean
begin_line (ExplorerFieldHand *self, GtkGestureDrag *drag, int i, int j)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));

  self->measuring =
      (state & GDK_SHIFT_MASK) != 0
      && gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag)) == GDK_BUTTON_PRIMARY;
  self->measure_i = i;
  self->measure_j = j;
  return self->measuring;
}

/* Pointer */

void
explorer_field_hand_set_crosshair (ExplorerFieldHand *self, int i, int j)
{
  if (!is_node (self, i, j))
    i = j = -1;
  if (i == self->cross_i && j == self->cross_j)
    return;
  self->cross_i = i;
  self->cross_j = j;
  gtk_widget_queue_draw (self->view);
}

static void
set_pointer (ExplorerFieldHand *self, int i, int j)
{
  if (!is_seen (self, i, j))
    i = j = -1;
  if (i == self->pointer_i && j == self->pointer_j && !self->by_keys)
    return;
  self->pointer_i = i;
  self->pointer_j = j;
  self->by_keys = FALSE;
  explorer_field_hand_set_crosshair (self, i, j);
  gtk_widget_queue_draw (self->view);
  g_signal_emit_by_name (self->view, "hover", i, j);
}

/* GTK tells of a pointer that rests, too, after each layout: it takes nothing from the keys. */
static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ExplorerFieldHand *self)
{
  int i, j;

  get_node_at (self, x, y, &i, &j);
  if (self->by_keys && i == self->pointer_i && j == self->pointer_j)
    return;
  set_pointer (self, i, j);
}

static void
on_leave (GtkEventControllerMotion *controller, ExplorerFieldHand *self)
{
  if (!self->by_keys)
    set_pointer (self, -1, -1);
  self->pointer_i = self->pointer_j = -1;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerFieldHand *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));
  int i, j;

  get_node_at (self, x, y, &i, &j);
  if (!is_seen (self, i, j))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (self->view);
  set_pointer (self, i, j);
  if (!self->editable || (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_SECONDARY))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  if (begin_line (self, drag, i, j))
    return;
  begin_stroke (self, button == GDK_BUTTON_SECONDARY || self->erasing, i, j);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerFieldHand *self)
{
  double x, y;
  int i, j;

  if (!(self->stroking || self->measuring) || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  get_node_at (self, x + dx, y + dy, &i, &j);
  set_pointer (self, i, j);
  draw_line (self, i, j);
  continue_stroke (self, i, j);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, ExplorerFieldHand *self)
{
  on_drag_update (drag, dx, dy, self);
  self->measuring = FALSE;
  explorer_field_hand_end_stroke (self);
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, ExplorerFieldHand *self)
{
  self->measuring = FALSE;
  explorer_field_hand_end_stroke (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ExplorerFieldHand *self)
{
  GtkEventController *base = GTK_EVENT_CONTROLLER (controller);

  if ((gtk_event_controller_get_current_event_state (base) & GDK_CONTROL_MASK) == 0
      || !self->editable)
    return GDK_EVENT_PROPAGATE;
  if (dy != 0.0)
    g_signal_emit_by_name (self->view, "brush-resize", dy < 0.0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

/* Keys */

/* What a screen reader says of the cross-hair. */
static void
describe_cross (ExplorerFieldHand *self)
{
  g_autofree char *text = NULL;
  gboolean sensor = explorer_field_picture_has_sensor (self->picture, self->cross_i, self->cross_j);

  if (self->picture->field == NULL)
    return;
  text = g_strdup_printf (
      sensor ? _ ("row %d, column %d: %.4g, sensor") : _ ("row %d, column %d: %.4g"), self->cross_i,
      self->cross_j,
      explorer_field_picture_get_value (self->picture, self->cross_i, self->cross_j));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* The first key only shows the cross-hair, in the middle. */
static void
move_cross (ExplorerFieldHand *self, int di, int dj)
{
  int i = explorer_field_picture_get_ny (self->picture) / 2;
  int j = explorer_field_picture_get_nx (self->picture) / 2;

  if (is_node (self, self->cross_i, self->cross_j))
    {
      i = CLAMP (self->cross_i + di, 0, explorer_field_picture_get_ny (self->picture) - 1);
      j = CLAMP (self->cross_j + dj, 0, explorer_field_picture_get_nx (self->picture) - 1);
    }
  self->by_keys = TRUE;
  explorer_field_hand_set_crosshair (self, i, j);
  gtk_widget_queue_draw (self->view);
  describe_cross (self);
  g_signal_emit_by_name (self->view, "hover", i, j);
}

static void
toggle_sensor (ExplorerFieldHand *self)
{
  if (!is_node (self, self->cross_i, self->cross_j))
    {
      move_cross (self, 0, 0);
      return;
    }
  if (self->stroking)
    return;
  begin_stroke (self,
                explorer_field_picture_has_sensor (self->picture, self->cross_i, self->cross_j),
                self->cross_i, self->cross_j);
  explorer_field_hand_end_stroke (self);
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
        ExplorerFieldHand *self)
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

static void
add_pointer_controllers (ExplorerFieldHand *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->view, motion);

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (self->view, scroll);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (drag));
}

/* Drawing */

static void
draw_cross (const ExplorerFieldHand *self,
            cairo_t *cr,
            const PisdPanelLayout *layout,
            gboolean pointed)
{
  const PisdBox node =
      explorer_field_picture_get_node_box (self->picture, layout, self->cross_i, self->cross_j);

  if (self->by_keys || !pointed || !self->editable)
    explorer_draw_crosshair (cr, &layout->heat, &node);
  explorer_field_picture_draw_readout (self->picture, cr, layout, self->cross_i, self->cross_j);
}

static void
draw_brush (const ExplorerFieldHand *self, cairo_t *cr, const PisdPanelLayout *layout)
{
  const PisdBox node =
      explorer_field_picture_get_node_box (self->picture, layout, self->pointer_i, self->pointer_j);
  const gboolean erases = self->stroking ? self->stroke_erases : self->erasing;

  explorer_draw_brush (cr, &layout->heat, &node, self->radius, erases);
}

void
explorer_field_hand_draw (const ExplorerFieldHand *self, cairo_t *cr, const PisdPanelLayout *layout)
{
  const gboolean pointed = is_node (self, self->pointer_i, self->pointer_j);

  if (self->picture->field != NULL && is_node (self, self->cross_i, self->cross_j))
    draw_cross (self, cr, layout, pointed);
  if (pointed && self->editable && !self->by_keys)
    draw_brush (self, cr, layout);
  if (gtk_widget_has_visible_focus (self->view))
    explorer_draw_focus (cr, &layout->heat, self->picture->palette);
}

void
explorer_field_hand_init (ExplorerFieldHand *self,
                          GtkWidget *view,
                          const ExplorerFieldPicture *picture)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  *self = (ExplorerFieldHand){
    .view = view, .picture = picture, .cross_i = -1, .cross_j = -1, .pointer_i = -1, .pointer_j = -1
  };
  gtk_widget_set_focusable (view, TRUE);
  add_pointer_controllers (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (view, keys);
}
