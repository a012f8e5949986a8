#include "explorer-toplevels.h"

#include "explorer-text-menu.h"

static void
close_menus (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    close_menus (child);
  if (GTK_IS_POPOVER (root) && gtk_widget_get_visible (root))
    gtk_popover_popdown (GTK_POPOVER (root));
}

static gboolean
on_close_request (GtkWidget *window)
{
  close_menus (window);
  return GDK_EVENT_PROPAGATE;
}

static void
on_windows_changed (GListModel *windows, guint position, guint n_removed, guint n_added)
{
  for (guint k = position; k < position + n_added; k++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, k);

      explorer_text_menu_install (window);
      g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
    }
}

void
explorer_toplevels_watch (void)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (on_windows_changed),
                    NULL);
}
