/* How what is shown is called, and whether it is still of the set-up that stands beside it: the
 * same words in the window, in saved pictures, in the comparison and in files.
 *
 * All words are translated.  Owned strings are freed with g_free(). */
#pragma once

#include "pisd-edit.h"
#include "pisd-result.h"

G_BEGIN_DECLS

/* What an estimate came from. */
typedef struct
{
  const PisdSettings *settings; /* of its run; NULL: it is live, of no run */
  guint n_steps;                /* done; fewer than the settings say where the run was stopped */
  guint n_samples;              /* that it is the mean of; 1: a single one */
  gboolean retuned;             /* weights were changed while it ran */
  gboolean is_branch;           /* of another run, ... */
  guint branch_step;            /* ... from that step on */
} PisdName;

/* One sample after all steps that the settings ask for. */
void pisd_name_init (PisdName *name, const PisdSettings *settings);
/* The mean of a result's samples. */
void pisd_name_init_result (PisdName *name, const PisdResult *result);

/* "PISD, 300 steps, seed 1", "Second order, 100 steps, mean of 16, seed 1", "Exact posterior mean",
 * "Live: exact for these sensors". */
char *pisd_name_dup (const PisdName *name);
/* "PISD", "Unguided": the method alone, as titles have it. */
const char *pisd_name_get_method (PisdGuidanceId guidance);
/* "weights: a 5, equation 1.2", or "equation 1.2 × 1 → 0.2" with a course; of the equation and of
 * the fields that have sensors; NULL where the method has no weights. */
char *pisd_name_dup_weights (const PisdScenario *scenario,
                             const PisdGuidanceParameters *parameters);
/* "500 sensors", "a 500, u 0" or "w(0) 0, w(t) 40 on 2 frames", and both, "500 sensors (a 500,
 * u 0)". */
char *pisd_name_dup_total (const PisdSensors *sensors);
char *pisd_name_dup_counts (const PisdScenario *scenario);
char *pisd_name_dup_sensors (const PisdScenario *scenario);

/* What has changed since the run of a scenario that ended with `parameters`, as PisdChange bits; 0:
 * running it again would give the same estimate. */
guint pisd_name_find_changes (const PisdScenario *run,
                              const PisdGuidanceParameters *parameters,
                              const PisdScenario *now);
/* "Sensors changed", for the gravest of these changes; NULL for 0. */
const char *pisd_name_get_mark (guint changes);

G_END_DECLS
