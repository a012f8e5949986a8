/* What is trained, on what, and how: all that the bits of a trained network depend on.
 *
 * Threads: a value. */
#pragma once

#include "pisd-network.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

/* A step's gradient is the sum of that many parts, whoever computes them. */
#define PISD_TRAINING_PARTS 4

typedef struct
{
  PisdSettings settings;  /* problem with its constants, space, modes: the latents */
  guint families;         /* bits 1 << PisdFamily */
  PisdNetworkShape shape; /* as pisd_training_plan_complete() leaves it */
  PisdBackend backend;
  guint64 seed;
  guint64 n_steps;                   /* in all; 0: not known yet, and beyond the warm-up */
  guint n_warm_up;                   /* steps of rising rate */
  guint batch;                       /* fields a step: a multiple of PISD_TRAINING_PARTS */
  double rate;                       /* the highest */
  double limit;                      /* of the gradient's norm */
  double decay;                      /* of the parameters' running mean */
  double dropout;                    /* share of fields whose label is kept from the network */
  double ln_sigma_mean, ln_sigma_sd; /* of the noise levels' logarithms */
} PisdTrainingPlan;

/* The standard plan of a problem and space: all families of the problem. */
void pisd_training_plan_init (PisdTrainingPlan *plan, const PisdSettings *settings);
/* Fills in what of the network's shape follows from the rest, and checks all of it.
 * Errors: PISD_ERROR_RANGE, RESONANCE. */
gboolean pisd_training_plan_complete (PisdTrainingPlan *plan, GError **error);
/* The plan as text, without n_steps: two trainings with the same one do the same. */
char *pisd_training_plan_dup_text (const PisdTrainingPlan *plan);
/* The families in the order of their labels; NULL-terminated. */
GStrv pisd_training_plan_dup_families (const PisdTrainingPlan *plan);
/* The family of a label; PISD_FAMILY_ANY of the last one. */
PisdFamily pisd_training_plan_get_family (const PisdTrainingPlan *plan, guint label);
/* The learning rate of a step, counted from 0: rising in a straight line, then half a cosine. */
double pisd_training_plan_get_rate (const PisdTrainingPlan *plan, guint64 step);

G_END_DECLS
