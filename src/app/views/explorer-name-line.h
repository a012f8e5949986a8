/* What the pictures below are called, "PISD, 300 steps, seed 1", and where they are of another
 * set-up a button that says so and runs again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_NAME_LINE (explorer_name_line_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerNameLine, explorer_name_line, EXPLORER, NAME_LINE, GtkWidget)

/* NULL: nothing is shown, or it is of the set-up as it is. */
void explorer_name_line_show (ExplorerNameLine *self, const char *name, const char *mark);
/* The file that is being read or written, beside it; NULL: none. */
void explorer_name_line_show_file (ExplorerNameLine *self,
                                   const char *reading,
                                   const char *writing);

G_END_DECLS
