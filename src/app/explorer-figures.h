/* The numbers of the step shown, in a row: each with its formula in a tooltip that says whether it
 * belongs to D or to x. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-run.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FIGURES (explorer_figures_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFigures, explorer_figures, EXPLORER, FIGURES, GtkWidget)

/* `frame`: the step shown, NULL: none; `result`: of its run, NULL while it runs. */
void explorer_figures_show (ExplorerFigures *self,
                            const PisdFrame *frame,
                            const PisdResult *result);
/* The text of one figure ("step", "sigma", "error-a", "error-u", "residual", "truth-residual",
 * "finite-difference"). */
const char *explorer_figures_get_text (ExplorerFigures *self, const char *name);

G_END_DECLS
