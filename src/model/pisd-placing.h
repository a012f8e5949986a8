/* Where more sensors are put, and what error is to be expected with them: the best places one after
 * the other, random ones, and regular ones.
 *
 * Errors are those that the posterior expects, relative to the prior's own size: the root of what
 * is left of the variance.
 * Threads: any; n_threads as in pisd_parallel(). */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-information.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

#define PISD_PLACING_MOST 500

typedef enum
{
  PISD_PLACING_BEST,   /* each where it takes most off what those before have left */
  PISD_PLACING_RANDOM, /* as pisd_sensors_scatter_on() does */
  PISD_PLACING_GRID,   /* as pisd_edit_place_grid() does, in squares */
  PISD_N_PLACINGS
} PisdPlacing;

/* What is asked where nobody says: a sensor on the field that has most of them, for all fields of
 * the equation, with the noise of the first sensor there. */
void pisd_placing_choose_question (const PisdScenario *scenario, PisdQuestion *question);
/* Why nothing can be said for these settings, in plain words and translated; NULL: it can. */
const char *pisd_placing_get_reason (const PisdScenario *scenario, const PisdQuestion *question);

/* What a map is made with, and the next one goes on from; zero to begin with.  One thread at a
 * time. */
typedef struct
{
  PisdRepresentation *representation;
  PisdSettings represented;       /* that it was made for */
  PisdConditioning *conditioning; /* of a flow, near the mode of its readings; else NULL */
  PisdInformation *information;   /* the map, made last; NULL: there is none */
} PisdPlacingState;

/* The map of the scenario's sensors.  FALSE: there is no map in the state, which may be used again.
 * Errors: those of pisd_representation_new(), pisd_conditioning_new(), pisd_information_new(). */
gboolean pisd_placing_make (PisdPlacingState *state,
                            const PisdScenario *scenario,
                            const PisdQuestion *question,
                            guint n_threads,
                            PisdCancel *cancel,
                            GError **error);
void pisd_placing_state_clear (PisdPlacingState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdPlacingState, pisd_placing_state_clear)

/* Places of the n best, one after the other, in `information`, which has them afterwards.  nodes:
 * [n] y * PISD_GRID + x; left: [n] what each leaves, or NULL.  Returns how many there are: fewer
 * where no other would help, or where it was cancelled. */
guint pisd_placing_find_best (PisdInformation *information,
                              guint n,
                              PisdCancel *cancel,
                              guint *nodes,
                              double *left);
/* What so many more leave: [n], NaN where the placing has none of that number (grids are squares),
 * and where it was cancelled. */
void pisd_placing_fill_curve (const PisdInformation *information,
                              const PisdScenario *scenario,
                              const PisdQuestion *question,
                              PisdPlacing placing,
                              guint n,
                              PisdCancel *cancel,
                              double *left);
/* Sensors on these nodes, with what they read there: the scenario's other sensors stay.
 * Errors: those of pisd_edit_paint(). */
gboolean pisd_placing_apply (PisdScenario *scenario,
                             const PisdQuestion *question,
                             const guint *nodes,
                             guint n,
                             GError **error);

G_END_DECLS
