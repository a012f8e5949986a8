/* What a training of the diffusion lab is to be.
 *
 * Threads: any. */
#pragma once

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
  guint n_latents; /* principal components that are learned; 0: the samples themselves */
  guint width, n_hidden, n_features;
  PisdActivation activation;
  guint batch;
  guint n_steps; /* after so many the rate has fallen to 0, along a cosine; 0: it stays */
  double rate;   /* of Adam, at first */
  double drop;   /* part of the labels that is left out; 1: all of them */
  double decay;  /* of the running mean */
} PisdDiffuserPlan;

/* What is usual for a data set. */
void pisd_diffuser_plan_init (PisdDiffuserPlan *plan, PisdLabDataId id);

G_END_DECLS
