/* The prior that makes a scenario's readings likeliest, on the command line. */
#pragma once

#include "cli-signals.h"
#include "pisd-prior-fit.h"

G_BEGIN_DECLS

/* Fits the prior of the scenario's settings, prints what came of it, number by number, and leaves
 * it in the settings.
 * Errors: those of pisd_prior_fit_compute(). */
gboolean cli_fit_prior (PisdScenario *scenario,
                        guint n_threads,
                        CliSignals *signals,
                        GError **error);
/* The log evidence of its readings under its prior in a line; nothing where there is none, or where
 * it takes seconds, as that of a flow does. */
void cli_fit_print_evidence (const PisdScenario *scenario);

G_END_DECLS
