/* What a lab is to do, by keys: those of its command line's options, without their dashes.
 *
 *   diffusion  data, network, exact (yes, no), schedule, times, predict, weight, learned-variance
 *              (yes, no), latents, latent, width, layers, features, activation, batch, rate, drop,
 *              train, rule, variance, steps, eta, guidance, samples, seed
 *   training   target, method, network, activation, rate, batch, weight-decay, points, tolerance,
 *              until, steps, seed
 *
 * data, the network of the diffusion lab, target and method bring what is usual for them, so that
 * they are set before all others.
 *
 * Errors:  PISD_ERROR_FORMAT, UNKNOWN, RANGE: the key, what it got and what it expected.
 * Threads: one at a time. */
#pragma once

#include "pisd-diffuser-sampling.h"
#include "pisd-diffuser-training.h"
#include "pisd-regression-plan.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_LAB_DIFFUSION,
  PISD_LAB_TRAINING,
  PISD_N_LABS
} PisdLab;

typedef struct
{
  PisdLab lab;
  PisdLabDataId data;
  guint is_exact; /* the mixture's closed form in place of a network */
  guint n_train;  /* steps */
  PisdDiffuserPlan diffuser;
  PisdSampleRule rule;
  guint n_sampling; /* steps */
  guint n_samples;
  double eta, guidance;
  PisdVariance variance;
  PisdRegressionPlan *regression;
  guint n_steps; /* of the regression */
} PisdLabSetup;

/* The usual one. */
PisdLabSetup *pisd_lab_setup_new (PisdLab lab);
void pisd_lab_setup_free (PisdLabSetup *setup); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLabSetup, pisd_lab_setup_free)

/* Samples that the lab's window draws at a time. */
guint pisd_lab_setup_get_most_samples (PisdLabDataId data);

gboolean pisd_lab_setup_has_key (PisdLab lab, const char *key);
/* A key and what it is set to; NULL: it stays as it is. */
typedef struct
{
  const char *key, *text;
} PisdLabValue;

gboolean pisd_lab_setup_set (PisdLabSetup *setup,
                             const char *key,
                             const char *text,
                             GError **error);
/* In the order that they need, whatever theirs is; `wrong`: the one that was refused. */
gboolean pisd_lab_setup_set_all (PisdLabSetup *setup,
                                 guint n,
                                 const PisdLabValue *values,
                                 guint *wrong,
                                 GError **error);
/* As the key "data" does, and what is drawn too, which no text says. */
void pisd_lab_setup_take_data (PisdLabSetup *setup, PisdLabDataId data);
/* What goes together. */
gboolean pisd_lab_setup_check (const PisdLabSetup *setup, GError **error);

/* The value, of a choice its number; NaN: a text, or no such key. */
double pisd_lab_setup_get (const PisdLabSetup *setup, const char *key);
/* Number of a choice; the error names them all. */
gboolean pisd_lab_setup_find_choice (PisdLab lab,
                                     const char *key,
                                     const char *name,
                                     guint *choice,
                                     GError **error);

G_END_DECLS
