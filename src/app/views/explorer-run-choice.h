/* A list of the runs that are kept, one of which is chosen: the one shown, or any of its equation.
 *
 * Signal: "notify::selected", as of any GtkDropDown. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"

G_BEGIN_DECLS

GtkWidget *explorer_run_choice_new (void);
/* chosen: an id, 0: whichever is shown; one that is gone is listed as that. */
void explorer_run_choice_fill (GtkWidget *choice, ExplorerSession *session, guint chosen);
guint explorer_run_choice_get (GtkWidget *choice);

G_END_DECLS
