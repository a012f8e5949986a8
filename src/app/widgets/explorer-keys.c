#include "explorer-keys.h"

static gboolean
is_typing (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL
         && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)
             || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

static gboolean
on_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  const char *action = data;

  if (is_typing (GTK_WINDOW (widget)))
    return FALSE;
  return gtk_widget_activate_action (widget, action, NULL);
}

void
explorer_keys_install (GtkWindow *window, const ExplorerKey *keys, guint n)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint k = 0; k < n; k++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[k].keyval, 0),
                          gtk_callback_action_new (on_key, (gpointer) keys[k].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
