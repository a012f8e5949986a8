#include "explorer-field-switch.h"

typedef void (*Chosen) (gpointer target, guint field);

static void
on_toggled (GtkToggleButton *button, gpointer target)
{
  Chosen chosen = (Chosen) g_object_get_data (G_OBJECT (button), "chosen");

  if (gtk_toggle_button_get_active (button))
    chosen (target, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "field")));
}

static GtkWidget *
new_button (const PisdFieldInfo *info, guint field, Chosen chosen, GObject *target)
{
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, info->n_frames - 1);
  GtkWidget *button = gtk_toggle_button_new_with_label (symbol);

  g_object_set_data (G_OBJECT (button), "field", GUINT_TO_POINTER (field));
  g_object_set_data (G_OBJECT (button), "chosen", (gpointer) chosen);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), target, 0);
  return button;
}

void
explorer_field_switch_fill (GtkBox *box, PisdProblemId problem, Chosen chosen, GObject *target)
{
  const PisdOperator *row = pisd_operator_get (problem);
  GtkWidget *first = NULL, *before;

  while ((before = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, before);
  for (guint f = 0; f < row->n_fields; f++)
    {
      GtkWidget *button = new_button (&row->fields[f], f, chosen, target);

      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      gtk_box_append (box, button);
    }
}

void
explorer_field_switch_choose (GtkBox *box, const PisdScenario *scenario)
{
  const gboolean inverse = pisd_scenario_get_task (scenario) == PISD_TASK_INVERSE;
  GtkWidget *button = inverse ? gtk_widget_get_first_child (GTK_WIDGET (box))
                              : gtk_widget_get_last_child (GTK_WIDGET (box));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}
