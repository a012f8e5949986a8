#include "explorer-picker.h"

#include <glib/gi18n.h>

/* Tab goes from picture to picture; a key opens what the button does. */
GtkWidget *
explorer_picker_new (void)
{
  GtkWidget *picker = gtk_button_new_from_icon_name ("pisd-pick-symbolic");

  gtk_widget_add_css_class (picker, "flat");
  gtk_widget_add_css_class (picker, "picker");
  gtk_widget_set_focusable (picker, FALSE);
  gtk_widget_set_cursor_from_name (picker, "default");
  gtk_widget_set_tooltip_text (picker, _ ("What this pane shows (Q)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (picker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What this pane shows"), -1);
  return picker;
}

void
explorer_picker_allocate (GtkWidget *picker, const PisdBox *heat, gboolean is_crowded)
{
  GtkAllocation place;
  int width, height;

  (is_crowded ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (picker, "crowded");
  gtk_widget_measure (picker, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (picker, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  place = (GtkAllocation){ (int) (heat->x + heat->width) - width,
                           MAX (0, (int) (heat->y - 1.0) - height), width, height };
  if (is_crowded)
    place.y = (int) heat->y;
  gtk_widget_size_allocate (picker, &place, -1);
}
