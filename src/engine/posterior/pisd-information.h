/* Where one more sensor would help most.
 *
 * With the posterior's covariance C of the source's modes (pisd-factors.h) and r the row of a
 * sensor that is not there yet, its reading would take
 *
 *   d = |B C r|^2 / (r' C r + sd^2)
 *
 * off the sum of the variances of what is aimed at (pisd-aim.h), which is 1 under the prior: at
 * every node of a field, for one sensor more at a time.  The first map takes products with the
 * readings' factors; one sensor more or fewer changes C by one outer product, and the map by two
 * fields, which is a hundred times as quick.
 *
 * Of a flow that is so for its first frame, near the mode that the rows are made at.
 *
 * Shapes:  maps [PISD_GRID, PISD_GRID].
 * Errors:  those of pisd_factors_new(); PISD_ERROR_LIMIT, too, where the first map does not fit
 *          into the memory budget beside the factors, before anything of them is made.
 * Threads: one a thread; what it is made from is shared and immutable.  n_threads as in
 *          pisd_parallel(), the bits do not depend on it. */
#pragma once

#include "pisd-aim.h"

G_BEGIN_DECLS

/* What is asked. */
typedef struct
{
  guint field;  /* of the sensor, by its index; 0 where the equation is not linear */
  guint target; /* as in pisd_aim_new() */
  double sd;    /* noise of its reading */
} PisdQuestion;

typedef struct _PisdInformation PisdInformation;

/* `linearisation`: of the sensors on later frames of a flow; NULL: there are none.  `from`: of
 * other sensors, or NULL: a set that differs by few sensors is made of what is there. */
PisdInformation *pisd_information_new (const PisdInformation *from,
                                       const PisdQuestion *question,
                                       const PisdRepresentation *representation,
                                       const PisdSensors *sensors,
                                       PisdLinearisation *linearisation,
                                       guint n_threads,
                                       PisdCancel *cancel,
                                       GError **error);
/* With what was added. */
PisdInformation *pisd_information_dup (const PisdInformation *information);
void pisd_information_free (PisdInformation *information); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInformation, pisd_information_free)

/* d at every node; 0 where a sensor says nothing, or less than rounding, or has been put already.
 * map: the field's. */
void pisd_information_fill_map (const PisdInformation *information, PisdField *map);
/* What is left of the variance that is aimed at: its root is the relative error to be expected. */
double pisd_information_get_left (const PisdInformation *information);
/* y * PISD_GRID + x of the node with the largest d; -1: no sensor would help. */
int pisd_information_find_best (const PisdInformation *information);
/* One more sensor on that node. */
void pisd_information_add (PisdInformation *information, guint node);

G_END_DECLS
