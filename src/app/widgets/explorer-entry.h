/* Entries whose text cannot be taken are marked, and the reason is said.  A marked entry keeps the
 * focus at Enter, and nothing runs meanwhile (explorer-keys.h). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Marks the entry, or not, as one whose text is not taken. */
void explorer_entry_mark (GtkWidget *entry, gboolean wrong);
/* Marks it and says why, in a toast of the window that it is in. */
void explorer_entry_refuse (GtkWidget *entry, const char *message);

G_END_DECLS
