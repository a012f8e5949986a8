/* What a lab is to do, by keys: those of its command line's options, without their dashes.
 *
 *   diffusion  data, exact (yes, no), schedule, times, predict, width, layers, train, rule, steps,
 *              eta, samples, seed
 *   training   target, method, network, activation, rate, batch, weight-decay, points, until,
 *              steps, seed
 *
 * data, target and method bring what is usual for them, so that they are set before all others.
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
  double eta;
  PisdRegressionPlan *regression;
  guint n_steps; /* of the regression */
} PisdLabSetup;

/* The usual one. */
PisdLabSetup *pisd_lab_setup_new (PisdLab lab);
void pisd_lab_setup_free (PisdLabSetup *setup); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLabSetup, pisd_lab_setup_free)

/* Samples that the lab draws at a time. */
guint pisd_lab_setup_get_most_samples (PisdLabDataId data);

gboolean pisd_lab_setup_has_key (PisdLab lab, const char *key);
/* Whether it has to be set before the others. */
gboolean pisd_lab_setup_leads (PisdLab lab, const char *key);
gboolean pisd_lab_setup_set (PisdLabSetup *setup,
                             const char *key,
                             const char *text,
                             GError **error);
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
