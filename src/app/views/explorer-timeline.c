#include "explorer-timeline.h"

#include <glib/gi18n.h>

#include "explorer-layer.h"
#include "explorer-step-keys.h"
#include "explorer-timeline-marks.h"
#include "explorer-type.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 340.0
#define SMALLEST_HEIGHT 118.0
#define NATURAL_HEIGHT 180.0
#define SLIM_HEIGHT 56.0

struct _ExplorerTimeline
{
  GtkWidget parent_instance;

  PisdCurves *curves;
  guint step; /* shown */
  const PisdPalette *palette;

  gboolean chrome;

  ExplorerLayer layer; /* axes, curves and legend */
  int pointed;         /* step under the pointer, -1: none */
  gboolean dragging;   /* the knob follows the pointer */
};

enum
{
  PROP_CHROME = 1,
  N_PROPS
};

enum
{
  STEP_SELECTED,
  STEP_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerTimeline, explorer_timeline, GTK_TYPE_WIDGET)

/* Geometry */

static PisdBox
get_box (ExplorerTimeline *self)
{
  return (PisdBox){ 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                    gtk_widget_get_height (GTK_WIDGET (self)) };
}

static void
get_layout (ExplorerTimeline *self, PisdCurvesLayout *layout)
{
  const PisdBox box = get_box (self);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));

  if (self->chrome)
    pisd_curves_layout_init (layout, self->curves, &box, EXPLORER_SCRUBBER_ROOM, type);
  else
    pisd_curves_layout_init_slim (layout, self->curves, &box, EXPLORER_SCRUBBER_ROOM, type,
                                  explorer_step_get_width (self->curves->n_steps, type));
}

static guint
get_last (ExplorerTimeline *self)
{
  return (guint) MAX (self->curves->last, 0);
}

/* Drawing */

static void
forget_layer (ExplorerTimeline *self)
{
  explorer_layer_forget (&self->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_layer (ExplorerTimeline *self, const PisdCurvesLayout *layout)
{
  cairo_t *cr = explorer_layer_begin (&self->layer, GTK_WIDGET (self));

  if (cr == NULL)
    return;
  if (self->chrome)
    pisd_draw_curves (cr, layout, self->palette, self->curves);
  else
    explorer_draw_errors (cr, &(ExplorerTimelineMarks){ layout, self->curves, self->palette, 0 });
  cairo_destroy (cr);
}

static void
explorer_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerTimeline *self = EXPLORER_TIMELINE (widget);
  PisdBox box = get_box (self);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) box.width, (float) box.height);
  PisdCurvesLayout layout;
  cairo_t *cr;

  if (box.width < 1.0 || box.height < 1.0)
    return;
  get_layout (self, &layout);
  update_layer (self, &layout);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_layer_paint (&self->layer, cr);
  explorer_draw_marks (cr,
                       &(ExplorerTimelineMarks){ &layout, self->curves, self->palette, self->step },
                       gtk_widget_has_visible_focus (widget));
  if (self->pointed >= 0 && self->curves->last >= 0)
    pisd_draw_curves_readout (cr, &box, &layout, self->palette, self->curves,
                              (guint) self->pointed);
  cairo_destroy (cr);
}

static void
explorer_timeline_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  const double type = explorer_type_get_scale (widget);
  double least = SMALLEST_WIDTH, best = SMALLEST_WIDTH;

  if (orientation == GTK_ORIENTATION_VERTICAL && EXPLORER_TIMELINE (widget)->chrome)
    {
      least = SMALLEST_HEIGHT * type;
      best = NATURAL_HEIGHT * type;
    }
  else if (orientation == GTK_ORIENTATION_VERTICAL)
    least = best = SLIM_HEIGHT * type;
  *minimum = (int) (least + 0.5);
  *natural = (int) (best + 0.5);
}

static void
explorer_timeline_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (explorer_timeline_parent_class)->css_changed (widget, change);
  forget_layer (EXPLORER_TIMELINE (widget)); /* the size of the type */
}

static void
explorer_timeline_state_flags_changed (GtkWidget *widget, GtkStateFlags old_flags)
{
  gtk_widget_queue_draw (widget); /* the focus ring */
  GTK_WIDGET_CLASS (explorer_timeline_parent_class)->state_flags_changed (widget, old_flags);
}

/* Choosing a step */

static void
update_accessible (ExplorerTimeline *self)
{
  g_autofree char *text = g_strdup_printf (_ ("step %u / %u"), self->step, self->curves->n_steps);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) get_last (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->step,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
select_step (ExplorerTimeline *self, guint step)
{
  if (self->curves->last < 0)
    return;
  step = MIN (step, get_last (self));
  if (step == self->step)
    return;
  explorer_timeline_set_step (self, step);
  g_signal_emit (self, signals[STEP_SELECTED], 0, step);
}

static void
select_at (ExplorerTimeline *self, double x)
{
  PisdCurvesLayout layout;

  get_layout (self, &layout);
  select_step (self, pisd_curves_layout_get_step (&layout, x));
}

static void
set_pointed (ExplorerTimeline *self, int step)
{
  if (step == self->pointed)
    return;
  self->pointed = step;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ExplorerTimeline *self)
{
  PisdCurvesLayout layout;
  gboolean in_plot;

  get_layout (self, &layout);
  in_plot = explorer_timeline_has_plot_at (&layout, x, y) && self->curves->last >= 0;
  set_pointed (self, in_plot ? (int) MIN (pisd_curves_layout_get_step (&layout, x), get_last (self))
                             : -1);
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self),
      in_plot || explorer_timeline_find_entry (&layout, x, y) >= 0 ? "pointer" : NULL);
}

static void
on_leave (GtkEventControllerMotion *controller, ExplorerTimeline *self)
{
  set_pointed (self, -1);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerTimeline *self)
{
  PisdCurvesLayout layout;
  int entry;

  get_layout (self, &layout);
  entry = explorer_timeline_find_entry (&layout, x, y);
  self->dragging = entry < 0 && explorer_timeline_has_plot_at (&layout, x, y);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (entry >= 0)
    {
      self->curves->hidden[entry] = !self->curves->hidden[entry];
      forget_layer (self);
    }
  if (self->dragging)
    select_at (self, x);
  gtk_gesture_set_state (GTK_GESTURE (drag), entry >= 0 || self->dragging
                                                 ? GTK_EVENT_SEQUENCE_CLAIMED
                                                 : GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerTimeline *self)
{
  double x, y;

  if (!self->dragging || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  select_at (self, x + dx);
}

/* The drag has chosen the step. */
static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, ExplorerTimeline *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (click));

  if (self->dragging && (n_press == 2 || (gdk_event_get_modifier_state (event) & GDK_CONTROL_MASK)))
    g_signal_emit (self, signals[STEP_ACTIVATED], 0);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerTimeline *self)
{
  const gint64 move = explorer_step_keys_get_move (key, state, self->curves->n_steps);

  if (move == 0)
    return GDK_EVENT_PROPAGATE;
  select_step (self, (guint) CLAMP (self->step + move, 0, (gint64) get_last (self)));
  return GDK_EVENT_STOP;
}

/* Life */

static void
set_chrome (ExplorerTimeline *self, gboolean chrome)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->chrome = chrome;
  (chrome ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (widget, "lecture");
  forget_layer (self);
  gtk_widget_queue_resize (widget);
}

static void
explorer_timeline_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    set_chrome (EXPLORER_TIMELINE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_timeline_finalize (GObject *object)
{
  ExplorerTimeline *self = EXPLORER_TIMELINE (object);

  pisd_curves_free (self->curves);
  explorer_layer_forget (&self->layer);
  G_OBJECT_CLASS (explorer_timeline_parent_class)->finalize (object);
}

static void
explorer_timeline_class_init (ExplorerTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = explorer_timeline_set_property;
  object_class->finalize = explorer_timeline_finalize;
  widget_class->snapshot = explorer_timeline_snapshot;
  widget_class->measure = explorer_timeline_measure;
  widget_class->state_flags_changed = explorer_timeline_state_flags_changed;
  widget_class->css_changed = explorer_timeline_css_changed;
  properties[PROP_CHROME] =
      g_param_spec_boolean ("chrome", NULL, NULL, TRUE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[STEP_SELECTED] =
      g_signal_new ("step-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  signals[STEP_ACTIVATED] = g_signal_new ("step-activated", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
add_controllers (ExplorerTimeline *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (drag, click); /* both see what one of them claims */

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
explorer_timeline_init (ExplorerTimeline *self)
{
  self->curves = pisd_curves_new ();
  self->palette = pisd_palette_get (FALSE);
  self->pointed = -1;
  self->chrome = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Diffusion step"), -1);
  add_controllers (self);
}

void
explorer_timeline_start (ExplorerTimeline *self, const PisdOperator *equation, guint n_steps)
{
  g_return_if_fail (EXPLORER_IS_TIMELINE (self));

  pisd_curves_start (self->curves, equation, n_steps);
  self->step = 0;
  self->pointed = -1;
  update_accessible (self);
  forget_layer (self);
}

void
explorer_timeline_add_frame (ExplorerTimeline *self, const PisdFrame *frame)
{
  g_return_if_fail (EXPLORER_IS_TIMELINE (self) && frame != NULL);

  pisd_curves_add_frame (self->curves, frame);
  forget_layer (self);
}

void
explorer_timeline_set_step (ExplorerTimeline *self, guint step)
{
  g_return_if_fail (EXPLORER_IS_TIMELINE (self));
  g_return_if_fail (step <= self->curves->n_steps);

  if (step == self->step)
    return;
  self->step = step;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
explorer_timeline_get_step (ExplorerTimeline *self)
{
  g_return_val_if_fail (EXPLORER_IS_TIMELINE (self), 0);

  return self->step;
}

guint
explorer_timeline_get_n_reached (ExplorerTimeline *self)
{
  g_return_val_if_fail (EXPLORER_IS_TIMELINE (self), 0);

  return self->curves->n_known;
}

void
explorer_timeline_set_palette (ExplorerTimeline *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_TIMELINE (self) && palette != NULL);

  if (palette == self->palette)
    return;
  self->palette = palette;
  forget_layer (self);
}

const PisdCurves *
explorer_timeline_get_curves (ExplorerTimeline *self)
{
  g_return_val_if_fail (EXPLORER_IS_TIMELINE (self), NULL);

  return self->curves;
}
