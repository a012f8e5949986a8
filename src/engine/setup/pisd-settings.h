/* Every number and choice of a run, in one plain struct, described by one table: name, type, unit,
 * range, choices, help.  The command line's --set, the scenario file and the window all go
 * through it. */
#pragma once

#include "pisd-course.h"
#include "pisd-instance.h"
#include "pisd-method.h"
#include "pisd-mixture.h"
#include "pisd-modes.h"

G_BEGIN_DECLS

/* The terms of the loss, in the order in which reports and plots show them: what the sensors of
 * each field say, by the field's index in the equation, then the equation itself. */
typedef guint PisdTerm;
#define PISD_TERM_OBS(field) ((PisdTerm) (field))
#define PISD_TERM_PDE ((PisdTerm) PISD_MAX_FIELDS)
#define PISD_N_TERMS (PISD_MAX_FIELDS + 1)

/* "obs_a", "obs_u", "pde"; NULL for a term that the problem does not have. */
const char *pisd_term_get_name (PisdProblemId problem, PisdTerm term);

/* What can change between two steps of a run. */
typedef struct
{
  double zeta[PISD_N_TERMS]; /* weights of the terms, >= 0 */
  double rate_low;           /* Adam step size at low frequencies */
  double rate_high;          /* ... at high frequencies */
  double cutoff;             /* kc: mode index where the step size changes over */
  double beta1, beta2;       /* Adam decays, in [0, 1) */
  double late_start;         /* dps: fraction of the steps after which the PDE term joins ... */
  double late_factor;        /* ... and the sensor weights are multiplied by this */
  PisdCourse courses[PISD_N_TERMS]; /* what multiplies zeta over the run */
} PisdGuidanceParameters;

typedef struct
{
  PisdProblemId problem;
  double constants[PISD_MAX_CONSTANTS]; /* of all equations, by key; pisd_settings_get_equation() */
  PisdFamily family;                    /* of the random instance */
  guint64 instance_seed;                /* of the random instance */
  PisdLaw instance_law;                 /* of the random instance, where it is a Gaussian field */
  PisdLaw instance_flow_law;            /* the same of a flow */
  PisdPriorId prior;
  PisdFamily prior_family; /* whose fields the prior stands for; of any too */
  double class_weight;     /* of a learned prior: 0 = any family's, 1 = the family's own */
  double model_wait;       /* s: how long a prior of another process may say nothing, or be away */
  double mean_sd;    /* of the source's mean under the prior; 0 = it is zero, as the benchmark's */
  PisdLaw prior_law; /* of a Gaussian prior; of other families' Gaussians the amplitude alone */
  PisdLaw prior_flow_law; /* the same of a flow */
  double noise_sd;        /* that every reading may have beside its sensor's own */
  PisdGuidanceId guidance;
  PisdSpace space;
  PisdCovarianceId covariance;
  double pde_sd; /* second-order, joint: noise of the equation's rows; 0 = hard */
  PisdSamplerId sampler;
  double eta;      /* ddim: share of ddpm's fresh noise, 0 = none */
  PisdChurn churn; /* euler, heun */
  guint steps;     /* N: noise levels above zero */
  guint samples;   /* M */
  guint64 seed;    /* of the sampler's noise */
  PisdModeSet mode_set;
  guint modes; /* K: K*K coefficients a field */
  PisdScheduleId schedule;
  double sigma_min, sigma_max, rho;
  PisdGuidanceParameters parameters;
} PisdSettings;

typedef enum
{
  PISD_SETTING_DOUBLE,
  PISD_SETTING_UINT,
  PISD_SETTING_SEED,   /* guint64 */
  PISD_SETTING_CHOICE, /* stored as an enum (int) */
  PISD_SETTING_COURSE  /* PisdCourse */
} PisdSettingType;

typedef struct
{
  const char *key; /* "zeta-pde" */
  PisdSettingType type;
  gsize offset;                           /* into PisdSettings */
  double minimum, maximum;                /* DOUBLE, UINT */
  const char *unit;                       /* "" where there is none */
  const char *title;                      /* as the window calls it, translatable (N_) */
  const char *help;                       /* one line, translatable (N_) */
  PisdChoice (*get_choice) (guint value); /* CHOICE; its name is NULL beyond the last */
  gboolean live;                          /* may change during a run: lies in `parameters` */
} PisdSettingInfo;

const PisdSettingInfo *pisd_settings_get_infos (guint *n);
const PisdSettingInfo *pisd_settings_find (const char *key); /* NULL if unknown */
/* The value of the choice with that name; -1 if there is none. */
int pisd_setting_find_choice (const PisdSettingInfo *info, const char *name);
/* All names of a CHOICE with `separator` between them. */
char *pisd_setting_dup_choices (const PisdSettingInfo *info, const char *separator);
/* The term that the setting weighs; PISD_N_TERMS: none. */
PisdTerm pisd_setting_get_term (const PisdSettingInfo *info);
/* The setting that is the course of the weight of a term; NULL where no equation has the term. */
const PisdSettingInfo *pisd_setting_find_course (PisdTerm term);

/* Poisson, gaussian, pisd, forward, 300 steps, seed 1: what the window opens with. */
void pisd_settings_init_default (PisdSettings *settings);
/* Overwrites what the guidance method's preset fixes (space, covariance, sampler and the noise that
 * it adds, schedule, sigma range, rho, weights, step sizes, betas; and, where `with_steps`, steps
 * and mode set): the official settings where the authors give them, else ours, tuned on separate
 * instances.  Keeps problem, seeds, samples, K. */
void pisd_settings_apply_preset (PisdSettings *settings,
                                 PisdGuidanceId guidance,
                                 PisdTask task,
                                 gboolean with_steps);
/* The same for any mixture of sensors: the presets of the two pure tasks are the ends, between
 * which weights, step sizes and momentum are blended.  Some depend on the number of steps: apply
 * it again when that changes. */
void pisd_settings_apply_mixture (PisdSettings *settings,
                                  PisdGuidanceId guidance,
                                  const PisdMixture *mixture,
                                  gboolean with_steps);

/* The equation that the settings choose, with its own constants ... */
PisdEquation pisd_settings_get_equation (const PisdSettings *settings);
/* ... and the other way round; constants that it does not have stay. */
void pisd_settings_set_equation (PisdSettings *settings, const PisdEquation *equation);

/* The noise levels that the settings choose. */
PisdSchedule pisd_settings_get_schedule (const PisdSettings *settings);
/* Whether they choose a step that uses these settings. */
gboolean pisd_settings_use_sampler (const PisdSettings *settings, PisdSamplerUses uses);
/* The Gaussian prior of field 0 that they choose; with a learned prior that of its linear denoiser,
 * whose mean is its family's, whatever mean_sd says. */
PisdSourcePrior pisd_settings_get_source_prior (const PisdSettings *settings);
/* The laws of the equation that they choose: of the random instance, and of a Gaussian prior;
 * borrowed. */
const PisdLaw *pisd_settings_get_instance_law (const PisdSettings *settings);
const PisdLaw *pisd_settings_get_prior_law (const PisdSettings *settings);
/* Whether a Gaussian prior of these settings may have another amplitude than the benchmark's; and
 * another tau and alpha.  And whether the random instance may have another law. */
gboolean pisd_settings_have_amplitude (const PisdSettings *settings);
gboolean pisd_settings_have_law (const PisdSettings *settings);
gboolean pisd_settings_have_instance_law (const PisdSettings *settings);
/* Puts back to the benchmark's what of both laws they must not have. */
void pisd_settings_drop_laws (PisdSettings *settings);
/* These settings with that prior alone: what a learned one adds to it is left out. */
void pisd_settings_make_gaussian (PisdSettings *settings);
/* Whose standard deviations are the scales of latents: the same, but for a learned prior, whose
 * scales are pooled over the families. */
PisdSourcePrior pisd_settings_get_scaled_prior (const PisdSettings *settings);

/* Whether both choose the same equation. */
gboolean pisd_settings_same_equation (const PisdSettings *a, const PisdSettings *b);
/* Whether both choose the same Gaussian prior of field 0, and the same noise of readings. */
gboolean pisd_settings_same_source_prior (const PisdSettings *a, const PisdSettings *b);
/* Whether latents are the same too: what a PisdRepresentation is made of. */
gboolean pisd_settings_same_latent (const PisdSettings *a, const PisdSettings *b);

/* Whether what was learned of one problem's latents in a space serves another problem too: the same
 * one, or one with the same random sources where latents hold nothing else. */
gboolean pisd_settings_share_latent (PisdProblemId a, PisdProblemId b, PisdSpace space);

/* How messages call settings and choices. */
typedef enum
{
  PISD_WORDS_NAMES, /* as files and the command line do: "modes", "second-order" */
  PISD_WORDS_TITLES /* as the window does, translated: "Size K", "Second order" */
} PisdWords;

/* Borrowed. */
const char *pisd_setting_get_word (const PisdSettingInfo *info, PisdWords words);
const char *pisd_choice_get_word (const PisdChoice *choice, PisdWords words);
/* The choices of a setting of families that the equation has, ", " between them. */
char *pisd_setting_dup_families (const PisdSettingInfo *info,
                                 const PisdOperator *row,
                                 PisdWords words);

/* Sets one value from text (C locale).  Errors: PISD_ERROR_UNKNOWN (key or choice), FORMAT, RANGE;
 * the message names the setting, what it got and what it expected; `settings` untouched. */
gboolean pisd_settings_set (PisdSettings *settings,
                            const char *key,
                            const char *text,
                            GError **error);
gboolean pisd_settings_set_in_words (PisdSettings *settings,
                                     const char *key,
                                     const char *text,
                                     PisdWords words,
                                     GError **error);
/* The value as text that pisd_settings_set() reads back bit for bit. */
char *pisd_settings_dup_text (const PisdSettings *settings, const PisdSettingInfo *info);
/* Rules between values: sigma_min < sigma_max, the schedule's own levels between them, fresh noise
 * and churn with samplers that use them, resonance, modes against the mode set, methods that go
 * together. */
gboolean pisd_settings_check (const PisdSettings *settings, GError **error);
gboolean pisd_settings_check_in_words (const PisdSettings *settings,
                                       PisdWords words,
                                       GError **error);

/* Whether the method conditions on the readings through one factored system, a PisdConditioning. */
gboolean pisd_settings_need_conditioning (const PisdSettings *settings);
/* Whether that takes another factored system at every noise level. */
gboolean pisd_settings_need_systems (const PisdSettings *settings);
/* Whether space, covariance and prior leave the posterior Gaussian and in closed form: exact
 * steps and draws. */
gboolean pisd_settings_allow_exact (const PisdSettings *settings);

G_END_DECLS
