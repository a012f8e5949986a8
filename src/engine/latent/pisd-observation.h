/* What the sensors of one field see of a latent: f = H z, with every sensor at its own (x, y).
 *
 * A sensor sees the frame whose time is nearest to its own; rows go from frame to frame, and within
 * one in the sensors' order.  A row of H is a product of two one-dimensional rows, so H and its
 * transpose are matrix products; the grid is never built.  Rows that carry no information are zero:
 * those of sensors on the boundary of a field that is fixed there.
 *
 * Shapes:  H [sensors of the field, modes of the field's frames].
 * Threads: one a thread (scratch inside).
 * Source:  arXiv 2602.09708, losses of the measurements. */
#pragma once

#include "pisd-representation.h"
#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct _PisdObservation PisdObservation;

/* The sensors of field number `field` of the problem; representation borrowed, must outlive it. */
PisdObservation *pisd_observation_new (const PisdRepresentation *representation,
                                       guint field,
                                       const PisdSensors *sensors);
void pisd_observation_free (PisdObservation *observation); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdObservation, pisd_observation_free)

guint pisd_observation_get_n (const PisdObservation *observation);
const double *pisd_observation_get_values (
    const PisdObservation *observation); /* [n] what was read */
const double *pisd_observation_get_sd (
    const PisdObservation *observation); /* [n] noise of the readings */

/* f: [n] readings of the latent's part z_field. */
void pisd_observation_apply (PisdObservation *observation, const double *z_field, double *f);
/* z_field = H' f. */
void pisd_observation_apply_adjoint (PisdObservation *observation,
                                     const double *f,
                                     double *z_field);

G_END_DECLS
