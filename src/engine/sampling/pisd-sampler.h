/* One diffusion trajectory, step by step: evaluate at the state, advance to the next noise level.
 *
 * A step of one stage is x' = alpha x + beta D + gamma n: euler, ddim with its share eta of fresh
 * noise (0: the same step as euler's) and ddpm (ancestral, as ddim with eta = 1).  heun adds the
 * corrector; gradients then go through the corrector's D.  exact is the flow of the conditioned
 * Gaussian prior in closed form.  Churn raises the state to a higher noise level before it is
 * evaluated, and the step goes down from there.
 *
 * Source:  Karras et al. 2022, algorithm 2 (euler, heun, churn); Song et al. 2021, equation 12
 *          (ddim); Ho et al. 2020, equation 7 (ddpm); src/DESIGN.md, "Samplers", "Second order"
 *          (exact).
 * Threads: one a thread.  Nothing is allocated after _new. */
#pragma once

#include "pisd-checkpoint.h"
#include "pisd-denoiser.h"
#include "pisd-guidance.h"
#include "pisd-second-order.h"

G_BEGIN_DECLS

typedef struct _PisdSampler PisdSampler;

/* The noise levels that a sample's estimates are made at, in their order.  levels: room for two a
 * step.  Returns how many there are. */
guint pisd_sampler_list_levels (const PisdSettings *settings, double *levels);

/* Representation, denoiser and conditioning borrowed, the last NULL where the settings need none.
 * `lane`: number of the sample, address of its noise. */
PisdSampler *pisd_sampler_new (PisdRepresentation *representation,
                               PisdDenoiser *denoiser,
                               const PisdSettings *settings,
                               const PisdSensors *sensors,
                               PisdConditioning *conditioning,
                               guint lane);
void pisd_sampler_free (PisdSampler *sampler); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSampler, pisd_sampler_free)

/* Churns; then, at state x_i: D (x_i, sigma_i), losses, shares; of other lanes than 0, which nobody
 * watches, what the next step needs, and all at the end.  To be called once before every advance
 * and once at the end. */
void pisd_sampler_evaluate (PisdSampler *sampler);
/* From sigma_i to sigma_{i+1}; only while step < n_steps, after an evaluate. */
void pisd_sampler_advance (PisdSampler *sampler);
void pisd_sampler_set_parameters (PisdSampler *sampler, const PisdGuidanceParameters *parameters);

/* Between an advance and the next evaluate: all that the trajectory of `scenario` is; owned. */
PisdCheckpoint *pisd_sampler_save (PisdSampler *sampler, const PisdScenario *scenario);
/* The trajectory of a sampler of the same latents and noise levels goes on here, at the same place;
 * an optimiser goes on with moments that it knows, else it begins anew.  Parameters stay this
 * one's. */
void pisd_sampler_restore (PisdSampler *sampler, const PisdCheckpoint *checkpoint);

guint pisd_sampler_get_step (const PisdSampler *sampler);
guint pisd_sampler_get_n_steps (const PisdSampler *sampler);
guint pisd_sampler_get_n_evaluations (const PisdSampler *sampler); /* of D, so far */
/* Of the state: as the schedule has it, or what churn has made of that. */
double pisd_sampler_get_sigma (const PisdSampler *sampler);
const double *pisd_sampler_get_state (PisdSampler *sampler); /* [n] x_i */
const double *pisd_sampler_get_denoised (
    const PisdSampler *sampler); /* [n] as of the last evaluate */
const double *pisd_sampler_get_losses (const PisdSampler *sampler); /* [PISD_N_TERMS] */
const double *pisd_sampler_get_shares (const PisdSampler *sampler); /* [PISD_N_TERMS] */
double pisd_sampler_get_residual (const PisdSampler *sampler);
/* NULL, or the first of "state", "obs_a", "obs_u", "pde", "denoised" that is NaN or infinite. */
const char *pisd_sampler_find_broken (const PisdSampler *sampler);

G_END_DECLS
