/* The numbers of what is shown, in a row, those of the errors for each field.  Each has its
 * formula in a tooltip, which says whether it belongs to D or to x; those on the right are left
 * out where there is no room. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-run.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_NUMBER_BAR (explorer_number_bar_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerNumberBar, explorer_number_bar, EXPLORER, NUMBER_BAR, GtkWidget)

typedef struct
{
  const PisdOperator *problem;
  const PisdFrame *frame;   /* the step shown, NULL: none */
  const PisdResult *result; /* of its run, NULL while it runs and for what is of no run */
  gboolean is_mean;         /* the estimate is a mean, not the frame: step and noise mean nothing */
  guint n_samples;          /* of the run */
  gboolean is_other;        /* they are of another set-up than the one beside them */
  double errors[PISD_MAX_FIELDS];   /* of the estimate; NaN: not known */
  double exact[PISD_MAX_FIELDS];    /* ... of the exact posterior mean */
  double expected[PISD_MAX_FIELDS]; /* ... that the posterior expects; NaN: the exact one says it */
  double calibration[PISD_MAX_FIELDS]; /* pisd_calibration() */
} ExplorerNumberBarData;

void explorer_number_bar_show (ExplorerNumberBar *self, const ExplorerNumberBarData *data);
/* The text of one number: "step", "sigma", "error-a" (one a field), "standardized", "residual",
 * "truth-residual" or "finite-difference"; NULL where there is none of that name. */
const char *explorer_number_bar_get_text (ExplorerNumberBar *self, const char *name);

G_END_DECLS
