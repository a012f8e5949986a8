/* The Gaussian-process posterior of the prior given the readings.
 *
 * Poisson and Helmholtz are linear and the prior is Gaussian, so mean and spread have a closed
 * form.  Of a flow the mean is the converged mode and what it becomes, and the spread that of the
 * problem linearised there, of later frames that of draws. Where the truth is of the prior's
 * kind, and only there, no method that knows prior and readings alone has a smaller expected
 * error than the mean: then it is the best possible estimate.
 * Source: src/DESIGN.md, "Second order".
 * Threads: immutable, counted references.
 * Errors: what pisd_settings_check() reports, PISD_ERROR_RANGE for readings that are no numbers
 *         any more, and those of pisd_factors_prepare(). */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-consistency.h"
#include "pisd-scenario.h"
#include "pisd-solver.h"

G_BEGIN_DECLS

/* Draws that stand for the spread: its error is then some 10 %. */
#define PISD_EXACT_DRAWS 16

typedef struct
{
  guint n_fields;
  PisdField *mean[PISD_MAX_FIELDS];
  PisdField *sd[PISD_MAX_FIELDS]; /* NULL where it was not asked for */
  double errors[PISD_MAX_FIELDS]; /* of the mean against the truth; NaN if unknown */
  gboolean is_best;               /* truth and prior are of one kind: pisd_prior_fits_truth() */
  /* The relative error that the posterior itself expects, of the truth or, where that is not
   * known, of the mean: from the spread, or from PISD_EXACT_DRAWS draws where the spread was
   * not asked for.  NaN without either. */
  double expected[PISD_MAX_FIELDS];
  PisdConsistency consistency; /* of the readings */
  guint n_sites;               /* distinct informative readings */
  double seconds;

  /*< private >*/
  gint ref_count;
} PisdExact;

/* `conditioning`: of the scenario's sensors, or NULL to make one.  `with_sd`: also the spread,
 * 0.5 s for 500 sensors.  Without the spread, what the posterior expects is estimated unless
 * the mean is the best possible estimate. */
PisdExact *pisd_exact_new (const PisdScenario *scenario,
                           PisdConditioning *conditioning,
                           gboolean with_sd,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error);
/* Receives a whole answer of outdated rows, borrowed, on the computing thread. */
typedef void (*PisdExactFunc) (PisdExact *early, gpointer data);
/* The same, for whoever watches: where the conditioning's rows are outdated, because it was made
 * from that of other sensors, `early` (nullable) receives what they say, before new rows are made
 * in their place.  Where that is stopped the conditioning is as it was, and good for the next. */
PisdExact *pisd_exact_new_live (const PisdScenario *scenario,
                                PisdConditioning *conditioning,
                                gboolean with_sd,
                                PisdExactFunc early,
                                gpointer data,
                                guint n_threads,
                                PisdCancel *cancel,
                                GError **error);
/* Mean and spread of every field alone: one array a field of the equation. */
gboolean pisd_exact_fill_moments (PisdConditioning *conditioning,
                                  PisdSolver *solver,
                                  guint n_threads,
                                  PisdCancel *cancel,
                                  PisdField *const *mean,
                                  PisdField *const *sd,
                                  GError **error);
PisdExact *pisd_exact_ref (PisdExact *exact);
void pisd_exact_unref (PisdExact *exact); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdExact, pisd_exact_unref)

G_END_DECLS
