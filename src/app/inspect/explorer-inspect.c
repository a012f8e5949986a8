#include "explorer-inspect.h"

#include <glib/gi18n.h>

#include "explorer-field-switch.h"
#include "explorer-keys.h"
#include "explorer-palette.h"

struct _ExplorerInspect
{
  AdwWindow parent_instance;

  GtkWidget *subtitle;
  GtkWidget *stack, *note;
  GtkWidget *pictures, *curves, *shells;
  GtkWidget *fields;
  GtkWidget *norms, *shares, *cosines;

  ExplorerSession *session;
  ExplorerInspector *inspector;
  ExplorerFlow *flow;
  ExplorerInspection *shown; /* NULL: none yet */
  guint frame;               /* of the main window */
  guint field;
  PisdProblemId problem; /* whose fields there are buttons of */
};

enum
{
  STEP_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerInspect, explorer_inspect, ADW_TYPE_WINDOW)

/* What is shown. */

static void
show_pictures (ExplorerInspect *self)
{
  const PisdFieldInfo *info = &pisd_operator_get (self->problem)->fields[self->field];

  explorer_inspect_pictures_show (EXPLORER_INSPECT_PICTURES (self->pictures), self->shown,
                                  self->field, explorer_flow_find_frame (self->flow, info));
  explorer_inspect_shells_show (EXPLORER_INSPECT_SHELLS (self->shells), self->shown, self->field);
}

/* "step 12 to 13 of 300, σ 0.34" */
static void
show_subtitle (ExplorerInspect *self)
{
  g_autofree char *text = NULL;

  if (self->shown != NULL)
    text = g_strdup_printf (_ ("step %u to %u of %u, σ %.3g"), self->shown->step,
                            self->shown->step + 1, self->shown->n_steps,
                            self->shown->inspection->numbers.sigma);
  gtk_label_set_text (GTK_LABEL (self->subtitle), text != NULL ? text : "");
  gtk_widget_set_visible (self->subtitle, text != NULL);
}

/* Not while the next step is on its way: what was shown stays until then. */
static void
show_inspection (ExplorerInspect *self, ExplorerInspection *inspection)
{
  g_clear_pointer (&self->shown, explorer_inspection_unref);
  self->shown = inspection;
  show_subtitle (self);
  show_pictures (self);
}

/* What is not seen must not have the focus: keys would go nowhere. */
static void
show_note (ExplorerInspect *self)
{
  const char *note = explorer_inspector_get_note (self->inspector);
  GtkWidget *page = note != NULL ? self->note : gtk_widget_get_parent (self->pictures);

  if (note != NULL)
    gtk_label_set_text (GTK_LABEL (self->note), note);
  if (page == gtk_stack_get_visible_child (GTK_STACK (self->stack)))
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  gtk_window_set_focus (GTK_WINDOW (self), note != NULL ? NULL : self->curves);
}

static void add_fields (ExplorerInspect *self);

/* Another run has other fields, and nothing of the one before is shown any more. */
static void
follow_run (ExplorerInspect *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  if (self->shown != NULL && self->shown->run_id != explorer_session_get_run_id (self->session))
    show_inspection (self, NULL);
  if (run == NULL || run->problem == self->problem)
    return;
  self->problem = run->problem;
  add_fields (self);
}

static void
refresh (ExplorerInspect *self)
{
  const guint step = explorer_inspector_find_step (self->inspector, self->frame);
  ExplorerInspection *inspection;

  if (self->session == NULL)
    return;
  follow_run (self);
  show_note (self);
  explorer_inspect_curves_set_step (EXPLORER_INSPECT_CURVES (self->curves), step);
  inspection = explorer_inspector_ask (self->inspector, step);
  if (inspection != NULL)
    show_inspection (self, inspection);
}

void
explorer_inspect_show_frame (ExplorerInspect *self, guint frame)
{
  g_return_if_fail (EXPLORER_IS_INSPECT (self));
  self->frame = frame;
  refresh (self);
}

static void
on_step_selected (ExplorerInspect *self, guint step)
{
  g_signal_emit (self, signals[STEP_SELECTED], 0, step);
}

static void
on_chart_toggled (ExplorerInspect *self, GtkToggleButton *button)
{
  GtkWidget *const buttons[] = { self->norms, self->shares, self->cosines };

  for (guint k = 0; k < G_N_ELEMENTS (buttons); k++)
    if (gtk_toggle_button_get_active (button) && buttons[k] == GTK_WIDGET (button))
      explorer_inspect_curves_set_chart (EXPLORER_INSPECT_CURVES (self->curves), k);
}

static void
on_field_chosen (gpointer target, guint field)
{
  ExplorerInspect *self = target;

  self->field = field;
  show_pictures (self);
}

static void
add_fields (ExplorerInspect *self)
{
  explorer_field_switch_fill (GTK_BOX (self->fields), self->problem, on_field_chosen,
                              G_OBJECT (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (self->fields)),
                                TRUE);
}

static void
on_style_changed (ExplorerInspect *self)
{
  const PisdPalette *palette = explorer_palette_get ();

  explorer_inspect_pictures_set_palette (EXPLORER_INSPECT_PICTURES (self->pictures), palette);
  explorer_charts_set_palette (EXPLORER_CHARTS (self->curves), palette);
  explorer_charts_set_palette (EXPLORER_CHARTS (self->shells), palette);
}

/* Life. */

static void
explorer_inspect_map (GtkWidget *widget)
{
  ExplorerInspect *self = EXPLORER_INSPECT (widget);

  explorer_inspector_begin (self->inspector, TRUE);
  GTK_WIDGET_CLASS (explorer_inspect_parent_class)->map (widget);
  refresh (self);
}

static void
explorer_inspect_unmap (GtkWidget *widget)
{
  ExplorerInspect *self = EXPLORER_INSPECT (widget);

  GTK_WIDGET_CLASS (explorer_inspect_parent_class)->unmap (widget);
  explorer_inspector_end (self->inspector, TRUE);
}

static void
explorer_inspect_dispose (GObject *object)
{
  ExplorerInspect *self = EXPLORER_INSPECT (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_INSPECT);
  g_clear_pointer (&self->shown, explorer_inspection_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_inspect_parent_class)->dispose (object);
}

static void
explorer_inspect_finalize (GObject *object)
{
  ExplorerInspect *self = EXPLORER_INSPECT (object);

  g_clear_object (&self->inspector); /* unmapping still uses it */
  g_clear_object (&self->flow);
  G_OBJECT_CLASS (explorer_inspect_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-inspect.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, stack);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, note);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, pictures);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, curves);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, shells);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, fields);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, norms);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, shares);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInspect, cosines);
  gtk_widget_class_bind_template_callback (widget_class, on_step_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_chart_toggled);
}

static void
explorer_inspect_class_init (ExplorerInspectClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_inspect_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_inspect_finalize;
  widget_class->map = explorer_inspect_map;
  widget_class->unmap = explorer_inspect_unmap;
  signals[STEP_SELECTED] =
      g_signal_new ("step-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_type_ensure (EXPLORER_TYPE_INSPECT_PICTURES);
  g_type_ensure (EXPLORER_TYPE_INSPECT_CURVES);
  g_type_ensure (EXPLORER_TYPE_INSPECT_SHELLS);
  bind_template (widget_class);
  explorer_keys_bind_close (widget_class, "window.close");
}

static void
explorer_inspect_init (ExplorerInspect *self)
{
  self->problem = PISD_N_PROBLEMS;
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
  show_subtitle (self);
}

GtkWidget *
explorer_inspect_new (GtkWindow *parent,
                      ExplorerSession *session,
                      ExplorerInspector *inspector,
                      ExplorerFlow *flow)
{
  ExplorerInspect *self = g_object_new (EXPLORER_TYPE_INSPECT, "application",
                                        gtk_window_get_application (parent), NULL);

  self->session = g_object_ref (session);
  self->inspector = g_object_ref (inspector);
  self->flow = g_object_ref (flow);
  self->problem = explorer_session_get_scenario (session)->settings.problem;
  explorer_inspect_curves_set_inspector (EXPLORER_INSPECT_CURVES (self->curves), inspector,
                                         session);
  add_fields (self);
  g_signal_connect_object (inspector, "inspection", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-finished", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "notify::frame", G_CALLBACK (show_pictures), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

ExplorerInspectPictures *
explorer_inspect_get_pictures (ExplorerInspect *self)
{
  return EXPLORER_INSPECT_PICTURES (self->pictures);
}

ExplorerInspectCurves *
explorer_inspect_get_curves (ExplorerInspect *self)
{
  return EXPLORER_INSPECT_CURVES (self->curves);
}

const char *
explorer_inspect_get_subtitle (ExplorerInspect *self)
{
  return gtk_label_get_text (GTK_LABEL (self->subtitle));
}

const char *
explorer_inspect_get_note (ExplorerInspect *self)
{
  return gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->note
             ? gtk_label_get_text (GTK_LABEL (self->note))
             : NULL;
}

int
explorer_inspect_get_step (ExplorerInspect *self)
{
  return self->shown != NULL ? (int) self->shown->step : -1;
}
