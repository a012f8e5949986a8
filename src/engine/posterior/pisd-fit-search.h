/* What is looked for: the numbers that make the evidence largest, and the climb that finds them. */
#pragma once

#include "pisd-prior-fit.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdScenario *scenario;
  guint n_threads;
  PisdEvidence *evidence; /* owned */
  PisdSettings settings;  /* as they are tried */
  PisdCancel *cancel;
  GError **error;
  PisdWeakPrior weak;
  PisdHyper free[PISD_N_HYPERS]; /* [n] those that move */
  guint n;
  double x[PISD_N_HYPERS]; /* of all */
  double reached;          /* what NLopt made least */
  guint n_evaluations, n_linearised;
  PisdPriorFitFunc func;
  gpointer data;
  gpointer optimiser;
  gboolean failed;
} PisdFitSearch;

/* The numbers x that move become the settings'. */
void pisd_fit_search_put (PisdFitSearch *search);
/* Under the numbers x: log evidence and slopes. */
gboolean pisd_fit_search_evaluate (PisdFitSearch *search,
                                   gboolean with_slopes,
                                   PisdEvidenceValue *value);
/* From the numbers x to the maximum, of a flow linearised there.  FALSE: cancelled, or no
 * number. */
gboolean pisd_fit_search_climb (PisdFitSearch *search);
/* From the numbers that the settings say to the larger one of two maxima. */
gboolean pisd_fit_search_climb_first (PisdFitSearch *search);
void pisd_fit_search_clear (PisdFitSearch *search);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdFitSearch, pisd_fit_search_clear)

G_END_DECLS
