/* Whether the words of a window can be read: no label is cut, broken within a word or pushed out of
 * what is seen, and no title above a picture is cut. */
#pragma once

#include <gtk/gtk.h>

/* The text scales at which that is so. */
extern const double ui_text_scales[];
#define UI_N_TEXT_SCALES 3

/* How many words below `root` cannot be read; a message says which ones and `where`. */
guint ui_count_cut_labels (GtkWidget *root, const char *where);
/* Unfolds all rows below `root`. */
void ui_expand_rows (GtkWidget *root);
