/* The places that sensors read: those that say nothing left out, those at one place and time merged
 * into one, weighted by their precision.
 *
 * Threads: any. */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct
{
  PisdFieldId field; /* a or u */
  guint frame;       /* of that field */
  double x, y;
  double value, variance;
  int node; /* y * PISD_GRID + x of a site on a that lies on a node, else -1 */
} PisdSite;

/* The distinct informative places of a set of sensors: those on nodes of a, the others on a,
 * those on u, frame by frame; row by row. Free with g_free(). */
PisdSite *pisd_sites_new (PisdProblemId problem, const PisdSensors *sensors, guint *n_sites);

/* The same where every reading may have noise of `noise_sd` beside its sensor's own. */
PisdSite *pisd_sites_new_noisy (PisdProblemId problem,
                                const PisdSensors *sensors,
                                double noise_sd,
                                guint *n_sites);

/* Their order: by field, frame, node or not, y, x; 0 for the same place and time. */
int pisd_site_compare (const PisdSite *p, const PisdSite *q);

G_END_DECLS
