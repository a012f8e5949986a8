/* How fields are estimated, in tables: one row a guidance method, sampler, noise schedule, prior,
 * space and covariance.
 *
 * A row says how the choice is called and what it can do.  Whoever has to know asks for a trait,
 * never for a name; what a choice does stands in one more table, in the file that does it
 * (pisd-guidance.c, pisd-sampler.c, pisd-schedule.c, pisd-denoiser.c, pisd-second-order.c).
 *
 * Source: src/DESIGN.md, "Traits of a method".
 * Threads: everything here is constant. */
#pragma once

#include "pisd-schedule.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_GUIDANCE_NONE,
  PISD_GUIDANCE_DPS,
  PISD_GUIDANCE_PISD,
  PISD_GUIDANCE_SECOND_ORDER,
  PISD_GUIDANCE_EXACT,
  PISD_N_GUIDANCES
} PisdGuidanceId;

typedef enum
{
  PISD_SAMPLER_EULER,
  PISD_SAMPLER_HEUN,
  PISD_SAMPLER_DDIM,
  PISD_SAMPLER_DDPM,
  PISD_SAMPLER_EXACT,
  PISD_N_SAMPLERS
} PisdSamplerId;

typedef enum
{
  PISD_PRIOR_GAUSSIAN,
  PISD_PRIOR_LEARNED, /* a network in a file of weights */
  PISD_PRIOR_SOCKET,  /* a model in another process, behind a local socket */
  PISD_N_PRIORS
} PisdPriorId;

/* What the latent holds. */
typedef enum
{
  PISD_SPACE_JOINT,     /* modes of a and of u */
  PISD_SPACE_DECOUPLED, /* modes of a; u is its exact solution */
  PISD_N_SPACES
} PisdSpace;

/* Covariance of the latent given the state, in second-order guidance. */
typedef enum
{
  PISD_COVARIANCE_GAUSSIAN,  /* the Gaussian prior's; closed form in the decoupled space */
  PISD_COVARIANCE_ISOTROPIC, /* sigma^2 / (1 + sigma^2) I, the equation as rows */
  PISD_COVARIANCE_JACOBIAN,  /* sigma^2 dD/dx, by products */
  PISD_N_COVARIANCES
} PisdCovarianceId;

/* One of the choices of a setting. */
typedef struct
{
  const char *name;  /* "second-order": in files and on the command line */
  const char *title; /* "Second order": translatable (N_); NULL where the name says it */
} PisdChoice;

/* Groups of settings that some methods use and others do not. */
typedef enum
{
  PISD_USES_WEIGHTS = 1 << 0,   /* zeta-... */
  PISD_USES_ADAM = 1 << 1,      /* rate-..., cutoff, beta... */
  PISD_USES_PHASES = 1 << 2,    /* late-... */
  PISD_USES_COVARIANCE = 1 << 3 /* space, covariance, pde-sd */
} PisdMethodUses;

/* A guidance method. */
typedef struct
{
  PisdChoice choice;
  gboolean makes_steps;    /* a trajectory of noise levels leads to a sample */
  gboolean conditions;     /* on the readings, as the Gaussian posterior is */
  gboolean draws_directly; /* samples come from the posterior itself; needs the exact closed form */
  gboolean knows_mean;     /* mean and spread are computed, not estimated from samples */
  gboolean uses_gradient;  /* the weighted loss pulls at the state */
  guint uses;              /* set of PisdMethodUses */
} PisdMethod;

const PisdMethod *pisd_method_get (PisdGuidanceId guidance);
/* The first method that computes the posterior's mean. */
PisdGuidanceId pisd_method_find_mean (void);
/* Whether readings have a say at all. */
gboolean pisd_method_is_guided (const PisdMethod *method);

/* Settings that some samplers use and others do not. */
typedef enum
{
  PISD_SAMPLER_USES_ETA = 1 << 0,  /* eta */
  PISD_SAMPLER_USES_CHURN = 1 << 1 /* churn, churn-... */
} PisdSamplerUses;

/* How one noise level leads to the next. */
typedef struct
{
  PisdChoice choice;
  guint n_stages;         /* denoised estimates a step */
  gboolean is_exact_flow; /* of a Gaussian posterior, in closed form */
  guint uses;             /* set of PisdSamplerUses */
} PisdSamplerTraits;

const PisdSamplerTraits *pisd_method_get_sampler (PisdSamplerId sampler);

/* Which noise levels there are. */
typedef struct
{
  PisdChoice choice;
  gboolean uses_rho; /* its steps are spaced by the setting */
} PisdScheduleTraits;

const PisdScheduleTraits *pisd_method_get_schedule (PisdScheduleId schedule);

/* What is known of the fields beforehand. */
typedef struct
{
  PisdChoice choice;
  gboolean is_gaussian; /* and so the posterior of a linear problem has a closed form */
  gboolean
      is_learned; /* around a family's Gaussian, from a file of weights with scales of its own */
  gboolean is_elsewhere; /* another process knows it, and nothing but its denoiser is known here */
} PisdPriorTraits;

const PisdPriorTraits *pisd_method_get_prior (PisdPriorId prior);

typedef struct
{
  PisdChoice choice;
  gboolean obeys_equation; /* every latent stands for a source and its exact solution */
} PisdSpaceTraits;

const PisdSpaceTraits *pisd_method_get_space (PisdSpace space);

typedef struct
{
  PisdChoice choice;
  gboolean obeys_equation; /* its draws solve the equation: no rows have to say so */
  gboolean closed_form;  /* where the space obeys the equation: one factored system for all steps */
  gboolean allows_exact; /* with it the steps of a Gaussian prior have an exact flow */
} PisdCovarianceTraits;

const PisdCovarianceTraits *pisd_method_get_covariance (PisdCovarianceId covariance);

G_END_DECLS
