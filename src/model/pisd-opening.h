/* The set-up that the window opens with when it is given no file.
 *
 * A field that is nowhere measured emerges: 30 readings of the solution, on a regular grid, give
 * the source within 12 % (the exact answer 11.5 %) and the solution within 1.5 % (1.4 %).  The mean
 * of several samples has nearly the exact answer's error, and making them takes less than a second;
 * the first one is what is seen to emerge. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* The truth of `beside`, which may be NULL, is taken where it is the same and not drawn again. */
PisdScenario *pisd_opening_new (const PisdScenario *beside);
/* An example of what a learned prior knows and a Gaussian one does not: inclusions with sharp
 * edges, of which the solution is measured at random nodes. */
PisdScenario *pisd_opening_new_learned (void);
/* Its sensors, for the scenario's own equation and truth: those that there were go.  Of a flow the
 * last moment is measured.
 * Errors: PISD_ERROR_UNKNOWN (no truth to read). */
gboolean pisd_opening_place (PisdScenario *scenario, GError **error);

G_END_DECLS
