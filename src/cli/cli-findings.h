/* What many runs of one method on random instances found, and how it compares with the best
 * possible on the same instances. */
#pragma once

#include <glib.h>

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

typedef struct
{
  double mean, error; /* NaN where there is none; `error`: standard error, NaN for one value */
} CliEstimate;

/* One value an instance, in the order in which they were added. */
typedef struct
{
  GArray *errors[PISD_MAX_FIELDS];  /* of double, percent: of the mean of the samples */
  GArray *singles[PISD_MAX_FIELDS]; /* likewise, of sample 0 */
  GArray *spreads[PISD_MAX_FIELDS]; /* mean squares of standardised errors over what is expected */
  GArray *crps[PISD_MAX_FIELDS];    /* of pisd-scores.h, percent of the truth; NaN for one sample */
  GArray *energies[PISD_MAX_FIELDS];
  GArray *seconds;
  guint n_steps, n_evaluations, n_samples;
} CliFindings;

CliFindings *cli_findings_new (void);
void cli_findings_free (CliFindings *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliFindings, cli_findings_free)

/* A finished run of a scenario whose truth is known. */
void cli_findings_add (CliFindings *self, const PisdResult *result, const PisdScenario *scenario);

/* Appends the errors of the exact posterior mean, percent, to arrays such as those above. */
void cli_findings_add_floor (GArray *const errors[PISD_MAX_FIELDS], const PisdExact *exact);

CliEstimate cli_estimate_mean (const GArray *values);
/* Mean over mean; the standard error is that of the paired differences value - ratio * floor.
 * values, floors: as many. */
CliEstimate cli_estimate_ratio (const GArray *values, const GArray *floors);
/* Standard deviation of (truth - mean) / spread over nodes and instances, 1 on average for samples
 * of the true posterior (that mean and spread are those of few samples is taken out); NaN where
 * they are too few to tell the spread. */
double cli_findings_get_calibration (const CliFindings *self, guint field);

G_END_DECLS
