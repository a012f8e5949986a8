#include "explorer-timeline.h"

#include "pisd-draw-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SMALLEST_WIDTH 360
#define SMALLEST_HEIGHT 140
#define NATURAL_HEIGHT 190
#define LONG_MOVES_A_RUN 20 /* Page Up and Page Down move by that part of a run */

/* Measures at scale 1. */
static const double scrubber_room = 22.0; /* between the curves and the numbers of the steps */
static const double track_width = 4.0;
static const double knob_radius = 7.0;
static const double type_size = 12.0;

struct _ExplorerTimeline
{
  GtkWidget parent_instance;

  PisdCurves *curves;
  guint step; /* shown */
  const PisdPalette *palette;

  /* axes, curves and legend as last drawn, in device pixels; NULL: stale */
  cairo_surface_t *layer;
  int layer_width, layer_height, layer_scale;

  int pointed;       /* step under the pointer, -1: none */
  gboolean dragging; /* the knob follows the pointer */
};

enum
{
  STEP_SELECTED,
  N_SIGNALS
};

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
  PisdBox box = get_box (self);

  pisd_curves_layout_init (layout, self->curves, &box, scrubber_room);
}

static guint
get_last (ExplorerTimeline *self)
{
  return (guint) MAX (self->curves->last, 0);
}

static double
get_track_y (const PisdCurvesLayout *layout)
{
  return layout->plot.y + layout->plot.height + 0.5 * scrubber_room;
}

static gboolean
box_contains (const PisdBox *box, double x, double y)
{
  return x >= box->x && y >= box->y && x < box->x + box->width && y < box->y + box->height;
}

/* The curve whose legend entry lies there, or -1. */
static int
find_entry (const PisdCurvesLayout *layout, double x, double y)
{
  for (int c = 0; c < PISD_N_CURVES; c++)
    if (box_contains (&layout->legend[c], x, y))
      return c;
  return -1;
}

static gboolean
is_in_plot (const PisdCurvesLayout *layout, double x, double y)
{
  const PisdBox *plot = &layout->plot;

  return x >= plot->x - knob_radius && x <= plot->x + plot->width + knob_radius && y >= plot->y
         && y <= plot->y + plot->height + scrubber_room;
}

/* Drawing */

static void
forget_layer (ExplorerTimeline *self)
{
  g_clear_pointer (&self->layer, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_layer (ExplorerTimeline *self, const PisdCurvesLayout *layout)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  cairo_t *cr;

  if (self->layer != NULL && width == self->layer_width && height == self->layer_height
      && scale == self->layer_scale)
    return;
  g_clear_pointer (&self->layer, cairo_surface_destroy);
  self->layer_width = width;
  self->layer_height = height;
  self->layer_scale = scale;
  self->layer = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (self->layer, scale, scale);
  cr = cairo_create (self->layer);
  pisd_draw_curves (cr, layout, self->palette, self->curves);
  cairo_destroy (cr);
}

static void
draw_track_part (cairo_t *cr, double from, double to, double y, const PisdInk *ink, double alpha)
{
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, MAX (to, from + 0.01), y);
  pisd_ink_set_faded (cr, ink, alpha);
  cairo_stroke (cr);
}

/* The whole run, what is computed of it, and what lies before the step shown. */
static void
draw_track (ExplorerTimeline *self, cairo_t *cr, const PisdCurvesLayout *layout)
{
  double left = layout->plot.x;
  double y = get_track_y (layout);
  double reached = pisd_curves_layout_get_x (layout, get_last (self));
  double shown = pisd_curves_layout_get_x (layout, self->step);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, track_width);
  draw_track_part (cr, left, left + layout->plot.width, y, &self->palette->line, 1.0);
  if (self->curves->last < 0)
    return;
  draw_track_part (cr, left, reached, y, &self->palette->faint, 0.55);
  draw_track_part (cr, left, shown, y, &self->palette->accent, 1.0);
}

static void
draw_knob (ExplorerTimeline *self, cairo_t *cr, const PisdCurvesLayout *layout)
{
  double x = pisd_curves_layout_get_x (layout, self->step);
  double y = get_track_y (layout);

  pisd_ink_set (cr, &self->palette->accent);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, layout->plot.y);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    {
      cairo_arc (cr, x, y, knob_radius + 4.0, 0.0, 2.0 * G_PI);
      pisd_ink_set_faded (cr, &self->palette->accent, 0.35);
      cairo_fill (cr);
    }
  cairo_arc (cr, x, y, knob_radius, 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill_preserve (cr);
  pisd_ink_set (cr, &self->palette->accent);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

/* "step 120 / 300 – σ 0.34", or as much of it as fits between the legend and the right edge. */
static void
draw_step (ExplorerTimeline *self, cairo_t *cr, const PisdCurvesLayout *layout)
{
  PisdTextStyle style = {
    .size = type_size * layout->scale, .bold = TRUE, .ink = &self->palette->text, .align = 1.0
  };
  double right = layout->plot.x + layout->plot.width;
  double room = right - layout->legend_end - 12.0;
  double sigma = self->curves->values[PISD_CURVE_SIGMA][self->step];
  g_autofree char *number = pisd_number_dup_markup (sigma);
  g_autofree char *counts = g_strdup_printf (_ ("step %u / %u"), self->step, self->curves->n_steps);
  g_autofree char *full = g_strdup_printf ("%s \u2013 σ\u2009%s", counts, number);

  if (!isnan (sigma) && pisd_text_get_width (&style, full) <= room)
    pisd_draw_markup (cr, right, layout->legend_y, &style, full);
  else if (pisd_text_get_width (&style, counts) <= room)
    pisd_draw_markup (cr, right, layout->legend_y, &style, counts);
}

static void
draw_invitation (ExplorerTimeline *self, cairo_t *cr, const PisdCurvesLayout *layout)
{
  PisdTextStyle style = { .size = type_size * layout->scale,
                          .ink = &self->palette->faint,
                          .align = 0.5,
                          .max_width = layout->plot.width };

  pisd_draw_text (cr, layout->plot.x + 0.5 * layout->plot.width,
                  layout->plot.y + 0.5 * layout->plot.height, &style,
                  _ ("Losses, errors and noise level of a run appear here"));
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
  cairo_set_source_surface (cr, self->layer, 0.0, 0.0);
  cairo_paint (cr);
  draw_track (self, cr, &layout);
  if (self->curves->last < 0)
    draw_invitation (self, cr, &layout);
  else
    {
      draw_step (self, cr, &layout);
      draw_knob (self, cr, &layout);
    }
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : NATURAL_HEIGHT;
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
  in_plot = is_in_plot (&layout, x, y) && self->curves->last >= 0;
  if (in_plot)
    set_pointed (self, (int) MIN (pisd_curves_layout_get_step (&layout, x), get_last (self)));
  else
    set_pointed (self, -1);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   in_plot || find_entry (&layout, x, y) >= 0 ? "pointer" : NULL);
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
  entry = find_entry (&layout, x, y);
  self->dragging = entry < 0 && is_in_plot (&layout, x, y);
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

typedef enum
{
  REACH_STEP,
  REACH_LONG,
  REACH_ALL
} Reach;

static const struct
{
  guint key, keypad_key;
  int direction;
  Reach reach;
} moves[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, -1, REACH_STEP },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 1, REACH_STEP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, -1, REACH_STEP },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 1, REACH_STEP },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -1, REACH_LONG },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1, REACH_LONG },
  { GDK_KEY_Home, GDK_KEY_KP_Home, -1, REACH_ALL },
  { GDK_KEY_End, GDK_KEY_KP_End, 1, REACH_ALL },
};

static gint64
get_n_steps (ExplorerTimeline *self, Reach reach)
{
  if (reach == REACH_ALL)
    return self->curves->n_steps;
  return reach == REACH_LONG ? MAX (self->curves->n_steps / LONG_MOVES_A_RUN, 1) : 1;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerTimeline *self)
{
  gboolean is_long = (state & GDK_SHIFT_MASK) != 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint k = 0; k < G_N_ELEMENTS (moves); k++)
    if (key == moves[k].key || key == moves[k].keypad_key)
      {
        Reach reach = is_long ? MAX (moves[k].reach, REACH_LONG) : moves[k].reach;
        gint64 step = self->step + moves[k].direction * get_n_steps (self, reach);

        select_step (self, (guint) CLAMP (step, 0, (gint64) get_last (self)));
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* Life */

static void
explorer_timeline_finalize (GObject *object)
{
  ExplorerTimeline *self = EXPLORER_TIMELINE (object);

  pisd_curves_free (self->curves);
  g_clear_pointer (&self->layer, cairo_surface_destroy);
  G_OBJECT_CLASS (explorer_timeline_parent_class)->finalize (object);
}

static void
explorer_timeline_class_init (ExplorerTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = explorer_timeline_finalize;
  widget_class->snapshot = explorer_timeline_snapshot;
  widget_class->measure = explorer_timeline_measure;
  widget_class->state_flags_changed = explorer_timeline_state_flags_changed;

  signals[STEP_SELECTED] =
      g_signal_new ("step-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
add_controllers (ExplorerTimeline *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
explorer_timeline_init (ExplorerTimeline *self)
{
  self->curves = pisd_curves_new ();
  self->palette = pisd_palette_get (FALSE);
  self->pointed = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Diffusion step"), -1);
  add_controllers (self);
}

GtkWidget *
explorer_timeline_new (void)
{
  return g_object_new (EXPLORER_TYPE_TIMELINE, NULL);
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
