#include "explorer-toasts.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 6
#define MOST_CHARACTERS 70 /* of a line */

struct _ExplorerToasts
{
  GtkRevealer *revealer; /* visible while there is a toast, or one that fades */
  GtkLabel *label;
  GtkWidget *close;
  GtkEventController *motion;
  guint timeout; /* until it goes; 0: none */
  char *last;
};

/* A message that names file, place, what it got and what it expected is longer than a line. */
static GtkLabel *
new_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (label, MOST_CHARACTERS);
  gtk_label_set_xalign (label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (label), "heading");
  return label;
}

static GtkWidget *
new_close (void)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Close"), -1);
  return close;
}

/* What has faded takes no room, and its words are found no more. */
static void
on_faded (ExplorerToasts *toasts)
{
  if (!gtk_revealer_get_reveal_child (toasts->revealer)
      && !gtk_revealer_get_child_revealed (toasts->revealer))
    gtk_widget_set_visible (GTK_WIDGET (toasts->revealer), FALSE);
}

static gboolean
on_timeout (gpointer data)
{
  ExplorerToasts *toasts = data;

  toasts->timeout = 0;
  if (!gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (toasts->motion)))
    explorer_toasts_dismiss (toasts);
  return G_SOURCE_REMOVE;
}

static void
start_timeout (ExplorerToasts *toasts)
{
  g_clear_handle_id (&toasts->timeout, g_source_remove);
  toasts->timeout = g_timeout_add_seconds (TOAST_SECONDS, on_timeout, toasts);
}

/* The style is that of libadwaita's own toasts. */
static GtkWidget *
new_box (ExplorerToasts *toasts)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "css-name", "toast", "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (toasts->label));
  gtk_box_append (GTK_BOX (box), toasts->close);
  gtk_widget_add_controller (box, g_object_ref (toasts->motion));
  return box;
}

static GtkRevealer *
new_revealer (GtkWidget *child)
{
  GtkRevealer *revealer = GTK_REVEALER (gtk_revealer_new ());

  gtk_revealer_set_transition_type (revealer, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (revealer, child);
  gtk_widget_set_halign (GTK_WIDGET (revealer), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (revealer), GTK_ALIGN_END);
  gtk_widget_set_visible (GTK_WIDGET (revealer), FALSE);
  return revealer;
}

ExplorerToasts *
explorer_toasts_new (GtkOverlay *overlay)
{
  ExplorerToasts *toasts;

  g_return_val_if_fail (GTK_IS_OVERLAY (overlay), NULL);

  toasts = g_new0 (ExplorerToasts, 1);
  toasts->label = g_object_ref_sink (new_label ());
  toasts->close = g_object_ref_sink (new_close ());
  toasts->motion = gtk_event_controller_motion_new ();
  toasts->revealer = g_object_ref_sink (new_revealer (new_box (toasts)));
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (toasts->revealer));
  g_signal_connect_swapped (toasts->close, "clicked", G_CALLBACK (explorer_toasts_dismiss), toasts);
  g_signal_connect_swapped (toasts->motion, "leave", G_CALLBACK (start_timeout), toasts);
  g_signal_connect_swapped (toasts->revealer, "notify::child-revealed", G_CALLBACK (on_faded),
                            toasts);
  return toasts;
}

void
explorer_toasts_free (ExplorerToasts *toasts)
{
  if (toasts == NULL)
    return;
  g_clear_handle_id (&toasts->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (toasts->close, toasts);
  g_signal_handlers_disconnect_by_data (toasts->motion, toasts);
  g_signal_handlers_disconnect_by_data (toasts->revealer, toasts);
  g_clear_object (&toasts->close);
  g_clear_object (&toasts->label);
  g_clear_object (&toasts->motion);
  g_clear_object (&toasts->revealer);
  g_free (toasts->last);
  g_free (toasts);
}

/* A toast that is there takes the new words. */
void
explorer_toasts_show (ExplorerToasts *toasts, const char *message)
{
  g_return_if_fail (toasts != NULL && message != NULL);
  g_free (toasts->last);
  toasts->last = g_strdup (message);
  gtk_label_set_text (toasts->label, message);
  gtk_widget_set_visible (GTK_WIDGET (toasts->revealer), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (toasts->revealer), TRUE);
  gtk_revealer_set_reveal_child (toasts->revealer, TRUE);
  start_timeout (toasts);
}

void
explorer_toasts_refuse_number (ExplorerToasts *self, const char *text)
{
  g_autofree char *message = g_strdup_printf (_ ("Got “%s”, expected a number"), text);

  explorer_toasts_show (self, message);
}

/* While it fades, what lies below it takes the clicks. */
void
explorer_toasts_dismiss (ExplorerToasts *toasts)
{
  g_return_if_fail (toasts != NULL);
  g_clear_handle_id (&toasts->timeout, g_source_remove);
  gtk_widget_set_can_target (GTK_WIDGET (toasts->revealer), FALSE);
  gtk_revealer_set_reveal_child (toasts->revealer, FALSE);
  on_faded (toasts);
}

const char *
explorer_toasts_get_last (ExplorerToasts *toasts)
{
  g_return_val_if_fail (toasts != NULL, NULL);
  return toasts->last;
}
