#include "explorer-plan-popover.h"

#include <glib/gi18n.h>

#include "explorer-text-menu.h"
#include "pisd-name.h"

#define FIRST_METHOD_ROW 3 /* of the grid */
#define OTHER_PRIOR_ROW (FIRST_METHOD_ROW + PISD_N_GUIDANCES)

struct _ExplorerPlanPopover
{
  GtkPopover parent_instance;

  GtkWidget *rows;
  GtkAdjustment *seed;
  GtkAdjustment *samples;
  GtkWidget *chosen[PISD_N_GUIDANCES]; /* check buttons */
  GtkWidget *other_prior;              /* likewise */
  GtkWidget *priors_button;
  GtkAdjustment *steps[PISD_N_GUIDANCES]; /* owned by their spin buttons; NULL: makes none */
  guint official[PISD_N_GUIDANCES];       /* steps that the method's authors take */
  ExplorerPreferences *preferences;
  gboolean forgets; /* while the window chooses: that is not remembered */
};

G_DEFINE_FINAL_TYPE (ExplorerPlanPopover, explorer_plan_popover, GTK_TYPE_POPOVER)

static gboolean
is_chosen (ExplorerPlanPopover *self, guint method)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->chosen[method]));
}

/* Methods are remembered as a bit each, by their number. */
static void
on_chosen (ExplorerPlanPopover *self)
{
  int chosen = 0;

  if (self->forgets)
    return;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    if (is_chosen (self, m))
      chosen |= 1 << m;
  explorer_preferences_set (self->preferences, "compare-methods", chosen);
}

static void
on_official (ExplorerPlanPopover *self)
{
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    if (pisd_method_get (m)->uses_gradient)
      gtk_adjustment_set_value (self->steps[m], self->official[m]);
}

static void
add_steps (ExplorerPlanPopover *self, guint method, const char *title, int row)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (1, EXPLORER_PLAN_MOST_STEPS, 10);

  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_tooltip_text (spin, _ ("Steps"));
  gtk_grid_attach (GTK_GRID (self->rows), spin, 1, row, 1, 1);
  g_object_bind_property (self->chosen[method], "active", spin, "sensitive", G_BINDING_SYNC_CREATE);
  self->steps[method] = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin));
}

static void
add_no_steps (ExplorerPlanPopover *self, int row)
{
  GtkWidget *label = gtk_label_new (_ ("no steps"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (self->rows), label, 1, row, 1, 1);
}

static void
add_method (ExplorerPlanPopover *self, guint method)
{
  const char *title = pisd_name_get_method (method);
  const int row = FIRST_METHOD_ROW + (int) method;

  self->chosen[method] = gtk_check_button_new_with_label (title);
  gtk_grid_attach (GTK_GRID (self->rows), self->chosen[method], 0, row, 1, 1);
  if (pisd_method_get (method)->makes_steps)
    add_steps (self, method, title, row);
  else
    add_no_steps (self, row);
}

static void
add_other_prior (ExplorerPlanPopover *self)
{
  self->other_prior = gtk_check_button_new ();
  gtk_widget_set_tooltip_text (
      self->other_prior, _ ("As set, with the other prior: same sensors, family and samples, and "
                            "the same method where "
                            "that prior has it. What follows a preset follows that prior’s."));
  gtk_grid_attach (GTK_GRID (self->rows), self->other_prior, 0, OTHER_PRIOR_ROW, 2, 1);
}

void
explorer_plan_popover_set_preferences (ExplorerPlanPopover *self, ExplorerPreferences *preferences)
{
  int chosen;

  g_return_if_fail (EXPLORER_IS_PLAN_POPOVER (self) && self->preferences == NULL);

  self->preferences = g_object_ref (preferences);
  chosen = explorer_preferences_get (preferences, "compare-methods");
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->chosen[m]), (chosen >> m) & 1);
      g_signal_connect_object (self->chosen[m], "toggled", G_CALLBACK (on_chosen), self,
                               G_CONNECT_SWAPPED);
    }
}

/* The row of an equation that has one prior only is empty. */
static void
show_other_prior (ExplorerPlanPopover *self, const ExplorerPlan *plan)
{
  const PisdSettings *settings = &plan->scenario->settings;
  const gboolean has_other = explorer_plan_has_other_prior (plan);
  GtkCheckButton *button = GTK_CHECK_BUTTON (self->other_prior);

  gtk_check_button_set_label (button, pisd_method_get_prior (settings->prior)->is_gaussian
                                          ? _ ("As set, learned prior")
                                          : _ ("As set, Gaussian prior"));
  gtk_check_button_set_active (button, has_other && plan->other_prior);
  gtk_widget_set_visible (self->other_prior, has_other);
  gtk_widget_set_visible (self->priors_button, has_other);
}

void
explorer_plan_popover_choose_priors (ExplorerPlanPopover *self)
{
  g_return_if_fail (EXPLORER_IS_PLAN_POPOVER (self));

  self->forgets = TRUE;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->chosen[m]), FALSE);
  self->forgets = FALSE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->other_prior), TRUE);
}

void
explorer_plan_popover_show (ExplorerPlanPopover *self, const ExplorerPlan *plan)
{
  g_return_if_fail (EXPLORER_IS_PLAN_POPOVER (self));

  gtk_adjustment_set_value (self->seed, (double) plan->seed);
  gtk_adjustment_set_value (self->samples, plan->samples);
  show_other_prior (self, plan);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      self->official[m] = explorer_plan_get_preset_steps (plan, m);
      if (self->steps[m] != NULL)
        gtk_adjustment_set_value (self->steps[m], plan->steps[m]);
    }
}

void
explorer_plan_popover_read (ExplorerPlanPopover *self, ExplorerPlan *plan)
{
  g_return_if_fail (EXPLORER_IS_PLAN_POPOVER (self));

  plan->seed = (guint64) gtk_adjustment_get_value (self->seed);
  plan->samples = (guint) gtk_adjustment_get_value (self->samples);
  plan->other_prior = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->other_prior));
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      plan->chosen[m] = is_chosen (self, m);
      if (self->steps[m] != NULL)
        plan->steps[m] = (guint) gtk_adjustment_get_value (self->steps[m]);
    }
}

static void
explorer_plan_popover_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_PLAN_POPOVER (object)->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_PLAN_POPOVER);
  G_OBJECT_CLASS (explorer_plan_popover_parent_class)->dispose (object);
}

static void
explorer_plan_popover_class_init (ExplorerPlanPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_plan_popover_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-plan-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerPlanPopover, rows);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPlanPopover, seed);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPlanPopover, samples);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPlanPopover, priors_button);
  gtk_widget_class_bind_template_callback (widget_class, on_official);
}

static void
explorer_plan_popover_init (ExplorerPlanPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_text_menu_install (GTK_WIDGET (self));
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    add_method (self, m);
  add_other_prior (self);
}
