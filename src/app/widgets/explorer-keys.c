#include "explorer-keys.h"

#include <string.h>

#define BEFORE_KEY "explorer-text-before"

/* The entry around the text that has the focus; NULL: nobody types. */
static GtkWidget *
get_entry (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus == NULL || !GTK_IS_EDITABLE (focus))
    return NULL;
  return GTK_IS_TEXT (focus) ? gtk_widget_get_parent (focus) : focus;
}

static gboolean
is_in_popover (GtkWidget *focus)
{
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
can_be_pressed (GtkWidget *focus)
{
  if (GTK_IS_LIST_BOX_ROW (focus))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (focus));
  return GTK_IS_BUTTON (focus) || GTK_IS_CHECK_BUTTON (focus) || GTK_IS_SWITCH (focus)
         || GTK_IS_DROP_DOWN (focus) || GTK_IS_EXPANDER (focus);
}

static gboolean
keeps_key (GtkWindow *window, guint keyval)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus == NULL)
    return FALSE;
  return get_entry (window) != NULL || GTK_IS_TEXT_VIEW (focus) || is_in_popover (focus)
         || (keyval == GDK_KEY_space && can_be_pressed (focus));
}

/* What is not possible leaves its key to the widget that has the focus. */
static gboolean
is_possible (GtkWidget *window, const char *name)
{
  return !G_IS_ACTION_GROUP (window) || !g_str_has_prefix (name, "win.")
         || g_action_group_get_action_enabled (G_ACTION_GROUP (window), name + strlen ("win."));
}

/* "win.step", or "win.zoom(1)" with a parameter. */
static gboolean
activate (GtkWidget *widget, const char *detailed)
{
  g_autoptr (GVariant) parameter = NULL;
  g_autofree char *name = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &parameter, NULL)
      || !is_possible (widget, name))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, name, parameter);
}

static gboolean
on_shortcut (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  const ExplorerKey *key = data;

  if (keeps_key (GTK_WINDOW (widget), key->keyval))
    return FALSE;
  return activate (widget, key->action);
}

/* To the row of the entry, so that Tab goes on from there; else to nothing. */
static void
leave (GtkWindow *window, GtkWidget *entry)
{
  GtkWidget *row = gtk_widget_get_ancestor (entry, GTK_TYPE_LIST_BOX_ROW);

  if (row == NULL || gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row))
      || !gtk_widget_get_focusable (row))
    row = NULL;
  gtk_window_set_focus (window, row);
}

static gboolean
is_refused (GtkWidget *entry)
{
  return gtk_widget_has_css_class (entry, "error");
}

/* What it says when it gets the focus is what Esc brings back. */
static void
on_focus_changed (GtkWindow *window)
{
  GtkWidget *entry = get_entry (window);

  if (entry != NULL)
    g_object_set_data_full (G_OBJECT (window), BEFORE_KEY,
                            g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))), g_free);
}

static gboolean
take (GtkEventControllerKey *controller, GtkWindow *window, GtkWidget *entry)
{
  gtk_event_controller_key_forward (controller, gtk_window_get_focus (window));
  if (get_entry (window) == entry && !is_refused (entry))
    leave (window, entry);
  return GDK_EVENT_STOP;
}

static gboolean
take_back (GtkWindow *window, GtkWidget *entry)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), g_object_get_data (G_OBJECT (window), BEFORE_KEY));
  leave (window, entry);
  return GDK_EVENT_STOP;
}

/* Of all keys only Esc acts while a button of the pointer is held: what is pressed must not go from
 * under it, nor a menu take the pointer away (GTK loses count of what is pressed then). */
static gboolean
has_to_wait (guint keyval, GdkModifierType state)
{
  const guint buttons = GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK;

  return (state & buttons) != 0 && keyval != GDK_KEY_Escape;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint code,
        GdkModifierType state,
        GtkWindow *window)
{
  GtkWidget *entry = get_entry (window);

  if (has_to_wait (keyval, state))
    return GDK_EVENT_STOP;
  if (entry == NULL || is_in_popover (entry)
      || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return take (controller, window, entry);
    case GDK_KEY_Escape:
      return take_back (window, entry);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The focus leaves what is not clicked on; where something else is, that takes it. */
static void
on_press (GtkGestureClick *gesture, int n_press, double x, double y, GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *entry = get_entry (window);
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (window), x, y, GTK_PICK_DEFAULT);
  GtkWidget *kept = entry == NULL ? focus : entry;

  if (focus == NULL || target == NULL || target == kept || gtk_widget_is_ancestor (target, kept)
      || is_in_popover (focus))
    return;
  gtk_window_set_focus (window, NULL);
}

static void
add_shortcuts (GtkWindow *window, const ExplorerKey *keys, guint n)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint k = 0; k < n; k++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[k].keyval, 0),
                          gtk_callback_action_new (on_shortcut, (gpointer) &keys[k], NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

void
explorer_keys_install (GtkWindow *window, const ExplorerKey *keys, guint n)
{
  GtkEventController *typed = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  add_shortcuts (window, keys, n); /* the controller that is added last has the key first */
  gtk_event_controller_set_propagation_phase (typed, GTK_PHASE_CAPTURE);
  g_signal_connect (typed, "key-pressed", G_CALLBACK (on_key), window);
  gtk_widget_add_controller (GTK_WIDGET (window), typed);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), 0);
  g_signal_connect (press, "pressed", G_CALLBACK (on_press), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (press));
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), NULL);
}

gboolean
explorer_keys_commit (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *entry = get_entry (window);

  if (entry == NULL)
    return TRUE;
  if (GTK_IS_TEXT (focus))
    g_signal_emit_by_name (focus, "activate");
  return !is_refused (entry);
}

void
explorer_keys_bind_close (GtkWidgetClass *widget_class, const char *escape)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  if (escape != NULL)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, escape, NULL);
}

void
explorer_keys_bind_run (GtkWidgetClass *widget_class, const char *start, const char *save)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, start, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, start,
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, save, NULL);
}

void
explorer_keys_bind_undo (GtkWidgetClass *widget_class, const char *undo, const char *redo)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       redo, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, redo, NULL);
}
