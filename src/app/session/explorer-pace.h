/* How fast a person wants to see a run, and what that means for its channel.
 *
 * Units: times in microseconds.
 * Threads: everything here is constant or the caller's. */
#pragma once

#include "pisd-channel.h"

G_BEGIN_DECLS

/* The numbers are those of the settings schema. */
typedef enum
{
  EXPLORER_PACE_FREE,     /* as fast as it computes */
  EXPLORER_PACE_LOCKSTEP, /* a step a picture, 60 a second on most displays */
  EXPLORER_PACE_SLOW,     /* a few steps a second */
  EXPLORER_PACE_SECONDS,  /* the whole run in five seconds */
  EXPLORER_N_PACES
} ExplorerPace;

PisdPace explorer_pace_get_channel_pace (ExplorerPace pace);
/* How many steps of a run of `n_steps` are to be granted at a picture that comes `elapsed` after
 * the one before; what is due of the step after them stays in `due`, which begins at 1. */
guint explorer_pace_take_due (ExplorerPace pace, guint n_steps, gint64 elapsed, double *due);

G_END_DECLS
