/* Streamlines of a velocity over a heatmap, with arrowheads.
 *
 * Dark lines with a light rim: one of the two stands out on any colour.  A line that leaves the
 * picture comes back on the other side.
 *
 * Units: user units of the Cairo context. */
#pragma once

#include "pisd-draw.h"
#include "pisd-field.h"
#include "pisd-streamlines.h"

G_BEGIN_DECLS

/* The lines of a velocity [PISD_GRID, PISD_GRID] for a heatmap of that size; NULL for none. */
PisdStreamlines *pisd_flow_create_lines (PisdFlow flow, const PisdComplex *z, const PisdBox *heat);
/* Into the heatmap, whose node (0, 0) lies half a node inside its corner. */
void pisd_draw_streamlines (cairo_t *cr,
                            const PisdBox *heat,
                            const PisdPalette *palette,
                            PisdFlow flow,
                            const PisdStreamlines *lines);
/* Both, of a vorticity, at once. */
void pisd_draw_flow (cairo_t *cr,
                     const PisdBox *heat,
                     const PisdPalette *palette,
                     PisdFlow flow,
                     const PisdField *vorticity);

G_END_DECLS
