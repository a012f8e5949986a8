/* How a run bears with a model in another process that does not answer as it should.
 *
 * A model that is there and says nothing is waited for, for `seconds` since it was last heard, and
 * after a while that is said.  Where somebody watches, a run whose model has gone, has said nothing
 * for so long or answers badly is paused with what is wrong, and asks again when it goes on.  Else
 * a model that has gone may come back for `seconds` from then on, and what is wrong otherwise ends
 * the run.
 *
 * Threads: those of the job, each with its own. */
#pragma once

#include "pisd-denoiser.h"
#include "pisd-job.h"

G_BEGIN_DECLS

typedef struct
{
  PisdJob *job; /* borrowed */
  double seconds;
  gboolean is_told; /* that it is slow */
} PisdPatience;

/* What the denoiser waits for is the job's from now on; `patience` has to outlive it. */
void pisd_patience_begin (PisdPatience *patience,
                          PisdJob *job,
                          const PisdSettings *settings,
                          PisdDenoiser *denoiser);
/* Whether an estimate could not be made: then the job fails with the reason, or was stopped. */
gboolean pisd_patience_has_ended (PisdPatience *patience, PisdDenoiser *denoiser);

G_END_DECLS
