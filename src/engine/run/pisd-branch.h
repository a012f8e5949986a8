/* A run that goes on from a step of another one, with other weights, sensors or another method.
 *
 * Both have their steps up to there in common, and what they were made with: equation, prior,
 * latent and noise levels.  The state of the watched sample is made again in double precision, from
 * the last checkpoint before the step and with the parameters that the frames recorded; so a branch
 * that changes nothing has the bits of the run.
 *
 * Threads: immutable; counted references. */
#pragma once

#include "pisd-channel.h"
#include "pisd-sampler.h"

G_BEGIN_DECLS

typedef struct _PisdBranch PisdBranch;

/* From a step that the run of that channel came to, which need not be over.
 * Errors: PISD_ERROR_RANGE: it has not been there, or makes no step there. */
PisdBranch *pisd_branch_new (PisdChannel *channel, guint step, GError **error);
PisdBranch *pisd_branch_ref (PisdBranch *branch);
void pisd_branch_unref (PisdBranch *branch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdBranch, pisd_branch_unref)

guint pisd_branch_get_step (const PisdBranch *branch);
/* The run's own frame there: another reference. */
PisdFrame *pisd_branch_dup_frame (const PisdBranch *branch);
/* What the run did its steps with just before the branch; borrowed. */
const PisdScenario *pisd_branch_get_scenario (const PisdBranch *branch);
/* Whether a setting is the run's in every branch. */
gboolean pisd_branch_shares (const char *key);
/* Whether it can go on with that scenario.
 * Errors: PISD_ERROR_UNKNOWN: what it got and what the run has. */
gboolean pisd_branch_check (const PisdBranch *branch,
                            const PisdScenario *scenario,
                            PisdWords words,
                            GError **error);

/* For the run that is a branch. */

/* What both have in common goes into a channel that nothing was published to. */
void pisd_branch_publish (const PisdBranch *branch, PisdChannel *channel);
/* losses: [n_steps], those before the branch. */
void pisd_branch_fill_losses (const PisdBranch *branch, double (*losses)[PISD_N_TERMS]);
/* The scenario's sampler, at the branch's step; NULL: stopped.  Conditioning: as pisd_sampler_new()
 * takes it. */
PisdSampler *pisd_branch_new_sampler (const PisdBranch *branch,
                                      const PisdScenario *scenario,
                                      PisdRepresentation *representation,
                                      PisdDenoiser *denoiser,
                                      PisdConditioning *conditioning,
                                      PisdCancel *stop);
/* Whether its parameters are others than those that the run had there. */
gboolean pisd_branch_changes (const PisdBranch *branch, const PisdGuidanceParameters *parameters);

/* How many steps lie between two checkpoints of a run with these settings: what conditions on the
 * readings by a factored system is never made again, because that system may be gone. */
guint pisd_branch_get_interval (const PisdSettings *settings);

G_END_DECLS
