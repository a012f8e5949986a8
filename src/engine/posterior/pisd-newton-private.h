/* The rungs of a climb (pisd-newton-rungs.c), of which pisd-newton-climb.c chooses the ways.
 *
 * Errors: of pisd_newton_new(); FALSE and NULL where they are set. */
#pragma once

#include "pisd-newton.h"

G_BEGIN_DECLS

/* What all rungs have in common. */
typedef struct
{
  const PisdFactors *prior; /* of any sensors; borrowed */
  PisdEquation equation;
  PisdSite *sites;
  guint n, n_later;
  double spent; /* nodes and steps of the rungs so far */
  guint n_threads;
  PisdCancel *cancel;
} PisdClimb;

/* Takes over the sites; nothing is spent. */
void pisd_climb_init (PisdClimb *climb, const PisdEquation *equation, PisdSite *sites, guint n);
void pisd_climb_clear (PisdClimb *climb);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdClimb, pisd_climb_clear)

/* Factors at a linearisation, whose reference is taken over. */
PisdFactors *pisd_climb_make_rung (const PisdClimb *climb,
                                   const PisdFactors *from,
                                   PisdLinearisation *linearisation,
                                   GError **error);
/* FALSE where there is none. */
gboolean pisd_newton_add_rung (PisdNewton *self, PisdFactors *rung, double sigma);
/* z becomes the mean of a rung. */
gboolean pisd_climb_find_mean (const PisdClimb *climb,
                               const PisdFactors *f,
                               double *z,
                               GError **error);
/* From the estimate in `mode` to the mode by the last rung's rows.  `is_far`: they do not lead
 * there, as its flow does not meet the readings. */
gboolean pisd_climb_find_mode (PisdNewton *self,
                               const PisdClimb *climb,
                               gboolean *is_far,
                               GError **error);
/* One more rung, linearised at a beginning; `from`: of the rung before, or NULL. */
gboolean pisd_climb_one (PisdNewton *self,
                         const PisdClimb *climb,
                         const PisdFactors *from,
                         const PisdNewtonLevel *level,
                         const double *box,
                         GError **error);
/* From no flow at all to the last rung; what it is linearised at, or, where that is not reached,
 * the mean of the one that is, is left in `mode`. */
gboolean pisd_climb_up (PisdNewton *self, PisdClimb *climb, GError **error);
/* The mode; few readings may lead far from where the rows were made.  `is_far`: they are not met
 * even so. */
gboolean pisd_climb_converge (PisdNewton *self, PisdClimb *climb, gboolean *is_far, GError **error);

G_END_DECLS
