/* Pictures of a lab in one to three columns, as many as the width has room for; they grow with the
 * board.  The first one may be twice as wide as the others.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_LAB_BOARD (explorer_lab_board_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLabBoard, explorer_lab_board, EXPLORER, LAB_BOARD, GtkWidget)

/* Takes it, behind those that are there. */
void explorer_lab_board_append (ExplorerLabBoard *self, GtkWidget *picture);
/* Whether the first one wants two columns wherever there are two. */
void explorer_lab_board_set_wide (ExplorerLabBoard *self, gboolean wide);

G_END_DECLS
