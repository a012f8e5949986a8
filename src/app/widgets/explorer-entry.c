#include "explorer-entry.h"

#include "explorer-spin.h"

/* GTK's own class for red frames. */
#define WRONG "error"

void
explorer_entry_mark (GtkWidget *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (entry, WRONG);
  else
    gtk_widget_remove_css_class (entry, WRONG);
}

void
explorer_entry_refuse (GtkWidget *entry, const char *message)
{
  explorer_entry_mark (entry, TRUE);
  gtk_widget_activate_action (entry, "win.say", "s", message);
}

void
explorer_entry_done (GtkWidget *entry)
{
  GtkRoot *root = gtk_widget_get_root (entry);

  if (!GTK_IS_WINDOW (root) || gtk_widget_has_css_class (entry, WRONG))
    return;
  gtk_window_set_focus (GTK_WINDOW (root), NULL);
}

gboolean
explorer_entry_settle (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *spin, *entry;

  if (focus == NULL)
    return TRUE;
  spin = gtk_widget_get_ancestor (focus, GTK_TYPE_SPIN_BUTTON);
  if (spin != NULL)
    return explorer_spin_take (spin);
  entry = gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY);
  if (entry == NULL)
    return TRUE;
  g_signal_emit_by_name (entry, "activate");
  return !gtk_widget_has_css_class (entry, WRONG);
}
