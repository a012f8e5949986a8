/* What entries of the side bar do alike: what is typed is taken at Enter, which gives the keyboard
 * back to the window, and what cannot be taken is marked and said. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Marks the entry, or not, as one whose text is not taken. */
void explorer_entry_mark (GtkWidget *entry, gboolean wrong);
/* Marks it and says why, in a toast of the window that it is in. */
void explorer_entry_refuse (GtkWidget *entry, const char *message);
/* After Enter: single keys are the window's again, unless the entry is marked. */
void explorer_entry_done (GtkWidget *entry);
/* Takes what is being typed anywhere in the window, as Enter would; FALSE where it is refused. */
gboolean explorer_entry_settle (GtkWindow *window);

G_END_DECLS
