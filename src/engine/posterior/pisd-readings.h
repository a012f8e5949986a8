/* What sensors read of the source's modes alone: f = H z, the solution being the exact one.
 *
 * A sensor on the source is a row of its basis; one on the solution is the row P S Phi diag
 * (scale), with the exact solver S on all modes, so nothing of the solution is cut off.
 * Sensors that carry no information are left out; sensors at one place are merged into one,
 * weighted by their precision.
 *
 * Shapes:  H [sites, modes].
 * Threads: one a thread (scratch inside).
 * Source:  src/DESIGN.md, "Second order". */
#pragma once

#include "pisd-modes.h"
#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct
{
  PisdFieldId field; /* a or u */
  double x, y;
  double value, variance;
  int node; /* y * PISD_GRID + x of a site on a that lies on a node, else -1 */
} PisdSite;

/* The distinct informative places of a set of sensors: those on nodes of a, the others on a,
 * those on u; row by row. Free with g_free(). */
PisdSite *pisd_sites_new (PisdProblemId problem, const PisdSensors *sensors, guint *n_sites);

/* Their order: by field, node or not, y, x; 0 for the same place. */
int pisd_site_compare (const PisdSite *p, const PisdSite *q);

typedef struct _PisdReadings PisdReadings;

/* The equation is linear; scale: [modes] standard deviations of the source's modes; everything
 * borrowed. */
PisdReadings *pisd_readings_new (const PisdEquation *equation,
                                 const PisdModes *modes,
                                 const double *scale,
                                 const PisdSite *sites,
                                 guint n_sites);
void pisd_readings_free (PisdReadings *readings); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdReadings, pisd_readings_free)

/* f: [n_sites], z: [modes]. */
void pisd_readings_apply (PisdReadings *readings, const double *z, double *f);
void pisd_readings_apply_adjoint (PisdReadings *readings, const double *f, double *z);
/* Rows of sites first ... first + n - 1: [n, modes].  Those of one line on u share a good part
 * of the work. */
void pisd_readings_fill_rows (PisdReadings *readings, guint first, guint n, double *rows);

G_END_DECLS
