/* What a run leaves behind: its fields as NPZ, its figures as JSON. */
#pragma once

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* a_mean, a_sd, u_mean, u_sd, a_samples, u_samples, sensors [n, 6] = field, x, y, t, value, sd;
 * atomically. The same result gives the same bytes.  Errors: PISD_ERROR_IO. */
gboolean pisd_result_save_npz (const PisdResult *result,
                               const PisdSensors *sensors,
                               const char *path,
                               GError **error);

/* The report, written atomically.  What is not known is null: JSON has no NaN.  A seed
 * that a JSON number cannot hold exactly (2^53 and above) is written as a string.
 *
 * `exact` (nullable) is the posterior of the scenario's readings, given where it is the best
 * possible estimate: the family is grf and the prior gaussian.  It brings floor_a and floor_u, its
 * errors (null without a truth), floor_n, its distinct informative sensors, and, with a truth and
 * exact->sd, calibration_a and calibration_u: the root mean square over the nodes of
 * (truth - mean) / sd, nodes left out where the readings leave no spread.  Errors: PISD_ERROR_IO.
 */
gboolean pisd_result_save_json (const PisdResult *result,
                                const PisdScenario *scenario,
                                const PisdExact *exact,
                                const char *path,
                                GError **error);

G_END_DECLS
