/* The numbers of what is shown, in a row, those of the errors for each field.  Each has its
 * formula in a tooltip, which says whether it belongs to D or to x; those on the right are left
 * out where there is no room. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-run.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FIGURES (explorer_figures_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFigures, explorer_figures, EXPLORER, FIGURES, GtkWidget)

typedef struct
{
  const PisdOperator *problem;
  const PisdFrame *frame;   /* the step shown, NULL: none */
  const PisdResult *result; /* of its run, NULL while it runs and for what is of no run */
  gboolean is_mean;         /* the estimate is a mean, not the frame: step and noise mean nothing */
  guint n_samples;          /* of the run */
  double errors[PISD_MAX_FIELDS];      /* of the estimate; NaN: not known */
  double floors[PISD_MAX_FIELDS];      /* ... of the exact posterior mean */
  double calibration[PISD_MAX_FIELDS]; /* standard deviation of the standardised error */
} ExplorerFiguresData;

void explorer_figures_show (ExplorerFigures *self, const ExplorerFiguresData *data);
/* The text of one figure: "step", "sigma", "error-a" (one a field), "standardized", "residual",
 * "truth-residual" or "finite-difference"; NULL where there is none of that name. */
const char *explorer_figures_get_text (ExplorerFigures *self, const char *name);

G_END_DECLS
