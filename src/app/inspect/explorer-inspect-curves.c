#include "explorer-inspect-charts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-step-keys.h"
#include "explorer-type.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 340.0

struct _ExplorerInspectCurves
{
  ExplorerCharts parent_instance;

  ExplorerInspector *inspector;
  ExplorerSession *session;
  PisdInspectionChart chart;
  guint step;
  PisdInspectionNumbers *numbers; /* [curves.n] of the picture kept */
  gboolean *is_known;
  PisdInspectionCurves curves;
};

enum
{
  STEP_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerInspectCurves, explorer_inspect_curves, EXPLORER_TYPE_CHARTS)

static PisdBox
get_box (ExplorerInspectCurves *self)
{
  return (PisdBox){ 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                    gtk_widget_get_height (GTK_WIDGET (self)) };
}

static void
clear (ExplorerInspectCurves *self)
{
  g_clear_pointer (&self->numbers, g_free);
  g_clear_pointer (&self->is_known, g_free);
  self->curves = (PisdInspectionCurves){ .step = NAN };
}

static void
explorer_inspect_curves_fill (ExplorerCharts *charts)
{
  ExplorerInspectCurves *self = EXPLORER_INSPECT_CURVES (charts);
  const PisdSettings *run = explorer_session_get_run_settings (self->session);
  const guint n = explorer_inspector_get_n_steps (self->inspector);

  clear (self);
  if (run == NULL)
    return;
  self->numbers = g_new0 (PisdInspectionNumbers, n);
  self->is_known = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      const PisdInspectionNumbers *numbers = explorer_inspector_get_numbers (self->inspector, i);

      self->is_known[i] = numbers != NULL;
      if (numbers != NULL)
        self->numbers[i] = *numbers;
    }
  self->curves = (PisdInspectionCurves){ .problem = run->problem,
                                         .kind = explorer_inspector_get_kind (self->inspector),
                                         .chart = self->chart,
                                         .n = n,
                                         .numbers = self->numbers,
                                         .is_known = self->is_known,
                                         .step = self->step,
                                         .note = _ ("There is nothing to compare") };
}

static void
explorer_inspect_curves_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerInspectCurves *self = EXPLORER_INSPECT_CURVES (charts);
  const PisdBox box = get_box (self);

  if (self->curves.n > 0)
    pisd_draw_inspection_curves_readout (cr, &box, explorer_charts_get_palette (charts),
                                         &self->curves, explorer_type_get_scale (GTK_WIDGET (self)),
                                         x);
}

/* Choosing a step. */

static void
select_step (ExplorerInspectCurves *self, gint64 step)
{
  const gint64 n = explorer_inspector_get_n_steps (self->inspector);

  if (n == 0 || CLAMP (step, 0, n - 1) == self->step)
    return;
  g_signal_emit (self, signals[STEP_SELECTED], 0, (guint) CLAMP (step, 0, n - 1));
}

static gboolean
select_at (ExplorerInspectCurves *self, double x, double y)
{
  const PisdBox box = get_box (self);
  int step;

  if (self->curves.n == 0)
    return FALSE;
  step = pisd_inspection_curves_find_step (&box, &self->curves,
                                           explorer_type_get_scale (GTK_WIDGET (self)), x, y);
  if (step >= 0)
    select_step (self, step);
  return step >= 0;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerInspectCurves *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (drag), select_at (self, x, y) ? GTK_EVENT_SEQUENCE_CLAIMED
                                                                    : GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerInspectCurves *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    select_at (self, x + dx, y);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerInspectCurves *self)
{
  const gint64 move =
      explorer_step_keys_get_move (key, state, explorer_inspector_get_n_steps (self->inspector));

  if (move == 0)
    return GDK_EVENT_PROPAGATE;
  select_step (self, (gint64) self->step + move);
  return GDK_EVENT_STOP;
}

static void
explorer_inspect_curves_state_flags_changed (GtkWidget *widget, GtkStateFlags old_flags)
{
  gtk_widget_queue_draw (widget); /* the focus ring */
  GTK_WIDGET_CLASS (explorer_inspect_curves_parent_class)->state_flags_changed (widget, old_flags);
}

/* Life. */

static void
explorer_inspect_curves_dispose (GObject *object)
{
  ExplorerInspectCurves *self = EXPLORER_INSPECT_CURVES (object);

  clear (self);
  g_clear_object (&self->inspector);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_inspect_curves_parent_class)->dispose (object);
}

static void
explorer_inspect_curves_class_init (ExplorerInspectCurvesClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_inspect_curves_dispose;
  GTK_WIDGET_CLASS (klass)->state_flags_changed = explorer_inspect_curves_state_flags_changed;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_inspect_curves_fill;
  charts_class->draw = explorer_inspect_curves_draw;
  signals[STEP_SELECTED] =
      g_signal_new ("step-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "inspectcurves");
}

static void
explorer_inspect_curves_init (ExplorerInspectCurves *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->curves.step = NAN;
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Guidance over the steps of the run"), -1);
}

void
explorer_inspect_curves_set_inspector (ExplorerInspectCurves *self,
                                       ExplorerInspector *inspector,
                                       ExplorerSession *session)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_CURVES (self) && self->inspector == NULL);
  self->inspector = g_object_ref (inspector);
  self->session = g_object_ref (session);
  g_signal_connect_object (inspector, "numbers", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
}

void
explorer_inspect_curves_set_chart (ExplorerInspectCurves *self, PisdInspectionChart chart)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_CURVES (self) && chart < PISD_INSPECTION_N_CHARTS);
  self->chart = chart;
  explorer_charts_update (EXPLORER_CHARTS (self));
}

void
explorer_inspect_curves_set_step (ExplorerInspectCurves *self, guint step)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_CURVES (self));
  if (step == self->step)
    return;
  self->step = step;
  explorer_charts_update (EXPLORER_CHARTS (self));
}

const PisdInspectionCurves *
explorer_inspect_curves_get (ExplorerInspectCurves *self)
{
  g_return_val_if_fail (EXPLORER_IS_INSPECT_CURVES (self), NULL);
  return &self->curves;
}

double
explorer_inspect_curves_find_place (ExplorerInspectCurves *self, guint step)
{
  const PisdBox box = get_box (self);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));

  g_return_val_if_fail (EXPLORER_IS_INSPECT_CURVES (self), NAN);
  for (double x = 0.0; x < box.width; x += 0.5)
    if (pisd_inspection_curves_find_step (&box, &self->curves, type, x, 0.5 * box.height)
        == (int) step)
      return x;
  return NAN;
}
