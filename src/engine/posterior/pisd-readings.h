/* What sensors read of the source's modes alone: f = H z, the solution being the exact one.
 *
 * A sensor on the source is a row of its basis; one on the solution is the row P S Phi diag
 * (scale), with the exact solver S on all modes, so nothing of the solution is cut off.  One on a
 * later frame of a flow is seen through a linearisation: f = offset + H z, a row of J diag (scale).
 *
 * Shapes:  H [sites, modes].
 * Threads: one a thread (scratch inside).
 * Source:  src/DESIGN.md, "Second order". */
#pragma once

#include "pisd-linearisation.h"
#include "pisd-modes.h"

G_BEGIN_DECLS

typedef struct _PisdReadings PisdReadings;

/* scale: [modes] standard deviations of the source's modes.  `sites`: some of those of a set, in a
 * row.  `linearisation`: has all later ones of the set; NULL where the equation is linear, or none
 * is on a later frame.  Everything is borrowed. */
PisdReadings *pisd_readings_new (const PisdEquation *equation,
                                 const PisdModes *modes,
                                 const double *scale,
                                 const PisdSite *sites,
                                 guint n_sites,
                                 const PisdLinearisation *linearisation);
void pisd_readings_free (PisdReadings *readings); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdReadings, pisd_readings_free)

/* f: [n_sites], z: [modes]. */
void pisd_readings_apply (PisdReadings *readings, const double *z, double *f);
void pisd_readings_apply_adjoint (PisdReadings *readings, const double *f, double *z);
/* Rows of sites first ... first + n - 1: [n, modes].  Those of one line on u share a good part
 * of the work. */
void pisd_readings_fill_rows (PisdReadings *readings, guint first, guint n, double *rows);

G_END_DECLS
