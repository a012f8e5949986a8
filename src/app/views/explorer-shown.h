/* What there is to show of a session, and which of it stands for the estimate.
 *
 * The estimate is the first of these that applies: the posterior mean, live; of a run that is
 * through or whose first sample is at its last step, the result or the mean of the samples so
 * far; the frame.
 *
 * Shapes: fields are addressed by their place in the table of the problem, and have all their
 *         frames. */
#pragma once

#include "explorer-flow.h"
#include "explorer-preferences.h"
#include "explorer-session.h"
#include "pisd-exact.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_ESTIMATE_NONE,
  EXPLORER_ESTIMATE_KEPT, /* of the run before, until the new one has something */
  EXPLORER_ESTIMATE_FRAME,
  EXPLORER_ESTIMATE_LIVE,
  EXPLORER_ESTIMATE_ENSEMBLE,
  EXPLORER_ESTIMATE_RESULT
} ExplorerEstimate;

typedef struct
{
  ExplorerSession *session;         /* borrowed */
  ExplorerFlow *flow;               /* borrowed: the moment shown */
  ExplorerPreferences *preferences; /* borrowed */
  PisdFrame *frame;                 /* owned; NULL: none */
  PisdExact *exact;                 /* owned; NULL: not known */
  gboolean live;                    /* the exact mean stands for the estimate */
  gboolean noisy;                   /* the state x is shown instead of D */
  gboolean marks;                   /* what is of another set-up is marked */

  /* As of the last explorer_shown_choose(). */
  ExplorerEstimate estimate;
  guint run_id;  /* of the run that it is of; EXPLORER_RUN_LIVE: of none */
  char *name;    /* owned; "PISD, 300 steps, seed 1", NULL without an estimate */
  guint changes; /* of the set-up since, as PisdChange bits */
} ExplorerShown;

#define EXPLORER_RUN_LIVE G_MAXUINT

void explorer_shown_clear (ExplorerShown *shown);
/* The frame is referenced; NULL: none. */
void explorer_shown_set_frame (ExplorerShown *shown, PisdFrame *frame);
/* The exact mean is referenced; NULL: not known. */
void explorer_shown_set_exact (ExplorerShown *shown, PisdExact *exact);
/* Chooses what stands for the estimate, and names it. */
void explorer_shown_choose (ExplorerShown *shown);
/* "weights: a 5, equation 1" of the run that the estimate is of; NULL where it has none. */
char *explorer_shown_dup_weights (const ExplorerShown *shown);
/* "Sensors changed" where the estimate is of another set-up and is to be marked; else
 * NULL. */
const char *explorer_shown_get_mark (const ExplorerShown *shown);

const PisdScenario *explorer_shown_get_scenario (const ExplorerShown *shown);
/* A copy of what makes the estimate again: the scenario of its run, with the weights that this was
 * told last, and where it is of no run, the scenario as it is. */
PisdScenario *explorer_shown_dup_setup (const ExplorerShown *shown);
/* The true field, NULL where it is not known. */
const PisdField *explorer_shown_get_truth (const ExplorerShown *shown, PisdFieldId id);
/* Whether the exact answer is another prior's, as it is of a learned one, and no limit, as that of
 * the truth's own prior is: it is called Gaussian then, wherever it is named. */
gboolean explorer_shown_is_exact_of_another (const ExplorerShown *shown);
gboolean explorer_shown_is_run_of_this_truth (const ExplorerShown *shown);
/* Whether the estimate is a state with noise in it. The last frame has none: its x is D. */
gboolean explorer_shown_is_noisy (const ExplorerShown *shown);
/* Writes the estimate into `out`, which stays as it is for NONE and KEPT. */
void explorer_shown_decode (const ExplorerShown *shown, guint field, PisdField *out);
/* Writes the state x of the frame into `out`; FALSE: there is none of this run. */
gboolean explorer_shown_decode_state (const ExplorerShown *shown, guint field, PisdField *out);
/* Borrows mean and standard deviation of the samples there are; FALSE: no spread is known.
 * `n_samples` (NULL is fine): how many they are, 0 for the moments of the posterior itself. */
gboolean explorer_shown_get_moments (const ExplorerShown *shown,
                                     guint field,
                                     const PisdField **mean,
                                     const PisdField **sd,
                                     guint *n_samples);
/* Relative error of the estimate against the truth as it was computed with it; NaN: nobody has
 * computed it. */
double explorer_shown_get_error (const ExplorerShown *shown, guint field);
/* Whether the estimate is the mean of several samples. */
gboolean explorer_shown_is_mean (const ExplorerShown *shown);
/* "Source a, mean of 7 of 16"; name: the field's title. */
char *explorer_shown_dup_estimate_title (const ExplorerShown *shown, const char *name);
/* Why there is no error to show; translated. */
const char *explorer_shown_get_error_note (const ExplorerShown *shown);

G_END_DECLS
