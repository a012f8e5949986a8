/* What a run leaves behind: its fields as NPZ, its figures as JSON. */
#pragma once

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* a_mean, a_sd, u_mean, u_sd, a_samples, u_samples, sensors [n, 6] = field, x, y, t, value, sd;
 * of an equation with an array `w` of all frames, w_mean, w_sd and w_samples instead of the fields'
 * samples; and `name` (nullable), what the result is called, as the archive's comment.
 *
 * Shapes: [PISD_GRID, PISD_GRID] or [n_frames, PISD_GRID, PISD_GRID]; samples [n_samples, ...].
 * Atomically; the same result gives the same bytes.  Errors: PISD_ERROR_IO. */
gboolean pisd_result_save_npz (const PisdResult *result,
                               const PisdSensors *sensors,
                               const char *name,
                               const char *path,
                               GError **error);

/* The report, written atomically.  `name` (nullable) is what the result is called.  Where the
 * equation has several frames, `frames` holds time and error of each.  What is not known is null:
 * JSON has no NaN.  A seed
 * that a JSON number cannot hold exactly (2^53 and above) is written as a string.
 *
 * `exact` (nullable) is the posterior of the scenario's readings.  It brings exact_error_a and
 * exact_error_u, the errors of its mean (null without a truth), expected_error_a and
 * expected_error_u, those that it expects itself, and, with a truth and exact->sd,
 * calibration_a and calibration_u, by pisd_calibration().  Where it is the best possible
 * estimate, floor_a and floor_u repeat its errors and floor_n is the number of its distinct
 * informative sensors.  `left_out` (nullable) says why it, or its spread, is not known: the member
 * exact_left_out.  `readings` holds what pisd_consistency_check() found, sensors counted
 * from 1; `deviation` the root mean square of the estimate's latent, 1 for a draw of the prior.
 * Errors: PISD_ERROR_IO. */
gboolean pisd_result_save_json (const PisdResult *result,
                                const PisdScenario *scenario,
                                const char *name,
                                const PisdExact *exact,
                                const char *left_out,
                                const char *path,
                                GError **error);

/* How readings and prior go together: what the exact posterior (nullable) says of them, and how far
 * the flow moved the draws, of the run too. */
PisdConsistency pisd_report_get_consistency (const PisdResult *result, const PisdExact *exact);

G_END_DECLS
