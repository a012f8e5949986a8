/* A field as a map of the modes that a latent keeps: log10 of the absolute values of its
 * coefficients, wave numbers growing to the right and downwards.
 *
 * Shapes:  maps [side, side], row ky, column kx; minus infinity where no mode is kept, or a
 *          coefficient is zero.
 * Units:   coefficients of the orthonormal basis, in the field's own units.
 * Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-field.h"
#include "pisd-modes.h"

G_BEGIN_DECLS

/* What is so many decades below the largest entry has the colour of what is below the range. */
#define PISD_MODE_MAP_DECADES 6.0

typedef struct _PisdModeMap PisdModeMap;

/* The modes are copied. */
PisdModeMap *pisd_mode_map_new (const PisdModes *modes, PisdBasis basis);
void pisd_mode_map_free (PisdModeMap *map); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdModeMap, pisd_mode_map_free)

/* Whether it is of these modes. */
gboolean pisd_mode_map_is_of (const PisdModeMap *map, const PisdModes *modes, PisdBasis basis);
guint pisd_mode_map_get_side (const PisdModeMap *map);
/* grid: [PISD_GRID, PISD_GRID]; nodes without a number count as zero. */
void pisd_mode_map_fill (PisdModeMap *map, const double *grid, double *out);
/* The range of a map's colours: so many decades up to its largest entry, up to 0 where it has
 * none. */
void pisd_mode_map_get_range (const PisdField *map, double *low, double *high);

G_END_DECLS
