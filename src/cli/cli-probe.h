/* A place of a field, and what `pisd sample` prints of the samples there: the histogram of
 * pisd-marginal.h, beside the exact posterior of the Gaussian prior.
 *
 * Written "FIELD,X,Y", of a field that changes with time "FIELD,X,Y,T"; the node and the frame that
 * are nearest stand for the place. */
#pragma once

#include "pisd-result.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct
{
  guint field, frame; /* in the problem's table */
  guint i, j;         /* node */
} CliProbe;

/* Errors: of the command line: no such field, a place outside the square. */
gboolean cli_probe_parse (const char *text, PisdProblemId problem, CliProbe *probe, GError **error);
/* Errors: those of pisd_exact_new(); what was printed before stays. */
gboolean cli_probe_print (const CliProbe *probe,
                          const PisdResult *result,
                          const PisdScenario *scenario,
                          guint n_threads,
                          GError **error);

G_END_DECLS
