/* Standard deviations of the modes of families whose fields are not Gaussian: of the Gaussian that
 * is nearest to them among those whose modes are independent.
 *
 * They are measured, over many fields, all flips and both orders of the axes, and kept for some
 * wave numbers an axis (pisd-spectrum-table.h); others lie between, in logarithms.
 *
 * Source: tools/fit-families.py, which writes the table. */
#pragma once

#include "pisd-family.h"

G_BEGIN_DECLS

/* Of the orthonormal cosine coefficient (ky, kx), the mean's (0, 0) included; not for the Gaussian
 * random field. */
double pisd_spectrum_get_sd (PisdFamily family, guint ky, guint kx);

G_END_DECLS
