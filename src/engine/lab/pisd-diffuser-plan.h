/* What a training of the diffusion lab is to be.
 *
 * Threads: any. */
#pragma once

#include "pisd-components.h"
#include "pisd-diffuser.h"
#include "pisd-lab-data.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 seed;
  PisdProcessId process;
  guint n_times; /* T */
  PisdPrediction prediction;
  PisdWeight weight;
  gboolean learns_variance;
  guint n_latents; /* that are learned; 0: the samples themselves */
  PisdLatent latent;
  PisdDiffuserKind kind;
  guint width, n_hidden, n_features; /* as in PisdDiffuserShape */
  PisdActivation activation;
  guint batch;
  guint n_steps; /* after so many the rate has fallen to 0, along a cosine; 0: it stays */
  double rate;   /* of Adam, at first */
  double drop;   /* part of the labels that is left out; 1: all of them */
  double decay;  /* of the running mean */
} PisdDiffuserPlan;

/* What is usual for a data set. */
void pisd_diffuser_plan_init (PisdDiffuserPlan *plan, PisdLabDataId id);
/* Another kind of network, as large as is usual, and, of a convolution, of the pixels. */
void pisd_diffuser_plan_set_kind (PisdDiffuserPlan *plan, PisdLabDataId id, PisdDiffuserKind kind);
/* Whether it learns labels: not where all of them are left out, so that what it says with one is
 * chance. */
gboolean pisd_diffuser_plan_has_labels (const PisdDiffuserPlan *plan);
/* Whether it also learns what to say without one, which guidance leads away from. */
gboolean pisd_diffuser_plan_has_guidance (const PisdDiffuserPlan *plan);
/* Whether there is such a network.
 * Errors: PISD_ERROR_RANGE, "network: " or "latent: ", what was got and what is expected. */
gboolean pisd_diffuser_plan_check (const PisdDiffuserPlan *plan, PisdLabDataId id, GError **error);

G_END_DECLS
