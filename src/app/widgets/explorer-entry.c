#include "explorer-entry.h"

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
