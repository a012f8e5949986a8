#include "explorer-flow-track.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-flow-marks.h"
#include "explorer-step-keys.h"
#include "explorer-type.h"

#define SMALLEST_WIDTH 200

struct _ExplorerFlowTrack
{
  GtkWidget parent_instance;

  ExplorerFlow *flow;
  ExplorerFlowMarks marks;
};

G_DEFINE_FINAL_TYPE (ExplorerFlowTrack, explorer_flow_track, GTK_TYPE_WIDGET)

/* NULL: the line has none. */
static const ExplorerMoment *
find_frame (ExplorerFlowTrack *self, guint frame)
{
  for (guint k = 0; k < self->marks.n; k++)
    if (self->marks.moments[k].can_choose && self->marks.moments[k].frame == frame)
      return &self->marks.moments[k];
  return NULL;
}

static void
lay_out (ExplorerFlowTrack *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  explorer_flow_marks_lay_out (&self->marks, gtk_widget_get_width (widget),
                               gtk_widget_get_height (widget), explorer_type_get_scale (widget));
}

static void
explorer_flow_track_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      0.0f, 0.0f, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  ExplorerFlowTrack *self = EXPLORER_FLOW_TRACK (widget);
  cairo_t *cr;

  if (self->marks.n == 0)
    return;
  lay_out (self);
  self->marks.shown = find_frame (self, explorer_flow_get_frame (self->flow));
  self->marks.has_focus = gtk_widget_has_visible_focus (widget);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_flow_marks_draw (&self->marks, cr);
  cairo_destroy (cr);
}

static void
explorer_flow_track_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  const double type = explorer_type_get_scale (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                            ? (int) ceil (EXPLORER_FLOW_MARKS_HEIGHT * type)
                            : SMALLEST_WIDTH;
}

static void
explorer_flow_track_state_flags_changed (GtkWidget *widget, GtkStateFlags old_flags)
{
  gtk_widget_queue_draw (widget); /* the focus */
  GTK_WIDGET_CLASS (explorer_flow_track_parent_class)->state_flags_changed (widget, old_flags);
}

static char *
dup_words (const ExplorerMoment *moment)
{
  g_autofree char *time = pisd_field_info_dup_time (moment->info, moment->frame);

  /* Translators: a time of the flow, "5/9", and how many sensors it has */
  return g_strdup_printf (ngettext ("t = %s: %u sensor", "t = %s: %u sensors", moment->n_sensors),
                          time, moment->n_sensors);
}

static gboolean
explorer_flow_track_query_tooltip (GtkWidget *widget,
                                   int x,
                                   int y,
                                   gboolean keyboard,
                                   GtkTooltip *tooltip)
{
  ExplorerFlowTrack *self = EXPLORER_FLOW_TRACK (widget);
  const ExplorerMoment *moment;
  g_autofree char *words = NULL;

  lay_out (self);
  moment = keyboard ? NULL : explorer_flow_marks_find (&self->marks, x, FALSE);
  if (moment == NULL)
    return FALSE;
  words = dup_words (moment);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

/* Choosing a frame. */

static void
select_at (ExplorerFlowTrack *self, double x)
{
  const ExplorerMoment *moment;

  lay_out (self);
  moment = explorer_flow_marks_find (&self->marks, x, TRUE);
  if (moment != NULL)
    explorer_flow_select (self->flow, moment->frame);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerFlowTrack *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  select_at (self, x);
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerFlowTrack *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    select_at (self, x + dx);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerFlowTrack *self)
{
  const gint64 move =
      explorer_step_keys_get_move (key, state, explorer_flow_get_info (self->flow)->n_frames);

  if (move == 0)
    return GDK_EVENT_PROPAGATE;
  explorer_flow_move (self->flow, move);
  return GDK_EVENT_STOP;
}

static void
on_frame_changed (ExplorerFlowTrack *self)
{
  const PisdFieldInfo *info = explorer_flow_get_info (self->flow);
  const guint frame = explorer_flow_get_frame (self->flow);
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  time = pisd_field_info_dup_time (info, frame);
  words = g_strdup_printf ("t = %s", time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) (info->n_frames - 1),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) frame,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

/* Life. */

static void
explorer_flow_track_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_FLOW_TRACK (object)->flow);
  G_OBJECT_CLASS (explorer_flow_track_parent_class)->dispose (object);
}

static void
explorer_flow_track_class_init (ExplorerFlowTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_flow_track_dispose;
  widget_class->snapshot = explorer_flow_track_snapshot;
  widget_class->measure = explorer_flow_track_measure;
  widget_class->query_tooltip = explorer_flow_track_query_tooltip;
  widget_class->state_flags_changed = explorer_flow_track_state_flags_changed;
  gtk_widget_class_set_css_name (widget_class, "flowtrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
explorer_flow_track_init (ExplorerFlowTrack *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->marks.palette = pisd_palette_get (FALSE);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_cursor_from_name (widget, "pointer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time in the flow"), -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (widget, keys);
}

void
explorer_flow_track_set_flow (ExplorerFlowTrack *self, ExplorerFlow *flow)
{
  g_return_if_fail (EXPLORER_IS_FLOW_TRACK (self) && self->flow == NULL);
  self->flow = g_object_ref (flow);
  g_signal_connect_object (flow, "notify::frame", G_CALLBACK (on_frame_changed), self,
                           G_CONNECT_SWAPPED);
  on_frame_changed (self);
}

static void
add_moments (ExplorerFlowTrack *self, const PisdFieldInfo *info, const PisdSensors *sensors)
{
  ExplorerMoment *moments = &self->marks.moments[self->marks.n];

  for (guint n = 0; n < info->n_frames; n++)
    moments[n] = (ExplorerMoment){ info, n, 0, info == explorer_flow_get_info (self->flow) };
  for (guint k = 0; k < sensors->n; k++)
    if (sensors->items[k].field == info->id)
      moments[pisd_field_info_find_frame (info, sensors->items[k].t)].n_sensors++;
  self->marks.n += info->n_frames;
}

void
explorer_flow_track_show (ExplorerFlowTrack *self,
                          const PisdOperator *problem,
                          const PisdSensors *sensors)
{
  g_return_if_fail (EXPLORER_IS_FLOW_TRACK (self) && self->flow != NULL);
  self->marks.n = 0;
  for (guint k = 0; k < problem->n_fields; k++)
    add_moments (self, &problem->fields[k], sensors);
  on_frame_changed (self);
}

void
explorer_flow_track_set_palette (ExplorerFlowTrack *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_FLOW_TRACK (self) && palette != NULL);
  self->marks.palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
explorer_flow_track_get_x (ExplorerFlowTrack *self, guint frame)
{
  const ExplorerMoment *moment = find_frame (self, frame);

  g_return_val_if_fail (moment != NULL, 0.0);
  lay_out (self);
  return explorer_flow_marks_get_x (&self->marks, moment);
}

guint
explorer_flow_track_get_n_sensors (ExplorerFlowTrack *self, guint frame)
{
  const ExplorerMoment *moment = find_frame (self, frame);

  return moment == NULL ? 0 : moment->n_sensors;
}
