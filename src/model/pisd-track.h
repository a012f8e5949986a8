/* One method of a comparison: what it runs, its estimates at every step, averaged over its samples,
 * and their errors.
 *
 * Threads: none of its own; one caller at a time. */
#pragma once

#include "pisd-reference.h"
#include "pisd-run.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_TRACK_WAITING,
  PISD_TRACK_RUNNING,
  PISD_TRACK_DONE,
  PISD_TRACK_STOPPED,
  PISD_TRACK_FAILED
} PisdTrackState;

typedef struct
{
  PisdScenario *scenario; /* of a run; the seed of the first */
  PisdTrackState state;
  char *message;  /* why it failed, in plain words; NULL unless it did */
  guint n_fields; /* of the problem */
  guint n_steps;  /* N */
  guint stages;   /* denoiser evaluations a step (the last has one) */
  guint n_known;  /* steps 0 .. n_known - 1 have an estimate; 0 where the method makes no steps */
  /* [N + 1] of the mean estimate's last frame, relative; NaN: truth unknown. */
  double *errors[PISD_MAX_FIELDS];
  double ends[PISD_MAX_FIELDS]; /* the same of the results' mean; NaN: (yet) unknown */
  double crps[PISD_MAX_FIELDS]; /* pisd-scores.h, of a run that draws many, from whoever had it
                                 * computed beside the run; NaN: unknown */
  guint n_results;              /* finished samples */
  guint serial;                 /* grows with every change */

  /*< private >*/
  PisdRepresentation *representation; /* NULL: it has not come */
  PisdReference *reference;           /* NULL: truth unknown */
  double *sums;                       /* [N + 1, n] of denoised estimates */
  guint *counts;                      /* [N + 1] how many are in there */
  double *mean;                       /* [n] scratch */
  PisdField *totals[PISD_MAX_FIELDS]; /* of the results' means */
} PisdTrack;

/* The scenario is copied; settings that do not go together make a track that has failed. */
PisdTrack *pisd_track_new (const PisdScenario *scenario);
void pisd_track_free (PisdTrack *track); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrack, pisd_track_free)

/* What decodes the estimates is to come before the first of them: from whoever makes it where that
 * may take time, as the scales of an equation that is not linear do ... */
gboolean pisd_track_can_decode (const PisdTrack *track);
void pisd_track_take_representation (PisdTrack *track, PisdRepresentation *representation);
/* ... or, at once, with the scales of the first whose latents are the same; FALSE: there is none.
 * others: [n], NULL where there is no track. */
gboolean pisd_track_share_scales (PisdTrack *track, PisdTrack *const *others, guint n);

/* A step of the sample that runs; frames come in order. */
void pisd_track_add_frame (PisdTrack *track, const PisdFrame *frame);
/* What a whole sample, or all that one run draws, came to, with the modes that no latent holds.  A
 * sample counts as the last step; frames of a run that draws many are of its first alone. */
void pisd_track_add_result (PisdTrack *track, const PisdResult *result);
void pisd_track_fail (PisdTrack *track, const char *message);

/* The step that belongs to a fraction of the run, of those there are. */
guint pisd_track_get_step (const PisdTrack *track, double fraction);
/* The mean estimate of a step; the results' mean where they are known and the step is the last or
 * the method makes none.  FALSE, out untouched, without one.  out: all frames of the field. */
gboolean pisd_track_get_field (PisdTrack *track, guint step, guint field, PisdField *out);
/* Of what pisd_track_get_field() gives; NaN: unknown. */
double pisd_track_get_error (const PisdTrack *track, guint step, guint field);

G_END_DECLS
