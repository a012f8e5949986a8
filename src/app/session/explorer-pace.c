#include "explorer-pace.h"

#define STEPS_A_SECOND 4.0
#define SECONDS_A_RUN 5.0

static const struct
{
  PisdPace channel;
  double a_second, runs_a_second; /* steps, as a number and as a part of the run; 0: not granted */
  double most;                    /* granted at one picture; what is more is forgotten */
} rows[EXPLORER_N_PACES] = {
  [EXPLORER_PACE_FREE] = { PISD_PACE_FREE, 0, 0, 0 },
  [EXPLORER_PACE_LOCKSTEP] = { PISD_PACE_LOCKSTEP, 0, 0, 0 },
  [EXPLORER_PACE_SLOW] = { PISD_PACE_GRANTED, STEPS_A_SECOND, 0, 1 },
  [EXPLORER_PACE_SECONDS] = { PISD_PACE_GRANTED, 0, 1 / SECONDS_A_RUN, G_MAXUINT },
};

PisdPace
explorer_pace_get_channel_pace (ExplorerPace pace)
{
  g_return_val_if_fail (pace < EXPLORER_N_PACES, PISD_PACE_FREE);
  return rows[pace].channel;
}

guint
explorer_pace_take_due (ExplorerPace pace, guint n_steps, gint64 elapsed, double *due)
{
  guint n;

  g_return_val_if_fail (pace < EXPLORER_N_PACES, 0);
  *due += (rows[pace].a_second + rows[pace].runs_a_second * n_steps) * (double) elapsed
          / G_USEC_PER_SEC;
  *due = CLAMP (*due, 0, rows[pace].most);
  n = (guint) *due;
  *due -= n;
  return n;
}
