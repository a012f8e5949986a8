#include "explorer-text-menu.h"

#define KEY "explorer-text-menu" /* of a gesture: the text that was pressed, for comparison alone */

static gboolean
is_text (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget)
         || (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget)));
}

/* The text at a place; NULL: there is none. */
static GtkWidget *
find_text (GtkGesture *gesture, double x, double y)
{
  GtkWidget *root = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *target = gtk_widget_pick (root, x, y, GTK_PICK_DEFAULT);

  return target == NULL || is_text (target) ? target
                                            : gtk_widget_get_ancestor (target, GTK_TYPE_TEXT);
}

/* A label keeps what is selected in it, which the focus would change. */
static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y)
{
  GtkWidget *text = find_text (gesture, x, y);

  gtk_gesture_set_state (gesture,
                         text != NULL ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  g_object_set_data (G_OBJECT (gesture), KEY, text);
  if (GTK_IS_TEXT (text) && !gtk_widget_has_focus (text))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/* The menu of a label, which may be long, where it was clicked. */
static void
point_at (GtkWidget *label, GtkWidget *root, double x, double y)
{
  GtkWidget *menu = gtk_widget_get_last_child (label);
  GdkRectangle at = { .width = 1, .height = 1 };

  if (!GTK_IS_POPOVER (menu) || !gtk_widget_translate_coordinates (root, label, x, y, &x, &y))
    return;
  at.x = (int) x;
  at.y = (int) y;
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &at);
}

/* Elsewhere than on that text nothing opens: whoever moved away has thought better of it. */
static void
on_released (GtkGesture *gesture, int n_press, double x, double y)
{
  GtkWidget *text = find_text (gesture, x, y);

  if (text == NULL || text != g_object_get_data (G_OBJECT (gesture), KEY))
    return;
  gtk_widget_activate_action (text, "menu.popup", NULL);
  if (GTK_IS_LABEL (text))
    point_at (text, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);
}

void
explorer_text_menu_install (GtkWidget *root)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), NULL);
  g_signal_connect (click, "released", G_CALLBACK (on_released), NULL);
  gtk_widget_add_controller (root, GTK_EVENT_CONTROLLER (click));
}
