/* The power of a field by wave number, of one frame: of the field, and where most of the samples
 * lie.
 *
 * Shapes:  power, low, high [pisd_shells_get_n()] of shells for the field's basis.
 * Threads: as the shells. */
#pragma once

#include "pisd-result.h"
#include "pisd-shells.h"

G_BEGIN_DECLS

/* More samples show nothing else. */
#define PISD_RADIAL_SAMPLES 32

/* NULL of NULL. */
double *pisd_radial_new_power (PisdShells *shells, const PisdField *field, guint frame);
/* Between low and high lie 80 % of the finished samples; FALSE: they are fewer than two. */
gboolean pisd_radial_fill_band (PisdShells *shells,
                                const PisdResult *result,
                                guint field,
                                guint frame,
                                double *low,
                                double *high);

G_END_DECLS
