/* A field of the Gaussian prior, to be looked at.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID].
 * Threads: any. */
#pragma once

#include "pisd-field.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

/* Field 0, or its first frame, of the prior that the settings choose; of a learned one that of its
 * linear denoiser.  The same numbers, `number` of them, are scaled anew for other settings, so that
 * a field changes and does not jump. */
void pisd_prior_draw (const PisdSettings *settings, guint number, PisdField *out);

G_END_DECLS
