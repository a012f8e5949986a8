/* What the best possible estimate is: the Gaussian-process posterior of the grf prior given the readings.
 *
 * Poisson and Helmholtz are linear and the prior is Gaussian, so mean and spread have a closed form; no method that
 * knows only the prior and the readings has a smaller expected error than the mean.
 * Source: src/DESIGN.md, "Second order".
 * Threads: immutable, counted references.
 * Errors: what pisd_settings_check() reports, and those of pisd_factors_prepare(). */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_fields;
  PisdField *mean[PISD_MAX_FIELDS];
  PisdField *sd[PISD_MAX_FIELDS]; /* NULL where it was not asked for */
  double errors[PISD_MAX_FIELDS]; /* of the mean against the truth; NaN if unknown */
  guint n_sites;                  /* distinct informative readings */
  double seconds;

  /*< private >*/
  gint ref_count;
} PisdExact;

/* `conditioning`: of the scenario's sensors, or NULL to make one.  `with_sd`: also the spread, 0.5 s
 * for 500 sensors. */
PisdExact *pisd_exact_new (const PisdScenario *scenario,
                           PisdConditioning *conditioning,
                           gboolean with_sd,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error);
PisdExact *pisd_exact_ref (PisdExact *exact);
void pisd_exact_unref (PisdExact *exact); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdExact, pisd_exact_unref)

G_END_DECLS
