/* A place of a field, and what `pisd sample` prints of the samples there: the histogram of
 * pisd-marginal.h, beside the exact posterior of the Gaussian prior.
 *
 * Written "FIELD,X,Y", of a field that changes with time "FIELD,X,Y,T"; the node and the frame that
 * are nearest stand for the place. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-marginal.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct
{
  guint field, frame; /* in the problem's table */
  guint i, j;         /* node */
} CliProbe;

/* option: that it is of, for messages.
 * Errors: of the command line: no such field, a place outside the square. */
gboolean cli_probe_parse (const char *option,
                          const char *text,
                          PisdProblemId problem,
                          CliProbe *probe,
                          GError **error);
/* Where the Gaussian takes too much memory, or was stopped, the samples are printed without it, and
 * `reason` says why; it is left alone otherwise.
 * Errors: the others of pisd_exact_new(); what was printed before stays. */
gboolean cli_probe_print (const CliProbe *probe,
                          const PisdResult *result,
                          const PisdScenario *scenario,
                          guint n_threads,
                          PisdCancel *cancel,
                          char **reason,
                          GError **error);
/* One line a bin: from where on, how many of what is counted, and how many the Gaussian would have,
 * where it is known. */
void cli_probe_print_bins (const PisdMarginal *marginal, const char *counted);

G_END_DECLS
