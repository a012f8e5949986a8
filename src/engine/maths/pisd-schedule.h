/* Noise levels of a run.
 *
 * Source: Karras et al. 2022 (EDM), equation 5. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sigma_i = (max^(1/rho) + i / (N-1) (min^(1/rho) - max^(1/rho)))^rho for i < N, then sigma_N = 0.
 * out: [n_steps + 1]; one step goes from sigma_max straight to 0. */
void pisd_schedule_fill (guint n_steps,
                         double sigma_min,
                         double sigma_max,
                         double rho,
                         double *out);

G_END_DECLS
