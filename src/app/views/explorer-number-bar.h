/* The numbers of what is shown, in one line or two, those of the errors for each field.  Each has
 * its formula in a tooltip, which says whether it belongs to D or to x, and keeps its place and
 * width while it changes; what the timeline says too is left out where there is no room.
 *
 * Properties:
 *   "chrome" (boolean)    FALSE: for a lecture, the errors alone, in large type */
#pragma once

#include <gtk/gtk.h>

#include "explorer-number-kinds.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_NUMBER_BAR (explorer_number_bar_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerNumberBar, explorer_number_bar, EXPLORER, NUMBER_BAR, GtkWidget)

void explorer_number_bar_show (ExplorerNumberBar *self, const ExplorerNumberBarData *data);
/* The text of one number: "step", "sigma", "error-a" (one a field), "standardized" or
 * "residual"; NULL where there is none of that name. */
const char *explorer_number_bar_get_text (ExplorerNumberBar *self, const char *name);

G_END_DECLS
