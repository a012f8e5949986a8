/* A run of a lab from its set-up, and the numbers that it ends with.
 *
 * Of samples of a diffusion model
 *   energy-distance  to fresh data; of two fresh sets: fresh-distance
 *   energy-ratio     the first over the second
 *   diversity        mean distance of two samples over that of fresh data, within a label; NaN:
 *                    they have none
 * Of a training
 *   loss, gradient   over all points, at the last row that has them
 *   norm, time       of all parameters; of the flow
 *
 * Errors:  PISD_ERROR_CANCELLED, NUMERIC.
 * Threads: as in pisd_parallel(); the bits do not depend on their number. */
#pragma once

#include "pisd-diffuser-report.h"
#include "pisd-lab-setup.h"
#include "pisd-regression-log.h"

G_BEGIN_DECLS

typedef struct
{
  PisdLab lab;
  double energy_distance, fresh_distance, energy_ratio, diversity;
  double loss, gradient, norm, time;
} PisdLabResult;

/* Of samples as data.  Paths are those of the first of them: [n_stops + 1, n_paths, 2], from noise
 * to the sample. */
typedef struct
{
  PisdLabResult result;
  PisdLabData *data; /* NULL: a training */
  gsize n;
  double *samples; /* [n, dimension] */
  guint *labels;   /* [n] those asked for, or of the closed form its parts */
  guint n_paths, n_stops;
  double *paths;          /* NULL: of pictures */
  PisdRegressionLog *log; /* of a training */
} PisdLabRun;

/* n_threads: 0: as many as the machine has cores. */
PisdLabRun *pisd_lab_run_new (const PisdLabSetup *setup,
                              guint n_threads,
                              PisdCancel *cancel,
                              GError **error);
PisdLabRun *pisd_lab_run_ref (PisdLabRun *run);
void pisd_lab_run_unref (PisdLabRun *run); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLabRun, pisd_lab_run_unref)

/* What samples are found to be, and what a training has come to; FALSE: it has no row yet that says
 * so.  Numbers of the other lab are NaN. */
void pisd_lab_result_take_report (PisdLabResult *result, const PisdDiffuserReport *report);
gboolean pisd_lab_result_take_log (PisdLabResult *result, const PisdRegressionLog *log);

/* Whether a lab's run ends with a number of that name, and that number. */
gboolean pisd_lab_result_exists (PisdLab lab, const char *name);
double pisd_lab_result_get (const PisdLabResult *result, const char *name);

G_END_DECLS
