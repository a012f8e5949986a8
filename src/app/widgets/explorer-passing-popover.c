#include "explorer-passing-popover.h"

#define LOOK_AGAIN 50 /* ms */

/* A widget does not let go of a popover that is none of its own. */
static void
leave (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

static gboolean
on_time (gpointer popover)
{
  if ((gtk_widget_get_state_flags (popover) & GTK_STATE_FLAG_PRELIGHT) != 0)
    return G_SOURCE_CONTINUE;
  leave (popover);
  return G_SOURCE_REMOVE;
}

/* The display knows by now that the popover is closed, and what it has to say of the pointer is
 * heard before anything as unimportant as the next look.  A menu's action has been activated. */
static gboolean
on_idle (gpointer popover)
{
  gdk_display_sync (gtk_widget_get_display (popover));
  g_timeout_add_full (G_PRIORITY_LOW, LOOK_AGAIN, on_time, g_object_ref (popover), g_object_unref);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_LOW, on_idle, g_object_ref (popover), g_object_unref);
}

void
explorer_passing_popover_attach (GtkWidget *popover, GtkWidget *parent)
{
  g_return_if_fail (GTK_IS_POPOVER (popover) && GTK_IS_WIDGET (parent));

  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (leave), popover, G_CONNECT_SWAPPED);
}
