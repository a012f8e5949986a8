/* A field of cosine or sine modes at single places: f[s] = sum_ij B_i (y_s) X_ij B_j (x_s).
 *
 * Places with the same y share one row of products, so 500 nodes of a grid of 128 lines cost a
 * quarter of 500 scattered points.
 * Shapes: X is [box, box] of the support.  Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-basis.h"

G_BEGIN_DECLS

typedef struct _PisdPlaces PisdPlaces;

/* The support is copied. */
PisdPlaces *pisd_places_new (PisdBasis basis, const PisdSupport *support, guint n);
void pisd_places_free (PisdPlaces *places); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPlaces, pisd_places_free)

/* Adds the next place; room was made for n. */
void pisd_places_add (PisdPlaces *places, double y, double x);
/* Adds one that reads nothing. */
void pisd_places_add_silent (PisdPlaces *places);

/* f: [places]. */
void pisd_places_apply (PisdPlaces *places, const double *box, double *f);
/* On the support; entries outside it are left as they are. */
void pisd_places_apply_adjoint (PisdPlaces *places, const double *f, double *box);

/* Number of the line a place lies on: equal where y is. */
guint pisd_places_get_line (const PisdPlaces *places, guint place);
/* B (y) and B (x) of a place: [box]. */
const double *pisd_places_get_row_y (const PisdPlaces *places, guint place);
const double *pisd_places_get_row_x (const PisdPlaces *places, guint place);

G_END_DECLS
