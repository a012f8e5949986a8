#include "explorer-text-menu.h"

/* The text at a place; NULL: there is none. */
static GtkWidget *
find_text (GtkGesture *gesture, double x, double y)
{
  GtkWidget *root = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *target = gtk_widget_pick (root, x, y, GTK_PICK_DEFAULT);

  return target == NULL || GTK_IS_TEXT (target) ? target
                                                : gtk_widget_get_ancestor (target, GTK_TYPE_TEXT);
}

static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y)
{
  GtkWidget *text = find_text (gesture, x, y);

  gtk_gesture_set_state (gesture,
                         text != NULL ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  if (text != NULL && !gtk_widget_has_focus (text))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/* Elsewhere than on a text nothing opens: whoever moved away has thought better of it. */
static void
on_released (GtkGesture *gesture, int n_press, double x, double y)
{
  GtkWidget *text = find_text (gesture, x, y);

  if (text != NULL && gtk_widget_has_focus (text))
    gtk_widget_activate_action (text, "menu.popup", NULL);
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
