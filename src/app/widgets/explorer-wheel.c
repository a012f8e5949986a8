#include "explorer-wheel.h"

/* The widget's own scroll controller sleeps while the focus is elsewhere; the event then goes on to
 * the scrolled window around it. */
static void
set_wheel (GtkWidget *widget, gboolean awake)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint k = 0; k < g_list_model_get_n_items (controllers); k++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, k);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller,
                                                    awake ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
    }
}

static void
on_enter (GtkEventController *controller)
{
  set_wheel (gtk_event_controller_get_widget (controller), TRUE);
}

static void
on_leave (GtkEventController *controller)
{
  set_wheel (gtk_event_controller_get_widget (controller), FALSE);
}

void
explorer_wheel_only_with_focus (GtkWidget *widget)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (on_enter), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), NULL);
  gtk_widget_add_controller (widget, focus);
  set_wheel (widget, FALSE);
}
